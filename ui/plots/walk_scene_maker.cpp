// SPDX-License-Identifier: GPL-3.0-or-later
// WalkScene: columns and the parts of rows; merges as a tree, and the lattice.
#include "ui/plots/walk_scene_maker.h"

#include "core/base/utf8.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lexiscope {

WalkScene::Maker::Maker(WalkScene& scene, const PieceWalk& walk, std::size_t step, const Theme& theme,
                        bool isFolded)
    : m_scene(scene),
      m_walk(walk),
      m_step(step),
      m_unit(theme.fontScale),
      m_isFolded(isFolded),
      m_texts(cellFont(theme)),
      m_numbers(numberFont(theme)) {}

std::vector<ByteSpan> WalkScene::Maker::characters() const {
    std::vector<ByteSpan> all;
    for (std::size_t begin = 0; begin < m_walk.text.size();) {
        const std::size_t end = begin + codePointAt(m_walk.text, begin).size;
        all.push_back({begin, end});
        begin = end;
    }
    return all;
}

void WalkScene::Maker::placeColumns(const std::vector<ByteSpan>& stretches, double least, double left) {
    double x = left + edge;
    m_bytes.assign(1, 0);
    m_xs.assign(1, x);
    for (const ByteSpan& stretch : stretches) {
        const double text = m_texts.of(walkLabel(m_walk, stretch)) + 2 * padding + cellGap;
        x += std::ceil(std::max({text, least * m_unit, widthOfTokens(stretch)}));
        m_bytes.push_back(stretch.end);
        m_xs.push_back(x);
    }
}

double WalkScene::Maker::widthOfTokens(const ByteSpan& stretch) {
    double width = 0;
    for (const PieceToken& token : m_walk.trace.tokens) {
        if (token.begin >= stretch.begin && token.end <= stretch.end) {
            const double id = token.id ? widthOf(QString::number(token.id->value)) : 0;
            const double text = m_texts.of(walkLabel(m_walk, {token.begin, token.end}));
            width += std::max(id, text + padding) + 2 * cellGap;
        }
    }
    return width;
}

double WalkScene::Maker::xOf(std::size_t byte) const {
    const auto behind = std::lower_bound(m_bytes.begin(), m_bytes.end(), byte);
    const auto place = static_cast<std::size_t>(behind - m_bytes.begin());
    if (place == 0 || place == m_bytes.size() || *behind == byte) {
        return m_xs[std::min(place, m_xs.size() - 1)];
    }
    // Inside a character that is told byte by byte.
    const double share = static_cast<double>(byte - m_bytes[place - 1]) /
                         static_cast<double>(m_bytes[place] - m_bytes[place - 1]);
    return m_xs[place - 1] + share * (m_xs[place] - m_xs[place - 1]);
}

QRectF WalkScene::Maker::chip(const ByteSpan& span, double top, double height) const {
    const double left = xOf(span.begin) + cellGap / 2;
    return {left, top + edge, xOf(span.end) - cellGap / 2 - left, height * m_unit};
}

void WalkScene::Maker::addNumber(const QString& number, double top) {
    m_scene.m_notes.push_back({QRectF(0, top + edge, m_xs.front() - 8, cellHeight * m_unit), number,
                               Qt::AlignRight | Qt::AlignVCenter});
}

void WalkScene::Maker::addSide(const QString& text, double top, bool isStrong) {
    m_scene.m_notes.push_back({QRectF(m_xs.back() + 10, top + edge, widthOf(text) + 4, cellHeight * m_unit),
                               text, Qt::AlignLeft | Qt::AlignVCenter, isStrong});
}

void WalkScene::Maker::finish(double height, double side) {
    m_scene.m_size = {std::ceil(m_xs.back() + (side > 0 ? side + 14 : 0) + edge),
                      std::ceil(height + 2 * edge)};
}

void WalkScene::Maker::makeTree(const MergeTrace& trace) {
    std::vector<ByteSpan> leaves;
    std::vector<std::size_t> levels;
    for (std::size_t i = 0; i < trace.nodes.size(); ++i) {
        const MergeTrace::Node& node = trace.nodes[i];
        const bool isLeaf = i < trace.leaves;
        levels.push_back(isLeaf ? 0 : 1 + std::max(levels[node.left], levels[node.right]));
        if (isLeaf) {
            leaves.push_back(node.span);
        }
    }
    placeColumns(leaves, leastLeaf, 0);
    const std::size_t deepest = *std::max_element(levels.begin(), levels.end());
    const double pitch = (tallCell + 2 * rowGap) * m_unit;
    const std::size_t merges = std::min(m_step, trace.merges());
    const bool isEnd = m_step >= trace.merges();
    const std::vector<std::size_t> roots = trace.stateAfter(merges);
    std::vector<QRectF> places;
    for (std::size_t i = 0; i < trace.leaves + merges; ++i) {
        const MergeTrace::Node& node = trace.nodes[i];
        const bool isLeaf = i < trace.leaves;
        const double top = idHeight * m_unit + static_cast<double>(deepest - levels[i]) * pitch;
        QRectF place = chip(node.span, top, isLeaf ? cellHeight : tallCell);
        if (!isLeaf) {
            const double wide =
                std::max(m_texts.of(walkLabel(m_walk, node.span)), widthOf(groupedText(node.rank))) +
                2 * padding;
            place = QRectF(place.center().x() - std::min(wide, place.width()) / 2, place.top(),
                           std::min(wide, place.width()), place.height());
            for (const std::size_t child : {node.left, node.right}) {
                m_scene.m_lines.emplace_back(place.center().x(), place.bottom(), places[child].center().x(),
                                             places[child].top());
            }
        }
        places.push_back(place);
        const auto root = std::find(roots.begin(), roots.end(), i);
        const bool isToken = isEnd && root != roots.end() && node.id;
        WalkCell cell{place, node.span};
        cell.look = isToken                                     ? WalkCell::Look::Token
                    : !isLeaf && i == trace.leaves + m_step - 1 ? WalkCell::Look::New
                    : node.id                                   ? WalkCell::Look::Symbol
                                                                : WalkCell::Look::Loose;
        cell.below = isLeaf ? QString() : groupedText(node.rank);
        cell.color = static_cast<int>(root - roots.begin());
        cell.id = node.id;
        if (isToken) {
            m_scene.m_notes.push_back({QRectF(place.left() - 20, place.top() - idHeight * m_unit,
                                              place.width() + 40, idHeight * m_unit),
                                       QString::number(node.id->value)});
        }
        m_scene.m_focus = place;
        m_scene.m_cells.push_back(std::move(cell));
    }
    finish((idHeight + cellHeight) * m_unit + static_cast<double>(deepest) * pitch, 0);
}

