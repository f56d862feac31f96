// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/byte_strip.h"

#include "ui/session/grouped_text.h"
#include "ui/widgets/token_layout.h"

#include <algorithm>
#include <cmath>

#include <QScrollBar>

namespace lexiscope {
namespace {

constexpr int rowsAtFirst = 2;

}  // namespace

ByteStrip::ByteStrip(const ThemeSource& theme, QWidget* parent) : TextStrip(theme, rowsAtFirst, parent) {
    setObjectName(QStringLiteral("byteStrip"));
    setAccessibleName(tr("Bytes"));
    begin(m_layout);
}

void ByteStrip::setSelected(std::optional<Position> position) {
    const std::optional<Position> before = selected();
    TextStrip::setSelected(position);
    if (selected() && selected() != before) {
        ensureVisible(*selected());
    }
}

QString ByteStrip::description() const {
    const QString text = counted(m_layout.size(), tr("1 byte"), tr("%1 bytes"));
    if (!selected()) {
        return text;
    }
    const std::size_t index = selected()->value;
    const Token& token = m_text->encoding.tokens[index];
    return text + tr("; selected: %1, %2, bytes %3 to %4")
                      .arg(TokenLayout::label(bytesOf(*m_text, index)),
                           token.id ? tr("ID %1").arg(token.id->value) : tr("no ID"))
                      .arg(token.source.begin)
                      .arg(token.source.end);
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
    return byte < m_layout.size()
               ? m_layout.inRow({byte, byte + 1}, m_layout.rowOf(byte)).translated(toView())
               : QRectF();
}

QSize ByteStrip::minimumSizeHint() const {
    return {180, static_cast<int>(std::ceil(m_layout.rowHeight())) + 2 * edge};
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
    if (tokens.empty()) {
        return std::nullopt;
    }
    const std::uint32_t here = selected() ? selected()->value : 0;
    const auto at = std::lower_bound(tokens.begin(), tokens.end(), here);
    const bool isOne = at != tokens.end() && *at == here;
    const std::size_t byte = m_text->encoding.tokens[here].source.begin;
    switch (key) {
        case Qt::Key_Left:
            return Position{at == tokens.begin() ? tokens.front() : *(at - 1)};
        case Qt::Key_Right:
            if (!selected()) {
                return Position{tokens.front()};
            }
            return Position{at == tokens.end() || (isOne && at + 1 == tokens.end()) ? tokens.back()
                                                                                    : *(isOne ? at + 1 : at)};
        case Qt::Key_Up:
            return besideRow(byte, -1);
        case Qt::Key_Down:
            return besideRow(byte, 1);
        case Qt::Key_PageUp:
            return besideRow(byte, -page());
        case Qt::Key_PageDown:
            return besideRow(byte, page());
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

}  // namespace lexiscope
