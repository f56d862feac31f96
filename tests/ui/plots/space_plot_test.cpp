// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_plot.h"

#include "tests/support/pointer.h"
#include "tests/support/qt_warnings.h"
#include "ui/plots/space_marks.h"

#include <cmath>
#include <limits>
#include <random>

#include <QImage>
#include <QPixmap>
#include <QProxyStyle>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace lexiscope;

namespace {

std::shared_ptr<const PcaResult> projectionOf(std::vector<float> coordinates, std::size_t components = 2) {
    auto result = std::make_shared<PcaResult>();
    result->rows = coordinates.size() / components;
    result->components = components;
    result->dimension = components;
    result->coordinates = std::move(coordinates);
    return result;
}

/// A ring of ten points about the origin, and row 10 in its middle.
std::shared_ptr<const PcaResult> ring() {
    std::vector<float> points;
    for (int i = 0; i < 10; ++i) {
        points.push_back(static_cast<float>(2 * std::cos(i * 0.628)));
        points.push_back(static_cast<float>(std::sin(i * 0.628)));
    }
    points.insert(points.end(), {0.0F, 0.0F});
    return projectionOf(std::move(points));
}

std::shared_ptr<const PcaResult> gaussian(std::size_t rows) {
    std::mt19937 random(11);
    std::normal_distribution<float> normal;
    std::vector<float> points(2 * rows);
    for (float& value : points) {
        value = normal(random);
    }
    return projectionOf(std::move(points));
}

QImage rendered(QWidget& widget, double ratio) {
    QImage image(widget.size() * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::magenta);
    widget.render(&image);
    return image;
}

/// As in a person's desktop, or none as for whoever wants no motion.
class StyleWithAnimation : public QProxyStyle {
  public:
    explicit StyleWithAnimation(int milliseconds) : m_milliseconds(milliseconds) {}
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override {
        return hint == SH_Widget_Animation_Duration ? m_milliseconds
                                                    : QProxyStyle::styleHint(hint, option, widget, data);
    }

  private:
    int m_milliseconds;
};

/// Even rows are of class 0, odd ones of class 1.
std::shared_ptr<const PointTraits> evenAndOdd(std::size_t rows) {
    auto traits = std::make_shared<PointTraits>();
    traits->classes = {{QStringLiteral("even"), {}, 0, (rows + 1) / 2},
                       {QStringLiteral("odd"), {}, 5, rows / 2}};
    for (std::size_t row = 0; row < rows; ++row) {
        traits->classOf.push_back(static_cast<std::uint8_t>(row % 2));
    }
    return traits;
}

bool near(QPointF a, QPointF b, double tolerance = 0.01) {
    return std::hypot(a.x() - b.x(), a.y() - b.y()) <= tolerance;
}

}  // namespace

class SpacePlotTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void cleanup();

    void allPointsAreInViewOnEqualScales();
    void wheelZoomsAtThePointer();
    void dragPansAndDoubleClickResets();
    void keysPanZoomAndReset();
    void clickTellsTheNearestRow();
    void clickOnALabelMeansItsPoint();
    void hoverTellsOncePerRow();
    void shiftDragSelectsTheBox();
    void escapeEndsADrag();
    void viewIsKeptForTheSameProjectionOnly();
    void contentStaysOnResizeBackAndForth();
    void centerOnBringsARowIntoView();
    void labelsNeverOverlapAndMoreAppearCloser();
    void readOutHidesWhatItCovers();
    void rowsWithoutPointsAreLeftOut();
    void neighborsAreLabelledByRank();
    void messageInsteadOfPoints();
    void rendersCrispAtAnyRatio();
    void samePixelsForTheSameInput();
    void themeIsFollowed();
    void dimmedIsFainter();
    void manyPointsArriveLaterOnScreenAndAtOnceInFiles();
    void dotsAreWhereTheirPointsAre();
    void crowdsHaveShadesAndTheirLegend();
    void colorsAreThoseOfTheTraits();
    void hiddenPointsAreNotThere();
    void glideEndsWhereAJumpDoes();
    void whatAPersonDoesEndsTheGlide();
    void spaceGoesToTheSelection();
    void neighbourLinesHoldInACrowd();

  private:
    QPoint at(std::uint32_t row) { return m_plot->pointPosition(Row{row}).toPoint(); }

    std::unique_ptr<ThemeSource> m_theme;
    std::unique_ptr<SpacePlot> m_plot;
    SpaceFigure m_figure;
};

