// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/matrix_panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/paint.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QAbstractButton>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr double rowsAround = 40;  ///< rows in view when the panel opens on a selection
constexpr double fewestAround = 12;
constexpr double readableRow = 3;  // pixels
constexpr int numberSpacing = 6;

/// What a view of it can say.
struct MatrixKeys : ViewKeys {
    ViewKey rows = stretch("rows");
    ViewKey part = oneOf("part", {QStringLiteral("map"), QStringLiteral("row")});
};

const MatrixKeys& matrixKeys() {
    static const MatrixKeys all;
    return all;
}

QString extreme(float value, std::size_t at) {
    return Panel::tr("%1 at %2").arg(numberText(value, 3)).arg(at);
}

}  // namespace

MatrixPanel::MatrixPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("matrix"), tr("Embedding matrix"),
            {Analyses::Matrix, Analyses::RowValues}, parent),
      m_parts(new PartRow(context.theme, Qt::Vertical, this)),
      m_map(new HeatMapView(context.theme, this)),
      m_bars(new RowBars(context.theme, this)),
      m_again(new AgainButton(tr("Read again"), this)),
      m_rowTitle(new ElidedLabel(this)),
      m_rowMessage(new ElidedLabel(this)),
      m_view(new Segmented(context.theme, this)),
      m_viewNote(new ElidedLabel(this)) {
    m_map->setObjectName(QStringLiteral("map"));
    m_bars->setObjectName(QStringLiteral("bars"));
    layOut();
    listen();
}

void MatrixPanel::layOut() {
    auto* numbers = new QGridLayout;
    numbers->setHorizontalSpacing(numberSpacing);
    numbers->setVerticalSpacing(4);
    const std::array<QString, 4> names = {tr("norm"), tr("mean"), tr("min"), tr("max")};
    for (int i = 0; i < 4; ++i) {
        auto* caption = new ElidedLabel(this);
        auto* value = new ElidedLabel(this);
        caption->setText(names.at(static_cast<std::size_t>(i)));
        numbers->addWidget(caption, i / 2, i % 2 * 2);
        numbers->addWidget(value, i / 2, i % 2 * 2 + 1);
        numbers->setColumnStretch(i % 2 * 2 + 1, 1);
        m_captions.push_back(caption);
        m_numbers.push_back(value);
    }
    auto* controls = new QHBoxLayout;
    controls->addWidget(m_view);
    controls->addWidget(m_viewNote, 1);
    m_viewNote->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* matrix = new QWidget(this);
    auto* matrixLayout = new QVBoxLayout(matrix);
    auto* row = new QWidget(this);
    auto* rowLayout = new QVBoxLayout(row);
    for (QVBoxLayout* each : {matrixLayout, rowLayout}) {
        each->setContentsMargins(0, 0, 0, 0);
        each->setSpacing(8);
    }
    matrixLayout->addLayout(controls);
    matrixLayout->addWidget(m_map, 1);
    rowLayout->addWidget(m_rowTitle);
    rowLayout->addWidget(m_rowMessage);
    rowLayout->addWidget(m_bars, 1);
    rowLayout->addLayout(numbers);
    m_parts->addPart(QStringLiteral("map"), tr("Matrix"), matrix, 3);
    m_parts->addPart(QStringLiteral("row"), tr("Row"), row, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_parts);

    m_view->setObjectName(QStringLiteral("view"));
    m_view->setItems({tr("Some rows"), tr("All rows")});
    m_view->setToolTipOf(0, tr("The rows around the selected one"));
    m_view->setToolTipOf(1, tr("The whole matrix"));
    QWidget::setTabOrder(m_view->button(1), m_map);
}

