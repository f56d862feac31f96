// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_warnings.h"
#include "tests/support/sanitized.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/save_question.h"
#include "ui/session/sample_corpus.h"

#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTimer>

using namespace lexiscope;

namespace {

QString pathOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// A window that remembers, in which tokenizers and words are learned from a text of its own.
struct Stage : test::Workspace {
    Stage() : settings(pathOf(folder.path() / "settings.ini"), QSettings::IniFormat) {
        corpus = pathOf(folder.write("text.txt", sampleCorpus().substr(0, 100'000)));
        other = pathOf(folder.write("other.txt", sampleCorpus().substr(0, 50'000)));
        window = std::make_unique<MainWindow>(context(), themes, runner, &settings);
        session.setText("The king and the queen.");
        ready = load(0, QStringLiteral("builtin:tiny-gpt2")) && test::showActive(*window) && settle();
        // Not from within the timer's own event: while that lasts, no other of it comes.
        watch.callOnTimeout(qApp, [this] {
            if (!std::exchange(isAnswering, true)) {
                QMetaObject::invokeMethod(
                    &watch,
                    [this] {
                        isAnswering = false;
                        answer();
                    },
                    Qt::QueuedConnection);
            }
        });
        watch.start(20);
    }

    [[nodiscard]] bool learnTokenizer(const QString& text) {
        window->setMode(MainWindow::Mode::Tokenize);
        TokenizerSettings wanted{text, suggestedTokenizer({}, TokenizerKind::Bpe)};
        wanted.options.vocabulary = 300;
        tokenizerRun.start(wanted);
        return settle() && tokenizerRun.result() != nullptr;
    }
    /// Takes long enough to be asked for meanwhile.
    [[nodiscard]] bool beginTokenizer() {
        window->setMode(MainWindow::Mode::Tokenize);
        const std::string much = [] {
            std::string text;
            for (int i = 0; i < (test::isSanitized ? 30 : 200); ++i) {
                text += sampleCorpus();
            }
            return text;
        }();
        TokenizerSettings wanted{pathOf(folder.write("much.txt", much)),
                                 suggestedTokenizer({}, TokenizerKind::Unigram)};
        tokenizerRun.start(wanted);
        return tokenizerRun.isActive();
    }
    [[nodiscard]] bool learnWords(const QString& text) {
        window->setMode(MainWindow::Mode::Learn);
        TrainingSettings wanted{text, suggestedOptions({})};
        wanted.options.dimension = 8;
        wanted.options.threads = 1;
        wanted.options.epochs = 1;
        training.run().start(wanted);
        return settle() && training.model() != nullptr;
    }
    [[nodiscard]] bool takeStepOfLayer() {
        window->setMode(MainWindow::Mode::Learn);
        window->findChild<DockArea*>(QStringLiteral("learnArea"))->dock(QStringLiteral("layer"))->raise();
        if (!settle()) {
            return false;
        }
        button("layer", "take").click();
        return settle();
    }

    QPushButton& button(const char* panel, const char* name) {
        for (Panel* each : window->findChildren<Panel*>(QString::fromLatin1(panel))) {
            if (each->window() == window.get()) {
                return *each->findChild<QPushButton*>(QString::fromLatin1(name));
            }
        }
        return *window->findChild<QPushButton*>(QString::fromLatin1(name));
    }

    /// What is pressed at the next questions, one after the other; files are called `file`.
    QStringList answers;
    QString file = QStringLiteral("kept.json");
    bool waitsForSave = false;
    QStringList questions;  // that were asked, with what they were of
    QStringList states;     // of what was asked for last

    void answer() {
        QWidget* shown = QApplication::activeModalWidget();
        if (auto* dialog = qobject_cast<QFileDialog*>(shown)) {
            dialog->findChild<QLineEdit*>()->setText(pathOf(folder.path() / file.toStdString()));
            static_cast<QDialog*>(dialog)->accept();
        } else if (auto* question = qobject_cast<SaveQuestion*>(shown)) {
            QStringList texts;
            for (const QLabel* label : question->findChildren<QLabel*>()) {
                texts << label->text();
            }
            states = texts;
            auto* save = question->findChild<QPushButton*>(QStringLiteral("save"));
            if (!save->isEnabled() || (waitsForSave && save->isHidden())) {
                return;  // it is being saved, or not learned yet
            }
            const QString wanted = answers.isEmpty() ? QStringLiteral("cancel") : answers.takeFirst();
            questions << texts.value(0) + u'|' + texts.value(1);
            QTest::mouseClick(question->findChild<QPushButton*>(wanted), Qt::LeftButton);
        }
    }

    test::ScratchFolder folder;
    QSettings settings;
    QString corpus;
    QString other;
    std::unique_ptr<MainWindow> window;
    QTimer watch;
    bool isAnswering = false;
    bool ready = false;
};

}  // namespace

class UnsavedWorkTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init() { test::failOnQtWarnings(); }

    void closingAsksForATokenizer() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer(s.corpus));
        s.answers = QStringList{"cancel"};
        QVERIFY(!s.window->close());
        QVERIFY(s.window->isVisible());
        QCOMPARE(s.questions,
                 QStringList{"Save before Lexiscope closes?|The tokenizer learned from text.txt"});
        s.answers = QStringList{"discard"};
        QVERIFY(s.window->close());
        QCOMPARE(s.questions.size(), 2);
    }

    void savingClosesAndTheFileStands() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer(s.corpus));
        s.answers = QStringList{"save"};
        s.file = QStringLiteral("kept");  // the ending is added
        QVERIFY(s.window->close());
        QCOMPARE(s.questions.size(), 1);
        QVERIFY(s.load(1, pathOf(s.folder.path() / "kept.json")));
        QCOMPARE(s.session.slot(1).model->vocabulary->size(),
                 s.tokenizerRun.result()->model->vocabulary->size());
    }

