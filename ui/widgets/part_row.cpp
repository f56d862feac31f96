// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/part_row.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int wideSpacing = 26;
constexpr int flatSpacing = 8;
constexpr int rowSpacing = 6;
constexpr int wideRowSpacing = 14;  // of a row that spreads
constexpr double goodRow = 150;     // pixels of height that one of several rows has there
constexpr double goodShape = 1.4;   // width by height of a part there

}  // namespace

PartRow::PartRow(const ThemeSource& theme, Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_orientation(orientation),
      m_layout(new QVBoxLayout(this)),
      m_column(new QVBoxLayout),
      m_choice(new Segmented(theme, this)) {
    m_choice->setObjectName(QStringLiteral("part"));
    m_choice->hide();
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(rowSpacing);
    m_layout->setSizeConstraint(QLayout::SetNoConstraint);  // what is shown now is not the least there can be
    m_layout->addWidget(m_choice);
    m_column->setSpacing(rowSpacing);
    row(0);
    connect(m_choice, &Segmented::chosen, this, [this](int index) {
        m_chosen = m_now.offered.at(static_cast<std::size_t>(index));
        arrange();
    });
    connect(&theme, &ThemeSource::changed, this, &PartRow::arrange);
}

PartRow::~PartRow() {
    if (m_column->parent() == nullptr) {
        delete m_column;
    }
}

QBoxLayout* PartRow::row(std::size_t index) {
    const bool isRow = m_orientation == Qt::Horizontal;
    while (m_rows.size() <= index) {
        m_rows.push_back(
            new QBoxLayout(isRow || !m_rows.empty() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom));
        m_rows.back()->setSpacing(isRow || m_rows.size() > 1 ? wideSpacing : flatSpacing);
        m_layout->addLayout(m_rows.back(), m_rows.size() == 1 ? 1 : 0);
    }
    return m_rows[index];
}

void PartRow::addPart(const QString& name, const QString& title, QWidget* part, int share, int least) {
    row(0)->addWidget(part, share);
    m_parts.push_back({name, title, part, share, 0});
    m_now.rows.assign(1, all());
    setLeast(static_cast<int>(m_parts.size()) - 1, least);
    arrange();
}

void PartRow::setOrientation(Qt::Orientation orientation) {
    if (orientation == m_orientation) {
        return;
    }
    m_orientation = orientation;
    const bool isRow = orientation == Qt::Horizontal;
    m_rows.front()->setDirection(isRow ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_rows.front()->setSpacing(isRow ? wideSpacing : flatSpacing);
    for (Part& part : m_parts) {
        part.least = 0;
        part.widget->setMinimumSize(0, 0);
    }
    updateGeometry();
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

void PartRow::spread(std::vector<int> kept) {
    m_kept = std::move(kept);
    m_spreads = true;
    m_layout->setSpacing(wideRowSpacing);
    arrange();
}

void PartRow::setMeaning(int part, bool hasMeaning) {
    Part& changed = m_parts[static_cast<std::size_t>(part)];
    if (changed.hasMeaning != hasMeaning) {
        changed.hasMeaning = hasMeaning;
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

std::vector<int> PartRow::all() const {
    std::vector<int> parts(m_parts.size());
    std::iota(parts.begin(), parts.end(), 0);
    return parts;
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

QStringList PartRow::titlesOf(const std::vector<int>& parts) const {
    QStringList titles;
    for (const int part : parts) {
        titles << m_parts[static_cast<std::size_t>(part)].title;
    }
    return titles;
}

QSize PartRow::minimumSizeHint() const {
    if (m_only >= 0) {
        const QSize hint = m_parts[static_cast<std::size_t>(m_only)].widget->minimumSizeHint();
        return m_orientation == Qt::Horizontal ? QSize(leastOf(m_only), hint.height())
                                               : QSize(hint.width(), leastOf(m_only));
    }
    const int along = longestOf(all());
    // One part with the switch above it is the least there can be. A row that is wide enough has no switch.
    const QSize choice = m_choice->sizeHint();
    if (m_orientation == Qt::Horizontal) {
        const int above = m_now.offered.empty() ? 0 : choice.height() + rowSpacing;
        const int wide = m_spreads ? m_choice->widthOf(titlesOf(all())) : choice.width();
        return {std::max(along, wide), across() + above};
    }
    return {std::max(across(), choice.width()), along + choice.height() + rowSpacing};
}

int PartRow::neededBy(const std::vector<int>& parts) const {
    int needed = std::max(0, static_cast<int>(parts.size()) - 1) * m_rows.front()->spacing();
    for (const int part : parts) {
        needed += leastOf(part);
    }
    return needed;
}

int PartRow::longestOf(const std::vector<int>& parts) const {
    int longest = 0;
    for (const int part : parts) {
        longest = std::max(longest, leastOf(part));
    }
    return longest;
}

std::vector<std::vector<int>> PartRow::split(const std::vector<int>& parts, int rows) const {
    if (rows <= 1 || parts.size() <= 1) {
        return neededBy(parts) <= length() ? std::vector<std::vector<int>>{parts}
                                           : std::vector<std::vector<int>>();
    }
    std::vector<std::vector<int>> best;
    int shortest = std::numeric_limits<int>::max();
    for (std::size_t first = 1; first + static_cast<std::size_t>(rows) - 1 <= parts.size(); ++first) {
        const auto middle = parts.begin() + static_cast<std::ptrdiff_t>(first);
        std::vector<std::vector<int>> found = split({middle, parts.end()}, rows - 1);
        const std::vector<int> head(parts.begin(), middle);
        int longest = neededBy(head);
        if (found.empty() || longest > length()) {
            continue;
        }
        for (const std::vector<int>& each : found) {
            longest = std::max(longest, neededBy(each));
        }
        if (longest <= shortest) {
            shortest = longest;
            found.insert(found.begin(), head);
            best = std::move(found);
        }
    }
    return best;
}

std::vector<std::vector<int>> PartRow::rowsOf(const std::vector<int>& parts) const {
    if (m_orientation == Qt::Vertical || parts.size() < 2) {
        return split(parts, 1);
    }
    const int gap = m_layout->spacing();
    const double good = goodRow * m_theme.theme().fontScale;
    const int tall = m_spreads ? std::max(across(), static_cast<int>(good)) : across();
    const int most = m_spreads ? static_cast<int>(parts.size()) : 2;
    std::vector<std::vector<int>> best;
    double worst = std::numeric_limits<double>::max();
    for (int rows = 1; rows <= most; ++rows) {
        if (rows > 1 && rows * tall + (rows - 1) * gap > height()) {
            break;
        }
        std::vector<std::vector<int>> found = split(parts, rows);
        if (found.empty()) {
            continue;
        }
        const double shape = static_cast<double>(width()) * rows * rows /
                             (static_cast<double>(parts.size()) * std::max(1, height()));
        const double off = std::abs(std::log(shape / goodShape));
        if (best.empty() || (m_spreads && off < worst)) {
            best = std::move(found);
            worst = off;
        }
    }
    return best;
}

PartRow::Arrangement PartRow::some() const {
    Arrangement found;
    const int switchLength = m_orientation == Qt::Horizontal ? 0 : m_choice->sizeHint().height() + rowSpacing;
    std::vector<int> kept = m_kept;
    for (;; kept.pop_back()) {
        found.offered.clear();
        for (const int part : all()) {
            if (std::find(kept.begin(), kept.end(), part) == kept.end()) {
                found.offered.push_back(part);
            }
        }
        int own = longestOf(found.offered);
        if (m_spreads) {
            own = std::max(own, m_choice->widthOf(titlesOf(found.offered)));
        }
        const int needed = neededBy(kept) + m_rows.front()->spacing() + own + switchLength;
        if (kept.empty() || (found.offered.size() > 1 && needed <= length())) {
            break;
        }
    }
    const bool isOffered =
        std::find(found.offered.begin(), found.offered.end(), m_chosen) != found.offered.end();
    found.chosen = isOffered || found.offered.empty() ? m_chosen : found.offered.front();
    found.isColumn = m_spreads;
    // It stands where the first of those offered would.
    std::sort(kept.begin(), kept.end());
    const auto place = found.offered.empty()
                           ? kept.end()
                           : std::lower_bound(kept.begin(), kept.end(), found.offered.front());
    kept.insert(place, found.chosen);
    found.rows.push_back(std::move(kept));
    return found;
}

PartRow::Arrangement PartRow::wanted() const {
    Arrangement found;
    if (m_only >= 0) {
        found.rows = {{m_only}};
        return found;
    }
    std::vector<int> meant;
    for (const int part : all()) {
        if (m_parts[static_cast<std::size_t>(part)].hasMeaning) {
            meant.push_back(part);
        }
    }
    found.rows = rowsOf(meant);
    return found.rows.empty() && m_parts.size() > 1 ? some() : found;
}

void PartRow::place(const Arrangement& arrangement) {
    const auto takeOut = [this](QWidget* widget) {
        m_column->removeWidget(widget);
        for (QBoxLayout* each : m_rows) {
            each->removeWidget(widget);
        }
    };
    takeOut(m_choice);
    m_layout->removeWidget(m_choice);
    if (m_column->parent() != nullptr) {
        static_cast<QLayout*>(m_column->parent())->removeItem(m_column);
        m_column->setParent(nullptr);
    }
    for (const Part& part : m_parts) {
        takeOut(part.widget);
    }
    if (arrangement.isColumn) {
        m_column->addWidget(m_choice);
    } else {
        m_layout->insertWidget(0, m_choice);
    }
    for (std::size_t i = 0; i < std::max(arrangement.rows.size(), m_rows.size()); ++i) {
        QBoxLayout* to = row(i);
        const bool isUsed = i < arrangement.rows.size();
        // An empty layout takes its share of the room as well.
        m_layout->setStretchFactor(to, isUsed ? 1 : 0);
        for (const int number : isUsed ? arrangement.rows[i] : std::vector<int>()) {
            const Part& part = m_parts[static_cast<std::size_t>(number)];
            if (arrangement.isColumn && number == arrangement.chosen) {
                m_column->addWidget(part.widget, 1);
                to->addLayout(m_column, part.share);
            } else {
                to->addWidget(part.widget, part.share);
            }
        }
    }
}

void PartRow::apply(const Arrangement& arrangement) {
    const std::vector<int> offered = m_now.offered;
    m_now = arrangement;
    if (arrangement.offered != offered && !arrangement.offered.empty()) {
        m_choice->setItems(titlesOf(arrangement.offered));
    }
    const auto chosen = std::find(arrangement.offered.begin(), arrangement.offered.end(), arrangement.chosen);
    m_choice->setCurrent(static_cast<int>(chosen - arrangement.offered.begin()));
    const auto stands = [&](int part) {
        return std::any_of(arrangement.rows.begin(), arrangement.rows.end(),
                           [&](const std::vector<int>& each) {
                               return std::find(each.begin(), each.end(), part) != each.end();
                           });
    };
    // What goes is hidden first: both at once would ask for more room than there is.
    for (const int part : all()) {
        if (!stands(part)) {
            m_parts[static_cast<std::size_t>(part)].widget->hide();
        }
    }
    place(arrangement);
    m_choice->setVisible(!arrangement.offered.empty());
    for (const int part : all()) {
        if (stands(part)) {
            m_parts[static_cast<std::size_t>(part)].widget->show();
        }
    }
    updateGeometry();
    Q_EMIT arranged();
}

void PartRow::arrange() {
    const Arrangement arrangement = wanted();
    if (arrangement != m_now) {
        apply(arrangement);
    }
}

void PartRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

}  // namespace lexiscope
