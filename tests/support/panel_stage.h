// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/widgets/card.h"

#include <string>

#include <QAbstractSpinBox>
#include <QPushButton>
#include <QTest>

namespace lexiscope::test {

/// A panel in its card, its tools above it, as the window shows it, on a workspace of its own.
template <typename PanelType>
struct PanelStage {
    /// Without `controls` as in a figure.
    explicit PanelStage(QSize size, bool controls = true, bool withTools = true)
        : panel(new PanelType(context(controls))), card(w.themes, panel->title()) {
        card.setContent(panel);
        if (withTools) {
            for (QWidget* tool : panel->tools()) {
                card.addTool(tool);
            }
        }
        QObject::connect(panel, &Panel::factChanged, &card, &Card::setFact);
        card.resize(size);
    }

    /// It has the keyboard, and all that was asked for is there.
    [[nodiscard]] bool ready() { return showActive(card) && w.settle(); }
    /// The same with that model in slot A.
    [[nodiscard]] bool open(const QString& model) { return w.load(0, model) && ready(); }

    template <typename T>
    T& find(const char* name) {
        return *card.template findChild<T*>(QString::fromLatin1(name));
    }
    QPushButton& button(const char* name) { return find<QPushButton>(name); }
    void click(const char* name) { QTest::mouseClick(&button(name), Qt::LeftButton); }
    /// Into a field of numbers, and Return.
    void type(const char* field, const QString& keys) {
        auto& spin = find<QAbstractSpinBox>(field);
        spin.setFocus();
        spin.selectAll();
        QTest::keyClicks(&spin, keys);
        QTest::keyClick(&spin, Qt::Key_Return);
    }
    /// A table of the panel as CSV; empty if it cannot be written.
    std::string csv(std::size_t table = 0) {
        std::string text;
        NoProgress progress;
        const auto write = [&text](std::string_view bytes) {
            text += bytes;
            return Result<Done>(Done{});
        };
        return panel->data()[table].csv(write, w.pool, progress).ok() ? text : std::string();
    }

    Workspace w;
    PanelType* panel;  // the card's
    Card card;

  private:
    PanelContext context(bool controls) {
        PanelContext context = w.context();
        context.controls = controls;
        return context;
    }
};

}  // namespace lexiscope::test
