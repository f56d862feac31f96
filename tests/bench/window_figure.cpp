// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window of 1440 × 900 takes as a figure of four times that: from what is loaded to the bytes of
// a PNG, and as SVG and PDF. Beside it, in the same turn, what a program that has the picture already needs
// for the same pixels: painting that picture into an image of their size and writing it as PNG, as Qt does
// unasked. Needs no display: QT_QPA_PLATFORM=offscreen.
#include "core/search/token_lookup.h"
#include "tests/support/workspace.h"
#include "ui/figures/figure_file.h"
#include "ui/main_window/figure_maker.h"
#include "ui/widgets/style_sheet.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include <QApplication>
#include <QBuffer>
#include <QPainter>

using namespace lexiscope;

namespace {

constexpr int turns = 7;
constexpr double scale = 4;

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

FigureSpec windowSpec() {
    FigureSpec spec;
    spec.size = {QSizeF(1440, 900), false};
    spec.scale = scale;
    return spec;
}

/// From the command to the bytes, the models being loaded and the results there.
QByteArray make(test::Workspace& w, FigureFormat format) {
    FigureMaker maker(w.context(), w.runner, windowSpec());
    if (!w.settle()) {
        return {};
    }
    const Result<QByteArray> file = maker.file(format);
    return file.ok() ? file.value() : QByteArray();
}

/// The picture painted once more, and written with the level of compression that Qt takes itself.
qsizetype reference(const QImage& picture) {
    QImage copy(picture.size(), QImage::Format_RGB32);
    QPainter painter(&copy);
    painter.drawImage(QPointF(), picture);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    copy.save(&buffer, "png");
    return bytes.size();
}

bool begin(test::Workspace& w) {
    w.session.setText("The king and the queen of France walked along the river.");
    if (!w.load(0, QStringLiteral("builtin:tiny-gpt2"))) {
        return false;
    }
    w.selection.select({0, findToken(*w.session.slot(0).model, "queen").value().row, std::nullopt});
    return w.settle();
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    test::Workspace w;
    applyTheme(application, w.themes.theme());
    if (!begin(w)) {
        return 1;
    }
    QImage picture;
    picture.loadFromData(make(w, FigureFormat::Png));
    picture = picture.convertToFormat(QImage::Format_RGB32);
    picture.setDevicePixelRatio(1);
    std::vector<double> png;
    std::vector<double> usual;
    std::vector<double> ratio;
    qsizetype size = 0;
    qsizetype usualSize = 0;
    for (int i = 0; i < turns; ++i) {
        usual.push_back(seconds([&] { usualSize = reference(picture); }));
        png.push_back(seconds([&] { size = make(w, FigureFormat::Png).size(); }));
        ratio.push_back(png.back() / usual.back());
    }
    std::printf(
        "window as a PNG of %d x %d: %.2f s (%.1f to %.1f times the reference, median %.2f), %.0f kB\n",
        picture.width(), picture.height(), median(png), *std::min_element(ratio.begin(), ratio.end()),
        *std::max_element(ratio.begin(), ratio.end()), median(ratio), static_cast<double>(size) / 1000);
    std::printf("reference, the same pixels painted and written: %.2f s, %.0f kB\n", median(usual),
                static_cast<double>(usualSize) / 1000);
    for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf}) {
        std::vector<double> times;
        for (int i = 0; i < 3; ++i) {
            times.push_back(seconds([&] { size = make(w, format).size(); }));
        }
        std::printf("window as %s: %.2f s, %.0f kB\n", qPrintable(nameOf(format).toUpper()), median(times),
                    static_cast<double>(size) / 1000);
    }
    return 0;
}
