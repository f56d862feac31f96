// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/slot_mark.h"
#include "ui/widgets/text_field.h"
#include "ui/widgets/token_strip.h"

#include <array>

namespace lexiscope {

/// Text → tokens in two models: the text, and below each other what both tokenizers make of it.
class PairTextPanel : public Panel {
    Q_OBJECT
  public:
    explicit PairTextPanel(const PanelContext& context, QWidget* parent = nullptr);
    TextField& field() { return *m_field; }
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    static constexpr std::size_t count = 2;
    struct Side {
        SlotMark* mark = nullptr;
        TokenStrip* strip = nullptr;
        ElidedLabel* note = nullptr;
        AgainButton* again = nullptr;
    };

    void buildSide(int slot);
    void listen(int slot);
    void showText();
    void limitRows();
    void refreshSide(int slot);
    void refreshFact();
    void refreshMarks();
    QString factOf(int slot) const;
    std::optional<Selected> tokenAt(int slot, Position position) const;
    /// Where in the slot's tokens the token stands that is selected in either of them.
    std::optional<Position> placeIn(int slot) const;
    static bool isShown(int slot) { return slot < static_cast<int>(count); }
    Side& side(int slot) { return m_sides.at(static_cast<std::size_t>(slot)); }
    const Side& side(int slot) const { return m_sides.at(static_cast<std::size_t>(slot)); }

    TextField* m_field;
    std::array<Side, count> m_sides;
    bool m_typing = false;
};

}  // namespace lexiscope