void MatrixPanel::listen() {
    connect(m_view, &Segmented::chosen, this, [this](int index) {
        if (index == 1 && vectorModel()) {
            setView(0, static_cast<double>(vectorModel()->table->rows()));
        } else if (const std::optional<Row> row = selectedRow()) {
            showAround(*row);
        } else {
            setView(m_firstRow, rowsAround);
        }
    });

    m_map->setRowLabel([this](Row row) {
        return vectorModel() && row.value < vectorModel()->vocabulary->size()
                   ? shownToken(*vectorModel(), row)
                   : QString();
    });
    connect(m_map, &HeatMapView::rowClicked, this, [this](Row row) {
        m_shownRow = row;  // the row is in view where it was clicked: the view stays
        m_context.selection.select({slot(), row, std::nullopt});
    });
    connect(m_map, &HeatMapView::rowHovered, this, [this](bool any, Row row) {
        m_context.selection.hover(any ? std::optional(Selected{slot(), row, std::nullopt}) : std::nullopt);
    });
    connect(m_map, &HeatMapView::moveSelection, this, [this](int rows) {
        const std::optional<Row> row = selectedRow();
        if (!vectorModel() || !row) {
            return;
        }
        const qint64 last = static_cast<qint64>(vectorModel()->table->rows()) - 1;
        const qint64 to = std::clamp<qint64>(static_cast<qint64>(row->value) + rows, 0, last);
        m_context.selection.select({slot(), Row{static_cast<std::uint32_t>(to)}, std::nullopt});
    });
    m_again->standIn(m_map, [this] { return QRectF(m_map->rect()); });
    connect(m_again, &QPushButton::clicked, this,
            [this] { m_context.analyses.retry(slot(), Analyses::Matrix); });
    connect(m_map, &HeatMapView::viewRequested, this, &MatrixPanel::setView);
    connect(&m_context.selection, &Selection::hoveredChanged, this, &MatrixPanel::scheduleRefresh);
}

void MatrixPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    m_noteShown = false;
    scheduleRefresh();
}

void MatrixPanel::showAround(Row row) {
    // Fewer in a low map: each stays high enough to be pointed at.
    const double rows =
        std::clamp(std::floor(m_map->mapRect().height() / readableRow), fewestAround, rowsAround);
    setView(static_cast<double>(row.value) - std::floor(rows / 2) + 1, rows);
}

void MatrixPanel::setView(double firstRow, double rowCount) {
    if (!vectorModel()) {
        return;
    }
    const double all = static_cast<double>(vectorModel()->table->rows());
    m_rowCount = std::clamp(rowCount, std::min(4.0, all), all);
    m_firstRow = std::clamp(firstRow, 0.0, all - m_rowCount);
    m_view->setCurrent(m_rowCount >= all ? 1 : 0);
    requestView();
    scheduleRefresh();
}

const ViewKeys& MatrixPanel::viewKeys() {
    return matrixKeys();
}

QJsonObject MatrixPanel::saveView() const {
    if (!vectorModel() || m_viewOf != vectorModel()) {
        return {};
    }
    QJsonObject view{{matrixKeys().rows, QJsonArray{m_firstRow, m_rowCount}}};
    if (!m_parts->chosen().isEmpty()) {
        view[matrixKeys().part] = m_parts->chosen();
    }
    return view;
}

void MatrixPanel::restoreView(const QJsonObject& view) {
    const QJsonArray rows = view[matrixKeys().rows].toArray();
    if (vectorModel() && rows.size() == 2 && rows[0].isDouble() && rows[1].isDouble()) {
        m_viewOf = vectorModel();
        m_shownRow = selectedRow();
        setView(rows[0].toDouble(), rows[1].toDouble());
    }
    m_parts->choose(view[matrixKeys().part].toString());
}

QStringList MatrixPanel::parameters() const {
    const std::shared_ptr<const MatrixResult> result = m_context.analyses.matrix(slot());
    if (!result) {
        return {};
    }
    const std::size_t first = result->window.firstRow;
    return {tr("rows %1 to %2").arg(groupedText(first), groupedText(first + result->window.rowCount - 1))};
}

