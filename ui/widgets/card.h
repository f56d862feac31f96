// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <optional>

#include <QDockWidget>
#include <QLabel>
#include <QWidget>

class QBoxLayout;
class QGridLayout;
class QMenu;

namespace lexiscope {

class CardBody;

/// One line of text that never asks for more room than there is: it is cut with an ellipsis, and then the
/// whole text is in the tooltip. The accessible name is always the whole text.
class ElidedLabel : public QWidget {
    Q_OBJECT
  public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    /// What stands there in place of the text where that has no room; nothing: the text is cut.
    void setShorter(const QString& text);
    /// What the tooltip says while the text stands there whole; below the text otherwise.
    void setExplanation(const QString& explanation);
    void setColor(const QColor& color);
    void setAlignment(Qt::Alignment alignment);
    void setElideMode(Qt::TextElideMode mode);
    /// The label keeps its font itself: when the application's style sheet changes, Qt gives widgets back the
    /// font that they had before.
    void setFont(const QFont& font);
    QFont font() const { return m_font ? *m_font : QWidget::font(); }
    QFontMetrics fontMetrics() const { return QFontMetrics(font(), this); }
    /// The text as it stands on screen now.
    QString shownText() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    QString m_text;
    QString m_shorter;
    QString m_explanation;
    QColor m_color;
    std::optional<QFont> m_font;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

/// The line at the top of a card: bold title, tools, and at the right one fact, which takes a line of its own
/// below where there is no room beside them. It lets mouse events through to its parent, so that a dock can
/// be dragged by it.
class CardTitle : public QWidget {
    Q_OBJECT
  public:
    explicit CardTitle(const ThemeSource& theme, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    /// Where there is no room for the title.
    void setShortTitle(const QString& title) { m_title->setShorter(title); }
    void setFact(const QString& fact);
    QString title() const { return m_title->text(); }
    QString fact() const { return m_fact->text(); }
    void addTool(QWidget* tool);

  Q_SIGNALS:
    void menuWanted(QPoint globalPosition);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void restyle();
    void placeFact();
    const ThemeSource& m_theme;
    ElidedLabel* m_title;
    ElidedLabel* m_fact;
    QBoxLayout* m_tools;
    QGridLayout* m_grid;
    bool m_factIsBelow = false;
};

/// A panel as one rounded card in a main window. The title line has a menu (right click; by keyboard Enter,
/// Space or the menu key while the title has the focus; also where the content has no menu of its own) to
/// float, dock and close it; Ctrl+Shift+D floats or
/// docks, Ctrl+Shift+W closes the card that has the focus.
class CardDock : public QDockWidget {
    Q_OBJECT
  public:
    /// `name` is the object name, under which a main window remembers the dock's place.
    CardDock(const ThemeSource& theme, const QString& name, const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    /// A shorter text for the card's tab where it stands behind another; menus keep the title.
    void setTabText(const QString& text);
    /// What menus and lists call the card: its title, which its tab may shorten.
    QString name() const { return accessibleName(); }
    void setFact(const QString& fact);
    void addTool(QWidget* tool);
    /// The card takes the widget; use this in place of setWidget().
    void setContent(QWidget* content);
    /// So large the card has to become at most, however much its content needs: the rest is scrolled to.
    void setMostAsked(QSize most);
    /// The width that it would ask for else.
    int neededWidth() const;
    CardTitle& titleLine() { return *m_title; }
    /// The card's menu as it is now.
    void fillMenu(QMenu& menu);

  Q_SIGNALS:
    /// The card's menu is about to be shown; what is added now stands above the card's own entries.
    void menuFilling(QMenu* menu);

  protected:
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void showMenu(QPoint globalPosition);
    void fitBody();
    const ThemeSource& m_theme;
    CardTitle* m_title;
    CardBody* m_body;
    QSize m_mostAsked{QWIDGETSIZE_MAX, QWIDGETSIZE_MAX};
    QAction* m_float;
    QAction* m_close;
};

/// The same card as a plain widget, for a panel that stands or is rendered alone.
/// Flat, it has neither ground nor border: those are its parent's.
class Card : public QWidget {
    Q_OBJECT
  public:
    Card(const ThemeSource& theme, const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setFact(const QString& fact);
    void addTool(QWidget* tool);
    void setContent(QWidget* content);
    void setFlat(bool flat);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeSource& m_theme;
    CardTitle* m_title;
    QBoxLayout* m_layout;
    bool m_flat = false;
};

}  // namespace lexiscope
