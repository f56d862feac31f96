// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/word_questions.h"

#include <string>

#include <QTest>

using namespace lexiscope;

class WordQuestionsTest : public QObject {
    Q_OBJECT

  private:
    void isError(const Error& error, const char* says) {
        QCOMPARE(error.code, ErrorCode::Broken);
        QVERIFY2(toString(error).starts_with(says), toString(error).c_str());
    }

  private slots:
    void questionsInSections() {
        const AnalogyQuestions found = parseAnalogyQuestions(
                                           "\xEF\xBB\xBF: capitals \r\nAthens Greece Oslo Norway\r\n"
                                           "\n\t Rome  Italy\tParis France \n: empty\n:family\na b c d",
                                           "q.txt")
                                           .value();
        QCOMPARE(found.sections.size(), std::size_t(3));
        QCOMPARE(found.sections[0].name, std::string("capitals"));
        QCOMPARE(found.sections[0].questions.size(), std::size_t(2));
        QCOMPARE(found.sections[0].questions[1], (AnalogyQuestion{"Rome", "Italy", "Paris", "France"}));
        QCOMPARE(found.sections[1].name, std::string("empty"));
        QVERIFY(found.sections[1].questions.empty());
        QCOMPARE(found.sections[2].questions[0][3], std::string("d"));
        QCOMPARE(found.oddLines.count, std::size_t(0));
    }

    void linesThatAreNoQuestionsAreCounted() {
        const AnalogyQuestions found =
            parseAnalogyQuestions(": s\na b c\na b c d\none two three four five\n", "q.txt").value();
        QCOMPARE(found.sections[0].questions.size(), std::size_t(1));
        QCOMPARE(found.oddLines.count, std::size_t(2));
        QCOMPARE(found.oddLines.first, std::size_t(2));
    }

    void filesWithoutQuestionsAreErrors() {
        isError(parseAnalogyQuestions("", "q.txt").error(), "q.txt: there is no question of four words");
        isError(parseAnalogyQuestions(": a\n: b\n", "q.txt").error(), "q.txt: there is no question");
        isError(parseAnalogyQuestions("\n\nlove sex 6.7\n", "q.txt").error(),
                "q.txt, line 3: is no question of four words, nor is any other line");
        isError(parseAnalogyQuestions("x\na b c d\n: s\n", "q.txt").error(),
                "q.txt, line 2: a question before the first section");
    }

    void pairsOfWords() {
        const JudgedPairs found =
            parseJudgedPairs("# a comment\nlove\tsex\t6.77\r\n\nNew York\tcity\t1e1\ntiger cat  -3\n",
                             "p.tsv")
                .value();
        QCOMPARE(found.pairs.size(), std::size_t(3));
        QCOMPARE(found.pairs[0].second, std::string("sex"));
        QCOMPARE(found.pairs[0].score, 6.77);
        QCOMPARE(found.pairs[1].first, std::string("New York"));
        QCOMPARE(found.pairs[1].score, 10.0);
        QCOMPARE(found.pairs[2].first, std::string("tiger"));
        QCOMPARE(found.pairs[2].score, -3.0);
        QCOMPARE(found.oddLines.count, std::size_t(0));
    }

    void linesThatAreNoPairsAreCounted() {
        const JudgedPairs found =
            parseJudgedPairs("word1\tword2\tscore\na\tb\t1\na\tb\nc\td\t1,5\ne\tf\tnan\ng\th\t2\tx\n",
                             "p.tsv")
                .value();
        QCOMPARE(found.pairs.size(), std::size_t(1));
        QCOMPARE(found.oddLines.count, std::size_t(5));
        QCOMPARE(found.oddLines.first, std::size_t(1));
    }

    void filesWithoutPairsAreErrors() {
        isError(parseJudgedPairs("# nothing\n", "p.tsv").error(), "p.tsv: there is no pair of words");
        isError(parseJudgedPairs("#\n: s\na b c d\n", "p.tsv").error(),
                "p.tsv, line 2: is no pair of words with a number, nor is any other line");
    }
};

QTEST_GUILESS_MAIN(WordQuestionsTest)
#include "word_questions_test.moc"