std::vector<DataTable> MatrixPanel::data() const {
    if (!vectorModel() || m_viewOf != vectorModel()) {
        return {};
    }
    const std::size_t rows = vectorModel()->table->rows();
    const QString dimension = groupedText(vectorModel()->table->dimension());
    const auto first = static_cast<std::size_t>(m_firstRow);
    const auto last = std::min(rows, static_cast<std::size_t>(std::ceil(m_firstRow + m_rowCount)));
    std::vector<DataTable> tables;
    if (last - first < rows) {
        tables.push_back(rowsTable(
            tr("Rows %1 to %2, %3 × %4")
                .arg(groupedText(first), groupedText(last - 1), groupedText(last - first), dimension),
            vectorModel(), first, last));
    }
    tables.push_back(
        rowsTable(tr("All rows, %1 × %2").arg(groupedText(rows), dimension), vectorModel(), 0, rows));
    const std::shared_ptr<const RowResult> row = m_context.analyses.rowValues(slot());
    if (selectedRow() && row && isCurrent(Analyses::RowValues)) {
        tables.push_back(rowTable(tr("Row %1, %2 values").arg(row->row.value).arg(dimension), row));
    }
    return tables;
}

void MatrixPanel::requestView() {
    const double first = std::floor(m_firstRow);
    const double last = std::ceil(m_firstRow + m_rowCount);
    const Asked asked{slot(), vectorModel(), static_cast<std::size_t>(first),
                      static_cast<std::size_t>(last - first),
                      static_cast<std::size_t>(std::max(1, m_map->mapHeight()))};
    // Another panel may show the same slot: each answering the other's wish, they would never come to rest.
    if (asked != m_asked) {
        m_asked = asked;
        m_context.analyses.setMatrixView(asked.slot, asked.firstRow, asked.rowCount, asked.lines);
    }
}

void MatrixPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    m_asked = {};
}

void MatrixPanel::refresh() {
    const std::optional<Row> row = selectedRow();
    if (haveSameWords(vectorModel(), m_viewOf)) {
        m_viewOf = vectorModel();  // the same rows, with other numbers
    } else if (vectorModel() != m_viewOf) {
        m_viewOf = vectorModel();
        m_shownRow.reset();
        if (vectorModel() && !row) {
            setView(0, rowsAround);
        }
    }
    if (vectorModel() && row && row != m_shownRow) {
        const bool inView =
            m_shownRow && row->value >= m_firstRow && row->value + 1 <= m_firstRow + m_rowCount;
        m_shownRow = row;
        if (!inView) {
            showAround(*row);
        }
    }
    if (vectorModel()) {
        requestView();
    }
    refreshMap();
    refreshRow();
    refreshFact();
}

void MatrixPanel::refreshMap() {
    const std::shared_ptr<const MatrixResult> result = m_context.analyses.matrix(slot());
    const QString failure = failureText(slot(), Analyses::Matrix, tr("Reading the rows was cancelled."));
    const std::optional<Selected>& hovered = m_context.selection.hovered();
    HeatMapFigure figure;
    if (!vectorModel()) {
        figure.message = noVectors(slot());
    } else if (!failure.isEmpty()) {
        figure.message = failure;
    } else if (result) {
        // The result keeps the numbers alive; the figure points into it.
        figure.values = std::shared_ptr<const std::vector<float>>(result, &result->window.values);
        figure.totalRows = result->model->table->rows();
        figure.firstRow = result->window.firstRow;
        figure.rowCount = result->window.rowCount;
        figure.rowsPerLine = result->window.rowsPerLine;
        figure.columns = result->model->table->dimension();
        figure.scale = ColorScale::symmetric(result->limit);
        figure.dimmed = result->model != vectorModel();
        figure.columnName = tr("dimension");
        figure.selectedRow = selectedRow() ? static_cast<long long>(selectedRow()->value) : -1;
        figure.hoveredRow =
            hovered && hovered->slot == slot() ? static_cast<long long>(hovered->row.value) : -1;
    }
    m_map->setFigure(std::move(figure));
    m_again->offer(vectorModel() && m_context.analyses.wasCancelled(slot(), Analyses::Matrix));
}

