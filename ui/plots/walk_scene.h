// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/plots/walk_text.h"

#include <optional>
#include <vector>

#include <QCoreApplication>
#include <QFont>
#include <QLineF>
#include <QRectF>
#include <QSizeF>
#include <QString>

namespace lexiscope {

/// A stretch of the piece as a chip.
struct WalkCell {
    enum class Look {
        Symbol,  ///< stands there
        New,     ///< has just come
        Token,   ///< what has come out; `color` tells neighbours apart
        Loose,   ///< no entry of the vocabulary
        Faint,   ///< tried, or one of several ways that was not taken
    };
    QRectF rect;
    ByteSpan span;
    Look look = Look::Symbol;
    QString before = {};  ///< of the text: "##"
    QString below = {};   ///< a number in a second line
    int color = 0;
    std::optional<TokenId> id = std::nullopt;
};

/// A word or a number beside the chips.
struct WalkNote {
    QRectF rect;
    QString text;
    Qt::Alignment alignment = Qt::AlignCenter;
    bool isStrong = false;
};

/// A moment of a walk as things with places. The origin is the top left corner; a chip stands below or above
/// the characters that it is made of, in all moments and rows. The size is that of the last moment, so that
/// nothing moves on the way.
class WalkScene {
    Q_DECLARE_TR_FUNCTIONS(WalkScene)
  public:
    WalkScene() = default;
    /// `step` is below stepsOf(walk); without a tree WalkView::Tree is Rows. Where attempts fill more than a
    /// page, `isFolded` has those that failed one after the other share a row, the longest of them.
    WalkScene(const PieceWalk& walk, WalkView view, std::size_t step, const Theme& theme,
              bool isFolded = false);

    const std::vector<WalkCell>& cells() const { return m_cells; }
    const std::vector<WalkNote>& notes() const { return m_notes; }
    const std::vector<QLineF>& lines() const { return m_lines; }
    /// Places between characters, of a lattice.
    const std::vector<QPointF>& dots() const { return m_dots; }
    const QSizeF& size() const { return m_size; }
    /// What has come last, to be kept in view.
    const QRectF& focus() const { return m_focus; }

    static QFont cellFont(const Theme& theme);
    static QFont numberFont(const Theme& theme);

  private:
    class Maker;

    std::vector<WalkCell> m_cells;
    std::vector<WalkNote> m_notes;
    std::vector<QLineF> m_lines;
    std::vector<QPointF> m_dots;
    QSizeF m_size;
    QRectF m_focus;
};

}  // namespace lexiscope
