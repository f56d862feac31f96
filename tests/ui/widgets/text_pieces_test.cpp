// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_pieces.h"

#include <QTest>

using namespace lexiscope;

class TextPiecesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void shortTextIsNotCut();
    void cutsStandOnNewlinesThenAfterSpaces();
    void noCharacterIsCutInHalf();
    void everyPieceIsBounded();
    void placesMapBothWays();
    void replacingMovesAndDropsSeparators();
    void theDocumentsOwnCharactersAreReplacedOneForOne();
};

void TextPiecesTest::shortTextIsNotCut() {
    QVERIFY(TextPieces::cuts(QString(TextPieces::longestPiece, u'x')).empty());
    QVERIFY(TextPieces::cuts({}).empty());
}

void TextPiecesTest::cutsStandOnNewlinesThenAfterSpaces() {
    QString text(4000, u'x');
    text[1500] = u' ';
    QCOMPARE(TextPieces::cuts(text), (std::vector<qsizetype>{1501}));
    text[1200] = u'\n';
    QCOMPARE(TextPieces::cuts(text), (std::vector<qsizetype>{1200}));
    QCOMPARE(TextPieces::cuts(QString(4000, u'x')), (std::vector<qsizetype>{TextPieces::pieceLength}));
}

void TextPiecesTest::noCharacterIsCutInHalf() {
    QString faces(u'x');
    while (faces.size() < 9000) {
        faces += QStringLiteral("🙂");
    }
    for (const qsizetype at : TextPieces::cuts(faces)) {
        QVERIFY(!faces[at].isLowSurrogate());
    }
    QString marks;
    while (marks.size() < 9000) {
        marks += QStringLiteral("e\u0301\u0302");
    }
    for (const qsizetype at : TextPieces::cuts(marks)) {
        QVERIFY(!marks[at].isMark());
    }
}

void TextPiecesTest::everyPieceIsBounded() {
    for (const QString& unit :
         {QStringLiteral("x"), QStringLiteral("\n"), QStringLiteral("some words "), QStringLiteral("\u0301"),
          QStringLiteral("a long line of text that ends\n")}) {
        QString text;
        while (text.size() < 50000) {
            text += unit;
        }
        const TextPieces::Stretch stretch = TextPieces::stretch(text, 0);
        QVERIFY(!stretch.separators.empty());
        qsizetype longest = 0;
        for (const QString& piece : stretch.shown.split(QChar(QChar::ParagraphSeparator))) {
            longest = std::max(longest, piece.size());
        }
        QVERIFY2(longest <= TextPieces::longestPiece, qPrintable(unit));
    }
}

void TextPiecesTest::placesMapBothWays() {
    QString text(7000, u'x');
    text[1900] = u'\n';  // becomes a hard separator; the next cut is soft
    const TextPieces::Stretch stretch = TextPieces::stretch(text, 0);
    TextPieces pieces;
    pieces.replaced(0, 0, stretch.shown.size(), stretch.separators);
    QVERIFY(!pieces.at(1900)->soft);
    for (qsizetype place = 0; place <= text.size(); ++place) {
        const qsizetype there = pieces.toDocument(place);
        QCOMPARE(pieces.toText(there), place);
        const bool onSoft = pieces.at(there) != nullptr && pieces.at(there)->soft;
        QVERIFY(!onSoft);  // the place after the seam is given
        if (place < text.size() && pieces.at(there) == nullptr) {
            QCOMPARE(stretch.shown[there], TextPieces::shown(text[place]));
        }
    }
}

void TextPiecesTest::replacingMovesAndDropsSeparators() {
    TextPieces pieces;
    pieces.replaced(0, 0, 30, {{10, true}, {20, false}});
    pieces.replaced(5, 0, 3);
    QCOMPARE(pieces.at(13)->soft, true);
    QCOMPARE(pieces.at(23)->soft, false);
    pieces.replaced(12, 2, 1);
    QCOMPARE(pieces.separators().size(), std::size_t{1});
    QCOMPARE(pieces.separators()[0].at, qsizetype{22});
    pieces.replaced(22, 1, 4, {{23, true}});
    QCOMPARE(pieces.separators().size(), std::size_t{1});
    QVERIFY(pieces.at(23)->soft);
}

void TextPiecesTest::theDocumentsOwnCharactersAreReplacedOneForOne() {
    QCOMPARE(TextPieces::shown(u'a'), QChar(u'a'));
    QCOMPARE(TextPieces::shown(u'\t'), QChar(u'\t'));
    for (const char16_t kept :
         {u'\n', u'\r', u'\0', char16_t(0x2029), char16_t(0xfdd0), char16_t(0xfdd1), char16_t(0xfffc)}) {
        QVERIFY(TextPieces::shown(kept) != QChar(kept));
    }
}

QTEST_APPLESS_MAIN(TextPiecesTest)
#include "text_pieces_test.moc"
