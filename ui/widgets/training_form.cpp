// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/training_form.h"

#include "ui/widgets/panel_pieces.h"

#include <algorithm>
#include <limits>

#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int mostTrainingCount = 1'000'000;

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
    : QWidget(parent),
      m_model(new Segmented(theme, this)),
      m_grid(new FieldGrid(QStringLiteral("dimension 100"), 2, 5, this)) {
    m_model->setObjectName(QStringLiteral("model"));
    m_model->setItems({tr("Skip-gram"), tr("CBOW")});
    m_model->setToolTipOf(0, tr("Each word of the context predicts the word in the middle"));
    m_model->setToolTipOf(1, tr("The mean of the context's words predicts the word in the middle"));
    m_dimension = m_grid->addNumber(tr("dimension"), 1, static_cast<int>(mostTrainingDimensions),
                                    tr("Numbers for each word"));
    m_window = m_grid->addNumber(tr("window"), 1, static_cast<int>(mostTrainingWindow),
                                 tr("Words to each side that count as context, at most"));
    m_negatives = m_grid->addNumber(tr("negative"), 1, static_cast<int>(mostTrainingNegatives),
                                    tr("Words drawn by chance against each right one"));
    m_epochs =
        m_grid->addNumber(tr("epochs"), 1, static_cast<int>(mostTrainingEpochs), tr("Passes over the text"));
    m_minCount =
        m_grid->addNumber(tr("min-count"), 1, mostTrainingCount, tr("Words met less often are left out"));
    m_sample = new ShareField(m_grid);
    m_sample->setObjectName(QStringLiteral("sample"));
    m_sample->setPrefix(tr("sample "));
    m_sample->setAccessibleName(tr("sample"));
    m_sample->setToolTip(
        tr("Of words that are a larger share of the text than this, some are passed over; 0: none"));
    m_grid->add(m_sample);
    m_mostWords = m_grid->addNumber(tr("words"), 0, std::numeric_limits<int>::max(),
                                    tr("Learn the most frequent so many words alone"));
    m_mostWords->setSpecialValueText(tr("all words"));
    m_threads = m_grid->addNumber(
        tr("threads"), 0, 256, tr("How many learn at once; with one, the same seed gives the same numbers"));
    m_threads->setSpecialValueText(tr("all threads"));
    m_seed = m_grid->addNumber(tr("seed"), 0, std::numeric_limits<int>::max(), tr("Where chance begins"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(partSpacing);
    layout->addWidget(m_model, 0, Qt::AlignLeft);
    layout->addWidget(m_grid);
    setOptions({});
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
