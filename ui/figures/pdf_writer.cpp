// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pdf_writer.h"

#include "ui/figures/colored_text.h"
#include "ui/figures/text_runs.h"

#include <algorithm>
#include <cmath>

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QFontMetricsF>
#include <QHashSeed>
#include <QPainter>
#include <QPdfWriter>
#include <QTimeZone>

namespace lexiscope {
namespace {

/// A part of a text that is drawn by itself.
struct Part {
    qsizetype from = 0;
    qsizetype length = 0;
    bool isColored = false;
    bool isAlternate = false;  ///< signs in a form that has no code
};

/// A text cut at another font, so that emoji are told apart, and around signs in a form that has no code: a
/// PDF names what is drawn by its code, so that those are drawn in the form that has one.
std::vector<Part> partsOf(const FigureText& text) {
    std::vector<Part> parts;
    const std::vector<qsizetype> alternates =
        text.rightToLeft ? std::vector<qsizetype>() : alternateSigns(text.text, text.font);
    for (const TextRun& run : textRuns(text.text, text.font)) {
        for (qsizetype i = run.from; i < run.from + run.length; ++i) {
            const bool alternate = std::binary_search(alternates.begin(), alternates.end(), i);
            if (i == run.from || alternate != parts.back().isAlternate) {
                parts.push_back({i, 0, run.isColored, alternate});
            }
            ++parts.back().length;
        }
    }
    return parts;
}

void paintText(QPainter& painter, const FigureText& text) {
    painter.setOpacity(text.opacity);
    if (text.clip) {
        painter.setClipRect(*text.clip);
    }
    painter.setTransform(text.place, true);
    painter.setPen(text.color);
    QFont unshaped = text.font;
    unshaped.setStyleStrategy(QFont::PreferNoShaping);
    const QFontMetricsF metrics(text.font);
    for (const Part& part : partsOf(text)) {
        const QString string = text.text.mid(part.from, part.length);
        const QPointF at(
            part.from == 0 ? 0 : metrics.horizontalAdvance(text.text, static_cast<int>(part.from)), 0);
        if (part.isColored) {
            const FigureImage image = coloredText(string, text.font, text.color);
            painter.drawImage(image.place.translated(at), image.image);
        } else {
            painter.setFont(part.isAlternate ? unshaped : text.font);
            painter.drawText(at, string);
        }
    }
}

void paint(QPainter& painter, const FigureItem& item) {
    painter.save();
    if (const auto* shape = std::get_if<FigureShape>(&item)) {
        painter.setOpacity(shape->opacity);
        painter.setPen(shape->pen);
        painter.setBrush(shape->fill);
        painter.drawPath(shape->path);
    } else if (const auto* text = std::get_if<FigureText>(&item)) {
        paintText(painter, *text);
    } else {
        const auto& image = std::get<FigureImage>(item);
        painter.setOpacity(image.opacity);
        painter.drawImage(image.place, image.image);
    }
    painter.restore();
}

/// "D:20200131235959Z" and the like have one length whatever the date, so places in the file stay.
void setDate(QByteArray& file) {
    bool isNumber = false;
    const qint64 seconds = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&isNumber);
    const QByteArray before = "/CreationDate (D:";
    const qsizetype found = file.lastIndexOf(before);
    const qsizetype end = found < 0 ? -1 : file.indexOf(')', found);
    if (!isNumber || end < 0) {
        return;
    }
    const qsizetype from = found + before.size();
    const QDateTime date = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    QByteArray text = date.toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1();
    const QByteArray zone = "+00'00'";
    text += zone;
    file.replace(from, end - from, text.leftJustified(end - from, ' ', true));
}

}  // namespace

QByteArray pdfOf(const FigurePicture& picture, QSizeF points) {
    // Fonts are written in the order in which a hash happens to hold them.
    QHashSeed::setDeterministicGlobalSeed();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(picture.title);
        writer.setCreator(QCoreApplication::applicationName() + u' ' +
                          QCoreApplication::applicationVersion());
        constexpr int dotsPerInch = 7200;  // fine enough for sizes in millimetres
        writer.setResolution(dotsPerInch);
        writer.setPageSize(QPageSize(points, QPageSize::Point, QString(), QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF());
        QPainter painter(&writer);
        painter.setRenderHint(QPainter::LosslessImageRendering);
        painter.scale(writer.width() / picture.size.width(), writer.height() / picture.size.height());
        for (const FigureItem& item : picture.items) {
            paint(painter, item);
        }
    }
    QHashSeed::resetRandomGlobalSeed();
    setDate(bytes);
    return bytes;
}

}  // namespace lexiscope
