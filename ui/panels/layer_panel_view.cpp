// SPDX-License-Identifier: GPL-3.0-or-later
// LayerPanel: what a figure repeats of it, and its files.
#include "core/io/vector_writer.h"
#include "ui/panels/layer_panel.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QPointer>
#include <QSpinBox>

namespace lexiscope {
namespace {

constexpr QLatin1String modelSource("model");

// In the order of LayerStart.
const std::array startNames = {QStringLiteral("normal"),        QStringLiteral("uniform"),
                               QStringLiteral("xavier-normal"), QStringLiteral("xavier-uniform"),
                               QStringLiteral("zeros"),         QStringLiteral("ones")};

/// A whole number below `end`.
std::optional<std::uint64_t> wholeBelow(const QJsonValue& value, double end) {
    const double number = value.toDouble(-1);
    return number >= 0 && number < end ? std::optional(static_cast<std::uint64_t>(number)) : std::nullopt;
}

/// [row, goal, times, rate, number of steps]
std::optional<LayerSteps> stepOf(const QJsonValue& value) {
    const QJsonArray numbers = value.toArray();
    const auto row = wholeBelow(numbers.at(0), mostLayerRows);
    const auto goal = wholeBelow(numbers.at(1), mostLayerRows);
    const auto times = wholeBelow(numbers.at(2), 100);
    const double rate = numbers.at(3).toDouble();
    const auto count = wholeBelow(numbers.at(4), LayerAnalysis::mostSteps + 1.0);
    if (!row || !goal || !times || !(rate > 0) || !count) {
        return std::nullopt;
    }
    return LayerSteps{Row{static_cast<std::uint32_t>(*row)}, Row{static_cast<std::uint32_t>(*goal)}, *times,
                      static_cast<float>(rate), *count};
}

/// What a view of it can say.
struct LayerKeys : ViewKeys {
    ViewKey source = oneOf("source", {QStringLiteral("own"), modelSource});
    ViewKey rows = whole("V", 1, mostLayerRows);
    ViewKey dimension = whole("D", 1, mostLayerDimensions);
    ViewKey start = oneOf("distribution", QStringList(startNames.begin(), startNames.end()));
    ViewKey spread = number("spread", 0);
    ViewKey padding = whole("padding", -1, mostLayerRows - 1);
    ViewKey seed = whole("seed", 0, 2147483647);
    ViewKey words = add("words", QStringLiteral("a list of texts"), [](const QJsonValue& value) {
        return isListOf(value, [](const QJsonValue& word) { return word.isString(); });
    });
    ViewKey taken =
        add("steps", QStringLiteral("a list of [row, goal, times, rate, number of steps]"),
            [](const QJsonValue& value) {
                return isListOf(value, [](const QJsonValue& step) { return stepOf(step).has_value(); });
            });
    ViewKey row = whole("row", 0, mostLayerRows - 1);
    ViewKey goal = whole("goal", 0, 4294967295);
    ViewKey rate = number("rate", 0);
    ViewKey times = whole("times", 0);
    ViewKey lookup = whole("lookup");
    ViewKey view = stretch("rows");
    ViewKey part = oneOf("part", {QStringLiteral("table"), QStringLiteral("lookup"), QStringLiteral("step")});
};

const LayerKeys& layerKeys() {
    static const LayerKeys all;
    return all;
}

QJsonObject viewOf(const LayerOptions& options) {
    const LayerOptions usual = usualLayer();
    QJsonObject view;
    const auto add = [&view](const QString& key, double value, double usualValue) {
        if (value != usualValue) {
            view[key] = value;
        }
    };
    add(layerKeys().rows, static_cast<double>(options.rows), static_cast<double>(usual.rows));
    add(layerKeys().dimension, static_cast<double>(options.dimension), static_cast<double>(usual.dimension));
    add(layerKeys().spread, options.spread, usual.spread);
    add(layerKeys().seed, static_cast<double>(options.seed), static_cast<double>(usual.seed));
    const auto padding = [](const LayerOptions& of) {
        return of.paddingRow ? static_cast<double>(*of.paddingRow) : -1.0;
    };
    add(layerKeys().padding, padding(options), padding(usual));
    if (options.start != usual.start) {
        view[layerKeys().start] = startNames.at(static_cast<std::size_t>(options.start));
    }
    return view;
}

/// What makes no sense is left as it is usually.
LayerOptions optionsFrom(const QJsonObject& view) {
    const LayerOptions usual = usualLayer();
    LayerOptions options = usual;
    options.rows = wholeBelow(view[layerKeys().rows], mostLayerRows + 1.0).value_or(usual.rows);
    options.dimension =
        wholeBelow(view[layerKeys().dimension], mostLayerDimensions + 1.0).value_or(usual.dimension);
    options.spread = view[layerKeys().spread].toDouble(usual.spread);
    options.seed = wholeBelow(view[layerKeys().seed], 2147483648.0).value_or(usual.seed);
    if (view.contains(layerKeys().padding)) {
        const std::optional<std::uint64_t> padding = wholeBelow(view[layerKeys().padding], mostLayerRows);
        options.paddingRow = padding ? std::optional<std::size_t>(*padding) : std::nullopt;
    }
    const auto start = std::find(startNames.begin(), startNames.end(), view[layerKeys().start].toString());
    if (start != startNames.end()) {
        options.start = static_cast<LayerStart>(start - startNames.begin());
    }
    return validate(options).ok() ? options : usual;
}

std::vector<LayerSteps> stepsFrom(const QJsonArray& saved) {
    std::vector<LayerSteps> steps;
    for (const auto& value : saved) {
        if (const std::optional<LayerSteps> step = stepOf(value)) {
            steps.push_back(*step);
        }
    }
    return steps;
}

QJsonArray viewOf(const std::vector<LayerSteps>& steps) {
    QJsonArray saved;
    for (const LayerSteps& step : steps) {
        saved.append(QJsonArray{static_cast<qint64>(step.row.value), static_cast<qint64>(step.goal.value),
                                static_cast<qint64>(step.times), static_cast<double>(step.rate),
                                static_cast<qint64>(step.count)});
    }
    return saved;
}

}  // namespace

const ViewKeys& LayerPanel::viewKeys() {
    return layerKeys();
}

QJsonObject LayerPanel::saveView() const {
    QJsonObject view = viewOf(m_form->options());
    if (m_source == Front) {
        view[layerKeys().source] = modelSource;
    }
    const OwnLayer& own = m_analysis->own();
    if (!own.steps.empty()) {
        view[layerKeys().taken] = viewOf(own.steps);
    }
    if (!own.words.vocabulary && !own.words.words.empty() && own.words != wordsFor(own.options)) {
        QJsonArray words;
        for (const std::string& word : own.words.words) {
            words.append(QString::fromStdString(word));
        }
        view[layerKeys().words] = words;
    }
    if (m_places[Own].row) {
        view[layerKeys().row] = static_cast<qint64>(m_places[Own].row->value);
    }
    if (place().goal) {
        view[layerKeys().goal] = static_cast<qint64>(place().goal->value);
    }
    if (m_rate->value() != 0.1) {
        view[layerKeys().rate] = m_rate->value();
    }
    if (m_times->value() != 1) {
        view[layerKeys().times] = m_times->value();
    }
    if (m_player->step() + 1 < m_player->steps()) {
        view[layerKeys().lookup] = m_player->step();
    }
    const std::shared_ptr<const Model> model = shown();
    if (model && place().count > 0 && place().count < static_cast<double>(model->table->rows())) {
        view[layerKeys().view] = QJsonArray{place().first, place().count};
    }
    if (!m_parts->chosen().isEmpty()) {
        view[layerKeys().part] = m_parts->chosen();
    }
    return view;
}

void LayerPanel::restoreView(const QJsonObject& view) {
    const LayerOptions options = optionsFrom(view);
    m_form->setOptions(options);
    LayerWords words = wordsFor(options);
    if (const QJsonArray saved = view[layerKeys().words].toArray(); !saved.isEmpty()) {
        words = {};
        m_wordsHeld = true;
        for (const auto& word : saved) {
            words.words.push_back(word.toString().toStdString());
        }
    }
    m_analysis->setOwn({options, std::move(words), stepsFrom(view[layerKeys().taken].toArray())});
    setSource(view[layerKeys().source].toString() == modelSource ? Front : Own);
    if (const auto row = wholeBelow(view[layerKeys().row], mostLayerRows)) {
        m_places[Own].row = Row{static_cast<std::uint32_t>(*row)};
        m_followed = m_context.selection.selected();
        m_followedIn = m_analysis->own();
    }
    if (const auto goal = wholeBelow(view[layerKeys().goal], 4294967295.0)) {
        place().goal = Row{static_cast<std::uint32_t>(*goal)};
    }
    m_rate->setValue(view[layerKeys().rate].toDouble(m_rate->value()));
    m_times->setValue(view[layerKeys().times].toInt(m_times->value()));
    if (view.contains(layerKeys().lookup)) {
        m_stepToShow = view[layerKeys().lookup].toInt();
    }
    if (const QJsonArray rows = view[layerKeys().view].toArray();
        rows.size() == 2 && rows[1].toDouble() > 0) {
        m_rowsToShow = std::pair(rows[0].toDouble(), rows[1].toDouble());
    }
    m_parts->choose(view[layerKeys().part].toString());
    scheduleRefresh();
}

QString LayerPanel::optionsText() const {
    const LayerOptions& options = m_analysis->own().options;
    const QString spread = QString::number(layerSpread(options), 'g', 4);
    QStringList parts;
    switch (options.start) {
        case LayerStart::Normal:
            parts << tr("normal(0, %1)").arg(spread);
            break;
        case LayerStart::Uniform:
            parts << tr("uniform(−%1, %1)").arg(spread);
            break;
        case LayerStart::XavierNormal:
            parts << tr("Xavier normal, σ = %1").arg(spread);
            break;
        case LayerStart::XavierUniform:
            parts << tr("Xavier uniform, a = %1").arg(spread);
            break;
        case LayerStart::Zeros:
            parts << tr("zeros");
            break;
        case LayerStart::Ones:
            parts << tr("ones");
            break;
    }
    if (options.paddingRow) {
        parts << tr("padding row %1").arg(groupedText(*options.paddingRow));
    }
    parts << tr("seed %1").arg(options.seed);
    return parts.join(QStringLiteral(" · "));
}

QStringList LayerPanel::parameters() const {
    QStringList parts{m_source == Own ? optionsText() : QString()};
    if (const std::optional<Row> row = this->row()) {
        parts << nameOf(*row);
    }
    if (stepsTaken() > 0) {
        parts << tr("%1 steps taken").arg(groupedText(stepsTaken()));
    }
    parts.removeAll(QString());
    return parts;
}

std::vector<DataTable> LayerPanel::data() const {
    const std::shared_ptr<const Model> model = shown();
    if (!model) {
        return {};
    }
    const std::size_t rows = model->table->rows();
    DataTable table = layerTable(
        tr("The table, %1 × %2").arg(groupedText(rows), groupedText(model->table->dimension())), model);
    const std::optional<OwnLayer> layer =
        m_source == Own ? std::optional(m_analysis->made()->layer) : std::nullopt;
    table.saved = [panel = QPointer<const LayerPanel>(this), padding = paddingRow(),
                   layer](const QString& path) {
        if (panel && layer) {
            panel->m_analysis->setSaved(*layer);
        }
        if (panel && writerForEnding(std::filesystem::path(path.toStdU16String()))) {
            panel->m_saved = Saved{path, padding};
        }
    };
    std::vector<DataTable> tables{std::move(table)};
    if (std::optional<RowStep> numbers = step()) {
        tables.push_back(
            gradientTable(tr("The gradient step, 3 × %1").arg(groupedText(model->table->dimension())),
                          std::make_shared<const RowStep>(*std::move(numbers))));
    }
    return tables;
}

MadeWorks LayerPanel::unsettledWorks() const {
    if (!m_analysis->isUnsaved() || !m_analysis->made()) {
        return {};
    }
    const OwnLayer& own = m_analysis->own();
    std::size_t steps = 0;
    for (const LayerSteps& each : own.steps) {
        steps += each.count;
    }
    const QString shape =
        tr("%1 × %2").arg(groupedText(own.options.rows), groupedText(own.options.dimension));
    auto work = std::make_shared<MadeWork>();
    work->what = steps == 1 ? tr("The embedding layer, %1, after a step").arg(shape)
                            : tr("The embedding layer, %1, after %2 steps").arg(shape, groupedText(steps));
    work->fileName = QStringLiteral("layer.safetensors");
    work->fileTypes =
        tr("safetensors and words (*.safetensors);;NumPy array and words (*.npy);;word2vec binary (*.bin);;"
           "word2vec text (*.txt *.vec)");
    work->save = [analysis = QPointer(m_analysis)](const QString& path, MadeWork::Finished finished) {
        if (analysis) {
            analysis->save(path, std::move(finished));
        }
    };
    work->isHeld = true;
    return {work};
}

void LayerPanel::addToMenu(QMenu& menu) {
    if (!m_saved) {
        return;
    }
    const std::filesystem::path path(m_saved->path.toStdU16String());
    const VectorWriter* writer = writerForEnding(path);
    const std::string line = writer == nullptr ? "" : pytorchLine(*writer, path, {true, m_saved->paddingRow});
    if (!line.empty()) {
        menu.addAction(tr("Copy the PyTorch line for %1").arg(shortName(m_saved->path)), this,
                       [line] { QApplication::clipboard()->setText(QString::fromStdString(line)); });
    }
}

}  // namespace lexiscope
