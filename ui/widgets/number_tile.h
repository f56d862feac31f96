// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QString>
#include <QWidget>

namespace lexiscope {

/// One number, large, under its name and above a line on what it means, which takes more lines where there is
/// no room, and is left to the tooltip where there is none at all.
class NumberTile : public QWidget {
    Q_OBJECT
  public:
    NumberTile(const ThemeSource& theme, const QString& name, const QString& meaning,
               QWidget* parent = nullptr);
    /// As it is written: "0.730", "–" for a number that has no meaning.
    void setNumber(const QString& number);
    const QString& number() const { return m_number; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QRectF meaningRect(double width) const;
    void describe();

    const ThemeSource& m_theme;
    QString m_name;
    QString m_meaning;
    QString m_number;
};

}  // namespace lexiscope
