// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/plots/theme.h"

#include <QLineEdit>
#include <QVector>

namespace lexiscope {

struct Completion {
    QString text;    ///< as people see it ("·queen")
    QString detail;  ///< at the right, muted: the ID
    Row row;
};

class SearchPopup;

/// "Find a token…" with completions from outside. As a person types, completionsWanted(prefix) asks;
/// setCompletions answers, at any time later; an answer to an older question is dropped. Down and Up walk the
/// list, Enter takes the marked one (chosen) or, with none marked, hands over the text (submitted); Escape
/// closes the list, then empties the field.
class SearchField : public QLineEdit {
    Q_OBJECT
  public:
    /// So many completions are a full list, whose last line says that typing on would find more.
    static constexpr int fullList = 12;
    explicit SearchField(const ThemeSource& theme, QWidget* parent = nullptr);
    ~SearchField() override;
    bool isListOpen() const;
    /// The list, a child of the window this field is in.
    QWidget* popup() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  public Q_SLOTS:
    /// `note` says of what the list is, where that is not all there is.
    void setCompletions(const QString& prefix, const QVector<lexiscope::Completion>& completions,
                        const QString& note = {});
    /// A line in the list in place of completions; what submitted() could not find, for example.
    void showMessage(const QString& message);
    void closeList();

  Q_SIGNALS:
    void completionsWanted(const QString& prefix);
    void chosen(lexiscope::Row row);
    void submitted(const QString& text);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void restyle();
    /// Says what the field is for, in as many words as it has room for.
    void invite();
    int widthOf(const QString& invitation) const;
    void ask(const QString& prefix);
    void openList();
    void take(int index);
    const ThemeSource& m_theme;
    QString m_asked;
    SearchPopup* m_popup = nullptr;
};

}  // namespace lexiscope
