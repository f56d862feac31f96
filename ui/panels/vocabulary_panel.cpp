// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/vocabulary_panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"
#include "ui/session/script_name.h"
#include "ui/widgets/exact_characters.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>
#include <array>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr QLatin1String neverKey("never-produced");
const std::array orderKeys = {QStringLiteral("id"), QStringLiteral("text"), QStringLiteral("longest")};

// What is listed: all, the scripts that occur, what is never produced.
constexpr int allTokens = 0;
constexpr int firstScript = 1;

/// The more frequent first, behind them what is no script.
std::vector<Script> scriptsIn(const VocabularyList& list) {
    std::vector<Script> scripts;
    for (std::size_t i = 0; i < scriptCount; ++i) {
        if (list.perScript.at(i) > 0) {
            scripts.push_back(static_cast<Script>(i));
        }
    }
    const auto countOf = [&list](Script script) {
        return script < Script::OtherLetters ? list.perScript.at(static_cast<std::size_t>(script)) : 0;
    };
    std::stable_sort(scripts.begin(), scripts.end(),
                     [&](Script a, Script b) { return countOf(a) > countOf(b); });
    return scripts;
}

std::optional<Script> scriptOfKey(const QString& key) {
    for (std::size_t i = 0; i < scriptCount; ++i) {
        const auto script = static_cast<Script>(i);
        if (!key.isEmpty() && scriptKey(script) == key) {
            return script;
        }
    }
    return std::nullopt;
}

QStringList shownKeys() {
    QStringList all;
    for (std::size_t i = 0; i < scriptCount; ++i) {
        all << scriptKey(static_cast<Script>(i));
    }
    all.removeAll(QString());
    return all << QString(neverKey);
}

/// Those in few words: all that are no script, the scripts that have names of their own here, and how the
/// others are spelled.
QString shownForm() {
    QStringList named{QString(neverKey)};
    for (const Script script : {Script::Digits, Script::Punctuation, Script::OtherLetters, Script::Other}) {
        named << scriptKey(script);
    }
    for (auto place = static_cast<std::size_t>(Script::Latin);
         place <= static_cast<std::size_t>(Script::Thai); ++place) {
        named << scriptKey(static_cast<Script>(place));
    }
    return QStringLiteral("one of: %1; or another script of Unicode, as old-italic")
        .arg(named.join(QStringLiteral(", ")));
}

/// What a view of it can say.
struct VocabularyKeys : ViewKeys {
    ViewKey search = text("text");
    ViewKey show = oneOfMany("show", shownKeys(), shownForm());
    ViewKey order = oneOf("order", QStringList(orderKeys.begin(), orderKeys.end()));
};

const VocabularyKeys& vocabularyKeys() {
    static const VocabularyKeys all;
    return all;
}

}  // namespace

VocabularyPanel::VocabularyPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("vocabulary"), tr("Vocabulary"), {}, parent),
      m_analysis(new VocabularyAnalysis(context.analyses.runner(), this)),
      m_model(new VocabularyModel(this)),
      m_search(new QLineEdit(this)),
      m_which(new ChoiceButton(this)),
      m_order(new ChoiceButton(this)),
      m_message(new ElidedLabel(this)),
      m_again(new AgainButton(tr("Once more"), this)),
      m_explanation(wrappedLabel(this, QStringLiteral("vocabularyExplanation"))),
      m_table(new ColumnTable(context.theme, this)) {
    build();
    QVBoxLayout* layout = columnOf(this, 7);
    layout->addWidget(m_search);
    layout->addWidget(m_explanation);
    auto* state = new QHBoxLayout;
    state->addWidget(m_message, 1);
    state->addWidget(m_again);
    layout->addLayout(state);
    layout->addWidget(m_table, 1);
    connectParts();
}

