// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/unproduced_tokens.h"

#include "core/base/utf8.h"
#include "core/embedding/table_pass.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <string_view>

namespace lexiscope {
namespace {

constexpr std::size_t pieceTokens = 256;
/// U+F5FF0, for private use: no vocabulary has it, so that nothing joins it.
constexpr std::string_view nobodys = "\U000F5FF0";
constexpr std::size_t longestCharacter = 4;

struct Around {
    std::string_view before;
    std::string_view behind;
};

constexpr std::array surroundings = {
    Around{"", ""},       Around{nobodys, ""},  Around{"", nobodys},  Around{nobodys, nobodys},
    Around{" ", ""},      Around{"", " "},      Around{"a", ""},      Around{"", "a"},
    Around{"x", ""},      Around{"z", ""},      Around{"q", ""},      Around{"b", ""},
    Around{"k", ""},      Around{"xz", ""},     Around{"qx", ""},     Around{"zq", ""},
    Around{"vj", ""},     Around{"\u00E9", ""}, Around{"\u044F", ""}, Around{"\u4E2D", ""},
    Around{"\u0627", ""}, Around{"\u0939", ""}, Around{"0", ""},      Around{"", "0"},
    Around{"x", "x"},     Around{".", ""},      Around{"", "."},      Around{"(", ")"},
    Around{"\n", ""},     Around{"", "\n"},     Around{"a ", " a"},   Around{"-", "-"}};

bool continues(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// How many bytes the character has that begins with this one; 0: none does.
std::size_t sizeOfCharacter(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0;
}

/// All ways to put `count` bytes that continue a character, of some that are spread over all of them.
void addContinued(std::vector<std::string>& out, const std::string& begun, std::size_t count) {
    if (count == 0) {
        out.push_back(begun);
        return;
    }
    for (const unsigned byte : {0x80U, 0x90U, 0xA0U, 0xB0U, 0xBFU, 0x85U, 0x97U, 0xA9U, 0xADU}) {
        addContinued(out, begun + static_cast<char>(byte), count - 1);
    }
}

void addWhole(std::vector<std::string>& out, std::string text) {
    if (isUtf8(text)) {
        out.push_back(std::move(text));
    }
}

/// Each character of `size` bytes that has `inside` after its first byte and `before` more.
void addAround(std::vector<std::string>& out, const std::string& inside, std::size_t size, std::size_t before,
               const std::string& end) {
    const unsigned first = size == 2 ? 0xC2U : size == 3 ? 0xE0U : 0xF0U;
    const std::string rest = inside + end;
    const unsigned last = size == 2 ? 0xDFU : size == 3 ? 0xEFU : 0xF4U;
    for (unsigned lead = first; lead <= last; ++lead) {
        std::vector<std::string> begins;
        addContinued(begins, std::string(1, static_cast<char>(lead)), before);
        for (const std::string& begin : begins) {
            addWhole(out, begin + rest);
        }
    }
}

/// The bytes that the last character lacks.
std::size_t lackingAtEnd(const std::string& bytes) {
    for (std::size_t back = 1; back <= longestCharacter && back <= bytes.size(); ++back) {
        const char byte = bytes[bytes.size() - back];
        if (!continues(byte)) {
            const std::size_t size = sizeOfCharacter(byte);
            return size > back ? size - back : 0;
        }
    }
    return 0;
}

std::vector<std::string> madeWhole(const std::string& bytes) {
    std::size_t continuing = 0;
    while (continuing < bytes.size() && continues(bytes[continuing])) {
        ++continuing;
    }
    std::vector<std::string> ends;
    addContinued(ends, {}, lackingAtEnd(bytes));
    std::vector<std::string> texts;
    if (continuing == 0) {
        for (const std::string& end : ends) {
            addWhole(texts, bytes + end);
        }
        return texts;
    }
    for (std::size_t size = longestCharacter; size > continuing; --size) {
        const std::size_t others = size - 1 - continuing;
        if (continuing < bytes.size()) {
            for (const std::string& end : ends) {
                addAround(texts, bytes, size, others, end);
            }
            continue;
        }
        // Nothing but the middle or the end of a character.
        for (std::size_t before = 0; before <= others; ++before) {
            std::vector<std::string> rest;
            addContinued(rest, {}, others - before);
            for (const std::string& end : rest) {
                addAround(texts, bytes, size, before, end);
            }
        }
    }
    return texts;
}

/// Asks only whether to stop.
class StopOnly final : public Progress {
  public:
    explicit StopOnly(SharedProgress& shared) : m_shared(shared) {}
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return m_shared.stopRequested(); }

  private:
    SharedProgress& m_shared;
};

bool holds(const Encoding& encoding, TokenId id) {
    return std::any_of(encoding.tokens.begin(), encoding.tokens.end(),
                       [id](const Token& token) { return token.id == id; });
}

/// Of one token; or why that could not be found out.
Result<ProducedTokens::Answer> answerOf(const Tokenizer& tokenizer, TokenId id, Progress& progress) {
    const TokenKind kind = tokenizer.tokenKind(id);
    if (kind == TokenKind::Special || kind == TokenKind::Unknown) {
        return ProducedTokens::Answer::NotAsked;
    }
    for (const std::string& text : textsAround(tokenizer.tokenBytes(id))) {
        const Result<Encoding> encoding = tokenizer.encode(text, {}, progress);
        if (!encoding.ok()) {
            return encoding.error();
        }
        if (holds(encoding.value(), id)) {
            return ProducedTokens::Answer::Produced;
        }
    }
    return ProducedTokens::Answer::Never;
}

std::string between(const Around& around, std::string_view bytes) {
    std::string text(around.before);
    text += bytes;
    text += around.behind;
    return text;
}

}  // namespace

std::vector<std::string> textsAround(const std::string& bytes) {
    if (bytes.empty()) {
        return {};
    }
    if (!isUtf8(bytes)) {
        return madeWhole(bytes);
    }
    std::vector<std::string> texts;
    for (const Around& around : surroundings) {
        texts.push_back(between(around, bytes));
        // Where a tokenizer puts a space before each text, the one that the token begins with is that.
        if (around.before.empty() && bytes.front() == ' ' && bytes.size() > 1) {
            texts.push_back(between(around, std::string_view(bytes).substr(1)));
        }
    }
    return texts;
}

Result<std::shared_ptr<const ProducedTokens>> ProducedTokens::of(const Tokenizer& tokenizer, WorkerPool& pool,
                                                                 Progress& progress) {
    const std::size_t count = tokenizer.vocabularySize();
    auto found = std::make_shared<ProducedTokens>();
    found->answers.assign(count, Answer::NotAsked);
    SharedProgress shared(progress, count, "tokens");
    std::mutex mutex;
    std::optional<Error> failure;
    std::atomic<bool> hasFailed = false;
    pool.parallelFor(
        count, pieceTokens,
        [&](std::size_t first, std::size_t last) {
            StopOnly stop(shared);
            for (std::size_t id = first; id < last; ++id) {
                if (shared.stopRequested() || hasFailed) {
                    return;
                }
                const Result<Answer> answer =
                    answerOf(tokenizer, TokenId{static_cast<std::uint32_t>(id)}, stop);
                if (!answer.ok()) {
                    const std::lock_guard lock(mutex);
                    failure = answer.error();
                    hasFailed = true;
                    return;
                }
                found->answers[id] = answer.value();
            }
            shared.add(last - first);
        },
        Priority::Normal);
    if (shared.stopRequested()) {
        return cancelled();
    }
    if (failure) {
        return *failure;
    }
    found->never =
        static_cast<std::size_t>(std::count(found->answers.begin(), found->answers.end(), Answer::Never));
    return std::shared_ptr<const ProducedTokens>(std::move(found));
}

}  // namespace lexiscope