void SpacePlotTest::init() {
    test::failOnQtWarnings();
    m_theme = std::make_unique<ThemeSource>();
    m_plot = std::make_unique<SpacePlot>(*m_theme);
    m_plot->resize(600, 400);
    m_figure = SpaceFigure();
    m_figure.projection = ring();
    m_figure.xTitle = QStringLiteral("PC 1 (5.0 %)");
    m_figure.yTitle = QStringLiteral("PC 2 (4.0 %)");
    m_plot->setFigure(m_figure);
    m_plot->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
}

void SpacePlotTest::cleanup() {
    m_plot.reset();
    m_theme.reset();
}

void SpacePlotTest::allPointsAreInViewOnEqualScales() {
    for (std::uint32_t row = 0; row <= 10; ++row) {
        QVERIFY(m_plot->fieldRect().contains(m_plot->pointPosition(Row{row})));
    }
    const QRectF view = m_plot->view();
    const QRectF field = m_plot->fieldRect();
    QVERIFY(std::abs(view.width() / field.width() - view.height() / field.height()) < 1e-12);
    QVERIFY(m_plot->pointPosition(Row{2}).y() < m_plot->pointPosition(Row{10}).y());
    QVERIFY(!m_plot->accessibleName().isEmpty() && !m_plot->accessibleDescription().isEmpty());
}

void SpacePlotTest::wheelZoomsAtThePointer() {
    const QPointF there = m_plot->pointPosition(Row{1});
    const double before = m_plot->view().width();
    test::wheel(*m_plot, there, 240);
    QVERIFY(std::abs(before / m_plot->view().width() - 1.44) < 0.01);
    QVERIFY(near(m_plot->pointPosition(Row{1}), there));
    test::wheel(*m_plot, there, -240);
    QVERIFY(std::abs(before / m_plot->view().width() - 1) < 0.01);
}

void SpacePlotTest::dragPansAndDoubleClickResets() {
    const QRectF start = m_plot->view();
    const QPointF middle = m_plot->pointPosition(Row{10});
    QSignalSpy clicks(m_plot.get(), &SpacePlot::clicked);
    const QPoint from = middle.toPoint() + QPoint(40, 30);
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, from);
    QTest::mouseMove(m_plot.get(), from + QPoint(20, 5));
    QCOMPARE(m_plot->cursor().shape(), Qt::ClosedHandCursor);
    QTest::mouseMove(m_plot.get(), from + QPoint(50, -20));
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, from + QPoint(50, -20));
    QVERIFY(near(m_plot->pointPosition(Row{10}), middle + QPointF(50, -20)));
    QCOMPARE(clicks.size(), 0);
    QVERIFY(m_plot->cursor().shape() != Qt::ClosedHandCursor);
    QTest::mouseDClick(m_plot.get(), Qt::LeftButton, {}, from);
    QCOMPARE(m_plot->view(), start);
}

void SpacePlotTest::keysPanZoomAndReset() {
    const QRectF start = m_plot->view();
    m_plot->setFocus();
    QTest::keyClick(m_plot.get(), Qt::Key_Plus);
    QVERIFY(m_plot->view().width() < start.width());
    QVERIFY(near(m_plot->view().center(), start.center(), 1e-6));
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QVERIFY(m_plot->view().center().x() > start.center().x());
    QTest::keyClick(m_plot.get(), Qt::Key_Up);
    QVERIFY(m_plot->view().center().y() > start.center().y());
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QTest::keyClick(m_plot.get(), Qt::Key_Down);
    QTest::keyClick(m_plot.get(), Qt::Key_Minus);
    QVERIFY(std::abs(m_plot->view().width() / start.width() - 1) < 0.01);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QTest::keyClick(m_plot.get(), Qt::Key_Home);
    QCOMPARE(m_plot->view(), start);
}

void SpacePlotTest::clickTellsTheNearestRow() {
    QSignalSpy clicks(m_plot.get(), &SpacePlot::clicked);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, Qt::ControlModifier, at(3) + QPoint(4, 3));
    QCOMPARE(clicks.size(), 1);
    QCOMPARE(clicks.front().at(0).value<Row>().value, 3U);
    QVERIFY(clicks.front().at(1).value<Qt::KeyboardModifiers>().testFlag(Qt::ControlModifier));
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, at(10) + QPoint(30, 0));
    QCOMPARE(clicks.size(), 1);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, QPoint(2, 2));
    QCOMPARE(clicks.size(), 1);
}

