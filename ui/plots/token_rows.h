// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// A token and its numbers, as one strip in each of two columns.
struct TokenRowLine {
    QString number;                                ///< at the left edge: its position; may be empty
    QString name;                                  ///< on a chip, or in words where there is none
    QString id;                                    ///< beside the chip; may be empty
    int chip = -1;                                 ///< colour of the chip (Theme::chip); -1: no chip
    bool isMarked = false;                         ///< outlined
    std::array<std::span<const float>, 2> strips;  ///< D numbers each; empty: nothing there yet
};

/// Lines below each other, under a title that stands beside those of the columns.
struct TokenRowBlock {
    QString title;
    std::vector<TokenRowLine> lines;
};

/// A line of two numbers below the strips, one under each column.
struct TokenRowNumber {
    QString name;
    std::array<QString, 2> values;
    std::array<bool, 2> standsOut{};  ///< in bold
};

/// What a plot of token rows shows, as a value.
struct TokenRowFigure {
    std::shared_ptr<const void> owner;  ///< of the numbers that the strips show
    std::array<QString, 2> columns;
    std::vector<TokenRowBlock> blocks;
    double limit = 1;    ///< one colour scale for all strips, from -limit to limit
    QString legendText;  ///< beside the scale: "128 dimensions"
    QString numberTitle;
    std::array<QString, 2> numberColumns;  ///< where those of the numbers are other ones; else empty
    std::vector<TokenRowNumber> numbers;
    QString note;     ///< below all, in as many lines as it takes
    QString message;  ///< in place of all
    bool dimmed = false;
};

/// A number of the plot.
struct TokenRowPlace {
    std::size_t block = 0;
    std::size_t line = 0;
    std::size_t column = 0;
    std::size_t dimension = 0;
    bool operator==(const TokenRowPlace&) const = default;
};

/// Tokens as chips with their IDs, and beside each its rows of numbers as coloured strips; below them numbers
/// that tell how far the blocks are from each other. The pointer, or the arrow keys, Home and End, choose a
/// number, which is read out; Escape takes the read-out away. A click on a line, or Return, chooses its
/// token. Where several dimensions share a pixel, the strip shows the value of largest magnitude, and the
/// pointer chooses it.
class TokenRows : public QWidget {
    Q_OBJECT
  public:
    explicit TokenRows(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(TokenRowFigure figure);
    const TokenRowFigure& figure() const { return m_figure; }
    /// What is said of a number; it is broken into lines at " · ".
    void setReadOut(std::function<QString(const TokenRowPlace&)> readOut) { m_readOut = std::move(readOut); }
    /// Where a strip stands.
    QRectF stripRect(std::size_t block, std::size_t line, std::size_t column) const;
    /// The number that is read out.
    const std::optional<TokenRowPlace>& chosen() const { return m_chosen; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// The least height in which all of it can be read.
    int heightForWidth(int width) const override;

  Q_SIGNALS:
    void lineClicked(std::size_t block, std::size_t line);
    /// A key has led to a number of that strip.
    void stepped(QRectF strip);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    static constexpr double edge = 2;  // for the ring of the keyboard's focus
    static constexpr double legendGap = 4;

    /// Where things stand, from the figure, the theme and the size.
    struct Measures {
        double gap = 0;      ///< between texts beside each other
        double padding = 0;  ///< inside of a chip
        double number = 0;   ///< width of the position's place
        double chip = 0;     ///< width of the widest chip
        double left = 0;     ///< where the first strip begins
        double strip = 0;    ///< its width
        double columnGap = 0;
        double title = 0;  ///< height of a line of text
        double line = 0;   ///< height of a token's line, the gap below it included
        double blockGap = 0;
        double numbersGap = 0;
        double fixed = 0;  ///< height of all that does not grow
        std::size_t lines = 0;

        double columnLeft(std::size_t column) const { return column == 0 ? left : left + strip + columnGap; }
        double right() const { return columnLeft(1) + strip; }
    };
    Measures measure(double width, double height) const;
    void measureTokens(Measures& measures) const;
    /// Wide enough for what is written above and below the strips.
    double leastColumn() const;
    void remeasure();
    bool isEmpty() const { return m_figure.blocks.empty(); }
    double noteHeight(double width) const;
    double blockTop(std::size_t block) const;
    std::span<const float> valuesAt(const TokenRowPlace& place) const;
    /// The dimension of largest magnitude among those that share a pixel with that share of the width.
    std::size_t dimensionAt(std::span<const float> values, double share, double width) const;
    std::optional<TokenRowPlace> placeAt(QPointF at) const;
    void choose(const std::optional<TokenRowPlace>& place);
    void step(int lines, int dimensions);
    void describe();

    void paintBlock(QPainter& painter, std::size_t block) const;
    void paintToken(QPainter& painter, const TokenRowLine& line, const QRectF& strip) const;
    void paintStrips(QPainter& painter, std::size_t block, std::size_t line) const;
    void paintTitles(QPainter& painter, double top, const QString& title,
                     const std::array<QString, 2>& columns) const;
    void paintNumbers(QPainter& painter, double top) const;
    void paintChosen(QPainter& painter) const;

    const ThemeSource& m_theme;
    TokenRowFigure m_figure;
    Measures m_measures;
    std::function<QString(const TokenRowPlace&)> m_readOut;
    std::optional<TokenRowPlace> m_chosen;
};

}  // namespace lexiscope
