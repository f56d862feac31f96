// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_regex.h"

#include "core/base/utf8.h"
#include "core/tokenize/onig_pattern.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <utility>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace lexiscope {
namespace {

// At one place. \s*[\r\n]+ tries once for each of the spaces that follow, and patterns in use have a few
// parts like it; one that nests repetitions tries more than any multiple of them.
constexpr std::uint64_t triesAnyway = 1'000'000;
constexpr std::uint64_t triesAByte = 16;
constexpr std::size_t leastStack = 32U << 10U;
constexpr std::size_t mostStack = 16U << 20U;
/// The first of 256 private-use characters that stand for bytes that are no UTF-8.
constexpr char32_t brokenBytes = 0x10FF00;
constexpr std::size_t bytesOfBroken = 4;

PCRE2_SPTR asUnits(std::string_view text) {
    return reinterpret_cast<PCRE2_SPTR>(text.data());
}

std::uint32_t mostTries(std::size_t bytes) {
    constexpr std::uint64_t countable = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(triesAnyway + triesAByte * bytes, countable));
}

/// Made once for each thread, for it takes longer than most matches.
pcre2_jit_stack* stackOfThread(void*) {
    struct Free {
        void operator()(pcre2_jit_stack* stack) const { pcre2_jit_stack_free(stack); }
    };
    static thread_local const std::unique_ptr<pcre2_jit_stack, Free> stack(
        pcre2_jit_stack_create(leastStack, mostStack, nullptr));
    return stack.get();
}

std::string messageOf(int code) {
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(code, text.data(), text.size());
    return reinterpret_cast<const char*>(text.data());
}

Error unreadable(std::string_view pattern, std::string what) {
    constexpr std::size_t shown = 80;
    return {ErrorCode::Unsupported,
            {},
            "the split pattern " + displayText(pattern.substr(0, shown)) +
                (pattern.size() > shown ? "…" : "") + " cannot be read: " + std::move(what),
            {}};
}

}  // namespace

struct SplitRegex::Code {
    explicit Code(pcre2_code* compiled) : code(compiled) {}
    ~Code() { pcre2_code_free(code); }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    pcre2_code* code;
};

struct SplitRegex::Matches::Work {
    explicit Work(const pcre2_code* code)
        : data(pcre2_match_data_create_from_pattern(code, nullptr)),
          context(pcre2_match_context_create(nullptr)) {
        pcre2_jit_stack_assign(context, stackOfThread, nullptr);
    }
    ~Work() {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    pcre2_match_data* data;
    pcre2_match_context* context;
};

SplitRegex::SplitRegex(std::string pattern, std::unique_ptr<Code> code)
    : m_pattern(std::move(pattern)), m_code(std::move(code)) {}

SplitRegex::~SplitRegex() = default;

Result<std::shared_ptr<const SplitRegex>> SplitRegex::compile(std::string_view pattern) {
    if (pattern.size() > mostBytes) {
        return unreadable(pattern, "it is longer than " + std::to_string(mostBytes) + " bytes");
    }
    const Result<std::string> translated = toPcre(pattern);
    if (!translated.ok()) {
        return unreadable(pattern, translated.error().what);
    }
    const std::string& own = translated.value();
    int error = 0;
    std::size_t place = 0;
    pcre2_code* compiled = pcre2_compile(asUnits(own), own.size(), PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE,
                                         &error, &place, nullptr);
    if (compiled == nullptr) {
        return unreadable(pattern,
                          messageOf(error) + " at " +
                              displayText(std::string_view(own).substr(std::min(place, own.size()), 20)));
    }
    auto code = std::make_unique<Code>(compiled);
    pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE);  // without it the same matches take longer
    return std::shared_ptr<const SplitRegex>(new SplitRegex(std::string(pattern), std::move(code)));
}

SplitRegex::Matches::Matches(const SplitRegex& regex, std::string_view text)
    : m_regex(regex), m_work(std::make_unique<Work>(regex.m_code->code)) {
    restart(text);
}

void SplitRegex::Matches::restart(std::string_view text) {
    m_text = text;
    m_repaired.clear();
    m_plus.clear();
    m_from = 0;
    m_lastEnd = std::string_view::npos;
    if (isUtf8(text)) {
        return;
    }
    for (std::size_t offset = 0; offset < text.size();) {
        const CodePoint point = codePointAt(text, offset);
        if (point.valid) {
            m_repaired += text.substr(offset, point.size);
        } else {
            appendUtf8(m_repaired, brokenBytes + point.value);
            m_plus.push_back(m_repaired.size());
        }
        offset += point.size;
    }
    m_text = m_repaired;
}

SplitRegex::Matches::~Matches() = default;

std::size_t SplitRegex::Matches::placeInText(std::size_t place) const {
    const auto replaced = std::upper_bound(m_plus.begin(), m_plus.end(), place) - m_plus.begin();
    return place - static_cast<std::size_t>(replaced) * (bytesOfBroken - 1);
}

Result<std::optional<ByteSpan>> SplitRegex::Matches::next() {
    while (m_from <= m_text.size()) {
        pcre2_set_match_limit(m_work->context, mostTries(m_text.size() - m_from));
        const int found = pcre2_match(m_regex.m_code->code, asUnits(m_text), m_text.size(), m_from,
                                      PCRE2_NO_UTF_CHECK, m_work->data, m_work->context);
        if (found == PCRE2_ERROR_NOMATCH) {
            break;
        }
        if (found < 0) {
            return Error{ErrorCode::Unsupported,
                         "byte " + std::to_string(placeInText(m_from)) + " of the text",
                         "a pattern of the tokenizer gives up: " + messageOf(found),
                         "it tries more ways than one that goes through the text a few times; repetitions in "
                         "it are nested, or take the same characters one behind the other"};
        }
        const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(m_work->data);
        const std::size_t begin = bounds[0];
        const std::size_t end = bounds[1];
        // \K can set the begin behind the end.
        const bool isMatch = end > begin || (end == begin && m_lastEnd != end);
        m_from = end > begin ? end : std::max(end, m_from);
        if (end <= begin && !isMatch) {
            m_from += std::max<std::size_t>(codePointAt(m_text, m_from).size, 1);
        }
        if (isMatch) {
            m_lastEnd = end;
            return std::optional(ByteSpan{placeInText(begin), placeInText(end)});
        }
    }
    m_from = m_text.size() + 1;
    return std::optional<ByteSpan>();
}

}  // namespace lexiscope