void SpacePlotTest::clickOnALabelMeansItsPoint() {
    m_figure.marks = {{Row{10}, PointRole::Token, QStringLiteral("middle")}};
    m_plot->setFigure(m_figure);
    const std::vector<QRectF> labels = m_plot->labelRects();
    QCOMPARE(labels.size(), std::size_t{1});
    QSignalSpy clicks(m_plot.get(), &SpacePlot::clicked);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, labels.front().center().toPoint());
    QCOMPARE(clicks.size(), 1);
    QCOMPARE(clicks.front().front().value<Row>().value, 10U);
}

void SpacePlotTest::hoverTellsOncePerRow() {
    QSignalSpy hovers(m_plot.get(), &SpacePlot::hovered);
    QTest::mouseMove(m_plot.get(), at(10));
    QTRY_COMPARE(hovers.size(), 1);
    QCOMPARE(hovers[0].at(0).toBool(), true);
    QCOMPARE(hovers[0].at(1).value<Row>().value, 10U);
    QCOMPARE(m_plot->cursor().shape(), Qt::PointingHandCursor);
    QTest::mouseMove(m_plot.get(), at(10) + QPoint(1, 1));
    QTest::mouseMove(m_plot.get(), at(10) + QPoint(60, 0));
    QTRY_COMPARE(hovers.size(), 2);
    QCOMPARE(hovers[1].at(0).toBool(), false);
    QTest::mouseMove(m_plot.get(), at(4));
    QTRY_COMPARE(hovers.size(), 3);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(m_plot.get(), &leave);
    QCOMPARE(hovers.size(), 4);
    QCOMPARE(hovers[3].at(0).toBool(), false);
}

void SpacePlotTest::shiftDragSelectsTheBox() {
    std::vector<Row> boxed;
    connect(m_plot.get(), &SpacePlot::boxSelected, this, [&](const std::vector<Row>& rows) { boxed = rows; });
    const QRectF view = m_plot->view();
    const QPoint corner = at(10) + QPoint(-20, -20);
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, corner);
    QMouseEvent move(QEvent::MouseMove, QPointF(corner + QPoint(30, 30)),
                     m_plot->mapToGlobal(corner + QPoint(30, 30)), Qt::NoButton, Qt::LeftButton,
                     Qt::ShiftModifier);
    QCoreApplication::sendEvent(m_plot.get(), &move);
    QCOMPARE(m_plot->cursor().shape(), Qt::CrossCursor);
    const QImage during = rendered(*m_plot, 1);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, corner + QPoint(40, 40));
    QVERIFY(boxed == std::vector{Row{10}});
    QCOMPARE(m_plot->view(), view);
    QVERIFY(during != rendered(*m_plot, 1));  // the rubber band was seen, and is gone

    const QImage plain = rendered(*m_plot, 1);
    m_figure.boxed = std::make_shared<std::vector<Row>>(std::vector{Row{10}});
    m_plot->setFigure(m_figure);
    QVERIFY(rendered(*m_plot, 1) != plain);
}

void SpacePlotTest::escapeEndsADrag() {
    QSignalSpy boxes(m_plot.get(), &SpacePlot::boxSelected);
    QSignalSpy clicks(m_plot.get(), &SpacePlot::clicked);
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, at(10));
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, at(10));
    QCOMPARE(boxes.size() + clicks.size(), 0);
}

void SpacePlotTest::viewIsKeptForTheSameProjectionOnly() {
    const QRectF start = m_plot->view();
    m_plot->zoom(2);
    const QRectF closer = m_plot->view();
    QVERIFY(closer.width() < start.width());
    m_figure.marks = {{Row{1}, PointRole::Selected, QStringLiteral("one")}};
    m_plot->setFigure(m_figure);
    QCOMPARE(m_plot->view(), closer);
    m_figure.projection = ring();
    m_plot->setFigure(m_figure);
    QCOMPARE(m_plot->view(), start);
    m_plot->setView(QRectF(-1, -1, 2, 0.5));
    QVERIFY(m_plot->view().adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(QRectF(-1, -1, 2, 0.5)));
}

void SpacePlotTest::contentStaysOnResizeBackAndForth() {
    m_plot->zoom(2);
    const QRectF view = m_plot->view();
    m_plot->resize(300, 500);
    QVERIFY(near(m_plot->view().center(), view.center(), 1e-6));
    m_plot->resize(600, 400);
    QVERIFY(std::abs(m_plot->view().width() / view.width() - 1) < 1e-6);
}

