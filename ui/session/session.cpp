// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "core/base/grouped.h"
#include "core/io/feature_csv.h"
#include "core/io/model_loader.h"
#include "core/io/text_file.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <iterator>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace lexiscope {
namespace {

constexpr auto builtinPrefix = QLatin1String("builtin:");

QString importChannel() {
    return QStringLiteral("import features");
}

/// Whole paths, so that a recent file is found from wherever the program is started next.
QString wholeSpec(const QString& wanted) {
    return wanted.startsWith(builtinPrefix) ? wanted : QFileInfo(wanted).absoluteFilePath();
}

/// An estimate is not good to the last row.
std::uint64_t roundedToTwoDigits(std::uint64_t number) {
    std::uint64_t unit = 1;
    while (number / unit >= 100) {
        unit *= 10;
    }
    return (number + unit / 2) / unit * unit;
}

}  // namespace

QString shortName(const QString& spec) {
    if (spec.startsWith(builtinPrefix)) {
        return spec.mid(builtinPrefix.size());
    }
    const QFileInfo info(spec.endsWith(u'/') ? spec.chopped(1) : spec);
    // Names that every model's file has.
    static const QStringList common{QStringLiteral("tokenizer.json"), QStringLiteral("tokenizer.model"),
                                    QStringLiteral("spiece.model"),   QStringLiteral("vocab.json"),
                                    QStringLiteral("vocab.txt"),      QStringLiteral("merges.txt")};
    const QString folder = info.dir().dirName();
    if (common.contains(info.fileName()) && !folder.isEmpty() && folder != QLatin1String(".")) {
        return folder + u'/' + info.fileName();
    }
    return info.fileName().isEmpty() ? spec : info.fileName();
}

bool haveSameWords(const std::shared_ptr<const Model>& a, const std::shared_ptr<const Model>& b) {
    return a && b && a->vocabulary == b->vocabulary;
}

QString rowsSoFar(const Model& model) {
    if (!model.partOf) {
        return {};
    }
    const bool isEstimate = model.partOf->isEstimate;
    const QString all = QString::fromStdString(
        grouped(isEstimate ? roundedToTwoDigits(model.partOf->rows) : model.partOf->rows));
    return Session::tr("%1 of %2 rows so far")
        .arg(groupedText(std::uint64_t{model.table->rows()}),
             isEstimate ? Session::tr("about %1").arg(all) : all);
}

Session::Session(JobRunner& runner, std::filesystem::path modelFolder, QObject* parent)
    : QObject(parent),
      m_runner(runner),
      m_modelFolder(std::move(modelFolder)),
      m_read(loadModel),
      m_features(new FeatureDocument(this)) {
    // A few hundred bytes. Where they are missing, the table begins with one thing and one question.
    if (Result<FeatureTable> example = exampleFeatures(); example.ok()) {
        m_features->begin(std::move(example).value());
    }
    connect(m_features, &FeatureDocument::changed, this, &Session::followFeatures);
    connect(m_features, &FeatureDocument::refused, this, &Session::failed);
}

Session::~Session() {
    for (int slot = 0; slot < slotCount(); ++slot) {
        m_runner.drop(loadChannel(slot));
    }
    m_runner.drop(importChannel());
}

QString Session::loadChannel(int slot) {
    return QStringLiteral("load %1").arg(slot);
}

void Session::setActiveSlot(int index) {
    if (index == m_active || index < 0 || index >= slotCount() || !slot(index).model) {
        return;
    }
    const int previous = std::exchange(m_active, index);
    Q_EMIT activeSlotChanged(index, previous);
}

bool Session::mayLose(const MadeWorks& works, LossBy by) const {
    MadeWorks unsettled;
    std::copy_if(works.begin(), works.end(), std::back_inserter(unsettled),
                 [](const std::shared_ptr<MadeWork>& work) { return work && !work->isSettled; });
    return unsettled.empty() || !m_ask || m_ask(unsettled, by);
}

bool Session::mayReplace(int index) const {
    const std::shared_ptr<MadeWork>& work = slot(index).work;
    const auto standing = std::count_if(m_slots.begin(), m_slots.end(),
                                        [&work](const Slot& other) { return other.work == work; });
    return !work || work->isHeld || standing > 1 || mayLose({work}, LossBy::OtherModel);
}

