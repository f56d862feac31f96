// SPDX-License-Identifier: GPL-3.0-or-later
// The files of the token table and the vocabulary, as another program reads them back.
#include "core/base/utf8.h"
#include "tests/support/byte_ranks.h"
#include "tests/support/other_programs.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/data_export.h"
#include "ui/panels/table_panel.h"
#include "ui/panels/vocabulary_panel.h"
#include "ui/session/script_name.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QTest>

using namespace lexiscope;

namespace {

/// All that a reader of lines and commas can stumble over, and bytes that are no UTF-8: a lone byte, a
/// character cut short, one written too long, half of a pair.
const QByteArray awkward =
    QByteArrayLiteral(
        "a,b;\"quoted\" \"\"\r\nnext\n\n\tend , =1+1 \xFF\xF0\x9F na\xC3\xAFve \xC0\xAF "
        "\xED\xA0\x80 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x99\x82 ") +
    QByteArray("\0nul\x7F\x1B.", 7);

/// A panel on one tokenizer, and its data as a file.
template <typename Shown>
struct Stage : test::Workspace {
    explicit Stage(const QString& spec, const QByteArray& text = awkward) : panel(context()) {
        session.setText(text);
        panel.resize(700, 400);
        ready = load(0, spec) && test::showActive(panel) && settle();
    }
    /// Through the road that the menu of a card takes.
    [[nodiscard]] QString saved() {
        QWidget window;
        MessageBar messages(themes);
        DataExport exporting(window, messages, runner);
        const std::vector<DataTable> tables = panel.data();
        if (tables.size() != 1 || tables.front().writer(DataFormat::Npy)) {
            return {};  // texts are no numbers
        }
        const QString path = QString::fromStdString((folder.path() / "data.csv").string());
        exporting.write(tables.front(), DataFormat::Csv, path);
        return settle() && messages.text().contains(QStringLiteral("Saved")) ? path : QString();
    }
    std::shared_ptr<const Model> model() { return session.slot(0).model; }

    test::ScratchFolder folder;
    Shown panel;
    bool ready = false;
};

QString dataFile(const char* tokenizer) {
    return QString::fromStdString((test::dataFolder() / "tokenizers" / tokenizer).string());
}

/// The lines of the file as Python's csv module reads them, as objects by the names of its first line.
QJsonArray linesOf(const QString& path) {
    const QString program = QStringLiteral(
        "import csv, json, sys\n"
        "lines = csv.DictReader(open(sys.argv[1], encoding='utf-8', newline=''), strict=True)\n"
        "json.dump([line for line in lines], sys.stdout)\n");
    return QJsonDocument::fromJson(
               test::outputOf(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), program, path}))
        .array();
}

QByteArray bytesIn(const QJsonObject& line) {
    return QByteArray::fromHex(line["bytes"].toString().toLatin1());
}

/// What the text is to a reader that takes nothing but UTF-8.
QString readable(const QByteArray& bytes) {
    return QString::fromStdString(withReplacementCharacters(bytes.toStdString()));
}

}  // namespace

class TokenCsvTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void tokensOfATextComeBack_data() {
        QTest::addColumn<QString>("spec");
        QTest::newRow("byte-level BPE") << QStringLiteral("builtin:tiny-gpt2");
        QTest::newRow("words, most of them unknown") << QStringLiteral("builtin:wiki-words");
        for (const char* file : {"bert-base-uncased/tokenizer.json", "sentencepiece/wiki-unigram.model",
                                 "sentencepiece/wiki-bpe.model", "tiktoken/cl100k_base.tiktoken"}) {
            QTest::newRow(file) << dataFile(file);
        }
    }
    void tokensOfATextComeBack() {
        QFETCH(QString, spec);
        if (!spec.startsWith(QLatin1String("builtin:"))) {
            LEXISCOPE_NEEDS_DATA(spec.toStdString());
        }
        Stage<TablePanel> stage(spec);
        QVERIFY(stage.ready);
        const std::shared_ptr<const EncodedText> text = stage.analyses.encoding(0);
        const std::vector<Token>& tokens = text->encoding.tokens;
        const QString path = stage.saved();
        const QJsonArray lines = linesOf(path);
        QCOMPARE(static_cast<std::size_t>(lines.size()), tokens.size());
        QByteArray all;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QJsonObject line = lines[i].toObject();
            const Token& token = tokens[static_cast<std::size_t>(i)];
            const QByteArray bytes = bytesIn(line);
            QCOMPARE(line["position"].toString(), QString::number(i));
            QCOMPARE(line["id"].toString(), token.id ? QString::number(token.id->value) : QString());
            QCOMPARE(bytes, QByteArray::fromStdString(bytesOf(*text, static_cast<std::size_t>(i))));
            QCOMPARE(line["text"].toString(), readable(bytes));
            QCOMPARE(line["start"].toString().toULongLong(), token.source.begin);
            QCOMPARE(line["end"].toString().toULongLong(), token.source.end);
            if (token.id) {
                const std::string_view spelled = text->tokenizer->spelling(*token.id);
                QCOMPARE(line["token"].toString(),
                         readable(QByteArray(spelled.data(), static_cast<qsizetype>(spelled.size()))));
                const auto rank = text->tokenizer->mergeRank(*token.id);
                const auto score = text->tokenizer->score(*token.id);
                QCOMPARE(line[score ? "score" : "rank"].toString().toDouble(),
                         score ? *score : rank.value_or(0));
            }
            all += bytes;
        }
        if (stage.model()->tokenizer->kind() == "byte-level BPE") {
            QCOMPARE(all, awkward);
        }
    }

    void aVocabularyComesBack_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("search");
        QTest::newRow("byte-level BPE") << QStringLiteral("builtin:tiny-gpt2") << QString();
        QTest::newRow("a part of one") << QStringLiteral("builtin:tiny-gpt2") << QStringLiteral("\"");
        for (const char* file : {"bert-base-uncased/vocab.txt", "sentencepiece/wiki-unigram.model"}) {
            QTest::newRow(file) << dataFile(file) << QString();
        }
    }
    void aVocabularyComesBack() {
        QFETCH(QString, spec);
        QFETCH(QString, search);
        if (!spec.startsWith(QLatin1String("builtin:"))) {
            LEXISCOPE_NEEDS_DATA(spec.toStdString());
        }
        Stage<VocabularyPanel> stage(spec);
        QVERIFY(stage.ready);
        stage.panel.findChild<QLineEdit*>()->setText(search);
        QVERIFY(stage.settle());
        const QJsonArray lines = linesOf(stage.saved());
        const Vocabulary& vocabulary = *stage.model()->vocabulary;
        QVERIFY(search.isEmpty() ? static_cast<std::size_t>(lines.size()) == vocabulary.size()
                                 : lines.size() > 10);
        int before = -1;
        for (const QJsonValue& each : lines) {
            const QJsonObject line = each.toObject();
            const Row row{line["id"].toString().toUInt()};
            QVERIFY(static_cast<int>(row.value) > before);
            before = static_cast<int>(row.value);
            const std::string_view spelled = vocabulary.spelling(row);
            QCOMPARE(line["token"].toString(),
                     readable(QByteArray(spelled.data(), static_cast<qsizetype>(spelled.size()))));
            QCOMPARE(bytesIn(line), QByteArray::fromStdString(textOf(vocabulary, row)));
            QCOMPARE(line["text"].toString(), readable(bytesIn(line)));
            QVERIFY(line["text"].toString().contains(search) || line["token"].toString().contains(search));
            QVERIFY(line["characters"].toString().toInt() > 0 || bytesIn(line).isEmpty());
        }
    }

    void eachByteIsATokenOfItsOwn() {
        const test::ScratchFolder folder;
        Stage<VocabularyPanel> stage(
            QString::fromStdString(folder.write("bytes.tiktoken", test::byteRanks()).string()));
        QVERIFY(stage.ready);
        const QJsonArray lines = linesOf(stage.saved());
        QVERIFY(lines.size() >= 256);
        for (int byte = 0; byte < 256; ++byte) {
            const QJsonObject line = lines[byte].toObject();
            QCOMPARE(bytesIn(line), QByteArray(1, static_cast<char>(byte)));
            QCOMPARE(line["text"].toString(),
                     byte < 128 ? QString(QChar(byte)) : QString(QChar(QChar::ReplacementCharacter)));
        }
    }
};

QTEST_MAIN(TokenCsvTest)
#include "token_csv_test.moc"