void SpacePlotTest::centerOnBringsARowIntoView() {
    m_plot->zoom(8);
    QVERIFY(!m_plot->fieldRect().contains(m_plot->pointPosition(Row{0})));
    const double width = m_plot->view().width();
    m_plot->centerOn(Row{0});
    QVERIFY(near(m_plot->pointPosition(Row{0}), m_plot->fieldRect().center()));
    QVERIFY(std::abs(m_plot->view().width() - width) < 1e-9);
    const QRectF view = m_plot->view();
    m_plot->centerOn(Row{0});
    m_plot->centerOn(Row{9999});
    QCOMPARE(m_plot->view(), view);
}

void SpacePlotTest::labelsNeverOverlapAndMoreAppearCloser() {
    m_figure.projection = gaussian(3000);
    for (std::uint32_t row = 0; row < 600; ++row) {
        const PointRole role = row == 0   ? PointRole::Selected
                               : row < 8  ? PointRole::Neighbor
                               : row < 16 ? PointRole::Token
                                          : PointRole::Frequent;
        m_figure.marks.push_back({Row{row}, role, QStringLiteral("word%1").arg(row)});
    }
    m_plot->setFigure(m_figure);
    const auto check = [this] {
        const std::vector<QRectF> labels = m_plot->labelRects();
        for (std::size_t i = 0; i < labels.size(); ++i) {
            QVERIFY(m_plot->fieldRect().contains(labels[i]));
            for (std::size_t k = 0; k < i; ++k) {
                QVERIFY(!labels[i].intersects(labels[k]));
            }
        }
    };
    check();
    const std::size_t far = m_plot->labelRects().size();
    QVERIFY(far >= 16 && far < 600);
    std::size_t inView = 0;
    m_plot->setView(QRectF(-0.5, -0.5, 1, 1));
    for (std::uint32_t row = 0; row < 600; ++row) {
        inView += m_plot->fieldRect().contains(m_plot->pointPosition(Row{row}));
    }
    const double shareCloser = static_cast<double>(m_plot->labelRects().size()) / static_cast<double>(inView);
    QVERIFY(shareCloser > static_cast<double>(far) / 600);
    check();
}

void SpacePlotTest::readOutHidesWhatItCovers() {
    m_figure.projection = gaussian(500);
    for (std::uint32_t row = 0; row < 200; ++row) {
        m_figure.marks.push_back({Row{row}, PointRole::Frequent, QStringLiteral("word%1").arg(row)});
    }
    m_plot->setFigure(m_figure);
    const std::vector<QRectF> before = m_plot->labelRects();
    m_figure.marks.push_back(
        {Row{300}, PointRole::Hovered, QStringLiteral("a rather long label of a hovered token")});
    m_plot->setFigure(m_figure);
    const std::vector<QRectF> after = m_plot->labelRects();
    const QRectF readOut = after.back();
    QVERIFY(m_plot->fieldRect().contains(readOut));
    for (std::size_t i = 0; i + 1 < after.size(); ++i) {
        QVERIFY(!after[i].intersects(readOut));
        QVERIFY(std::find(before.begin(), before.end(), after[i]) != before.end());  // nothing has moved
    }
    m_figure.marks.pop_back();
    m_plot->setFigure(m_figure);
    QCOMPARE(m_plot->labelRects(), before);
}

void SpacePlotTest::neighborsAreLabelledByRank() {
    // Frequent tokens come first in a figure; two of them are neighbours too, the later one the nearer.
    m_figure.projection = projectionOf({0, 0, 1, 1, 2, 2, 3, 3});
    m_figure.marks = {{Row{1}, PointRole::Frequent, QStringLiteral("far")},
                      {Row{2}, PointRole::Frequent, QStringLiteral("near")},
                      {Row{0}, PointRole::Selected, QStringLiteral("here")},
                      {Row{2}, PointRole::Neighbor, QStringLiteral("near")},
                      {Row{3}, PointRole::Neighbor, QStringLiteral("next")},
                      {Row{1}, PointRole::Neighbor, QStringLiteral("far")}};
    const SpaceMarks merged = mergeMarks(m_figure, themeOf(ThemeName::Light));
    QStringList labels;
    for (const SpaceMark& mark : merged.marks) {
        labels << mark.label;
    }
    QCOMPARE(labels, (QStringList{QStringLiteral("near"), QStringLiteral("next"), QStringLiteral("far"),
                                  QStringLiteral("here")}));
}

