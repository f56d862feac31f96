// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/training_form.h"

#include <algorithm>
#include <limits>

#include <QEvent>
#include <QGridLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int spacing = 6;
constexpr int mostColumns = 5;
constexpr int mostCount = 1'000'000;
constexpr int leastColumns = 2;

/// A share of the text as word2vec's users write it.
class ShareField final : public QDoubleSpinBox {
  public:
    explicit ShareField(QWidget* parent) : QDoubleSpinBox(parent) {
        setDecimals(7);
        setRange(0, 1);
        setKeyboardTracking(false);
    }
    QString textFromValue(double value) const override { return QString::number(value, 'g', 3); }
    double valueFromText(const QString& text) const override { return plain(text).toDouble(); }
    QValidator::State validate(QString& text, int&) const override {
        bool isNumber = false;
        const double value = plain(text).toDouble(&isNumber);
        return isNumber && value >= 0 && value <= 1 ? QValidator::Acceptable : QValidator::Intermediate;
    }
    void stepBy(int steps) override {
        const double least = 1e-7;
        for (; steps > 0; --steps) {
            setValue(value() < least ? least : value() * 10);
        }
        for (; steps < 0; ++steps) {
            setValue(value() <= least ? 0 : value() / 10);
        }
    }

  private:
    QString plain(QString text) const { return text.remove(prefix()).trimmed(); }
};

}  // namespace

TrainingForm::TrainingForm(const ThemeSource& theme, QWidget* parent)
    : QWidget(parent), m_model(new Segmented(theme, this)), m_grid(new QGridLayout) {
    m_model->setObjectName(QStringLiteral("model"));
    m_model->setItems({tr("Skip-gram"), tr("CBOW")});
    m_model->setToolTipOf(0, tr("Each word of the context predicts the word in the middle"));
    m_model->setToolTipOf(1, tr("The mean of the context's words predicts the word in the middle"));
    m_dimension =
        add(tr("dimension"), 1, static_cast<int>(mostTrainingDimensions), tr("Numbers for each word"));
    m_window = add(tr("window"), 1, static_cast<int>(mostTrainingWindow),
                   tr("Words to each side that count as context, at most"));
    m_negatives = add(tr("negative"), 1, static_cast<int>(mostTrainingNegatives),
                      tr("Words drawn by chance against each right one"));
    m_epochs = add(tr("epochs"), 1, static_cast<int>(mostTrainingEpochs), tr("Passes over the text"));
    m_minCount = add(tr("min-count"), 1, mostCount, tr("Words met less often are left out"));
    m_sample = new ShareField(this);
    m_sample->setObjectName(QStringLiteral("sample"));
    m_sample->setPrefix(tr("sample "));
    m_sample->setAccessibleName(tr("sample"));
    m_sample->setToolTip(
        tr("Of words that are a larger share of the text than this, some are passed over; 0: none"));
    m_fields.push_back(m_sample);
    m_mostWords = add(tr("words"), 0, std::numeric_limits<int>::max(),
                      tr("Learn the most frequent so many words alone"));
    m_mostWords->setSpecialValueText(tr("all words"));
    m_threads = add(tr("threads"), 0, 256,
                    tr("How many learn at once; with one, the same seed gives the same numbers"));
    m_threads->setSpecialValueText(tr("all threads"));
    m_seed = add(tr("seed"), 0, std::numeric_limits<int>::max(), tr("Where chance begins"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing + 2);
    layout->addWidget(m_model, 0, Qt::AlignLeft);
    layout->addLayout(m_grid);
    m_grid->setSpacing(spacing);
    setOptions({});
    arrange();
}

QSpinBox* TrainingForm::add(const QString& name, int least, int most, const QString& tip) {
    auto* field = new QSpinBox(this);
    field->setObjectName(name);
    field->setRange(least, most);
    field->setGroupSeparatorShown(true);
    field->setPrefix(name + u' ');
    field->setAccessibleName(name);
    field->setToolTip(tip);
    field->setKeyboardTracking(false);
    // Room for a number as people choose it, not for the largest there can be.
    field->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_fields.push_back(field);
    return field;
}

int TrainingForm::fieldWidth() const {
    constexpr int aroundText = 30;
    return fontMetrics().horizontalAdvance(QStringLiteral("dimension 100")) + aroundText;
}

int TrainingForm::columnsFor(int width) const {
    return std::clamp((width + spacing) / (fieldWidth() + spacing), leastColumns, mostColumns);
}

void TrainingForm::arrange() {
    const int columns = columnsFor(width());
    if (columns == m_columns) {
        return;
    }
    m_columns = columns;
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item;  // the widgets stay
    }
    for (int column = 0; column < mostColumns; ++column) {
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    }
    for (int i = 0; i < static_cast<int>(m_fields.size()); ++i) {
        m_grid->addWidget(m_fields[static_cast<std::size_t>(i)], i / columns, i % columns);
    }
    updateGeometry();
}

QSize TrainingForm::minimumSizeHint() const {
    const int width = std::max(m_model->minimumSizeHint().width(),
                               leastColumns * fieldWidth() + (leastColumns - 1) * spacing);
    return {width, QWidget::minimumSizeHint().height()};
}

void TrainingForm::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void TrainingForm::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

WordTrainingOptions TrainingForm::options() const {
    WordTrainingOptions options;
    const auto valueOf = [](const QSpinBox* field) { return static_cast<std::size_t>(field->value()); };
    options.model = m_model->current() == 1 ? WordModel::Cbow : WordModel::SkipGram;
    options.dimension = valueOf(m_dimension);
    options.window = valueOf(m_window);
    options.negatives = valueOf(m_negatives);
    options.epochs = valueOf(m_epochs);
    options.minCount = valueOf(m_minCount);
    options.sample = m_sample->value();
    options.mostWords = m_mostWords->value() == 1 ? 2 : valueOf(m_mostWords);
    options.threads = valueOf(m_threads);
    options.seed = valueOf(m_seed);
    return options;
}

void TrainingForm::setOptions(const WordTrainingOptions& options) {
    m_model->setCurrent(options.model == WordModel::Cbow ? 1 : 0);
    const auto set = [](QSpinBox* field, std::uint64_t value) {
        field->setValue(static_cast<int>(std::min<std::uint64_t>(value, std::numeric_limits<int>::max())));
    };
    set(m_dimension, options.dimension);
    set(m_window, options.window);
    set(m_negatives, options.negatives);
    set(m_epochs, options.epochs);
    set(m_minCount, options.minCount);
    m_sample->setValue(options.sample);
    set(m_mostWords, options.mostWords);
    set(m_threads, options.threads);
    set(m_seed, options.seed);
}

}  // namespace lexiscope
