// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/byte_strip.h"
#include "ui/widgets/card.h"

namespace lexiscope {

/// The text as UTF-8 bytes, with the edges of its characters and of its tokens.
class BytesPanel : public Panel {
    Q_OBJECT
  public:
    explicit BytesPanel(const PanelContext& context, QWidget* parent = nullptr);
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    int contentWidth() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;

  private:
    /// What is counted of a text once.
    struct Counts {
        std::shared_ptr<const EncodedText> text;
        std::size_t cuts = 0;   ///< tokens that end inside a character
        std::size_t empty = 0;  ///< tokens that stand for no byte
        std::size_t bare = 0;   ///< bytes of no token
    };
    void count(const std::shared_ptr<const EncodedText>& text);
    void refreshMarks();
    void refreshFact();
    QString detailOf(std::size_t index) const;
    std::optional<Selected> tokenAt(Position position) const;

    ByteStrip* m_strip;
    ElidedLabel* m_note;
    AgainButton* m_again;
    ElidedLabel* m_detail;  // of the selected or hovered token
    Counts m_counts;
};

}  // namespace lexiscope
