// SPDX-License-Identifier: GPL-3.0-or-later
// PositionsPanel: its parts and controls, where they stand, and what of them a figure repeats.
#include "core/position/relative_buckets.h"
#include "ui/panels/parts/position_lines_parts.h"
#include "ui/panels/parts/position_maps.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/panels/positions_panel.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <array>

#include <QHBoxLayout>
#include <QJsonArray>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

/// What a view of it can say.
struct PositionsKeys : ViewKeys {
    PositionsKeys() { include(PositionControls::viewKeys()); }

    ViewKey rows = stretch("rows");
    ViewKey columns = stretch("columns");
    ViewKey tokens = stretch("tokens");
    ViewKey part =
        oneOf("part", {QStringLiteral("matrix"), QStringLiteral("similarity"), QStringLiteral("waves"),
                       QStringLiteral("decay"), QStringLiteral("wavelengths"), QStringLiteral("curve"),
                       QStringLiteral("sum")});
};

const PositionsKeys& positionsKeys() {
    static const PositionsKeys all;
    return all;
}

constexpr int roomOfTitle = 260;  // pixels beside the controls: for title and fact

QString scalingText(const RotaryScaling& scaling) {
    const std::array names = {QString(), PositionsPanel::tr("linear scaling"),
                              PositionsPanel::tr("dynamic scaling"), PositionsPanel::tr("YaRN"),
                              PositionsPanel::tr("Llama 3 scaling")};
    return names.at(static_cast<std::size_t>(scaling.kind)) + QStringLiteral(" × %1").arg(scaling.factor);
}

}  // namespace

PositionsPanel::PositionsPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("positions"), tr("Positions"), {Analyses::Encoding, Analyses::RowValues},
            parent),
      m_analysis(new PositionAnalysis(context.analyses.runner(), this)),
      m_input(new InputAnalysis(context.analyses.runner(), this)),
      m_shelf(new QWidget(this)),
      m_controls(new PositionControls(context.theme, m_shelf, this)),
      m_settingsInTitle(new QWidget(m_shelf)),
      m_settingsAbove(new QVBoxLayout),
      m_row(new PartRow(context.theme, Qt::Horizontal, this)),
      m_matrix(new PositionMatrixPart(context.theme, this)),
      m_why(new ElidedLabel(this)),
      m_sumTitle(new ElidedLabel(this)),
      m_sumNote(new ElidedLabel(this)),
      m_sum(new SumStrips(context.theme, this)),
      m_matrices(new SumMatrices(context.theme, this)) {
    // Where no host takes them, in a figure, they are not to be seen.
    m_shelf->hide();
    layOut();
    listen();
}

void PositionsPanel::addPart(const QString& name, const QString& title, PositionPart* part, int share) {
    m_parts.push_back(part);
    m_row->addPart(name, title, part, share, part->leastWidth(scene()));
}

void PositionsPanel::layOut() {
    const ThemeSource& themes = m_context.theme;
    addPart(QStringLiteral("matrix"), tr("Matrix"), m_matrix, 10);
    addPart(QStringLiteral("similarity"), tr("Similarity"), new PositionSimilarityPart(themes, this), 5);
    addPart(QStringLiteral("waves"), tr("Waves"), new PositionWavesPart(themes, this), 6);
    addPart(QStringLiteral("decay"), tr("Decay"), new PositionDecayPart(themes, this), 6);
    addPart(QStringLiteral("wavelengths"), tr("Wavelengths"), new PositionWavelengthsPart(themes, this), 6);
    addPart(QStringLiteral("curve"), tr("Curve"), new PositionCurvePart(themes, this), 6);
    layOutSum();
    m_row->spread({MatrixPart, SumPart, SimilarityPart});
    m_why->setObjectName(QStringLiteral("why"));
    m_why->hide();
    auto* inTitle = new QHBoxLayout(m_settingsInTitle);
    inTitle->setContentsMargins(0, 0, 0, 0);
    inTitle->setSizeConstraint(QLayout::SetNoConstraint);
    inTitle->addWidget(m_controls->settings());
    m_settingsInTitle->setMinimumWidth(1);  // so that the card can become narrower, and they leave it
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(m_settingsAbove);
    layout->addWidget(m_row, 1);
    layout->addWidget(m_why);
}

