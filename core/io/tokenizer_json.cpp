// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json.h"

#include "core/base/byte_alphabet.h"
#include "core/io/json_stage.h"
#include "core/io/merge_list.h"
#include "core/io/plain_byte_level.h"
#include "core/io/read_mapped.h"
#include "core/io/tokenizer_json_events.h"
#include "core/io/tokenizer_json_settings.h"
#include "core/io/tokenizer_json_vocabulary.h"
#include "core/io/tokenizer_stages.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/bpe_model.h"
#include "core/tokenize/byte_level_bpe.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/unigram.h"
#include "core/tokenize/word_piece.h"

#include <algorithm>
#include <bitset>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

using nlohmann::json;

/// What a file says its model is; old files do not name it.
std::string modelType(const json& model, const TokenizerJsonEvents& file) {
    if (model.contains("type") && model["type"].is_string()) {
        return model["type"].get<std::string>();
    }
    if (!file.merges().empty()) {
        return "BPE";
    }
    if (!file.scores().empty()) {
        return "Unigram";
    }
    return model.contains("max_input_chars_per_word") ? "WordPiece" : "WordLevel";
}

bool hasTextOnce(const std::vector<TemplatePart>& parts) {
    return std::count_if(parts.begin(), parts.end(), [](const TemplatePart& part) { return part.isText; }) ==
           1;
}

/// Reads one file whose events have been collected.
class Reader {
  public:
    Reader(TokenizerJsonEvents& file, json settings, std::string_view name)
        : m_file(file), m_settings(std::move(settings)), m_name(name) {}

    Result<TokenizerJson> read() {
        if (!m_settings.contains("model") || !m_settings["model"].is_object()) {
            return orWords(
                Error{ErrorCode::Unsupported, m_name, "is JSON, but no tokenizer.json: it has no model", {}});
        }
        if (m_settings.contains("version") && m_settings["version"] != "1.0") {
            return orWords(Error{ErrorCode::Unsupported, m_name + ", version",
                                 quotedForError(m_file.setting("version").value_or("null")) + " is not known",
                                 "known is \"1.0\""});
        }
        if (m_file.settings().contains("added_tokens") && !isList("added_tokens")) {
            return brokenTokenizerJson(m_name, "added_tokens", "is no list");
        }
        Result<TokenizerJsonVocabulary> vocabulary = readTokenizerJsonVocabulary(m_file, m_name);
        if (!vocabulary.ok()) {
            return vocabulary.error();
        }
        m_spellings = std::move(vocabulary.value().spellings);
        m_ofModel = vocabulary.value().ofModel;
        m_isOfModel = std::move(vocabulary.value().isOfModel);
        m_added = std::move(vocabulary.value().added);
        m_pipeline.warnings = std::move(vocabulary.value().warnings);
        Result<std::vector<std::string>> notes = readBatchSettings(m_settings);
        if (!notes.ok()) {
            return orWords(inFile(notes.error()));
        }
        m_pipeline.notes = std::move(notes).value();
        if (std::optional<Error> error = readStages()) {
            return orWords(*std::move(error));
        }
        Result<std::shared_ptr<const Tokenizer>> tokenizer = readModel();
        if (!tokenizer.ok()) {
            return orWords(tokenizer.error());
        }
        return TokenizerJson{
            m_template ? makeTemplated(std::move(tokenizer).value(), std::move(m_template->withSpecial),
                                       std::move(m_template->without))
                       : std::move(tokenizer).value(),
            {},
            {}};
    }

  private:
    const json& setting(const char* key) const {
        static const json none;
        return m_settings.contains(key) ? m_settings[key] : none;
    }
    bool isList(const std::string& path) const { return m_file.setting(path) == "["; }

    /// A kind that is not read still has tokens.
    Result<TokenizerJson> orWords(Error error) {
        if (error.code != ErrorCode::Unsupported) {
            return error;
        }
        std::vector<VocabEntry> words;
        for (std::string& spelling : m_spellings) {
            words.push_back({std::move(spelling), static_cast<std::uint32_t>(words.size()), {}});
        }
        return TokenizerJson{nullptr, std::move(error), std::move(words)};
    }
    Error inFile(Error error) const {
        error.where = m_name + (error.where.empty() ? "" : ", ") + error.where;
        return error;
    }

