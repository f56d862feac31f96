// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_strip.h"

#include "ui/widgets/paint.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace lexiscope {
namespace {

constexpr double ringRadius = 6;
constexpr double dimmedOpacity = 0.55;
constexpr int usualWidth = 600;
constexpr double longestContent = 2e9;  // pixels that a scroll bar can count

}  // namespace

TextStrip::TextStrip(const ThemeSource& theme, int maximumRows, QWidget* parent)
    : ScrolledPaint(theme, parent), m_maximumRows(maximumRows) {
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // No height for width: a layout would take it for the least height, and rows scroll where room is short.
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void TextStrip::begin(StripLayout& layout) {
    m_rows = &layout;
    restyle();
    describe();
}

void TextStrip::setEncodedText(std::shared_ptr<const EncodedText> text) {
    if (text == m_text) {
        return;
    }
    const bool told = m_pointer && m_hovered;
    if (m_pointer) {
        m_hovered.reset();  // the same position of another text is another token
    }
    m_rows->setText(text.get());
    m_text = std::move(text);  // only now may the text that the layout looked at go
    for (std::optional<Position>* kept : {&m_selected, &m_hovered}) {
        if (*kept && (*kept)->value >= tokenCount()) {
            kept->reset();
        }
    }
    relayout();
    describe();
    if (told && !m_hovered) {
        Q_EMIT hovered(std::nullopt);
    }
}

void TextStrip::setSelected(std::optional<Position> position) {
    if (position && position->value >= tokenCount()) {
        position.reset();
    }
    if (position != m_selected) {
        m_selected = position;
        describe();
        viewport()->update();
    }
}

void TextStrip::setHovered(std::optional<Position> position) {
    if (position != m_hovered) {
        m_hovered = position;
        viewport()->update();
    }
}

void TextStrip::setHighlightedId(std::optional<TokenId> id) {
    if (id != m_highlighted) {
        m_highlighted = id;
        viewport()->update();
    }
}

void TextStrip::setDimmed(bool dimmed) {
    if (dimmed != m_dimmed) {
        m_dimmed = dimmed;
        viewport()->update();
    }
}

void TextStrip::setMaximumRows(int rows) {
    m_maximumRows = std::max(1, rows);
    updateGeometry();
}

void TextStrip::relayout() {
    m_rows->setWidth(viewport()->width() - 2 * edge);
    const double height = m_rows->height();
    const int content = static_cast<int>(std::min(longestContent, std::ceil(height))) + 2 * edge;
    setBar(*verticalScrollBar(), content, viewport()->height(), static_cast<int>(m_rows->rowPitch() / 2));
    viewport()->update();
    if (m_pointer) {
        followPointer();
    }
    if (std::exchange(m_height, height) != height) {
        updateGeometry();
        Q_EMIT heightChanged();
    }
}

void TextStrip::restyle() {
    m_rows->setTheme(m_theme.theme());
    ScrolledPaint::restyle();
}

void TextStrip::describe() {
    setAccessibleDescription(description());
}

void TextStrip::ensureVisible(Position position) {
    if (position.value >= tokenCount()) {
        return;
    }
    if (const std::optional<StripLayout::Band> row = m_rows->bandOf(position.value)) {
        bringIntoView(static_cast<int>(row->top), static_cast<int>(std::ceil(row->bottom)) + 2 * edge);
    }
}

int TextStrip::page() const {
    return std::max(1, static_cast<int>(viewport()->height() / m_rows->rowPitch()));
}

QSize TextStrip::sizeHint() const {
    return {usualWidth, heightForWidth(width() > 100 ? width() : usualWidth)};
}

int TextStrip::heightForWidth(int width) const {
    return static_cast<int>(std::ceil(m_rows->heightAt(width - 2 * edge, m_maximumRows))) + 2 * edge;
}

std::optional<Position> TextStrip::positionAt(QPointF point) const {
    const std::optional<std::size_t> token = m_rows->tokenAt(toLayout(point));
    return token ? std::optional(Position{static_cast<std::uint32_t>(*token)}) : std::nullopt;
}

void TextStrip::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_dimmed) {
        painter.setOpacity(dimmedOpacity);
    }
    painter.translate(toView());
    if (m_rows->height() > 0) {
        paintRows(painter, toLayout(event->rect().topLeft()).y(), toLayout(event->rect().bottomLeft()).y());
    }
    // The chip of the selected token has a ring of its own.
    if (hasFocus() && !m_selected) {
        paintFocusRing(painter, QRectF(viewport()->rect()).translated(-toView()), ringRadius,
                       m_theme.theme());
    }
}

void TextStrip::mousePressEvent(QMouseEvent* event) {
    const std::optional<Position> position = positionAt(event->position());
    if (event->button() == Qt::LeftButton && position) {
        // With a modifier it is for the receiver to say what becomes of the token.
        if (event->modifiers() == Qt::NoModifier) {
            setSelected(position);
        }
        Q_EMIT clicked(*position, event->modifiers());
    }
}

void TextStrip::followPointer() {
    const std::optional<Position> position = m_pointer ? positionAt(*m_pointer) : std::nullopt;
    if (position != m_hovered) {
        setHovered(position);
        viewport()->setCursor(position ? Qt::PointingHandCursor : Qt::ArrowCursor);
        Q_EMIT hovered(position);
    }
}

bool TextStrip::showTip(QPoint at) {
    if (const std::optional<Tip> tip = tipAt(at)) {
        QToolTip::showText(viewport()->mapToGlobal(tip->below), tip->text, viewport(), tip->about);
    } else {
        QToolTip::hideText();
    }
    return true;
}

void TextStrip::keyPressEvent(QKeyEvent* event) {
    const std::optional<Position> position = tokenCount() == 0 ? std::nullopt : reachedBy(event->key());
    if (!position) {
        return ScrolledPaint::keyPressEvent(event);
    }
    setSelected(position);
    ensureVisible(*position);
    Q_EMIT clicked(*position, event->modifiers());
}

}  // namespace lexiscope
