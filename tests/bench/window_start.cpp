// SPDX-License-Identifier: GPL-3.0-or-later
// The program's own way to its window, which ends, without clearing up, as soon as model A has been painted:
// its tokens, its projection and the neighbours of the selected token.
#include "app/composition.h"
#include "ui/models/neighbor_model.h"
#include "ui/plots/space_plot.h"
#include "ui/widgets/token_strip.h"

#include <cstdlib>

#include <QApplication>
#include <QTimer>

using namespace lexiscope;

namespace {

class PaintWatcher : public QObject {
  public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && watched->isWidgetType() && showsModel()) {
            QTimer::singleShot(0, qApp, [] { std::_Exit(0); });
        }
        return false;
    }

  private:
    static bool showsModel() {
        for (const QWidget* window : QApplication::topLevelWidgets()) {
            const auto* strip = window->findChild<TokenStrip*>();
            const auto* plot = window->findChild<SpacePlot*>();
            const auto* neighbors = window->findChild<NeighborModel*>();
            if (strip != nullptr && plot != nullptr && neighbors != nullptr) {
                return strip->encodedText() && plot->figure().projection && neighbors->rowCount() > 0;
            }
        }
        return false;
    }
};

void watchPainting() {
    qApp->installEventFilter(new PaintWatcher(qApp));
}

}  // namespace

Q_COREAPP_STARTUP_FUNCTION(watchPainting)

int main(int argc, char** argv) {
    return runWindow({}, argc, argv);
}
