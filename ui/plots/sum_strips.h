// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <cstddef>
#include <vector>

#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// Two vectors and their sum, or what else comes of them, as a value.
struct SumFigure {
    std::vector<float> token;            ///< D
    std::vector<float> position;         ///< D
    std::vector<float> sum;              ///< D
    QString tokenName;                   ///< "wte[12960]"
    QString positionName;                ///< "wpe[4]"
    QString sumName;                     ///< "input"
    QString sign = QStringLiteral("+");  ///< before the second one: "− 0.1 ×", where that is taken away
    double limit = 1;                    ///< one colour scale, from -limit to limit
    bool numbers = false;                ///< stand in the cells, where those are large enough
    QString message;                     ///< instead of strips
    bool dimmed = false;
};

/// The three as strips below each other on one colour scale, with its legend. The pointer, or Left, Right,
/// Home and End, choose a dimension, whose three numbers are read out beside the legend, or at the pointer
/// where there is no room for them; Escape takes the read-out away. Where
/// several dimensions share a pixel, the pointer chooses the one with the largest sum, and each strip shows
/// the value of largest magnitude.
class SumStrips : public QWidget {
    Q_OBJECT
  public:
    explicit SumStrips(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(SumFigure figure);
    const SumFigure& figure() const { return m_figure; }
    /// Of the strip with that number, from the top; all have one size.
    QRectF stripRect(int strip) const;
    /// The dimension that is read out; -1: none.
    long long chosen() const { return m_chosen; }
    /// What is read out: "dimension 17 · wte[3] 0.1 · + wpe[4] 0.2 · = input 0.3"; empty for none.
    QString readOut() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    bool isEmpty() const { return m_figure.sum.empty(); }
    void choose(long long dimension, QPointF at);
    double signWidth() const;
    double nameWidth() const;
    double nameHeight() const;
    void paintStrip(QPainter& painter, int strip, double scale) const;
    void paintChosen(QPainter& painter, const QRectF& legend) const;

    const ThemeSource& m_theme;
    SumFigure m_figure;
    long long m_chosen = -1;
    QPointF m_at;  ///< beside which the read-out stands
};

}  // namespace lexiscope
