// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_recorder.h"

#include "tests/support/qt_warnings.h"

#include <functional>

#include <QPainter>
#include <QPlainTextEdit>
#include <QTest>
#include <QTextCursor>

using namespace lexiscope;

namespace {

template <typename T>
std::vector<T> all(const FigurePicture& picture) {
    std::vector<T> found;
    for (const FigureItem& item : picture.items) {
        if (const auto* one = std::get_if<T>(&item)) {
            found.push_back(*one);
        }
    }
    return found;
}

QStringList textsOf(const FigurePicture& picture) {
    QStringList texts;
    for (const FigureText& text : all<FigureText>(picture)) {
        texts << text.text;
    }
    return texts;
}

QFont inter(int pixels) {
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    return font;
}

/// A widget that paints as told, at (20, 30) of its parent.
class Canvas : public QWidget {
  public:
    Canvas(QWidget* parent, std::function<void(QPainter&)> action)
        : QWidget(parent), m_action(std::move(action)) {
        setGeometry(20, 30, 100, 80);
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        m_action(painter);
    }

  private:
    std::function<void(QPainter&)> m_action;
};

FigurePicture recorded(const std::function<void(QPainter&)>& action) {
    QWidget parent;
    parent.resize(200, 150);
    const Canvas canvas(&parent, action);
    FigureRecorder recorder(parent.size());
    QPainter painter(&recorder);
    parent.render(&painter, QPoint(), QRegion(), QWidget::DrawChildren);
    painter.end();
    return recorder.take();
}

}  // namespace

class FigureRecorderTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void shapesKeepTheirLookAndPlace() {
        const FigurePicture picture = recorded([](QPainter& painter) {
            painter.setOpacity(0.5);
            painter.setPen(QPen(Qt::blue, 2));
            painter.setBrush(Qt::green);
            painter.drawEllipse(QRectF(10, 10, 20, 20));
            painter.fillRect(QRect(40, 40, 10, 10), Qt::red);
        });
        QCOMPARE(picture.size, QSizeF(200, 150));
        const std::vector<FigureShape> shapes = all<FigureShape>(picture);
        QCOMPARE(shapes.size(), std::size_t{2});
        QVERIFY(shapes[0].isEllipse);
        QCOMPARE(shapes[0].path.boundingRect(), QRectF(30, 40, 20, 20));
        QCOMPARE(shapes[0].pen.color(), QColor(Qt::blue));
        QCOMPARE(shapes[0].pen.widthF(), 2.0);
        QCOMPARE(shapes[0].fill.color(), QColor(Qt::green));
        QCOMPARE(shapes[0].opacity, 0.5);
        QCOMPARE(shapes[1].path.boundingRect(), QRectF(60, 70, 10, 10));
    }

    void nothingLeavesTheWidgetOrTheClip() {
        const FigurePicture picture = recorded([](QPainter& painter) {
            painter.drawLine(QLineF(-50, 40, 300, 40));
            painter.setClipRect(QRect(10, 10, 50, 50));
            painter.save();
            painter.setClipRect(QRect(0, 0, 30, 200), Qt::IntersectClip);
            painter.fillRect(QRect(0, 0, 100, 80), Qt::red);
            painter.restore();
            // After a restore the clip of before counts, and where it was.
            painter.fillRect(QRect(0, 0, 100, 80), Qt::blue);
        });
        const std::vector<FigureShape> shapes = all<FigureShape>(picture);
        QCOMPARE(shapes.size(), std::size_t{3});
        const QRectF line = shapes[0].path.boundingRect();
        QVERIFY(line.left() >= 20 && line.right() <= 120 && line.width() > 98);
        QCOMPARE(shapes[1].path.boundingRect(), QRectF(30, 40, 20, 50));
        QCOMPARE(shapes[2].path.boundingRect(), QRectF(30, 40, 50, 50));
    }

    void whatHasNoInkIsNotKept() {
        const FigurePicture picture = recorded([](QPainter& painter) {
            painter.setPen(Qt::NoPen);
            painter.drawLine(QLineF(5, 5, 5, 5));
            painter.drawLine(QLineF(5, 5, 50, 5));
            painter.drawPoint(QPointF(9, 9));
            painter.fillRect(QRect(0, 0, 9, 9), Qt::transparent);
            painter.setPen(Qt::black);
            painter.drawText(QPointF(10, 20), QStringLiteral("   "));
            painter.setOpacity(0);
            painter.drawText(QPointF(10, 20), QStringLiteral("text"));
        });
        QVERIFY(picture.items.empty());
    }

    void textIsText() {
        const QString words = QStringLiteral("Nearest neighbours");
        const FigurePicture picture = recorded([&words](QPainter& painter) {
            painter.setFont(inter(10));
            painter.setPen(Qt::darkRed);
            painter.drawText(QPointF(4, 20), words);
        });
        const std::vector<FigureText> texts = all<FigureText>(picture);
        QCOMPARE(texts.size(), std::size_t{1});
        QCOMPARE(texts[0].text, words);
        QCOMPARE(texts[0].font.pixelSize(), 10);
        QCOMPARE(texts[0].color, QColor(Qt::darkRed));
        QCOMPARE(texts[0].place.map(QPointF()), QPointF(24, 50));
        QVERIFY(!texts[0].clip);
        QVERIFY(std::abs(texts[0].width - QFontMetricsF(inter(10)).horizontalAdvance(words)) < 1);
    }

    void turnedTextKeepsItsTurn() {
        const FigurePicture picture = recorded([](QPainter& painter) {
            painter.translate(30, 70);
            painter.rotate(-90);
            painter.drawText(QPointF(0, 0), QStringLiteral("PC 2"));
        });
        const std::vector<FigureText> texts = all<FigureText>(picture);
        QCOMPARE(texts.size(), std::size_t{1});
        QCOMPARE(texts[0].place.map(QPointF()), QPointF(50, 100));
        QCOMPARE(texts[0].place.map(QPointF(10, 0)), QPointF(50, 90));
    }

    void textOutsideIsLeftOutAndTextOverAnEdgeIsCut() {
        const QString wide = QStringLiteral("wider than there is room");
        const FigurePicture picture = recorded([&wide](QPainter& painter) {
            painter.setFont(inter(14));
            painter.drawText(QPointF(10, 200), QStringLiteral("below"));
            painter.drawText(QPointF(60, 20), wide);
            painter.drawText(QPointF(10, 85), QStringLiteral("low"));
        });
        const std::vector<FigureText> texts = all<FigureText>(picture);
        QCOMPARE(texts.size(), std::size_t{2});
        QVERIFY(wide.startsWith(texts[0].text));
        QVERIFY(texts[0].text.size() > 2 && texts[0].text.size() < 10);
        QCOMPARE(texts[1].text, QStringLiteral("low"));
        QCOMPARE(*texts[1].clip, QRectF(20, 30, 100, 80));
    }

    void markedTextIsThereOnce() {
        QPlainTextEdit edit;
        edit.setFont(inter(14));
        edit.resize(400, 60);
        edit.setPlainText(QStringLiteral("The king and the queen of France"));
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(edit.document());
        mark.cursor.setPosition(17);
        mark.cursor.setPosition(22, QTextCursor::KeepAnchor);
        mark.format.setForeground(Qt::red);
        edit.setExtraSelections({mark});
        FigureRecorder recorder(edit.size());
        QPainter painter(&recorder);
        edit.render(&painter);
        painter.end();
        QStringList texts = textsOf(recorder.take());
        texts.sort();
        QCOMPARE(texts, QStringList({QStringLiteral(" of France"), QStringLiteral("The king and the "),
                                     QStringLiteral("queen")}));
    }

    void imagesKeepTheirPixels() {
        QImage image(40, 20, QImage::Format_RGB32);
        image.fill(Qt::red);
        const FigurePicture picture = recorded([&image](QPainter& painter) {
            painter.scale(0.25, 0.25);
            painter.drawImage(QPointF(40, 40), image);
        });
        const std::vector<FigureImage> images = all<FigureImage>(picture);
        QCOMPARE(images.size(), std::size_t{1});
        QCOMPARE(images[0].place, QRectF(30, 40, 10, 5));
        QCOMPARE(images[0].image.size(), image.size());
    }
};

QTEST_MAIN(FigureRecorderTest)
#include "figure_recorder_test.moc"
