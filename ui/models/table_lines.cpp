// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/table_lines.h"

#include "core/io/csv_line.h"
#include "core/io/npy_file.h"

#include <utility>

namespace lexiscope {
namespace {

/// Written and asked for a stop about once for so much of a file: a few milliseconds.
constexpr std::size_t pieceBytes = 256 << 10;

Result<Done> writeLines(const std::string& head, std::size_t lines, const AppendLine& append,
                        const WriteBytes& write, Progress& progress) {
    std::string piece = head;
    for (std::size_t line = 0; line < lines; ++line) {
        append(line, piece);
        if (piece.size() < pieceBytes) {
            continue;
        }
        if (progress.stopRequested()) {
            return cancelled();
        }
        const Result<Done> written = write(piece);
        if (!written.ok()) {
            return written;
        }
        piece.clear();
        progress.report(line + 1, lines, "rows");
    }
    return write(piece);
}

}  // namespace

DataTable::Write linesOf(std::string head, std::size_t lines, AppendLine append) {
    return [head = std::move(head), lines, append = std::move(append)](const WriteBytes& write, WorkerPool&,
                                                                       Progress& progress) {
        return writeLines(head, lines, append, write, progress);
    };
}

DataTable::Write arrayOf(std::vector<std::size_t> shape, std::span<const float> numbers,
                         std::shared_ptr<const void> owner) {
    return [shape = std::move(shape), numbers, owner = std::move(owner)](const WriteBytes& write, WorkerPool&,
                                                                         Progress& progress) {
        return writeNpy(shape, numbers, [&](std::string_view bytes) -> Result<Done> {
            return progress.stopRequested() ? cancelled() : write(bytes);
        });
    };
}

std::string headOf(std::initializer_list<std::string_view> names, std::string_view more, std::size_t count,
                   std::size_t first, std::size_t step) {
    std::string head;
    CsvLine line(head);
    for (const std::string_view name : names) {
        line.text(name);
    }
    for (std::size_t i = 0; i < count; ++i) {
        line.text(std::string(more) + std::to_string(first + i * step));
    }
    line.end();
    return head;
}

QString fileName(const Model& model, const QString& what) {
    QString name = QString::fromStdString(model.name) + u' ' + what;
    for (QChar& c : name) {
        if (c == u'/' || c == u'\\' || !c.isPrint()) {
            c = u'_';
        }
    }
    return name;
}

}  // namespace lexiscope
