// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/lookup_plot.h"

#include "ui/plots/read_out.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>

namespace lexiscope {
int lastStep(const LookupFigure& figure) {
    return figure.lines.empty() ? 0 : static_cast<int>(figure.lines.size()) + 1;
}

LookupPlot::LookupPlot(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("One-hot vector times table"));
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void LookupPlot::setFigure(LookupFigure figure) {
    m_figure = std::move(figure);
    update();
}

bool LookupPlot::isLookedUp(int line) const {
    const LookupLine& shown = lineAt(line);
    return !shown.values.empty() && shown.first == m_figure.row;
}

std::size_t LookupPlot::dimension() const {
    for (const LookupLine& line : m_figure.lines) {
        if (!line.values.empty()) {
            return line.values.size();
        }
    }
    return 1;
}

int LookupPlot::lineUnder(QPointF at) const {
    for (int line = 0; line < lineCount(); ++line) {
        const QRectF row = rowRect(line);
        if (at.y() >= row.top() && at.y() < row.top() + lineHeight()) {
            return line;
        }
    }
    return -1;
}

QString LookupPlot::readOut() const {
    if (!m_pointer || isEmpty()) {
        return {};
    }
    constexpr int decimals = 4;
    const auto columnAt = [&](const QRectF& place) {
        const double share = (m_pointer->x() - place.left()) / place.width();
        return static_cast<std::size_t>(
            std::clamp(share * static_cast<double>(dimension()), 0.0, static_cast<double>(dimension() - 1)));
    };
    const QRectF sum = productRect(lineCount());
    if (hasSum() && sum.contains(*m_pointer)) {
        const std::size_t column = columnAt(sum);
        return tr("sum · dimension %1 · %2")
            .arg(column)
            .arg(numberText(static_cast<double>(m_figure.result[column]), decimals));
    }
    const int line = lineUnder(*m_pointer);
    if (line < 0 || lineAt(line).values.empty()) {
        return {};
    }
    const QRectF rows = rowRect(line);
    const QRectF products = productRect(line);
    const bool isProduct = products.contains(*m_pointer) && isMultiplied(line);
    if (!isProduct && !rows.contains(*m_pointer)) {
        return {};
    }
    const std::size_t column = columnAt(isProduct ? products : rows);
    const double value = static_cast<double>(lineAt(line).values[column]);
    const QString text =
        tr("row %1 · dimension %2 · %3").arg(lineAt(line).first).arg(column).arg(numberText(value, decimals));
    const int factor = isLookedUp(line) ? 1 : 0;
    return isProduct
               ? text + QStringLiteral(" × %1 = %2").arg(factor).arg(numberText(value * factor, decimals))
               : text;
}

void LookupPlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int before = std::exchange(m_linesThatFit, linesThatFit());
    if (before != m_linesThatFit) {
        Q_EMIT linesThatFitChanged();
    }
}

void LookupPlot::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    update();
}

void LookupPlot::leaveEvent(QEvent*) {
    m_pointer.reset();
    update();
}

void LookupPlot::mousePressEvent(QMouseEvent* event) {
    const int line = event->button() == Qt::LeftButton ? lineUnder(event->position()) : -1;
    if (line >= 0 && !lineAt(line).values.empty()) {
        Q_EMIT rowClicked(lineAt(line).first);
    } else {
        QWidget::mousePressEvent(event);
    }
}

void LookupPlot::keyPressEvent(QKeyEvent* event) {
    if (isEmpty() || (event->key() != Qt::Key_Up && event->key() != Qt::Key_Down)) {
        return QWidget::keyPressEvent(event);
    }
    Q_EMIT moveSelection(event->key() == Qt::Key_Up ? -1 : 1);
}

}  // namespace lexiscope
