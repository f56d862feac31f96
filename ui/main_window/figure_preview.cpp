// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure_preview.h"

#include "ui/widgets/paint.h"

#include <algorithm>
#include <cmath>

#include <QPainter>

namespace lexiscope {
namespace {

constexpr int margin = 20;
constexpr int square = 8;  // of the chequered ground
constexpr double staleOpacity = 0.5;

}  // namespace

FigurePreview::FigurePreview(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setObjectName(QStringLiteral("preview"));
    setAccessibleName(tr("Preview of the figure"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void FigurePreview::setFigure(const QImage& image, QSize size) {
    m_image = image;
    m_size = size;
    m_stale = false;
    setAccessibleDescription(tr("%1 by %2 pixels").arg(size.width()).arg(size.height()));
    update();
}

void FigurePreview::setStale() {
    m_stale = true;
    update();
}

QRectF FigurePreview::rectFor(QSize size) const {
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    if (size.isEmpty() || room.isEmpty()) {
        return {};
    }
    const double share = std::min({1.0, room.width() / size.width(), room.height() / size.height()});
    QRectF place(QPointF(), QSizeF(size) * share);
    place.moveCenter(room.center());
    // On whole pixels, or all of it would be blurred.
    return {std::floor(place.left()), std::floor(place.top()), std::round(place.width()),
            std::round(place.height())};
}

double FigurePreview::scaleFor(QSize size) const {
    return size.isEmpty() ? 1 : std::max(0.05, rectFor(size).width() * devicePixelRatioF() / size.width());
}

void FigurePreview::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    paintRounded(painter, rect(), 8, blend(theme.window, theme.text, 0.04));
    if (m_image.isNull()) {
        return;
    }
    const QRectF place = figureRect();
    if (m_image.hasAlphaChannel()) {
        painter.save();
        painter.setClipRect(place);
        painter.fillRect(place, theme.surface);
        for (int y = 0; y * square < place.height(); ++y) {
            for (int x = y % 2; x * square < place.width(); x += 2) {
                painter.fillRect(QRectF(place.left() + x * square, place.top() + y * square, square, square),
                                 theme.control);
            }
        }
        painter.restore();
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(m_stale ? staleOpacity : 1);
    painter.drawImage(place, m_image);
    painter.setOpacity(1);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5));
}

void FigurePreview::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    Q_EMIT resized();
}

}  // namespace lexiscope
