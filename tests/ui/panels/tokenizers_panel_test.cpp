// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tokenizers_panel.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"
#include "ui/session/language_samples.h"

#include <set>

#include <QFontMetricsF>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

struct Shown : Workspace {
    Shown() : panel(context()) {
        session.setText("The walking dog");
        panel.resize(1200, 560);
        panel.show();
        ready = QTest::qWaitForWindowExposed(&panel) && load(0, QStringLiteral("builtin:tiny-gpt2"));
    }
    CellGrid& numbers() { return *panel.findChild<CellGrid*>(QStringLiteral("numbers")); }
    CellGrid& languages() { return *panel.findChild<CellGrid*>(QStringLiteral("languages")); }
    AlignedStrips& strips() { return *panel.findChild<AlignedStrips*>(); }
    std::string csvOf(std::size_t table) {
        std::string csv;
        NoProgress progress;
        const auto write = [&csv](std::string_view bytes) -> Result<Done> {
            csv += bytes;
            return Done{};
        };
        const Result<Done> written = panel.data()[table].csv(write, pool, progress);
        return written.ok() ? csv : std::string();
    }

    ScratchFolder folder;
    bool ready = false;
    TokenizersPanel panel;
};

}  // namespace

class TokenizersPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void namesAreReadBeforePartsStandBesideEachOther() {
        Shown s;
        QVERIFY(s.ready && s.load(1, QStringLiteral("builtin:tiny-gpt2")));
        auto model = std::make_shared<Model>(*s.session.slot(1).model);
        model->name = "bert-base-uncased";
        s.session.place(1, model);
        const QFontMetricsF metrics(s.themes.theme().textFont(13));
        constexpr double mark = 30;
        const double name = metrics.horizontalAdvance(QStringLiteral("bert-base"));
        for (int width = 480; width <= 760; width += 20) {
            s.panel.resize(width, 400);
            QVERIFY(s.settle());
            QVERIFY2(s.numbers().columnWidth(0) >= mark + name, qPrintable(QString::number(width)));
        }
    }

    void init() { failOnQtWarnings(); }

    void languagesAreManyAndDifferent() {
        std::set<QString> names;
        std::set<QString> texts;
        for (const LanguageSample& sample : languageSamples()) {
            names.insert(sample.language);
            texts.insert(sample.text);
            QVERIFY(!sample.text.contains(QChar::ReplacementCharacter));
        }
        QCOMPARE(names.size(), languageSamples().size());
        QCOMPARE(texts.size(), languageSamples().size());
        QVERIFY(names.size() >= 10);
        QCOMPARE(languageSamples().front().language, QStringLiteral("English"));
    }

    void nothingIsDividedByNothing() {
        Shown w;
        QVERIFY(w.ready);
        w.session.setText("   ");
        QVERIFY(w.settle());
        QVERIFY(w.numbers().rows()[0][2].text != QStringLiteral("–"));
        QCOMPARE(w.numbers().rows()[0][3].text, QStringLiteral("–"));  // tokens per word
        w.session.setText("");
        QVERIFY(w.settle());
        QCOMPARE(w.numbers().rows()[0][1].text, QStringLiteral("0"));
        QCOMPARE(w.numbers().rows()[0][2].text, QStringLiteral("–"));
        QCOMPARE(w.numbers().rows()[0][3].text, QStringLiteral("–"));
    }

    void numbersAreThoseOfTheTokens() {
        Shown w;
        QVERIFY(w.ready);
        QVERIFY(w.load(3, QString::fromStdString(
                              w.folder.write("vocab.txt", "[UNK]\nthe\nwalk\n##ing\ndog\n").string())));
        QCOMPARE(w.numbers().rows().size(), std::size_t(2));
        const std::shared_ptr<const EncodedText> first = w.analyses.encoding(0);
        const std::vector<CellGrid::Cell> row = w.numbers().rows()[0];
        const auto tokens = static_cast<double>(first->encoding.tokens.size());
        QCOMPARE(row[1].text, QString::number(tokens));
        QCOMPARE(row[2].text, QString::number(15 / tokens, 'f', 2));
        QCOMPARE(row[3].text, QString::number(tokens / 3, 'f', 2));
        const std::vector<CellGrid::Cell> second = w.numbers().rows()[1];
        QCOMPARE(second[0].slot, std::optional(3));
        QCOMPARE(second[1].text, QStringLiteral("4"));  // the walk ##ing dog
        QCOMPARE(w.strips().rows().size(), std::size_t(2));
        QVERIFY2(w.csvOf(0).find("d,") != std::string::npos, w.csvOf(0).c_str());
    }

    void languagesCostWhatTheirTokensAre() {
        Shown w;
        QVERIFY(w.ready);
        const std::vector<std::vector<CellGrid::Cell>>& rows = w.languages().rows();
        QCOMPARE(rows.size(), languageSamples().size());
        NoProgress progress;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Result<Encoding> encoding = w.session.slot(0).model->tokenizer->encode(
                languageSamples()[i].text.toStdString(), {}, progress);
            QCOMPARE(rows[i][1].text.trimmed(), QString::number(encoding.value().tokens.size()));
        }
        QVERIFY(w.csvOf(1).starts_with("language,text,characters,tokens_a\r\nEnglish,"));
    }

    void aClickSelectsInThatSlot() {
        Shown w;
        QVERIFY(w.ready && w.load(2, QStringLiteral("builtin:wiki-words")));
        Q_EMIT w.strips().clicked(2, Position{1});
        QVERIFY(w.settle());
        QVERIFY(w.selection.selected() && w.selection.selected()->slot == 2);
        QCOMPARE(w.session.activeSlot(), 2);
        QCOMPARE(w.session.slot(2).model->vocabulary->spelling(w.selection.selected()->row),
                 std::string_view("walking"));
        QCOMPARE(w.strips().rows()[1].selected, std::optional(Position{1}));
    }

    void aSlotIsEmptiedAndOffered() {
        Shown w;
        QVERIFY(w.ready);
        for (int slot = 1; slot < 4; ++slot) {
            QVERIFY(w.load(slot, QStringLiteral("builtin:wiki-words")));
        }
        QCOMPARE(w.numbers().rows().size(), std::size_t(4));
        w.session.setActiveSlot(2);
        w.session.close(2);
        QVERIFY(w.settle());
        QCOMPARE(w.numbers().rows().size(), std::size_t(3));
        QCOMPARE(w.session.activeSlot(), 0);
        for (int slot = 3; slot >= 0; --slot) {
            w.session.close(slot);
        }
        QVERIFY(w.settle());
        QVERIFY(w.session.activeModel() != nullptr);  // the last one stays
    }

    void switchesOfTheEncodingCount() {
        Shown w;
        QVERIFY(w.ready);
        QVERIFY(w.load(1, QString::fromStdString(
                              w.folder.write("vocab.txt", "[UNK]\n[CLS]\n[SEP]\nthe\ndog\n").string())));
        w.session.setText("the dog [SEP]");
        QVERIFY(w.settle());
        const auto tokens = [&w] { return w.analyses.encoding(1)->encoding.tokens.size(); };
        const std::size_t plain = tokens();
        QVERIFY(plain > 3);
        w.session.setEncodeOptions({false, true});
        QVERIFY(w.settle());
        QCOMPARE(tokens(), std::size_t(3));
        w.session.setEncodeOptions({true, true});
        QVERIFY(w.settle());
        QCOMPARE(tokens(), std::size_t(5));
        QCOMPARE(w.numbers().rows()[1][1].text, QStringLiteral("5"));
        QVERIFY(w.analyses.encoding(1)->options.addSpecial);
    }
};

QTEST_MAIN(TokenizersPanelTest)
#include "tokenizers_panel_test.moc"
