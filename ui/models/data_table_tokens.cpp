// SPDX-License-Identifier: GPL-3.0-or-later
// Data tables of texts and their tokens, seen closely.
#include "core/base/utf8.h"
#include "core/io/csv_line.h"
#include "core/tokenize/token_places.h"
#include "ui/models/data_table.h"
#include "ui/models/table_lines.h"
#include "ui/session/hex_text.h"
#include "ui/session/script_name.h"

#include <array>
#include <cstdio>
#include <string>

namespace lexiscope {
namespace {

std::string formatted(const char* format, unsigned value) {
    std::array<char, 16> digits{};
    std::snprintf(digits.data(), digits.size(), format, value);
    return digits.data();
}

/// Bytes that are no character are left out.
std::string codePointsCell(std::string_view bytes) {
    std::string points;
    for (std::size_t at = 0; at < bytes.size();) {
        const CodePoint point = codePointAt(bytes, at);
        if (point.valid) {
            points += points.empty() ? "" : " ";
            points += formatted("U+%04X", static_cast<unsigned>(point.value));
        }
        at += point.size;
    }
    return points;
}

/// The last column of a line: nothing where the token has neither.
void addRank(CsvLine& line, const Tokenizer* tokenizer, std::optional<TokenId> id) {
    const bool isKnown = tokenizer != nullptr && id && id->value < tokenizer->vocabularySize();
    const std::optional<std::uint32_t> rank =
        isKnown ? tokenizer->mergeRank(*id) : std::optional<std::uint32_t>();
    const std::optional<double> score = isKnown ? tokenizer->score(*id) : std::optional<double>();
    rank ? line.count(*rank) : score ? line.number(*score) : line.none();
    line.end();
}

/// Of a vocabulary whose model has scores, "score".
std::string_view rankName(const Tokenizer* tokenizer) {
    const std::size_t count = tokenizer != nullptr ? tokenizer->vocabularySize() : 0;
    for (std::uint32_t id = 0; id < count; ++id) {
        if (tokenizer->score(TokenId{id})) {
            return "score";
        }
        if (tokenizer->mergeRank(TokenId{id})) {
            break;
        }
    }
    return "rank";
}

}  // namespace

DataTable tokenTable(const QString& title, const Model& model,
                     const std::shared_ptr<const EncodedText>& text) {
    const AppendLine append = [text](std::size_t place, std::string& out) {
        const Token& token = text->encoding.tokens[place];
        const Tokenizer* tokenizer = text->tokenizer.get();
        const std::string bytes = bytesOf(*text, place);
        const bool isKnown =
            tokenizer != nullptr && token.id && token.id->value < tokenizer->vocabularySize();
        CsvLine line(out);
        line.count(place);
        isKnown ? line.count(token.id->value).text(tokenizer->spelling(*token.id)) : line.none().text(bytes);
        line.text(bytes).text(hexText(bytes).toStdString()).text(codePointsCell(bytes));
        line.count(token.source.begin).count(token.source.end).text(name(token.kind));
        addRank(line, tokenizer, token.id);
    };
    return {title, fileName(model, QStringLiteral("token table")),
            linesOf(headOf({"position", "id", "token", "text", "bytes", "code_points", "start", "end", "kind",
                            rankName(text->tokenizer.get())}),
                    text->encoding.tokens.size(), append),
            nullptr};
}

DataTable vocabularyTable(const QString& title, const std::shared_ptr<const VocabularyResult>& result) {
    const AppendLine append = [result](std::size_t index, std::string& out) {
        const Model& model = *result->model;
        const Row row = result->list.rows[index];
        const Tokenizer* tokenizer = model.tokenizer.get();
        const bool isKnown = tokenizer != nullptr && row.value < tokenizer->vocabularySize();
        const std::string text = textOf(*model.vocabulary, row);
        CsvLine line(out);
        line.count(row.value)
            .text(model.vocabulary->spelling(row))
            .text(text)
            .text(hexText(text).toStdString())
            .count(result->traits->lengths[row.value])
            .text(scriptKey(result->traits->scripts[row.value]).toStdString());
        isKnown ? line.text(name(tokenizer->tokenKind(tokenIdOf(row)))) : line.none();
        addRank(line, tokenizer, tokenIdOf(row));
    };
    return {title, fileName(*result->model, QStringLiteral("vocabulary")),
            linesOf(headOf({"id", "token", "text", "bytes", "characters", "script", "kind",
                            rankName(result->model->tokenizer.get())}),
                    result->list.rows.size(), append),
            nullptr};
}

DataTable byteTable(const QString& title, const Model& model,
                    const std::shared_ptr<const EncodedText>& text) {
    const auto places = std::make_shared<const TokenPlaces>(text->encoding.tokens);
    const AppendLine append = [text, places](std::size_t byte, std::string& out) {
        const std::string_view bytes = text->text;
        CsvLine line(out);
        line.count(byte).text(formatted("%02X", static_cast<unsigned char>(bytes[byte])));
        const CodePoint point = codePointAt(bytes, byte);
        if (point.valid) {
            line.text(bytes.substr(byte, point.size))
                .text(formatted("U+%04X", static_cast<unsigned>(point.value)));
        } else {
            line.none().none();
        }
        const std::optional<std::size_t> position = places->at(byte);
        const std::optional<TokenId> id =
            position ? text->encoding.tokens[*position].id : std::optional<TokenId>();
        position ? line.count(*position) : line.none();
        id ? line.count(id->value) : line.none();
        line.end();
    };
    return {title, fileName(model, QStringLiteral("bytes")),
            linesOf(headOf({"byte", "hex", "character", "code_point", "position", "id"}), text->text.size(),
                    append),
            nullptr};
}

}  // namespace lexiscope