    std::optional<Error> readStages() {
        Result<NormalizerPtr> normalizer = readNormalizer(setting("normalizer"), "normalizer");
        if (!normalizer.ok()) {
            return inFile(normalizer.error());
        }
        Result<PreTokenizerPtr> preTokenizer =
            readPreTokenizer(setting("pre_tokenizer"), "pre_tokenizer", !takesBytes());
        if (!preTokenizer.ok()) {
            return inFile(preTokenizer.error());
        }
        Result<DecoderPtr> decoder = readDecoder(setting("decoder"), "decoder");
        if (!decoder.ok()) {
            return inFile(decoder.error());
        }
        Result<TextTemplate> around = readPostProcessor(setting("post_processor"), "post_processor");
        if (!around.ok()) {
            return inFile(around.error());
        }
        if (std::optional<Error> error = useTemplate(std::move(around).value())) {
            return error;
        }
        m_pipeline.normalizer = std::move(normalizer).value();
        m_pipeline.preTokenizer = std::move(preTokenizer).value();
        m_pipeline.decoder = std::move(decoder).value();
        return std::nullopt;
    }

    std::optional<Error> useTemplate(TextTemplate around) {
        if (!around.warning.empty()) {
            m_pipeline.warnings.push_back(around.warning);
        }
        std::vector<TokenId> before;
        std::vector<TokenId> after;
        std::vector<TokenId>* side = &before;
        for (const TemplatePart& part : around.withSpecial) {
            for (const TokenId id : part.special) {
                if (id.value >= m_spellings.size()) {
                    return brokenTokenizerJson(m_name, "post_processor",
                                               "the vocabulary has no ID " + std::to_string(id.value));
                }
            }
            side = part.isText ? &after : side;
            side->insert(side->end(), part.special.begin(), part.special.end());
        }
        if (hasTextOnce(around.withSpecial) && hasTextOnce(around.without)) {
            m_pipeline.before = std::move(before);
            m_pipeline.after = std::move(after);
        } else {
            m_template = std::move(around);
        }
        return std::nullopt;
    }

    /// Whether the model is one of bytes, before which ByteLevel need not rewrite the text.
    bool takesBytes() const {
        const json& model = m_settings["model"];
        const auto isSet = [&](const char* name) {
            return model.contains(name) && !model[name].is_null() && model[name] != json(false) &&
                   model[name] != json("");
        };
        return modelType(model, m_file) == "BPE" && canLeaveBytes(setting("pre_tokenizer")) &&
               !hasStage(setting("normalizer"), "ByteLevel") && !isSet("byte_fallback") &&
               !isSet("continuing_subword_prefix") && !isSet("end_of_word_suffix");
    }

    Result<std::shared_ptr<const Tokenizer>> readModel() {
        JsonStage model(m_settings["model"], "model");
        m_pipeline.style.isByteAlphabet =
            hasStage(setting("pre_tokenizer"), "ByteLevel") || hasStage(setting("normalizer"), "ByteLevel");
        const std::string type = modelType(m_settings["model"], m_file);
        if (type == "BPE") {
            return readBpe(model);
        }
        makeVocabulary(WordMark::None);
        if (type == "WordPiece") {
            WordPieceParts parts;
            parts.vocabulary = m_modelVocabulary;
            parts.unknown = unknownToken(model.text("unk_token"));
            parts.prefix = model.text("continuing_subword_prefix");
            parts.mostCharacters = model.count("max_input_chars_per_word");
            m_pipeline.style.continuingPrefix = parts.prefix;
            return finishPipeline(model, "WordPiece", makeWordPiece(std::move(parts)));
        }
        if (type == "WordLevel") {
            const std::optional<TokenId> unknown = unknownToken(model.text("unk_token"));
            return finishPipeline(model, "WordLevel", makeWordLevel(m_modelVocabulary, unknown));
        }
        if (type == "Unigram") {
            return readUnigram(model);
        }
        return Error{ErrorCode::Unsupported, m_name + ", model",
                     "the type " + quotedForError(type) + " is not known",
                     "known are BPE, WordPiece, Unigram and WordLevel"};
    }

    /// That of the tokenizer, and that of its model, which does not know what stands beside its entries.
    void makeVocabulary(WordMark mark) {
        Vocabulary::Builder all;
        Vocabulary::Builder own;
        for (std::uint32_t id = 0; id < m_spellings.size(); ++id) {
            all.add(m_spellings[id]);
            own.add(m_isOfModel[id] ? m_spellings[id] : "");
        }
        m_pipeline.vocabulary = std::make_shared<const Vocabulary>(std::move(all).build(mark));
        const bool isAll = std::find(m_isOfModel.begin(), m_isOfModel.end(), false) == m_isOfModel.end();
        m_modelVocabulary =
            isAll ? m_pipeline.vocabulary : std::make_shared<const Vocabulary>(std::move(own).build(mark));
    }

