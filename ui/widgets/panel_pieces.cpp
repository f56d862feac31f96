// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel_pieces.h"

#include "ui/plots/theme.h"
#include "ui/widgets/card.h"

#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {

QVBoxLayout* columnOf(QWidget* of, int spacing) {
    auto* layout = new QVBoxLayout(of);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

int leastHeight(const QWidget& part, int width) {
    QLayout* layout = part.layout();
    layout->activate();
    return layout->hasHeightForWidth() ? layout->minimumHeightForWidth(width)
                                       : layout->minimumSize().height();
}

QLabel* wrappedLabel(QWidget* parent, const QString& name) {
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

QString plainTip(const QStringList& lines) {
    return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
        .arg(lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

void setLook(QLabel& label, const QFont& font, const QColor& color) {
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, color);
    label.setPalette(palette);
    label.setFont(font);
}

void setLook(ElidedLabel& label, const QFont& font, const QColor& color) {
    label.setFont(font);
    label.setColor(color);
}

void setToken(ElidedLabel& label, const QString& token, const QFont& font, const QColor& color) {
    setLook(label, tokenFont(font, token), color);
    label.setText(token);
}

QPushButton* namedButton(QWidget* parent, const QString& name, const QString& text, const QString& tip) {
    auto* made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
}

QSpinBox* numberField(QWidget* parent, const QString& name, int least, int most, const QString& tip) {
    auto* field = new QSpinBox(parent);
    field->setObjectName(name);
    field->setRange(least, most);
    field->setGroupSeparatorShown(true);
    field->setPrefix(name + u' ');
    field->setAccessibleName(name);
    field->setToolTip(tip);
    field->setKeyboardTracking(false);
    return field;
}

}  // namespace lexiscope
