// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_field.h"
#include "ui/widgets/token_strip.h"

class QPushButton;

namespace lexiscope {

/// Text → tokens: the text, and below it its tokens with ID and position.
class TextPanel : public Panel {
    Q_OBJECT
  public:
    explicit TextPanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override;
    TextField& field() { return *m_field; }
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    int contentWidth() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;

  private:
    void listen();
    void showText();
    void refreshFact();
    void refreshMarks();
    void refreshMakeup();
    void buildSamples();
    void buildSpecials();
    void refreshSpecials();
    void buildSplits();
    void refreshSplits();
    std::optional<Selected> tokenAt(Position position) const;

    TextField* m_field;
    TokenStrip* m_strip;
    ElidedLabel* m_note;
    AgainButton* m_again;
    ElidedLabel* m_makeup;
    QPushButton* m_makeupButton;
    QPushButton* m_samples;
    QPushButton* m_specials;
    QPushButton* m_splits;
    std::shared_ptr<const Model> m_specialsOf;  // the model that m_hasSpecials tells of
    bool m_hasSpecials = false;
    bool m_typing = false;
};

}  // namespace lexiscope
