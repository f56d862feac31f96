// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_strip.h"

#include "ui/widgets/token_layout.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace lexiscope {
namespace {

Position positionOf(std::size_t index) {
    return Position{static_cast<std::uint32_t>(index)};
}

}  // namespace

TokenStrip::TokenStrip(const ThemeSource& theme, QWidget* parent)
    : QAbstractScrollArea(parent), m_theme(theme), m_layout(std::make_unique<TokenLayout>()) {
    setObjectName(QStringLiteral("tokenStrip"));
    setAccessibleName(tr("Tokens"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    // No height for width: a layout would take it for the least height, and rows scroll where room is short.
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&m_theme, &ThemeSource::changed, this, &TokenStrip::restyle);
    restyle();
    describe();
}

TokenStrip::~TokenStrip() = default;

void TokenStrip::setEncodedText(std::shared_ptr<const EncodedText> text) {
    const bool told = m_pointer && m_hovered;
    if (m_pointer && text != m_text) {
        m_hovered.reset();  // the same position of another text is another token
    }
    m_layout->setText(text.get());
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

void TokenStrip::setSelected(std::optional<Position> position) {
    if (position && position->value >= m_layout->size()) {
        position.reset();
    }
    if (position != m_selected) {
        m_selected = position;
        describe();
        viewport()->update();
    }
}

void TokenStrip::setHovered(std::optional<Position> position) {
    if (position != m_hovered) {
        m_hovered = position;
        viewport()->update();
    }
}

void TokenStrip::setHighlightedId(std::optional<TokenId> id) {
    if (id != m_highlighted) {
        m_highlighted = id;
        viewport()->update();
    }
}

void TokenStrip::setDimmed(bool dimmed) {
    m_dimmed = dimmed;
    viewport()->update();
}

void TokenStrip::setMaximumRows(int rows) {
    m_maximumRows = std::max(1, rows);
    updateGeometry();
}

void TokenStrip::relayout() {
    const double before = m_layout->height();
    m_layout->setWidth(viewport()->width() - 2 * edge);
    const int content = static_cast<int>(std::ceil(m_layout->height())) + 2 * edge;
    QScrollBar* bar = verticalScrollBar();
    bar->setRange(0, std::max(0, content - viewport()->height()));
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(static_cast<int>(m_layout->rowPitch() / 2));
    viewport()->update();
    followPointer();
    if (m_layout->height() != before) {
        updateGeometry();
        Q_EMIT heightChanged();
    }
}

void TokenStrip::restyle() {
    m_layout->setTheme(m_theme.theme());
    relayout();
    updateGeometry();
}

void TokenStrip::describe() {
    const std::size_t count = m_text ? m_text->encoding.tokens.size() : 0;
    QString text = count == 1 ? tr("1 token") : tr("%1 tokens").arg(count);
    if (m_selected && m_selected->value < count) {
        const std::size_t index = m_selected->value;
        const std::optional<TokenId>& id = m_text->encoding.tokens[index].id;
        text += tr("; selected: %1, %2, position %3")
                    .arg(TokenLayout::label(bytesOf(*m_text, index)),
                         id ? tr("ID %1").arg(id->value) : tr("no ID"), QString::number(index));
    }
    setAccessibleDescription(text);
}

int TokenStrip::rowCount() const {
    return m_layout->rowCount();
}

int TokenStrip::contentWidth() const {
    double right = 0;
    for (int row = 0; row < m_layout->rowCount(); ++row) {
        const double end = m_layout->chip(m_layout->endOf(row) - 1).right();
        right = std::max(right, row == 0 ? end + m_layout->captionRoom() : end);
    }
    return static_cast<int>(std::ceil(right)) + 2 * edge;
}

QRectF TokenStrip::chipRect(Position position) const {
    if (position.value >= m_layout->size()) {
        return {};
    }
    return m_layout->chip(position.value).translated(edge, edge - verticalScrollBar()->value());
}

void TokenStrip::ensureVisible(Position position) {
    if (position.value >= m_layout->size()) {
        return;
    }
    QScrollBar* bar = verticalScrollBar();
    const QRectF column = m_layout->column(position.value);
    const int top = static_cast<int>(column.top());
    const int bottom = static_cast<int>(std::ceil(column.bottom())) + 2 * edge;
    if (top < bar->value()) {
        bar->setValue(top);
    } else if (bottom > bar->value() + viewport()->height()) {
        bar->setValue(std::min(top, bottom - viewport()->height()));
    }
}

QSize TokenStrip::sizeHint() const {
    const int width = this->width() > 100 ? this->width() : 600;
    return {600, heightForWidth(width)};
}

QSize TokenStrip::minimumSizeHint() const {
    return {160, static_cast<int>(std::ceil(m_layout->rowHeight())) + 2 * edge};
}

int TokenStrip::heightForWidth(int width) const {
    return static_cast<int>(std::ceil(m_layout->heightAt(width - 2 * edge, m_maximumRows))) + 2 * edge;
}

void TokenStrip::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

std::optional<Position> TokenStrip::positionAt(QPointF point) const {
    const std::optional<std::size_t> index =
        m_layout->indexAt(point - QPointF(edge, edge - verticalScrollBar()->value()));
    return index ? std::optional(positionOf(*index)) : std::nullopt;
}

void TokenStrip::mousePressEvent(QMouseEvent* event) {
    const std::optional<Position> position = positionAt(event->position());
    if (event->button() == Qt::LeftButton && position) {
        // With a modifier it is for the receiver to say what becomes of the chip.
        if (event->modifiers() == Qt::NoModifier) {
            setSelected(position);
        }
        Q_EMIT clicked(*position, event->modifiers());
    }
}

void TokenStrip::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    followPointer();
}

void TokenStrip::scrollContentsBy(int dx, int dy) {
    QAbstractScrollArea::scrollContentsBy(dx, dy);
    followPointer();
}

void TokenStrip::followPointer() {
    if (m_pointer) {
        hoverAt(positionAt(*m_pointer));
    }
}

void TokenStrip::hoverAt(std::optional<Position> position) {
    if (position != m_hovered) {
        setHovered(position);
        viewport()->setCursor(position ? Qt::PointingHandCursor : Qt::ArrowCursor);
        Q_EMIT hovered(position);
    }
}

void TokenStrip::keyPressEvent(QKeyEvent* event) {
    const std::size_t count = m_layout->size();
    if (count == 0) {
        return QAbstractScrollArea::keyPressEvent(event);
    }
    const std::size_t here = m_selected ? m_selected->value : 0;
    const bool none = !m_selected;
    const int row = m_layout->rowOf(here);
    const double x = m_layout->chip(here).center().x();
    const int page = std::max(1, static_cast<int>(viewport()->height() / m_layout->rowPitch()));
    const auto inRow = [&](int wanted) {
        return m_layout->nearest(std::clamp(wanted, 0, m_layout->rowCount() - 1), x);
    };
    std::size_t there = here;
    switch (event->key()) {
        case Qt::Key_Left:
            there = here == 0 ? 0 : here - 1;
            break;
        case Qt::Key_Right:
            there = none ? 0 : std::min(here + 1, count - 1);
            break;
        case Qt::Key_Up:
            there = inRow(row - 1);
            break;
        case Qt::Key_Down:
            there = none ? 0 : inRow(row + 1);
            break;
        case Qt::Key_PageUp:
            there = inRow(row - page);
            break;
        case Qt::Key_PageDown:
            there = inRow(row + page);
            break;
        case Qt::Key_Home:
            there = 0;
            break;
        case Qt::Key_End:
            there = count - 1;
            break;
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            break;
        default:
            return QAbstractScrollArea::keyPressEvent(event);
    }
    const Position position = positionOf(there);
    setSelected(position);
    ensureVisible(position);
    Q_EMIT clicked(position, event->modifiers());
}

void TokenStrip::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TokenStrip::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace lexiscope
