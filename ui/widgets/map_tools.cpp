// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/map_tools.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>

namespace lexiscope {

MapTools::MapTools(const std::vector<Coloring>& colorings, QWidget* parent)
    : QWidget(parent), m_menu(new QMenu(tr("Colour by"), this)) {
    auto* choices = new QActionGroup(this);
    for (std::size_t i = 0; i < colorings.size(); ++i) {
        QAction* action = choices->addAction(m_menu->addAction(colorings[i].text));
        action->setObjectName(colorings[i].name);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT coloringChosen(static_cast<int>(i)); });
        m_colorings.push_back(action);
    }
    m_colorings.front()->setChecked(true);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const auto add = [&](const QString& text, const QString& name, const QString& tip) {
        auto* button = new QPushButton(text, this);
        button->setObjectName(name);
        button->setAccessibleName(tip);
        button->setToolTip(tip);
        row->addWidget(button);
        return button;
    };
    m_colors = add(tr("Colour ▾"), QStringLiteral("colorBy"), tr("What the points are coloured by"));
    m_colors->setMenu(m_menu);
    m_zoomOut = add(QStringLiteral("−"), QStringLiteral("zoomOut"), tr("Zoom out"));
    m_zoomIn = add(QStringLiteral("+"), QStringLiteral("zoomIn"), tr("Zoom in"));
    QPushButton* all = add(tr("Reset"), QStringLiteral("resetView"), tr("Show all points"));
    m_toSelection = add(tr("Find"), QStringLiteral("toSelection"),
                        tr("Go to the selected point (Space, while the map has the keyboard)"));
    connect(m_zoomOut, &QPushButton::clicked, this, [this] { Q_EMIT zoomWanted(1 / zoomFactor); });
    connect(m_zoomIn, &QPushButton::clicked, this, [this] { Q_EMIT zoomWanted(zoomFactor); });
    connect(all, &QPushButton::clicked, this, &MapTools::allWanted);
    connect(m_toSelection, &QPushButton::clicked, this, &MapTools::selectionWanted);
}

void MapTools::setColoring(std::size_t index) {
    m_colorings.at(index)->setChecked(true);
}

void MapTools::setColoringOffered(std::size_t index, bool offered) {
    m_colorings.at(index)->setVisible(offered);
}

void MapTools::setNarrow(bool narrow) {
    m_zoomOut->setHidden(narrow);
    m_zoomIn->setHidden(narrow);
}

}  // namespace lexiscope
