// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure_view.h"

#include "core/io/feature_csv.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"

#include <array>

#include <QJsonArray>

namespace lexiscope {
namespace {

constexpr QLatin1String featuresPanel("features");
constexpr std::size_t mostRows = 2000;  // more are no longer a small object
constexpr int mostNeighbors = 1000;
constexpr std::array allMetrics = {Metric::Cosine, Metric::Euclidean, Metric::Dot};

QString nameOf(Metric metric) {
    const std::string_view text = name(metric);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QStringList metricNames() {
    QStringList names;
    for (const Metric metric : allMetrics) {
        names << nameOf(metric);
    }
    return names;
}

QStringList splitNames() {
    QStringList names;
    for (const SplitScheme split : allSplitSchemes) {
        const std::string_view text = name(split);
        names << QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    }
    return names;
}

/// What the view of any figure can say.
struct FigureKeys : ViewKeys {
    ViewKey metric = oneOf("metric", metricNames());
    ViewKey count = whole("k", 1, mostNeighbors);
    ViewKey pinned = numbers("pinned", QStringLiteral("a list of IDs"), 0, static_cast<int>(mostRows));
    ViewKey boxed = numbers("boxed", QStringLiteral("a list of IDs"), 0, static_cast<int>(mostRows));
    ViewKey slot = whole("slot", 0, Session::mostSlots - 1);
    ViewKey selected =
        numbers("selected", QStringLiteral("[slot, ID] or [slot, ID, place in the text]"), 2, 3);
    ViewKey addSpecial = flag("addSpecial");
    ViewKey parseSpecial = flag("parseSpecial");
    ViewKey splits = add("splits",
                         QStringLiteral("a list, by slot, of: ") +
                             (splitNames() << QStringLiteral("\"\"")).join(QStringLiteral(", ")),
                         [names = splitNames() << QString()](const QJsonValue& value) {
                             return isListOf(value, [&names](const QJsonValue& split) {
                                 return split.isString() && names.contains(split.toString());
                             });
                         });
    ViewKey features = add("features", QStringLiteral("a feature table as CSV"), [](const QJsonValue& value) {
        return value.isString() && readFeatureCsv(value.toString().toStdString(), "view").ok();
    });
};

const FigureKeys& figureKeys() {
    static const FigureKeys all;
    return all;
}

/// Those of a panel or a window, and those of any.
struct AllKeys : ViewKeys {
    explicit AllKeys(const ViewKeys& own) {
        include(own);
        include(figureKeys());
    }
};

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
        panel = window->findChild<Panel*>(featuresPanel);
    }
    return panel != nullptr && panel->objectName() == featuresPanel && panel->isVisible();
}

void restoreNeighbors(const QJsonObject& view, Analyses& analyses) {
    NeighborOptions options = analyses.neighborOptions();
    for (const Metric metric : allMetrics) {
        if (view[figureKeys().metric].toString() == nameOf(metric)) {
            options.metric = metric;
        }
    }
    const int count = view[figureKeys().count].toInt(static_cast<int>(options.k));
    if (count >= 1 && count <= mostNeighbors) {
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

Result<Done> checkView(const QString& figure, const QJsonObject& view) {
    if (panelNames().contains(figure)) {
        return AllKeys(viewKeysOf(figure)).check(view);
    }
    if (const Result<Done> sound = AllKeys(MainWindow::viewKeys()).check(view); !sound.ok()) {
        return sound;
    }
    const QJsonObject panels = MainWindow::panelViews(view);
    for (auto entry = panels.begin(); entry != panels.end(); ++entry) {
        Error error{ErrorCode::InvalidArgument, "panels", "has no \"" + entry.key().toStdString() + "\"",
                    panelNames().join(QStringLiteral(", ")).toStdString()};
        if (!panelNames().contains(entry.key())) {
            return error;
        }
        if (!entry.value().isObject()) {
            return Error{ErrorCode::InvalidArgument, entry.key().toStdString(), "is no view", "an object"};
        }
        const Result<Done> sound = viewKeysOf(entry.key()).check(entry.value().toObject());
        if (!sound.ok()) {
            error = sound.error();
            error.where = entry.key().toStdString() + (error.where.empty() ? "" : ", " + error.where);
            return error;
        }
    }
    return Done{};
}

QJsonObject saveView(const PanelContext& context, const Panel* panel, MainWindow* window) {
    QJsonObject view = panel != nullptr ? panel->saveView() : window->saveView();
    const NeighborOptions& options = context.analyses.neighborOptions();
    const NeighborOptions usual;
    if (options.metric != usual.metric) {
        view[figureKeys().metric] = nameOf(options.metric);
    }
    if (options.k != usual.k) {
        view[figureKeys().count] = static_cast<qint64>(options.k);
    }
    const EncodeOptions& cut = context.session.encodeOptions();
    for (const auto& [key, isSet] : {std::pair(figureKeys().addSpecial, cut.addSpecial),
                                     std::pair(figureKeys().parseSpecial, cut.parseSpecial)}) {
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
        view[figureKeys().splits] = QJsonArray::fromStringList(splits);
    }
    for (const auto& [key, rows] : {std::pair(figureKeys().pinned, &context.selection.pinned()),
                                    std::pair(figureKeys().boxed, &context.selection.boxed())}) {
        if (!rows->empty() && rows->size() <= mostRows) {
            view[key] = idsOf(*rows);
        }
    }
    const FeatureTable& features = context.session.features().table();
    if (showsFeatures(context.session, panel, window)) {
        const Result<FeatureTable> example = context.session.exampleFeatures();
        if (!example.ok() || example.value() != features) {
            view[figureKeys().features] = QString::fromStdString(featureCsv(features));
        }
    }
    Q_ASSERT(checkView(panel != nullptr ? panel->objectName() : QStringLiteral("window"), view).ok());
    return view;
}

void restoreFeatures(const QJsonObject& view, Session& session) {
    if (!view.contains(figureKeys().features)) {
        return;
    }
    Result<FeatureTable> table = readFeatureCsv(view[figureKeys().features].toString().toStdString(), "view");
    if (table.ok()) {
        session.features().begin(std::move(table).value());
    }
}

void restoreEncoding(const QJsonObject& view, const QStringList& models, Session& session) {
    session.setEncodeOptions(
        {view[figureKeys().addSpecial].toBool(), view[figureKeys().parseSpecial].toBool()});
    const QJsonArray splits = view[figureKeys().splits].toArray();
    for (qsizetype slot = 0; slot < splits.size() && slot < models.size(); ++slot) {
        for (const SplitScheme split : allSplitSchemes) {
            if (splits[slot].toString().toStdString() == name(split)) {
                session.setSplit(models[slot], split);
            }
        }
    }
}

void restoreSlot(const QJsonObject& view, Session& session) {
    session.setActiveSlot(view[figureKeys().slot].toInt(session.activeSlot()));
}

void restoreContext(const QJsonObject& view, const PanelContext& context) {
    if (view.contains(figureKeys().selected)) {
        restoreSelected(view[figureKeys().selected].toArray(), context);
    }
    const std::shared_ptr<const Model> model = context.session.activeModel();
    const std::size_t end = model ? model->table->rows() : 0;
    if (view.contains(figureKeys().metric) || view.contains(figureKeys().count)) {
        restoreNeighbors(view, context.analyses);
    }
    if (view.contains(figureKeys().pinned)) {
        context.selection.setPinned(rowsFrom(view[figureKeys().pinned], end));
    }
    if (view.contains(figureKeys().boxed)) {
        context.selection.setBoxed(rowsFrom(view[figureKeys().boxed], end));
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
