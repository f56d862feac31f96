// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_recorder.h"

#include "ui/figures/figure_clip.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QFontInfo>
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPixmap>
#include <QTextBoundaryFinder>

namespace lexiscope {
namespace {

constexpr double sameSpot = 0.01;  // pixels

bool isPlain(const QTransform& transform) {
    return transform.type() <= QTransform::TxScale;
}

/// A path that is one upright rectangle gives it, any other an empty one.
QRectF rectOf(const QPainterPath& path) {
    QPainterPath rect;
    rect.addRect(path.controlPointRect());
    return path == rect ? path.controlPointRect() : QRectF();
}

double scaleOf(const QTransform& transform) {
    return std::sqrt(std::abs(transform.determinant()));
}

/// Whether `next` goes on where `text` ends, in the same look.
bool continues(const FigureText& text, const FigureText& next) {
    const QPointF end = text.place.map(QPointF(text.width, 0)) - next.place.map(QPointF());
    return std::hypot(end.x(), end.y()) < sameSpot && text.font == next.font && text.color == next.color &&
           text.opacity == next.opacity && !text.rightToLeft && !next.rightToLeft && text.clip == next.clip &&
           text.place.m11() == next.place.m11() && text.place.m12() == next.place.m12();
}

}  // namespace

class FigureRecorder::Engine : public QPaintEngine {
  public:
    // Without pattern brushes and the like, Qt would make images of them first.
    explicit Engine(QSize size)
        : QPaintEngine(AllFeatures & ~PaintEngineFeatures(PerspectiveTransform | ConicalGradientFill)),
          whole(QPointF(), QSizeF(size)) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }

    void updateState(const QPaintEngineState& next) override;
    void drawPath(const QPainterPath& path) override { add(path, m_brush, m_pen, false); }
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    // What Qt makes of lines without length and of points does not heed that there is no pen.
    void drawLines(const QLineF* lines, int count) override;
    void drawPoints(const QPointF* points, int count) override;
    void drawEllipse(const QRectF& rect) override;
    void drawPixmap(const QRectF& place, const QPixmap& pixmap, const QRectF& source) override {
        drawImage(place, pixmap.toImage(), source, Qt::AutoColor);
    }
    void drawImage(const QRectF& place, const QImage& image, const QRectF& source,
                   Qt::ImageConversionFlags flags) override;
    void drawTextItem(const QPointF& at, const QTextItem& item) override;
    // Those with whole numbers end in the above.
    using QPaintEngine::drawEllipse;
    using QPaintEngine::drawLines;
    using QPaintEngine::drawPoints;
    using QPaintEngine::drawPolygon;

    const QRectF whole;
    std::vector<FigureItem> items;

  private:
    FigureClip clip() const;
    void add(const QPainterPath& path, const QBrush& fill, const QPen& pen, bool isEllipse);
    QPen penInPixels(const QPen& pen) const;
    void addText(FigureText text);
    void addVisible(const FigureText& text, const FigureClip& inside);

    QTransform m_transform;
    QPen m_pen{Qt::NoPen};
    QBrush m_brush{Qt::NoBrush};
    double m_opacity = 1;
};

void FigureRecorder::Engine::updateState(const QPaintEngineState& next) {
    const DirtyFlags changed = next.state();
    if (changed.testFlag(DirtyTransform)) {
        m_transform = next.transform();
    }
    if (changed.testFlag(DirtyPen)) {
        m_pen = next.pen();
    }
    if (changed.testFlag(DirtyBrush)) {
        m_brush = next.brush();
    }
    if (changed.testFlag(DirtyOpacity)) {
        m_opacity = next.opacity();
    }
}

