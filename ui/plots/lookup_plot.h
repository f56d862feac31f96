// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/color_scale.h"
#include "ui/session/lookup_lines.h"

#include <cstddef>
#include <optional>
#include <vector>

#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// A row looked up by arithmetic: a vector of zeros and a one times the table, as a value.
struct LookupFigure {
    std::vector<LookupLine> lines;  ///< all rows, in order
    std::size_t row = 0;            ///< the one looked up; it is shown
    std::vector<QString> names;     ///< of the lines, shown where it is wide; empty: none
    std::vector<float> result;      ///< the sum of all products; empty: not known yet
    double limit = 1;               ///< of the colour scale
    /// How far it is: 0, nothing yet; i, the products of the first i lines are there; lines.size() + 1, their
    /// sum too.
    int step = 0;
    QString message;  ///< instead of lines
    bool dimmed = false;
};

/// The last step there is.
int lastStep(const LookupFigure& figure);

/// Line by line the row's number, its place in the one-hot vector, the row, and once its step has come the
/// product, below each other; last their sum. Where it is wide, the products stand beside the rows; else they
/// take their places. A click chooses a row, as Up and Down do; the pointer reads out a number.
class LookupPlot : public QWidget {
    Q_OBJECT
  public:
    explicit LookupPlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(LookupFigure figure);
    const LookupFigure& figure() const { return m_figure; }
    /// Of a row, or of the products, on that line; the sum stands on line lines.size().
    QRectF rowRect(int line) const;
    QRectF productRect(int line) const;
    /// Of the number under the pointer: "row 1 · dimension 2 · −0.5000 × 0 = 0.0000"; empty for none.
    QString readOut() const;
    /// That can be read in its height.
    int linesThatFit() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void rowClicked(std::size_t row);
    void moveSelection(int rows);  ///< by keyboard
    void linesThatFitChanged();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Columns {
        double idEnd = 0;  // right end of the numbers of the rows
        QRectF name;       // of the first line; empty where there are none
        QRectF oneHot;     // of the first line, as high as a line
        QRectF rows;
        QRectF products;
        bool isWide = false;
    };
    bool isEmpty() const { return m_figure.lines.empty(); }
    int lineCount() const { return static_cast<int>(m_figure.lines.size()); }
    const LookupLine& lineAt(int line) const { return m_figure.lines[static_cast<std::size_t>(line)]; }
    bool isLookedUp(int line) const;
    bool isMultiplied(int line) const { return line < m_figure.step; }
    bool hasSum() const { return m_figure.step > lineCount() && !m_figure.result.empty(); }
    double roomForLines() const;
    double lineHeight() const;
    double headHeight() const;
    Columns columns() const;
    QRectF onLine(const QRectF& first, int line) const;
    std::size_t dimension() const;
    int lineUnder(QPointF at) const;  ///< -1: none
    void paintHead(QPainter& painter) const;
    void paintLine(QPainter& painter, int line, double scale) const;
    void paintOneHot(QPainter& painter, int line) const;
    void paintValues(QPainter& painter, const QRectF& place, const std::vector<float>& values,
                     double scale) const;
    void paintZeros(QPainter& painter, const QRectF& place) const;
    void paintLeftOut(QPainter& painter, int line) const;
    void paintSum(QPainter& painter, double scale) const;
    void frame(QPainter& painter, const QRectF& place) const;

    const ThemeSource& m_theme;
    LookupFigure m_figure;
    std::optional<QPointF> m_pointer;
    int m_linesThatFit = 0;
};

}  // namespace lexiscope
