// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/strip_layout.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QString>

namespace lexiscope {

/// Where the chips of a text stand; the origin is the top left corner of the first chip's column. A column is
/// as wide as the widest of chip, ID and position; widths are added up from those of single characters and
/// kept per token ID, so that laying out a long text measures nothing twice.
class TokenLayout : public StripLayout {
  public:
    /// Fonts and lengths follow the theme; forgets all widths.
    void setTheme(const Theme& theme) override;
    /// Forgets the chips; keeps the widths as long as the tokenizer is the same.
    void setText(const EncodedText* text) override;
    void setWidth(double width) override;

    std::size_t size() const { return m_left.size(); }
    int rowCount() const { return static_cast<int>(m_firstOfRow.size()); }
    double height() const override;
    double heightAt(double width, int rows) override;
    std::optional<Band> bandOf(std::size_t token) const override;
    std::optional<std::size_t> tokenAt(QPointF point) const override;

    int rowOf(std::size_t index) const;
    double rowTop(int row) const;
    std::size_t firstOf(int row) const { return m_firstOfRow[static_cast<std::size_t>(row)]; }
    std::size_t endOf(int row) const;
    /// The row that touches this height: the first for a place above all, the last for one below.
    int rowAt(double y) const;
    QRectF chip(std::size_t index) const;
    /// Chip, ID and position.
    QRectF column(std::size_t index) const;
    /// The token of that row nearest to x.
    std::size_t nearest(int row, double x) const;
    /// The line before the first token past the model's positions; empty if there is none.
    std::optional<double> dividerTop() const;
    bool isBeyond(std::size_t index) const { return index >= m_limit; }

    double chipHeight() const { return 32 * m_scale; }
    double rowHeight() const override { return 71 * m_scale; }
    double rowPitch() const override { return rowHeight() + 10 * m_scale; }
    double dividerHeight() const { return 24 * m_scale; }
    double idCentre() const { return 45 * m_scale; }        ///< below the top of the chip
    double positionCentre() const { return 63 * m_scale; }  ///< below the top of the chip
    double captionRoom() const { return 76 * m_scale; }     ///< at the right of the first row
    double padding() const { return 8 * m_scale; }
    double gap() const { return 6 * m_scale; }
    const QFont& chipFont() const { return m_chipFont; }
    const QFont& idFont() const { return m_idFont; }
    const QFont& positionFont() const { return m_positionFont; }

    /// displayText() of bytesOf(), of a long token only both ends around an ellipsis.
    static QString label(const std::string& bytes);

  private:
    double columnWidth(std::size_t index);
    double measure(std::size_t index);
    double advance(char32_t character);
    double textWidth(const std::string& bytes);
    template <typename Place>
    void flow(double width, Place place);

    double m_scale = 1;
    QFont m_chipFont, m_idFont, m_positionFont;
    double m_idDigit = 0;
    double m_positionDigit = 0;
    double m_width = 0;
    const EncodedText* m_text = nullptr;
    std::weak_ptr<const Tokenizer> m_tokenizer;  ///< whose widths m_widthOfId holds
    std::size_t m_limit = 0;                     ///< tokens from here on are beyond the model's positions
    int m_dividedRow = -1;                       ///< the divider stands above this row
    std::vector<std::uint32_t> m_firstOfRow;
    std::vector<float> m_left;
    std::vector<float> m_widthOfColumn;
    std::vector<float> m_widthOfId;  ///< negative: not measured yet
    std::vector<float> m_advance;    ///< of characters below U+10000; negative: not measured yet
    std::unordered_map<char32_t, float> m_farAdvance;
};

}  // namespace lexiscope
