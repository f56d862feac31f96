// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/space_colors.h"

#include "ui/panels/panel.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"

#include <cmath>

#include <QHBoxLayout>
#include <QJsonArray>

namespace lexiscope {
namespace {

/// [first, last] of what is kept of the scale.
std::optional<std::pair<int, int>> placesFrom(const QJsonValue& value) {
    const QJsonArray range = value.toArray();
    const int first = range.at(0).toInt(-1);
    const int last = range.at(1).toInt(-1);
    const bool isSound = range.size() == 2 && first >= 0 && first <= last && last <= PointTraits::lastPlace;
    return isSound ? std::optional(std::pair(first, last)) : std::nullopt;
}

/// What a view of it can say.
struct SpaceColorKeys : ViewKeys {
    ViewKey color = oneOf("color", colorNames());
    ViewKey hidden = whole("hidden", 0, 4294967295);
    ViewKey range =
        add("range",
            QStringLiteral("[first, last], places of the scale from 0 to %1").arg(PointTraits::lastPlace),
            [](const QJsonValue& value) { return placesFrom(value).has_value(); });
};

const SpaceColorKeys& spaceColorKeys() {
    static const SpaceColorKeys all;
    return all;
}

static_assert(ScaleLegend::lastPlace == PointTraits::lastPlace);

HiddenPoints beyond(int first, int last) {
    HiddenPoints hidden;
    hidden.first = static_cast<std::uint16_t>(first);
    if (last < PointTraits::lastPlace) {
        hidden.last = static_cast<std::uint16_t>(last);
    }
    return hidden;
}

QString numberOf(const PointTraits& traits, double value) {
    return traits.decimals > 0 ? numberText(value, traits.decimals)
                               : groupedText(static_cast<std::size_t>(std::llround(value)));
}

bool marksWords(const std::shared_ptr<const Model>& model) {
    return model && model->vocabulary->wordMark() != WordMark::None;
}

}  // namespace

SpaceColors::SpaceColors(const ThemeSource& theme, bool clickable, QWidget* parent)
    : QWidget(parent),
      m_classes(new ColorLegend(theme, this)),
      m_scale(new ScaleLegend(theme, this)),
      m_again(new AgainButton(tr("Try again"), this)) {
    m_classes->setObjectName(QStringLiteral("legend"));
    m_scale->setObjectName(QStringLiteral("scale"));
    m_classes->setClickable(clickable);
    m_scale->setClickable(clickable);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_classes, 1);
    layout->addWidget(m_scale, 1);
    layout->addWidget(m_again);
    hide();
    connect(m_classes, &ColorLegend::hiddenChanged, this, [this](quint32 hidden) {
        m_hidden.classes = hidden;
        Q_EMIT hiddenChanged();
    });
    connect(m_scale, &ScaleLegend::rangeChanged, this, [this](int first, int last) {
        m_hidden = beyond(first, last);
        Q_EMIT hiddenChanged();
    });
    connect(m_again, &QPushButton::clicked, this, &SpaceColors::againWanted);
}

void SpaceColors::choose(ColorBy by, const HiddenPoints& hidden) {
    m_by = by;
    m_hidden = hidden;
}

void SpaceColors::refresh(const Inputs& inputs) {
    refreshTraits(inputs);
    refreshLegend(inputs);
}

void SpaceColors::refreshTraits(const Inputs& inputs) {
    if (m_traits && (m_traits->by != m_by || m_traitsOf != inputs.projection)) {
        m_traits = nullptr;
    }
    if (m_traits || m_by == ColorBy::Density || !inputs.projection || !inputs.belongTogether) {
        return;
    }
    m_traitsOf = inputs.projection;
    m_traits = traitsOf(m_by, *inputs.projection, inputs.norms.get(), inputs.tokens.get());
}

