// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_strip.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {
namespace {

constexpr int tokenRowsAtFirst = 3;

}  // namespace

TokenStrip::TokenStrip(const ThemeSource& theme, QWidget* parent)
    : TextStrip(theme, tokenRowsAtFirst, parent) {
    setObjectName(QStringLiteral("tokenStrip"));
    setAccessibleName(tr("Tokens"));
    begin(m_layout);
}

QString TokenStrip::description() const {
    const QString text = tokenCount() == 1 ? tr("1 token") : tr("%1 tokens").arg(tokenCount());
    if (!selected()) {
        return text;
    }
    const std::size_t index = selected()->value;
    const std::optional<TokenId>& id = m_text->encoding.tokens[index].id;
    return text + tr("; selected: %1, %2, position %3")
                      .arg(TokenLayout::label(bytesOf(*m_text, index)),
                           id ? tr("ID %1").arg(id->value) : tr("no ID"), QString::number(index));
}

int TokenStrip::contentWidth() const {
    double right = 0;
    for (int row = 0; row < m_layout.rowCount(); ++row) {
        const double end = m_layout.chip(m_layout.endOf(row) - 1).right();
        right = std::max(right, row == 0 ? end + m_layout.captionRoom() : end);
    }
    return static_cast<int>(std::ceil(right)) + 2 * edge;
}

QRectF TokenStrip::chipRect(Position position) const {
    return position.value < m_layout.size() ? m_layout.chip(position.value).translated(toView()) : QRectF();
}

QSize TokenStrip::minimumSizeHint() const {
    return {160, static_cast<int>(std::ceil(m_layout.rowHeight())) + 2 * edge};
}

std::optional<Position> TokenStrip::reachedBy(int key) const {
    const std::size_t here = selected() ? selected()->value : 0;
    const std::size_t last = m_layout.size() - 1;
    const auto at = [](std::size_t token) { return Position{static_cast<std::uint32_t>(token)}; };
    const auto inRow = [&](int rows) {
        const int row = std::clamp(m_layout.rowOf(here) + rows, 0, m_layout.rowCount() - 1);
        return at(m_layout.nearest(row, m_layout.chip(here).center().x()));
    };
    switch (key) {
        case Qt::Key_Left:
            return at(here == 0 ? 0 : here - 1);
        case Qt::Key_Right:
            return at(selected() ? std::min(here + 1, last) : 0);
        case Qt::Key_Up:
            return inRow(-1);
        case Qt::Key_Down:
            return selected() ? inRow(1) : at(0);
        case Qt::Key_PageUp:
            return inRow(-page());
        case Qt::Key_PageDown:
            return inRow(page());
        case Qt::Key_Home:
            return at(0);
        case Qt::Key_End:
            return at(last);
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return at(here);
        default:
            return std::nullopt;
    }
}

}  // namespace lexiscope
