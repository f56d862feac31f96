// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/card.h"

#include <map>

#include <QAbstractButton>
#include <QImage>
#include <QLabel>
#include <QTabBar>
#include <QWidget>

namespace lexiscope::test {

// What a reader of the window would call a fault, found by measuring it.

/// The largest contrast that any pixel of the widget has against the colour that covers most of it: that of
/// its text against its ground. 1 when the widget is of one colour.
inline double contrastOnScreen(QWidget& widget) {
    const QImage image = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    std::map<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            ++counts[line[x]];
        }
    }
    const auto ground = std::max_element(counts.begin(), counts.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
    double best = 1;
    for (const auto& [color, count] : counts) {
        best = std::max(best, contrast(QColor(color), QColor(ground->first)));
    }
    return best;
}

/// It is in a card that stands behind another one, where it keeps whatever size it had.
inline bool isBehind(const QWidget& widget) {
    for (const QWidget* around = &widget; around != nullptr; around = around->parentWidget()) {
        if (qobject_cast<const CardDock*>(around) != nullptr) {
            return around->visibleRegion().isEmpty();
        }
    }
    return false;
}

/// Which visible texts below `root` are cut, each as "object: text".
inline QStringList clippedTexts(const QWidget& root) {
    QStringList clipped;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisible() || isBehind(*widget)) {
            continue;
        }
        if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) {
            // A main window keeps bars of one tab that nobody sees.
            for (int i = 0; i < tabs->count() && tabs->count() > 1; ++i) {
                if (tabs->tabRect(i).width() <= tabs->fontMetrics().horizontalAdvance(tabs->tabText(i))) {
                    clipped << QStringLiteral("tab: ") + tabs->tabText(i);
                }
            }
        } else if (const auto* label = qobject_cast<const ElidedLabel*>(widget)) {
            if (label->shownText() != label->text()) {
                clipped << label->objectName() + QStringLiteral(": ") + label->text();
            }
        } else if (const auto* plain = qobject_cast<const QLabel*>(widget)) {
            if (!plain->wordWrap() && plain->width() < plain->minimumSizeHint().width()) {
                clipped << plain->objectName() + QStringLiteral(": ") + plain->text();
            }
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
            if (!button->text().isEmpty() && button->width() < button->minimumSizeHint().width()) {
                clipped << button->objectName() + QStringLiteral(": ") + button->text();
            }
        }
    }
    return clipped;
}

/// Which visible widgets of text overlap each other inside their parents, each as "a / b".
inline QStringList overlaps(const QWidget& root) {
    QStringList found;
    for (const QWidget* parent : root.findChildren<QWidget*>()) {
        QList<const QWidget*> shown;
        for (const QObject* child : parent->children()) {
            const auto* widget = qobject_cast<const QWidget*>(child);
            const bool isText = qobject_cast<const ElidedLabel*>(child) != nullptr ||
                                qobject_cast<const QLabel*>(child) != nullptr ||
                                qobject_cast<const QAbstractButton*>(child) != nullptr;
            if (widget != nullptr && isText && widget->isVisible() && !widget->size().isEmpty()) {
                shown << widget;
            }
        }
        for (qsizetype a = 0; a < shown.size(); ++a) {
            for (qsizetype b = a + 1; b < shown.size(); ++b) {
                if (shown[a]->geometry().intersects(shown[b]->geometry())) {
                    found << shown[a]->objectName() + QStringLiteral(" / ") + shown[b]->objectName() +
                                 QStringLiteral(" in ") + parent->objectName();
                }
            }
        }
    }
    return found;
}

}  // namespace lexiscope::test
