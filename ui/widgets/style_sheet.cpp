// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style_sheet.h"

#include "ui/widgets/calm_style.h"
#include "ui/widgets/paint.h"

#include <cmath>

#include <QApplication>
#include <QHash>
#include <QRegularExpression>
#include <QVariant>
#include <QWidget>

namespace lexiscope {
namespace {

// @name is a colour of the theme; N@px a length at a font scale of 1. #title is the line at the top of a
// card, whose tools are smaller than other buttons; so are those that say they are tools elsewhere.
constexpr auto frames = R"(
QMainWindow, QDialog, QMessageBox { background: @window; }
QMainWindow::separator { background: transparent; width: 10px; height: 10px; }
QMainWindow::separator:hover { background: @accentLine; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 5@px 7@px; }
QMenuBar { background: @surface; color: @text; border: none; padding: 2@px 6@px; }
QMenuBar::item { background: transparent; padding: 4@px 9@px; border-radius: 5px; }
QMenuBar::item:selected { background: @control; }
QMenuBar::item:pressed { background: @accentSurface; color: @accent; }
QMenu { background: @surface; color: @text; border: 1px solid @line; padding: 5@px; }
QMenu::item { padding: 5@px 24@px 5@px 24@px; border-radius: 5px; background: transparent; }
QMenu::item:selected { background: @accentSurface; color: @accent; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 5@px 8@px; }
QStatusBar { background: @surface; color: @muted; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QGroupBox { border: 1px solid @line; border-radius: 8px; margin-top: 10@px; padding: 10@px; }
QGroupBox::title { subcontrol-origin: margin; left: 10@px; padding: 0 4@px; color: @muted; }
QTabBar::tab { background: @control; color: @muted; border: 1px solid @line; border-radius: 6px;
    padding: 4@px 8@px; margin: 2@px; }
QTabBar::tab:selected { background: @accentSurface; color: @accent; border-color: @accentLine; }
QTabBar::tab:focus { border: 2px solid @accent; }
QTabWidget::pane { border: none; }
)";

constexpr auto buttons = R"(
QPushButton { outline: none; background: @control; color: @text; border: 1px solid @line; border-radius: 6px; padding: 5@px 14@px; }
QPushButton:hover { background: @controlHover; }
QPushButton:pressed { background: @controlPressed; }
QPushButton:focus { border: 2px solid @accent; padding: 4@px 13@px; }
QPushButton:checked { background: @accentSurface; color: @accent; border-color: @accentLine; }
QPushButton:disabled { color: @muted; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton:default { border-color: @accent; }
QPushButton[primary="true"] { background: @primary; color: @primaryText; border: 1px solid @primary; font-weight: 600;
    padding: 6@px 18@px; }
QPushButton[primary="true"]:hover { background: @primaryHover; }
QPushButton[primary="true"]:focus { border: 2px solid @primaryFocus; padding: 5@px 17@px; }
QPushButton:flat { background: transparent; border: 1px solid transparent; color: @accent; font-weight: 600;
    padding: 2@px 7@px; }
QPushButton:flat:hover { background: @accentSurface; }
QPushButton:flat:focus { border: 2px solid @accent; padding: 1@px 6@px; }
#title QPushButton, QPushButton[tool="true"], #title QToolButton { background: @control; border: 1px solid @line; font-weight: 600; font-size: 12@px;
    padding: 3@px 9@px; }
#title QPushButton:hover, QPushButton[tool="true"]:hover, #title QToolButton:hover { background: @controlHover; }
#title QPushButton:checked, QPushButton[tool="true"]:checked, #title QToolButton:checked { background: @accentSurface; color: @accent; border-color: @accentLine; }
#title QPushButton:focus, QPushButton[tool="true"]:focus, #title QToolButton:focus { border: 2px solid @accent; padding: 2@px 8@px; }
QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 6px; padding: 4@px 8@px; }
QToolButton:hover { background: @control; }
QToolButton:pressed { background: @controlPressed; }
QToolButton:checked { background: @accentSurface; color: @accent; border-color: @accentLine; }
QToolButton:focus { border: 2px solid @accent; padding: 3@px 7@px; }
QToolButton:disabled { color: @muted; }
)";

constexpr auto fields = R"(
QLineEdit { background: @field; color: @text; border: 1px solid @line; border-radius: 6px; padding: 4@px 9@px;
    selection-background-color: @highlight; selection-color: @highlightText; }
