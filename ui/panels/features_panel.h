// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/feature_model.h"
#include "ui/panels/panel.h"
#include "ui/widgets/rating_grid.h"

#include <array>

class QLabel;
class QPushButton;

namespace lexiscope {

/// The feature table: things rated by questions, which are vectors made by hand, and how far the current
/// thing is from the others. It is a model at once, in the slots that use it.
class FeaturesPanel : public Panel {
    Q_OBJECT
  public:
    explicit FeaturesPanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override;
    int contentWidth() const override;
    QStringList parameters() const override;
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    std::vector<DataTable> data() const override;
    void addToMenu(QMenu& menu) override;

  protected:
    void refresh() override;

  private:
    void layOut();
    void addUndo();
    QPushButton* makeButton(const QString& name, const QString& text, const QString& tip);
    void fillTableMenu(QMenu& menu);
    void addThing();
    void addQuestion();
    void import();
    void tableChanged(const FeatureDocument::Change& change);
    void currentMoved(int row, int previous);
    /// Selects that row's thing unless it is selected.
    void choose(int row);
    /// Selects the thing in the model in front, or in a slot that shows the table.
    void selectThing(std::size_t thing);
    /// The thing that is selected in the window, if the table has one of that name.
    std::optional<std::size_t> selectedThing() const;
    bool isUsedIn(int slot) const;
    QString distances() const;
    FeatureDocument& document() const { return m_context.session.features(); }
    const FeatureTable& table() const { return document().table(); }

    FeatureModel* m_model;
    RatingGrid* m_grid;
    QLabel* m_distances;
    QPushButton* m_addThing;
    QPushButton* m_addQuestion;
    QPushButton* m_menuButton;
    QMenu* m_menu;
    std::array<QPushButton*, 2> m_use{};
    bool m_isFollowing = false;          // the current cell is being moved to what is selected
    std::optional<Selected> m_followed;  // what was selected when the current cell followed
    int m_row = 0;  // of the current cell, and its names, which stay when all of the table changes
    int m_column = 0;
    QString m_thing;
    QString m_question;
};

}  // namespace lexiscope