void MatrixPanel::refreshRow() {
    const std::optional<Row> row = vectorModel() ? selectedRow() : std::nullopt;
    const std::shared_ptr<const RowResult> result = row ? m_context.analyses.rowValues(slot()) : nullptr;
    const std::optional<Error>& failure = m_context.analyses.failure(slot(), Analyses::RowValues);
    m_rowTitle->setFont(theme().textFont(13, QFont::DemiBold));
    m_rowTitle->setColor(theme().text);
    m_rowTitle->setText(row ? rowTitle(*row) : vectorModel() ? tr("No row is selected") : QString());
    m_rowMessage->setFont(theme().textFont(12));
    m_rowMessage->setColor(failure ? theme().error : theme().warning);
    QString message;
    if (failure) {
        message = QString::fromStdString(toString(*failure));
    } else if (result && result->summary.notFinite > 0) {
        message = tr("%1 of its values are no numbers and are left out below")
                      .arg(groupedText(result->summary.notFinite));
    }
    m_rowMessage->setText(message);
    m_rowMessage->setVisible(!message.isEmpty());
    m_bars->setValues(result ? result->values : std::vector<float>(), !isCurrent(Analyses::RowValues));

    // Of each number, what there is room for: less of it rather than a part of it.
    std::array<QStringList, 4> numbers;
    if (result) {
        const RowSummary& summary = result->summary;
        numbers = {
            QStringList{numberText(summary.norm, 3), numberText(summary.norm, 2)},
            {numberText(summary.mean, 4), numberText(summary.mean, 3), numberText(summary.mean, 2)},
            {extreme(summary.min, summary.minAt), numberText(summary.min, 3), numberText(summary.min, 2)},
            {extreme(summary.max, summary.maxAt), numberText(summary.max, 3), numberText(summary.max, 2)}};
    }
    int captions = 0;  // the widest of the left ones and of the right ones
    for (std::size_t i = 0; i < 2; ++i) {
        m_captions[i]->setFont(theme().textFont(12));
        m_captions[i + 2]->setFont(theme().textFont(12));
        captions += std::max(m_captions[i]->sizeHint().width(), m_captions[i + 2]->sizeHint().width());
    }
    const int room = (width() - captions - 3 * numberSpacing) / 2;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        m_captions[i]->setVisible(result != nullptr);
        m_captions[i]->setColor(theme().muted);
        m_numbers[i]->setFont(theme().monoFont(11));
        m_numbers[i]->setColor(theme().text);
        m_numbers[i]->setText(thatFits(numbers.at(i), m_numbers[i]->fontMetrics(), room));
    }
}

QString MatrixPanel::rowTitle(Row row) const {
    const QString token = shownToken(*vectorModel(), row);
    return thatFits({tr("Row %1, the vector of %2").arg(row.value).arg(token),
                     tr("Row %1: %2").arg(row.value).arg(token)},
                    m_rowTitle->fontMetrics(), width());
}

void MatrixPanel::refreshFact() {
    m_view->setVisible(vectorModel() != nullptr);
    if (!vectorModel()) {
        m_viewNote->hide();
        setFact({});
        return;
    }
    const std::size_t rows = vectorModel()->table->rows();
    const std::size_t dimension = vectorModel()->table->dimension();
    const QString shape =
        tr("%1 × %2 = %3").arg(groupedText(rows), groupedText(dimension), groupedText(rows * dimension));
    setFact(thatFits({tr("%1 weights").arg(shape), shape}, QFontMetrics(theme().textFont(12.5)), width()));
    const std::shared_ptr<const MatrixResult> result = m_context.analyses.matrix(slot());
    const std::size_t perLine = result ? result->window.rowsPerLine : 1;
    m_viewNote->setFont(theme().textFont(12));
    m_viewNote->setColor(theme().muted);
    m_viewNote->setText(perLine > 1 ? tr("largest of %1 rows").arg(groupedText(perLine)) : QString());
    // The map gives up a line for the note; it does not get it back for that, or the two could go on for
    // ever.
    m_noteShown = m_noteShown || !m_viewNote->text().isEmpty();
    m_viewNote->setVisible(m_context.controls || m_noteShown);
}

}  // namespace lexiscope
