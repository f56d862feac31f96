// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gguf_tokenizer.h"

#include "core/io/bert_tokenizer.h"
#include "core/io/gguf_metadata.h"
#include "core/io/gguf_specials.h"
#include "core/io/gguf_split.h"
#include "core/io/merge_list.h"
#include "core/io/plain_byte_level.h"
#include "core/io/read_mapped.h"
#include "core/io/token_bytes_check.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/bpe_model.h"
#include "core/tokenize/character_map.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/scored_pieces.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

constexpr std::string_view wordSign = "\u2581";

class Reader {
  public:
    Reader(GgufMetadata metadata, std::string_view name) : m_data(std::move(metadata)), m_name(name) {}

    Result<std::shared_ptr<const Tokenizer>> read() {
        const std::optional<std::string_view> model = m_data.text("tokenizer.ggml.model");
        const auto* tokens = m_data.texts("tokenizer.ggml.tokens");
        if (!model || tokens == nullptr) {
            return Error{ErrorCode::Unsupported, m_name, "has no tokenizer", {}};
        }
        if (tokens->empty()) {
            return broken("tokenizer.ggml.tokens", "the vocabulary is empty");
        }
        m_tokens.assign(tokens->begin(), tokens->end());
        nameEmptyTokens();
        if (std::optional<Error> error = readKinds()) {
            return *std::move(error);
        }
        if (std::optional<std::string> warning = correctGgufKinds(m_tokens, m_kinds)) {
            m_warnings.push_back(*std::move(warning));
        }
        if (std::optional<Error> error =
                *model == "gpt2" || *model == "gemma4" ? readSplit(*model) : std::nullopt) {
            return *std::move(error);
        }
        m_specials = readGgufSpecials(m_data, *model, m_kinds, m_split);
        m_warnings.insert(m_warnings.end(), m_specials.warnings.begin(), m_specials.warnings.end());
        if (*model == "llama" || *model == "t5") {
            return scored(*model == "llama" ? PieceModel::Bpe : PieceModel::Unigram);
        }
        if (*model == "gpt2" || *model == "gemma4") {
            return m_split.isRawText ? ofRawText() : byteLevel();
        }
        if (*model == "bert") {
            return wordPiece();
        }
        return Error{ErrorCode::Unsupported, m_name + ", tokenizer.ggml.model",
                     "the tokenizer " + quotedForError(*model) + " is not known",
                     "known are llama, gpt2, gemma4, bert and t5"};
    }

  private:
    Error broken(std::string_view part, std::string what) const {
        return {ErrorCode::Broken, m_name + ", " + std::string(part), std::move(what),
                "the file may be damaged: fetch it again"};
    }

    /// As llama.cpp names them; and says what else is odd of their spellings.
    void nameEmptyTokens() {
        TokenBytesCheck check("token");
        std::string first;
        std::size_t count = 0;
        for (std::size_t id = 0; id < m_tokens.size(); ++id) {
            check.look(m_tokens[id], id);
            if (m_tokens[id].empty()) {
                m_named.push_back("[EMPTY_" + std::to_string(id) + "]");
                m_tokens[id] = m_named.back();
                first = count++ == 0 ? std::to_string(id) : first;
            }
        }
        if (count > 0) {
            m_warnings.push_back(std::to_string(count) + (count == 1 ? " token is" : " tokens are") +
                                 " empty, the first " + first + ": named “[EMPTY_" + first +
                                 "]”, as llama.cpp does");
        }
        if (std::optional<std::string> warning = check.warning()) {
            m_warnings.push_back(*std::move(warning));
        }
    }

    std::optional<Error> readKinds() {
        m_kinds.assign(m_tokens.size(), PieceKind::Normal);
        const auto* kinds = m_data.numbers("tokenizer.ggml.token_type");
        if (kinds == nullptr) {
            return std::nullopt;
        }
        if (kinds->size() != m_tokens.size()) {
            return broken("tokenizer.ggml.token_type", "is of " + std::to_string(kinds->size()) +
                                                           " values, but there are " +
                                                           std::to_string(m_tokens.size()) + " tokens");
        }
        for (std::size_t id = 0; id < kinds->size(); ++id) {
            const double kind = (*kinds)[id];
            if (kind != 1 && kind != 2 && kind != 3 && kind != 4 && kind != 5 && kind != 6) {
                return broken("tokenizer.ggml.token_type",
                              "token " + std::to_string(id) + " is of a kind that is not known");
            }
            m_kinds[id] = static_cast<PieceKind>(static_cast<int>(kind));
        }
        return std::nullopt;
    }

