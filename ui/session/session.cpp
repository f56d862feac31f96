// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "core/io/model_loader.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace lexiscope {
namespace {

constexpr auto builtinPrefix = QLatin1String("builtin:");

}  // namespace

QString shortName(const QString& spec) {
    if (spec.startsWith(builtinPrefix)) {
        return spec.mid(builtinPrefix.size());
    }
    const QFileInfo info(spec.endsWith(u'/') ? spec.chopped(1) : spec);
    return info.fileName().isEmpty() ? spec : info.fileName();
}

Session::Session(JobRunner& runner, std::filesystem::path modelFolder, QObject* parent)
    : QObject(parent), m_runner(runner), m_modelFolder(std::move(modelFolder)) {}

Session::~Session() {
    for (int slot = 0; slot < slotCount(); ++slot) {
        m_runner.drop(loadChannel(slot));
    }
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

void Session::load(int slot, const QString& wanted) {
    // Whole paths, so that a recent file is found from wherever the program is started next.
    const bool isPath = !wanted.startsWith(QLatin1String("builtin:"));
    const QString spec = isPath ? QFileInfo(wanted).absoluteFilePath() : wanted;
    m_slots[static_cast<std::size_t>(slot)].loadingSpec = spec;
    const std::string encoded = QFile::encodeName(spec).toStdString();
    m_runner.start<std::shared_ptr<const Model>>(
        {loadChannel(slot), spec, tr("Loading %1").arg(shortName(spec)), Priority::Load},
        [encoded, folder = m_modelFolder,
         &pool = m_runner.pool()](Progress& progress) -> Result<std::shared_ptr<const Model>> {
            const Result<std::filesystem::path> path = resolveModel(encoded, folder);
            if (!path.ok()) {
                return path.error();
            }
            return loadModel(path.value(), progress, {&pool, {}});
        },
        [this, slot, spec](Result<std::shared_ptr<const Model>> result) {
            finishLoad(slot, spec, std::move(result));
        });
    Q_EMIT slotChanged(slot);
}

void Session::cancelLoad(int slot) {
    m_runner.cancel(loadChannel(slot));
}

void Session::finishLoad(int index, const QString& spec, Result<std::shared_ptr<const Model>> result) {
    Slot& slot = m_slots[static_cast<std::size_t>(index)];
    slot.loadingSpec.clear();
    if (!result.ok()) {
        Q_EMIT slotChanged(index);
        if (result.error().code != ErrorCode::Cancelled) {
            Q_EMIT failed(result.error());
        }
        return;
    }
    const std::shared_ptr<const Model> previous = std::exchange(slot.model, std::move(result).value());
    slot.spec = spec;
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

void Session::setText(const QByteArray& text) {
    if (text == m_text) {
        return;
    }
    m_text = text;
    Q_EMIT textChanged();
}

}  // namespace lexiscope
