// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/widgets/card.h"

#include <memory>
#include <vector>

#include <QSize>
#include <QStringList>

namespace lexiscope {

/// The panels there are, by the names that figures are asked for with: "tokens", "space", "neighbors",
/// "matrix", "positions", "ids", "training", "order"; "spaceA" is "space" tied to slot A, "tokensAB" shows
/// both slots. A new panel is one file pair and one line in the list behind this.
QStringList panelNames();

/// A panel's share of its row's width, in hundredths.
struct DockShare {
    QString panel;
    int width = 100;
};

/// Panels beside each other. The height is in hundredths of the area's; 0: as high as the first one wants.
struct DockRow {
    std::vector<DockShare> panels;
    int height = 0;
};

/// `panel` shares the place of another one, with tabs: always, or where there is less room in height than
/// `below` or in width than `within`.
struct DockTab {
    QString panel;
    QString behind;
    int below = 0;           ///< pixels, times the theme's scale of type; 0: whatever the height
    QString label = {};      ///< on the tab, where the panel's title is too long for it
    int within = 0;          ///< likewise; 0: whatever the width. Without either it always shares the place
    bool isInFront = false;  ///< at first, and not the other one; of several behind one, the last
};

/// Which panels a mode of the window has, and where they stand until somebody moves them.
struct DockLayout {
    QString name;
    std::vector<DockRow> rows;
    QStringList hidden;  ///< of those, the ones that are shown only on demand
    std::vector<DockTab> tabs;
    int version = 0;  ///< raised when the places change, so that those kept from before give way
};

/// One model, two beside each other, one in the making, the order of words, and how text is cut.
DockLayout exploreLayout();
DockLayout compareLayout();
DockLayout learnLayout();
DockLayout orderLayout();
DockLayout tokenizeLayout();

/// Null for a name that is not in the list.
Panel* makePanel(const QString& name, const PanelContext& context, QWidget* parent = nullptr);

/// All that a view of the panel of that name, which is in the list, can say.
const ViewKeys& viewKeysOf(const QString& name);

/// A part of a panel that stands alone in a figure.
struct PanelPart {
    QString name;   ///< as the command line asks for it
    QString title;  ///< as the export dialog offers it
    QSize figureSize;
};

/// What of the panel can stand alone; none for most.
std::vector<PanelPart> partsOf(const QString& panel);

/// Size of the figure of a panel or, where that is not empty, its part when none is asked for; also of
/// "window" and "compare".
QSize figureSize(const QString& name, const QString& part = {});

/// What the panel teaches, in a sentence or two that explain its terms; empty for a name that is not in the
/// list.
QString lessonOf(const QString& panel);

/// What of a model a panel has nothing to show without.
enum class Ground { None, Tokenizer, Vectors };
Ground groundOf(const QString& name);

/// Whether the figure of that name shows the model in slot B.
bool showsSecondModel(const QString& name);

/// Whether the figure of that name shows word vectors being learned.
bool showsTraining(const QString& name);

/// Whether the figure of that name shows a tokenizer being learned.
bool showsTokenizerTraining(const QString& name);

/// Whether the figure of that name is another one once word vectors have been learned.
bool followsTraining(const QString& name);

/// The panel, or that part of it, as a card of its own, with title and fact but without tools, as a figure
/// has it. Null for a name that is not in the list.
std::unique_ptr<Card> makeCard(const QString& name, const QString& part, const PanelContext& context);

}  // namespace lexiscope