QList<QWidget*> PositionsPanel::tools() {
    return {m_controls->kindButtons(), m_settingsInTitle};
}

void PositionsPanel::setRoom(double width) {
    constexpr double roomForNames = 1500;
    m_controls->setShort(width < roomForNames);
    placeSettings();
}

void PositionsPanel::placeSettings() {
    if (!m_context.controls || m_settingsInTitle->parentWidget() == m_shelf) {
        return;
    }
    QWidget* settings = m_controls->settings();
    const int needed = m_controls->kindButtons()->sizeHint().width() + settings->sizeHint().width() +
                       qRound(roomOfTitle * theme().fontScale);
    const bool fits = needed <= width();
    const bool isAbove = m_settingsAbove->indexOf(settings) >= 0;
    if (fits && isAbove) {
        m_settingsAbove->removeWidget(settings);
        m_settingsInTitle->layout()->addWidget(settings);
    } else if (!fits && !isAbove) {
        m_settingsInTitle->layout()->removeWidget(settings);
        m_settingsAbove->addWidget(settings);
    }
    m_settingsInTitle->setVisible(fits);
    settings->updateGeometry();
}

void PositionsPanel::refreshParts(const PositionScene& scene) {
    QStringList why;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const int part = static_cast<int>(i);
        QString reason;
        const bool hasMeaning = std::any_of(scene.kinds.begin(), scene.kinds.end(), [&](PositionKind kind) {
            reason = m_parts[i]->whyNot(kind);
            return reason.isEmpty();
        });
        m_row->setMeaning(part, hasMeaning);
        const bool isNamed = m_context.controls && m_row->isBelowChoice(part);
        m_parts[i]->setTitled(!isNamed && !(m_parts[i] == m_matrix && m_row->isAlone(part)));
        m_row->setLeast(part, m_parts[i]->leastWidth(scene));
        if (!hasMeaning && !m_row->isShown(part) && !why.contains(reason)) {
            why << reason;
        }
    }
    m_why->setFont(theme().textFont(12));
    m_why->setColor(theme().muted);
    m_why->setText(why.join(u' '));
    // Where a switch offers all, the sentence stands in the part.
    m_why->setVisible(!why.isEmpty() && m_row->choice().isHidden() && !m_row->hasOnly());
}

QStringList PositionsPanel::factOf(PositionKind kind, bool isFirst) const {
    const PositionInputs inputs = m_controls->inputs();
    const auto base = [](double value) {
        return tr("base %1").arg(groupedText(static_cast<std::size_t>(value)));
    };
    // Beside others there is room for less.
    const auto sized = [isFirst](QStringList facts, std::size_t rows, std::size_t columns) {
        if (isFirst) {
            facts << tr("length %1").arg(groupedText(rows));
        }
        if (isFirst && columns > 0) {
            facts << tr("dimension %1").arg(groupedText(columns));
        }
        return facts;
    };
    QStringList facts;
    switch (kind) {
        case PositionKind::Sinusoidal:
            facts << tr("sinusoidal") << base(inputs.sinusoidal.base);
            return sized(facts, inputs.sinusoidal.length, inputs.sinusoidal.dimension);
        case PositionKind::Rotary:
            facts << tr("rotary") << base(inputs.rotary.base);
            if (inputs.rotary.scaling.kind != RotaryScalingKind::None) {
                facts << scalingText(inputs.rotary.scaling);
            }
            return sized(facts, inputs.rotary.length, inputs.rotary.dimension);
        case PositionKind::Alibi: {
            const std::vector<double> slopes = alibiSlopes(inputs.alibi.heads);
            facts << tr("ALiBi head %1 of %2").arg(inputs.head).arg(inputs.alibi.heads)
                  << tr("slope %1").arg(slopes[std::min(inputs.head, slopes.size() - 1)], 0, 'g', 4);
            return sized(facts, inputs.alibi.length, 0);
        }
        case PositionKind::T5:
            facts << tr("T5, %1 buckets").arg(relativeBucketCount);
            return sized(facts, inputs.bucketLength, 0);
        case PositionKind::Learned:
            break;
    }
    const Model& own = *vectorModel();
    const std::size_t dimension = own.positions->dimension();
    facts << (isFirst ? tr("learned")
                      : tr("learned %1 × %2").arg(groupedText(placeCount(own)), groupedText(dimension)));
    facts = sized(facts, placeCount(own), dimension);
    if (own.firstPosition > 0) {
        facts << tr("position 0 is row %1").arg(own.firstPosition);
    }
    return facts;
}

