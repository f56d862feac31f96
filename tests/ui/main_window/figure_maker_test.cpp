// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure_maker.h"

#include "core/search/token_lookup.h"
#include "tests/support/other_programs.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/sanitized.h"
#include "tests/support/workspace.h"
#include "ui/main_window/figure_view.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"
#include "ui/panels/matrix_panel.h"
#include "ui/panels/space_panel.h"
#include "ui/widgets/card_body.h"
#include "ui/widgets/part_row.h"

#include <QJsonArray>
#include <QTest>
#include <QXmlStreamReader>

using namespace lexiscope;

namespace {

/// tiny-gpt2 with a sentence, "queen" selected; wiki-words in slot B if there is to be one.
struct Loaded : test::Workspace {
    explicit Loaded(bool both = false) {
        session.setText("The king and the queen of France walked along the river.");
        ready = load(0, QStringLiteral("builtin:tiny-gpt2")) &&
                (!both || load(1, QStringLiteral("builtin:wiki-words")));
        analyses.want(Analyses::Encoding, &session, true);
        selection.select({0, findToken(*session.slot(0).model, "queen").value().row, std::nullopt});
        ready = ready && settle();
    }

    std::unique_ptr<FigureMaker> make(const FigureSpec& spec) {
        auto maker = std::make_unique<FigureMaker>(context(), runner, spec);
        ready = settle() && ready;
        return maker;
    }

    bool ready = false;
};

FigureSpec specOf(const QString& what) {
    FigureSpec spec;
    spec.what = what;
    return spec;
}

/// Rows for all figures; with a sanitizer for one in so many, where another test paints all of them.
void addFigures(int oneIn = 1) {
    QTest::addColumn<QString>("what");
    const QStringList names = figureNames();
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (!test::isSanitized || i % oneIn == 0) {
            QTest::newRow(qPrintable(names[i])) << names[i];
        }
    }
}

QString textOf(const FigurePicture& picture) {
    QStringList texts;
    for (const FigureItem& item : picture.items) {
        if (const auto* text = std::get_if<FigureText>(&item)) {
            texts << text->text;
        }
    }
    return texts.join(u'\n');
}

int imagesIn(const FigurePicture& picture) {
    return static_cast<int>(
        std::count_if(picture.items.begin(), picture.items.end(),
                      [](const FigureItem& item) { return std::holds_alternative<FigureImage>(item); }));
}

/// Dots of the cloud: circles of 2.3 pixels.
int dotsIn(const FigurePicture& picture) {
    return static_cast<int>(
        std::count_if(picture.items.begin(), picture.items.end(), [](const FigureItem& item) {
            const auto* shape = std::get_if<FigureShape>(&item);
            return shape != nullptr && shape->isEllipse &&
                   std::abs(shape->path.controlPointRect().width() - 2.3) < 1e-6;
        }));
}

QRectF boundsOf(const FigureShape& shape) {
    const double half = shape.pen.style() == Qt::NoPen ? 0 : shape.pen.widthF() / 2;
    return shape.path.controlPointRect().adjusted(-half, -half, half, half);
}

QByteArray xmlErrors(const QByteArray& bytes) {
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd()) {
        reader.readNext();
    }
    return reader.errorString().toUtf8();
}

}  // namespace

class FigureMakerTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() {
        for (std::unique_ptr<Loaded>& workspace : m_both) {
            workspace = std::make_unique<Loaded>(true);
        }
    }
    void cleanupTestCase() { m_both = {}; }
    void init() { test::failOnQtWarnings(); }

    // Every panel there is, those that are still to be written too.
    void everyFigureIsPaintedAlikeByOthers_data() { addFigures(); }
    void everyFigureIsPaintedAlikeByOthers() {
        QFETCH(const QString, what);
        Loaded& w = *m_both[0];
        FigureSpec spec = specOf(what);
        spec.caption = true;
        const std::unique_ptr<FigureMaker> maker = w.make(spec);
        QVERIFY(w.ready);
        QVERIFY(maker->check().ok());
        const QImage ours = maker->image(1);
        const QByteArray svg = maker->file(FigureFormat::Svg).value();
        QCOMPARE(xmlErrors(svg), QByteArray());
        const QImage theirs = test::paintedSvg(svg);
        QCOMPARE(theirs.size(), ours.size());
        QVERIFY2(test::difference(ours, theirs) < 6,
                 qPrintable(QString::number(test::difference(ours, theirs))));
        const QImage page = test::paintedPdf(maker->file(FigureFormat::Pdf).value());
        QVERIFY(std::abs(page.width() - ours.width()) <= 1 && std::abs(page.height() - ours.height()) <= 1);
        const QImage scaled = page.scaled(ours.size());
        QVERIFY2(test::difference(ours, scaled) < 8,
                 qPrintable(QString::number(test::difference(ours, scaled))));
    }

    void theSameInputsGiveTheSameBytes_data() { addFigures(8); }
    void theSameInputsGiveTheSameBytes() {
        QFETCH(const QString, what);
        qputenv("SOURCE_DATE_EPOCH", "1700000000");
        std::array<QByteArray, 3> files[2];
        for (std::size_t i = 0; i < 2; ++i) {
            Loaded& w = *m_both.at(i);
            const std::unique_ptr<FigureMaker> maker = w.make(specOf(what));
            QVERIFY(w.ready);
            files[i] = {maker->file(FigureFormat::Png).value(), maker->file(FigureFormat::Svg).value(),
                        maker->file(FigureFormat::Pdf).value()};
        }
        qunsetenv("SOURCE_DATE_EPOCH");
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY2(files[0][i] == files[1][i], qPrintable(QString::number(i)));
        }
    }

    void nothingLeavesTheAxes() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("space"));
        // A window into the middle of the cloud: most points, lines to neighbours and the grid lead out of
        // it.
        spec.view = QJsonObject{{QStringLiteral("x"), QJsonArray{-0.10, 0.02}},
                                {QStringLiteral("y"), QJsonArray{0.02, 0.10}}};
        const std::unique_ptr<FigureMaker> maker = w.make(spec);
        QVERIFY(w.ready);
        const FigurePicture picture = maker->picture();
        // The field is the largest area but for the ground.
        QRectF field;
        for (const FigureItem& item : picture.items) {
            const auto* shape = std::get_if<FigureShape>(&item);
            if (shape != nullptr && shape->fill.color() == themeOf(ThemeName::Light).field) {
                field = field.united(shape->path.controlPointRect());
            }
        }
        QVERIFY(field.width() > 700 && field.height() > 400);
        const QRectF edge = field.adjusted(-1.01, -1.01, 1.01, 1.01);  // the frame is around it
        int inside = 0;
        for (const FigureItem& item : picture.items) {
            const auto* shape = std::get_if<FigureShape>(&item);
            if (shape != nullptr && boundsOf(*shape) != QRectF(QPointF(), picture.size)) {
                const QRectF bounds = boundsOf(*shape);
                const bool isGround = shape->fill.color() == themeOf(ThemeName::Light).surface;
                QVERIFY2(isGround || edge.contains(bounds), qPrintable(QString::number(bounds.right())));
                ++inside;
            }
        }
        QVERIFY(inside > 500);
    }

    void textStaysTextAndOnlyHeatMapsAreImages() {
        Loaded w;
        const FigurePicture space = w.make(specOf(QStringLiteral("space")))->picture();
        QCOMPARE(imagesIn(space), 0);
        for (const char* text :
             {"Embedding space", "queen", "France", "PC 1 (5.0 %)", "−0.2", "government"}) {
            QVERIFY2(textOf(space).contains(QString::fromUtf8(text)), text);
        }
        const FigurePicture matrix = w.make(specOf(QStringLiteral("matrix")))->picture();
        QCOMPARE(imagesIn(matrix), 1);
        for (const FigureItem& item : matrix.items) {
            if (const auto* image = std::get_if<FigureImage>(&item)) {
                // 300 dpi even where a unit is taken for a 72nd of an inch.
                QVERIFY(image->image.width() >= image->place.width() * 300 / 72 - 1);
            }
        }
        const FigurePicture neighbors = w.make(specOf(QStringLiteral("neighbors")))->picture();
        QVERIFY(textOf(neighbors).contains(QStringLiteral("·prince")));
        const QString tokens = textOf(w.make(specOf(QStringLiteral("tokens")))->picture());
        QVERIFY(tokens.contains(QStringLiteral("12960")) && tokens.contains(QStringLiteral("·queen")));
    }

    void aLargeCloudIsAnImage() {
        // 21,000 rows of 3 numbers.
        std::string bytes = "21000 3\n";
        for (int row = 0; row < 21000; ++row) {
            const float values[] = {static_cast<float>(std::sin(row)),
                                    static_cast<float>(std::cos(row * 0.7)),
                                    static_cast<float>(row % 7) * 0.1F};
            bytes += "w" + std::to_string(row) + " ";
            bytes.append(reinterpret_cast<const char*>(values), sizeof values) += '\n';
        }
        const test::ScratchFolder folder;
        const std::string path = folder.write("large.bin", bytes).string();
        test::Workspace w;
        QVERIFY(w.load(0, QString::fromStdString(path)));
        FigureMaker maker(w.context(), w.runner, specOf(QStringLiteral("space")));
        QVERIFY(w.settle());
        QCOMPARE(imagesIn(maker.picture()), 1);
    }

    void everyDotIsOneOfItsOwnInItsColour() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("space"));
        QCOMPARE(dotsIn(w.make(spec)->picture()), 16384);
        spec.view = QJsonObject{{QStringLiteral("color"), QStringLiteral("script")}};
        const FigurePicture scripts = w.make(spec)->picture();
        QCOMPARE(dotsIn(scripts), 16384);
        QVERIFY(textOf(scripts).contains(QStringLiteral("Latin\n15,609")));
        // Latin letters are hidden: what is left are the others.
        spec.view[QStringLiteral("hidden")] = 1;
        QCOMPARE(dotsIn(w.make(spec)->picture()), 16384 - 15609);
        // Most dots of a small picture lie on others: none is left out.
        FigureSpec small = specOf(QStringLiteral("space"));
        small.size = parseFigureSize(QStringLiteral("320x340")).value();
        QCOMPARE(dotsIn(w.make(small)->picture()), 16384);
    }

    void aFigureOfAPanelHasNoButtons() {
        Loaded w;
        const QString text = textOf(w.make(specOf(QStringLiteral("neighbors")))->picture());
        QVERIFY(!text.contains(QStringLiteral("Euclidean")));
        QVERIFY(text.contains(QStringLiteral("cosine · exact over 16,384 rows")));
        QVERIFY(textOf(w.make(specOf(QStringLiteral("window")))->picture())
                    .contains(QStringLiteral("Euclidean")));
    }

    // Whatever the list of panels offers, the panel has.
    void everyPartStandsAlone_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("part");
        for (const QString& what : figureNames()) {
            for (const PanelPart& part : partsOf(what)) {
                QTest::addRow("%s %s", qPrintable(what), qPrintable(part.name)) << what << part.name;
            }
        }
    }
    void everyPartStandsAlone() {
        QFETCH(const QString, what);
        QFETCH(const QString, part);
        Loaded& w = *m_both[0];
        FigureSpec spec = specOf(what);
        spec.part = part;
        spec.caption = true;
        const std::unique_ptr<FigureMaker> maker = w.make(spec);
        QVERIFY(w.ready);
        QVERIFY(maker->check().ok());
        QCOMPARE(maker->size().width(), figureSize(what, part).width());
        const QString text = textOf(maker->picture());
        const QMap<QString, QString> telling = {
            {QStringLiteral("matrix"), QStringLiteral("dimension 0 … 127")},
            {QStringLiteral("similarity"), QStringLiteral("Similarity of positions")},
            {QStringLiteral("waves"), QStringLiteral("Waves per dimension")},
            {QStringLiteral("sum"), QStringLiteral("Token + position")},
            {QStringLiteral("map"), QStringLiteral("dimension 0 … ")},
            {QStringLiteral("row"), QStringLiteral("the vector of")}};
        for (auto each = telling.begin(); each != telling.end(); ++each) {
            const bool isThePart = each.key() == part ||
                                   (each.key() == u"map" && (part == u"matrix" || part == u"table")) ||
                                   (each.key() == u"matrix" && part == u"map" && what != u"matrixB");
            QVERIFY2(text.contains(each.value()) == isThePart, qPrintable(each.key()));
        }
        const QImage ours = maker->image(1);
        // More than elsewhere: most of it is a map whose cells end between pixels.
        const QImage theirs = test::paintedSvg(maker->file(FigureFormat::Svg).value());
        QVERIFY2(test::difference(ours, theirs) < 8,
                 qPrintable(QString::number(test::difference(ours, theirs))));
    }

    void aPartAloneFillsTheFigure() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("positions"));
        spec.part = QStringLiteral("matrix");
        spec.size = {QSizeF(1400, 252), false};
        const FigurePicture picture = w.make(spec)->picture();
        double widest = 0;
        for (const FigureItem& item : picture.items) {
            const auto* image = std::get_if<FigureImage>(&item);
            widest = image != nullptr ? std::max(widest, image->place.width()) : widest;
        }
        QVERIFY2(widest > 1250, qPrintable(QString::number(widest)));
    }

    void aPartThatIsNoneIsSaid() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("space"));
        spec.part = QStringLiteral("matrix");
        const Result<Done> sound = w.make(spec)->check();
        QVERIFY(!sound.ok());
        QCOMPARE(sound.error().where, std::string("space, matrix"));
    }

    void theChosenPartCarriesOver() {
        Loaded w;
        QVERIFY(w.ready);
        FigureSpec spec = specOf(QStringLiteral("matrix"));
        spec.size = {QSizeF(300, 250), false};
        QVERIFY(!textOf(w.make(spec)->picture()).contains(QStringLiteral("the vector of")));
        MatrixPanel panel(w.context());
        panel.findChild<PartRow*>()->choose(QStringLiteral("row"));
        panel.show();
        QVERIFY(w.settle());
        spec.view = saveView(w.context(), &panel, nullptr);
        QVERIFY(textOf(w.make(spec)->picture()).contains(QStringLiteral("the vector of")));
    }

    // What is asked for without a size is as large as its type needs.
    void largeTypeHasRoom_data() { addFigures(4); }
    void largeTypeHasRoom() {
        QFETCH(const QString, what);
        Loaded& w = *m_both[0];
        FigureSpec spec = specOf(what);
        spec.fontSize = 2;
        const std::unique_ptr<FigureMaker> maker = w.make(spec);
        QVERIFY(w.ready);
        while (maker->advance()) {
            QVERIFY(w.settle());
        }
        QCOMPARE(maker->image(1).size(), maker->size());
        // Made at that size it is not refused, and nothing is cut that is not when the type is small.
        spec.size = {QSizeF(maker->size()), false};
        QVERIFY(w.make(spec)->check().ok());
        if (!isWindowFigure(what)) {
            const QString large = textOf(w.make(spec)->picture());
            spec.fontSize = 1;
            QCOMPARE(large.count(QChar(0x2026)), textOf(w.make(spec)->picture()).count(QChar(0x2026)));
        }
    }

    void theCaptionSaysWhereItComesFrom() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("neighbors"));
        const std::unique_ptr<FigureMaker> without = w.make(spec);
        QVERIFY(!textOf(without->picture()).contains(QStringLiteral("tiny-gpt2")));
        spec.caption = true;
        const std::unique_ptr<FigureMaker> with = w.make(spec);
        for (const char* part : {"tiny-gpt2 (16,384 × 128)", "“The king and the queen", "·queen (ID 12960)",
                                 "12 nearest by cosine"}) {
            QVERIFY2(with->caption().contains(QString::fromUtf8(part)), part);
        }
        QVERIFY(textOf(with->picture()).contains(QStringLiteral("tiny-gpt2 (16,384 × 128)")));
    }

    void theCaptionOfWhatIsComputedNamesNoModel() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("positions"));
        spec.part = QStringLiteral("matrix");
        const QString alone = w.make(spec)->caption();
        QVERIFY2(
            alone.startsWith(QStringLiteral("sinusoidal positions")) && alone.contains(u"positions 0 to "),
            qPrintable(alone));
        QVERIFY(!alone.contains(QStringLiteral("tiny-gpt2")) && !alone.contains(QStringLiteral("queen")));
        spec.view = QJsonObject{{QStringLiteral("kind"), QStringLiteral("learned")}};
        QVERIFY(w.make(spec)->caption().startsWith(QStringLiteral("tiny-gpt2")));
    }

    void themeTypeAndGroundAreAskedFor() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("space"));
        spec.theme = ThemeName::Dark;
        QCOMPARE(w.make(spec)->image(1).pixelColor(2, 2), themeOf(ThemeName::Dark).surface);
        spec.transparent = true;
        QCOMPARE(w.make(spec)->image(1).pixelColor(2, 2).alpha(), 0);
        spec.theme = ThemeName::Light;
        spec.transparent = false;
        spec.fontSize = 2;
        const FigurePicture large = w.make(spec)->picture();
        QVERIFY(std::any_of(large.items.begin(), large.items.end(), [](const FigureItem& item) {
            const auto* text = std::get_if<FigureText>(&item);
            return text != nullptr && text->text == QStringLiteral("Embedding space") &&
                   text->font.pixelSize() == 28;
        }));
        // What is on screen is not touched.
        QCOMPARE(w.themes.theme().name, ThemeName::Light);
        QCOMPARE(w.themes.theme().fontScale, 1.0);
    }

    void sizeAndScaleAreAskedFor() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("neighbors"));
        spec.size = parseFigureSize(QStringLiteral("508x254mm")).value();
        const std::unique_ptr<FigureMaker> maker = w.make(spec);
        QCOMPARE(maker->size(), QSize(1920, 960));
        QCOMPARE(maker->image(2).size(), QSize(3840, 1920));
        const QImage whole = maker->image(1);
        const QImage half = maker->image(0.5);
        QCOMPARE(half.size(), QSize(960, 480));
        QVERIFY(test::difference(
                    half, whole.scaled(half.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation)) < 3);
        QVERIFY(maker->file(FigureFormat::Svg).value().contains("width=\"508mm\" height=\"254mm\""));
        QVERIFY(maker->file(FigureFormat::Pdf).value().contains("/MediaBox [0 0 1440"));
        const QImage png = QImage::fromData(maker->file(FigureFormat::Png).value());
        QCOMPARE(png.dotsPerMeterX(), 3780);  // 96 dpi
    }

    void whatAPanelComputesItselfIsToldOf() {
        Loaded w;
        QVERIFY(w.ready);
        FigureMaker maker(w.context(), w.runner, specOf(QStringLiteral("ids")));
        QString last;
        connect(&maker, &FigureMaker::changed, &maker, [&] { last = textOf(maker.picture()); });
        QVERIFY(w.settle());
        QVERIFY(!maker.isBusy());
        QVERIFY(last.contains(QStringLiteral("·prince")));
    }

    void tooLittleRoomIsSaid() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("matrix"));
        spec.size = parseFigureSize(QStringLiteral("60x40")).value();
        const Result<QByteArray> file = w.make(spec)->file(FigureFormat::Png);
        QVERIFY(!file.ok());
        QVERIFY(file.error().what.find("needs more room than 60x40") != std::string::npos);
        QVERIFY(!w.make(specOf(QStringLiteral("nothing")))->check().ok());
    }

    /// On screen a card without room is scrolled; a figure has the room, or is refused.
    void noCardOfAWindowIsScrolled_data() {
        QTest::addColumn<QString>("what");
        QTest::newRow("side by side") << QStringLiteral("window");
        QTest::newRow("below each other") << QStringLiteral("tokenize");
    }
    void noCardOfAWindowIsScrolled() {
        QFETCH(const QString, what);
        Loaded w;
        QVERIFY(w.ready);
        FigureSpec spec = specOf(what);
        spec.size = parseFigureSize(QStringLiteral("1000x600")).value();
        spec.fontSize = 1.6;
        const Result<QByteArray> file = w.make(spec)->file(FigureFormat::Png);
        QVERIFY(!file.ok());
        QVERIFY(file.error().what.find("needs more room than 1000x600") != std::string::npos);

        spec.grows = true;
        const std::unique_ptr<FigureMaker> maker = w.make(spec);
        while (maker->advance()) {
            QVERIFY(w.settle());
        }
        QVERIFY(maker->check().ok());
        int bodies = 0;
        for (const QWidget* widget : QApplication::allWidgets()) {
            if (const auto* body = qobject_cast<const CardBody*>(widget); body && body->isVisible()) {
                QCOMPARE(body->hiddenSize(), QSize(0, 0));
                ++bodies;
            }
        }
        QVERIFY(bodies >= 3);
    }

    void theViewOnScreenCarriesOver() {
        Loaded w(true);
        MainWindow window(w.context(), w.themes, w.runner, nullptr);
        window.resize(1440, 900);
        window.show();
        QVERIFY(w.settle());
        auto* space = window.findChild<SpacePanel*>(QStringLiteral("space"));
        QVERIFY(saveView(w.context(), space, nullptr).isEmpty());  // all points: nothing to say
        space->plot().setView(QRectF(QPointF(-0.2, 0), QPointF(0.1, 0.2)));
        w.analyses.setNeighborOptions({Metric::Euclidean, 5});
        w.selection.togglePinned(Row{1859});
        QVERIFY(w.settle());
        FigureSpec spec = specOf(QStringLiteral("space"));
        spec.view = saveView(w.context(), space, nullptr);
        QCOMPARE(spec.view[QStringLiteral("metric")].toString(), QStringLiteral("euclidean"));
        QCOMPARE(spec.view[QStringLiteral("k")].toInt(), 5);
        QCOMPARE(spec.view[QStringLiteral("pinned")].toArray(), QJsonArray{1859});

        Loaded other;
        FigureMaker maker(other.context(), other.runner, spec);
        QVERIFY(other.settle());
        QCOMPARE(other.analyses.neighborOptions().metric, Metric::Euclidean);
        QCOMPARE(other.selection.pinned(), std::vector<Row>{Row{1859}});
        const FigurePicture picture = maker.picture();
        // Only what lies in that part of the plane is named.
        QVERIFY(textOf(picture).contains(QStringLiteral("France")));
        QVERIFY(!textOf(picture).contains(QStringLiteral("compounds")));
    }

    void matrixRowsCarryOver() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("matrix"));
        spec.view = QJsonObject{{QStringLiteral("rows"), QJsonArray{100, 20}}};
        const QString text = textOf(w.make(spec)->picture());
        QVERIFY(text.contains(QStringLiteral("100\n119")) || text.contains(QStringLiteral("119")));
        QVERIFY(!text.contains(QStringLiteral("12941")));
    }

    void viewsThatMakeNoSenseAreLeftOut() {
        Loaded w;
        FigureSpec spec = specOf(QStringLiteral("space"));
        spec.view = QJsonObject{{QStringLiteral("x"), QStringLiteral("wide")},
                                {QStringLiteral("y"), QJsonArray{3, 1}},
                                {QStringLiteral("k"), -4},
                                {QStringLiteral("metric"), 7},
                                {QStringLiteral("pinned"), QJsonArray{-1, 1e12, QStringLiteral("a")}},
                                {QStringLiteral("layout"), QStringLiteral("!!")}};
        QVERIFY(textOf(w.make(spec)->picture()).contains(QStringLiteral("compounds")));
        QVERIFY(w.selection.pinned().empty());
        QCOMPARE(w.analyses.neighborOptions().k, NeighborOptions().k);
        spec.what = QStringLiteral("window");
        QVERIFY(textOf(w.make(spec)->picture()).contains(QStringLiteral("compounds")));
    }

    void theWindowKeepsItsLayout() {
        Loaded w;
        MainWindow window(w.context(), w.themes, w.runner, nullptr);
        window.resize(1440, 900);
        window.show();
        QVERIFY(w.settle());
        for (CardDock* dock : window.docks()) {
            dock->setVisible(dock->objectName() != QStringLiteral("matrixDock"));
        }
        QVERIFY(w.settle());
        FigureSpec spec = specOf(QStringLiteral("window"));
        spec.view = saveView(w.context(), nullptr, &window);
        const QString text = textOf(w.make(spec)->picture());
        QVERIFY(text.contains(QStringLiteral("Nearest neighbours")));
        QVERIFY(!text.contains(QStringLiteral("Embedding matrix")));
    }

  private:
    std::array<std::unique_ptr<Loaded>, 2> m_both;  // with two models each, for what every figure is asked
};

QTEST_MAIN(FigureMakerTest)
#include "figure_maker_test.moc"