void VocabularyPanel::build() {
    m_search->setObjectName(QStringLiteral("searchVocabulary"));
    m_search->setAccessibleName(tr("Search the vocabulary"));
    m_search->setPlaceholderText(tr("Text in a token, or its ID…"));
    m_search->setClearButtonEnabled(true);
    new ExactLine(m_search);
    m_search->setVisible(m_context.controls);
    m_which->setObjectName(QStringLiteral("whichTokens"));
    m_which->setAccessibleName(tr("Which tokens are listed"));
    m_order->setObjectName(QStringLiteral("tokenOrder"));
    m_order->setAccessibleName(tr("Their order"));
    m_order->setChoices({{tr("by ID"), tr("As they are numbered")},
                         {tr("by text"), tr("By the bytes of their text, without word-start marks")},
                         {tr("longest first"), tr("By the number of their characters")}});
    showChoices(nullptr);
    m_table->setObjectName(QStringLiteral("vocabularyTable"));
    m_table->setAccessibleName(tr("Tokens of the vocabulary"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setColumns(
        {{6, 0, true, true}, {12, 1}, {4, 0, true, true}, {13, 0, false, true}, {7, 0, true, true}});
    m_explanation->hide();
    // Until a host has a place for them.
    m_which->hide();
    m_order->hide();
}

void VocabularyPanel::connectParts() {
    connect(m_analysis, &VocabularyAnalysis::changed, this, &VocabularyPanel::scheduleRefresh);
    connect(m_again, &QPushButton::clicked, m_analysis, &VocabularyAnalysis::retry);
    connect(m_search, &QLineEdit::textChanged, this, &VocabularyPanel::scheduleRefresh);
    for (ChoiceButton* button : {m_which, m_order}) {
        connect(button, &ChoiceButton::chosen, this, &VocabularyPanel::scheduleRefresh);
    }
    connect(m_table, &ColumnTable::rowActivated, this, [this](int row) {
        if (const std::optional<Selected> token = tokenAt(row)) {
            m_context.selection.select(*token);
        }
    });
    connect(m_table, &ColumnTable::rowHovered, this,
            [this](int row) { m_context.selection.hover(tokenAt(row)); });
}

VocabularyQuery VocabularyPanel::query() const {
    VocabularyQuery query;
    // A space is typed as it is, or as tokens show it.
    query.text = m_search->text().replace(QChar(0xB7), u' ').toStdString();
    query.script = scriptOfKey(chosenKey());
    query.isNeverProduced = chosenKey() == neverKey;
    query.order = static_cast<VocabularyOrder>(m_order->current());
    return query;
}

/// As views spell it; empty: all.
QString VocabularyPanel::chosenKey() const {
    const int place = m_which->current() - firstScript;
    if (place < 0) {
        return {};
    }
    const auto script = static_cast<std::size_t>(place);
    return script < m_scripts.size() ? scriptKey(m_scripts[script]) : QString(neverKey);
}

/// What does not occur is not chosen.
void VocabularyPanel::choose(const QString& key) {
    const auto script = std::find_if(m_scripts.begin(), m_scripts.end(),
                                     [&key](Script each) { return scriptKey(each) == key; });
    if (key.isEmpty()) {
        m_which->setCurrent(allTokens);
    } else if (script != m_scripts.end() || key == neverKey) {
        m_which->setCurrent(firstScript + static_cast<int>(script - m_scripts.begin()));
    }
}

void VocabularyPanel::showChoices(const VocabularyResult* result) {
    const QString chosen = chosenKey();
    m_scripts = result != nullptr ? scriptsIn(result->list) : m_scripts;
    std::vector<ChoiceButton::Choice> choices = {{tr("all tokens"), {}}};
    for (const Script script : m_scripts) {
        const std::size_t count =
            result != nullptr ? result->list.perScript.at(static_cast<std::size_t>(script)) : 0;
        choices.push_back({scriptName(script), counted(count, tr("1 token"), tr("%1 tokens")), true,
                           result != nullptr ? groupedText(count) : QString()});
    }
    choices.push_back({tr("never produced"), tr("Tokens that no text becomes"),
                       result == nullptr || result->model->tokenizer != nullptr});
    m_which->setChoices(choices);
    m_which->setCurrent(allTokens);
    choose(chosen);
}

const ViewKeys& VocabularyPanel::viewKeys() {
    return vocabularyKeys();
}

QJsonObject VocabularyPanel::saveView() const {
    QJsonObject view;
    if (!m_search->text().isEmpty()) {
        view[vocabularyKeys().search] = m_search->text();
    }
    if (m_which->current() != allTokens) {
        view[vocabularyKeys().show] = chosenKey();
    }
    if (m_order->current() != 0) {
        view[vocabularyKeys().order] = orderKeys.at(static_cast<std::size_t>(m_order->current()));
    }
    return view;
}

void VocabularyPanel::restoreView(const QJsonObject& view) {
    m_search->setText(view[vocabularyKeys().search].toString(m_search->text()));
    const QString shown = view[vocabularyKeys().show].toString();
    const std::optional<Script> script = scriptOfKey(shown);
    if (script && std::find(m_scripts.begin(), m_scripts.end(), *script) == m_scripts.end()) {
        m_scripts.push_back(*script);  // whether it occurs is known once all tokens have been looked at
        showChoices(nullptr);
    }
    if (!shown.isEmpty()) {
        choose(shown);
    }
    for (std::size_t i = 0; i < orderKeys.size(); ++i) {
        if (view[vocabularyKeys().order].toString() == orderKeys.at(i)) {
            m_order->setCurrent(static_cast<int>(i));
        }
    }
    scheduleRefresh();
}

QStringList VocabularyPanel::parameters() const {
    const std::shared_ptr<const VocabularyResult>& shown = m_model->result();
    if (!shown) {
        return {};
    }
    QStringList parts;
    if (shown->query.isNeverProduced) {
        parts << tr("tokens that no text becomes");
    } else if (shown->query.script) {
        parts << scriptName(*shown->query.script);
    }
    if (!shown->query.text.empty()) {
        parts << tr("with “%1”").arg(QString::fromStdString(shown->query.text));
    }
    if (shown->query.order != VocabularyOrder::ById) {
        parts << (shown->query.order == VocabularyOrder::ByText ? tr("by text") : tr("longest first"));
    }
    return parts;
}

std::vector<DataTable> VocabularyPanel::data() const {
    const std::shared_ptr<const VocabularyResult>& shown = m_model->result();
    if (!shown || !m_analysis->isCurrent()) {
        return {};
    }
    return {vocabularyTable(tr("%1 tokens").arg(groupedText(shown->list.rows.size())), shown)};
}

std::optional<Selected> VocabularyPanel::tokenAt(int row) const {
    const std::shared_ptr<const VocabularyResult>& shown = m_model->result();
    if (!shown || shown->model != model() || row < 0 || row >= m_model->rowCount()) {
        return std::nullopt;
    }
    return Selected{slot(), m_model->tokenAt(row), std::nullopt};
}

void VocabularyPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    m_analysis->setInputs(nullptr, {});
}

QString VocabularyPanel::message() const {
    if (!model()) {
        return noModel(slot());
    }
    const std::optional<Error>& failure = m_analysis->failure();
    if (failure) {
        return failure->code == ErrorCode::Cancelled ? tr("The search was cancelled.")
                                                     : QString::fromStdString(toString(*failure));
    }
    const bool isThere = m_analysis->isCurrent();
    return isThere && m_analysis->result()->list.rows.empty() ? tr("No token matches.") : QString();
}

QString VocabularyPanel::explanation() const {
    return query().isNeverProduced && model() && model()->tokenizer
               ? tr("Given the text of such a token, alone and in many surroundings, the tokenizer makes "
                    "other tokens of it each time.")
               : QString();
}

void VocabularyPanel::refresh() {
    m_analysis->setInputs(model(), query());
    const std::shared_ptr<const VocabularyResult> result =
        m_analysis->result() && m_analysis->result()->model == model() ? m_analysis->result() : nullptr;
    const bool isNew = result != m_model->result();
    m_model->setResult(result);
    m_table->setColumnShown(VocabularyModel::Rank, m_model->hasRanks());
    m_table->setDimmed(!m_analysis->isCurrent());
    if (isNew) {
        showChoices(result.get());
        m_analysis->setInputs(model(), query());  // what was chosen may not occur here
    }
    refreshState(result.get());
    // Marked where it stands; a list that has just come stays at its begin otherwise.
    const std::optional<Row> selected = selectedRow();
    const int row = selected ? m_model->rowOf(*selected) : -1;
    if (isNew || row != m_table->currentIndex().row()) {
        m_table->setCurrentRow(row);
    }
    if (isNew && row < 0) {
        m_table->scrollToTop();
    }
}

void VocabularyPanel::refreshState(const VocabularyResult* result) {
    const std::optional<Error>& failure = m_analysis->failure();
    const bool wasCancelled = failure && failure->code == ErrorCode::Cancelled;
    const QString text = message();
    setLook(*m_message, theme().textFont(12), failure && !wasCancelled ? theme().error : theme().muted);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_again->offer(wasCancelled);
    setLook(*m_explanation, theme().textFont(12), theme().muted);
    m_explanation->setText(explanation());
    m_explanation->setVisible(!explanation().isEmpty());
    m_which->setVisible(m_which->parentWidget() != this);
    m_order->setVisible(m_order->parentWidget() != this);
    if (result == nullptr || !model()) {
        setFact({});
        return;
    }
    const std::size_t all = result->model->vocabulary->size();
    const std::size_t listed = result->list.rows.size();
    setFact(listed == all ? tr("%1 tokens").arg(groupedText(all))
                          : tr("%1 of %2 tokens").arg(groupedText(listed), groupedText(all)));
}

}  // namespace lexiscope