void SpacePlotTest::rowsWithoutPointsAreLeftOut() {
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    m_figure.projection = projectionOf({0, 0, 1, 1, none, none});
    m_figure.marks = {{Row{2}, PointRole::Selected, QStringLiteral("lost")},
                      {Row{77}, PointRole::Neighbor, QStringLiteral("beyond")},
                      {Row{1}, PointRole::Neighbor, QStringLiteral("there")}};
    m_plot->setFigure(m_figure);
    QVERIFY(m_plot->pointPosition(Row{2}).isNull());
    QVERIFY(m_plot->pointPosition(Row{77}).isNull());
    QCOMPARE(m_plot->labelRects().size(), std::size_t{1});
    rendered(*m_plot, 1);
    m_figure.yComponent = 9;
    m_plot->setFigure(m_figure);
    QVERIFY(m_plot->labelRects().empty());
    rendered(*m_plot, 1);
}

void SpacePlotTest::messageInsteadOfPoints() {
    const QImage points = rendered(*m_plot, 1);
    SpaceFigure empty;
    empty.message = QStringLiteral("No model is open.");
    m_plot->setFigure(empty);
    const QImage message = rendered(*m_plot, 1);
    QVERIFY(message != points);
    m_plot->setFigure(SpaceFigure());
    QVERIFY(rendered(*m_plot, 1) != message);
    // Nothing of this may move or report anything.
    QSignalSpy clicks(m_plot.get(), &SpacePlot::clicked);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, QPoint(300, 200));
    test::wheel(*m_plot, QPointF(300, 200), 120);
    QTest::keyClick(m_plot.get(), Qt::Key_Plus);
    m_plot->centerOn(Row{0});
    QCOMPARE(clicks.size(), 0);
    QVERIFY(m_plot->pointPosition(Row{0}).isNull());
}

