// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/svg_writer.h"

#include "ui/figures/colored_text.h"
#include "ui/figures/text_runs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <QBuffer>
#include <QFontMetricsF>
#include <QImageWriter>
#include <QLinearGradient>

namespace lexiscope {
namespace {

/// Two decimals at most, no zeros at the end, whatever the locale: "12.5", "-0.04", "7".
QByteArray number(double value, int decimals = 2) {
    if (!std::isfinite(value)) {
        return "0";
    }
    std::array<char, 400> digits;
    const std::to_chars_result end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                                   std::chars_format::fixed, decimals);
    QByteArray text(digits.data(), end.ptr - digits.data());
    if (text.contains('.')) {
        while (text.endsWith('0')) {
            text.chop(1);
        }
        if (text.endsWith('.')) {
            text.chop(1);
        }
    }
    return text == "-0" ? "0" : text;
}

QByteArray attribute(const char* name, const QByteArray& value) {
    return QByteArray(" ") + name + "=\"" + value + '"';
}

/// As XML takes it: characters that it has no place for become U+FFFD.
QByteArray escaped(const QString& text) {
    QString sound;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair) {
            sound += text[i];
            sound += text[++i];
        } else if ((c < 0x20 && c != '\t' && c != '\n') || text[i].isSurrogate() || c == 0xfffe ||
                   c == 0xffff) {
            sound += QChar(QChar::ReplacementCharacter);
        } else {
            sound += text[i];
        }
    }
    return sound.toHtmlEscaped().toUtf8();
}

QByteArray points(std::initializer_list<QPointF> list) {
    QByteArray text;
    for (const QPointF& point : list) {
        // A minus sign separates as well as a blank does.
        for (const double value : {point.x(), point.y()}) {
            const QByteArray digits = number(value);
            if (!text.isEmpty() && !digits.startsWith('-')) {
                text += ' ';
            }
            text += digits;
        }
    }
    return text;
}

QByteArray pathData(const QPainterPath& path) {
    QByteArray data;
    QPointF start;
    QPointF at;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPointF to = path.elementAt(i);
        if (path.elementAt(i).isMoveTo()) {
            data += 'M' + points({to});
            start = to;
        } else if (path.elementAt(i).isCurveTo()) {
            const QPointF control = path.elementAt(i + 1);
            const QPointF end = path.elementAt(i + 2);
            data += 'C' + points({to, control, end});
            at = end;
            i += 2;
            continue;
        } else {
            const bool last = i + 1 == path.elementCount() || path.elementAt(i + 1).isMoveTo();
            if (last && to == start && to != at) {
                data += 'Z';
            } else if (to.y() == at.y()) {
                data += 'H' + number(to.x());
            } else if (to.x() == at.x()) {
                data += 'V' + number(to.y());
            } else {
                data += 'L' + points({to});
            }
        }
        at = to;
    }
    return data;
}

QByteArray matrixOf(const QTransform& t) {
    return "matrix(" + number(t.m11(), 5) + ' ' + number(t.m12(), 5) + ' ' + number(t.m21(), 5) + ' ' +
           number(t.m22(), 5) + ' ' + number(t.dx()) + ' ' + number(t.dy()) + ')';
}

int countParts(const QPainterPath& path) {
    int parts = 0;
    for (int i = 0; i < path.elementCount(); ++i) {
        parts += path.elementAt(i).isMoveTo() ? 1 : 0;
    }
    return parts;
}

QByteArray familiesOf(const QString& family, const QFont& font) {
    QByteArray name = escaped(family);
    if (name.contains(' ')) {
        name = '\'' + name + '\'';
    }
    return name + (font.styleHint() == QFont::Monospace ? ", monospace" : ", sans-serif");
}

/// Writes elements one after the other; those in a row that look the same share a group.
class SvgWriter {
  public:
    QByteArray write(const FigurePicture& picture, const QString& width, const QString& height);

  private:
    /// An element is `begin`, its look, and `end`.
    void add(const QByteArray& look, const QByteArray& begin, const QByteArray& end);
    void flush();
    void addShape(const FigureShape& shape);
    void addText(const FigureText& text);
    void addImage(const FigureImage& image);
    QByteArray paint(const char* property, const QBrush& brush, double opacity);
    QByteArray gradient(const QBrush& brush, double opacity);
    QByteArray clipOf(const QRectF& rect);
    static QByteArray partsOf(const FigureText& text, const std::vector<TextRun>& runs, double left);
    QByteArray strokeLook(const QPen& pen, double opacity);

    QByteArray m_out;
    QByteArray m_look;
    std::vector<std::pair<QByteArray, QByteArray>> m_group;  // elements of one look: begin and end
    QList<QRectF> m_clips;
    int m_gradients = 0;
};

