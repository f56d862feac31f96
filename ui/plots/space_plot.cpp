// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_plot.h"

#include "ui/plots/point_index.h"
#include "ui/plots/space_canvas.h"
#include "ui/plots/space_marks.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>
#include <qcustomplot.h>

namespace lexiscope {
namespace {

constexpr double fitMargin = 14;     // pixels around all points
constexpr double pickReach = 8;      // pixels from the pointer to a point
constexpr double wheelFactor = 1.2;  // per notch
constexpr double keyFactor = 1.25;
constexpr double dimmedOpacity = 0.4;

enum class Drag { None, Pressed, Pan, Box };

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

class SpacePlot::Private {
  public:
    Private(SpacePlot* owner, const ThemeSource& source) : plot(owner), themes(source) {}

    const Theme& theme() const { return themes.theme(); }
    bool hasPoints() const { return points && points->size() > 0; }

    void setPoints();
    void setBoxed();
    void remark();
    void rehover();
    /// Brings field, view and labels up to the widget's size; everything that looks at them comes through
    /// here.
    void settle();
    ViewTransform transform() const { return {view, field}; }
    void show(const QRectF& wanted);
    std::optional<Row> pick(QPointF at);
    void hover(std::optional<Row> row);
    void updateCursor(QPointF at, Qt::KeyboardModifiers modifiers);
    void endDrag();
    void paint(QCPPainter& painter);
    void paintOverlay(QCPPainter& painter);

