// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_plot.h"

#include "ui/plots/space_scene.h"
#include "ui/plots/view_glide.h"
#include "ui/plots/view_transform.h"

#include <cmath>
#include <optional>

#include <QApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>
#include <qcustomplot.h>

namespace lexiscope {
namespace {

constexpr double wheelFactor = 1.2;  // per notch

enum class Drag { None, Pressed, Pan, Box };

}  // namespace

class SpacePlot::Private {
  public:
    Private(SpacePlot* owner, const ThemeSource& source)
        : plot(owner), themes(source), scene(source), glide([this](const Camera& camera) {
              scene.setSize(plot->size());
              scene.show(camera);
              plot->update();
              Q_EMIT plot->viewMoved();
          }) {}

    void show(const QRectF& view) {
        glide.stop();
        scene.show(view);
        plot->update();
        Q_EMIT plot->viewMoved();
    }
    void zoomAt(QPointF pixel, double factor) {
        if (scene.hasPoints()) {
            show(zoomedView(scene.view(), scene.transform().toData(pixel), factor));
        }
    }
    void drag(QPointF pixels) {
        if (scene.hasPoints()) {
            show(draggedView(scene.view(), pixels, scene.transform().pixelsPerUnit()));
        }
    }
    void hover(std::optional<Row> row) {
        if (row != hoveredRow) {
            hoveredRow = row;
            Q_EMIT plot->hovered(row.has_value(), row.value_or(Row{}));
        }
    }
    /// Whether long preparations go on in the background.
    void setDeferred(bool on) {
        if (on != deferred) {
            deferred = on;
            scene.setDeferred(on ? std::function<void()>([this] { plot->update(); }) : nullptr);
        }
    }
    void updateCursor(QPointF at, Qt::KeyboardModifiers modifiers);
    void paintOverlay(QPainter& painter);

    SpacePlot* plot;
    const ThemeSource& themes;
    SpaceScene scene;
    ViewGlide glide;
    Drag state = Drag::None;
    Qt::MouseButton button = Qt::NoButton;  // that began the drag
    QPointF pressedAt;
    QPointF pointer;
    std::optional<Row> hoveredRow;
    bool keyboardFocus = false;
    bool deferred = false;
    bool whole = false;
};

void SpacePlot::Private::updateCursor(QPointF at, Qt::KeyboardModifiers modifiers) {
    const bool inside = scene.hasPoints() && scene.field().contains(at);
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (state == Drag::Pan) {
        shape = Qt::ClosedHandCursor;
    } else if (state == Drag::Box || (inside && modifiers.testFlag(Qt::ShiftModifier))) {
        shape = Qt::CrossCursor;
    } else if (inside && hoveredRow) {
        shape = Qt::PointingHandCursor;
    }
    if (plot->cursor().shape() != shape) {
        plot->setCursor(shape);
    }
}

void SpacePlot::Private::paintOverlay(QPainter& painter) {
    const Theme& theme = themes.theme();
    const QRectF field = scene.field();
    if (state == Drag::Box) {
        QColor fill = theme.accent;
        fill.setAlphaF(0.10F);
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(fill);
        const QRectF box = QRectF(pressedAt, pointer).normalized().intersected(field);
        painter.drawRect(QRectF(box.toRect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (keyboardFocus) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
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
           "shows all points, Space goes to the selected one; Shift and drag selects a box."));
    connect(&theme, &ThemeSource::changed, this, [this] {
        d->scene.updateTheme();
        update();
    });
}

SpacePlot::~SpacePlot() = default;

const SpaceFigure& SpacePlot::figure() const {
    return d->scene.figure();
}

void SpacePlot::setFigure(SpaceFigure figure) {
    d->setDeferred(!d->whole);
    if (figure.projection != d->scene.figure().projection) {
        d->glide.stop();
    }
    d->scene.setFigure(std::move(figure));
    update();
}

void SpacePlot::setWhole(bool whole) {
    d->whole = whole;
    if (whole) {
        d->glide.finish();
        d->setDeferred(false);
    }
}

QRectF SpacePlot::view() const {
    d->scene.setSize(size());
    return d->scene.view();
}

void SpacePlot::setView(const QRectF& view) {
    d->scene.setSize(size());
    if (view.width() > 0 && view.height() > 0) {
        d->show(view);
    }
}

void SpacePlot::restoreView(const QRectF& view) {
    if (view.width() > 0 && view.height() > 0) {
        d->scene.restore(view);
        update();
    }
}

bool SpacePlot::showsAll() const {
    return d->scene.isFitted();
}

void SpacePlot::resetView() {
    d->glide.stop();
    d->scene.resetView();
    update();
    Q_EMIT viewMoved();
}

QRectF SpacePlot::viewOfAll() const {
    d->scene.setSize(size());
    return d->scene.viewOfAll();
}

void SpacePlot::zoom(double factor) {
    d->zoomAt(fieldRect().center(), factor);
}

void SpacePlot::centerOn(Row row) {
    const QPointF at = pointPosition(row);
    if (!at.isNull() && !fieldRect().adjusted(8, 8, -8, -8).contains(at)) {
        QRectF moved = d->scene.view();
        moved.moveCenter(d->scene.transform().toData(at));
        d->show(moved);
    }
}

void SpacePlot::glideToSelection() {
    constexpr double longer = 2.5;  // than a button needs to light up: the eye has to follow
    d->scene.setSize(size());
    if (const std::optional<Camera> camera = d->scene.cameraOnSelection(closeUp)) {
        const int duration = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this);
        const bool isWatched = isVisible() && !d->whole;
        d->glide.start(d->scene.camera(), *camera, isWatched ? static_cast<int>(duration * longer) : 0);
    }
}

std::vector<QRectF> SpacePlot::labelRects() const {
    d->scene.setSize(size());
    return d->scene.labelRects();
}

QPointF SpacePlot::pointPosition(Row row) const {
    d->scene.setSize(size());
    if (!d->scene.hasPoints()) {
        return {};
    }
    const std::optional<QPointF> point = dataPoint(d->scene.figure(), row);
    return point ? d->scene.transform().toPixel(*point) : QPointF();
}

QRectF SpacePlot::fieldRect() const {
    d->scene.setSize(size());
    return d->scene.field();
}

QSize SpacePlot::sizeHint() const {
    return {700, 420};
}

QSize SpacePlot::minimumSizeHint() const {
    return {220, 120};
}

bool SpacePlot::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            d->zoomAt(gesture->position(), std::exp(gesture->value()));
            return true;
        }
    }
    return QWidget::event(event);
}