    /// Some vocabularies lack the token they name, and have one for all that they are meant for.
    std::optional<TokenId> unknownToken(const std::string& spelling) {
        const std::optional<Row> row = m_pipeline.vocabulary->find(spelling);
        if (!row) {
            m_pipeline.warnings.push_back("its token for what is unknown, " + quotedForError(spelling) +
                                          ", is not in its vocabulary: what is unknown has no ID");
        }
        return row ? std::optional(tokenIdOf(*row)) : std::nullopt;
    }

    Result<std::shared_ptr<const Tokenizer>> finishPipeline(const JsonStage& model, std::string kind,
                                                            TokenModelPtr tokenModel) {
        if (model.error()) {
            return inFile(*model.error());
        }
        m_pipeline.kind = std::move(kind);
        m_pipeline.model = std::move(tokenModel);
        m_pipeline.added = std::move(m_added);
        m_pipeline.file = m_name;
        return makePipeline(std::move(m_pipeline));
    }

    Result<std::shared_ptr<const Tokenizer>> readUnigram(JsonStage& model) {
        constexpr double penalty = 10;
        if (m_file.scores().size() != m_ofModel) {
            return brokenTokenizerJson(m_name, "model.vocab",
                                       "is no list of tokens with scores, as Unigram has it");
        }
        const bool isBytes = m_pipeline.style.isByteAlphabet;
        makeVocabulary(isBytes ? WordMark::ByteLevel : WordMark::Metaspace);
        UnigramParts parts;
        parts.vocabulary = m_modelVocabulary;
        if (model.has("unk_id")) {
            const std::size_t id = model.count("unk_id", 0);
            if (id >= m_ofModel) {
                return brokenTokenizerJson(m_name, "model.unk_id",
                                           "the vocabulary has no ID " + std::to_string(id));
            }
            parts.unknown = TokenId{static_cast<std::uint32_t>(id)};
        }
        parts.byteFallback = model.flag("byte_fallback", false);
        parts.scores = m_file.scores();
        parts.scores.resize(m_spellings.size());
        parts.unknownScore = *std::min_element(m_file.scores().begin(), m_file.scores().end()) - penalty;
        parts.isUsable = m_isOfModel;
        m_pipeline.style.hasByteTokens = parts.byteFallback;
        m_pipeline.style.space = isBytes ? "" : markOf(WordMark::Metaspace);
        return finishPipeline(model, "Unigram", makeUnigram(std::move(parts)));
    }

    Result<std::shared_ptr<const Tokenizer>> readBpe(JsonStage& model) {
        const bool isBytes = m_pipeline.style.isByteAlphabet;
        BpeParts parts;
        parts.settlesUnknownFirst = true;
        parts.alphabet = takesBytes() ? BpeAlphabet::Bytes : BpeAlphabet::Characters;
        parts.fuseUnknown = model.flagOrNull("fuse_unk", false);
        parts.byteFallback = model.flagOrNull("byte_fallback", false);
        parts.ignoresMerges = model.flagOrNull("ignore_merges", false);
        parts.continuingPrefix = model.textOrNull("continuing_subword_prefix");
        parts.endOfWordSuffix = model.textOrNull("end_of_word_suffix");
        const std::string unknown = model.textOrNull("unk_token");
        const double dropout = model.numberOrNull("dropout", 0);
        if (!(dropout >= 0 && dropout <= 1)) {
            model.fail(ErrorCode::Broken, "dropout is not between 0 and 1");
        }
        if (dropout > 0) {
            m_pipeline.warnings.push_back(
                "its dropout is left out: merges are never skipped by chance here, so "
                "that a text always has the same IDs");
        }
        if (model.error()) {
            return inFile(*model.error());
        }
        if (!isList("model.merges")) {
            return brokenTokenizerJson(m_name, "model.merges", "is no list of merges, as BPE has it");
        }
        MergeList merges(m_spellings, "merge", MergeList::Again::TakesItsPlace, parts.continuingPrefix);
        std::size_t number = 0;
        for (const auto& [left, right] : m_file.merges()) {
            ++number;
            if (const std::optional<MergeList::Fault> fault = merges.add(left, right, number)) {
                return Error{ErrorCode::Broken, m_name + ", model.merges, merge " + std::to_string(number),
                             fault->what, fault->hint};
            }
        }
        parts.merges = merges.take();
        if (std::optional<std::string> warning = merges.warning()) {
            m_pipeline.warnings.push_back(*std::move(warning));
        }
        if (const std::shared_ptr<const Tokenizer> plain = plainBpe(parts, unknown)) {
            return plain;
        }
        makeVocabulary(isBytes ? WordMark::ByteLevel : WordMark::Metaspace);
        parts.vocabulary = m_modelVocabulary;
        parts.unknown = unknown.empty() ? std::nullopt : unknownToken(unknown);
        m_pipeline.style.hasByteTokens = parts.byteFallback;
        m_pipeline.style.continuingPrefix = parts.continuingPrefix;
        m_pipeline.style.endOfWordSuffix = parts.endOfWordSuffix;
        m_pipeline.style.space = isBytes ? "" : markOf(WordMark::Metaspace);
        return finishPipeline(model, isBytes ? "byte-level BPE" : "BPE", makeBpe(std::move(parts)));
    }