    SpacePlot* plot;
    const ThemeSource& themes;
    SpaceFigure figure;
    std::shared_ptr<const PointIndex> points;
    SpaceCanvas canvas;
    SpaceMarks marks;
    LabelSprites sprites;
    QRectF field;
    QRectF view;
    int tickCharacters = 5;
    bool fitted = true;   // nobody has moved the view, so it follows the size of the widget
    bool placed = false;  // labels belong to field and view
    Drag drag = Drag::None;
    QPointF pressedAt;
    QPointF pointer;
    std::optional<Row> hoveredRow;
    bool keyboardFocus = false;
    QSize settledSize;
};

void SpacePlot::Private::setPoints() {
    points.reset();
    if (figure.projection) {
        const PcaResult& result = *figure.projection;
        points =
            PointIndex::build(result.coordinates, result.components, figure.xComponent, figure.yComponent);
    }
    canvas.setPoints(points);
    fitted = true;
    placed = false;
}

void SpacePlot::Private::setBoxed() {
    std::vector<Row> rows;
    for (const MarkedPoint& mark : figure.marks) {
        if (mark.role == PointRole::Boxed) {
            rows.push_back(mark.row);
        }
    }
    if (rows.empty() || !figure.projection) {
        canvas.setBoxed(nullptr);
        return;
    }
    const PcaResult& result = *figure.projection;
    canvas.setBoxed(
        PointIndex::build(result.coordinates, result.components, figure.xComponent, figure.yComponent, rows));
}

void SpacePlot::Private::remark() {
    marks = mergeMarks(figure, theme());
    placed = false;
}

void SpacePlot::Private::rehover() {
    marks.hovered = hoveredMark(figure, marks);
    if (placed) {
        placeReadOut(marks, transform(), theme());
    }
}

void SpacePlot::Private::settle() {
    const QSize size = plot->size();
    const QRectF oldField = field;
    const QRectF oldView = view;
    if (!hasPoints()) {
        field = spacePlotField(size, theme(), 5);
        return;
    }
    // The room for ticks depends on the scale and the scale on the room: the second round settles it.
    for (int round = 0; round < 2; ++round) {
        const QRectF before = field;
        field = spacePlotField(size, theme(), tickCharacters);
        if (fitted) {
            view = fittedView(points->bounds(), field.size(), fitMargin);
        } else if (field != before && size == settledSize) {
            // The content stays where it is on screen while the field's edge moves.
            const ViewTransform old(view, before);
            view = QRectF(old.toData(field.bottomLeft()), old.toData(field.topRight()));
        } else if (field != before) {
            const double area = before.width() * before.height() / (field.width() * field.height());
            const QSizeF extent = field.size() * (view.width() / before.width() * std::sqrt(area));
            const QPointF middle = view.center();
            view = QRectF(middle.x() - extent.width() / 2, middle.y() - extent.height() / 2, extent.width(),
                          extent.height());
        }
        settledSize = size;
        tickCharacters = spaceTickCharacters(transform().pixelsPerUnit(), points->bounds(), theme());
    }
    if (!placed || field != oldField || view != oldView) {
        placeMarks(marks, transform());
        placeReadOut(marks, transform(), theme());
        placed = true;
    }
}

void SpacePlot::Private::show(const QRectF& wanted) {
    if (!hasPoints()) {
        return;
    }
    settle();
    view = boundedView(wanted, points->bounds());
    fitted = false;
    plot->update();
}

std::optional<Row> SpacePlot::Private::pick(QPointF at) {
    settle();
    if (!hasPoints() || !field.contains(at)) {
        return std::nullopt;
    }
    // What is drawn large is meant, not the cloud behind it; the last one drawn lies on top.
    const SpaceMark* best = nullptr;
    double bestDistance = pickReach;
    for (const SpaceMark& mark : marks.marks) {
        const double distance = std::hypot(mark.at.x() - at.x(), mark.at.y() - at.y());
        if (mark.visible && dotRadius(mark.role) > 0 && distance <= bestDistance) {
            best = &mark;
            bestDistance = distance;
        }
    }
    for (const SpaceMark& mark : marks.marks) {
        if (!best && isLabelShown(marks, mark) && mark.labelRect.contains(at)) {
            best = &mark;
        }
    }
    return best ? std::optional(best->row)
                : points->nearest(transform().toData(at), pickReach / transform().pixelsPerUnit());
}

void SpacePlot::Private::hover(std::optional<Row> row) {
    if (row != hoveredRow) {
        hoveredRow = row;
        Q_EMIT plot->hovered(row.has_value(), row.value_or(Row{}));
    }
}

void SpacePlot::Private::updateCursor(QPointF at, Qt::KeyboardModifiers modifiers) {
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (drag == Drag::Pan) {
        shape = Qt::ClosedHandCursor;
    } else if (drag == Drag::Box ||
               (hasPoints() && field.contains(at) && modifiers.testFlag(Qt::ShiftModifier))) {
        shape = Qt::CrossCursor;
    } else if (hoveredRow) {
        shape = Qt::PointingHandCursor;
    }
    if (plot->cursor().shape() != shape) {
        plot->setCursor(shape);
    }
}

void SpacePlot::Private::endDrag() {
    drag = Drag::None;
    plot->update();
}

void SpacePlot::Private::paint(QCPPainter& painter) {
    settle();
    SpaceCanvas::paintBackground(&painter, plot->size(), theme(), field);
    if (hasPoints()) {
        painter.setOpacity(figure.dimmed ? dimmedOpacity : 1);
        canvas.paint(&painter, plot->size(), theme(), transform(),
                     {figure.xTitle, figure.yTitle, tickCharacters});
        paintMarks(painter, marks, field, theme(), theme().slot(figure.slot), sprites);
        painter.setOpacity(1);
    } else {
        painter.setFont(theme().textFont(13));
        painter.setPen(theme().muted);
        painter.drawText(field.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         !figure.message.isEmpty() || !figure.projection
                             ? figure.message
                             : SpacePlot::tr("No row has coordinates that are finite numbers."));
    }
    paintOverlay(painter);
}

void SpacePlot::Private::paintOverlay(QCPPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    if (drag == Drag::Box) {
        QColor fill = theme().accent;
        fill.setAlphaF(0.10F);
        painter.setPen(QPen(theme().accent, 1));
        painter.setBrush(fill);
        const QRectF box = QRectF(pressedAt, pointer).normalized().intersected(field);
        painter.drawRect(QRectF(box.toRect()).adjusted(0.5, 0.5, -0.5, -0.5));
        painter.setBrush(Qt::NoBrush);
    }
    painter.setPen(QPen(theme().line, 1));
    painter.drawRect(field.adjusted(-0.5, -0.5, 0.5, 0.5));
    if (keyboardFocus) {
        painter.setPen(QPen(theme().accent, 2));
        painter.drawRect(field.adjusted(1, 1, -1, -1));
    }
}

SpacePlot::SpacePlot(const ThemeSource& theme, QWidget* parent)
    : QWidget(parent), d(std::make_unique<Private>(this, theme)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Embedding space"));
    setAccessibleDescription(
        tr("Every row of the embedding matrix as a point. Arrow keys pan, plus and minus zoom, Home "
           "shows all points; Shift and drag selects a box."));
    connect(&theme, &ThemeSource::changed, this, [this] {
        d->remark();
        update();
    });
}

SpacePlot::~SpacePlot() = default;

const SpaceFigure& SpacePlot::figure() const {
    return d->figure;
}

void SpacePlot::setFigure(SpaceFigure figure) {
    const bool samePoints = figure.projection == d->figure.projection &&
                            figure.xComponent == d->figure.xComponent &&
                            figure.yComponent == d->figure.yComponent;
    const bool sameMarks = samePoints && sameMarksBesidesHover(figure, d->figure);
    d->figure = std::move(figure);
    if (!samePoints) {
        d->setPoints();
    }
    if (!sameMarks) {
        d->setBoxed();
        d->remark();
    } else {
        d->rehover();
    }
    update();
}

QRectF SpacePlot::view() const {
    d->settle();
    return d->view;
}

void SpacePlot::setView(const QRectF& view) {
    d->settle();
    if (view.width() > 0 && view.height() > 0) {
        d->show(equalScaleView(view, d->field.size()));
    }
}

void SpacePlot::resetView() {
    d->fitted = true;
    update();
}

void SpacePlot::zoom(double factor) {
    d->settle();
    d->show(zoomedView(d->view, d->view.center(), factor));
}

void SpacePlot::centerOn(Row row) {
    const QPointF at = pointPosition(row);
    if (!at.isNull() && !d->field.adjusted(8, 8, -8, -8).contains(at)) {
        QRectF moved = d->view;
        moved.moveCenter(d->transform().toData(at));
        d->show(moved);
    }
}

std::vector<QRectF> SpacePlot::labelRects() const {
    d->settle();
    std::vector<QRectF> result;
    for (const SpaceMark& mark : d->marks.marks) {
        if (isLabelShown(d->marks, mark)) {
            result.push_back(mark.labelRect);
        }
    }
    if (!d->marks.readOutRect.isNull()) {
        result.push_back(d->marks.readOutRect);
    }
    return result;
}

QPointF SpacePlot::pointPosition(Row row) const {
    d->settle();
    const std::optional<QPointF> point = dataPoint(d->figure, row);
    return point ? d->transform().toPixel(*point) : QPointF();
}

QRectF SpacePlot::fieldRect() const {
    d->settle();
    return d->field;
}

QSize SpacePlot::sizeHint() const {
    return {700, 420};
}

QSize SpacePlot::minimumSizeHint() const {
    return {240, 180};
}

bool SpacePlot::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            d->settle();
            d->show(
                zoomedView(d->view, d->transform().toData(gesture->position()), std::exp(gesture->value())));
            return true;
        }
    }
    return QWidget::event(event);
}