QByteArray SvgWriter::write(const FigurePicture& picture, const QString& width, const QString& height) {
    m_out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
        " version=\"1.1\"";
    m_out += attribute("width", escaped(width)) + attribute("height", escaped(height));
    m_out +=
        attribute("viewBox", "0 0 " + number(picture.size.width()) + ' ' + number(picture.size.height()));
    m_out += ">\n";
    if (!picture.title.isEmpty()) {
        m_out += "<title>" + escaped(picture.title) + "</title>\n";
    }
    if (!picture.description.isEmpty()) {
        m_out += "<desc>" + escaped(picture.description) + "</desc>\n";
    }
    for (const FigureItem& item : picture.items) {
        if (const auto* shape = std::get_if<FigureShape>(&item)) {
            addShape(*shape);
        } else if (const auto* text = std::get_if<FigureText>(&item)) {
            addText(*text);
        } else {
            addImage(std::get<FigureImage>(item));
        }
    }
    flush();
    return m_out + "</svg>\n";
}

void SvgWriter::add(const QByteArray& look, const QByteArray& begin, const QByteArray& end) {
    if (look != m_look) {
        flush();
        m_look = look;
    }
    m_group.emplace_back(begin, end);
}

void SvgWriter::flush() {
    if (m_group.size() == 1) {
        m_out += m_group.front().first + m_look + m_group.front().second + '\n';
    } else if (!m_group.empty()) {
        m_out += "<g" + m_look + ">\n";
        for (const auto& [begin, end] : m_group) {
            m_out += begin + end + '\n';
        }
        m_out += "</g>\n";
    }
    m_group.clear();
}

QByteArray SvgWriter::gradient(const QBrush& brush, double opacity) {
    const auto* linear = static_cast<const QLinearGradient*>(brush.gradient());
    const QByteArray id = "gradient" + QByteArray::number(++m_gradients);
    m_out += "<linearGradient" + attribute("id", id) + attribute("gradientUnits", "userSpaceOnUse") +
             attribute("x1", number(linear->start().x())) + attribute("y1", number(linear->start().y())) +
             attribute("x2", number(linear->finalStop().x())) +
             attribute("y2", number(linear->finalStop().y()));
    if (!brush.transform().isIdentity()) {
        m_out += attribute("gradientTransform", matrixOf(brush.transform()));
    }
    m_out += '>';
    for (const auto& [offset, color] : linear->stops()) {
        m_out += "<stop" + attribute("offset", number(offset, 4)) +
                 attribute("stop-color", color.name().toLatin1());
        const double alpha = color.alphaF() * opacity;
        m_out += alpha < 1 ? attribute("stop-opacity", number(alpha, 3)) : QByteArray();
        m_out += "/>";
    }
    m_out += "</linearGradient>\n";
    return "url(#" + id + ')';
}

QByteArray SvgWriter::paint(const char* property, const QBrush& brush, double opacity) {
    if (brush.style() == Qt::NoBrush) {
        return attribute(property, "none");
    }
    if (brush.style() == Qt::LinearGradientPattern) {
        flush();  // the gradient is written before what it fills
        return attribute(property, gradient(brush, opacity));
    }
    const double alpha = brush.color().alphaF() * opacity;
    QByteArray look = attribute(property, brush.color().name().toLatin1());
    if (alpha < 0.9995) {
        look += attribute((QByteArray(property) + "-opacity").constData(), number(alpha, 3));
    }
    return look;
}

QByteArray SvgWriter::strokeLook(const QPen& pen, double opacity) {
    if (pen.style() == Qt::NoPen) {
        return {};
    }
    QByteArray look = paint("stroke", pen.brush(), opacity) + attribute("stroke-width", number(pen.widthF()));
    if (pen.capStyle() != Qt::FlatCap) {
        look += attribute("stroke-linecap", pen.capStyle() == Qt::RoundCap ? "round" : "square");
    }
    if (pen.joinStyle() == Qt::RoundJoin || pen.joinStyle() == Qt::BevelJoin) {
        look += attribute("stroke-linejoin", pen.joinStyle() == Qt::RoundJoin ? "round" : "bevel");
    }
    if (pen.style() != Qt::SolidLine) {
        QByteArray dashes;
        for (const double dash : pen.dashPattern()) {
            dashes += (dashes.isEmpty() ? "" : " ") + number(dash * pen.widthF());
        }
        look += attribute("stroke-dasharray", dashes);
    }
    return look;
}

void SvgWriter::addShape(const FigureShape& shape) {
    QByteArray look = paint("fill", shape.fill, shape.opacity) + strokeLook(shape.pen, shape.opacity);
    const QRectF bounds = shape.path.controlPointRect();
    if (!shape.isEllipse) {
        if (shape.path.fillRule() == Qt::OddEvenFill && countParts(shape.path) > 1) {
            look += attribute("fill-rule", "evenodd");
        }
        return add(look, "<path" + attribute("d", pathData(shape.path)), "/>");
    }
    const QByteArray centre =
        attribute("cx", number(bounds.center().x())) + attribute("cy", number(bounds.center().y()));
    if (std::abs(bounds.width() - bounds.height()) < 1e-6) {
        return add(look, "<circle" + centre + attribute("r", number(bounds.width() / 2)), "/>");
    }
    add(look,
        "<ellipse" + centre + attribute("rx", number(bounds.width() / 2)) +
            attribute("ry", number(bounds.height() / 2)),
        "/>");
}

