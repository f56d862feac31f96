// SPDX-License-Identifier: GPL-3.0-or-later
// Data tables of how a text becomes tokens.
#include "core/io/csv_line.h"
#include "ui/models/data_table.h"
#include "ui/models/table_lines.h"
#include "ui/session/trace_analysis.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lexiscope {
namespace {

std::string_view nameOf(StageKind kind) {
    switch (kind) {
        case StageKind::Source:
            return "source";
        case StageKind::Added:
            return "added tokens";
        case StageKind::Normalizer:
            return "normalizer";
        case StageKind::PreTokenizer:
            return "pre-tokenizer";
        case StageKind::Model:
            return "model";
        case StageKind::PostProcessor:
            return "post-processor";
    }
    return {};
}

void addId(CsvLine& line, const std::optional<TokenId>& id) {
    if (id) {
        line.count(id->value);
    } else {
        line.none();
    }
}

/// Head, number of lines, and what each says.
struct Lines {
    std::string head;
    std::size_t count = 0;
    AppendLine append;
};

class LinesOf {
  public:
    explicit LinesOf(std::shared_ptr<const PieceWalk> walk) : m_walk(std::move(walk)) {}

    Lines operator()(const MergeTrace& trace) const {
        return {headOf({"step", "rank", "left", "right", "text", "id"}), trace.merges(),
                [walk = m_walk, &trace](std::size_t step, std::string& out) {
                    const MergeTrace::Node& node = trace.nodes[trace.leaves + step];
                    CsvLine line(out);
                    line.count(step + 1).count(node.rank).text(textOf(*walk, trace.nodes[node.left].span));
                    line.text(textOf(*walk, trace.nodes[node.right].span)).text(textOf(*walk, node.span));
                    addId(line, node.id);
                    line.end();
                }};
    }
    Lines operator()(const MatchTrace& trace) const {
        return {headOf({"attempt", "text", "id"}), trace.attempts.size(),
                [walk = m_walk, &trace](std::size_t attempt, std::string& out) {
                    const MatchTrace::Attempt& tried = trace.attempts[attempt];
                    const std::string prefix = tried.span.begin > 0 ? trace.prefix : std::string();
                    CsvLine line(out);
                    line.count(attempt + 1).text(prefix + std::string(textOf(*walk, tried.span)));
                    addId(line, tried.id);
                    line.end();
                }};
    }
    Lines operator()(const LatticeTrace& trace) const {
        return {headOf({"from", "to", "text", "id", "score", "sum", "best", "path"}), trace.edges.size(),
                [walk = m_walk, &trace](std::size_t i, std::string& out) {
                    const LatticeTrace::Edge& edge = trace.edges[i];
                    CsvLine line(out);
                    line.count(edge.span.begin).count(edge.span.end).text(textOf(*walk, edge.span));
                    addId(line, edge.id);
                    line.number(edge.score).number(edge.sum).count(edge.wins ? 1 : 0);
                    line.count(edge.isOnPath ? 1 : 0).end();
                }};
    }
    Lines operator()(const LookupTrace& trace) const {
        return {headOf({"text", "id"}), 1, [walk = m_walk, &trace](std::size_t, std::string& out) {
                    CsvLine line(out);
                    line.text(walk->text);
                    addId(line, trace.id);
                    line.end();
                }};
    }

  private:
    static std::string_view textOf(const PieceWalk& walk, const ByteSpan& span) {
        return std::string_view(walk.text).substr(span.begin, span.size());
    }

    std::shared_ptr<const PieceWalk> m_walk;
};

}  // namespace

DataTable walkTable(const QString& title, const Model& model, const std::shared_ptr<const PieceWalk>& walk) {
    Lines lines = std::visit(LinesOf(walk), walk->trace.steps);
    return {title, fileName(model, QStringLiteral("steps")),
            linesOf(std::move(lines.head), lines.count, std::move(lines.append)), nullptr};
}

DataTable stageTable(const QString& title, const Model& model,
                     const std::shared_ptr<const TracedText>& traced) {
    std::vector<std::size_t> ends;
    for (const Stage& stage : traced->trace.stages) {
        ends.push_back((ends.empty() ? 0 : ends.back()) + stage.pieces.size());
    }
    const std::size_t count = ends.empty() ? 0 : ends.back();
    const AppendLine append = [traced, ends](std::size_t place, std::string& out) {
        const auto found =
            static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), place) - ends.begin());
        const Stage& stage = traced->trace.stages[found];
        const StagePiece& piece = stage.pieces[place - (found == 0 ? 0 : ends[found - 1])];
        CsvLine line(out);
        line.count(found).text(nameOf(stage.kind)).text(stage.name);
        line.text(std::string_view(stage.text).substr(piece.span.begin, piece.span.size()));
        line.count(piece.source.begin).count(piece.source.end);
        addId(line, piece.token ? piece.token->id : std::nullopt);
        line.end();
    };
    return {title, fileName(model, QStringLiteral("stages")),
            linesOf(headOf({"step", "stage", "name", "text", "start", "end", "id"}), count, append), nullptr};
}

}  // namespace lexiscope
