// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/bert_tokenizer.h"

#include "core/io/read_mapped.h"
#include "core/io/token_bytes_check.h"
#include "core/io/vocab_json.h"
#include "core/io/word_lines.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/word_piece.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::string_view prefix = "##";
constexpr std::string_view unknown = "[UNK]";
constexpr std::array<std::string_view, 5> specials = {"[PAD]", unknown, "[CLS]", "[SEP]", "[MASK]"};

bool hasCapital(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

bool isInBrackets(std::string_view word) {
    return word.size() > 2 && word.starts_with('[') && word.ends_with(']');
}

void warnOfMissing(BertTokenizerParts& parts) {
    const auto has = [&](std::string_view token) { return parts.vocabulary->find(token).has_value(); };
    if (!has(unknown)) {
        parts.warnings.emplace_back("it has no token [UNK]: what is unknown has no ID");
    }
    const bool hasFirst = has("[CLS]");
    const bool hasLast = has("[SEP]");
    if (!hasFirst || !hasLast) {
        parts.warnings.push_back(std::string("it has no token ") +
                                 (hasFirst  ? "[SEP]"
                                  : hasLast ? "[CLS]"
                                            : "[CLS] and none [SEP]") +
                                 " to add around a text");
    }
}

}  // namespace

std::shared_ptr<const Tokenizer> makeBertTokenizer(BertTokenizerParts parts) {
    WordPieceParts words;
    words.vocabulary = parts.vocabulary;
    words.unknown = parts.unknown;
    words.prefix = prefix;
    BertNormalizerOptions normalizer;
    normalizer.lowercase = parts.lowercase;
    normalizer.stripAccents = parts.stripAccents;
    PipelineParts pipeline;
    pipeline.kind = "WordPiece";
    pipeline.vocabulary = std::move(parts.vocabulary);
    pipeline.normalizer = makeBertNormalizer(normalizer);
    pipeline.preTokenizer = makeBertPreTokenizer();
    pipeline.model = makeWordPiece(std::move(words));
    pipeline.added = std::move(parts.added);
    pipeline.before = std::move(parts.before);
    pipeline.after = std::move(parts.after);
    pipeline.decoder = makeWordPieceDecoder(std::string(prefix), true);
    pipeline.style.continuingPrefix = prefix;
    pipeline.warnings = std::move(parts.warnings);
    return makePipeline(std::move(pipeline));
}

Result<std::shared_ptr<const Tokenizer>> parseVocabTxt(std::string_view text, std::string_view name,
                                                       Progress& progress) {
    if (progress.stopRequested()) {
        return cancelled();
    }
    const auto broken = [&](std::size_t line, std::string what) {
        return Error{ErrorCode::Broken, std::string(name) + ", line " + std::to_string(line), std::move(what),
                     "each line holds one token"};
    };
    Vocabulary::Builder builder;
    BertTokenizerParts parts;
    parts.lowercase = true;
    TokenBytesCheck bytes("line");
    std::size_t number = 0;
    for (const std::string_view word : wordLines(text)) {
        ++number;
        if (word.empty()) {
            return broken(number, "is empty");
        }
        if (const std::optional<Row> earlier = builder.find(word)) {
            return broken(number, "token " + quotedForError(word) + " stands in line " +
                                      std::to_string(earlier->value + 1) + " already");
        }
        parts.lowercase = parts.lowercase && (isInBrackets(word) || !hasCapital(word));
        bytes.look(word, number);
        builder.add(word);
    }
    if (number == 0) {
        return broken(1, "the vocabulary is empty");
    }
    parts.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::WordPiece));
    if (std::optional<std::string> warning = bytes.warning()) {
        parts.warnings.push_back(*std::move(warning));
    }
    warnOfMissing(parts);
    for (const std::string_view special : specials) {
        const std::optional<Row> row = parts.vocabulary->find(special);
        if (!row) {
            continue;
        }
        parts.added.push_back({std::string(special), tokenIdOf(*row), true});
        if (special == unknown) {
            parts.unknown = tokenIdOf(*row);
        } else if (special == "[CLS]") {
            parts.before.push_back(tokenIdOf(*row));
        } else if (special == "[SEP]") {
            parts.after.push_back(tokenIdOf(*row));
        }
    }
    return makeBertTokenizer(std::move(parts));
}

Result<std::shared_ptr<const Tokenizer>> readVocabTxt(const std::filesystem::path& path, Progress& progress) {
    return readMapped(path,
                      [&](std::string_view text) { return parseVocabTxt(text, path.string(), progress); });
}

}  // namespace lexiscope
