// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/process_output.h"
#include "tests/support/scratch_folder.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace lexiscope::test {

// Figures as programs of others see them; tests/packages.txt lists those.

/// The SVG as librsvg paints it; null if it does not.
inline QImage paintedSvg(const QByteArray& svg, double zoom = 1) {
    const ScratchFolder folder;
    const std::string file =
        folder.write("figure.svg", std::string_view(svg.constData(), svg.size())).string();
    return QImage::fromData(
        outputOf(QStringLiteral("rsvg-convert"),
                 {QStringLiteral("--zoom"), QString::number(zoom), QStringLiteral("--format"),
                  QStringLiteral("png"), QString::fromStdString(file)}));
}

/// The only page of the PDF as Poppler paints it; null if it does not.
inline QImage paintedPdf(const QByteArray& pdf, int dotsPerInch = 96) {
    const ScratchFolder folder;
    const std::string file =
        folder.write("figure.pdf", std::string_view(pdf.constData(), pdf.size())).string();
    return QImage::fromData(
        outputOf(QStringLiteral("pdftoppm"), {QStringLiteral("-r"), QString::number(dotsPerInch),
                                              QStringLiteral("-png"), QString::fromStdString(file)}));
}

/// The text that Poppler finds in the PDF.
inline QString textOfPdf(const QByteArray& pdf) {
    const ScratchFolder folder;
    const std::string file =
        folder.write("figure.pdf", std::string_view(pdf.constData(), pdf.size())).string();
    return QString::fromUtf8(
        outputOf(QStringLiteral("pdftotext"),
                 {QStringLiteral("-layout"), QString::fromStdString(file), QStringLiteral("-")}));
}

/// Mean difference of two pictures of one size, of their channels, 0 … 255; 255 when the sizes differ.
inline double difference(const QImage& first, const QImage& second) {
    if (first.isNull() || first.size() != second.size()) {
        return 255;
    }
    const QImage a = first.convertToFormat(QImage::Format_RGB32);
    const QImage b = second.convertToFormat(QImage::Format_RGB32);
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        const auto* left = reinterpret_cast<const QRgb*>(a.constScanLine(y));
        const auto* right = reinterpret_cast<const QRgb*>(b.constScanLine(y));
        for (int x = 0; x < a.width(); ++x) {
            sum += std::abs(qRed(left[x]) - qRed(right[x])) + std::abs(qGreen(left[x]) - qGreen(right[x])) +
                   std::abs(qBlue(left[x]) - qBlue(right[x]));
        }
    }
    return sum / (3.0 * a.width() * a.height());
}

}  // namespace lexiscope::test
