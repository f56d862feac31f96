// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection.h"

#include <algorithm>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t longestHistory = 500;
constexpr std::size_t mostTranslated = 50;  // steps that survive a change of the model

}  // namespace

void Selection::copy(const Selection& other) {
    m_selected = other.m_selected;
    m_missing = other.m_missing;
    m_pinned = other.m_pinned;
    m_boxed = other.m_boxed;
    m_history = other.m_history;
    m_at = other.m_at;
}

void Selection::select(const Selected& selected) {
    if (m_selected == selected) {
        return;
    }
    m_history.resize(m_at);
    m_history.push_back(selected);
    if (m_history.size() > longestHistory) {
        m_history.erase(m_history.begin());
    }
    m_at = m_history.size();
    m_selected = selected;
    m_missing.clear();
    Q_EMIT selectedChanged();
    Q_EMIT historyChanged();
}

void Selection::clear(const QString& missing) {
    const bool isNews = missing != m_missing;
    moveTo(std::nullopt);
    m_missing = missing;
    if (isNews) {
        Q_EMIT selectedChanged();
    }
}

void Selection::hover(const std::optional<Selected>& hovered) {
    if (m_hovered == hovered) {
        return;
    }
    m_hovered = hovered;
    Q_EMIT hoveredChanged();
}

void Selection::togglePinned(Row row) {
    const auto found = std::find(m_pinned.begin(), m_pinned.end(), row);
    if (found == m_pinned.end()) {
        m_pinned.push_back(row);
    } else {
        m_pinned.erase(found);
    }
    Q_EMIT pinnedChanged();
}

void Selection::clearPinned() {
    setPinned({});
}

void Selection::setPinned(std::vector<Row> rows) {
    if (rows != m_pinned) {
        m_pinned = std::move(rows);
        Q_EMIT pinnedChanged();
    }
}

void Selection::setBoxed(std::vector<Row> rows) {
    if (m_boxed == rows) {
        return;
    }
    m_boxed = std::move(rows);
    Q_EMIT boxedChanged();
}

std::vector<Row> Selection::rowsInHistory(int slot) const {
    std::vector<Row> rows;
    for (auto step = m_history.rbegin(); step != m_history.rend() && rows.size() < mostTranslated; ++step) {
        if (step->slot == slot) {
            rows.push_back(step->row);
        }
    }
    return rows;
}

void Selection::goTo(std::size_t at) {
    m_at = at;
    m_selected = m_history[m_at - 1];
    m_missing.clear();
    Q_EMIT selectedChanged();
    Q_EMIT historyChanged();
}

void Selection::back() {
    if (canGoBack()) {
        goTo(m_at - 1);
    }
}

void Selection::forward() {
    if (canGoForward()) {
        goTo(m_at + 1);
    }
}

void Selection::moveTo(const std::optional<Selected>& selected) {
    if (m_selected == selected) {
        return;
    }
    m_selected = selected;
    m_missing.clear();
    if (selected && m_at > 0) {
        m_history[m_at - 1] = *selected;
    } else if (selected) {
        m_history.push_back(*selected);
        m_at = m_history.size();
    }
    Q_EMIT selectedChanged();
    Q_EMIT historyChanged();
}

void Selection::translateHistory(int slot, const std::function<std::optional<Row>(Row)>& translate) {
    std::vector<Selected> kept;
    std::size_t at = 0;
    for (std::size_t i = 0; i < m_history.size(); ++i) {
        Selected step = m_history[i];
        if (step.slot == slot) {
            const std::optional<Row> row = translate(step.row);
            if (!row) {
                continue;
            }
            step.row = *row;
            step.position.reset();
        }
        kept.push_back(step);
        if (i < m_at) {
            at = kept.size();
        }
    }
    m_history = std::move(kept);
    m_at = at;
    Q_EMIT historyChanged();
}

}  // namespace lexiscope
