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
    bool showsModel() {
        for (const QWidget* window : QApplication::topLevelWidgets()) {
            if (m_neighbors == nullptr) {
                m_strip = window->findChild<TokenStrip*>();
                m_plot = window->findChild<SpacePlot*>();
                m_neighbors = window->findChild<NeighborModel*>();
            }
        }
        return m_neighbors != nullptr && m_strip->encodedText() && m_plot->figure().projection &&
               m_neighbors->rowCount() > 0;
    }

    // Looked for once: a search through the window at every paint event would be measured, too.
    const TokenStrip* m_strip = nullptr;
    const SpacePlot* m_plot = nullptr;
    const NeighborModel* m_neighbors = nullptr;
};

void watchPainting() {
    qApp->installEventFilter(new PaintWatcher(qApp));
}

}  // namespace

Q_COREAPP_STARTUP_FUNCTION(watchPainting)

int main(int argc, char** argv) {
    return runWindow({}, argc, argv);
}
