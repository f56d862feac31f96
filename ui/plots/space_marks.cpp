// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_marks.h"

#include "ui/plots/label_layout.h"
#include "ui/plots/space_labels.h"
#include "ui/plots/text_widths.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <QFontMetricsF>

namespace lexiscope {
namespace {

constexpr double ringRadius = 10;  // around the selection

/// Of the ring around the hovered point.
double hoverRadius(const SpaceMark& mark) {
    return mark.role == PointRole::Selected ? ringRadius + 2 : std::max(dotRadius(mark.role), 3.0) + 2;
}

QFont fontOf(PointRole role, const Theme& theme) {
    switch (role) {
        case PointRole::InView:
        case PointRole::Frequent:
        case PointRole::Boxed:
            return theme.textFont(11);
        case PointRole::Selected:
            return theme.textFont(14, QFont::Bold);
        case PointRole::Pinned:
            return theme.textFont(13, QFont::DemiBold);
        case PointRole::Neighbor:
        case PointRole::Token:
        case PointRole::Hovered:
            break;
    }
    return theme.textFont(13, QFont::Medium);
}

bool isLeftOut(const SpaceFigure& figure, Row row) {
    return figure.traits && isHidden(*figure.traits, figure.hidden, row);
}

QColor labelColor(PointRole role, const Theme& theme) {
    return role <= PointRole::Frequent ? theme.muted : theme.text;
}

LabelRequest requestFor(const SpaceMark& mark) {
    LabelRequest request;
    request.point = mark.at;
    request.size = mark.labelSize;
    request.priority = static_cast<int>(mark.role);
    const bool selected = mark.role == PointRole::Selected;
    const double dot = dotRadius(mark.role);
    request.clearance = selected ? ringRadius + 3 : dot > 0 ? dot + 4 : 3;
    request.padding = mark.role <= PointRole::Frequent ? 4 : 1.5;
    request.mayCover = selected;
    return request;
}

void drawDot(QPainter& painter, const SpaceMark& mark, const Theme& theme, const QColor& slot) {
    const double radius = dotRadius(mark.role);
    if (radius <= 0) {
        return;
    }
    const bool token = mark.role == PointRole::Token;
    const bool pinned = mark.role == PointRole::Pinned;
    const QColor fill = token ? theme.tokenPoint : pinned ? theme.text : slot;
    if (mark.role == PointRole::Selected) {
        painter.setPen(QPen(slot, 2));
        QColor gap = theme.field;
        gap.setAlphaF(0.7F);
        painter.setBrush(gap);
        painter.drawEllipse(mark.at, ringRadius, ringRadius);
    }
    // A token that is a neighbour too wears the neighbours' colour as its ring.
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.field);
    painter.drawEllipse(mark.at, radius + 1.5, radius + 1.5);
    if (token && mark.neighbor) {
        painter.setBrush(slot);
        painter.drawEllipse(mark.at, radius + 2, radius + 2);
    }
    painter.setBrush(fill);
    painter.drawEllipse(mark.at, radius, radius);
}

void drawNeighborLines(QPainter& painter, const SpaceMarks& marks, const QColor& slot) {
    if (marks.marks.empty() || marks.marks.back().role != PointRole::Selected) {
        return;
    }
    const SpaceMark& selected = marks.marks.back();
    QColor color = slot;
    color.setAlphaF(0.5F);
    painter.setPen(QPen(color, 1.2));
    for (const SpaceMark& mark : marks.marks) {
        if (mark.neighbor && mark.row != selected.row && (mark.visible || selected.visible)) {
            painter.drawLine(selected.at, mark.at);
        }
    }
}

void drawHovered(QPainter& painter, const SpaceMarks& marks, const Theme& theme) {
    const SpaceMark& mark = *marks.hovered;
    painter.setPen(QPen(theme.text, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(mark.at, hoverRadius(mark), hoverRadius(mark));
    if (marks.readOutRect.isNull()) {
        return;
    }
    painter.setPen(QPen(theme.muted, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(marks.readOutRect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(tokenFont(fontOf(PointRole::Hovered, theme), mark.label));
    painter.setPen(theme.text);
    painter.drawText(marks.readOutRect, Qt::AlignCenter | Qt::TextDontClip, mark.label);
}

/// Thousands of labels, a few roles: one role's are measured together.
void measureLabels(std::vector<SpaceMark>& marks, const Theme& theme) {
    std::map<PointRole, TextWidths> widths;
    for (SpaceMark& mark : marks) {
        if (!mark.label.isEmpty()) {
            TextWidths& ofRole = widths.try_emplace(mark.role, fontOf(mark.role, theme)).first->second;
            mark.labelSize = QSizeF(std::ceil(ofRole.of(mark.label)), std::ceil(ofRole.height()));
        }
    }
}

}  // namespace

double dotRadius(PointRole role) {
    switch (role) {
        case PointRole::InView:
        case PointRole::Frequent:
        case PointRole::Boxed:
            return 0;
        case PointRole::Selected:
            return 6.5;
        case PointRole::Pinned:
        case PointRole::Hovered:
            return 5;
        case PointRole::Neighbor:
        case PointRole::Token:
            break;
    }
    return 4.2;
}

std::optional<QPointF> dataPoint(const SpaceFigure& figure, Row row) {
    const PcaResult& result = *figure.projection;
    const std::size_t base = row.value * result.components;
    const std::size_t last = std::max(figure.xComponent, figure.yComponent);
    if (row.value >= result.rows || last >= result.components || base + last >= result.coordinates.size()) {
        return std::nullopt;
    }
    const QPointF point(result.coordinates[base + figure.xComponent],
                        result.coordinates[base + figure.yComponent]);
    return std::isfinite(point.x()) && std::isfinite(point.y()) ? std::optional(point) : std::nullopt;
}

SpaceMarks mergeMarks(const SpaceFigure& figure, const Theme& theme) {
    SpaceMarks result;
    if (!figure.projection) {
        return result;
    }
    std::unordered_map<std::uint32_t, std::size_t> places;
    for (std::size_t given = 0; given < figure.marks.size(); ++given) {
        const MarkedPoint& point = figure.marks[given];
        const std::optional<QPointF> data = dataPoint(figure, point.row);
        const bool isSelected = point.role == PointRole::Selected;
        if (!data || point.role == PointRole::Hovered || (!isSelected && isLeftOut(figure, point.row))) {
            continue;
        }
        const auto [place, isNew] = places.try_emplace(point.row.value, result.marks.size());
        if (isNew) {
            result.marks.push_back(
                {point.row, point.role, false, point.label, *data, {}, {}, false, {}, given});
        }
        SpaceMark& mark = result.marks[place->second];
        mark.neighbor = mark.neighbor || point.role == PointRole::Neighbor;
        if (point.role > mark.role) {
            mark.role = point.role;
            mark.given = given;
            mark.label = point.label.isEmpty() ? mark.label : point.label;
        }
    }
    // Where a row stands among those of its role is for the mark of that role to say: a frequent token that
    // is a neighbour too is labelled by its rank.
    std::sort(result.marks.begin(), result.marks.end(), [](const SpaceMark& a, const SpaceMark& b) {
        return a.role != b.role ? a.role < b.role : a.given < b.given;
    });
    measureLabels(result.marks, theme);
    result.hovered = hoveredMark(figure, result);
    return result;
}

void nameRowsInView(SpaceMarks& marks, const SpaceFigure& figure, std::span<const Row> rows,
                    const Theme& theme) {
    if (rows.empty() && (marks.marks.empty() || marks.marks.front().role != PointRole::InView)) {
        return;
    }
    // While the view moves, most rows stay in it: their labels have been measured.
    std::unordered_map<std::uint32_t, SpaceMark> before;
    const auto others = std::find_if(marks.marks.begin(), marks.marks.end(),
                                     [](const SpaceMark& mark) { return mark.role != PointRole::InView; });
    for (auto mark = marks.marks.begin(); mark != others; ++mark) {
        before.emplace(mark->row.value, std::move(*mark));
    }
    marks.marks.erase(marks.marks.begin(), others);
    std::unordered_set<std::uint32_t> marked;
    for (const SpaceMark& mark : marks.marks) {
        marked.insert(mark.row.value);
    }
    std::vector<SpaceMark> named;
    std::vector<SpaceMark> measured;
    for (const Row row : rows) {
        const std::optional<QPointF> data = dataPoint(figure, row);
        if (!data || marked.contains(row.value) || row.value >= figure.model->vocabulary->size()) {
            continue;
        }
        if (const auto known = before.find(row.value); known != before.end()) {
            named.push_back(std::move(known->second));
        } else {
            measured.push_back({row,
                                PointRole::InView,
                                false,
                                wordLabel(*figure.model, row),
                                *data,
                                {},
                                {},
                                false,
                                {},
                                row.value});
        }
    }
    measureLabels(measured, theme);
    named.insert(named.end(), std::make_move_iterator(measured.begin()),
                 std::make_move_iterator(measured.end()));
    std::sort(named.begin(), named.end(),
              [](const SpaceMark& a, const SpaceMark& b) { return a.row < b.row; });
    marks.marks.insert(marks.marks.begin(), std::make_move_iterator(named.begin()),
                       std::make_move_iterator(named.end()));
}

std::optional<SpaceMark> hoveredMark(const SpaceFigure& figure, const SpaceMarks& marks) {
    for (const MarkedPoint& point : figure.marks) {
        const bool isShown =
            figure.projection && point.role == PointRole::Hovered && !isLeftOut(figure, point.row);
        const std::optional<QPointF> data = isShown ? dataPoint(figure, point.row) : std::nullopt;
        if (data) {
            const auto same = std::find_if(marks.marks.begin(), marks.marks.end(),
                                           [&](const SpaceMark& mark) { return mark.row == point.row; });
            const PointRole role = same == marks.marks.end() ? PointRole::Frequent : same->role;
            return SpaceMark{point.row, role, false, point.label, *data, {}, {}, false, {}, 0};
        }
    }
    return std::nullopt;
}

void placeMarks(SpaceMarks& marks, const ViewTransform& transform) {
    const QRectF field = transform.pixels();
    std::vector<LabelRequest> requests;
    std::vector<SpaceMark*> asking;
    std::vector<QRectF> dots;
    for (SpaceMark& mark : marks.marks) {
        mark.at = transform.toPixel(mark.data);
        mark.visible = field.contains(mark.at);
        mark.labelRect = QRectF();
        if (!mark.visible) {
            continue;
        }
        const bool selected = mark.role == PointRole::Selected;
        const double radius = selected ? ringRadius + 1 : dotRadius(mark.role) + 1;
        if (dotRadius(mark.role) > 0) {
            dots.emplace_back(mark.at.x() - radius, mark.at.y() - radius, 2 * radius, 2 * radius);
        }
        if (!mark.label.isEmpty()) {
            requests.push_back(requestFor(mark));
            asking.push_back(&mark);
        }
    }
    const std::vector<QRectF> places = placeLabels(requests, dots, field.adjusted(2, 2, -2, -2));
    for (std::size_t i = 0; i < places.size(); ++i) {
        asking[i]->labelRect = places[i];
    }
}

void placeReadOut(SpaceMarks& marks, const ViewTransform& transform, const Theme& theme) {
    marks.readOutRect = QRectF();
    if (!marks.hovered) {
        return;
    }
    SpaceMark& hovered = *marks.hovered;
    hovered.at = transform.toPixel(hovered.data);
    const QRectF field = transform.pixels();
    hovered.visible = field.contains(hovered.at);
    if (!hovered.visible || hovered.label.isEmpty()) {
        return;
    }
    const QFontMetricsF metrics(tokenFont(fontOf(PointRole::Hovered, theme), hovered.label));
    LabelRequest request;
    request.point = hovered.at;
    request.size = QSizeF(std::ceil(metrics.horizontalAdvance(hovered.label)) + 14,
                          std::ceil(metrics.ascent() + metrics.descent()) + 6);
    request.clearance = hoverRadius(hovered) + 5;
    const QRectF bounds = field.adjusted(2, 2, -2, -2);
    QRectF rect = placeLabels({&request, 1}, {}, bounds).front();
    if (rect.isNull()) {
        // Wider than the room at either side: as far left as needed, above or below the point.
        const bool below = hovered.at.y() - bounds.top() < request.size.height() + request.clearance;
        const double y = below ? hovered.at.y() + request.clearance
                               : hovered.at.y() - request.clearance - request.size.height();
        const double x =
            std::min(hovered.at.x() - request.size.width() / 2, bounds.right() - request.size.width());
        rect = QRectF(QPointF(std::max(bounds.left(), x), y), request.size);
    }
    marks.readOutRect = QRectF(rect.toRect());
}

bool isLabelShown(const SpaceMarks& marks, const SpaceMark& mark) {
    if (mark.labelRect.isNull()) {
        return false;
    }
    if (!marks.hovered || marks.readOutRect.isNull()) {
        return true;
    }
    const double radius = hoverRadius(*marks.hovered) + 1;
    const QPointF at = marks.hovered->at;
    return mark.row != marks.hovered->row && !mark.labelRect.intersects(marks.readOutRect) &&
           !mark.labelRect.intersects(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius));
}

void paintMarks(QPainter& painter, const SpaceMarks& marks, const QRectF& field, const Theme& theme,
                const QColor& slot, LabelSprites& sprites) {
    painter.save();
    painter.setClipRect(field);
    painter.setRenderHint(QPainter::Antialiasing);
    drawNeighborLines(painter, marks, slot);
    for (const SpaceMark& mark : marks.marks) {
        if (mark.visible) {
            drawDot(painter, mark, theme, slot);
        }
    }
    for (const SpaceMark& mark : marks.marks) {
        if (isLabelShown(marks, mark)) {
            sprites.draw(painter, mark.labelRect, mark.label, fontOf(mark.role, theme),
                         labelColor(mark.role, theme), theme.field);
        }
    }
    if (marks.hovered && marks.hovered->visible) {
        drawHovered(painter, marks, theme);
    }
    painter.restore();
}

}  // namespace lexiscope
