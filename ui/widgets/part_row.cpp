// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/part_row.h"

#include <algorithm>

#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int wideSpacing = 26;
constexpr int flatSpacing = 8;
constexpr int rowSpacing = 6;

}  // namespace

PartRow::PartRow(const ThemeSource& theme, Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent),
      m_orientation(orientation),
      m_rows(new QVBoxLayout(this)),
      m_layout(
          new QBoxLayout(orientation == Qt::Horizontal ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom)),
      m_second(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_choice(new Segmented(theme, this)) {
    m_choice->setObjectName(QStringLiteral("part"));
    m_choice->hide();
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(rowSpacing);
    m_rows->setSizeConstraint(QLayout::SetNoConstraint);  // what is shown now is not the least there can be
    m_rows->addWidget(m_choice);
    m_rows->addLayout(m_layout, 1);
    m_rows->addLayout(m_second);
    m_second->setSpacing(wideSpacing);
    m_layout->setSpacing(orientation == Qt::Horizontal ? wideSpacing : flatSpacing);
    connect(m_choice, &Segmented::chosen, this, [this](int index) {
        m_chosen = m_firstOffered + index;
        arrange();
    });
}

void PartRow::addPart(const QString& name, const QString& title, QWidget* part, int share, int least) {
    m_layout->addWidget(part, share);
    m_parts.push_back({name, title, part, share, 0});
    setLeast(static_cast<int>(m_parts.size()) - 1, least);
    arrange();
}

void PartRow::setLeast(int part, int least) {
    Part& changed = m_parts[static_cast<std::size_t>(part)];
    if (changed.least != least) {
        changed.least = least;
        if (m_orientation == Qt::Horizontal) {
            changed.widget->setMinimumWidth(least);
        } else {
            changed.widget->setMinimumHeight(least);
        }
        updateGeometry();
        arrange();
    }
}

bool PartRow::isShown(int part) const {
    return !m_parts[static_cast<std::size_t>(part)].widget->isHidden();
}

QString PartRow::chosen() const {
    return m_chosen > 0 ? m_parts[static_cast<std::size_t>(m_chosen)].name : QString();
}

void PartRow::choose(const QString& name) {
    if (const int part = find(name); part >= 0) {
        m_chosen = part;
        arrange();
    }
}

void PartRow::showOnly(const QString& name) {
    if (const int part = find(name); part >= 0) {
        m_only = part;
        updateGeometry();
        arrange();
    }
}

int PartRow::find(const QString& name) const {
    const auto found =
        std::find_if(m_parts.begin(), m_parts.end(), [&](const Part& part) { return part.name == name; });
    return found == m_parts.end() ? -1 : static_cast<int>(found - m_parts.begin());
}

int PartRow::length() const {
    return m_orientation == Qt::Horizontal ? width() : height();
}

int PartRow::leastOf(int part) const {
    const Part& asked = m_parts[static_cast<std::size_t>(part)];
    const QSize hint = asked.widget->minimumSizeHint();
    return asked.least > 0 ? asked.least : m_orientation == Qt::Horizontal ? hint.width() : hint.height();
}

int PartRow::across() const {
    int most = 0;
    for (const Part& part : m_parts) {
        const QSize hint = part.widget->minimumSizeHint();
        most = std::max(most, m_orientation == Qt::Horizontal ? hint.height() : hint.width());
    }
    return most;
}

QSize PartRow::minimumSizeHint() const {
    if (m_only >= 0) {
        const QSize hint = m_parts[static_cast<std::size_t>(m_only)].widget->minimumSizeHint();
        return m_orientation == Qt::Horizontal ? QSize(leastOf(m_only), hint.height())
                                               : QSize(hint.width(), leastOf(m_only));
    }
    int along = 0;
    for (int i = 0; i < static_cast<int>(m_parts.size()); ++i) {
        along = std::max(along, leastOf(i));
    }
    // One part with the switch above it is the least there can be. A row that is wide enough has no switch.
    const QSize choice = m_choice->sizeHint();
    if (m_orientation == Qt::Horizontal) {
        const int above = m_choice->isHidden() ? 0 : choice.height() + rowSpacing;
        return {std::max(along, choice.width()), across() + above};
    }
    return {std::max(across(), choice.width()), along + choice.height() + rowSpacing};
}

int PartRow::neededBy(int first, int count) const {
    int needed = std::max(0, count - 1) * m_layout->spacing();
    for (int i = first; i < first + count; ++i) {
        needed += leastOf(i);
    }
    return needed;
}

int PartRow::firstRow() const {
    const int count = static_cast<int>(m_parts.size());
    if (neededBy(0, count) <= length()) {
        return count;
    }
    if (m_orientation == Qt::Vertical || 2 * across() + rowSpacing > height()) {
        return 0;
    }
    // The split whose longer row is shortest.
    int best = 0;
    int shortest = length();
    for (int split = 1; split < count; ++split) {
        const int longer = std::max(neededBy(0, split), neededBy(split, count - split));
        if (longer <= shortest) {
            shortest = longer;
            best = split;
        }
    }
    return best;
}

void PartRow::place(int firstRow) {
    for (int i = 0; i < static_cast<int>(m_parts.size()); ++i) {
        const Part& part = m_parts[static_cast<std::size_t>(i)];
        QBoxLayout* wanted = i < firstRow ? m_layout : m_second;
        if (wanted->indexOf(part.widget) < 0) {
            (i < firstRow ? m_second : m_layout)->removeWidget(part.widget);
            wanted->insertWidget(i < firstRow ? i : i - firstRow, part.widget, part.share);
        }
    }
    // An empty layout takes its share of the room as well.
    m_rows->setStretchFactor(m_second, m_second->isEmpty() ? 0 : 1);
}

void PartRow::show(const std::function<bool(int)>& isWanted) {
    // What goes is hidden first: both at once would ask for more room than there is.
    for (const bool shown : {false, true}) {
        for (int i = 0; i < static_cast<int>(m_parts.size()); ++i) {
            if (isWanted(i) == shown) {
                m_parts[static_cast<std::size_t>(i)].widget->setVisible(shown);
            }
        }
    }
}

void PartRow::showSome() {
    const int count = static_cast<int>(m_parts.size());
    int longest = 0;
    for (int i = 1; i < count; ++i) {
        longest = std::max(longest, leastOf(i));
    }
    const int switchLength = m_orientation == Qt::Horizontal ? 0 : m_choice->sizeHint().height() + rowSpacing;
    const bool pair = count > 2 && neededBy(0, 1) + m_layout->spacing() + longest + switchLength <= length();
    m_firstOffered = pair ? 1 : 0;
    const int chosen = std::clamp(m_chosen, m_firstOffered, std::max(count - 1, m_firstOffered));
    QStringList names;
    for (int i = m_firstOffered; i < count; ++i) {
        names << m_parts[static_cast<std::size_t>(i)].title;
    }
    if (m_choice->count() != names.size()) {
        m_choice->setItems(names);
    }
    m_choice->setCurrent(chosen - m_firstOffered);
    show([=](int i) { return i == chosen || (pair && i == 0); });
}

void PartRow::arrange() {
    const int count = static_cast<int>(m_parts.size());
    const int first = m_only >= 0 ? count : firstRow();
    place(first > 0 ? first : count);
    if (first > 0) {
        show([this](int i) { return m_only < 0 || i == m_only; });
    } else {
        showSome();
    }
    const bool hasChoice = first == 0 && count > 1;
    if (m_choice->isHidden() == hasChoice) {
        m_choice->setVisible(hasChoice);
        updateGeometry();
    }
}

void PartRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

}  // namespace lexiscope
