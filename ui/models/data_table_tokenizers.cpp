// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_line.h"
#include "ui/models/data_table.h"
#include "ui/models/table_lines.h"

#include <utility>

namespace lexiscope {

DataTable mergeTable(const QString& title, std::vector<FoundMerge> merges) {
    const std::size_t count = merges.size();
    const AppendLine append = [merges = std::move(merges)](std::size_t rank, std::string& out) {
        const FoundMerge& merge = merges[rank];
        CsvLine(out)
            .count(rank)
            .text(merge.left)
            .text(merge.right)
            .text(merge.merged)
            .count(merge.count)
            .end();
    };
    return {title, QStringLiteral("merges"),
            linesOf(headOf({"rank", "left", "right", "merged", "count"}), count, append), nullptr};
}

DataTable pieceTable(const QString& title, const std::shared_ptr<const LearnedTokenizer>& learned) {
    const AppendLine append = [learned](std::size_t id, std::string& out) {
        CsvLine(out).count(id).text(learned->spellings[id]).number(learned->scores[id]).end();
    };
    return {title, QStringLiteral("pieces"),
            linesOf(headOf({"id", "token", "score"}), learned->spellings.size(), append), nullptr};
}

}  // namespace lexiscope
