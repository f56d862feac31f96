// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/row_bars.h"

#include "ui/plots/plot_axes.h"
#include "ui/plots/read_out.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

#include <QMouseEvent>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double barShare = 0.72;  // of the room that a value has

/// The value of largest magnitude in a half-open range.
float largest(const std::vector<float>& values, std::size_t begin, std::size_t end) {
    float result = values[begin];
    for (std::size_t i = begin + 1; i < end; ++i) {
        if (std::abs(values[i]) > std::abs(result) || std::isnan(result)) {
            result = values[i];
        }
    }
    return result;
}

}  // namespace

RowBars::RowBars(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Vector of the selected row"));
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void RowBars::setValues(std::vector<float> values, bool dimmed) {
    m_values = std::move(values);
    m_dimmed = dimmed;
    if (m_hovered >= static_cast<int>(m_values.size())) {
        m_hovered = -1;
    }
    update();
}

QSize RowBars::sizeHint() const {
    return {300, 80};
}

QSize RowBars::minimumSizeHint() const {
    return {120, 48};
}

void RowBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    painter.fillRect(rect(), theme.surface);
    if (m_values.empty()) {
        return;
    }
    double high = 0;
    double low = 0;
    for (const float value : m_values) {
        if (std::isfinite(value)) {
            high = std::max(high, static_cast<double>(value));
            low = std::min(low, static_cast<double>(value));
        }
    }
    painter.setOpacity(m_dimmed ? dimmedOpacity : 1);
    painter.setRenderHint(QPainter::Antialiasing);
    const double scale = std::hypot(painter.deviceTransform().m11(), painter.deviceTransform().m12());
    const double perUnit = high > low ? (height() - 2.0) / (high - low) : 0;
    const double zero = std::round((high > low ? 1 + high * perUnit : height() / 2.0) * scale) / scale;

    const auto places = static_cast<std::size_t>(
        std::min(static_cast<double>(m_values.size()), std::max(1.0, std::floor(width() * scale))));
    const double room = static_cast<double>(width()) / static_cast<double>(places);
    const double thickness = std::max(room * barShare, std::min(room, 1 / scale));
    for (std::size_t i = 0; i < places; ++i) {
        const std::size_t begin = i * m_values.size() / places;
        const std::size_t end = std::max(begin + 1, (i + 1) * m_values.size() / places);
        const double value = static_cast<double>(largest(m_values, begin, end));
        if (std::isnan(value)) {
            continue;
        }
        const double tip = zero - std::clamp(value, low, high) * perUnit;
        const QRectF bar(static_cast<double>(i) * room + (room - thickness) / 2, std::min(zero, tip),
                         thickness, std::abs(tip - zero));
        const bool hovered = m_hovered >= static_cast<int>(begin) && m_hovered < static_cast<int>(end);
        painter.fillRect(bar, hovered ? theme.text : value > 0 ? theme.signedHigh : theme.signedLow);
    }
    painter.fillRect(QRectF(0, zero - 0.5, width(), 1), theme.line);
    painter.setOpacity(1);
    if (m_hovered >= 0) {
        const double value = static_cast<double>(m_values[static_cast<std::size_t>(m_hovered)]);
        const QString number = std::isnan(value) ? QStringLiteral("NaN") : numberText(value, 4);
        const double x = (m_hovered + 0.5) * width() / static_cast<double>(m_values.size());
        paintReadOut(painter, theme, {x, 4}, QRectF(rect()),
                     tr("dimension %1 · %2").arg(m_hovered).arg(number));
    }
}

void RowBars::mouseMoveEvent(QMouseEvent* event) {
    const int count = static_cast<int>(m_values.size());
    const int place = static_cast<int>(std::floor(event->position().x() / std::max(1, width()) * count));
    const int hovered =
        rect().contains(event->position().toPoint()) && place >= 0 && place < count ? place : -1;
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void RowBars::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

}  // namespace lexiscope
