// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <QStringList>

class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;
class QWidget;

namespace lexiscope {

class ElidedLabel;

// The small parts that panels are put together from.

inline constexpr int partSpacing = 8;  ///< between parts below each other

/// Below each other, without margins.
QVBoxLayout* columnOf(QWidget* of, int spacing);

/// The least height at that width of a part in which lines wrap, which its own hint does not know.
int leastHeight(const QWidget& part, int width);

/// Plain text in as many lines as it takes.
QLabel* wrappedLabel(QWidget* parent, const QString& name);

/// For a tooltip: these lines as they are, even where a token in them looks like markup ("<b>").
QString plainTip(const QStringList& lines);

void setLook(QLabel& label, const QFont& font, const QColor& color);
void setLook(ElidedLabel& label, const QFont& font, const QColor& color);
/// A token, or a piece of the text, in that font, as its letters ask for (see tokenFont()).
void setToken(ElidedLabel& label, const QString& token, const QFont& font, const QColor& color);

QPushButton* namedButton(QWidget* parent, const QString& name, const QString& text, const QString& tip = {});

/// A number with its name before it ("window 5"), which counts once it has been typed whole.
QSpinBox* numberField(QWidget* parent, const QString& name, int least, int most, const QString& tip);

}  // namespace lexiscope