void SpacePlot::paintEvent(QPaintEvent*) {
    QCPPainter painter(this);
    // A picture for a file has to be whole; only the screen is painted again a moment later.
    const double scale = std::hypot(painter.deviceTransform().m11(), painter.deviceTransform().m12());
    d->setDeferred(isVisible() && !d->whole && std::abs(scale - devicePixelRatioF()) < 0.01);
    d->scene.setSize(size());
    d->scene.paint(&painter);
    d->paintOverlay(painter);
}

void SpacePlot::mousePressEvent(QMouseEvent* event) {
    const bool usable = event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton;
    if (!usable || d->state != Drag::None || !fieldRect().contains(event->position())) {
        event->ignore();
        return;
    }
    d->glide.stop();
    d->state = Drag::Pressed;
    d->button = event->button();
    d->pressedAt = event->position();
    d->pointer = event->position();
}

void SpacePlot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    if (d->state == Drag::Pressed && d->scene.hasPoints() &&
        (at - d->pressedAt).manhattanLength() >= QApplication::startDragDistance()) {
        d->state = event->modifiers().testFlag(Qt::ShiftModifier) ? Drag::Box : Drag::Pan;
        d->hover(std::nullopt);
    }
    if (d->state == Drag::Pan) {
        d->drag(at - d->pointer);
    } else if (d->state == Drag::Box) {
        update();
    } else if (d->state == Drag::None) {
        fieldRect();
        d->hover(d->scene.pick(at));
    }
    if (d->state != Drag::Pressed) {
        d->pointer = at;
    }
    d->updateCursor(at, event->modifiers());
}

void SpacePlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != d->button) {
        return;
    }
    const Drag ended = d->state;
    d->state = Drag::None;
    d->button = Qt::NoButton;
    update();
    if (ended == Drag::Pressed && event->button() == Qt::LeftButton) {
        if (const std::optional<Row> row = d->scene.pick(d->pressedAt)) {
            Q_EMIT clicked(*row, event->modifiers());
        }
    } else if (ended == Drag::Box) {
        Q_EMIT boxSelected(d->scene.inside(QRectF(d->pressedAt, event->position())));
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
    const double notches = event->angleDelta().y() / 120.0;
    if (!d->scene.hasPoints() || notches == 0 || !fieldRect().contains(event->position())) {
        event->ignore();
        return;
    }
    d->zoomAt(event->position(), std::pow(wheelFactor, notches));
    event->accept();
}

void SpacePlot::keyPressEvent(QKeyEvent* event) {
    const QSizeF step = fieldRect().size() / 8;
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoom(zoomFactor);
        case Qt::Key_Minus:
            return zoom(1 / zoomFactor);
        case Qt::Key_Home:
            return resetView();
        case Qt::Key_Space:
            return glideToSelection();
        case Qt::Key_Left:
            return d->drag({step.width(), 0});
        case Qt::Key_Right:
            return d->drag({-step.width(), 0});
        case Qt::Key_Up:
            return d->drag({0, step.height()});
        case Qt::Key_Down:
            return d->drag({0, -step.height()});
        case Qt::Key_Escape:
            d->glide.stop();
            if (d->state != Drag::None) {
                d->state = Drag::None;
                d->button = Qt::NoButton;
                return update();
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
    // A ring after every click would only be noise.
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
