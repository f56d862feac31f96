// SPDX-License-Identifier: GPL-3.0-or-later
// How long the positions panel takes from a turn of the wheel to its picture, with a matrix of 8,192 × 4,096:
// everything is computed, laid out and painted. Beside it, what a frame has at 30 a second, one read of the
// matrix from memory, and one pass that reduces it to the lines of the map.
#include "core/embedding/row_summary.h"
#include "tests/support/workspace.h"
#include "ui/panels/positions_panel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/style_sheet.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include <QApplication>
#include <QSpinBox>
#include <QWheelEvent>

using namespace lexiscope;

namespace {

using Clock = std::chrono::steady_clock;

constexpr double frame = 1000.0 / 30;

double millisecondsSince(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void turnWheel(QWidget& map, QPoint turn, Qt::KeyboardModifiers modifiers) {
    const QPointF at = map.rect().center();
    QWheelEvent event(at, map.mapToGlobal(at), QPoint(), turn, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&map, &event);
}

/// Turns the wheel and lets the window paint, so often; prints median and longest.
void measure(const char* what, QWidget& map, QPoint turn, Qt::KeyboardModifiers modifiers) {
    std::vector<double> times;
    for (int i = 0; i < 60; ++i) {
        const auto begin = Clock::now();
        turnWheel(map, i % 20 < 10 ? turn : -turn, modifiers);
        // Twice: the panel answers in the first pass, and paints in the second.
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        times.push_back(millisecondsSince(begin));
    }
    std::sort(times.begin(), times.end());
    std::printf("%-34s median %6.1f ms, longest %6.1f ms: %.2f and %.2f of a frame\n", what, times[30],
                times.back(), times[30] / frame, times.back() / frame);
}

void printReferences(const PositionMatrix& matrix, int lines) {
    const std::span<const float> values = matrix.levels->values();
    auto begin = Clock::now();
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    std::printf("%-34s %6.1f ms (sum %.0f)\n", "one read of the matrix", millisecondsSince(begin), sum);
    const auto table = EmbeddingTable::owned({values.begin(), values.end()}, matrix.levels->rows(),
                                             matrix.levels->columns());
    NoProgress progress;
    begin = Clock::now();
    const bool ok =
        matrixWindow(*table, 0, table->rows(), static_cast<std::size_t>(std::max(1, lines)), progress).ok();
    std::printf("%-34s %6.1f ms%s\n", "one pass that reduces it", millisecondsSince(begin),
                ok ? "" : " (failed)");
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    test::Workspace w;
    applyTheme(application, w.themes.theme());
    Card card(w.themes, QStringLiteral("Positions"));
    auto* panel = new PositionsPanel(w.context());
    card.setContent(panel);
    for (QWidget* tool : panel->tools()) {
        card.addTool(tool);
    }
    card.resize(2400, 700);
    card.show();
    w.session.setText("The king and the queen of France walked along the river.");
    if (!w.load(0, QStringLiteral("builtin:tiny-gpt2"))) {
        return 1;
    }
    const auto begin = Clock::now();
    card.findChild<QSpinBox*>(QStringLiteral("length"))->setValue(8192);
    card.findChild<QSpinBox*>(QStringLiteral("dimension"))->setValue(4096);
    if (!w.settle()) {
        return 1;
    }
    std::printf("%-34s %6.0f ms\n", "computed, in the background", millisecondsSince(begin));
    auto& map = *card.findChild<HeatMapView*>(QStringLiteral("positionMatrix"));
    std::printf("map of %d lines; a frame has %.1f ms\n", map.mapHeight(), frame);
    const auto zoom = [&](int notches) {
        for (int i = 0; i < std::abs(notches); ++i) {
            turnWheel(map, QPoint(0, notches > 0 ? 120 : -120), Qt::ControlModifier);
            QCoreApplication::processEvents();
        }
    };
    measure("scroll rows, zoomed in", map, QPoint(0, -120), Qt::NoModifier);
    zoom(-10);
    measure("scroll rows, some hundreds", map, QPoint(0, -120), Qt::NoModifier);
    measure("zoom rows", map, QPoint(0, -120), Qt::ControlModifier);
    zoom(-6);
    measure("scroll rows, some thousands", map, QPoint(0, -120), Qt::NoModifier);
    zoom(-30);
    measure("zoom columns, all rows", map, QPoint(0, 120), Qt::ControlModifier | Qt::ShiftModifier);
    measure("zoom rows, from all", map, QPoint(0, 120), Qt::ControlModifier);
    NoProgress progress;
    PositionMatrix matrix;
    std::vector<float> values = sinusoidalMatrix({8192, 4096}, w.pool, progress).value();
    matrix.levels = MatrixLevels::build(std::move(values), 4096, w.pool, progress).value();
    printReferences(matrix, map.mapHeight());
    return 0;
}
