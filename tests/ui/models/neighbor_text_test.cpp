// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/neighbor_text.h"

#include "tests/support/other_programs.h"

#include <array>
#include <limits>
#include <span>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace lexiscope;

namespace {

/// Tokens that mean something to at least one of the forms.
const std::array<std::string, 14> tokens = {
    "king",     "Ġking", "a|b",         "`x`",          "say \"no\"",       "1,000",     "C:\\new_{x}~^",
    "50% & $#", " Ġ",    "line\nbreak", "\xFF\xC3half", "король🦒", "--<<>>?'`", "\u200Bhidden"};

NeighborResult list(std::span<const std::string> words, WordMark mark = WordMark::None) {
    Vocabulary::Builder builder;
    builder.add("query");
    NeighborResult result;
    for (const std::string& word : words) {
        result.neighbors.push_back({Row{static_cast<std::uint32_t>(builder.size())}, 0.5});
        builder.add(word);
    }
    auto model = std::make_shared<Model>();
    model->name = "test";
    model->vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(mark));
    result.model = model;
    return result;
}

/// What Python makes of the text, as JSON that `script` prints of `text`.
QJsonArray byPython(const std::string& text, const QString& script) {
    const test::ScratchFolder folder;
    const std::string file = folder.write("table", text).string();
    const QByteArray output =
        test::outputOf(QStringLiteral("/usr/bin/python3"),
                       {QStringLiteral("-c"),
                        QStringLiteral("import csv, json, sys\n"
                                       "text = open(sys.argv[1], encoding='utf-8', newline='').read()\n") +
                            script,
                        QString::fromStdString(file)});
    return QJsonDocument::fromJson(output).array();
}

}  // namespace

class NeighborTextTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void markdownIsATable() {
        const std::array<std::string, 2> words = {"Ġking", "ĠParis"};
        NeighborResult neighbors = list(words, WordMark::ByteLevel);
        neighbors.neighbors[1].score = -1.0 / 3;
        QCOMPARE(neighborText(neighbors, TableForm::Markdown),
                 std::string("| # | ID | token | cosine |\n"
                             "| ---: | ---: | :--- | ---: |\n"
                             "| 1 | 1 | `·king` | 0.5000 |\n"
                             "| 2 | 2 | `·Paris` | -0.3333 |\n"));
    }

    void markdownKeepsTokensWhole_data() {
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("cell");
        QTest::newRow("bar") << "a|b"
                             << "`a\\|b`";
        QTest::newRow("backtick inside") << "a`b"
                                         << "``a`b``";
        QTest::newRow("backticks outside") << "`x`"
                                           << "`` `x` ``";
        QTest::newRow("three of them") << "```"
                                       << "```` ``` ````";
        QTest::newRow("backslash and bar") << "\\|"
                                           << "`\\\\|`";
        QTest::newRow("newline") << "a\nb"
                                 << "`a⏎b`";
        QTest::newRow("emphasis") << "*a_b*"
                                  << "`*a_b*`";
    }
    void markdownKeepsTokensWhole() {
        QFETCH(const QString, token);
        QFETCH(const QString, cell);
        const std::string word = token.toStdString();
        const std::string text = neighborText(list(std::span(&word, 1)), TableForm::Markdown);
        QCOMPARE(QString::fromStdString(text).split(u'\n')[2],
                 QStringLiteral("| 1 | 1 | %1 | 0.5000 |").arg(cell));
    }

    void latexIsATabular() {
        const std::array<std::string, 1> words = {"Ġking"};
        NeighborResult neighbors = list(words, WordMark::ByteLevel);
        neighbors.metric = Metric::Dot;
        neighbors.neighbors[0].score = -12.5;
        QCOMPARE(neighborText(neighbors, TableForm::Latex),
                 std::string("\\begin{tabular}{rrlr}\n"
                             "\\hline\n"
                             "\\# & ID & token & dot \\\\\n"
                             "\\hline\n"
                             "1 & 1 & \\texttt{\\textperiodcentered{}king} & $-12.5000$ \\\\\n"
                             "\\hline\n"
                             "\\end{tabular}\n"));
    }

    void latexTakesNoTokenForACommand_data() {
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("cell");
        QTest::newRow("specials") << "50% & $#_"
                                  << "50\\%·\\&·\\$\\#\\_";
        QTest::newRow("braces") << "\\new{x}"
                                << "\\textbackslash{}new\\{x\\}";
        QTest::newRow("accents") << "~^"
                                 << "\\textasciitilde{}\\textasciicircum{}";
        QTest::newRow("ligatures") << "--<<"
                                   << "{-}{-}{<}{<}";
        QTest::newRow("quotes") << "`'"
                                << "\\textasciigrave{}\\textquotesingle{}";
        QTest::newRow("zero-width space") << QStringLiteral("\u200B") << "$\\langle$U+200B$\\rangle$";
    }
    void latexTakesNoTokenForACommand() {
        QFETCH(const QString, token);
        QFETCH(QString, cell);
        const std::string word = token.toStdString();
        cell.replace(QStringLiteral("·"), QStringLiteral("\\textperiodcentered{}"));
        const std::string text = neighborText(list(std::span(&word, 1)), TableForm::Latex);
        QCOMPARE(QString::fromStdString(text).split(u'\n')[4],
                 QStringLiteral("1 & 1 & \\texttt{%1} & $0.5000$ \\\\").arg(cell));
    }

    void pythonsReaderGivesTheTokensOfTheCsv() {
        NeighborResult neighbors = list(tokens);
        neighbors.neighbors[0].score = 1.0 / 3;
        const QJsonArray lines =
            byPython(neighborText(neighbors, TableForm::Csv),
                     QStringLiteral("import io\n"
                                    "json.dump(list(csv.reader(io.StringIO(text, newline='')"
                                    ", strict=True)), sys.stdout)"));
        QCOMPARE(lines.size(), static_cast<qsizetype>(tokens.size() + 1));
        QCOMPARE(lines[0].toArray(), (QJsonArray{"rank", "id", "token", "cosine"}));
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const QJsonArray line = lines[static_cast<qsizetype>(i + 1)].toArray();
            QCOMPARE(line[0].toString(), QString::number(i + 1));
            QCOMPARE(line[1].toString(), QString::number(neighbors.neighbors[i].row.value));
            QCOMPARE(line[2].toString(), QString::fromUtf8(tokens[i].c_str()));
            QCOMPARE(line[3].toString().toDouble(), neighbors.neighbors[i].score);
        }
    }

    void pythonReadsItsList() {
        NeighborResult neighbors = list(tokens);
        neighbors.neighbors[0].score = 1.0 / 3;
        neighbors.neighbors[1].score = 2;
        neighbors.neighbors[2].score = -std::numeric_limits<double>::infinity();
        neighbors.neighbors[3].score = std::numeric_limits<double>::quiet_NaN();
        // Bytes, so that what is no UTF-8 comes back as it was.
        const QJsonArray read = byPython(
            neighborText(neighbors, TableForm::Python),
            QStringLiteral("exec(text)\n"
                           "assert all(type(score) is float for _, _, score in neighbors)\n"
                           "json.dump([[i, token.encode('utf-8', 'surrogateescape').hex(), repr(score)]"
                           " for i, token, score in neighbors], sys.stdout)"));
        QCOMPARE(read.size(), static_cast<qsizetype>(tokens.size()));
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const QJsonArray each = read[static_cast<qsizetype>(i)].toArray();
            QCOMPARE(each[0].toInteger(), static_cast<qint64>(neighbors.neighbors[i].row.value));
            QCOMPARE(QByteArray::fromHex(each[1].toString().toLatin1()),
                     QByteArray::fromStdString(tokens[i]));
        }
        QCOMPARE(read[0].toArray()[2].toString(), QStringLiteral("0.3333333333333333"));
        QCOMPARE(read[1].toArray()[2].toString(), QStringLiteral("2.0"));
        QCOMPARE(read[2].toArray()[2].toString(), QStringLiteral("-inf"));
        QCOMPARE(read[3].toArray()[2].toString(), QStringLiteral("nan"));
    }

    void nothingHiddenIsLeftInPython() {
        const std::array<std::string, 1> words = {"\u202Eabc\u200B"};
        QVERIFY(neighborText(list(words), TableForm::Python).find("\"\\u202eabc\\u200b\"") !=
                std::string::npos);
    }

    void anEmptyListHasItsHeadAlone() {
        const NeighborResult none = list({});
        QCOMPARE(neighborText(none, TableForm::Csv), std::string("rank,id,token,cosine\r\n"));
        QVERIFY(neighborText(none, TableForm::Python).ends_with("neighbors = [\n]\n"));
    }
};

QTEST_GUILESS_MAIN(NeighborTextTest)
#include "neighbor_text_test.moc"