    /// How BPE cuts texts.
    std::optional<Error> readSplit(std::string_view model) {
        const std::string_view pre =
            model == "gemma4" ? model : m_data.text("tokenizer.ggml.pre").value_or("");
        if (pre.empty()) {
            m_split = ggufSplitOfNothing();
            m_warnings.push_back(
                "tokenizer.ggml.pre is missing, which says how texts are cut: they are cut as llama.cpp does "
                "then, "
                "and IDs may differ from those the model was trained with");
            return std::nullopt;
        }
        std::optional<GgufSplit> split = ggufSplitNamed(pre);
        if (!split) {
            return Error{ErrorCode::Unsupported, m_name + ", tokenizer.ggml.pre",
                         "how " + quotedForError(pre) + " cuts texts is not known",
                         "open the model's tokenizer.json, which says it"};
        }
        m_split = *std::move(split);
        return std::nullopt;
    }

    Result<std::shared_ptr<const Tokenizer>> scored(PieceModel model) {
        const auto* scores = m_data.numbers("tokenizer.ggml.scores");
        if (scores == nullptr || scores->size() != m_tokens.size()) {
            return broken("tokenizer.ggml.scores", "are not one for each token");
        }
        const GgufWhiteSpace whiteSpace(m_data);
        ScoredPieceParts parts;
        parts.model = model;
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            parts.pieces.push_back({std::string(m_tokens[i]), static_cast<float>((*scores)[i]), m_kinds[i],
                                    whiteSpace.isTakenLeftOf(m_tokens[i]),
                                    whiteSpace.isTakenRightOf(m_tokens[i])});
            parts.byteFallback = parts.byteFallback || m_kinds[i] == PieceKind::Byte;
        }
        parts.unknown = m_specials.unknown;
        parts.userPiecesPart = true;
        parts.sumsDoubles = true;
        parts.normalizer.addsDummyPrefix =
            m_data.flag("tokenizer.ggml.add_space_prefix").value_or(model == PieceModel::Bpe);
        parts.normalizer.removesExtraSpaces =
            m_data.flag("tokenizer.ggml.remove_extra_whitespaces").value_or(false);
        if (model == PieceModel::Unigram) {
            Result<std::shared_ptr<const CharacterMap>> map = characterMap();
            if (!map.ok()) {
                return map.error();
            }
            parts.normalizer.map = std::move(map).value();
        }
        parts.before = std::move(m_specials.before);
        parts.after = std::move(m_specials.after);
        parts.warnings = std::move(m_warnings);
        Result<std::shared_ptr<const Tokenizer>> tokenizer = makeScoredPieces(std::move(parts));
        if (!tokenizer.ok()) {
            Error error = tokenizer.error();
            error.where = m_name + (error.where.empty() ? "" : ", ") + error.where;
            return error;
        }
        return tokenizer;
    }

    /// The rules of normalization, which llama.cpp follows for Unigram alone; null where there are none.
    Result<std::shared_ptr<const CharacterMap>> characterMap() const {
        const std::string place = "tokenizer.ggml.precompiled_charsmap";
        const auto* numbers = m_data.numbers(place);
        if (numbers == nullptr || numbers->empty()) {
            return std::shared_ptr<const CharacterMap>();
        }
        std::string bytes;
        bytes.reserve(numbers->size());
        for (const double number : *numbers) {
            constexpr double least = -128;
            constexpr double most = 255;
            if (!(number >= least && number <= most)) {
                return broken(place, "holds a number that is no byte");
            }
            bytes += static_cast<char>(static_cast<int>(number));
        }
        Result<std::shared_ptr<const CharacterMap>> map = CharacterMap::parse(bytes);
        return map.ok() ? std::move(map) : broken(place, map.error().what);
    }

    /// Special tokens and those of users.
    std::vector<AddedToken> addedTokens(const Vocabulary& vocabulary) const {
        const GgufWhiteSpace whiteSpace(m_data);
        std::vector<AddedToken> added;
        for (std::uint32_t id = 0; id < m_tokens.size(); ++id) {
            const PieceKind kind = m_kinds[id];
            if (kind == PieceKind::Control || kind == PieceKind::Unknown || kind == PieceKind::UserDefined) {
                const std::string_view spelling = vocabulary.spelling(Row{id});
                added.push_back({std::string(spelling), TokenId{id}, kind != PieceKind::UserDefined, false,
                                 whiteSpace.isTakenLeftOf(spelling), whiteSpace.isTakenRightOf(spelling)});
            }
        }
        return added;
    }

    Result<std::shared_ptr<const Vocabulary>> vocabularyOf(const std::vector<std::string>& spellings,
                                                           WordMark mark) const {
        Vocabulary::Builder builder;
        for (std::size_t id = 0; id < spellings.size(); ++id) {
            if (const std::optional<Row> earlier = builder.find(spellings[id])) {
                return broken("tokenizer.ggml.tokens", "token " + std::to_string(id) +
                                                           " is the same as token " +
                                                           std::to_string(earlier->value));
            }
            builder.add(spellings[id]);
        }
        return std::make_shared<const Vocabulary>(std::move(builder).build(mark));
    }

    /// Vocabulary and merges.
    Result<BpeParts> pairs(WordMark mark) {
        const std::vector<std::string> spellings(m_tokens.begin(), m_tokens.end());
        Result<std::shared_ptr<const Vocabulary>> vocabulary = vocabularyOf(spellings, mark);
        if (!vocabulary.ok()) {
            return vocabulary.error();
        }
        const auto* merges = m_data.texts("tokenizer.ggml.merges");
        if (merges == nullptr) {
            return broken("tokenizer.ggml.merges", "are missing");
        }
        MergeList list(spellings, "merge", MergeList::Again::IsLeftOut);  // as llama.cpp does
        for (std::size_t i = 0; i < merges->size(); ++i) {
            const std::string_view merge = (*merges)[i];
            const std::size_t space = merge.find(' ', 1);
            const std::optional<MergeList::Fault> fault =
                space == std::string_view::npos
                    ? MergeList::Fault{"is no pair of tokens", ""}
                    : list.add(merge.substr(0, space), merge.substr(space + 1), i + 1);
            if (fault) {
                return broken("tokenizer.ggml.merges, merge " + std::to_string(i + 1), fault->what);
            }
        }
        BpeParts bpe;
        bpe.vocabulary = vocabulary.value();
        bpe.merges = list.take();
        if (std::optional<std::string> warning = list.warning()) {
            m_warnings.push_back(*std::move(warning));
        }
        bpe.ignoresMerges = m_split.ignoresMerges;
        return bpe;
    }

    PipelineParts pipelineOf(std::string kind, const std::shared_ptr<const Vocabulary>& vocabulary) {
        PipelineParts parts;
        parts.kind = std::move(kind);
        parts.vocabulary = vocabulary;
        parts.added = addedTokens(*vocabulary);
        parts.preTokenizer = m_split.preTokenizer;
        parts.warnings = std::move(m_warnings);
        parts.before = std::move(m_specials.before);
        parts.after = std::move(m_specials.after);
        parts.file = m_name;
        return parts;
    }

    /// The faster way, or null, and nothing changed, where it needs the stages.
    std::shared_ptr<const Tokenizer> plainBpe(BpeParts& bpe) {
        ByteLevelBpeParts plain;
        plain.spellings.assign(m_tokens.begin(), m_tokens.end());
        plain.merges = std::move(bpe.merges);
        plain.ignoresMerges = bpe.ignoresMerges;
        plain.split = *m_split.scheme;
        if (!addToPlain(plain, addedTokens(*bpe.vocabulary))) {
            bpe.merges = std::move(plain.merges);
            return nullptr;
        }
        plain.before = std::move(m_specials.before);
        plain.after = std::move(m_specials.after);
        plain.warnings = std::move(m_warnings);
        return makeByteLevelBpe(std::move(plain));
    }

    Result<std::shared_ptr<const Tokenizer>> byteLevel() {
        Result<BpeParts> bpe = pairs(WordMark::ByteLevel);
        if (!bpe.ok()) {
            return bpe.error();
        }
        if (m_split.scheme) {
            if (std::shared_ptr<const Tokenizer> plain = plainBpe(bpe.value())) {
                return plain;
            }
        }
        bpe.value().alphabet = BpeAlphabet::Bytes;
        PipelineParts parts = pipelineOf("byte-level BPE", bpe.value().vocabulary);
        parts.model = makeBpe(std::move(bpe).value());
        parts.decoder = makeByteLevelDecoder();
        parts.style.isByteAlphabet = true;
        return makePipeline(std::move(parts));
    }

    Result<std::shared_ptr<const Tokenizer>> ofRawText() {
        Result<BpeParts> bpe = pairs(WordMark::Metaspace);
        if (!bpe.ok()) {
            return bpe.error();
        }
        bpe.value().unknown = m_specials.unknown;
        bpe.value().fuseUnknown = true;
        bpe.value().byteFallback =
            std::find(m_kinds.begin(), m_kinds.end(), PieceKind::Byte) != m_kinds.end();
        PipelineParts parts = pipelineOf("BPE", bpe.value().vocabulary);
        parts.style.hasByteTokens = bpe.value().byteFallback;
        parts.style.space = wordSign;
        parts.normalizer = makeReplace(" ", std::string(wordSign));
        parts.model = makeBpe(std::move(bpe).value());
        parts.decoder = makeDecoderSequence(
            {makeByteFallbackDecoder(), makeMetaspaceDecoder(std::string(wordSign), false)});
        return makePipeline(std::move(parts));
    }

    Result<std::shared_ptr<const Tokenizer>> wordPiece() {
        std::vector<std::string> spellings;
        for (std::size_t id = 0; id < m_tokens.size(); ++id) {
            const std::string_view token = m_tokens[id];
            const bool isPlain = m_kinds[id] == PieceKind::Normal;
            const bool standsInBrackets = token.starts_with('[') && token.ends_with(']') && token.size() > 2;
            if (isPlain && token.starts_with(wordSign)) {
                spellings.emplace_back(token.substr(wordSign.size()));
            } else {
                spellings.push_back((isPlain && !standsInBrackets ? "##" : "") + std::string(token));
            }
        }
        Result<std::shared_ptr<const Vocabulary>> vocabulary = vocabularyOf(spellings, WordMark::WordPiece);
        if (!vocabulary.ok()) {
            return vocabulary.error();
        }
        BertTokenizerParts parts;
        parts.vocabulary = vocabulary.value();
        parts.unknown = m_specials.unknown;
        parts.added = addedTokens(*vocabulary.value());
        parts.before = std::move(m_specials.before);
        parts.after = std::move(m_specials.after);
        parts.warnings = std::move(m_warnings);
        parts.lowercase = m_data.flag("tokenizer.ggml.normalizer.lowercase").value_or(true);
        parts.stripAccents = m_data.flag("tokenizer.ggml.normalizer.strip_accents");
        return makeBertTokenizer(std::move(parts));
    }

    GgufMetadata m_data;
    std::string m_name;
    std::vector<std::string_view> m_tokens;
    std::deque<std::string> m_named;  // what tokens without a spelling are called
    std::vector<PieceKind> m_kinds;
    GgufSplit m_split;
    std::vector<std::string> m_warnings;
    GgufSpecials m_specials;
};

}  // namespace

Result<std::shared_ptr<const Tokenizer>> parseGgufTokenizer(std::string_view bytes, std::string_view name,
                                                            Progress& progress) {
    Result<GgufMetadata> metadata = GgufMetadata::parse(bytes, name, progress);
    if (!metadata.ok()) {
        return metadata.error();
    }
    return Reader(std::move(metadata).value(), name).read();
}

Result<std::shared_ptr<const Tokenizer>> readGgufTokenizer(const std::filesystem::path& path,
                                                           Progress& progress) {
    return readMapped(
        path, [&](std::string_view bytes) { return parseGgufTokenizer(bytes, path.string(), progress); });
}

}  // namespace lexiscope