void SpacePlot::paintEvent(QPaintEvent*) {
    QCPPainter painter(this);
    d->paint(painter);
}

void SpacePlot::mousePressEvent(QMouseEvent* event) {
    if ((event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) || d->drag != Drag::None ||
        !fieldRect().contains(event->position())) {
        event->ignore();
        return;
    }
    d->drag = Drag::Pressed;
    d->pressedAt = d->pointer = event->position();
}

void SpacePlot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    if (d->drag == Drag::Pressed && d->hasPoints() &&
        (at - d->pressedAt).manhattanLength() >= QApplication::startDragDistance()) {
        d->drag = event->modifiers().testFlag(Qt::ShiftModifier) ? Drag::Box : Drag::Pan;
        d->hover(std::nullopt);
    }
    if (d->drag == Drag::Pan) {
        d->show(draggedView(d->view, at - d->pointer, d->transform().pixelsPerUnit()));
    } else if (d->drag == Drag::Box) {
        update();
    } else if (d->drag == Drag::None) {
        d->hover(d->pick(at));
    }
    if (d->drag != Drag::Pressed) {
        d->pointer = at;
    }
    d->updateCursor(at, event->modifiers());
}

void SpacePlot::mouseReleaseEvent(QMouseEvent* event) {
    const Drag ended = d->drag;
    d->endDrag();
    if (ended == Drag::Pressed && event->button() == Qt::LeftButton) {
        if (const std::optional<Row> row = d->pick(d->pressedAt)) {
            Q_EMIT clicked(*row, event->modifiers());
        }
    } else if (ended == Drag::Box) {
        const QRectF box = QRectF(d->pressedAt, event->position()).normalized().intersected(d->field);
        const ViewTransform transform = d->transform();
        Q_EMIT boxSelected(
            d->points->inside(QRectF(transform.toData(box.bottomLeft()), transform.toData(box.topRight()))));
    }
    d->updateCursor(event->position(), event->modifiers());
}

void SpacePlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && fieldRect().contains(event->position())) {
        resetView();
    }
}

void SpacePlot::leaveEvent(QEvent*) {
    d->hover(std::nullopt);
    d->updateCursor({-1, -1}, Qt::NoModifier);
}

void SpacePlot::wheelEvent(QWheelEvent* event) {
    d->settle();
    const double notches = event->angleDelta().y() / 120.0;
    if (!d->hasPoints() || notches == 0 || !d->field.contains(event->position())) {
        event->ignore();
        return;
    }
    d->show(zoomedView(d->view, d->transform().toData(event->position()), std::pow(wheelFactor, notches)));
    event->accept();
}

void SpacePlot::keyPressEvent(QKeyEvent* event) {
    d->settle();
    const double stepX = d->field.width() / 8;
    const double stepY = d->field.height() / 8;
    const auto pan = [this](double x, double y) {
        if (d->hasPoints()) {
            d->show(draggedView(d->view, {x, y}, d->transform().pixelsPerUnit()));
        }
    };
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoom(keyFactor);
        case Qt::Key_Minus:
            return zoom(1 / keyFactor);
        case Qt::Key_Home:
            return resetView();
        case Qt::Key_Left:
            return pan(stepX, 0);
        case Qt::Key_Right:
            return pan(-stepX, 0);
        case Qt::Key_Up:
            return pan(0, stepY);
        case Qt::Key_Down:
            return pan(0, -stepY);
        case Qt::Key_Escape:
            if (d->drag != Drag::None) {
                return d->endDrag();
            }
            break;
        case Qt::Key_Shift:
            d->updateCursor(mapFromGlobal(QCursor::pos()), Qt::ShiftModifier);
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void SpacePlot::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Shift) {
        d->updateCursor(mapFromGlobal(QCursor::pos()), Qt::NoModifier);
    }
    QWidget::keyReleaseEvent(event);
}

void SpacePlot::focusInEvent(QFocusEvent* event) {
    const Qt::FocusReason reason = event->reason();
    d->keyboardFocus =
        reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    update();
}

void SpacePlot::focusOutEvent(QFocusEvent*) {
    d->keyboardFocus = false;
    update();
}

}  // namespace lexiscope
