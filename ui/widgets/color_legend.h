// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/legend_widget.h"

#include <cstdint>
#include <vector>

#include <QRectF>
#include <QString>

namespace lexiscope {

/// What the colours of a plot's classes mean: a line or more below it. Classes can be clicked away and back,
/// with Ctrl all others; by keyboard the arrow keys, Home and End move along them, Space or Enter clicks and
/// Escape shows all. A class that is hidden has an empty mark and a struck out name: nothing depends on
/// colour alone. While something is hidden, the words "Show all" stand in place of the title.
class ColorLegend : public LegendWidget {
    Q_OBJECT
  public:
    struct Entry {
        QString name;
        QString description;  ///< for the tooltip
        int category = 0;     ///< Theme::category
        std::size_t count = 0;
        int bit = 0;  ///< of the mask of hidden classes
        bool operator==(const Entry&) const = default;
    };

    explicit ColorLegend(const ThemeSource& theme, QWidget* parent = nullptr);

    /// Nothing to explain: takes no room.
    void clear();
    /// Words in place of a scale that is not known yet.
    void setMessage(const QString& message);
    void setClasses(const QString& title, const std::vector<Entry>& entries, std::uint32_t hidden);

    std::uint32_t hidden() const { return m_hidden; }
    /// Where an entry stands; null when there is none.
    QRectF entryRect(std::size_t index) const;
    QRectF showAllRect() const;

  Q_SIGNALS:
    /// A person has hidden or shown classes.
    void hiddenChanged(quint32 hidden);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    enum class Kind { Nothing, Message, Classes };
    struct Places {
        std::vector<QRectF> entries;
        QRectF showAll;  // null: nothing is hidden
        double height = 0;
    };

    double heightAt(double width) const override { return placesFor(width).height; }
    void changed() override;
    Places placesFor(double width) const;
    bool isAway(std::size_t index) const { return ((m_hidden >> m_entries[index].bit) & 1U) != 0; }
    int entryAt(QPointF at) const;  // m_entries.size() for "show all"; -1 for none
    int stops() const;              // entries, and "show all" where it is
    void click(int index, Qt::KeyboardModifiers modifiers);
    void setHidden(std::uint32_t hidden);
    void describe();
    QString toolTipOf(int index) const;
    void paintClasses(QPainter& painter) const;
    void paintEntry(QPainter& painter, const QRectF& rect, std::size_t index) const;

    Kind m_kind = Kind::Nothing;
    QString m_title;
    std::vector<Entry> m_entries;
    std::uint32_t m_hidden = 0;
    int m_current = 0;  // of the keyboard
    int m_hovered = -1;
    int m_pressed = -1;
};

}  // namespace lexiscope