QByteArray SvgWriter::clipOf(const QRectF& rect) {
    qsizetype known = m_clips.indexOf(rect);
    if (known < 0) {
        flush();
        known = m_clips.size();
        m_clips.append(rect);
        QPainterPath path;
        path.addRect(rect);
        m_out += "<clipPath" + attribute("id", "clip" + QByteArray::number(known + 1)) + "><path" +
                 attribute("d", pathData(path)) + "/></clipPath>\n";
    }
    return "url(#clip" + QByteArray::number(known + 1) + ')';
}

void SvgWriter::addText(const FigureText& text) {
    const std::vector<TextRun> runs = textRuns(text.text, text.font);
    QByteArray look = attribute("font-family", familiesOf(runs.front().family, text.font)) +
                      attribute("font-size", number(text.font.pixelSize()));
    if (text.font.weight() != QFont::Normal) {
        look += attribute("font-weight", QByteArray::number(text.font.weight()));
    }
    look += text.font.italic() ? attribute("font-style", "italic") : QByteArray();
    look += text.font.underline() ? attribute("text-decoration", "underline") : QByteArray();
    look += paint("fill", text.color, text.opacity);

    // Turned text has its place in its transform, so that its parts only differ in x.
    const bool upright = text.place.type() <= QTransform::TxTranslate;
    const QPointF at = upright ? text.place.map(QPointF()) : QPointF();
    QByteArray begin = "<text" + attribute("x", number(at.x())) + attribute("y", number(at.y()));
    begin += upright ? QByteArray() : attribute("transform", matrixOf(text.place));
    begin += text.clip ? attribute("clip-path", clipOf(*text.clip)) : QByteArray();
    begin += text.text.simplified() == text.text ? QByteArray() : attribute("xml:space", "preserve");
    add(look, begin, '>' + partsOf(text, runs, at.x()) + "</text>");
    for (const TextRun& run : runs) {
        if (run.isColored && upright && !text.clip) {
            const double advance =
                QFontMetricsF(text.font).horizontalAdvance(text.text, static_cast<int>(run.from));
            FigureImage image = coloredText(text.text.mid(run.from, run.length), text.font, text.color);
            image.place.translate(at + QPointF(run.from == 0 ? 0 : advance, 0));
            image.opacity = text.opacity;
            addImage(image);
        }
    }
}

QByteArray SvgWriter::partsOf(const FigureText& text, const std::vector<TextRun>& runs, double left) {
    if (text.rightToLeft) {
        return escaped(text.text);  // places of its parts would turn their order around
    }
    std::vector<qsizetype> cuts = unjoinedPlaces(text.text, text.font);
    for (const TextRun& run : runs) {
        cuts.push_back(run.from);
    }
    cuts.push_back(text.text.size());
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    const QFontMetricsF metrics(text.font);
    QByteArray parts;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const QByteArray part = escaped(text.text.mid(cuts[i], cuts[i + 1] - cuts[i]));
        const auto run = std::find_if(runs.begin(), runs.end(), [&](const TextRun& candidate) {
            return cuts[i] < candidate.from + candidate.length;
        });
        if (cuts[i] == 0 && !run->isColored) {
            parts += part;
            continue;
        }
        const double advance =
            cuts[i] == 0 ? 0 : metrics.horizontalAdvance(text.text, static_cast<int>(cuts[i]));
        parts += "<tspan" + attribute("x", number(left + advance));
        parts += run->family == runs.front().family
                     ? QByteArray()
                     : attribute("font-family", familiesOf(run->family, text.font));
        // There to be found and copied; an image shows it.
        parts += run->isColored ? attribute("fill-opacity", "0") : QByteArray();
        parts += '>' + part + "</tspan>";
    }
    return parts;
}

void SvgWriter::addImage(const FigureImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter(&buffer, "png").write(image.image);
    QByteArray begin =
        "<image" + attribute("x", number(image.place.x(), 4)) + attribute("y", number(image.place.y(), 4)) +
        attribute("width", number(image.place.width(), 4)) +
        attribute("height", number(image.place.height(), 4)) + attribute("preserveAspectRatio", "none");
    begin += image.opacity < 1 ? attribute("opacity", number(image.opacity, 3)) : QByteArray();
    add({}, begin, attribute("xlink:href", "data:image/png;base64," + bytes.toBase64()) + "/>");
}

}  // namespace

QByteArray svgOf(const FigurePicture& picture, const QString& width, const QString& height) {
    return SvgWriter().write(picture, width, height);
}

}  // namespace lexiscope