MadeWorks Session::unsettledWorks() const {
    MadeWorks works;
    for (const Slot& slot : m_slots) {
        const bool isListed = std::find(works.begin(), works.end(), slot.work) != works.end();
        if (slot.work && !slot.work->isSettled && !isListed) {
            works.push_back(slot.work);
        }
    }
    return works;
}

void Session::start(int slot, const QString& wanted, bool takesTexts) {
    if (!mayReplace(slot)) {
        return;
    }
    const QString spec = wholeSpec(wanted);
    m_slots[static_cast<std::size_t>(slot)].loadingSpec = spec;
    const std::string encoded = QFile::encodeName(spec).toStdString();
    const std::shared_ptr<const Model> features = spec == featureSpec() ? m_features->model() : nullptr;
    const std::optional<SplitScheme> split = chosenSplit(spec);
    const auto work = [encoded, takesTexts, features, split, read = m_read, folder = m_modelFolder,
                       &pool = m_runner.pool()](
                          Progress& progress, const std::function<void(Opened)>& publish) -> Result<Opened> {
        if (features) {
            return Opened{features, {}};
        }
        const Result<std::filesystem::path> path = resolveModel(encoded, folder);
        if (!path.ok()) {
            return path.error();
        }
        const auto publishFirst = [&](std::shared_ptr<const Model> first) {
            publish({std::move(first), {}});
        };
        Result<std::shared_ptr<const Model>> model =
            read(path.value(), progress, {&pool, publishFirst, split});
        if (!model.ok() && model.error().code == ErrorCode::Unsupported && takesTexts) {
            const Result<std::optional<std::string>> text = readText(path.value());
            if (!text.ok() || text.value()) {
                return text.ok() ? Result<Opened>(Opened{nullptr, QByteArray::fromStdString(*text.value())})
                                 : text.error();
            }
        }
        return model.ok() ? Result<Opened>(Opened{std::move(model).value(), {}}) : model.error();
    };
    const bool isNew = m_runner.startWithParts<Opened>(
        {loadChannel(slot), split ? spec + u'\n' + QString::number(static_cast<int>(*split)) : spec,
         tr("Loading %1").arg(shortName(spec)), Priority::Load},
        work, [this, slot, spec](Opened first) { showFirstRows(slot, spec, std::move(first.model)); },
        [this, slot, spec](Result<Opened> result) { finishLoad(slot, spec, std::move(result)); });
    if (isNew) {
        bringBack(slot);  // what the load before had shown is of a file that nobody reads any more
    }
    Q_EMIT slotChanged(slot);
}

void Session::cancelLoad(int slot) {
    m_runner.cancel(loadChannel(slot));
}

void Session::showFirstRows(int index, const QString& spec, std::shared_ptr<const Model> model) {
    Slot& slot = m_slots[static_cast<std::size_t>(index)];
    const std::shared_ptr<const Model> previous = std::exchange(slot.model, std::move(model));
    m_before[static_cast<std::size_t>(index)] = {previous, std::exchange(slot.spec, spec),
                                                 std::exchange(slot.work, nullptr)};
    Q_EMIT slotChanged(index);
    Q_EMIT modelChanged(index, previous);
}

void Session::bringBack(int index) {
    Slot& slot = m_slots[static_cast<std::size_t>(index)];
    if (!slot.holdsFirstRows()) {
        return;
    }
    Before before = std::exchange(m_before[static_cast<std::size_t>(index)], {});
    const std::shared_ptr<const Model> firstRows = std::exchange(slot.model, std::move(before.model));
    slot.spec = before.spec;
    slot.work = std::move(before.work);
    if (slot.spec == featureSpec()) {
        slot.model = m_features->model();  // it may have been changed meanwhile
    }
    Q_EMIT slotChanged(index);
    Q_EMIT modelChanged(index, firstRows);
    // An empty slot is not shown while there is a model in another.
    for (int other = 0; other < slotCount() && index == m_active && !slot.model; ++other) {
        setActiveSlot(other);
    }
}