FigureClip FigureRecorder::Engine::clip() const {
    FigureClip clip{whole, {}};
    // The system's is the part of the figure that the painted widget has.
    if (!systemClip().isEmpty()) {
        clip.rect &= QRectF(systemClip().boundingRect());
    }
    // Asked of the painter: what Qt tells an engine of clips after a restore() is moved twice where widgets
    // share a painter.
    if (painter()->hasClipping()) {
        const QPainterPath wanted = m_transform.map(painter()->clipPath());
        clip.rect &= wanted.controlPointRect();
        if (rectOf(wanted).isEmpty()) {
            QPainterPath rect;
            rect.addRect(clip.rect);
            clip.shape = wanted.intersected(rect);
            clip.rect = clip.shape.isEmpty() ? QRectF() : clip.rect;
        }
    }
    return clip;
}

QPen FigureRecorder::Engine::penInPixels(const QPen& pen) const {
    if (pen.style() == Qt::NoPen || pen.color().alpha() == 0) {
        return Qt::NoPen;
    }
    QPen result = pen;
    const bool hairline = pen.widthF() <= 0;
    result.setWidthF(hairline ? 1 : pen.isCosmetic() ? pen.widthF() : pen.widthF() * scaleOf(m_transform));
    return result;
}

void FigureRecorder::Engine::add(const QPainterPath& path, const QBrush& fill, const QPen& pen,
                                 bool isEllipse) {
    FigureShape shape{m_transform.map(path), fill, penInPixels(pen), m_opacity, isEllipse};
    const bool invisible =
        fill.style() == Qt::NoBrush || (!fill.isOpaque() && !fill.gradient() && fill.color().alpha() == 0);
    if (invisible) {
        shape.fill = Qt::NoBrush;
    } else {
        shape.fill.setTransform(fill.transform() * m_transform);
    }
    if (m_opacity <= 0 || path.isEmpty() || (invisible && shape.pen.style() == Qt::NoPen)) {
        return;
    }
    for (FigureShape& part : cutShape(std::move(shape), clip())) {
        items.emplace_back(std::move(part));
    }
}

void FigureRecorder::Engine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
    QPainterPath path;
    path.addPolygon(QPolygonF(QList<QPointF>(points, points + count)));
    if (mode == PolylineMode) {
        return add(path, Qt::NoBrush, m_pen, false);
    }
    path.closeSubpath();
    path.setFillRule(mode == WindingMode ? Qt::WindingFill : Qt::OddEvenFill);
    add(path, m_brush, m_pen, false);
}

void FigureRecorder::Engine::drawLines(const QLineF* lines, int count) {
    for (int i = 0; i < count; ++i) {
        QPainterPath path(lines[i].p1());
        path.lineTo(lines[i].p2());
        add(path, Qt::NoBrush, m_pen, false);
    }
}

void FigureRecorder::Engine::drawPoints(const QPointF* points, int count) {
    for (int i = 0; i < count; ++i) {
        const QLineF point(points[i], points[i]);
        drawLines(&point, 1);
    }
}

void FigureRecorder::Engine::drawEllipse(const QRectF& rect) {
    QPainterPath path;
    path.addEllipse(rect);
    add(path, m_brush, m_pen, isPlain(m_transform));
}

void FigureRecorder::Engine::drawImage(const QRectF& place, const QImage& image, const QRectF& source,
                                       Qt::ImageConversionFlags) {
    const QImage part = source == QRectF(image.rect()) ? image : image.copy(source.toAlignedRect());
    if (part.isNull() || place.isEmpty() || !isPlain(m_transform) || m_opacity <= 0) {
        return;
    }
    if (const auto cut = cutImage({m_transform.mapRect(place), part, m_opacity}, clip().rect)) {
        items.emplace_back(*cut);
    }
}

