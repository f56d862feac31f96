// SPDX-License-Identifier: GPL-3.0-or-later
// StepPanel: its parts, where they stand, and what of them a figure repeats.
#include "ui/panels/parts/view_keys.h"
#include "ui/panels/step_panel.h"
#include "ui/widgets/exact_characters.h"
#include "ui/widgets/panel_pieces.h"

#include <limits>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

const QString usualSentence = QStringLiteral("the queen of france lived in a castle with her servants");
constexpr int placeOfQueen = 1;
constexpr int longestSentence = 1000;
constexpr int usualWindow = 3;
constexpr int usualNegatives = 2;
constexpr int usualSeed = 1;
constexpr int usualPasses = 1;
constexpr int mostWindow = 10;
constexpr int mostNegatives = 20;
constexpr int mostPasses = 10;
constexpr int sentenceTime = 2500;  // milliseconds, of a sentence with its numbers
constexpr int viewShare = 1000;     // of the height: all that it takes

/// What a view of it can say.
struct StepKeys : ViewKeys {
    ViewKey sentence = text("sentence");
    ViewKey model = oneOf("model", {QStringLiteral("skipgram"), QStringLiteral("cbow")});
    ViewKey window = whole("window", 1, mostWindow);
    ViewKey negatives = whole("negative", 1, mostNegatives);
    ViewKey rate = number("rate", 0);
    ViewKey seed = whole("seed", 0, 2147483647);
    ViewKey passes = whole("passes", 0, mostPasses);
    ViewKey word = whole("word");
    ViewKey stage = oneOf("stage", stepStageNames());
    ViewKey chosen = whole("x");
};

const StepKeys& stepKeys() {
    static const StepKeys all;
    return all;
}

}  // namespace

StepPanel::StepPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("step"), tr("One step"), {}, parent),
      m_analysis(new StepAnalysis(context.analyses.runner(), this)),
      m_sentence(new QLineEdit(usualSentence, this)),
      m_newest(namedButton(this, QStringLiteral("newest"), tr("Newest rows"),
                           tr("More has been learned meanwhile: begin with the rows as they are now"))),
      m_form(new QWidget(this)),
      m_model(new Segmented(context.theme, m_form)),
      m_fields(new FieldGrid(QStringLiteral("negative 10"), 3, 5, m_form)),
      m_view(new StepView(context.theme, this)),
      m_again(new AgainButton(tr("Take the steps again"), this)),
      m_note(wrappedLabel(this, QStringLiteral("note"))),
      m_title(new ElidedLabel(this)),
      m_text(wrappedLabel(this, QStringLiteral("text"))),
      m_back(namedButton(this, QStringLiteral("wordBefore"), QStringLiteral("‹"), tr("The word before"))),
      m_wordLabel(new QLabel(tr("word"), this)),
      m_next(namedButton(this, QStringLiteral("wordAfter"), QStringLiteral("›"), tr("The next word"))),
      m_player(new StepPlayer(context.theme, this)) {
    buildFields();
    layOut();
    listen();
    if (!context.controls) {
        // A figure that nobody has a place for shows what is at the heart of it.
        m_wantedWord = placeOfQueen;
        m_stage = StepStage::Error;
    }
}

void StepPanel::buildFields() {
    m_sentence->setObjectName(QStringLiteral("sentence"));
    m_sentence->setAccessibleName(tr("Sentence"));
    m_sentence->setPlaceholderText(tr("A sentence for the window to move over"));
    m_sentence->setMaxLength(longestSentence);
    new ExactLine(m_sentence);
    m_model->setObjectName(QStringLiteral("model"));
    m_model->setItems({tr("Skip-gram"), tr("CBOW")});
    m_model->setToolTipOf(0, tr("Each word of the context predicts the word in the middle"));
    m_model->setToolTipOf(1, tr("The mean of the context's words predicts the word in the middle"));
    m_window = m_fields->addNumber(tr("window"), 1, mostWindow,
                                   tr("Words to each side that count as context, at most"));
    m_negatives = m_fields->addNumber(tr("negative"), 1, mostNegatives,
                                      tr("Words drawn by chance against each right one"));
    m_rate = new QDoubleSpinBox(m_fields);
    m_rate->setObjectName(QStringLiteral("rate"));
    m_rate->setPrefix(tr("rate "));
    m_rate->setAccessibleName(tr("rate"));
    m_rate->setToolTip(tr("Of learning: how far the rows move along each other"));
    m_rate->setDecimals(3);
    m_rate->setRange(0.001, 1);
    m_rate->setSingleStep(0.025);
    m_rate->setKeyboardTracking(false);
    m_fields->add(m_rate);
    m_seed = m_fields->addNumber(tr("seed"), 0, std::numeric_limits<int>::max(),
                                 tr("Where chance begins: how far windows reach, and which words are drawn"));
    m_passes = m_fields->addNumber(
        tr("passes"), 0, mostPasses,
        tr("Over the sample sentences, before these steps; 0: the rows are as chance made them"));
    m_window->setValue(usualWindow);
    m_negatives->setValue(usualNegatives);
    m_rate->setValue(WordTrainingOptions().startRate());
    m_seed->setValue(usualSeed);
    m_passes->setValue(usualPasses);
}

