// SPDX-License-Identifier: GPL-3.0-or-later
// How long an event may wait in the thread of the window: another thread posts one every two milliseconds and
// notes when it comes through, while a model loads, a projection runs, and a person types into a megabyte of
// text.
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/widgets/text_field.h"

#include <cstdio>
#include <fstream>
#include <random>
#include <thread>

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;

namespace {

using Clock = std::chrono::steady_clock;

/// The longest wait of an event since the last call of take().
class Heartbeat : public QObject {
  public:
    Heartbeat() : m_thread([this](const std::stop_token& stop) { beat(stop); }) {}
    double takeMilliseconds() { return static_cast<double>(m_longest.exchange(0)) / 1000; }

  private:
    void beat(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (!m_waiting.exchange(true)) {
                const auto posted = Clock::now();
                QMetaObject::invokeMethod(
                    this,
                    [this, posted] {
                        const auto waited =
                            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - posted)
                                .count();
                        m_longest = std::max<long long>(m_longest, waited);
                        m_waiting = false;
                    },
                    Qt::QueuedConnection);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

    std::atomic<long long> m_longest = 0;
    std::atomic<bool> m_waiting = false;
    std::jthread m_thread;
};

void writeModel(const std::string& path, int rows, int dimension) {
    std::ofstream file(path, std::ios::binary);
    file << rows << ' ' << dimension << '\n';
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> values(static_cast<std::size_t>(dimension));
    for (int row = 0; row < rows; ++row) {
        for (float& value : values) {
            value = normal(random);
        }
        file << "word" << row << ' ';
        file.write(reinterpret_cast<const char*>(values.data()), dimension * static_cast<int>(sizeof(float)));
        file << '\n';
    }
}

QString longText(std::size_t bytes) {
    const QString sentence =
        QStringLiteral("The king and the queen of France walked along the river, and so on. ");
    QString text;
    while (static_cast<std::size_t>(text.size()) < bytes) {
        text += sentence;
    }
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("large.bin"));
    writeModel(path.toStdString(), 200000, 300);

    test::Workspace w;
    MainWindow window(w.context(), w.themes, w.runner, nullptr);
    window.resize(1440, 900);
    window.show();
    if (!w.load(0, QStringLiteral("builtin:tiny-gpt2"))) {
        return 1;
    }
    w.session.setText("The king and the queen of France walked along the river.");
    if (!w.settle()) {
        return 1;
    }
    Heartbeat heartbeat;
    const auto report = [&heartbeat](const char* what) {
        std::printf("%-58s longest wait %6.1f ms\n", what, heartbeat.takeMilliseconds());
        std::fflush(stdout);
    };
    QTest::qWait(300);
    report("window at rest");
    static_cast<void>(w.load(0, path));
    QTest::qWait(100);
    report("200,000 x 300 loads, is projected and searched");
    static_cast<void>(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
    QTest::qWait(100);
    report("tiny-gpt2 comes back");
    auto& field = *window.findChild<TextField*>();
    field.setText(longText(1 << 20));
    static_cast<void>(w.settle());
    report("1 MB of text is set");
    field.setFocus();
    for (const auto position : {QTextCursor::Start, QTextCursor::End}) {
        field.moveCursor(position);
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(&field, Qt::Key_X);
            QTest::qWait(30);
        }
    }
    static_cast<void>(w.settle());
    report("40 keys are typed into it, at its start and its end");
    return 0;
}
