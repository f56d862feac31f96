// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_memory.h"

#include "core/io/feature_csv.h"

#include <algorithm>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace lexiscope {
namespace {

QString modelsKey() {
    return QStringLiteral("session/models");
}

QString splitsKey() {
    return QStringLiteral("session/splits");
}

QString addSpecialKey() {
    return QStringLiteral("session/add special tokens");
}

QString parseSpecialKey() {
    return QStringLiteral("session/read special tokens");
}

QString tokenKey() {
    return QStringLiteral("session/token");
}

QString tokenSlotKey() {
    return QStringLiteral("session/token slot");
}

QString positionKey() {
    return QStringLiteral("session/position");
}

QString continueKey() {
    return QStringLiteral("session/continue");
}

/// Without a folder to write to there is nothing to come back to, and nobody to tell: the window has gone.
void writeFile(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()) {
        file.commit();
    }
}

}  // namespace

bool RememberedWork::hasModels() const {
    return std::any_of(models.begin(), models.end(), [](const QString& spec) { return !spec.isEmpty(); });
}

QString SessionMemory::fileBeside(const QString& name) const {
    return QFileInfo(m_settings.fileName()).dir().filePath(name);
}

RememberedWork SessionMemory::readRatings() const {
    RememberedWork work;
    QFile features(featureFile());
    if (features.open(QIODevice::ReadOnly)) {
        work.features = features.readAll();
    }
    return work;
}

RememberedWork SessionMemory::read() const {
    RememberedWork work;
    work.models = m_settings.value(modelsKey()).toStringList();
    work.splits = m_settings.value(splitsKey()).toStringList();
    work.encoding = {m_settings.value(addSpecialKey()).toBool(),
                     m_settings.value(parseSpecialKey()).toBool()};
    QFile file(textFile());
    if (file.open(QIODevice::ReadOnly)) {
        work.text = file.readAll();
    }
    work.features = readRatings().features;
    work.token = m_settings.value(tokenKey()).toByteArray();
    work.tokenSlot = m_settings.value(tokenSlotKey()).toInt();
    bool isNumber = false;
    const uint position = m_settings.value(positionKey()).toUInt(&isNumber);
    if (isNumber) {
        work.position = Position{position};
    }
    return work;
}

void SessionMemory::write(const Session& session, const Selection& selection) {
    QStringList models;
    QStringList splits;
    for (int slot = 0; slot < session.slotCount(); ++slot) {
        const QString& spec = session.slot(slot).spec;
        models << spec;
        const std::optional<SplitScheme> chosen = session.chosenSplit(spec);
        const std::string_view split = chosen ? name(*chosen) : std::string_view();
        splits << QString::fromLatin1(split.data(), static_cast<qsizetype>(split.size()));
    }
    // Those that are offered to few: nothing is written of them while they are empty.
    while (models.size() > Session::comparedSlots && models.back().isEmpty()) {
        models.removeLast();
        splits.removeLast();
    }
    m_settings.setValue(modelsKey(), models);
    m_settings.setValue(splitsKey(), splits);
    m_settings.setValue(addSpecialKey(), session.encodeOptions().addSpecial);
    m_settings.setValue(parseSpecialKey(), session.encodeOptions().parseSpecial);
    m_settings.remove(tokenKey());
    m_settings.remove(positionKey());
    if (const std::optional<Selected>& selected = selection.selected()) {
        const std::shared_ptr<const Model>& model = session.slot(selected->slot).model;
        if (model && selected->row.value < model->vocabulary->size()) {
            const std::string_view token = model->vocabulary->spelling(selected->row);
            m_settings.setValue(tokenKey(), QByteArray(token.data(), static_cast<qsizetype>(token.size())));
            m_settings.setValue(tokenSlotKey(), selected->slot);
            if (selected->position) {
                m_settings.setValue(positionKey(), selected->position->value);
            }
        }
    }
    m_settings.sync();
    writeFile(textFile(), session.text());
    writeFile(featureFile(), QByteArray::fromStdString(featureCsv(session.features().table())));
}

void SessionMemory::forget() {
    for (const QString& key : {modelsKey(), splitsKey(), addSpecialKey(), parseSpecialKey(), tokenKey(),
                               tokenSlotKey(), positionKey()}) {
        m_settings.remove(key);
    }
    QFile::remove(textFile());
    QFile::remove(featureFile());
}

bool SessionMemory::isContinued() const {
    return m_settings.value(continueKey(), true).toBool();
}

void SessionMemory::setContinued(bool continued) {
    m_settings.setValue(continueKey(), continued);
}

void restoreEncoding(const RememberedWork& work, Session& session) {
    session.setEncodeOptions(work.encoding);
    for (int slot = 0; slot < work.splits.size() && slot < work.models.size(); ++slot) {
        for (const SplitScheme split : allSplitSchemes) {
            if (name(split) == work.splits[slot].toStdString()) {
                session.setSplit(work.models[slot], split);
            }
        }
    }
}

Result<Done> restoreFeatures(const RememberedWork& work, Session& session) {
    if (!work.features) {
        return Done{};
    }
    Result<FeatureTable> table = readFeatureCsv(work.features->toStdString(), "last-features.csv");
    if (!table.ok()) {
        return table.error();
    }
    session.features().begin(std::move(table).value());
    return Done{};
}

QStringList takeMissingModels(RememberedWork& work) {
    QStringList missing;
    for (QString& spec : work.models) {
        if (!spec.isEmpty() && !spec.startsWith(QLatin1String("builtin:")) && !QFileInfo::exists(spec)) {
            missing << spec;
            spec.clear();
        }
    }
    return missing;
}

}  // namespace lexiscope