void PositionsPanel::refreshFact() {
    if (m_row->isAlone(SumPart)) {
        setFact(sumFact());
        return;
    }
    QStringList facts;
    for (const PositionKind kind : m_controls->kinds()) {
        facts << factOf(kind, facts.isEmpty());
    }
    if (vectorModel() && !hasLearned()) {
        facts << (vectorModel()->rotary ? tr("the model turns queries and keys by rotary ones")
                                        : tr("the model itself has none"));
    }
    const HeatMapFigure& figure = m_matrix->map().figure();
    if (figure.rowCount < figure.totalRows) {
        facts << tr("%1 … %2 shown").arg(figure.firstRow).arg(figure.firstRow + figure.rowCount - 1);
    }
    if (figure.rowsPerLine > 1 && m_row->isShown(MatrixPart)) {
        facts << tr("largest of %1 rows in a line").arg(groupedText(figure.rowsPerLine));
    }
    setFact(facts.join(QStringLiteral(" · ")));
}

const ViewKeys& PositionsPanel::viewKeys() {
    return positionsKeys();
}

QJsonObject PositionsPanel::saveView() const {
    QJsonObject view;
    m_controls->save(view);
    if (!m_row->chosen().isEmpty()) {
        view[positionsKeys().part] = m_row->chosen();
    }
    if (m_viewChosen) {
        view[positionsKeys().rows] = QJsonArray{m_view.first, m_view.count};
    }
    if (m_matrices->hasChosenView()) {
        view[positionsKeys().tokens] = QJsonArray{m_matrices->firstRow(), m_matrices->rowCount()};
    }
    const HeatMapView& map = m_matrix->map();
    if (map.figure().columns > 0 && map.columnCount() < map.figure().columns) {
        view[positionsKeys().columns] =
            QJsonArray{static_cast<qint64>(map.firstColumn()), static_cast<qint64>(map.columnCount())};
    }
    return view;
}

void PositionsPanel::restoreView(const QJsonObject& view) {
    m_followed = vectorModel();
    m_controls->follow(m_followed);
    m_controls->restore(view);
    const auto rangeOf = [&view](const QString& key) -> std::optional<PositionView> {
        const QJsonArray ends = view[key].toArray();
        const PositionView range{ends.at(0).toDouble(), ends.at(1).toDouble()};
        return ends.size() == 2 && range.first >= 0 && range.count > 0 ? std::optional(range) : std::nullopt;
    };
    if (const std::optional<PositionView> rows = rangeOf(positionsKeys().rows)) {
        m_view = *rows;
        m_viewChosen = true;
        m_framed = framedPosition();
    }
    if (const std::optional<PositionView> tokens = rangeOf(positionsKeys().tokens)) {
        m_matrices->setView(tokens->first, tokens->count);
    }
    m_matrix->setColumns(rangeOf(positionsKeys().columns));
    m_row->choose(view[positionsKeys().part].toString());
    scheduleRefresh();
}

bool PositionsPanel::showsModel() const {
    return m_controls->shows(PositionKind::Learned) || m_row->isShown(SumPart);
}

QStringList PositionsPanel::parameters() const {
    const HeatMapFigure& figure = m_matrix->map().figure();
    if (figure.rowCount == 0) {
        return {};
    }
    const QString rows =
        tr("positions %1 to %2").arg(figure.firstRow).arg(figure.firstRow + figure.rowCount - 1);
    if (showsModel()) {
        return {rows};
    }
    QStringList parameters;
    for (const PositionKind kind : m_controls->kinds()) {
        switch (kind) {
            case PositionKind::Sinusoidal:
                parameters << tr("sinusoidal positions, Vaswani et al. 2017");
                break;
            case PositionKind::Rotary:
                parameters << tr("rotary positions, Su et al. 2021");
                break;
            case PositionKind::Alibi:
                parameters << tr("attention with linear biases, Press et al. 2022");
                break;
            case PositionKind::T5:
                parameters << tr("relative positions of T5, Raffel et al. 2020");
                break;
            case PositionKind::Learned:
                break;
        }
    }
    return parameters << rows;
}

}  // namespace lexiscope
