// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>
#include <QLocale>
#include <QString>

namespace lexiscope {

/// A number without the zeros at its end: "0.1".
class PlainNumberField : public QDoubleSpinBox {
  public:
    explicit PlainNumberField(QWidget* parent) : QDoubleSpinBox(parent) {
        setKeyboardTracking(false);
        setLocale(QLocale::c());  // the numbers of the program have points
    }
    QString textFromValue(double value) const override { return QString::number(value, 'g', 6); }
};

}  // namespace lexiscope