    /// Is it GPT-2's kind, for which there is a faster way?
    bool canBePlain(const BpeParts& parts, const std::string& unknown) const {
        if (!plainScheme(setting("pre_tokenizer")) || m_pipeline.normalizer || parts.fuseUnknown ||
            parts.byteFallback || !parts.continuingPrefix.empty() || !parts.endOfWordSuffix.empty()) {
            return false;
        }
        if (!setting("decoder").is_null() && setting("decoder").value("type", json()) != "ByteLevel") {
            return false;
        }
        std::bitset<256> bytes;
        for (const std::string& spelling : m_spellings) {
            const std::optional<std::string> of = bytesOfSpelling(spelling);
            if (of && of->size() == 1) {
                bytes.set(static_cast<unsigned char>(of->front()));
            }
        }
        return bytes.all() || unknown.empty();
    }

    /// Null, and nothing changed, where it needs the stages.
    std::shared_ptr<const Tokenizer> plainBpe(BpeParts& parts, const std::string& unknown) {
        if (!canBePlain(parts, unknown)) {
            return nullptr;
        }
        ByteLevelBpeParts plain;
        plain.spellings = std::move(m_spellings);
        plain.merges = std::move(parts.merges);
        plain.ignoresMerges = parts.ignoresMerges;
        plain.mergesOverUnknown = parts.settlesUnknownFirst;
        plain.split = *plainScheme(setting("pre_tokenizer"));
        if (!addToPlain(plain, m_added)) {
            m_spellings = std::move(plain.spellings);
            parts.merges = std::move(plain.merges);
            return nullptr;
        }
        plain.before = std::move(m_pipeline.before);
        plain.after = std::move(m_pipeline.after);
        plain.warnings = std::move(m_pipeline.warnings);
        plain.notes = std::move(m_pipeline.notes);
        return makeByteLevelBpe(std::move(plain));
    }

    TokenizerJsonEvents& m_file;
    json m_settings;
    std::string m_name;
    std::vector<std::string> m_spellings;
    std::size_t m_ofModel = 0;      // entries that are the model's own
    std::vector<bool> m_isOfModel;  // by ID
    std::shared_ptr<const Vocabulary> m_modelVocabulary;
    std::vector<AddedToken> m_added;
    PipelineParts m_pipeline;
    std::optional<TextTemplate> m_template;  // where it does not have the text once
};

Result<TokenizerJson> parse(std::string_view text, std::string_view name, Progress& progress) {
    TokenizerJsonEvents file(std::string(name), progress);
    if (progress.stopRequested()) {
        return cancelled();
    }
    if (std::optional<Error> error = file.read(text)) {
        return error->code == ErrorCode::Cancelled ? cancelled() : *std::move(error);
    }
    json settings = file.takeTree();
    return Reader(file, settings.is_object() ? std::move(settings) : json::object(), name).read();
}

Result<std::shared_ptr<const Tokenizer>> tokenizerOf(Result<TokenizerJson> read) {
    if (!read.ok()) {
        return read.error();
    }
    return read.value().unsupported ? Result<std::shared_ptr<const Tokenizer>>(*read.value().unsupported)
                                    : read.value().tokenizer;
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> parseTokenizerJson(std::string_view json, std::string_view name,
                                                            Progress& progress) {
    return tokenizerOf(parse(json, name, progress));
}

Result<std::shared_ptr<const Tokenizer>> readTokenizerJson(const std::filesystem::path& path,
                                                           Progress& progress) {
    return tokenizerOf(readTokenizerJsonOrWords(path, progress));
}

Result<TokenizerJson> readTokenizerJsonOrWords(const std::filesystem::path& path, Progress& progress) {
    Result<TokenizerJson> read =
        readMapped(path, [&](std::string_view text) { return parse(text, path.string(), progress); });
    if (read.ok() && read.value().tokenizer) {
        if (std::optional<Error> error = tooFewMerges(*read.value().tokenizer, path.string())) {
            return *std::move(error);
        }
    }
    return read;
}

}  // namespace lexiscope
