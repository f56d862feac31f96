// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented.h"

#include "ui/widgets/key_step.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/row_button.h"

#include <algorithm>

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace lexiscope {
namespace {

QFont labelFont(const Theme& theme) {
    return theme.textFont(12, QFont::DemiBold);
}

QSize sizeOf(const Theme& theme, const QString& label) {
    return {QFontMetrics(labelFont(theme)).horizontalAdvance(label) + qRound(20 * theme.fontScale),
            qRound(25 * theme.fontScale)};
}

class SegmentButton : public RowButton {
  public:
    SegmentButton(const ThemeSource& theme, const QString& label, QWidget* parent)
        : RowButton(theme, parent) {
        setText(label);
        setObjectName(label);
        setAccessibleName(label);
        setCheckable(true);
    }

    QSize sizeHint() const override { return sizeOf(theme(), text()); }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const QColor rest = underMouse() ? blend(theme().control, theme().text, 0.05) : theme().control;
        paintGround(painter, isChecked() ? theme().accentSurface : rest,
                    isChecked() ? theme().accentLine : theme().line);
        const QColor plain = blend(theme().text, theme().muted, isEnabled() ? 0.5 : 1.0);
        painter.setFont(labelFont(theme()));
        painter.setPen(isChecked() ? theme().accent : plain);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    }
};

}  // namespace

Segmented::Segmented(const ThemeSource& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QHBoxLayout(this)), m_group(new QButtonGroup(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::choose);
}

void Segmented::setItems(const QStringList& labels) {
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const QString& label : labels) {
        auto* button = new SegmentButton(m_theme, label, this);
        m_group->addButton(button, static_cast<int>(m_buttons.size()));
        m_layout->addWidget(button);
        m_buttons.append(button);
    }
    setCurrent(0);
}

int Segmented::current() const {
    return m_group->checkedId();
}

void Segmented::setCurrent(int index) {
    if (index < 0 || index >= count()) {
        return;
    }
    m_buttons[index]->setChecked(true);
    for (int i = 0; i < count(); ++i) {
        m_buttons[i]->setFocusPolicy(i == index ? Qt::StrongFocus : Qt::ClickFocus);
    }
    m_shown = index;
}

int Segmented::widthOf(const QStringList& labels) const {
    int width = std::max(0, static_cast<int>(labels.size()) - 1) * m_layout->spacing();
    for (const QString& label : labels) {
        width += sizeOf(m_theme.theme(), label).width();
    }
    return width;
}

void Segmented::setToolTipOf(int index, const QString& text) {
    if (index >= 0 && index < count()) {
        m_buttons[index]->setToolTip(text);
        m_buttons[index]->setAccessibleDescription(text);
    }
}

void Segmented::choose(int index) {
    const bool changed = index != m_shown;
    setCurrent(index);
    if (changed) {
        Q_EMIT chosen(index);
    }
}

void Segmented::keyPressEvent(QKeyEvent* event) {
    const std::optional<int> place = placeAfterKey(event->key(), current(), count() - 1);
    if (!place) {
        return QWidget::keyPressEvent(event);
    }
    choose(*place);
    m_buttons[*place]->setFocus(Qt::OtherFocusReason);
}

}  // namespace lexiscope
