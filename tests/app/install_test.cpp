// SPDX-License-Identifier: GPL-3.0-or-later
// Installs the program into a folder of its own and starts it there.
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Outcome {
    int status = -1;
    QByteArray output;
    QByteArray errors;
};

Outcome run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    Outcome outcome;
    if (!process.waitForFinished(120000)) {
        process.kill();
        process.waitForFinished();
        outcome.errors = process.errorString().toUtf8();
        return outcome;
    }
    outcome.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.output = process.readAllStandardOutput();
    outcome.errors = process.readAllStandardError();
    return outcome;
}

}  // namespace

class InstallTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        const Outcome installed =
            run(LEXISCOPE_CMAKE, {"--install", LEXISCOPE_BINARY_DIR, "--prefix", m_folder.path()});
        QVERIFY2(installed.status == 0, installed.errors);
    }

    void everythingIsInItsPlace_data() {
        QTest::addColumn<QString>("path");
        for (const char* path :
             {"bin/lexiscope", "share/lexiscope/models/tiny-gpt2/config.json",
              "share/lexiscope/models/tiny-gpt2/model.safetensors",
              "share/lexiscope/models/tiny-gpt2/vocab.json", "share/lexiscope/models/tiny-gpt2/merges.txt",
              "share/lexiscope/models/wiki-words/wiki-words.bin", "share/lexiscope/models/README.md",
              "share/applications/lexiscope.desktop", "share/icons/hicolor/scalable/apps/lexiscope.svg",
              "share/doc/lexiscope/LICENSE"}) {
            QTest::newRow(path) << QString(path);
        }
    }
    void everythingIsInItsPlace() {
        QFETCH(QString, path);
        const QFileInfo file(m_folder.filePath(path));
        QVERIFY(file.isFile());
        QVERIFY(!file.isSymLink());
        QVERIFY(file.size() > 0);
    }

    void theInstalledProgramFindsItsModels_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("dimension");
        QTest::newRow("tiny-gpt2") << QString("builtin:tiny-gpt2") << 16384 << 128;
        QTest::newRow("wiki-words") << QString("builtin:wiki-words") << 20000 << 100;
    }
    void theInstalledProgramFindsItsModels() {
        QFETCH(QString, model);
        QFETCH(int, rows);
        QFETCH(int, dimension);
        const Outcome info = run(m_folder.filePath("bin/lexiscope"), {"info", model, "--json"});
        QVERIFY2(info.status == 0, info.errors);
        const QJsonObject facts = QJsonDocument::fromJson(info.output).object();
        QCOMPARE(facts["vocab_size"].toInt(), rows);
        QCOMPARE(facts["dimension"].toInt(), dimension);
    }

  private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(InstallTest)
#include "install_test.moc"