QLineEdit:focus { border: 2px solid @accent; padding: 3@px 8@px; }
QLineEdit:disabled { color: @muted; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none; padding: 0; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @line; outline: none;
    selection-background-color: @accentSurface; selection-color: @accent; }
QPlainTextEdit, QTextEdit { background: @field; color: @text; border: 1px solid @line; border-radius: 6px;
    selection-background-color: @highlight; selection-color: @highlightText; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; }
QTableView, QListView, QTreeView { background: @surface; color: @text; border: none; gridline-color: transparent;
    selection-background-color: @accentSurface; selection-color: @accent; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line; padding: 4@px 8@px; }
QTableCornerButton::section { background: @surface; border: none; }
QProgressBar { background: @control; border: none; border-radius: 3px; height: 6px; max-height: 6px; color: transparent; }
QProgressBar::chunk { background: @slotA; border-radius: 3px; }
QSlider { min-height: 20@px; }
QSlider::groove:horizontal { background: @control; border: none; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accentLine; border-radius: 2px; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; width: 10px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: @accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: @handleHover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
)";

QHash<QString, QColor> coloursOf(const Theme& theme) {
    const QPalette palette = theme.palette();
    return {{QStringLiteral("window"), theme.window},
            {QStringLiteral("surface"), theme.surface},
            {QStringLiteral("field"), theme.field},
            {QStringLiteral("control"), theme.control},
            {QStringLiteral("controlHover"), blend(theme.control, theme.text, 0.05)},
            {QStringLiteral("controlPressed"), blend(theme.control, theme.text, 0.12)},
            {QStringLiteral("text"), theme.text},
            {QStringLiteral("muted"), theme.muted},
            {QStringLiteral("line"), theme.line},
            {QStringLiteral("accent"), theme.accent},
            {QStringLiteral("accentSurface"), theme.accentSurface},
            {QStringLiteral("accentLine"), theme.accentLine},
            {QStringLiteral("primary"), theme.primary},
            {QStringLiteral("primaryHover"), blend(theme.primary, theme.primaryText, 0.12)},
            {QStringLiteral("primaryFocus"), theme.text},
            {QStringLiteral("primaryText"), theme.primaryText},
            {QStringLiteral("highlight"), palette.color(QPalette::Highlight)},
            {QStringLiteral("highlightText"), palette.color(QPalette::HighlightedText)},
            {QStringLiteral("handle"), blend(theme.surface, theme.muted, 0.45)},
            {QStringLiteral("handleHover"), theme.muted},
            {QStringLiteral("slotA"), theme.slot(0)}};
}

}  // namespace

QString styleSheet(const Theme& theme) {
    const QString source = QString::fromUtf8(frames) + QString::fromUtf8(buttons) + QString::fromUtf8(fields);
    const QHash<QString, QColor> colours = coloursOf(theme);
    static const QRegularExpression mark(QStringLiteral("(\\d*)@([A-Za-z]+)"));
    QString sheet;
    sheet.reserve(source.size());
    qsizetype done = 0;
    for (QRegularExpressionMatchIterator marks = mark.globalMatch(source); marks.hasNext();) {
        const QRegularExpressionMatch found = marks.next();
        sheet += QStringView(source).mid(done, found.capturedStart() - done);
        done = found.capturedEnd();
        if (found.captured(2) == QLatin1String("px")) {
            sheet += QString::number(std::lround(found.captured(1).toInt() * theme.fontScale)) +
                     QStringLiteral("px");
        } else {
            Q_ASSERT(colours.contains(found.captured(2)));
            const QColor colour = colours.value(found.captured(2));
            sheet += colour.name(colour.alpha() < 255 ? QColor::HexArgb : QColor::HexRgb);
        }
    }
    sheet += QStringView(source).mid(done);
    return sheet;
}

void applyTheme(QApplication& application, const Theme& theme) {
    // A style sheet hides the style below it, so the application itself remembers that it has ours.
    constexpr auto known = "lexiscopeStyle";
    if (!application.property(known).toBool()) {
        QApplication::setStyle(new CalmStyle);
        application.setProperty(known, true);
    }
    // Setting it again would have every widget styled again.
    const QString sheet = styleSheet(theme);
    if (application.styleSheet() == sheet) {
        return;
    }
    QApplication::setPalette(theme.palette());
    QApplication::setFont(theme.textFont());
    application.setStyleSheet(sheet);
}

void applyTheme(QWidget& widget, const Theme& theme) {
    widget.setPalette(theme.palette());
    widget.setFont(theme.textFont());
    widget.setStyleSheet(styleSheet(theme));
}

}  // namespace lexiscope