    void aFileThatCannotBeWrittenKeepsTheWindow() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer(s.corpus));
        s.answers = QStringList{"save", "cancel"};
        s.file = QStringLiteral("no/such/folder/kept.json");
        const QString blocker = pathOf(s.folder.write("no", "a file"));
        QVERIFY(!s.window->close());
        QCOMPARE(s.questions.size(), 2);
        QVERIFY2(s.states.value(2).contains(QStringLiteral("could not be made")),
                 qPrintable(s.states.join(u'|')));
        s.answers = QStringList{"discard"};
        QVERIFY(s.window->close());
    }

    void closingAsksForWordsAndTokenizerAtOnce() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer(s.corpus) && s.learnWords(s.other));
        s.answers = QStringList{"cancel"};
        QVERIFY(!s.window->close());
        QVERIFY(s.states.contains(QStringLiteral("The tokenizer learned from text.txt")));
        QVERIFY(s.states.contains(QStringLiteral("The words learned from other.txt")));
        s.training.save(pathOf(s.folder.path() / "words.bin"));
        s.tokenizerRun.save(pathOf(s.folder.path() / "tokenizer.json"));
        QVERIFY(s.settle());
        s.questions.clear();
        QVERIFY(s.window->close());
        QVERIFY(s.questions.isEmpty());
    }

    void closingAsksForATokenizerThatIsBeingLearned() {
        Stage s;
        QVERIFY(s.ready && s.beginTokenizer());
        QVERIFY(!s.window->close());
        QCOMPARE(s.questions,
                 QStringList{"Stop learning and close Lexiscope?|The tokenizer learned from much.txt"});
        QVERIFY2(s.states.value(2).endsWith(QStringLiteral("% learned, lost when it stops")),
                 qPrintable(s.states.value(2)));
        QVERIFY(s.tokenizerRun.isActive());
        s.tokenizerRun.cancel();
        QVERIFY(s.settle());
        QVERIFY(s.window->close());
        QCOMPARE(s.questions.size(), 1);
    }

    void whatEndsWhileItIsAskedForCanBeSaved() {
        Stage s;
        QVERIFY(s.ready && s.beginTokenizer());
        s.waitsForSave = true;
        s.answers = QStringList{"save"};
        QVERIFY(s.window->close());
        QCOMPARE(s.questions,
                 QStringList{"Save before Lexiscope closes?|The tokenizer learned from much.txt"});
        QVERIFY(s.load(1, pathOf(s.folder.path() / "kept.json")));
    }

    void closingTellsHowFarWordsAreLearned() {
        Stage s;
        QVERIFY(s.ready);
        s.window->setMode(MainWindow::Mode::Learn);
        TrainingSettings wanted{s.corpus, suggestedOptions({})};
        wanted.options.epochs = 100;
        s.training.run().start(wanted);
        QVERIFY(test::await([&s] { return s.training.model() != nullptr; }));
        s.training.run().pause();
        QVERIFY(s.settle());
        QCOMPARE(s.training.run().state(), TrainingRun::State::Paused);
        QVERIFY(!s.window->close());
        QCOMPARE(s.questions, QStringList{"Save before Lexiscope closes?|The words learned from text.txt"});
        QVERIFY2(s.states.value(2).endsWith(QStringLiteral("% learned, in no file yet")),
                 qPrintable(s.states.value(2)));
        s.answers = QStringList{"save"};
        s.file = QStringLiteral("kept.bin");
        QVERIFY(s.window->close());
        QVERIFY(s.load(1, pathOf(s.folder.path() / "kept.bin")));
    }

    void closingAsksForALayerThatWasTrained() {
        Stage s;
        QVERIFY(s.ready);
        QVERIFY(s.takeStepOfLayer());
        QVERIFY(!s.window->close());
        QCOMPARE(s.questions.size(), 1);
        QVERIFY2(s.questions.last().contains(QStringLiteral("|The embedding layer, ")) &&
                     s.questions.last().endsWith(QStringLiteral(", after a step")),
                 qPrintable(s.questions.last()));
        s.answers = QStringList{"save"};
        s.file = QStringLiteral("layer");  // the ending is added
        QVERIFY(s.window->close());
        QVERIFY(s.load(1, pathOf(s.folder.path() / "layer.safetensors")));
    }

    void aLayerWithoutStepsIsMadeAgainInNoTime() {
        Stage s;
        QVERIFY(s.ready);
        QVERIFY(s.takeStepOfLayer());
        s.button("layer", "back").click();
        QVERIFY(s.settle());
        QVERIFY(s.window->close());
        QVERIFY(s.questions.isEmpty());
    }

    void theSampleIsLearnedAgainInNoTime() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer({}) && s.learnWords({}));
        QVERIFY(s.window->close());
        QVERIFY(s.questions.isEmpty());
    }

    void whatThePanelHoldsIsNotLostWithTheSlot() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer(s.corpus));
        QTest::mouseClick(&s.button("tokenizer-training", "showIn1"), Qt::LeftButton);
        QVERIFY(s.settle() && s.tokenizerRun.isShown(1));
        QVERIFY(s.load(1, QStringLiteral("builtin:wiki-words")));
        QVERIFY(s.questions.isEmpty());
        QTest::mouseClick(&s.button("tokenizer-training", "showIn1"), Qt::LeftButton);
        QVERIFY(s.settle() && s.tokenizerRun.isShown(1));
    }

    void anotherModelAsksForWhatStandsNowhereElse() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer(s.corpus));
        s.tokenizerRun.show(1);
        s.tokenizerRun.show(2);
        const std::shared_ptr<const Model> first = s.session.slot(1).model;
        QVERIFY(s.learnTokenizer(s.other));
        s.session.close(2);
        QVERIFY(s.questions.isEmpty());  // it stands in B
        QVERIFY(!s.load(1, QStringLiteral("builtin:wiki-words")));
        QCOMPARE(s.questions, QStringList{"Save before another model takes its place?|The tokenizer "
                                          "learned from text.txt"});
        QCOMPARE(s.session.slot(1).model, first);
        s.tokenizerRun.show(1);  // the second one
        s.session.close(1);
        QCOMPARE(s.questions.size(), 3);
        QCOMPARE(s.session.slot(1).model, first);
        s.answers = QStringList{"save"};
        QVERIFY(s.load(1, QStringLiteral("builtin:wiki-words")));
        QCOMPARE(s.questions.size(), 4);
        QVERIFY(s.load(2, pathOf(s.folder.path() / "kept.json")));
        QCOMPARE(s.session.slot(2).model->vocabulary->size(), first->vocabulary->size());
        // The one in the panel is still to be saved.
        QVERIFY(!s.window->close());
        QVERIFY(s.questions.last().endsWith(QStringLiteral("learned from other.txt")));
        s.answers = QStringList{"discard"};
        QVERIFY(s.window->close());
    }

    void learningAnewAsks_data() {
        QTest::addColumn<bool>("words");
        QTest::newRow("a tokenizer") << false;
        QTest::newRow("words") << true;
    }
    void learningAnewAsks() {
        QFETCH(bool, words);
        Stage s;
        QVERIFY(s.ready && (words ? s.learnWords(s.corpus) : s.learnTokenizer(s.corpus)));
        QPushButton& again = words ? s.button("training", "train") : s.button("tokenizer-training", "learn");
        const auto number = [&s] { return s.tokenizerRun.number(); };
        const quint64 before = number();
        again.click();
        QCOMPARE(s.questions.size(), 1);
        QVERIFY(s.questions.last().startsWith(QStringLiteral("Save before learning anew?|")));
        QCOMPARE(number(), before);
        QVERIFY(s.settle() && s.training.isUnsaved() == words);
        s.answers = QStringList{"discard"};
        again.click();  // from the sample
        s.training.run().stop();
        QVERIFY(s.settle());
        QCOMPARE(s.questions.size(), 2);
        QVERIFY(s.window->close());
        QCOMPARE(s.questions.size(), 2);
    }

    void aTokenizerInASlotIsNotLostByLearningAnother() {
        Stage s;
        QVERIFY(s.ready && s.learnTokenizer(s.corpus));
        s.tokenizerRun.show(3);
        s.button("tokenizer-training", "learn").click();
        QVERIFY(s.settle());
        QVERIFY(s.questions.isEmpty());
        QVERIFY(!s.window->close());  // but it would be lost with the window
        QCOMPARE(s.questions.size(), 1);
        s.answers = QStringList{"discard"};
        QVERIFY(s.window->close());
    }
};

QTEST_MAIN(UnsavedWorkTest)
#include "unsaved_work_test.moc"
