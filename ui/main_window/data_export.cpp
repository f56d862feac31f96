// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/data_export.h"

#include "ui/session/session.h"

#include <filesystem>
#include <utility>

#include <QFileDialog>

namespace lexiscope {
namespace {

const std::pair<DataFormat, QString> formats[] = {{DataFormat::Csv, QStringLiteral("csv")},
                                                  {DataFormat::Npy, QStringLiteral("npy")},
                                                  {DataFormat::Safetensors, QStringLiteral("safetensors")}};

QString endingOf(DataFormat format) {
    return formats[static_cast<std::size_t>(format)].second;
}

QString entry(const DataTable& table, DataFormat format) {
    switch (format) {
        case DataFormat::Csv:
            break;
        case DataFormat::Npy:
            return DataExport::tr("%1: NumPy array…").arg(table.title);
        case DataFormat::Safetensors:
            return DataExport::tr("%1: safetensors…").arg(table.title);
    }
    return DataExport::tr("%1: CSV…").arg(table.title);
}

}  // namespace

DataExport::DataExport(QWidget& window, MessageBar& messages, JobRunner& runner)
    : QObject(&window), m_window(window), m_messages(messages), m_runner(runner) {}

void DataExport::addMenu(QMenu& menu, const QString& title, const Panel& panel) {
    const std::vector<DataTable> tables = panel.data();
    if (tables.empty()) {
        return;
    }
    QMenu* entries = menu.addMenu(title);
    for (const DataTable& table : tables) {
        for (const auto& [format, ending] : formats) {
            if (table.writer(format)) {
                entries->addAction(entry(table, format), this,
                                   [this, table, chosen = format] { save(table, chosen); });
            }
        }
    }
}

void DataExport::save(const DataTable& table, DataFormat format) {
    const QString ending = endingOf(format);
    QString path = QFileDialog::getSaveFileName(&m_window, tr("Save the data"), table.name + u'.' + ending,
                                                tr("%1 file (*.%2)").arg(ending.toUpper(), ending));
    if (path.isEmpty()) {
        return;
    }
    if (!path.endsWith(u'.' + ending, Qt::CaseInsensitive)) {
        path += u'.' + ending;
    }
    write(table, format, path);
}

void DataExport::write(const DataTable& table, DataFormat format, const QString& path) {
    const auto work = [writer = table.writer(format), file = std::filesystem::path(path.toStdU16String()),
                       &pool = m_runner.pool()](Progress& progress) {
        return writeFileSafely(file, [&](const WriteBytes& bytes) { return writer(bytes, pool, progress); });
    };
    const auto finished = [this, path, saved = table.saved](const Result<Done>& result) {
        if (result.ok()) {
            m_messages.add(MessageBar::Severity::Hint, tr("Saved."), path);
            if (saved) {
                saved(path);
            }
        } else {
            m_messages.add(MessageBar::Severity::Error, result.error());
        }
    };
    // Of two at once to one file the later one is meant.
    m_runner.start<Done>({QStringLiteral("save ") + path, QString::number(++m_started),
                          tr("Saving %1").arg(shortName(path)), Priority::Normal},
                         work, finished);
}

}  // namespace lexiscope
