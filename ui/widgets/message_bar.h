// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/plots/theme.h"
#include "ui/widgets/card.h"

#include <QVector>
#include <QWidget>

class QLabel;
class QToolButton;

namespace lexiscope {

/// A thin bar for what went wrong, what to do about it, and hints. Hidden while there is nothing to say.
/// Several messages queue ("1 of 3"): the oldest is shown, Escape or the button closes it and shows the next.
/// Hints wait until there is neither an error nor a warning.
/// The text can be selected and copied.
class MessageBar : public QWidget {
    Q_OBJECT
  public:
    enum class Severity { Hint, Warning, Error };

    explicit MessageBar(const ThemeSource& theme, QWidget* parent = nullptr);
    /// A message that already waits is not added again. A cancelled job is no failure and adds nothing.
    void add(Severity severity, const Error& error);
    void add(Severity severity, const QString& what, const QString& where = {}, const QString& hint = {});
    void closeCurrent();
    void clear();
    int count() const { return static_cast<int>(m_messages.size()); }
    /// The message on screen, as plain text; empty when there is none.
    QString text() const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Message {
        Severity severity;
        QString what, where, hint;
        bool operator==(const Message&) const = default;
    };
    void refresh();
    const ThemeSource& m_theme;
    QVector<Message> m_messages;
    qsizetype m_closed = 0;  ///< of those that came together
    ElidedLabel* m_kind;
    QLabel* m_text;
    ElidedLabel* m_count;
    QToolButton* m_close;
};

}  // namespace lexiscope
