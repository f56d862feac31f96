// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/decoder.h"

#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

using Strings = std::vector<std::string>;

}  // namespace

class DecoderTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bytesComeBack() {
        QCOMPARE(makeByteLevelDecoder()->apply({"\u0120a", "\u00C3\u00A9", "\u65E5"}),
                 (Strings{" a\u00E9\u65E5"}));
        QCOMPARE(makeByteFallbackDecoder()->apply({"<0x41>", "<0xe9>", "<0xG1>", "<0x411>", "a"}),
                 (Strings{"A", "\xE9", "<0xG1>", "<0x411>", "a"}));
        QCOMPARE(makeByteFallbackDecoder()->apply({"a", "<0xC3>", "<0xA9>", "<0x41>", "b"}), (Strings{"a",
                                                                                                      "\u00E9"
                                                                                                      "A",
                                                                                                      "b"}));
    }

    void spacesComeBack() {
        QCOMPARE(makeMetaspaceDecoder("\u2581", true)->apply({"\u2581a", "\u2581b\u2581"}),
                 (Strings{"a", " b "}));
        QCOMPARE(makeMetaspaceDecoder("\u2581", true)->apply({"\u2581\u2581a\u2581", "b"}),
                 (Strings{"a", "b"}));
        QCOMPARE(makeMetaspaceDecoder("\u2581", false)->apply({"\u2581a"}), (Strings{" a"}));
        QCOMPARE(makeBpeDecoder("</w>")->apply({"a", "b</w>", "c</w>"}), (Strings{"a", "b ", "c"}));
        QCOMPARE(makeWordPieceDecoder("##", false)->apply({"##a", "b", "##c", "."}),
                 (Strings{"##a", " b", "c", " ."}));
        QCOMPARE(makeWordPieceDecoder("##", true)->apply({"a", "."}), (Strings{"a", "."}));
    }

    void textsAreChanged() {
        QCOMPARE(makeReplaceDecoder("_", " ")->apply({"_a_", "b"}), (Strings{" a ", "b"}));
        QCOMPARE(makeReplaceDecoder(SplitRegex::compile("_+").value(), " ")->apply({"a__b_"}),
                 (Strings{"a b "}));
        QCOMPARE(makeStripDecoder(" ", 1, 2)->apply({"  a   "}), (Strings{" a "}));
        QCOMPARE(makeFuseDecoder()->apply({"a", "b"}), (Strings{"ab"}));
        QCOMPARE(makeCtcDecoder({})->apply({"a", "a", "<pad>", "a", "|", "|", "b"}),
                 (Strings{"a", "a", " ", "b"}));
        QCOMPARE(makeCtcDecoder({"-", "|", false})->apply({"a-|", "--", "b"}), (Strings{"a|", "b"}));
        QCOMPARE(makeDecoderSequence(
                     {makeReplaceDecoder("x", " "), makeFuseDecoder(), makeStripDecoder(" ", 1, 0)})
                     ->apply({"xa", "xb"}),
                 (Strings{"a b"}));
    }
};

QTEST_APPLESS_MAIN(DecoderTest)
#include "decoder_test.moc"
