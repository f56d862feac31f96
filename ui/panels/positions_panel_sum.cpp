// SPDX-License-Identifier: GPL-3.0-or-later
// PositionsPanel: the selected token's row plus the row of its position.
#include "ui/panels/positions_panel.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>

#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int leastSum = 270;  // pixels of width

/// What the model calls a table, where that is short enough to stand beside a strip.
QString shortName(const std::string& name, const QString& instead) {
    constexpr std::size_t longest = 4;
    return name.empty() || name.size() > longest ? instead : QString::fromStdString(name);
}

}  // namespace

void PositionsPanel::layOutSum() {
    m_sum->setObjectName(QStringLiteral("sum"));
    m_sumTitle->setExplanation(
        tr("Row of the token plus row of its position, number by number: nothing else of the text enters the "
           "model. Without the second row it could not tell in which order the tokens stand."));
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_sumTitle);
    layout->addWidget(m_sumNote);
    layout->addWidget(m_sum, 1);
    m_row->addPart(QStringLiteral("sum"), tr("Sum"), box, 10, leastSum);
}

Result<std::vector<float>> PositionsPanel::positionRow(std::size_t position) const {
    const std::size_t dimension = model()->table->dimension();
    if (!hasLearned()) {
        SinusoidalOptions row = m_controls->inputs().sinusoidal;
        row.length = 1;
        row.dimension = dimension;
        if (const Result<Done> sound = validate(row); !sound.ok()) {
            return sound.error();
        }
        std::vector<float> values(dimension);
        sinusoidalRow(row, position, values);
        return values;
    }
    const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(PositionKind::Learned);
    if (!matrix || matrix->model != model()) {
        const QString message = positionMessage(scene(), PositionKind::Learned, PositionAnalysis::Matrix);
        return Error{ErrorCode::NotFound, {}, message.toStdString(), {}};
    }
    if (position >= matrix->levels->rows()) {
        const QString text = tr("Position %1 is beyond the %2 positions of this model.")
                                 .arg(grouped(position), grouped(matrix->levels->rows()));
        return Error{ErrorCode::InvalidArgument, {}, text.toStdString(), {}};
    }
    const std::span<const float> row = matrix->levels->row(position);
    return std::vector<float>(row.begin(), row.end());
}

QString PositionsPanel::fillSum(SumFigure& figure) const {
    if (!model()) {
        return tr("No model is open.");
    }
    const std::optional<Row> row = selectedRow();
    if (!row) {
        return nothingSelected();
    }
    const std::optional<std::size_t> position = framedPosition();
    if (!position) {
        return tr("%1 does not stand in the text. Click a row of the matrix to choose a position for it.")
            .arg(shownToken(*model(), *row));
    }
    const std::shared_ptr<const RowResult> token = m_context.analyses.rowValues(slot());
    if (!token || token->model != model() || token->row != *row) {
        const std::optional<Error>& failure = m_context.analyses.failure(slot(), Analyses::RowValues);
        return failure ? QString::fromStdString(toString(*failure)) : QString();
    }
    Result<std::vector<float>> values = positionRow(*position);
    if (!values.ok()) {
        return QString::fromStdString(values.error().what);
    }
    if (values.value().size() != token->values.size()) {
        return tr("The rows of positions and of tokens have different lengths.");
    }
    figure = positionSum(token->values, std::move(values).value());
    figure.tokenName =
        QStringLiteral("%1[%2]").arg(shortName(model()->tableName, tr("row")), QString::number(row->value));
    figure.positionName =
        hasLearned() ? QStringLiteral("%1[%2]").arg(shortName(model()->positionsName, tr("pos")),
                                                    QString::number(positionRowAt(*model(), *position).value))
                     : tr("PE[%1]").arg(*position);
    figure.sumName = hasLearned() ? tr("input") : tr("sum");
    return {};
}

void PositionsPanel::refreshSum() {
    m_sumTitle->setFont(theme().textFont(13, QFont::DemiBold));
    m_sumTitle->setColor(theme().text);
    const bool none = model() && !hasLearned();
    const bool goesOn = hasLearned() && !model()->afterSum.empty();
    m_sumTitle->setText(none     ? tr("Token + sinusoidal position")
                        : goesOn ? tr("Token + position")
                                 : tr("Token + position = what the transformer reads"));
    m_sumTitle->setVisible(!m_context.controls || !m_row->isBelowChoice(SumPart));
    m_row->setLeast(SumPart, std::max(leastSum, m_sumTitle->sizeHint().width()));
    m_sumNote->setFont(theme().textFont(12));
    m_sumNote->setColor(theme().muted);
    const std::string note = none ? model()->noPositions : goesOn ? model()->afterSum : std::string();
    m_sumNote->setText(QString::fromStdString(note));
    m_sumNote->setVisible(!note.empty());
    SumFigure figure;
    figure.message = fillSum(figure);
    m_sum->setFigure(std::move(figure));
}

QString PositionsPanel::sumFact() const {
    const std::optional<Row> row = selectedRow();
    const std::optional<std::size_t> position = framedPosition();
    if (!row || !position) {
        return {};
    }
    const QString kind = hasLearned() ? tr("learned positions") : tr("sinusoidal positions");
    return tr("%1 (ID %2) at position %3").arg(shownToken(*model(), *row)).arg(row->value).arg(*position) +
           QStringLiteral(" · ") + kind;
}

}  // namespace lexiscope
