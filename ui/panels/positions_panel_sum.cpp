// SPDX-License-Identifier: GPL-3.0-or-later
// PositionsPanel: the selected token's row plus the row of its position, and the same of the whole text.
#include "core/base/utf8.h"
#include "ui/panels/positions_panel.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>

#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int leastSum = 270;  // pixels of width
// From where on, at a font scale of 1, three matrices say more than three strips.
constexpr double widthOfMatrices = 400;
constexpr double heightOfMatrices = 190;

/// What the model calls a table, where that is short enough to stand beside a strip.
QString shortName(const std::string& name, const QString& instead) {
    constexpr std::size_t longest = 4;
    return name.empty() || name.size() > longest ? instead : QString::fromStdString(name);
}

}  // namespace

void PositionsPanel::layOutSum() {
    m_sum->setObjectName(QStringLiteral("sum"));
    m_sumNote->setObjectName(QStringLiteral("sumNote"));
    m_sumTitle->setExplanation(
        tr("Row of the token plus row of its position, number by number: nothing else of the text enters the "
           "model. Without the second row it could not tell in which order the tokens stand."));
    m_matrices->setObjectName(QStringLiteral("sumOfText"));
    m_matrices->setRowLabel([this](std::size_t row) { return tokenName(row); });
    m_matrices->hide();
    auto* box = new QWidget(this);
    m_sumBox = box;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_sumTitle);
    layout->addWidget(m_sumNote);
    layout->addWidget(m_sum, 1);
    layout->addWidget(m_matrices, 1);
    m_row->addPart(QStringLiteral("sum"), tr("Sum"), box, 10, leastSum);
}

void PositionsPanel::listenToSum() {
    connect(m_input, &InputAnalysis::changed, this, &PositionsPanel::scheduleRefresh);
    connect(m_matrices, &SumMatrices::rowHovered, this, &PositionsPanel::pointAt);
    connect(m_matrices, &SumMatrices::rowClicked, this,
            [this](int row) { choose(static_cast<std::size_t>(row)); });
    connect(m_matrices, &SumMatrices::moveSelection, this, [this](int rows) {
        const std::shared_ptr<const InputMatrices>& input = m_input->result();
        const auto last = input ? static_cast<long long>(input->rows) - 1 : -1;
        if (last >= 0) {
            const auto from = static_cast<long long>(framedPosition().value_or(0));
            choose(static_cast<std::size_t>(std::clamp(from + rows, 0LL, last)));
        }
    });
}

bool PositionsPanel::hasRoomForText() const {
    const double scale = theme().fontScale;
    const double above = m_sum->isVisible() ? m_sum->y() : m_matrices->y();
    return m_row->isShown(SumPart) && m_sumBox->width() >= widthOfMatrices * scale &&
           m_sumBox->height() - above >= heightOfMatrices * scale;
}

void PositionsPanel::wantInput(bool visible) {
    if (!visible || !vectorModel() || !hasRoomForText()) {
        m_input->setInputs(nullptr, nullptr, {});
    } else if (isCurrent(Analyses::Encoding)) {
        m_input->setInputs(vectorModel(), m_context.analyses.encoding(slot()),
                           m_controls->inputs().sinusoidal);
    }
}

QString PositionsPanel::tokenName(std::size_t position) const {
    const std::shared_ptr<const InputMatrices>& input = m_input->result();
    if (!input || position >= input->rows) {
        return {};
    }
    const Token& token = input->text->encoding.tokens[position];
    if (token.id && rowOf(*token.id).value < input->model->table->rows()) {
        return shownToken(*input->model, rowOf(*token.id));
    }
    return QString::fromStdString(
        displayText(input->text->text.substr(token.source.begin, token.source.size())));
}

QString PositionsPanel::leftOut() const {
    const std::shared_ptr<const InputMatrices>& input = m_input->result();
    if (!input || m_matrices->isHidden()) {
        return {};
    }
    const std::size_t missing = input->beyond + input->leftOut;
    if (missing == 0) {
        return {};
    }
    const QString many = missing == 1 ? tr("One more token is left out:")
                                      : tr("%1 more tokens are left out:").arg(groupedText(missing));
    return many + u' ' +
           (input->leftOut > 0    ? tr("they would take too much memory.")
            : input->hasLearned() ? tr("the model has no more positions.")
                                  : tr("there are no more positions at this length."));
}

