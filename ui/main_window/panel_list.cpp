// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/panel_list.h"

#include "ui/panels/matrix_panel.h"
#include "ui/panels/neighbor_panel.h"
#include "ui/panels/space_panel.h"
#include "ui/panels/text_panel.h"

#include <array>

namespace lexiscope {
namespace {

struct Entry {
    const char* name;
    QSize figureSize;
    Panel* (*make)(const PanelContext&, QWidget*);
};

template <typename T>
Panel* make(const PanelContext& context, QWidget* parent) {
    return new T(context, parent);
}

const std::array<Entry, 4> entries = {{
    {"tokens", {1400, 172}, make<TextPanel>},
    {"space", {920, 620}, make<SpacePanel>},
    {"neighbors", {400, 520}, make<NeighborPanel>},
    {"matrix", {400, 520}, make<MatrixPanel>},
}};

const Entry* find(const QString& name) {
    for (const Entry& entry : entries) {
        if (name == QLatin1String(entry.name)) {
            return &entry;
        }
    }
    return nullptr;
}

}  // namespace

QStringList panelNames() {
    QStringList names;
    for (const Entry& entry : entries) {
        names << QString::fromLatin1(entry.name);
    }
    return names;
}

Panel* makePanel(const QString& name, const PanelContext& context, QWidget* parent) {
    const Entry* entry = find(name);
    return entry == nullptr ? nullptr : entry->make(context, parent);
}

QSize figureSize(const QString& name) {
    const Entry* entry = find(name);
    return entry == nullptr ? QSize(1440, 900) : entry->figureSize;
}

std::unique_ptr<Card> makeCard(const QString& name, const PanelContext& context) {
    Panel* panel = makePanel(name, context);
    if (panel == nullptr) {
        return nullptr;
    }
    auto card = std::make_unique<Card>(context.theme, panel->title());
    card->setContent(panel);
    QObject::connect(panel, &Panel::factChanged, card.get(), &Card::setFact);
    return card;
}

}  // namespace lexiscope