namespace {

/// In which lane above the baseline each edge stands, so that none covers another: short ones lowest.
std::vector<std::size_t> lanesOf(const std::vector<LatticeTrace::Edge>& edges, std::size_t& lanes) {
    std::vector<std::size_t> order(edges.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return edges[a].span.size() < edges[b].span.size();
    });
    std::vector<std::size_t> laneOf(edges.size());
    std::vector<std::vector<ByteSpan>> taken;
    for (const std::size_t i : order) {
        const ByteSpan& span = edges[i].span;
        const auto isFree = [&span](const std::vector<ByteSpan>& lane) {
            return std::none_of(lane.begin(), lane.end(), [&span](const ByteSpan& other) {
                return other.begin < span.end && span.begin < other.end;
            });
        };
        const auto lane = std::find_if(taken.begin(), taken.end(), isFree);
        laneOf[i] = static_cast<std::size_t>(lane - taken.begin());
        if (lane == taken.end()) {
            taken.emplace_back();
        }
        taken[laneOf[i]].push_back(span);
    }
    lanes = taken.size();
    return laneOf;
}

QString score(double value) {
    QString text = QString::number(value, 'f', 2);
    return text.startsWith(u'-') ? QChar(0x2212) + text.mid(1) : text;
}

}  // namespace

void WalkScene::Maker::make(const LatticeTrace& trace, WalkView) {
    constexpr double halfDot = 3;
    placeColumns(characters(), leastWay, halfDot);
    std::size_t lanes = 0;
    const std::vector<std::size_t> laneOf = lanesOf(trace.edges, lanes);
    const double pitch = (tallCell + cellGap) * m_unit;
    const double base = static_cast<double>(lanes) * pitch + rowGap * m_unit;
    const bool isEnd = m_step >= trace.places.size();
    const std::size_t shown =
        m_step == 0 ? 0 : trace.places[std::min(m_step, trace.places.size()) - 1].edgesEnd;
    const std::size_t fresh = m_step < 2 || isEnd ? 0 : trace.places[m_step - 2].edgesEnd;
    const std::vector<std::size_t> best = bestEdges(trace, shown);
    for (std::size_t i = 0; i < shown; ++i) {
        const LatticeTrace::Edge& way = trace.edges[i];
        const double top = base - rowGap * m_unit - static_cast<double>(laneOf[i] + 1) * pitch;
        WalkCell cell{chip(way.span, top, tallCell), way.span};
        const bool isBest = std::find(best.begin(), best.end(), i) != best.end();
        cell.look = isEnd        ? (way.isOnPath ? (way.id ? WalkCell::Look::New : WalkCell::Look::Loose)
                                                 : WalkCell::Look::Faint)
                    : !isBest    ? WalkCell::Look::Faint
                    : i >= fresh ? WalkCell::Look::New
                    : way.id     ? WalkCell::Look::Symbol
                                 : WalkCell::Look::Loose;
        cell.below = score(way.score);
        cell.id = way.id;
        m_scene.m_focus |= i >= fresh ? cell.rect : QRectF();
        m_scene.m_cells.push_back(std::move(cell));
    }
    addPlaces(trace, base, best);
    const double tokens = base + (idHeight + rowGap) * m_unit;
    if (isEnd) {
        addTokens(tokens);
        m_scene.m_focus = QRectF(edge, tokens, 1, cellHeight * m_unit);
    }
    finish(tokens + (cellHeight + idHeight) * m_unit, leastWay * m_unit / 2);
}

std::vector<std::size_t> WalkScene::Maker::bestEdges(const LatticeTrace& trace, std::size_t shown) {
    std::vector<std::optional<std::size_t>> best(trace.places.back().byte + 1);
    for (std::size_t i = 0; i < shown; ++i) {
        if (trace.edges[i].wins) {
            best[trace.edges[i].span.end] = i;
        }
    }
    std::vector<std::size_t> all;
    for (const std::optional<std::size_t>& one : best) {
        if (one) {
            all.push_back(*one);
        }
    }
    return all;
}

void WalkScene::Maker::addPlaces(const LatticeTrace& trace, double base,
                                 const std::vector<std::size_t>& best) {
    m_scene.m_lines.emplace_back(m_xs.front(), base, m_xs.back(), base);
    for (const double x : m_xs) {
        m_scene.m_dots.emplace_back(x, base);
    }
    for (const std::size_t i : best) {
        const double x = xOf(trace.edges[i].span.end);
        const QString text = score(trace.edges[i].sum);
        m_scene.m_notes.push_back(
            {QRectF(x - leastWay * m_unit / 2, base + 3, leastWay * m_unit, idHeight * m_unit), text,
             Qt::AlignCenter, i + 1 == trace.edges.size()});
    }
}

}  // namespace lexiscope
