// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/byte_strip.h"

#include "ui/widgets/token_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QScrollBar>

namespace lexiscope {
namespace {

constexpr double longestContent = 2e9;  // pixels that a scroll bar can count

Position positionOf(std::size_t index) {
    return Position{static_cast<std::uint32_t>(index)};
}

}  // namespace

ByteStrip::ByteStrip(const ThemeSource& theme, QWidget* parent)
    : QAbstractScrollArea(parent), m_theme(theme) {
    setObjectName(QStringLiteral("byteStrip"));
    setAccessibleName(tr("Bytes"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&m_theme, &ThemeSource::changed, this, &ByteStrip::restyle);
    restyle();
    describe();
}

void ByteStrip::setEncodedText(std::shared_ptr<const EncodedText> text) {
    if (text == m_text) {
        return;
    }
    const bool told = m_pointer && m_hovered;
    if (m_pointer) {
        m_hovered.reset();  // the same position of another text is another token
    }
    m_layout.setText(text.get());
    m_text = std::move(text);  // only now may the text that the layout looked at go
    const std::size_t count = m_text ? m_text->encoding.tokens.size() : 0;
    for (std::optional<Position>* kept : {&m_selected, &m_hovered}) {
        if (*kept && (*kept)->value >= count) {
            kept->reset();
        }
    }
    relayout();
    describe();
    if (told && !m_hovered) {
        Q_EMIT hovered(std::nullopt);
    }
}

void ByteStrip::setSelected(std::optional<Position> position) {
    if (position && (!m_text || position->value >= m_text->encoding.tokens.size())) {
        position.reset();
    }
    if (position != m_selected) {
        m_selected = position;
        if (position) {
            ensureVisible(*position);
        }
        describe();
        viewport()->update();
    }
}

void ByteStrip::setHovered(std::optional<Position> position) {
    if (position != m_hovered) {
        m_hovered = position;
        viewport()->update();
    }
}

void ByteStrip::setHighlightedId(std::optional<TokenId> id) {
    if (id != m_highlighted) {
        m_highlighted = id;
        viewport()->update();
    }
}

void ByteStrip::setDimmed(bool dimmed) {
    if (dimmed != m_dimmed) {
        m_dimmed = dimmed;
        viewport()->update();
    }
}

void ByteStrip::setMaximumRows(int rows) {
    m_maximumRows = std::max(1, rows);
    updateGeometry();
}

void ByteStrip::relayout() {
    m_layout.setWidth(viewport()->width() - 2 * edge);
    const int content = static_cast<int>(std::min(longestContent, std::ceil(m_layout.height()))) + 2 * edge;
    QScrollBar* bar = verticalScrollBar();
    bar->setRange(0, std::max(0, content - viewport()->height()));
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(static_cast<int>(m_layout.rowPitch() / 2));
    viewport()->update();
    followPointer();
    if (std::exchange(m_height, m_layout.height()) != m_layout.height()) {
        updateGeometry();
        Q_EMIT heightChanged();
    }
}

void ByteStrip::restyle() {
    m_layout.setTheme(m_theme.theme());
    relayout();
    updateGeometry();
}

void ByteStrip::describe() {
    QString text = m_layout.size() == 1 ? tr("1 byte") : tr("%L1 bytes").arg(m_layout.size());
    if (m_selected) {
        const std::size_t index = m_selected->value;
        const Token& token = m_text->encoding.tokens[index];
        text += tr("; selected: %1, %2, bytes %3 to %4")
                    .arg(TokenLayout::label(bytesOf(*m_text, index)),
                         token.id ? tr("ID %1").arg(token.id->value) : tr("no ID"))
                    .arg(token.source.begin)
                    .arg(token.source.end);
    }
    setAccessibleDescription(text);
}

int ByteStrip::contentWidth() const {
    return static_cast<int>(std::ceil(m_layout.contentWidth())) + 2 * edge;
}

std::size_t ByteStrip::firstInView() const {
    return m_layout.firstOf(m_layout.rowAt(verticalScrollBar()->value()));
}

void ByteStrip::showFrom(std::size_t byte) {
    if (byte < m_layout.size()) {
        verticalScrollBar()->setValue(static_cast<int>(m_layout.rowTop(m_layout.rowOf(byte))));
    }
}

QRectF ByteStrip::cellRect(std::size_t byte) const {
    if (byte >= m_layout.size()) {
        return {};
    }
    return m_layout.inRow({byte, byte + 1}, m_layout.rowOf(byte))
        .translated(edge, edge - verticalScrollBar()->value());
}

void ByteStrip::ensureVisible(Position position) {
    if (!m_text || position.value >= m_text->encoding.tokens.size()) {
        return;
    }
    const ByteSpan bytes = m_text->encoding.tokens[position.value].source;
    if (m_layout.size() == 0) {
        return;
    }
    QScrollBar* bar = verticalScrollBar();
    const std::size_t row = m_layout.rowOf(std::min(bytes.begin, m_layout.size() - 1));
    const int top = static_cast<int>(m_layout.rowTop(row));
    const int bottom = static_cast<int>(std::ceil(m_layout.rowTop(row) + m_layout.rowHeight())) + 2 * edge;
    if (top < bar->value()) {
        bar->setValue(top);
    } else if (bottom > bar->value() + viewport()->height()) {
        bar->setValue(std::min(top, bottom - viewport()->height()));
    }
}

QSize ByteStrip::sizeHint() const {
    const int width = this->width() > 100 ? this->width() : 600;
    const double height = m_layout.heightAt(width - 2 * edge, static_cast<std::size_t>(m_maximumRows));
    return {600, static_cast<int>(std::ceil(height)) + 2 * edge};
}

QSize ByteStrip::minimumSizeHint() const {
    return {180, static_cast<int>(std::ceil(m_layout.rowHeight())) + 2 * edge};
}

void ByteStrip::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

std::optional<std::size_t> ByteStrip::byteAt(QPointF point) const {
    return m_layout.byteAt(point - QPointF(edge, edge - verticalScrollBar()->value()));
}

std::optional<Position> ByteStrip::positionAt(QPointF point) const {
    const std::optional<std::size_t> byte = byteAt(point);
    const std::optional<std::size_t> token = byte ? m_layout.tokens().at(*byte) : std::nullopt;
    return token ? std::optional(positionOf(*token)) : std::nullopt;
}

void ByteStrip::mousePressEvent(QMouseEvent* event) {
    const std::optional<Position> position = positionAt(event->position());
    if (event->button() == Qt::LeftButton && position) {
        if (event->modifiers() == Qt::NoModifier) {
            setSelected(position);
        }
        Q_EMIT clicked(*position, event->modifiers());
    }
}

void ByteStrip::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    followPointer();
}

void ByteStrip::scrollContentsBy(int dx, int dy) {
    QAbstractScrollArea::scrollContentsBy(dx, dy);
    viewport()->update();
    followPointer();
}

void ByteStrip::followPointer() {
    if (m_pointer) {
        hoverAt(positionAt(*m_pointer));
    }
}

void ByteStrip::hoverAt(std::optional<Position> position) {
    if (position != m_hovered) {
        setHovered(position);
        viewport()->setCursor(position ? Qt::PointingHandCursor : Qt::ArrowCursor);
        Q_EMIT hovered(position);
    }
}

std::optional<Position> ByteStrip::besideRow(std::size_t byte, long long rows) const {
    const auto there = static_cast<long long>(byte) + rows * static_cast<long long>(m_layout.columns());
    const long long last = static_cast<long long>(m_layout.size()) - 1;
    const std::size_t wanted = static_cast<std::size_t>(std::clamp(there, 0LL, last));
    // Where no token holds that byte, the next one.
    const std::vector<std::uint32_t>& places = m_layout.tokens().places();
    const std::size_t found = m_layout.tokens().firstBehind(wanted);
    return Position{found == places.size() ? places.back() : places[found]};
}

std::optional<Position> ByteStrip::reachedBy(int key) const {
    const std::vector<std::uint32_t>& tokens = m_layout.tokens().places();
    const std::uint32_t here = m_selected ? m_selected->value : 0;
    const auto at = std::lower_bound(tokens.begin(), tokens.end(), here);
    const bool isOne = at != tokens.end() && *at == here;
    const std::size_t byte = m_text->encoding.tokens[here].source.begin;
    const long long page = std::max(1LL, static_cast<long long>(viewport()->height() / m_layout.rowPitch()));
    switch (key) {
        case Qt::Key_Left:
            return Position{at == tokens.begin() ? tokens.front() : *(at - 1)};
        case Qt::Key_Right:
            if (!m_selected) {
                return Position{tokens.front()};
            }
            return Position{at == tokens.end() || (isOne && at + 1 == tokens.end()) ? tokens.back()
                                                                                    : *(isOne ? at + 1 : at)};
        case Qt::Key_Up:
            return besideRow(byte, -1);
        case Qt::Key_Down:
            return besideRow(byte, 1);
        case Qt::Key_PageUp:
            return besideRow(byte, -page);
        case Qt::Key_PageDown:
            return besideRow(byte, page);
        case Qt::Key_Home:
            return Position{tokens.front()};
        case Qt::Key_End:
            return Position{tokens.back()};
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return isOne ? Position{here} : Position{tokens.front()};
        default:
            return std::nullopt;
    }
}

void ByteStrip::keyPressEvent(QKeyEvent* event) {
    const std::optional<Position> position =
        m_layout.tokens().places().empty() ? std::nullopt : reachedBy(event->key());
    if (!position) {
        return QAbstractScrollArea::keyPressEvent(event);
    }
    setSelected(position);
    ensureVisible(*position);
    Q_EMIT clicked(*position, event->modifiers());
}

void ByteStrip::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ByteStrip::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace lexiscope
