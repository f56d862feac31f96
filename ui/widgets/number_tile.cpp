// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_tile.h"

#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double leastWidth = 120;
constexpr double usualTileWidth = 240;

QFont nameFont(const Theme& theme) {
    return theme.textFont(12.5);
}
QFont numberFont(const Theme& theme) {
    return theme.textFont(23, QFont::Bold);
}
QFont meaningFont(const Theme& theme) {
    return theme.textFont(11.5);
}

/// Heights of the three lines' places, from the top.
double nameHeight(const Theme& theme) {
    return 20 * theme.fontScale;
}
double numberHeight(const Theme& theme) {
    return 38 * theme.fontScale;
}

}  // namespace

NumberTile::NumberTile(const ThemeSource& theme, const QString& name, const QString& meaning, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_name(name), m_meaning(meaning) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
    describe();
}

void NumberTile::setNumber(const QString& number) {
    if (number != m_number) {
        m_number = number;
        describe();
        update();
    }
}

void NumberTile::describe() {
    setAccessibleName(QStringLiteral("%1: %2").arg(m_name, m_number));
    setAccessibleDescription(m_meaning);
    setToolTip(m_meaning);
}

QRectF NumberTile::meaningRect(double width) const {
    const Theme& theme = m_theme.theme();
    const double top = nameHeight(theme) + numberHeight(theme);
    const QFontMetricsF metrics(meaningFont(theme));
    const QRectF lines = metrics.boundingRect(QRectF(0, 0, width, 1000), Qt::TextWordWrap, m_meaning);
    return {0, top, width, std::ceil(lines.height()) + 2};
}

QSize NumberTile::sizeHint() const {
    const int width = qRound(usualTileWidth * m_theme.theme().fontScale);
    return {width, static_cast<int>(std::ceil(meaningRect(std::max(this->width(), width / 2)).bottom()))};
}

QSize NumberTile::minimumSizeHint() const {
    const int width = qRound(leastWidth * m_theme.theme().fontScale);
    return {width, qRound(nameHeight(m_theme.theme()) + numberHeight(m_theme.theme()))};
}

void NumberTile::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    updateGeometry();  // another width may take another number of lines
}

void NumberTile::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    painter.setFont(nameFont(theme));
    painter.setPen(theme.muted);
    const QString name = QFontMetricsF(nameFont(theme)).elidedText(m_name, Qt::ElideRight, width());
    painter.drawText(QRectF(0, 0, width(), nameHeight(theme)), Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setFont(numberFont(theme));
    painter.setPen(theme.text);
    painter.drawText(QRectF(0, nameHeight(theme), width(), numberHeight(theme)),
                     Qt::AlignLeft | Qt::AlignVCenter, m_number);
    if (meaningRect(width()).bottom() > height() + 1) {
        return;  // half a line says nothing; the accessible description has all of it
    }
    painter.setFont(meaningFont(theme));
    painter.setPen(theme.muted);
    painter.drawText(meaningRect(width()), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_meaning);
}

}  // namespace lexiscope
