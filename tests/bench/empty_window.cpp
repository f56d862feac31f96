// SPDX-License-Identifier: GPL-3.0-or-later
// The reference for the cold start: a Qt window with nothing in it, which ends, without clearing up, as soon
// as it has been painted.
#include <cstdlib>

#include <QApplication>
#include <QPaintEvent>
#include <QTimer>
#include <QWidget>

namespace {

class EmptyWindow : public QWidget {
  protected:
    void paintEvent(QPaintEvent*) override {
        QTimer::singleShot(0, qApp, [] { std::_Exit(0); });
    }
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EmptyWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
