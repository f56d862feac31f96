// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_scene.h"

#include "ui/plots/plot_axes.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <qcustomplot.h>

namespace lexiscope {
namespace {

constexpr double fitMargin = 14;     // pixels around all points
constexpr double pickReach = 8;      // pixels from the pointer to a point
constexpr double roomOfLabel = 350;  // square pixels of the field for each row in view, for all to be named
constexpr std::size_t mostLooked = 60'000;   // points that are looked through for those in view
constexpr std::size_t manyPoints = 200'000;  // from which on sorting them takes longer than a frame

bool sameMarksBesidesHover(const SpaceFigure& a, const SpaceFigure& b) {
    const auto next = [](auto it, auto end) {
        return std::find_if(it, end, [](const MarkedPoint& mark) { return mark.role != PointRole::Hovered; });
    };
    auto left = next(a.marks.begin(), a.marks.end());
    auto right = next(b.marks.begin(), b.marks.end());
    while (left != a.marks.end() && right != b.marks.end()) {
        if (left->row != right->row || left->role != right->role || left->label != right->label) {
            return false;
        }
        left = next(left + 1, a.marks.end());
        right = next(right + 1, b.marks.end());
    }
    return left == a.marks.end() && right == b.marks.end();
}

}  // namespace

void SpaceScene::setFigure(SpaceFigure figure) {
    const bool samePoints = figure.projection == m_figure.projection &&
                            figure.xComponent == m_figure.xComponent &&
                            figure.yComponent == m_figure.yComponent;
    const bool sameTint = samePoints && figure.traits == m_figure.traits && figure.hidden == m_figure.hidden;
    const bool sameTraits = samePoints && figure.traits == m_figure.traits;
    const bool sameBoxed = sameTint && figure.boxed == m_figure.boxed;
    const bool sameMarks =
        sameTint && figure.model == m_figure.model && sameMarksBesidesHover(figure, m_figure);
    m_figure = std::move(figure);
    if (!samePoints) {
        setPoints();
    } else if (!sameTraits) {
        setTint();
    }
    m_canvas.setTint(m_tint, m_figure.hidden);
    if (!sameBoxed) {
        setBoxed();
    }
    if (!sameMarks) {
        updateTheme();
        return;
    }
    m_marks.hovered = hoveredMark(m_figure, m_marks);
    if (m_placed) {
        placeReadOut(m_marks, {m_placedView, m_placedField}, m_themes.theme());
    }
}

void SpaceScene::setDeferred(std::function<void()> ready) {
    m_ready = std::move(ready);
    m_canvas.setDeferred(m_ready);
    if (!m_ready) {
        finish();
    }
}

void SpaceScene::setPoints() {
    m_work.drop();
    m_pending = false;
    const std::shared_ptr<const PcaResult> projection = m_figure.projection;
    if (!projection) {
        return showPoints(nullptr);
    }
    const auto build = [projection, x = m_figure.xComponent, y = m_figure.yComponent] {
        return PointIndex::build(projection->coordinates, projection->components, x, y);
    };
    if (!m_ready || projection->rows < manyPoints) {
        return showPoints(build());
    }
    showPoints(nullptr);
    m_pending = true;
    auto points = std::make_shared<std::shared_ptr<const PointIndex>>();
    m_work.request([build, points] { *points = build(); },
                   [this, points] {
                       m_pending = false;
                       showPoints(*points);
                       if (m_ready) {
                           m_ready();
                       }
                   });
}

void SpaceScene::showPoints(std::shared_ptr<const PointIndex> points) {
    const std::shared_ptr<const Vocabulary> words = m_figure.model ? m_figure.model->vocabulary : nullptr;
    const bool haveMoved = hasPoints() && words && words == m_words;
    if (hasPoints() && !haveMoved) {
        m_restored.reset();  // it was a view of those of before
    }
    m_words = words;
    m_points = std::move(points);
    m_canvas.setPoints(m_points);
    setTint();
    m_fitted = m_fitted || !haveMoved;
    m_placed = false;
}

void SpaceScene::setTint() {
    m_tint = m_points && m_figure.traits ? PointTint::of(*m_points, m_figure.traits) : nullptr;
    m_canvas.setTint(m_tint, m_figure.hidden);
}

PointFilter SpaceScene::filter() const {
    return m_tint ? m_tint->filter(m_figure.hidden) : PointFilter{};
}

void SpaceScene::setBoxed() {
    std::vector<Row> rows;
    if (m_figure.boxed) {
        std::copy_if(m_figure.boxed->begin(), m_figure.boxed->end(), std::back_inserter(rows),
                     [this](Row row) {
                         return !m_figure.traits || !isHidden(*m_figure.traits, m_figure.hidden, row);
                     });
    }
    std::shared_ptr<const PointIndex> boxed;
    if (!rows.empty() && m_figure.projection) {
        const PcaResult& result = *m_figure.projection;
        boxed = PointIndex::build(result.coordinates, result.components, m_figure.xComponent,
                                  m_figure.yComponent, rows);
    }
    m_canvas.setBoxed(std::move(boxed));
}

void SpaceScene::setSize(QSize size) {
    m_size = size;
}

void SpaceScene::updateTheme() {
    m_marks = mergeMarks(m_figure, m_themes.theme());
    m_placed = false;
}

void SpaceScene::settleView() {
    // The room for ticks depends on the scale and the scale on the room: the second round settles it.
    for (int round = 0; round < 2; ++round) {
        const QRectF before = m_field;
        m_field = spacePlotField(m_size, m_themes.theme(), m_tickCharacters);
        if (m_restored) {
            m_view = boundedView(equalScaleView(*m_restored, m_field.size()), m_points->bounds());
        } else if (m_fitted || before.isEmpty()) {
            m_view = fittedView(m_points->bounds(), m_field.size(), fitMargin);
        } else if (m_field != before && m_size == m_settledSize) {
            // The content stays where it is on screen while the field's edge moves.
            const ViewTransform old(m_view, before);
            m_view = QRectF(old.toData(m_field.bottomLeft()), old.toData(m_field.topRight()));
        } else if (m_field != before) {
            const double area = before.width() * before.height() / (m_field.width() * m_field.height());
            const QSizeF extent = m_field.size() * (m_view.width() / before.width() * std::sqrt(area));
            const QPointF middle = m_view.center();
            m_view = QRectF(middle.x() - extent.width() / 2, middle.y() - extent.height() / 2, extent.width(),
                            extent.height());
        }
        m_settledSize = m_size;
        m_tickCharacters = spaceTickCharacters(ViewTransform(m_view, m_field).pixelsPerUnit(),
                                               m_points->bounds(), m_themes.theme());
    }
}

void SpaceScene::nameRows() {
    if (!m_figure.model) {
        return;
    }
    const PointFilter seen = filter();
    const auto room = static_cast<std::size_t>(m_field.width() * m_field.height() / roomOfLabel);
    std::vector<Row> rows;
    // Of the points nearby many are outside the view or hidden, but not that many.
    if (m_points->countNear(m_view) <= (seen.hidesAny() ? mostLooked : 4 * room)) {
        rows = m_points->inside(m_view, seen);
    }
    if (rows.size() > room) {
        rows.clear();
    }
    nameRowsInView(m_marks, m_figure, rows, m_themes.theme());
}

void SpaceScene::settle() {
    if (!hasPoints()) {
        m_field = spacePlotField(m_size, m_themes.theme(), 5);
        return;
    }
    settleView();
    if (!m_placed || m_placedField != m_field || m_placedView != m_view) {
        nameRows();
        placeMarks(m_marks, {m_view, m_field});
        placeReadOut(m_marks, {m_view, m_field}, m_themes.theme());
        m_placed = true;
        m_placedField = m_field;
        m_placedView = m_view;
    }
}

QRectF SpaceScene::viewOfAll() {
    settle();
    return hasPoints() ? fittedView(m_points->bounds(), m_field.size(), fitMargin) : QRectF();
}

const QRectF& SpaceScene::field() {
    settle();
    return m_field;
}

const QRectF& SpaceScene::view() {
    settle();
    return m_view;
}

ViewTransform SpaceScene::transform() {
    settle();
    return {m_view, m_field};
}

void SpaceScene::show(const QRectF& wanted) {
    if (hasPoints()) {
        settle();
        m_view = boundedView(equalScaleView(wanted, m_field.size()), m_points->bounds());
        m_fitted = false;
        m_restored.reset();
    }
}

void SpaceScene::resetView() {
    m_fitted = true;
    m_restored.reset();
}

Camera SpaceScene::camera() {
    return {view().center(), 1 / transform().pixelsPerUnit()};
}

void SpaceScene::show(const Camera& camera) {
    // The field's size may change with the scale: the second round has the size that belongs to this one.
    for (int round = 0; round < 2; ++round) {
        QRectF wanted(QPointF(), field().size() * camera.unitsPerPixel);
        wanted.moveCenter(camera.center);
        show(wanted);
    }
}

std::optional<Camera> SpaceScene::cameraOnSelection(double closeUp) {
    settle();
    // Marks are in order of importance, so the selected one is the last.
    if (!hasPoints() || m_marks.marks.empty() || m_marks.marks.back().role != PointRole::Selected) {
        return std::nullopt;
    }
    const double all = fittedView(m_points->bounds(), m_field.size(), fitMargin).width() / m_field.width();
    return Camera{m_marks.marks.back().data, std::min(camera().unitsPerPixel, all / closeUp)};
}

std::optional<Row> SpaceScene::pick(QPointF at) {
    settle();
    if (!hasPoints() || !m_field.contains(at)) {
        return std::nullopt;
    }
    // What is drawn large is meant, not the cloud behind it; the last one drawn lies on top.
    const SpaceMark* best = nullptr;
    double bestDistance = pickReach;
    for (const SpaceMark& mark : m_marks.marks) {
        const double distance = std::hypot(mark.at.x() - at.x(), mark.at.y() - at.y());
        if (mark.visible && dotRadius(mark.role) > 0 && distance <= bestDistance) {
            best = &mark;
            bestDistance = distance;
        }
    }
    for (const SpaceMark& mark : m_marks.marks) {
        if (!best && isLabelShown(m_marks, mark) && mark.labelRect.contains(at)) {
            best = &mark;
        }
    }
    const ViewTransform mapping(m_view, m_field);
    return best ? std::optional(best->row)
                : m_points->nearest(mapping.toData(at), pickReach / mapping.pixelsPerUnit(), filter());
}

std::vector<Row> SpaceScene::inside(const QRectF& pixels) {
    settle();
    const QRectF box = pixels.normalized().intersected(m_field);
    if (!hasPoints() || box.isEmpty()) {
        return {};
    }
    const ViewTransform mapping(m_view, m_field);
    return m_points->inside(QRectF(mapping.toData(box.bottomLeft()), mapping.toData(box.topRight())),
                            filter());
}

std::vector<QRectF> SpaceScene::labelRects() {
    settle();
    std::vector<QRectF> result;
    if (!hasPoints()) {
        return result;
    }
    for (const SpaceMark& mark : m_marks.marks) {
        if (isLabelShown(m_marks, mark)) {
            result.push_back(mark.labelRect);
        }
    }
    if (!m_marks.readOutRect.isNull()) {
        result.push_back(m_marks.readOutRect);
    }
    return result;
}

QString SpaceScene::message() const {
    if (m_pending) {
        return SpacePlot::tr("Placing the points…");
    }
    const bool unusable = m_figure.projection && m_figure.message.isEmpty();
    return unusable ? SpacePlot::tr("No row has coordinates that are finite numbers.") : m_figure.message;
}

void SpaceScene::paint(QCPPainter* painter) {
    settle();
    const Theme& theme = m_themes.theme();
    SpaceCanvas::paintBackground(painter, m_size, theme, m_field);
    if (hasPoints()) {
        painter->setOpacity(m_figure.dimmed ? dimmedOpacity : 1);
        m_canvas.paint(painter, m_size, theme, {m_view, m_field},
                       {m_figure.xTitle, m_figure.yTitle, m_tickCharacters});
        paintMarks(*painter, m_marks, m_field, theme, theme.slot(m_figure.slot), m_sprites);
        painter->setOpacity(1);
    } else {
        painter->setFont(theme.textFont(13));
        painter->setPen(theme.muted);
        painter->drawText(m_field.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, message());
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(theme.line, 1));
    painter->drawRect(m_field.adjusted(-0.5, -0.5, 0.5, 0.5));
}

}  // namespace lexiscope
