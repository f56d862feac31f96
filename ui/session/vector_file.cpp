// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/vector_file.h"

#include "core/io/vector_writer.h"
#include "ui/session/session.h"

#include <filesystem>
#include <utility>

#include <QObject>

namespace lexiscope {
namespace {

std::filesystem::path fileOf(const QString& path) {
    return {path.toStdU16String()};
}

}  // namespace

void saveVectors(JobRunner& runner, std::shared_ptr<const Model> model, const QString& path,
                 const QString& key,
                 std::function<void(const Result<std::vector<std::string>>& warnings)> finished) {
    const VectorWriter* writer = writerForEnding(fileOf(path));
    if (writer == nullptr) {
        finished(Error{ErrorCode::InvalidArgument, path.toStdString(), "its ending tells no format",
                       "known are " + knownEndings()});
        return;
    }
    runner.start<std::vector<std::string>>(
        {QStringLiteral("save ") + path, key, QObject::tr("Saving %1").arg(shortName(path)),
         Priority::Normal},
        [model = std::move(model), writer, file = fileOf(path), &pool = runner.pool()](Progress& progress) {
            return writeVectors(*model, *writer, file, {model->table->rows(), &pool}, progress);
        },
        std::move(finished));
}

bool isModelFile(const QString& path) {
    const VectorWriter* writer = writerForEnding(fileOf(path));
    return writer != nullptr && writer->appendLabel == nullptr;
}

}  // namespace lexiscope