void PositionsPanel::refreshMatrices() {
    const std::shared_ptr<const InputMatrices>& input = m_input->result();
    const bool hasRows = input && input->model == vectorModel() && input->rows > 0;
    const bool fits = hasRoomForText() && hasRows;
    m_sum->setVisible(!fits);
    m_matrices->setVisible(fits);
    if (!fits) {
        return;
    }
    SumMatricesFigure figure;
    figure.input = input;
    figure.dimmed = !m_input->isCurrent();
    const bool goesOn = hasLearned() && !vectorModel()->afterSum.empty();
    figure.names = {tr("%1[ID]").arg(shortName(vectorModel()->tableName, tr("row"))),
                    hasLearned() ? tr("%1[position]").arg(shortName(vectorModel()->positionsName, tr("pos")))
                                 : tr("PE[position]"),
                    hasLearned() && !goesOn ? tr("input") : tr("sum")};
    const std::optional<std::size_t> framed = framedPosition();
    figure.selectedRow = framed ? static_cast<long long>(*framed) : -1;
    figure.hoveredRow = hoveredPosition();
    m_matrices->setFigure(std::move(figure));
}

Result<std::vector<float>> PositionsPanel::positionRow(std::size_t position) const {
    const std::size_t dimension = vectorModel()->table->dimension();
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
    if (!matrix || matrix->model != vectorModel()) {
        const QString message = positionMessage(scene(), PositionKind::Learned, PositionAnalysis::Matrix);
        return Error{ErrorCode::NotFound, {}, message.toStdString(), {}};
    }
    if (position >= matrix->levels->rows()) {
        const QString text = tr("Position %1 is beyond the %2 positions of this model.")
                                 .arg(groupedText(position), groupedText(matrix->levels->rows()));
        return Error{ErrorCode::InvalidArgument, {}, text.toStdString(), {}};
    }
    const std::span<const float> row = matrix->levels->row(position);
    return std::vector<float>(row.begin(), row.end());
}

QString PositionsPanel::fillSum(SumFigure& figure) const {
    if (!vectorModel()) {
        return noVectors(slot());
    }
    const std::optional<Row> row = selectedRow();
    if (!row) {
        return nothingSelected();
    }
    const std::optional<std::size_t> position = framedPosition();
    if (!position) {
        return tr("%1 does not stand in the text. Click a row of the matrix to choose a position for it.")
            .arg(shownToken(*vectorModel(), *row));
    }
    const std::shared_ptr<const RowResult> token = m_context.analyses.rowValues(slot());
    if (!token || token->model != vectorModel() || token->row != *row) {
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
    figure.tokenName = QStringLiteral("%1[%2]").arg(shortName(vectorModel()->tableName, tr("row")),
                                                    QString::number(row->value));
    figure.positionName = hasLearned() ? QStringLiteral("%1[%2]").arg(
                                             shortName(vectorModel()->positionsName, tr("pos")),
                                             QString::number(positionRowAt(*vectorModel(), *position).value))
                                       : tr("PE[%1]").arg(*position);
    figure.sumName = hasLearned() ? tr("input") : tr("sum");
    return {};
}

void PositionsPanel::refreshSum() {
    m_sumTitle->setFont(theme().textFont(13, QFont::DemiBold));
    m_sumTitle->setColor(theme().text);
    const bool none = vectorModel() && !hasLearned();
    const bool goesOn = hasLearned() && !vectorModel()->afterSum.empty();
    m_sumTitle->setText(none     ? tr("Token + sinusoidal position")
                        : goesOn ? tr("Token + position")
                                 : tr("Token + position = what the transformer reads"));
    m_sumTitle->setVisible(!m_context.controls || !m_row->isBelowChoice(SumPart));
    m_row->setLeast(SumPart, std::max(leastSum, m_sumTitle->sizeHint().width()));
    m_sumNote->setFont(theme().textFont(12));
    m_sumNote->setColor(theme().muted);
    refreshMatrices();
    const std::string note = none     ? vectorModel()->noPositions
                             : goesOn ? vectorModel()->afterSum
                                      : std::string();
    QStringList notes{QString::fromStdString(note), leftOut()};
    notes.removeAll(QString());
    m_sumNote->setText(notes.join(u' '));
    m_sumNote->setVisible(!notes.isEmpty());
    SumFigure figure;
    figure.message = fillSum(figure);
    m_sum->setFigure(std::move(figure));
}

QString PositionsPanel::sumFact() const {
    if (!m_matrices->isHidden()) {
        const InputMatrices& input = *m_matrices->figure().input;
        return tr("%1 tokens × %2").arg(groupedText(input.rows), groupedText(input.sums->columns())) +
               QStringLiteral(" · ") + (hasLearned() ? tr("learned positions") : tr("sinusoidal positions"));
    }
    const std::optional<Row> row = selectedRow();
    const std::optional<std::size_t> position = framedPosition();
    if (!vectorModel() || !row || !position) {
        return {};
    }
    const QString kind = hasLearned() ? tr("learned positions") : tr("sinusoidal positions");
    return tr("%1 (ID %2) at position %3")
               .arg(shownToken(*vectorModel(), *row))
               .arg(row->value)
               .arg(*position) +
           QStringLiteral(" · ") + kind;
}

}  // namespace lexiscope