void Session::finishLoad(int index, const QString& spec, Result<Opened> result) {
    Slot& slot = m_slots[static_cast<std::size_t>(index)];
    slot.loadingSpec.clear();
    if (!result.ok()) {
        bringBack(index);
        Q_EMIT slotChanged(index);
        if (result.error().code != ErrorCode::Cancelled) {
            Q_EMIT failed(result.error());
        }
        return;
    }
    if (!result.value().model) {
        Q_EMIT slotChanged(index);
        setText(result.value().text);
        Q_EMIT textOpened(spec);
        return;
    }
    m_before[static_cast<std::size_t>(index)] = {};
    const std::shared_ptr<const Model> model =
        spec == featureSpec() ? m_features->model() : std::move(result).value().model;
    const std::shared_ptr<const Model> previous = std::exchange(slot.model, model);
    slot.spec = spec;
    slot.work.reset();
    Q_EMIT slotChanged(index);
    Q_EMIT modelChanged(index, previous);
    QStringList warnings;
    for (const std::string& warning : slot.model->warnings) {
        warnings << QString::fromStdString(warning);
    }
    if (!warnings.isEmpty()) {
        Q_EMIT warned(QString::fromStdString(slot.model->name), warnings);
    }
}

bool Session::place(int index, std::shared_ptr<const Model> model, std::shared_ptr<MadeWork> work) {
    if (!mayReplace(index)) {
        return false;
    }
    Slot& slot = m_slots[static_cast<std::size_t>(index)];
    m_runner.drop(loadChannel(index));
    m_before[static_cast<std::size_t>(index)] = {};
    slot.loadingSpec.clear();
    slot.spec.clear();
    slot.work = std::move(work);
    const std::shared_ptr<const Model> previous = std::exchange(slot.model, std::move(model));
    Q_EMIT slotChanged(index);
    Q_EMIT modelChanged(index, previous);
    return true;
}

void Session::close(int index) {
    const auto isOther = [this, index](int other) { return other != index && slot(other).model; };
    int other = 0;
    while (other < slotCount() && !isOther(other)) {
        ++other;
    }
    if (other == slotCount() || !mayReplace(index)) {
        return;
    }
    if (index == m_active) {
        setActiveSlot(other);
    }
    place(index, nullptr);
}

void Session::setSplit(const QString& spec, SplitScheme split) {
    m_splits[wholeSpec(spec)] = split;
    for (int index = 0; index < slotCount(); ++index) {
        if (slot(index).spec == spec && slot(index).model && slot(index).model->split != split) {
            load(index, spec);
        }
    }
}

std::optional<SplitScheme> Session::chosenSplit(const QString& spec) const {
    const auto found = m_splits.find(wholeSpec(spec));
    return found == m_splits.end() ? std::nullopt : std::optional(*found);
}

void Session::setSpec(int index, const QString& spec) {
    m_slots[static_cast<std::size_t>(index)].spec = spec;
    Q_EMIT slotChanged(index);
}

Result<FeatureTable> Session::exampleFeatures() const {
    const Result<std::filesystem::path> folder = resolveModel(featureSpec().toStdString(), m_modelFolder);
    return folder.ok() ? readFeatureFile(folder.value() / "features.csv") : folder.error();
}

void Session::importFeatures(const QString& path) {
    m_runner.start<FeatureTable>(
        {importChannel(), path, tr("Reading %1").arg(shortName(path)), Priority::Load},
        [file = std::filesystem::path(path.toStdU16String())](Progress&) { return readFeatureFile(file); },
        [this, path](const Result<FeatureTable>& table) {
            if (table.ok() || table.error().code != ErrorCode::Cancelled) {
                m_features->apply(tr("Import %1").arg(shortName(path)), table);
            }
        });
}

void Session::restoreExampleFeatures() {
    m_features->apply(tr("Start with the example"), exampleFeatures());
}

void Session::followFeatures() {
    for (int index = 0; index < slotCount(); ++index) {
        Slot& slot = m_slots[static_cast<std::size_t>(index)];
        if (slot.spec == featureSpec() && !slot.holdsFirstRows() && slot.model) {
            const std::shared_ptr<const Model> previous = std::exchange(slot.model, m_features->model());
            Q_EMIT slotChanged(index);
            Q_EMIT modelChanged(index, previous);
        }
    }
}

void Session::setText(const QByteArray& text) {
    if (text == m_text) {
        return;
    }
    m_text = text;
    Q_EMIT textChanged();
}

void Session::setEncodeOptions(const EncodeOptions& options) {
    if (options != m_encodeOptions) {
        m_encodeOptions = options;
        Q_EMIT encodeOptionsChanged();
    }
}

}  // namespace lexiscope
