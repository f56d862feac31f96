// SPDX-License-Identifier: GPL-3.0-or-later
// Files that a person opens or drops: models, texts, others; sample texts; where models are to be had.
#include "tests/support/gzip.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/model_sources.h"
#include "ui/session/sample_texts.h"
#include "ui/widgets/text_field.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

struct OpenWindow : Workspace {
    OpenWindow() : window(context(), themes, runner, nullptr) {
        session.setText("A text to begin with.");
        window.resize(1440, 900);
        window.show();
        ready = QTest::qWaitForWindowExposed(&window) && load(0, QStringLiteral("builtin:tiny-gpt2"));
    }

    [[nodiscard]] bool drop(const std::filesystem::path& file) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
        const QPoint at = window.rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
        return settle();
    }
    TextField& field() { return *window.findChild<TextField*>(); }
    QString message() { return window.messages().text(); }

    bool ready = false;
    MainWindow window;
};

}  // namespace

class OpenedFilesTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { failOnQtWarnings(); }

    void aDroppedTextIsTheText() {
        const ScratchFolder folder;
        OpenWindow w;
        QVERIFY(w.ready);
        QVERIFY(w.drop(folder.write("notes.txt", "A queen.\nTwo lines.\n")));
        QCOMPARE(w.session.text(), QByteArray("A queen.\nTwo lines.\n"));
        QCOMPARE(w.field().text(), QStringLiteral("A queen.\nTwo lines.\n"));
        QCOMPARE(w.session.slot(0).spec, QStringLiteral("builtin:tiny-gpt2"));
        QVERIFY(w.session.slot(0).loadingSpec.isEmpty());
        QVERIFY2(w.message().contains(QStringLiteral("notes.txt")) &&
                     w.message().contains(QStringLiteral("20 bytes")),
                 qPrintable(w.message()));
        w.field().undo();
        QCOMPARE(w.session.text(), QByteArray("A text to begin with."));
    }

    void anyBytesOfATextSurvive() {
        const ScratchFolder folder;
        const QByteArray bytes(
            "\xEF\xBB\xBF"
            "caf\xE9 \xE2\x96\0 na\xC3\xAFve\r\n",
            20);
        OpenWindow w;
        QVERIFY(w.ready);
        QVERIFY(w.drop(folder.write("notes.txt", bytes.toStdString())));
        QCOMPARE(w.session.text(), bytes);
        QVERIFY2(w.message().contains(QStringLiteral("not all of them UTF-8")), qPrintable(w.message()));
        const std::shared_ptr<const EncodedText> encoded = w.analyses.encoding(0);
        QCOMPARE(encoded->text, bytes.toStdString());
        // Typing leaves the other bytes as they are.
        w.field().setCaret(w.field().text().size());
        QTest::keyClicks(&w.field(), QStringLiteral("!"));
        QCOMPARE(w.session.text(), bytes + "!");
        w.field().undo();
        QCOMPARE(w.session.text(), bytes);
    }

    void aTextOfVectorsIsAModel() {
        const ScratchFolder folder;
        OpenWindow w;
        QVERIFY(w.ready);
        QVERIFY(w.drop(folder.write("pets.txt", "cat 1 0.5\ndog 0.5 1\n")));
        QCOMPARE(w.session.slot(0).model->format, std::string("GloVe text"));
        QCOMPARE(w.session.text(), QByteArray("A text to begin with."));
        QVERIFY(w.drop(folder.write("pets.vec.gz", gzipped("2 2\ncat 1 0.5\ndog 0.5 1\n"))));
        QCOMPARE(w.session.slot(0).model->format, std::string("word2vec text, gzip"));
    }

    void whatIsNeitherIsRefused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("saying");
        QTest::newRow("JSON") << "some.json" << QByteArray("{\"a\": 1}") << "JSON";
        QTest::newRow("bytes") << "some.dat" << QByteArray("\x01\x00\xFF\xFE", 4) << "no format";
        QTest::newRow("broken vectors")
            << "pets.txt" << QByteArray("2 2\ncat 1 0.5\ndog 0,5 1\n") << "line 3, column 5";
        QTest::newRow("too long a text") << "long.txt" << QByteArray(17 << 20, 'x') << "17,825,792 bytes";
    }
    void whatIsNeitherIsRefused() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, saying);
        const ScratchFolder folder;
        OpenWindow w;
        QVERIFY(w.ready);
        QVERIFY(w.drop(folder.write(name.toStdString(), bytes.toStdString())));
        QCOMPARE(w.session.text(), QByteArray("A text to begin with."));
        QCOMPARE(w.session.slot(0).spec, QStringLiteral("builtin:tiny-gpt2"));
        QVERIFY2(w.message().contains(saying), qPrintable(w.message()));
    }

    void samplesAreChosenFromAMenu() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto* button = w.window.findChild<QPushButton*>(QStringLiteral("samples"));
        QVERIFY(button != nullptr && button->isVisible());
        QCOMPARE(static_cast<std::size_t>(button->menu()->actions().size()), sampleTexts().size());
        for (std::size_t i = 0; i < sampleTexts().size(); ++i) {
            button->menu()->actions()[static_cast<qsizetype>(i)]->trigger();
            QCOMPARE(w.field().text(), sampleTexts()[i].text);
        }
        QVERIFY(w.settle());
        w.field().undo();
        QCOMPARE(w.session.text(), sampleTexts()[sampleTexts().size() - 2].text.toUtf8());
    }

    void samplesAreManyKindsOfText() {
        QSet<QString> titles;
        for (const SampleText& sample : sampleTexts()) {
            QVERIFY(!sample.title.isEmpty() && !sample.text.isEmpty());
            QVERIFY(!sample.text.contains(QChar::ReplacementCharacter));
            titles.insert(sample.title);
        }
        QCOMPARE(static_cast<std::size_t>(titles.size()), sampleTexts().size());
        QVERIFY(sampleTexts().size() >= 8);
    }

    void whereModelsAreToBeHadIsTold() {
        OpenWindow w;
        QVERIFY(w.ready);
        QAction* help = nullptr;
        for (QAction* action : w.window.findChildren<QAction*>()) {
            help = action->text().remove(u'&') == QStringLiteral("Where to get models") ? action : help;
        }
        QVERIFY(help != nullptr);
        QStringList shown;
        QTimer::singleShot(0, &w.window, [&shown] {
            QWidget* dialog = QApplication::activeModalWidget();
            for (const QLabel* label : dialog->findChildren<QLabel*>()) {
                shown << label->text();
                if (label->isVisible() && !label->wordWrap() && label->width() < label->sizeHint().width()) {
                    shown << QStringLiteral("CUT: ") + label->text();
                }
            }
            dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Close)->click();
        });
        help->trigger();
        for (const char* name : {"GPT-2", "model.safetensors", "vocab.json", "merges.txt",
                                 "word2vec-google-news-300", "GoogleNews-vectors-negative300.bin", "GloVe",
                                 "glove.6B.300d.txt", "400,000 × 300", "1.04 GB"}) {
            QVERIFY2(shown.contains(QString::fromUtf8(name)), name);
        }
        QVERIFY2(shown.filter(QStringLiteral("CUT: ")).isEmpty(),
                 qPrintable(shown.filter("CUT: ").join(u'\n')));
    }
};

QTEST_MAIN(OpenedFilesTest)
#include "opened_files_test.moc"
