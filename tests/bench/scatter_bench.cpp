// SPDX-License-Identifier: GPL-3.0-or-later
// The map of a million points and more. First one painting of it against QCPGraph's of the same points, in
// turn; then frames while the map is dragged and zoomed, each painted whole, with labels, ticks and legend.
#include "ui/plots/space_plot.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>
#include <vector>

#include <QApplication>
#include <QImage>
#include <qcustomplot.h>

using namespace lexiscope;

namespace {

/// Milliseconds by the clock on the wall, and of all processors together: what else runs on the machine
/// changes the one, hardly the other.
struct Taken {
    std::vector<double> wall;
    std::vector<double> processor;
};

double processorMilliseconds() {
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void measure(Taken& taken, const std::function<void()>& work) {
    using Clock = std::chrono::steady_clock;
    const double processor = processorMilliseconds();
    const auto begin = Clock::now();
    work();
    taken.wall.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    taken.processor.push_back(processorMilliseconds() - processor);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Heaps of falling size, as the words of a language have them.
std::shared_ptr<const PcaResult> makePoints(std::size_t rows) {
    constexpr int heaps = 40;
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<double> shares;
    std::vector<std::array<float, 3>> places;
    for (int i = 0; i < heaps; ++i) {
        shares.push_back(1.0 / (i + 1));
        places.push_back({2 * normal(random), 1.2F * normal(random), 0.2F + 0.2F * std::abs(normal(random))});
    }
    std::discrete_distribution<std::size_t> heap(shares.begin(), shares.end());
    auto result = std::make_shared<PcaResult>();
    result->rows = rows;
    result->components = 2;
    result->dimension = 2;
    result->coordinates.resize(2 * rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::array<float, 3>& place = places[heap(random)];
        result->coordinates[2 * row] = place[0] + place[2] * normal(random);
        result->coordinates[2 * row + 1] = place[1] + place[2] * normal(random);
    }
    return result;
}

std::shared_ptr<const PointTraits> makeClasses(const PcaResult& points) {
    TokenTraits tokens;
    tokens.scripts.resize(points.rows);
    for (std::size_t row = 0; row < points.rows; ++row) {
        tokens.scripts[row] = static_cast<Script>(row * row % scriptNames().size());
    }
    return scriptTraits(tokens, points);
}

/// As the panel makes it: the words of the first 6,000 rows, a selection and its neighbours.
SpaceFigure makeFigure(std::size_t rows) {
    SpaceFigure figure;
    figure.projection = makePoints(rows);
    figure.xTitle = QStringLiteral("PC 1 (5.0 %)");
    figure.yTitle = QStringLiteral("PC 2 (4.0 %)");
    for (std::uint32_t row = 0; row < 6000; ++row) {
        figure.marks.push_back({Row{row}, PointRole::Frequent, QStringLiteral("word%1").arg(row)});
    }
    for (std::uint32_t row = 7000; row < 7012; ++row) {
        figure.marks.push_back({Row{row}, PointRole::Neighbor, QStringLiteral("near%1").arg(row)});
    }
    figure.marks.push_back({Row{6999}, PointRole::Selected, QStringLiteral("selected")});
    return figure;
}

/// The same points in a QCustomPlot of the same size, drawn as dots of the same size.
class Reference {
  public:
    Reference(const PcaResult& points, QSize size, const QRectF& view) : m_size(size) {
        QVector<double> x(static_cast<qsizetype>(points.rows));
        QVector<double> y(static_cast<qsizetype>(points.rows));
        for (std::size_t row = 0; row < points.rows; ++row) {
            x[static_cast<qsizetype>(row)] = static_cast<double>(points.coordinates[2 * row]);
            y[static_cast<qsizetype>(row)] = static_cast<double>(points.coordinates[2 * row + 1]);
        }
        m_graph = m_plot.addGraph();
        m_graph->setData(x, y);
        m_graph->setLineStyle(QCPGraph::lsNone);
        m_plot.xAxis->setRange(view.left(), view.right());
        m_plot.yAxis->setRange(view.top(), view.bottom());
    }
    /// QCPGraph's adaptive sampling leaves points out.
    void paint(QCPScatterStyle::ScatterShape shape, bool sampled, Taken& taken) {
        m_graph->setScatterStyle(QCPScatterStyle(shape, QPen(Qt::NoPen), QBrush(QColor(0x9aa3b2)), 2.3));
        if (shape == QCPScatterStyle::ssDot) {
            m_graph->setScatterStyle(QCPScatterStyle(shape, QColor(0x9aa3b2), 1));
        }
        m_graph->setAdaptiveSampling(sampled);
        QImage image(m_size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QCPPainter painter(&image);
        measure(taken, [&] { m_plot.toPainter(&painter, m_size.width(), m_size.height()); });
    }

  private:
    QCustomPlot m_plot;
    QCPGraph* m_graph = nullptr;
    QSize m_size;
};

void frame(SpacePlot& plot, QImage& image, Taken& taken) {
    measure(taken, [&] { plot.render(&image); });
}

void againstGraph(SpacePlot& plot, const SpaceFigure& figure, QImage& image) {
    Reference reference(*figure.projection, plot.size(), plot.view());
    Taken ours;
    Taken discs;
    Taken dots;
    Taken sampled;
    const QRectF view = plot.view();
    for (int i = 1; i <= 7; ++i) {
        plot.setView(view.translated(view.width() * 0.001 * i, 0));  // so that no image is kept
        frame(plot, image, ours);
        reference.paint(QCPScatterStyle::ssDisc, false, discs);
        reference.paint(QCPScatterStyle::ssDot, false, dots);
        reference.paint(QCPScatterStyle::ssDisc, true, sampled);
    }
    plot.resetView();
    std::printf("one painting, median of %zu: ours with labels and legend %.1f ms, %.1f ms of processor\n",
                ours.wall.size(), median(ours.wall), median(ours.processor));
    const auto report = [&](const char* what, const Taken& theirs) {
        std::printf("  QCPGraph, %-34s %7.1f ms, %5.1f x ours; of processor %5.1f x ours\n", what,
                    median(theirs.wall), median(theirs.wall) / median(ours.wall),
                    median(theirs.processor) / median(ours.processor));
    };
    report("all points, discs of that size", discs);
    report("all points, dots of one pixel", dots);
    report("its adaptive sampling, discs", sampled);
}

/// Some seconds of dragging and zooming.
void frames(const char* what, SpacePlot& plot, QImage& image) {
    plot.resetView();
    const QRectF all = plot.view();
    Taken taken;
    for (int i = 0; i < 60; ++i) {
        const double pixel = plot.view().width() / plot.fieldRect().width();
        plot.setView(plot.view().translated((i < 30 ? 7 : -7) * pixel, (i % 20 < 10 ? 3 : -3) * pixel));
        frame(plot, image, taken);
    }
    for (int i = 0; i < 60; ++i) {
        plot.zoom(i < 30 ? 1.08 : 1 / 1.08);
        frame(plot, image, taken);
    }
    plot.setView(all);
    const double slowest = *std::max_element(taken.processor.begin(), taken.processor.end());
    std::printf("  %-34s %4.0f frames a second; of processor %4.1f ms each, at most %4.1f\n", what,
                1000 / median(taken.wall), median(taken.processor), slowest);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const ThemeSource theme;
    for (const std::size_t rows : {std::size_t{1'000'000}, std::size_t{3'000'000}}) {
        SpaceFigure figure = makeFigure(rows);
        for (const QSize size : {QSize(700, 480), QSize(1600, 900)}) {
            std::printf("%zu points in %d x %d\n", rows, size.width(), size.height());
            SpacePlot plot(theme);
            plot.setWhole(true);
            plot.resize(size);
            figure.traits = nullptr;
            plot.setFigure(figure);
            QImage image(size, QImage::Format_ARGB32_Premultiplied);
            Taken first;
            frame(plot, image, first);
            if (rows == 1'000'000) {
                againstGraph(plot, figure, image);
            }
            frames("dragged and zoomed", plot, image);
            figure.traits = makeClasses(*figure.projection);
            plot.setFigure(figure);
            frames("the same in nine colours", plot, image);
            figure.traits = rowOrderTraits(*figure.projection);
            plot.setFigure(figure);
            frames("the same by a scale of numbers", plot, image);
        }
    }
    return 0;
}