void SpaceColors::refreshLegend(const Inputs& inputs) {
    const bool isShown = inputs.projection && m_by != ColorBy::Density;
    setVisible(isShown);
    m_again->offer(isShown && !m_traits && inputs.wasCancelled);
    if (!isShown) {
        return;
    }
    const bool isScale = m_traits && m_traits->classes.empty();
    m_scale->setVisible(isScale);
    if (isScale) {
        m_classes->clear();
        showScale();
    } else if (m_traits) {
        showClasses();
    } else {
        m_classes->setMessage(m_by == ColorBy::WordStart && !marksWords(inputs.model)
                                  ? tr("This vocabulary marks no word starts.")
                              : !inputs.failure.isEmpty() ? inputs.failure
                                                          : tr("The colours are being worked out…"));
    }
}

void SpaceColors::showScale() {
    const NumberScale& scale = m_traits->scale;
    const ScaleLegend::Range range{m_hidden.first,
                                   std::min<int>(m_hidden.last, static_cast<int>(PointTraits::lastPlace))};
    m_scale->setScale(
        m_traits->title, (scale.isBelow ? tr("≤ ") : QString()) + numberOf(*m_traits, scale.low),
        (scale.isAbove ? tr("≥ ") : QString()) + numberOf(*m_traits, scale.high), range, rangeText());
}

QString SpaceColors::rangeText() const {
    const std::optional<std::pair<float, float>> kept = keptNumbers(*m_traits, m_hidden);
    if (!kept) {
        return tr("no point");
    }
    const QString what = m_by == ColorBy::RowOrder ? tr("rows %1 to %2")
                         : m_by == ColorBy::Length ? tr("%1 to %2 characters")
                                                   : tr("norm %1 to %2");
    return what.arg(numberOf(*m_traits, kept->first), numberOf(*m_traits, kept->second));
}

void SpaceColors::showClasses() {
    std::vector<ColorLegend::Entry> entries;
    std::uint32_t present = 0;
    for (std::size_t i = 0; i < m_traits->classes.size(); ++i) {
        const PointClass& one = m_traits->classes[i];
        if (one.points > 0) {
            entries.push_back({one.name, one.description, one.color, one.points, static_cast<int>(i)});
            present |= std::uint32_t{1} << i;
        }
    }
    m_classes->setClasses(m_traits->title, entries, m_hidden.classes & present);
}

QString SpaceColors::hiddenText(std::size_t points) const {
    const std::size_t hidden = m_traits ? countHidden(*m_traits, m_hidden) : 0;
    if (hidden == 0) {
        return {};
    }
    return m_traits->classes.empty()
               ? tr("%1 of %2 points shown").arg(groupedText(points - hidden), groupedText(points))
               : tr("%1 of %2 points hidden by the legend").arg(groupedText(hidden), groupedText(points));
}

const ViewKeys& SpaceColors::viewKeys() {
    return spaceColorKeys();
}

void SpaceColors::save(QJsonObject& view) const {
    if (m_by != ColorBy::Density) {
        view[spaceColorKeys().color] = nameOf(m_by);
    }
    if (m_hidden.classes != 0) {
        view[spaceColorKeys().hidden] = static_cast<qint64>(m_hidden.classes);
    }
    if (!m_hidden.keepsAllPlaces()) {
        view[spaceColorKeys().range] =
            QJsonArray{m_hidden.first, std::min(m_hidden.last, PointTraits::lastPlace)};
    }
}

bool SpaceColors::restore(const QJsonObject& view) {
    const std::optional<ColorBy> by = colorByFromName(view[spaceColorKeys().color].toString());
    if (!by) {
        return false;
    }
    HiddenPoints hidden;
    if (const std::optional<std::pair<int, int>> range = placesFrom(view[spaceColorKeys().range])) {
        hidden = beyond(range->first, range->second);
    }
    hidden.classes = static_cast<std::uint32_t>(view[spaceColorKeys().hidden].toInteger());
    choose(*by, hidden);
    return true;
}

}  // namespace lexiscope