void FigureRecorder::Engine::drawTextItem(const QPointF& at, const QTextItem& item) {
    const QString string = item.text();
    if (string.trimmed().isEmpty() || m_pen.style() == Qt::NoPen || m_pen.color().alpha() == 0 ||
        m_opacity <= 0) {
        return;
    }
    // In pixels, for a size in points means another one on each target.
    QFont font = item.font();
    font.setPixelSize(std::max(1, QFontInfo(font).pixelSize()));
    FigureText text{string,
                    font,
                    m_pen.color(),
                    QTransform::fromTranslate(at.x(), at.y()) * m_transform,
                    item.width(),
                    m_opacity,
                    item.renderFlags().testFlag(QTextItem::RightToLeft),
                    std::nullopt};
    const FigureClip inside = clip();
    if (!inside.shape.isEmpty()) {
        return addVisible(text, inside);
    }
    const QRectF line(0, -item.ascent(), item.width(), item.ascent() + item.descent());
    if (!inside.rect.contains(text.place.mapRect(line))) {
        // A line is higher than most of its letters.
        const QRectF ink = QFontMetricsF(text.font).tightBoundingRect(string);
        const QRectF drawn = text.place.mapRect(ink.adjusted(0.5, 0.5, -0.5, -0.5));
        if (!inside.rect.intersects(drawn)) {
            return;
        }
        if (drawn.left() < inside.rect.left() || drawn.right() > inside.rect.right()) {
            return addVisible(text, inside);
        }
        if (!inside.rect.contains(drawn)) {
            text.clip = inside.rect;
        }
    }
    addText(std::move(text));
}

/// Of a text that begins or ends outside, or that lies around something, as around a selection, those
/// characters whose middle is inside.
void FigureRecorder::Engine::addVisible(const FigureText& text, const FigureClip& inside) {
    const QFontMetricsF metrics(text.font);
    const double middle = (metrics.descent() - metrics.ascent()) / 2;
    QTextBoundaryFinder characters(QTextBoundaryFinder::Grapheme, text.text);
    qsizetype from = -1;  // of the stretch that is inside
    qsizetype at = 0;
    const auto end = [&](qsizetype to) {
        if (from >= 0) {
            FigureText part = text;
            const double left = metrics.horizontalAdvance(text.text, static_cast<int>(from));
            part.text = text.text.mid(from, to - from);
            part.place = QTransform::fromTranslate(left, 0) * text.place;
            part.width = metrics.horizontalAdvance(text.text, static_cast<int>(to)) - left;
            addText(std::move(part));
        }
        from = -1;
    };
    while (at < text.text.size()) {
        const qsizetype next = std::max<qsizetype>(characters.toNextBoundary(), at + 1);
        const double x = (metrics.horizontalAdvance(text.text, static_cast<int>(at)) +
                          metrics.horizontalAdvance(text.text, static_cast<int>(next))) /
                         2;
        const QPointF place = text.place.map(QPointF(x, middle));
        if (!inside.rect.contains(place) || (!inside.shape.isEmpty() && !inside.shape.contains(place))) {
            end(at);
        } else if (from < 0) {
            from = at;
        }
        at = next;
    }
    end(text.text.size());
}

void FigureRecorder::Engine::addText(FigureText text) {
    if (text.text.trimmed().isEmpty()) {
        return;
    }
    auto* last = items.empty() ? nullptr : std::get_if<FigureText>(&items.back());
    if (last != nullptr && continues(*last, text)) {
        last->text += text.text;
        last->width += text.width;
        return;
    }
    items.emplace_back(std::move(text));
}

FigureRecorder::FigureRecorder(QSize size) : m_size(size), m_engine(std::make_unique<Engine>(size)) {}

FigureRecorder::~FigureRecorder() = default;

FigurePicture FigureRecorder::take() {
    FigurePicture picture;
    picture.size = m_size;
    picture.items = std::exchange(m_engine->items, {});
    return picture;
}

QPaintEngine* FigureRecorder::paintEngine() const {
    return m_engine.get();
}

int FigureRecorder::metric(PaintDeviceMetric metric) const {
    constexpr int dotsPerInch = 96;
    constexpr double millimetresPerInch = 25.4;
    switch (metric) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmWidthMM:
            return static_cast<int>(std::lround(m_size.width() * millimetresPerInch / dotsPerInch));
        case PdmHeightMM:
            return static_cast<int>(std::lround(m_size.height() * millimetresPerInch / dotsPerInch));
        case PdmNumColors:
            return 1 << 24;
        case PdmDepth:
            return 32;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return dotsPerInch;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
    }
    return 0;
}

}  // namespace lexiscope
