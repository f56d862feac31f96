// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/plots/scrolled_paint.h"
#include "ui/widgets/strip_layout.h"

#include <memory>
#include <optional>

class QPainter;

namespace lexiscope {

/// A text with its tokens in rows, of which one can be chosen by mouse and keys. What a row looks like is
/// told by what is derived from this. Only what is visible is painted.
class TextStrip : public ScrolledPaint {
    Q_OBJECT
  public:
    /// Null: nothing to show. The selected and hovered position are kept if they still exist.
    void setEncodedText(std::shared_ptr<const EncodedText> text);
    const std::shared_ptr<const EncodedText>& encodedText() const { return m_text; }
    virtual void setSelected(std::optional<Position> position);
    std::optional<Position> selected() const { return m_selected; }
    void setHovered(std::optional<Position> position);
    /// Every place of this token gets a thin outline.
    void setHighlightedId(std::optional<TokenId> id);
    /// What is shown is not of the present text or model.
    void setDimmed(bool dimmed);
    /// How many rows sizeHint() asks for at most; more rows scroll.
    void setMaximumRows(int rows);
    void ensureVisible(Position position);

    QSize sizeHint() const override;
    /// Height of all rows up to the maximum, at that width.
    int heightForWidth(int width) const override;

  Q_SIGNALS:
    void clicked(lexiscope::Position position, Qt::KeyboardModifiers modifiers);
    /// Empty when the pointer leaves the tokens, or they leave it; told again when another text comes under
    /// it.
    void hovered(std::optional<lexiscope::Position> position);
    /// The height that all rows need has changed.
    void heightChanged();

  protected:
    static constexpr int edge = 1;  ///< room for the outline of a token
    /// What a tip says, under which part of the viewport, and where it stands.
    struct Tip {
        QString text;
        QRect about;
        QPoint below;
    };

    TextStrip(const ThemeSource& theme, int maximumRows, QWidget* parent);
    /// For the constructor of what is derived: its layout, which outlives all but the destructor of this.
    void begin(StripLayout& layout);

    /// What it is to those who cannot see it.
    virtual QString description() const = 0;
    virtual std::optional<Tip> tipAt(QPoint at) const = 0;
    /// The token that the key leads to; none for keys that lead nowhere. There is a text, with a token.
    virtual std::optional<Position> reachedBy(int key) const = 0;
    /// The rows that touch these heights of the layout, whose origin is that of the painter.
    virtual void paintRows(QPainter& painter, double top, double bottom) const = 0;

    std::size_t tokenCount() const { return m_text ? m_text->encoding.tokens.size() : 0; }
    /// How many rows the viewport has room for, one at least.
    int page() const;
    QPointF toLayout(QPointF point) const { return point - toView(); }
    QPointF toView() const { return QPointF(edge, edge) - scrolled(); }
    bool isSelected(std::size_t token) const { return m_selected && m_selected->value == token; }
    bool isHovered(std::size_t token) const { return m_hovered && m_hovered->value == token; }
    bool isHighlighted(const Token& token) const { return m_highlighted && token.id == m_highlighted; }

    void relayout() override;
    void restyle() override;
    void followPointer() override;
    bool showTip(QPoint at) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

    std::shared_ptr<const EncodedText> m_text;

  private:
    void describe();
    std::optional<Position> positionAt(QPointF point) const;

    StripLayout* m_rows = nullptr;
    std::optional<Position> m_selected;
    std::optional<Position> m_hovered;
    std::optional<TokenId> m_highlighted;
    double m_height = 0;  ///< of all rows, as it was told last
    int m_maximumRows;
    bool m_dimmed = false;
};

}  // namespace lexiscope