void StepPanel::layOut() {
    m_view->setObjectName(QStringLiteral("view"));
    m_view->setWhole(!m_context.controls);
    m_again->standIn(m_view, [view = m_view] { return QRectF(view->viewport()->rect()); });
    m_title->setObjectName(QStringLiteral("stage"));
    m_back->setAccessibleName(m_back->toolTip());
    m_next->setAccessibleName(m_next->toolTip());
    m_player->setObjectName(QStringLiteral("player"));
    m_player->setInterval(sentenceTime);
    for (QPushButton* way : {m_back, m_next}) {
        // At an end there is no word to go to; what stands beside it stays where it is.
        QSizePolicy policy = way->sizePolicy();
        policy.setRetainSizeWhenHidden(m_context.controls);
        way->setSizePolicy(policy);
    }
    auto* source = new QHBoxLayout;
    source->setSpacing(partSpacing);
    source->addWidget(m_sentence, 1);
    source->addWidget(m_newest);
    auto* form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(partSpacing);
    form->addWidget(m_model, 0, Qt::AlignLeft);
    form->addWidget(m_fields);
    auto* head = new QHBoxLayout;
    head->setSpacing(partSpacing);
    head->addWidget(m_title, 1);
    head->addWidget(m_back);
    head->addWidget(m_wordLabel);
    head->addWidget(m_next);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(partSpacing);
    layout->addLayout(source);
    layout->addWidget(m_form);
    layout->addWidget(m_view, viewShare);
    layout->addWidget(m_note);
    layout->addLayout(head);
    layout->addWidget(m_text);
    layout->addWidget(m_player);
    layout->addStretch(1);
    for (QWidget* control : {static_cast<QWidget*>(m_sentence), m_form, static_cast<QWidget*>(m_player)}) {
        control->setVisible(m_context.controls);
    }
}

const ViewKeys& StepPanel::viewKeys() {
    return stepKeys();
}

QJsonObject StepPanel::saveView() const {
    QJsonObject view;
    if (m_sentence->text() != usualSentence) {
        view[stepKeys().sentence] = m_sentence->text();
    }
    if (m_modelChosen) {
        view[stepKeys().model] =
            m_model->current() == 1 ? QStringLiteral("cbow") : QStringLiteral("skipgram");
    }
    const auto saveNumber = [&view](const QString& key, const QSpinBox& field, int usual) {
        if (field.value() != usual) {
            view[key] = field.value();
        }
    };
    saveNumber(stepKeys().window, *m_window, usualWindow);
    saveNumber(stepKeys().negatives, *m_negatives, usualNegatives);
    saveNumber(stepKeys().seed, *m_seed, usualSeed);
    saveNumber(stepKeys().passes, *m_passes, usualPasses);
    if (m_rateChosen) {
        view[stepKeys().rate] = m_rate->value();
    }
    if (m_walk && m_step < m_walk->traces.size()) {
        view[stepKeys().word] = static_cast<int>(m_walk->placeOf(m_step));
    }
    view[stepKeys().stage] = nameOf(m_stage);
    if (m_chosen > 0) {
        view[stepKeys().chosen] = static_cast<int>(m_chosen);
    }
    return view;
}

void StepPanel::restoreView(const QJsonObject& view) {
    if (view.contains(stepKeys().sentence)) {
        m_sentence->setText(view[stepKeys().sentence].toString());
    }
    const QString model = view[stepKeys().model].toString();
    if (model == QLatin1String("cbow") || model == QLatin1String("skipgram")) {
        m_modelChosen = true;
        m_model->setCurrent(model == QLatin1String("cbow") ? 1 : 0);
    }
    for (const auto& [key, field] :
         {std::pair(stepKeys().window, m_window), std::pair(stepKeys().negatives, m_negatives),
          std::pair(stepKeys().seed, m_seed), std::pair(stepKeys().passes, m_passes)}) {
        const int value = view[key].toInt(-1);
        if (value >= field->minimum() && value <= field->maximum()) {
            field->setValue(value);
        }
    }
    const double rate = view[stepKeys().rate].toDouble(-1);
    if (rate >= m_rate->minimum() && rate <= m_rate->maximum()) {
        m_rate->setValue(rate);
    }
    if (const int word = view[stepKeys().word].toInt(-1); word >= 0) {
        m_wantedWord = word;
    }
    if (const std::optional<StepStage> stage = stepStageOf(view[stepKeys().stage].toString())) {
        m_stage = *stage;
    }
    if (const int chosen = view[stepKeys().chosen].toInt(-1); chosen >= 0) {
        m_chosen = static_cast<std::size_t>(chosen);
    }
    m_walk.reset();  // its place is found anew
    scheduleRefresh();
}

}  // namespace lexiscope