void SpacePlotTest::rendersCrispAtAnyRatio() {
    m_figure.marks = {{Row{10}, PointRole::Selected, QStringLiteral("queen")}};
    m_plot->setFigure(m_figure);
    for (const double ratio : {1.0, 1.5, 2.0, 4.0}) {
        const QImage image = rendered(*m_plot, ratio);
        QCOMPARE(image.size(), m_plot->size() * ratio);
        const QPointF place = m_plot->pointPosition(Row{10}) * ratio;
        QCOMPARE(image.pixelColor(place.toPoint()), m_theme->theme().slot(0));
        for (int x = 0; x < image.width(); ++x) {
            QVERIFY(image.pixelColor(x, 0) != QColor(Qt::magenta));
        }
    }
    // Scaled up from fewer pixels, every 4 × 4 block would be smooth: text and frame have edges inside
    // blocks.
    const QImage large = rendered(*m_plot, 4);
    const QImage blurred = large.scaled(m_plot->size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                               .scaled(large.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    int sharp = 0;
    for (int y = 0; y < large.height(); ++y) {
        for (int x = 0; x < large.width(); ++x) {
            sharp += std::abs(qGray(large.pixel(x, y)) - qGray(blurred.pixel(x, y))) > 60;
        }
    }
    QVERIFY(sharp > 300);
}

void SpacePlotTest::samePixelsForTheSameInput() {
    m_figure.marks = {{Row{1}, PointRole::Token, QStringLiteral("one")},
                      {Row{2}, PointRole::Selected, QStringLiteral("two")}};
    m_plot->setFigure(m_figure);
    const QImage first = rendered(*m_plot, 2);
    m_plot->zoom(3);
    rendered(*m_plot, 1);
    m_plot->resetView();
    QCOMPARE(rendered(*m_plot, 2), first);
    SpacePlot other(*m_theme);
    other.resize(m_plot->size());
    other.setFigure(m_figure);
    QCOMPARE(rendered(other, 2), first);
}

void SpacePlotTest::themeIsFollowed() {
    for (const ThemeName name : {ThemeName::Dark, ThemeName::Print, ThemeName::Light}) {
        m_theme->set(name);
        const QImage image = rendered(*m_plot, 1);
        QCOMPARE(image.pixelColor(0, image.height() - 1), themeOf(name).surface);
        QCOMPARE(image.pixelColor(m_plot->fieldRect().topLeft().toPoint() + QPoint(2, 2)),
                 themeOf(name).field);
    }
}

void SpacePlotTest::dimmedIsFainter() {
    m_figure.marks = {{Row{10}, PointRole::Selected, QString()}};
    m_plot->setFigure(m_figure);
    const QPoint middle = at(10);
    const int clear = qGray(rendered(*m_plot, 1).pixel(middle));
    m_figure.dimmed = true;
    m_plot->setFigure(m_figure);
    QVERIFY(qGray(rendered(*m_plot, 1).pixel(middle)) > clear + 40);
}

void SpacePlotTest::manyPointsArriveLaterOnScreenAndAtOnceInFiles() {
    m_figure.projection = gaussian(400'000);
    m_figure.marks = {{Row{1}, PointRole::Selected, QStringLiteral("one")}};
    m_plot->setFigure(m_figure);
    QTRY_VERIFY(!m_plot->pointPosition(Row{1}).isNull());
    SpacePlot hidden(*m_theme);
    hidden.resize(m_plot->size());
    hidden.setFigure(m_figure);
    const QImage whole = rendered(hidden, 1);
    QTRY_COMPARE(rendered(*m_plot, 1), whole);
    // Zoomed, the screen may show the old image for a moment; at last it is the same picture.
    m_plot->zoom(1.5);
    hidden.zoom(1.5);
    QTRY_COMPARE(rendered(*m_plot, 1), rendered(hidden, 1));
    // A new projection replaces one that is still being made.
    m_figure.projection = gaussian(300'000);
    m_plot->setFigure(m_figure);
    m_figure.projection = ring();
    m_plot->setFigure(m_figure);
    const QPointF place = m_plot->pointPosition(Row{10});
    QVERIFY(!place.isNull());
    QTest::qWait(300);
    QCOMPARE(m_plot->pointPosition(Row{10}), place);
    QVERIFY(m_plot->pointPosition(Row{11}).isNull());
    // And whole pictures need no event loop.
    m_figure.projection = gaussian(300'000);
    m_plot->setWhole(true);
    m_plot->setFigure(m_figure);
    QVERIFY(!m_plot->pointPosition(Row{299'999}).isNull());
}

void SpacePlotTest::dotsAreWhereTheirPointsAre() {
    m_plot->setView(QRectF(-2.53, -1.37, 5, 3));
    for (const double ratio : {1.0, 1.5, 2.0}) {
        const QImage image = rendered(*m_plot, ratio);
        for (std::uint32_t row = 0; row < 11; ++row) {
            const QPointF place = m_plot->pointPosition(Row{row}) * ratio;
            if (!m_plot->fieldRect().adjusted(9, 9, -9, -9).contains(place / ratio)) {
                continue;
            }
            // The centre of gravity of the ink around it.
            QPointF sum;
            double ink = 0;
            for (int y = -7; y <= 7; ++y) {
                for (int x = -7; x <= 7; ++x) {
                    const QPoint pixel(static_cast<int>(place.x()) + x, static_cast<int>(place.y()) + y);
                    const double dark = qGray(m_theme->theme().field.rgb()) - qGray(image.pixel(pixel));
                    if (dark > 15) {  // no line of the grid
                        sum += dark * (QPointF(pixel) + QPointF(0.5, 0.5));
                        ink += dark;
                    }
                }
            }
            QVERIFY(ink > 0);
            QVERIFY2(near(sum / ink, place, 0.35),
                     qPrintable(QStringLiteral("row %1 at %2").arg(row).arg(ratio)));
        }
    }
}

void SpacePlotTest::crowdsHaveShadesAndTheirLegend() {
    const QRect corner(300, 400 - 16, 300, 16);  // right of the title of the horizontal axis
    m_plot->setWhole(true);
    const QImage empty = rendered(*m_plot, 1).copy(corner.adjusted(100, 0, 0, 0));
    m_figure.projection = gaussian(400'000);
    m_plot->setFigure(m_figure);
    m_plot->resetView();
    const QImage crowd = rendered(*m_plot, 1);
    QVERIFY(crowd.copy(corner.adjusted(100, 0, 0, 0)) != empty);
    // Darker where denser, all the way: no blob of one grey. Rings of a normal cloud, in its own standard
    // deviations.
    const QPointF middle = m_plot->fieldRect().center();
    const double unit = m_plot->fieldRect().width() / m_plot->view().width();
    const QPointF origin = middle - m_plot->view().center() * unit;
    double before = 0;
    for (const double ring : {0.2, 1.0, 1.8, 2.6, 3.4}) {
        double sum = 0;
        for (int i = 0; i < 64; ++i) {
            const double angle = i * 0.0982;
            const QPointF at = QPointF(origin.x(), 2 * middle.y() - origin.y()) +
                               ring * unit * QPointF(std::cos(angle), std::sin(angle));
            sum += qGray(crowd.pixel(at.toPoint())) / 64.0;
        }
        QVERIFY2(sum > before + 8,
                 qPrintable(QStringLiteral("%1: %2 after %3").arg(ring).arg(sum).arg(before)));
        before = sum;
    }
    // Moving changes no shade.
    m_plot->setView(m_plot->view().translated(100 / unit, 0));
    const QImage moved = rendered(*m_plot, 1);
    const QPoint place = (origin + QPointF(0.3 * unit, 0.4 * unit)).toPoint();
    QCOMPARE(moved.pixel(place - QPoint(100, 0)), crowd.pixel(place));
    QCOMPARE(moved.copy(corner), crowd.copy(corner));
}

void SpacePlotTest::colorsAreThoseOfTheTraits() {
    m_figure.traits = evenAndOdd(11);
    m_plot->setFigure(m_figure);
    const QImage image = rendered(*m_plot, 1);
    const QColor odd = m_theme->theme().category(5);
    const QColor even(image.pixel(at(2)));
    const QColor other(image.pixel(at(3)));
    QVERIFY(even.blue() > even.red() + 20);
    QVERIFY(other.red() > other.blue() + 20);
    QVERIFY(std::abs(other.hsvHue() - odd.hsvHue()) < 12);
    // Traits of another model, with fewer rows, are not these points': they stay grey.
    m_figure.traits = evenAndOdd(5);
    m_plot->setFigure(m_figure);
    const QColor grey(rendered(*m_plot, 1).pixel(at(3)));
    QVERIFY(std::abs(grey.red() - grey.blue()) < 20);
}

void SpacePlotTest::hiddenPointsAreNotThere() {
    m_figure.traits = evenAndOdd(11);
    m_figure.marks = {{Row{1}, PointRole::Neighbor, QStringLiteral("one")},
                      {Row{2}, PointRole::Neighbor, QStringLiteral("two")},
                      {Row{5}, PointRole::Selected, QStringLiteral("five")}};
    m_plot->setFigure(m_figure);
    const std::size_t labels = m_plot->labelRects().size();
    const QRectF view = m_plot->view();
    m_figure.hidden.classes = 0b10;  // the odd ones
    m_plot->setFigure(m_figure);
    QCOMPARE(m_plot->view(), view);
    QCOMPARE(m_plot->labelRects().size(), labels - 1);  // "one"; what is selected stays

    QSignalSpy hovers(m_plot.get(), &SpacePlot::hovered);
    QSignalSpy clicks(m_plot.get(), &SpacePlot::clicked);
    for (const std::uint32_t row : {1U, 3U, 7U}) {
        QTest::mouseMove(m_plot.get(), at(row));
        QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, at(row));
        QCOMPARE(QColor(rendered(*m_plot, 1).pixel(at(row))), m_theme->theme().field);
    }
    QTest::qWait(50);
    QCOMPARE(hovers.size() + clicks.size(), 0);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, at(4));
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, at(5));
    QCOMPARE(clicks.size(), 2);

    std::vector<Row> boxed;
    connect(m_plot.get(), &SpacePlot::boxSelected, this, [&](const std::vector<Row>& rows) { boxed = rows; });
    const QRect field = m_plot->fieldRect().toRect();
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, field.topLeft() + QPoint(1, 1));
    QMouseEvent move(QEvent::MouseMove, QPointF(field.center()), m_plot->mapToGlobal(field.center()),
                     Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
    QCoreApplication::sendEvent(m_plot.get(), &move);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, field.bottomRight() - QPoint(1, 1));
    QVERIFY((boxed == std::vector{Row{0}, Row{2}, Row{4}, Row{6}, Row{8}, Row{10}}));
    // And what was in the box before does not shine through.
    std::vector<Row> all;
    for (std::uint32_t row = 0; row < 11; ++row) {
        all.push_back(Row{row});
    }
    m_figure.boxed = std::make_shared<std::vector<Row>>(all);
    m_plot->setFigure(m_figure);
    QCOMPARE(QColor(rendered(*m_plot, 1).pixel(at(3))), m_theme->theme().field);
    QVERIFY(QColor(rendered(*m_plot, 1).pixel(at(4))) != m_theme->theme().field);
}

void SpacePlotTest::glideEndsWhereAJumpDoes() {
    m_figure.projection = gaussian(3000);
    m_figure.marks = {{Row{17}, PointRole::Selected, QStringLiteral("seventeen")}};
    StyleWithAnimation slow(40);
    StyleWithAnimation none(0);
    for (const double closer : {1.0, 3.0, 50.0}) {
        SpacePlot jumps(*m_theme);
        jumps.setStyle(&none);
        jumps.resize(m_plot->size());
        m_plot->setStyle(&slow);
        for (SpacePlot* plot : {m_plot.get(), &jumps}) {
            plot->setFigure(m_figure);
            plot->setView(QRectF(-3, -3, 6 / closer, 6 / closer));
        }
        jumps.show();
        QVERIFY(QTest::qWaitForWindowExposed(&jumps));
        const QRectF start = m_plot->view();
        QCOMPARE(start, jumps.view());
        m_plot->glideToSelection();
        QCOMPARE(m_plot->view(), start);
        jumps.glideToSelection();
        QVERIFY(jumps.view() != start);
        QTRY_COMPARE(m_plot->view(), jumps.view());
        QVERIFY(near(jumps.pointPosition(Row{17}), jumps.fieldRect().center()));
        QCOMPARE(rendered(*m_plot, 1), rendered(jumps, 1));
        QVERIFY(jumps.view().width() <= start.width() * 1.01);
        jumps.setStyle(nullptr);
        m_plot->setStyle(nullptr);
    }
}

void SpacePlotTest::whatAPersonDoesEndsTheGlide() {
    m_figure.projection = gaussian(3000);
    m_figure.marks = {{Row{17}, PointRole::Selected, QStringLiteral("seventeen")}};
    StyleWithAnimation slow(2000);
    m_plot->setStyle(&slow);
    m_plot->setFigure(m_figure);
    const QRectF all = m_plot->view();
    m_plot->glideToSelection();
    QTRY_VERIFY(m_plot->view() != all);
    m_plot->resetView();
    QTest::qWait(60);
    QCOMPARE(m_plot->view(), all);
    m_plot->glideToSelection();
    test::wheel(*m_plot, m_plot->fieldRect().center(), 120);
    const QRectF zoomed = m_plot->view();
    QTest::qWait(60);
    QCOMPARE(m_plot->view(), zoomed);
    // A picture for a file does not wait half way.
    m_plot->glideToSelection();
    m_plot->setWhole(true);
    QVERIFY(near(m_plot->pointPosition(Row{17}), m_plot->fieldRect().center()));
    m_plot->setStyle(nullptr);
}

void SpacePlotTest::spaceGoesToTheSelection() {
    m_plot->setFocus();
    const QRectF start = m_plot->view();
    QTest::keyClick(m_plot.get(), Qt::Key_Space);  // nothing is selected
    QTest::qWait(50);
    QCOMPARE(m_plot->view(), start);
    m_figure.marks = {{Row{3}, PointRole::Selected, QStringLiteral("three")}};
    m_plot->setFigure(m_figure);
    QTest::keyClick(m_plot.get(), Qt::Key_Space);
    QTRY_VERIFY(near(m_plot->pointPosition(Row{3}), m_plot->fieldRect().center()));
    QVERIFY(m_plot->view().width() < start.width() / 3);
}

void SpacePlotTest::neighbourLinesHoldInACrowd() {
    m_figure.projection = gaussian(1'000'000);
    m_plot->setWhole(true);
    m_figure.marks = {{Row{100}, PointRole::Selected, QString()}};
    m_plot->setFigure(m_figure);
    const QImage without = rendered(*m_plot, 1);
    for (std::uint32_t row = 200; row < 212; ++row) {
        m_figure.marks.push_back({Row{row}, PointRole::Neighbor, QString()});
    }
    m_plot->setFigure(m_figure);
    const QImage with = rendered(*m_plot, 1);
    for (std::uint32_t row = 200; row < 212; ++row) {
        // The middle of each line; the labels and dots lie at its ends.
        const QPointF middle = (m_plot->pointPosition(Row{100}) + m_plot->pointPosition(Row{row})) / 2;
        QVERIFY(with.pixel(middle.toPoint()) != without.pixel(middle.toPoint()));
    }
    // Close to the selected point the other ends are far outside; the lines still leave in their directions.
    m_plot->glideToSelection();
    m_plot->zoom(3000);
    const QImage close = rendered(*m_plot, 1);
    const QPointF from = m_plot->pointPosition(Row{100});
    QVERIFY(m_plot->fieldRect().contains(from));
    for (std::uint32_t row = 200; row < 212; ++row) {
        const QPointF far = m_plot->pointPosition(Row{row}) - from;
        const QPoint on = (from + far * (40 / std::hypot(far.x(), far.y()))).toPoint();
        QVERIFY(QColor(close.pixel(on)) != m_theme->theme().field);
    }
}

QTEST_MAIN(SpacePlotTest)
#include "space_plot_test.moc"
