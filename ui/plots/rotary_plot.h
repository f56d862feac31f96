// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <cstddef>
#include <optional>
#include <vector>

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// A query and a key that rotary positions have turned, as a value.
struct RotaryFigure {
    QString query;  ///< their names: "·dog"
    QString key;
    std::size_t queryPosition = 0;
    std::size_t keyPosition = 0;
    std::vector<double> scores;  ///< by difference of the positions, from -reach to reach: an odd number
    std::vector<double> slide;   ///< while both move together, by the earlier position
    std::size_t pair = 0;        ///< whose hands the dial shows
    double radiansPerPosition = 0;
    QPointF queryHand;  ///< that pair's two numbers, turned; y upwards
    QPointF keyHand;
    QString message;  ///< in place of all
    bool dimmed = false;

    std::size_t reach() const { return scores.size() / 2; }
    long long difference() const {
        return static_cast<long long>(queryPosition) - static_cast<long long>(keyPosition);
    }
    double score() const {
        return scores[static_cast<std::size_t>(difference() + static_cast<long long>(reach()))];
    }
};

/// From the query's hand to the key's, counted as the hands turn: in degrees, above -180 up to 180.
double degreesBetween(const RotaryFigure& figure);

/// A dial with one pair of both as hands; the score by the difference of the positions; and the score while
/// both slide together, on the same scale: a level line. The pointer reads out both curves.
class RotaryPlot : public QWidget {
    Q_OBJECT
  public:
    explicit RotaryPlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(RotaryFigure figure);
    const RotaryFigure& figure() const { return m_figure; }
    QRectF dialRect() const { return places().dial; }
    QRectF scoreRect() const { return places().scores; }
    QRectF slideRect() const { return places().slide; }
    /// What is read out at the pointer; empty: nothing.
    QString readOut() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    struct Places {
        QRectF dial;
        QRectF scores;
        QRectF slide;
    };
    Places places() const;
    bool isEmpty() const { return m_figure.scores.empty() || m_figure.slide.empty(); }
    double tickWidth() const;
    QString levelText(double value) const;
    double heightOf(const QRectF& plot, double value) const;
    QPointF placeOf(const QRectF& plot, const std::vector<double>& values, std::size_t index) const;
    std::optional<std::size_t> indexAt(const QRectF& plot, const std::vector<double>& values) const;
    void paintDial(QPainter& painter) const;
    void paintHand(QPainter& painter, QPointF hand, double longest, const QColor& color,
                   const QString& name) const;
    /// `current`: the value that stands now; `ends`: what stands below the two ends.
    void paintCurve(QPainter& painter, const QRectF& plot, const std::vector<double>& values,
                    std::size_t current, const QString& title, const std::vector<QString>& ends) const;

    const ThemeSource& m_theme;
    RotaryFigure m_figure;
    double m_low = 0;  // of both curves
    double m_high = 1;
    std::optional<QPointF> m_pointer;
};

}  // namespace lexiscope
