// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure_view.h"

#include "core/io/feature_csv.h"
#include "ui/main_window/main_window.h"

#include <QJsonArray>

namespace lexiscope {
namespace {

constexpr QLatin1String metricKey("metric");
constexpr QLatin1String countKey("k");
constexpr QLatin1String pinnedKey("pinned");
constexpr QLatin1String boxedKey("boxed");
constexpr QLatin1String slotKey("slot");
constexpr QLatin1String selectedKey("selected");
constexpr QLatin1String featuresKey("features");  // and what their panel is called
constexpr QLatin1String addSpecialKey("addSpecial");
constexpr QLatin1String parseSpecialKey("parseSpecial");
constexpr QLatin1String splitsKey("splits");
constexpr std::size_t mostRows = 2000;  // more are no longer a small object

QString nameOf(Metric metric) {
    const std::string_view text = name(metric);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonArray idsOf(const std::vector<Row>& rows) {
    QJsonArray ids;
    for (const Row row : rows) {
        ids.append(static_cast<qint64>(row.value));
    }
    return ids;
}

std::vector<Row> rowsFrom(const QJsonValue& value, std::size_t end) {
    std::vector<Row> rows;
    for (const QJsonValue id : value.toArray()) {
        const double number = id.toDouble(-1);
        if (number >= 0 && number < static_cast<double>(end) && rows.size() < mostRows) {
            rows.push_back(Row{static_cast<std::uint32_t>(number)});
        }
    }
    return rows;
}

/// The table is seen, or a model is made of it.
bool showsFeatures(const Session& session, const Panel* panel, const MainWindow* window) {
    for (int slot = 0; slot < session.slotCount(); ++slot) {
        if (session.slot(slot).spec == Session::featureSpec()) {
            return true;
        }
    }
    if (window != nullptr) {
        panel = window->findChild<Panel*>(featuresKey);
    }
    return panel != nullptr && panel->objectName() == featuresKey && panel->isVisible();
}

void restoreNeighbors(const QJsonObject& view, Analyses& analyses) {
    NeighborOptions options = analyses.neighborOptions();
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean, Metric::Dot}) {
        if (view[metricKey].toString() == nameOf(metric)) {
            options.metric = metric;
        }
    }
    const int count = view[countKey].toInt(static_cast<int>(options.k));
    if (count >= 1 && count <= 1000) {
        options.k = static_cast<std::size_t>(count);
    }
    analyses.setNeighborOptions(options);
}

/// [slot, row] or [slot, row, position in the text].
void restoreSelected(const QJsonArray& numbers, const PanelContext& context) {
    const int slot = numbers.at(0).toInt(-1);
    const double row = numbers.at(1).toDouble(-1);
    const int position = numbers.at(2).toInt(-1);
    if (slot < 0 || slot >= context.session.slotCount() || !context.session.slot(slot).model ||
        !(row >= 0 && row < static_cast<double>(context.session.slot(slot).model->table->rows()))) {
        return;
    }
    Selected selected{slot, Row{static_cast<std::uint32_t>(row)}, std::nullopt};
    if (position >= 0) {
        selected.position = Position{static_cast<std::uint32_t>(position)};
    }
    context.selection.moveTo(selected);
}

}  // namespace

QJsonObject saveView(const PanelContext& context, const Panel* panel, MainWindow* window) {
    QJsonObject view = panel != nullptr ? panel->saveView() : window->saveView();
    const NeighborOptions& options = context.analyses.neighborOptions();
    const NeighborOptions usual;
    if (options.metric != usual.metric) {
        view[metricKey] = nameOf(options.metric);
    }
    if (options.k != usual.k) {
        view[countKey] = static_cast<qint64>(options.k);
    }
    const EncodeOptions& cut = context.session.encodeOptions();
    for (const auto& [key, isSet] :
         {std::pair(addSpecialKey, cut.addSpecial), std::pair(parseSpecialKey, cut.parseSpecial)}) {
        if (isSet) {
            view[key] = true;
        }
    }
    QStringList splits;
    for (int slot = 0; slot < context.session.slotCount(); ++slot) {
        const std::optional<SplitScheme> split = context.session.chosenSplit(context.session.slot(slot).spec);
        const std::string_view text = split ? name(*split) : std::string_view();
        splits << QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    }
    if (splits.join(QString()).size() > 0) {
        view[splitsKey] = QJsonArray::fromStringList(splits);
    }
    for (const auto& [key, rows] : {std::pair(pinnedKey, &context.selection.pinned()),
                                    std::pair(boxedKey, &context.selection.boxed())}) {
        if (!rows->empty() && rows->size() <= mostRows) {
            view[key] = idsOf(*rows);
        }
    }
    const FeatureTable& features = context.session.features().table();
    if (showsFeatures(context.session, panel, window)) {
        const Result<FeatureTable> example = context.session.exampleFeatures();
        if (!example.ok() || example.value() != features) {
            view[featuresKey] = QString::fromStdString(featureCsv(features));
        }
    }
    return view;
}

void restoreFeatures(const QJsonObject& view, Session& session) {
    if (!view.contains(featuresKey)) {
        return;
    }
    Result<FeatureTable> table = readFeatureCsv(view[featuresKey].toString().toStdString(), "view");
    if (table.ok()) {
        session.features().begin(std::move(table).value());
    }
}

void restoreEncoding(const QJsonObject& view, const QStringList& models, Session& session) {
    session.setEncodeOptions({view[addSpecialKey].toBool(), view[parseSpecialKey].toBool()});
    const QJsonArray splits = view[splitsKey].toArray();
    for (qsizetype slot = 0; slot < splits.size() && slot < models.size(); ++slot) {
        for (const SplitScheme split : allSplitSchemes) {
            if (splits[slot].toString().toStdString() == name(split)) {
                session.setSplit(models[slot], split);
            }
        }
    }
}

void restoreSlot(const QJsonObject& view, Session& session) {
    session.setActiveSlot(view[slotKey].toInt(session.activeSlot()));
}

void restoreContext(const QJsonObject& view, const PanelContext& context) {
    if (view.contains(selectedKey)) {
        restoreSelected(view[selectedKey].toArray(), context);
    }
    const std::shared_ptr<const Model> model = context.session.activeModel();
    const std::size_t end = model ? model->table->rows() : 0;
    if (view.contains(metricKey) || view.contains(countKey)) {
        restoreNeighbors(view, context.analyses);
    }
    if (view.contains(pinnedKey)) {
        context.selection.setPinned(rowsFrom(view[pinnedKey], end));
    }
    if (view.contains(boxedKey)) {
        context.selection.setBoxed(rowsFrom(view[boxedKey], end));
    }
}

void restoreView(const QJsonObject& view, Panel* panel, MainWindow* window) {
    if (panel != nullptr) {
        panel->restoreView(view);
    } else {
        window->restoreView(view);
    }
}

}  // namespace lexiscope
