// SPDX-License-Identifier: GPL-3.0-or-later
// LayerPanel: what its parts show.
#include "core/base/memory_text.h"
#include "core/base/utf8.h"
#include "ui/panels/layer_panel.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>

#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

namespace lexiscope {
namespace {

constexpr int lossDigits = 3;

void setLabel(QLabel& label, const QFont& font, const QColor& color, const QString& text) {
    setLook(label, font, color);
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

/// Sets a field without being told of it.
void setField(QSpinBox& field, int most, std::uint32_t value) {
    const QSignalBlocker quiet(field);
    field.setMaximum(most);
    field.setValue(static_cast<int>(value));
}

QString lossText(double loss) {
    constexpr double rounding = 1e-9;  // what is left of nothing
    return loss > rounding && (loss < 0.001 || loss >= 1e6) ? QString::number(loss, 'g', lossDigits)
                                                            : numberText(loss, lossDigits);
}

QString shortened(const QString& word) {
    constexpr qsizetype longest = 12;
    return word.size() > longest ? word.left(longest - 1) + QChar(0x2026) : word;
}

QString memory(std::uint64_t bytes) {
    return QString::fromStdString(memoryText(bytes));
}

}  // namespace

QString LayerPanel::wordOf(Row row) const {
    const std::shared_ptr<const Model> model = shown();
    if (!model || row.value >= model->vocabulary->size()) {
        return {};
    }
    const bool isNumber = m_source == Own && m_analysis->made() &&
                          m_analysis->made()->layer.options.rows > mostNamedRows &&
                          !m_analysis->made()->layer.words.vocabulary;
    return isNumber ? QString() : shownToken(*model, row);
}

QString LayerPanel::nameOf(Row row) const {
    const QString word = wordOf(row);
    const QString number = groupedText(std::size_t{row.value});
    return word.isEmpty() ? tr("row %1").arg(number) : tr("row %1 (%2)").arg(number, word);
}

QString LayerPanel::failureOf(LayerAnalysis::Part part) const {
    const std::optional<Error>& failure = m_analysis->failure(part);
    if (m_analysis->wasCancelled(part)) {
        return part == LayerAnalysis::Make ? tr("Making the layer was cancelled.")
                                           : tr("Reading the table was cancelled.");
    }
    return failure ? QString::fromStdString(toString(*failure)) : QString();
}

QString LayerPanel::meaningOfIds() const {
    if (m_source == Front || !m_analysis->made()) {
        return {};
    }
    const OwnLayer& own = m_analysis->made()->layer;
    if (own.words.vocabulary) {
        return tr("IDs are those of the tokens of %1").arg(QString::fromStdString(own.words.model));
    }
    if (own.options.rows > mostNamedRows) {
        return tr("IDs from 0 to %1, which stand for nothing yet").arg(groupedText(own.options.rows - 1));
    }
    const std::size_t words = own.words.words.size();
    if (words == 0) {
        return tr("IDs stand for nothing: there is no text");
    }
    const QString first = tr("IDs stand for the first %1 different words and signs of the text").arg(words);
    return own.options.paddingRow ? tr("%1, %2 for padding").arg(first, groupedText(*own.options.paddingRow))
                                  : first;
}

QString LayerPanel::memoryOf(const Model& model) const {
    const EmbeddingTable& table = *model.table;
    const std::uint64_t weights = std::uint64_t{table.rows()} * table.dimension();
    const QString sizes = tr("float32 %1, float16 %2").arg(memory(weights * 4), memory(weights * 2));
    if (!table.isMapped()) {
        return sizes;
    }
    const QString inFile = table.dtype() == DType::F32   ? tr("float32")
                           : table.dtype() == DType::F16 ? tr("float16")
                                                         : tr("bfloat16");
    return tr("%1; its file has %2").arg(sizes, inFile);
}

void LayerPanel::refreshHead() {
    const std::shared_ptr<const Model> model = shown();
    m_sources->setVisible(m_context.controls);
    m_form->setVisible(m_context.controls && m_source == Own);
    const std::optional<Row> row = this->row();
    m_row->setVisible(m_context.controls && row.has_value());
    if (row) {
        setField(*m_row, static_cast<int>(model->table->rows() - 1), row->value);
        const QString word = wordOf(*row);
        m_row->setSuffix(word.isEmpty() ? QString() : QStringLiteral(" · ") + shortened(word));
    }
    QStringList notes;
    if (model) {
        notes << memoryOf(*model) << meaningOfIds();
    } else if (m_source == Front) {
        notes << noVectors(slot());
    }
    notes.removeAll(QString());
    setLabel(*m_note, theme().textFont(12.5), theme().muted, notes.join(QStringLiteral(" · ")));
    for (const int slot : {0, 1}) {
        QPushButton* use = m_use[static_cast<std::size_t>(slot)];
        use->setChecked(isPlacedIn(slot));
        use->setVisible(use->parentWidget() != this && m_analysis->made() != nullptr && m_source == Own);
    }
}

void LayerPanel::refreshTable() {
    const std::shared_ptr<const Model> model = shown();
    const std::shared_ptr<const MatrixResult> result = m_analysis->matrix();
    const std::optional<Row> row = this->row();
    HeatMapFigure figure;
    figure.message = m_source == Own ? failureOf(LayerAnalysis::Make) : QString();
    if (figure.message.isEmpty()) {
        figure.message = !model && m_source == Front ? noVectors(slot()) : failureOf(LayerAnalysis::Matrix);
    }
    if (figure.message.isEmpty() && result && model) {
        figure.values = std::shared_ptr<const std::vector<float>>(result, &result->window.values);
        figure.totalRows = result->model->table->rows();
        figure.firstRow = result->window.firstRow;
        figure.rowCount = result->window.rowCount;
        figure.rowsPerLine = result->window.rowsPerLine;
        figure.columns = result->model->table->dimension();
        figure.scale = ColorScale::symmetric(result->limit);
        figure.numbers = true;
        for (std::size_t i = 0; figure.rowsPerLine == 1 && i < figure.rowCount; ++i) {
            const QString word = wordOf(Row{static_cast<std::uint32_t>(figure.firstRow + i)});
            if (!word.isEmpty()) {
                figure.rowNames.push_back(word);
            }
        }
        figure.dimmed = result->model != model;
        figure.rowTitle = tr("ID");
        figure.columnName = tr("dimension");
        figure.selectedRow = row ? static_cast<long long>(row->value) : -1;
    }
    m_map->setFigure(std::move(figure));
    const bool isOwnCancelled = m_source == Own && m_analysis->wasCancelled(LayerAnalysis::Make);
    m_again->offer(isOwnCancelled || m_analysis->wasCancelled(LayerAnalysis::Matrix));
}

void LayerPanel::refreshLookup() {
    const std::shared_ptr<const LayerRows> rows = m_analysis->rows();
    const std::shared_ptr<const LayerProduct> product = m_analysis->product();
    LookupFigure figure;
    figure.message = failureOf(LayerAnalysis::Rows);
    if (figure.message.isEmpty() && rows && shown()) {
        figure.lines = rows->lines;
        for (const LookupLine& line : rows->lines) {
            figure.names.push_back(line.count > 1 ? QString()
                                                  : wordOf(Row{static_cast<std::uint32_t>(line.first)}));
        }
        figure.row = rows->row.value;
        figure.limit = m_analysis->matrix() ? m_analysis->matrix()->limit : 1;
        figure.dimmed = rows->model != shown();
        if (!LayerAnalysis::hasProduct(*rows->model)) {
            figure.result = rows->rowValues;
        } else if (product && product->model == rows->model && product->row == rows->row) {
            figure.result = product->values;
        }
        // At the end it stays at the end, however many steps there are.
        const bool isAtEnd = m_player->steps() == 0 || m_player->step() + 1 == m_player->steps();
        const int last = lastStep(figure);
        m_player->setSteps(last + 1);
        if (isAtEnd || m_stepToShow) {
            m_player->setStep(std::clamp(m_stepToShow.value_or(last), 0, last));
            m_stepToShow.reset();
        }
        figure.step = m_player->step();
    }
    m_lookup->setFigure(std::move(figure));
    const QString text = lookupText();
    setLabel(*m_lookupText, theme().textFont(13), theme().text, text);
    m_lookup->setAccessibleDescription(text);
    // Two lines always, so that nothing moves while it plays.
    m_lookupText->setMinimumHeight(2 * m_lookupText->fontMetrics().lineSpacing());
}

QString LayerPanel::lookupText() const {
    const LookupFigure& figure = m_lookup->figure();
    if (figure.lines.empty()) {
        return {};
    }
    const std::size_t rows = figure.lines.back().first + figure.lines.back().count;
    const QString word = wordOf(Row{static_cast<std::uint32_t>(figure.row)});
    if (figure.step == 0) {
        const QString zeros = tr("as a one-hot vector, %1 zeros and a one at place %2.")
                                  .arg(groupedText(rows - 1), groupedText(figure.row));
        return (word.isEmpty() ? tr("ID %1").arg(groupedText(figure.row))
                               : tr("%1 has ID %2").arg(word, groupedText(figure.row))) +
               QStringLiteral(": ") + zeros;
    }
    if (figure.step > static_cast<int>(figure.lines.size())) {
        return sumText();
    }
    const LookupLine& line = figure.lines[static_cast<std::size_t>(figure.step - 1)];
    if (line.values.empty()) {
        return tr("Rows %1 to %2, times 0: nothing is left of any of them.")
            .arg(groupedText(line.first), groupedText(line.first + line.count - 1));
    }
    return line.first == figure.row
               ? tr("Row %1, times 1: it stays as it is.").arg(groupedText(line.first))
               : tr("Row %1, times 0: nothing of it is left.").arg(groupedText(line.first));
}

QString LayerPanel::sumText() const {
    const std::shared_ptr<const LayerRows> rows = m_analysis->rows();
    const std::shared_ptr<const LayerProduct> product = m_analysis->product();
    const EmbeddingTable& table = *rows->model->table;
    const QString row = groupedText(std::size_t{rows->row.value});
    const QString weights = groupedText(table.rows() * table.dimension());
    if (!LayerAnalysis::hasProduct(*rows->model)) {
        return tr("The sum is row %1. A look-up takes the row at once: the %2 products are not computed "
                  "here.")
            .arg(row, weights);
    }
    if (m_lookup->figure().result.empty()) {
        const QString failure = failureOf(LayerAnalysis::Product);
        return failure.isEmpty() ? tr("Multiplying by %1 weights…").arg(weights) : failure;
    }
    return product->isRow
               ? tr("The sum of these %1 products is row %2, bit for bit. A look-up takes the row at once.")
                     .arg(weights, row)
               : tr("The sum of these %1 products, equal to row %2 but for zeros below zero and what is no "
                    "number.")
                     .arg(weights, row);
}

void LayerPanel::refreshFact() {
    const std::shared_ptr<const Model> model = shown();
    if (!model) {
        setFact({});
        return;
    }
    const std::size_t rows = model->table->rows();
    const std::size_t dimension = model->table->dimension();
    setFact(tr("%1 × %2 = %3 weights")
                .arg(groupedText(rows), groupedText(dimension), groupedText(rows * dimension)));
}

std::optional<RowStep> LayerPanel::step() const {
    const std::shared_ptr<const LayerRows> rows = m_analysis->rows();
    if (!rows || rows->model != shown() || !m_analysis->isCurrent(LayerAnalysis::Rows)) {
        return std::nullopt;
    }
    const bool isTrial =
        m_source == Front && m_trial && m_trial->model == rows->model && m_trial->row == rows->row;
    return pullStep(isTrial ? m_trial->values : rows->rowValues, rows->goalValues,
                    static_cast<std::size_t>(m_times->value()), static_cast<float>(m_rate->value()),
                    paddingRow() == rows->row.value);
}

std::size_t LayerPanel::stepsTaken() const {
    if (m_source == Front) {
        return m_trial ? m_trial->steps : 0;
    }
    std::size_t taken = 0;
    for (const LayerSteps& steps : m_analysis->own().steps) {
        taken += steps.count;
    }
    return taken;
}

void LayerPanel::takeStep() {
    const std::optional<RowStep> numbers = step();
    const std::optional<Row> row = this->row();
    if (!numbers || !row) {
        return;
    }
    if (m_source == Front) {
        m_trial = Trial{shown(), *row, numbers->after, stepsTaken() + 1};
        scheduleRefresh();
        return;
    }
    m_analysis->take({*row, goal(*row), static_cast<std::size_t>(m_times->value()),
                      static_cast<float>(m_rate->value()), 1});
}

void LayerPanel::takeBack() {
    m_trial.reset();
    if (m_source == Own) {
        const OwnLayer& own = m_analysis->own();
        m_analysis->setOwn({own.options, own.words, {}});
    }
    scheduleRefresh();
}

QString LayerPanel::stepText(const RowStep& step, Row row) const {
    const std::size_t others = shown()->table->rows() - 1;
    if (paddingRow() == row.value) {
        return tr("It is the padding row: it has no gradient, whatever the batch holds, and stays zeros.");
    }
    const QString loss = tr("L = ½ |row − goal|²%1 = %2, after the step %3.")
                             .arg(m_times->value() > 1 ? tr(" × %1").arg(m_times->value()) : QString(),
                                  lossText(step.lossBefore), lossText(step.lossAfter));
    const QString rest =
        others == 0 ? QString()
        : others == 1
            ? tr("The other row has gradient 0 and stays as it is.")
            : tr("The other %1 rows have gradient 0 and stay as they are.").arg(groupedText(others));
    const QString trial =
        m_source == Front ? tr("The model itself is not changed: this is a copy of its row.") : QString();
    QStringList parts{loss, rest, trial};
    parts.removeAll(QString());
    return parts.join(u' ');
}

void LayerPanel::refreshStep() {
    const std::shared_ptr<const Model> model = shown();
    const std::optional<Row> row = this->row();
    if (m_trial && (m_trial->model != model || m_trial->row != row)) {
        m_trial.reset();
    }
    const std::optional<RowStep> numbers = step();
    SumFigure figure;
    QString text;
    if (numbers && row) {
        figure.token = numbers->before;
        figure.position = numbers->gradient;
        figure.sum = numbers->after;
        figure.tokenName = tr("before");
        figure.positionName = tr("gradient");
        figure.sumName = tr("after");
        figure.sign = QStringLiteral("− %1 ×").arg(QString::number(m_rate->value(), 'g', 4));
        figure.limit = m_analysis->matrix() ? m_analysis->matrix()->limit : 1;
        figure.numbers = true;
        text = stepText(*numbers, *row);
    } else if (model && m_strips->figure().sum.size() == model->table->dimension()) {
        figure = m_strips->figure();  // until the new rows have been read
        text = m_stepText->text();
    }
    m_strips->setFigure(std::move(figure));
    setLabel(*m_stepText, theme().textFont(12.5), theme().text, text);
    QString title;
    if (row) {
        setField(*m_goal, static_cast<int>(model->table->rows() - 1), goal(*row).value);
        const QString taken = stepsTaken() == 0 ? QString()
                              : stepsTaken() == 1
                                  ? tr(" 1 step has been taken.")
                                  : tr(" %1 steps have been taken.").arg(groupedText(stepsTaken()));
        title = tr("A step draws %1 towards %2.%3").arg(nameOf(*row), nameOf(goal(*row)), taken);
    }
    setLabel(*m_stepTitle, theme().textFont(13), theme().text, title);
    m_take->setVisible(m_context.controls && row.has_value());
    m_back->setVisible(m_context.controls && stepsTaken() > 0);
}

}  // namespace lexiscope
