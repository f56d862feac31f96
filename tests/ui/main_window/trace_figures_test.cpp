// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a word and of a text on their way to tokens: as large as what they show, all of it readable.
#include "core/io/lone_tokenizer.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/word_piece.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/workspace.h"
#include "ui/main_window/figure_maker.h"
#include "ui/plots/walk_scene.h"
#include "ui/plots/walk_text.h"

#include <QRegularExpression>
#include <QTest>

using namespace lexiscope;

namespace {

constexpr double leastType = 10;  // pixels, of what is to be read

/// WordPiece that knows letters and little else: a long word takes many attempts.
std::shared_ptr<const Model> letters(std::size_t longestWord = 100) {
    Vocabulary::Builder builder;
    builder.add("[UNK]");
    for (const char* begin : {"", "##"}) {
        for (char letter = 'a'; letter <= 'z'; ++letter) {
            builder.add(begin + std::string(1, letter));
        }
    }
    PipelineParts parts;
    parts.kind = "WordPiece";
    parts.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    parts.preTokenizer = makeBertPreTokenizer();
    parts.model = makeWordPiece({parts.vocabulary, TokenId{0}, "##", longestWord});
    return modelOfTokenizer(makePipeline(std::move(parts)), "letters", "made here");
}

struct Bench : test::Workspace {
    explicit Bench(const QByteArray& text, bool isWordPiece = false) {
        session.setText(text);
        ready = load(0, QStringLiteral("builtin:tiny-gpt2"));
        if (isWordPiece) {
            session.place(0, letters());
        }
        analyses.want(Analyses::Encoding, &session, true);
        ready = ready && settle();
    }
    std::unique_ptr<FigureMaker> make(const FigureSpec& spec) {
        auto maker = std::make_unique<FigureMaker>(context(), runner, spec);
        ready = settle() && ready;
        while (maker->advance()) {
            ready = settle() && ready;
        }
        return maker;
    }
    bool ready = false;
};

FigureSpec specOf(const char* what, ThemeName theme) {
    FigureSpec spec;
    spec.what = QString::fromLatin1(what);
    spec.theme = theme;
    return spec;
}

/// How many rows of pixels at the foot, and columns at the right, are ground alone.
QSize spareIn(const QImage& image) {
    const QRgb ground = image.pixel(0, 0);
    int bottom = 0;
    int right = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != ground) {
                bottom = y;
                right = std::max(right, x);
            }
        }
    }
    return {image.width() - 1 - right, image.height() - 1 - bottom};
}

double smallestType(const FigurePicture& picture) {
    double least = 1000;
    for (const FigureItem& item : picture.items) {
        if (const auto* text = std::get_if<FigureText>(&item)) {
            least = std::min(least, text->font.pixelSize() * std::abs(text->place.m22()));
        }
    }
    return least;
}

}  // namespace

class TraceFiguresTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void figuresEndWhereTheirContentDoes_data() {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isWordPiece");
        QTest::newRow("a short word") << QByteArray("merges") << QByteArray("queen") << false;
        QTest::newRow("a long word") << QByteArray("merges") << QByteArray("internationalization") << false;
        QTest::newRow("attempts") << QByteArray("merges") << QByteArray("abc") << true;
        QTest::newRow("many attempts")
            << QByteArray("merges") << QByteArray("donaudampfschifffahrts") << true;
        QTest::newRow("no text") << QByteArray("merges") << QByteArray() << false;
        QTest::newRow("stages") << QByteArray("pipeline") << QByteArray("The queen walked.") << false;
        QTest::newRow("stages of a long text")
            << QByteArray("pipeline") << QByteArray("The queen walked along. ").repeated(14) << false;
    }
    void figuresEndWhereTheirContentDoes() {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, text);
        QFETCH(bool, isWordPiece);
        Bench stage(text, isWordPiece);
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
            const auto maker = stage.make(specOf(what.constData(), theme));
            QVERIFY(stage.ready && maker->check().ok());
            QVERIFY(text.isEmpty() || smallestType(maker->picture()) >= leastType);
            const QImage image = maker->image(1);
            const QSize spare = spareIn(image);
            const QByteArray said =
                QByteArray::number(image.width()) + " x " + QByteArray::number(image.height()) + ", spare " +
                QByteArray::number(spare.width()) + ", " + QByteArray::number(spare.height());
            QVERIFY2(spare.height() >= 4 && (text.isEmpty() || spare.height() <= 36), said.constData());
            QVERIFY2(image.width() <= 1400 && image.height() <= 2400, said.constData());
        }
    }

    void attemptsThatFailedShareARow() {
        const std::string word = "donaudampfschiff";
        PieceWalk walk{word, letters()->tokenizer, *letters()->tokenizer->tracePiece(word)};
        const std::size_t attempts = std::get<MatchTrace>(walk.trace.steps).attempts.size();
        QCOMPARE(attempts, word.size() * (word.size() + 1) / 2);
        const Theme theme = themeOf(ThemeName::Light);
        const std::size_t last = stepsOf(walk) - 1;
        const WalkScene all(walk, WalkView::Rows, last, theme);
        const WalkScene folded(walk, WalkView::Rows, last, theme, true);
        QCOMPARE(all.cells().size(), word.size() + attempts);
        // Two rows for each letter, but those that are found at the first or second attempt.
        QVERIFY(folded.cells().size() <= 3 * word.size());
        QVERIFY(folded.size().height() < all.size().height() / 3);
        const auto said = [](const WalkScene& scene) {
            QStringList texts;
            for (const WalkNote& note : scene.notes()) {
                texts << note.text;
            }
            return texts;
        };
        QVERIFY(said(folded).contains(QStringLiteral("15 tried, none there")));
        QVERIFY(said(folded).contains(QStringLiteral("1–15")));
        QVERIFY(!said(all).contains(QStringLiteral("15 tried, none there")));
        // On the way through them: so many as have been tried by then.
        const WalkScene between(walk, WalkView::Rows, 7, theme, true);
        QVERIFY(said(between).contains(QStringLiteral("7 tried, none there")));
        QVERIFY(said(between).contains(QStringLiteral("1–7")));
        QCOMPARE(between.size(), folded.size());
        // A few stay as they are.
        PieceWalk few{"abc", walk.tokenizer, *walk.tokenizer->tracePiece("abc")};
        const WalkScene plain(few, WalkView::Rows, stepsOf(few) - 1, theme);
        const WalkScene same(few, WalkView::Rows, stepsOf(few) - 1, theme, true);
        QCOMPARE(same.cells().size(), plain.cells().size());
    }

    void attemptsThatAreNotToldAreCounted() {
        const std::string word(150, 'a');
        const std::shared_ptr<const Tokenizer> tokenizer = letters(200)->tokenizer;
        const PieceWalk walk{word, tokenizer, *tokenizer->tracePiece(word)};
        QVERIFY(walkText(walk, 1).endsWith(
            QStringLiteral("50 longer beginnings were passed over: no entry is as long.")));
        QVERIFY(walkText(walk, 2).endsWith(QStringLiteral("is not in the vocabulary.")));
        const PieceWalk all{"abc", tokenizer, *tokenizer->tracePiece("abc")};
        QVERIFY(walkText(all, 1).endsWith(QStringLiteral("is not in the vocabulary.")));
    }

    void whatIsNotInViewIsSaid() {
        const auto said = [](const std::unique_ptr<FigureMaker>& maker) {
            QStringList texts;
            const FigurePicture picture = maker->picture();
            for (const FigureItem& item : picture.items) {
                const auto* text = std::get_if<FigureText>(&item);
                texts << (text != nullptr && text->text.contains(u"in view") ? text->text : QString());
            }
            texts.removeAll(QString());
            return texts.join(u' ');
        };
        Bench many(QByteArray("the king and the queen of France ").repeated(40));
        FigureSpec table = specOf("table", ThemeName::Light);
        QVERIFY2(said(many.make(table)).startsWith(QStringLiteral("Rows 1 to 1")), "rows");
        FigureSpec bytes = specOf("bytes", ThemeName::Light);
        bytes.size = {QSizeF(800, 300), false};
        QVERIFY(said(many.make(bytes)).contains(QStringLiteral("% of it is in view")));
        QVERIFY(many.ready);
        Bench few("the king");
        QCOMPARE(said(few.make(table)), QString());
        QCOMPARE(said(few.make(bytes)), QString());
        QVERIFY(few.ready);
    }

    void whatHasTooLittleRoomAsksForIt_data() {
        QTest::addColumn<QByteArray>("what");
        QTest::newRow("merges") << QByteArray("merges");
        QTest::newRow("stages") << QByteArray("pipeline");
    }
    void whatHasTooLittleRoomAsksForIt() {
        QFETCH(const QByteArray, what);
        Bench stage("The queen walked along the river.");
        FigureSpec spec = specOf(what.constData(), ThemeName::Light);
        spec.size = {QSizeF(300, 200), false};
        const Result<Done> refused = stage.make(spec)->check();
        QVERIFY(stage.ready && !refused.ok());
        const QString hint = QString::fromStdString(refused.error().hint);
        const QRegularExpressionMatch asked =
            QRegularExpression(QStringLiteral("^at least (\\d+)x(\\d+) pixels$")).match(hint);
        QVERIFY2(asked.hasMatch(), qPrintable(hint));
        spec.size = {QSizeF(asked.captured(1).toInt(), asked.captured(2).toInt()), false};
        const auto maker = stage.make(spec);
        QVERIFY(maker->check().ok());
        QVERIFY(smallestType(maker->picture()) >= 7.5);
    }

    void bothPanelsShareOneTrace() {
        Bench stage("The queen walked.");
        stage.analyses.trace().setText(stage.analyses.encoding(0));
        QVERIFY(stage.settle());
        const auto traced = stage.analyses.trace().result();
        QVERIFY(traced);
        // A figure begins with it.
        Selection selection;
        Analyses copy(stage.analyses, selection);
        QCOMPARE(copy.trace().result(), traced);
        QVERIFY(copy.trace().isCurrent() && !copy.isBusy());
        stage.session.setText("Others");
        QVERIFY(stage.settle());
        copy.trace().setText(stage.analyses.encoding(0));
        QVERIFY(copy.isBusy() || copy.trace().result() != traced);
        QVERIFY(stage.settle());
        QCOMPARE(stage.analyses.trace().result(), traced);
    }
};

QTEST_MAIN(TraceFiguresTest)
#include "trace_figures_test.moc"
