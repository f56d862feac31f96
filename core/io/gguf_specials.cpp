// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gguf_specials.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/io/vocab_json.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <unordered_set>
#include <utility>

namespace lexiscope {
namespace {

/// IDs that stand for those a file does not name.
struct UsualIds {
    std::optional<TokenId> begin;
    std::optional<TokenId> end;
    std::optional<TokenId> unknown;
};

UsualIds usualIdsOf(std::string_view model) {
    if (model == "llama") {
        return {TokenId{1}, TokenId{2}, TokenId{0}};
    }
    if (model == "bert") {
        return {TokenId{101}, TokenId{102}, TokenId{100}};
    }
    if (model == "t5") {
        return {std::nullopt, TokenId{1}, TokenId{2}};
    }
    return {};
}

// Spellings of ends of texts and turns, and of texts with a gap to fill, each with a space behind it. "</s>"
// is not among them: to byte-level vocabularies, which have it from the web, it is a word.
constexpr std::string_view endsAndGaps =
    "<|eot_id|> <|im_end|> <|end|> <|return|> <|call|> <|flush|> <|calls|> <end_of_turn> "
    "<|endoftext|> <|eom_id|> <EOT> _<EOT> [EOT] [EOS] <|end_of_text|> <end_of_utterance> <eos> "
    "<turn|> <|tool_response> <｜end▁of▁sentence｜> [e~[ <|fim_prefix|> <fim-prefix> <fim_prefix> "
    "<｜fim▁begin｜> <PRE> ▁<PRE> <|code_prefix|> <|prefix|> <|fim_suffix|> <fim-suffix> <fim_suffix> "
    "<｜fim▁hole｜> <SUF> ▁<SUF> <|code_suffix|> <|suffix|> <|fim_middle|> <fim-middle> <fim_middle> "
    "<｜fim▁end｜> <MID> ▁<MID> <|code_middle|> <|middle|> <|fim_pad|> <fim-pad> <fim_pad> <PAD> [PAD] "
    "<|fim_repo|> <|repo_name|> <fim-repo> <REPO> <reponame> <|file_sep|> ";

std::unordered_set<std::string_view> wordsOf(std::string_view text) {
    std::unordered_set<std::string_view> words;
    for (std::size_t end = 0; (end = text.find(' ')) != std::string_view::npos; text.remove_prefix(end + 1)) {
        words.insert(text.substr(0, end));
    }
    return words;
}

class SpecialsReader {
  public:
    SpecialsReader(const GgufMetadata& data, std::string_view model, const std::vector<PieceKind>& kinds)
        : m_data(data), m_model(model), m_usual(usualIdsOf(model)), m_tokens(kinds.size()) {
        const auto unknown = std::find(kinds.begin(), kinds.end(), PieceKind::Unknown);
        if (unknown != kinds.end()) {
            m_ofKind = TokenId{static_cast<std::uint32_t>(unknown - kinds.begin())};
        }
    }

    GgufSpecials read(const GgufSplit& split) {
        const bool isBert = m_model == "bert";
        m_result.unknown = m_ofKind && !m_data.count("tokenizer.ggml.unknown_token_id")
                               ? m_ofKind
                               : idOf({"unknown_token_id"}, m_usual.unknown);
        // BERT's ends are there whatever a file says.
        if (isBert || split.mustAddBegin || isSet("add_bos_token", m_model == "llama" || split.addsBegin)) {
            // Older files have the one, newer ones the other.
            add(m_result.before, isBert ? idOf({"bos_token_id", "cls_token_id"}, m_usual.begin)
                                        : idOf({"bos_token_id"}, m_usual.begin));
        }
        if (isBert || isSet("add_eos_token", m_model == "t5")) {
            // The name is misspelled in the format itself.
            add(m_result.after, idOf({isBert ? "seperator_token_id" : "eos_token_id"}, m_usual.end));
        }
        return std::move(m_result);
    }

  private:
    bool isSet(const std::string& name, bool otherwise) const {
        return m_data.flag("tokenizer.ggml." + name).value_or(otherwise);
    }

    /// The first of them that the file names and that is there.
    std::optional<TokenId> idOf(std::initializer_list<const char*> names, std::optional<TokenId> usual) {
        if (usual && usual->value >= m_tokens) {
            usual.reset();
        }
        std::string fault;
        for (const char* name : names) {
            const std::string whole = std::string("tokenizer.ggml.") + name;
            const std::optional<std::uint64_t> id = m_data.count(whole);
            if (id && *id < m_tokens) {
                return TokenId{static_cast<std::uint32_t>(*id)};
            }
            if (id) {
                fault =
                    whole + " is " + std::to_string(*id) + ", but there are " + grouped(m_tokens) + " tokens";
            } else if (fault.empty() && usual) {
                fault = whole + " is missing";
            }
        }
        if (!fault.empty()) {
            fault += usual ? ": " + std::to_string(usual->value) + " is taken, as llama.cpp does"
                           : ": no token is taken for it";
            m_result.warnings.push_back(std::move(fault));
        }
        return usual;
    }

    static void add(std::vector<TokenId>& ids, std::optional<TokenId> id) {
        if (id) {
            ids.push_back(*id);
        }
    }

    const GgufMetadata& m_data;
    std::string_view m_model;
    UsualIds m_usual;
    std::size_t m_tokens;
    std::optional<TokenId> m_ofKind;  // for the unknown
    GgufSpecials m_result;
};

bool holdsOneOf(std::string_view text, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) {
        if (text.find(part) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace

GgufSpecials readGgufSpecials(const GgufMetadata& data, std::string_view model,
                              const std::vector<PieceKind>& kinds, const GgufSplit& split) {
    return SpecialsReader(data, model, kinds).read(split);
}

std::optional<std::string> correctGgufKinds(const std::vector<std::string_view>& tokens,
                                            std::vector<PieceKind>& kinds) {
    static const std::unordered_set<std::string_view> special = wordsOf(endsAndGaps);
    std::string first;
    std::size_t count = 0;
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        if (kinds[id] == PieceKind::Normal && special.contains(tokens[id])) {
            kinds[id] = PieceKind::Control;
            first = count++ == 0 ? quotedForError(tokens[id]) : first;
        }
    }
    if (count == 0) {
        return std::nullopt;
    }
    return first + (count == 1 ? " is" : " and " + std::to_string(count - 1) + " more are") +
           " special by the spelling, though tokenizer.ggml.token_type says otherwise: taken as special, as "
           "llama.cpp does";
}

GgufWhiteSpace::GgufWhiteSpace(const GgufMetadata& data) {
    const std::string name = toLower(data.text("general.name").value_or(""));
    const std::string_view pre = data.text("tokenizer.ggml.pre").value_or("");
    const std::string_view architecture = data.text("general.architecture").value_or("");
    if (holdsOneOf(pre, {"jina-v2-de", "jina-v2-es", "jina-v2-code"}) ||
        holdsOneOf(architecture, {"nomic-bert-moe", "jina-bert-v3"})) {
        m_mask = "<mask>";
    } else if (holdsOneOf(name, {"phi-3", "phi3"})) {
        m_isPhi3 = true;
    } else if (holdsOneOf(name, {"modern-bert"})) {
        m_mask = "[MASK]";
    }
}

bool GgufWhiteSpace::isTakenRightOf(std::string_view token) const {
    return m_isPhi3 && token != "<unk>" && token != "<s>" && token != "<|endoftext|>";
}

}  // namespace lexiscope
