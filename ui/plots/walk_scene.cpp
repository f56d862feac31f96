// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/walk_scene.h"

#include "ui/plots/walk_scene_maker.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <variant>

namespace lexiscope {
namespace {

QString rankText(std::uint32_t rank) {
    return WalkScene::tr("rank %1").arg(groupedText(rank));
}

}  // namespace

QFont WalkScene::cellFont(const Theme& theme) {
    return theme.monoFont(12.5);
}

QFont WalkScene::numberFont(const Theme& theme) {
    return theme.monoFont(10.5);
}

WalkScene::WalkScene(const PieceWalk& walk, WalkView view, std::size_t step, const Theme& theme,
                     bool isFolded) {
    Maker maker(*this, walk, step, theme, isFolded);
    std::visit([&](const auto& trace) { maker.make(trace, view); }, walk.trace.steps);
}

void WalkScene::Maker::make(const MergeTrace& trace, WalkView view) {
    if (view == WalkView::Tree) {
        makeTree(trace);
    } else {
        makeRows(trace);
    }
}

void WalkScene::Maker::makeRows(const MergeTrace& trace) {
    std::vector<ByteSpan> leaves;
    for (std::size_t leaf = 0; leaf < trace.leaves; ++leaf) {
        leaves.push_back(trace.nodes[leaf].span);
    }
    const std::size_t rows = stepsOf(m_walk);
    placeColumns(leaves, leastSymbol, widthOf(QString::number(rows)) + 12);
    const double pitch = (cellHeight + rowGap) * m_unit;
    for (std::size_t row = 0; row < rows && row <= m_step; ++row) {
        const double top = static_cast<double>(row) * pitch;
        addNumber(QString::number(row), top);
        if (row > trace.merges()) {
            addTokens(top);
            continue;
        }
        const std::vector<std::size_t> state = trace.stateAfter(row);
        const bool isEnd = row == trace.merges() && rows == trace.merges() + 1;
        for (std::size_t i = 0; i < state.size() && !isEnd; ++i) {
            const MergeTrace::Node& node = trace.nodes[state[i]];
            const bool isNew = row > 0 && state[i] == trace.leaves + row - 1;
            const auto look = isNew     ? WalkCell::Look::New
                              : node.id ? WalkCell::Look::Symbol
                                        : WalkCell::Look::Loose;
            m_scene.m_cells.push_back({chip(node.span, top), node.span, look, {}, {}, 0, node.id});
        }
        if (isEnd) {
            addTokens(top);
        }
        if (row > 0) {
            const MergeTrace::Node& made = trace.nodes[trace.leaves + row - 1];
            addSide(rankText(made.rank), top, row == m_step);
            m_scene.m_focus = chip(made.span, top);
        }
        if (row == m_step && row < trace.merges()) {
            addRanks(trace, row, top + (cellHeight + 2) * m_unit);
        }
    }
    finish(static_cast<double>(rows) * pitch + idHeight * m_unit, widthOf(rankText(999'999)));
    m_scene.m_focus |= QRectF(m_scene.m_focus.left(), static_cast<double>(m_step) * pitch, 1,
                              (cellHeight + idHeight) * m_unit);
}

void WalkScene::Maker::addRanks(const MergeTrace& trace, std::size_t step, double top) {
    const std::vector<std::size_t> state = trace.stateAfter(step);
    const std::vector<std::uint32_t>& ranks = trace.ranks[step];
    std::vector<std::size_t> order;
    for (std::size_t pair = 0; pair < ranks.size(); ++pair) {
        if (ranks[pair] != MergeTrace::noRank) {
            order.push_back(pair);
        }
    }
    // Where there is no room for all, the lower ones go first.
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    std::vector<QRectF> taken;
    for (const std::size_t pair : order) {
        const QString text = groupedText(ranks[pair]);
        const double width = widthOf(text) + 4;
        const double middle = xOf(trace.nodes[state[pair]].span.end);
        const QRectF rect(middle - width / 2, top, width, idHeight * m_unit);
        const bool isFree = std::none_of(taken.begin(), taken.end(),
                                         [&](const QRectF& other) { return other.intersects(rect); });
        if (isFree) {
            taken.push_back(rect);
            m_scene.m_notes.push_back({rect, text, Qt::AlignCenter, pair == order.front()});
        }
    }
}

void WalkScene::Maker::addTokens(double top) {
    const std::vector<PieceToken>& tokens = m_walk.trace.tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const PieceToken& token = tokens[i];
        const ByteSpan span{token.begin, token.end};
        const bool isUnknown = token.kind == TokenKind::Unknown;
        WalkCell cell{
            chip(span, top),     span,    isUnknown ? WalkCell::Look::Loose : WalkCell::Look::Token, {}, {},
            static_cast<int>(i), token.id};
        const QRectF below(cell.rect.left(), cell.rect.bottom(), cell.rect.width(), idHeight * m_unit);
        if (token.id) {
            m_scene.m_notes.push_back({below, QString::number(token.id->value)});
        }
        m_scene.m_cells.push_back(std::move(cell));
    }
}

QString WalkScene::Maker::failed(std::size_t attempts) {
    return attempts == 1 ? tr("not there") : tr("%1 tried, none there").arg(attempts);
}

std::vector<WalkScene::Maker::AttemptRow> WalkScene::Maker::rowsOf(const MatchTrace& trace) const {
    constexpr std::size_t aPage = 16;        // rows
    constexpr std::size_t worthFolding = 3;  // attempts
    std::vector<AttemptRow> rows;
    const std::vector<MatchTrace::Attempt>& all = trace.attempts;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && !all[end].id && all[end].span.begin == all[i].span.begin) {
            ++end;
        }
        const bool isShared = m_isFolded && all.size() > aPage && end - i >= worthFolding;
        rows.push_back({i, isShared ? end - i : 1});
        i += rows.back().count;
    }
    return rows;
}

void WalkScene::Maker::make(const MatchTrace& trace, WalkView) {
    const std::vector<AttemptRow> rows = rowsOf(trace);
    std::size_t most = 1;
    for (const AttemptRow& row : rows) {
        most = std::max(most, row.count);
    }
    const QString last = QString::number(stepsOf(m_walk));
    placeColumns(characters(), leastAttempt, widthOf(most > 1 ? last + u'\u2013' + last : last) + 12);
    const double pitch = (cellHeight + rowGap) * m_unit;
    for (const ByteSpan& character : characters()) {
        m_scene.m_cells.push_back({chip(character, 0), character});
    }
    int found = 0;
    for (std::size_t i = 0; i < rows.size() && rows[i].first < m_step; ++i) {
        addAttempts(trace, rows[i], static_cast<double>(i + 1) * pitch, found);
    }
    if (m_step > trace.attempts.size()) {
        const double top = static_cast<double>(rows.size() + 1) * pitch;
        addNumber(QString::number(trace.attempts.size() + 1), top);
        addTokens(top);
        m_scene.m_focus = chip({0, m_walk.text.size()}, top);
    }
    const std::size_t rowsInAll = rows.size() + stepsOf(m_walk) - trace.attempts.size();
    finish(static_cast<double>(rowsInAll) * pitch + idHeight * m_unit, widthOf(failed(most)));
}

void WalkScene::Maker::addAttempts(const MatchTrace& trace, const AttemptRow& row, double top, int& found) {
    const std::size_t count = std::min(row.count, m_step - row.first);
    const MatchTrace::Attempt& attempt = trace.attempts[row.first];
    const QString first = QString::number(row.first + 1);
    addNumber(count == 1 ? first : first + u'\u2013' + QString::number(row.first + count), top);
    WalkCell cell{chip(attempt.span, top), attempt.span};
    cell.look = attempt.id ? WalkCell::Look::Token : WalkCell::Look::Faint;
    cell.before = attempt.span.begin > 0 ? QString::fromStdString(trace.prefix) : QString();
    cell.color = attempt.id ? found++ : 0;
    cell.id = attempt.id;
    m_scene.m_focus = cell.rect;
    m_scene.m_cells.push_back(std::move(cell));
    addSide(attempt.id ? QString::number(attempt.id->value) : failed(count), top, attempt.id.has_value());
}

void WalkScene::Maker::make(const LookupTrace&, WalkView) {
    placeColumns({{0, m_walk.text.size()}}, leastSymbol, 0);
    addTokens(0);
    finish((cellHeight + idHeight) * m_unit, 0);
}

}  // namespace lexiscope
