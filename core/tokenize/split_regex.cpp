// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_regex.h"

#include "core/base/utf8.h"
#include "core/tokenize/onig_pattern.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <mutex>
#include <utility>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace lexiscope {
namespace {

// At one place. \s*[\r\n]+ tries once for each of the spaces that follow, and patterns in use have a few
// parts like it, each a few signs; one that nests repetitions tries more than any multiple of them.
constexpr std::uint64_t triesAnyway = 1'000'000;
constexpr std::uint64_t triesAByte = 32;
/// Of the cost, for the whole of a text: far more than patterns take that go through it a few times.
constexpr std::uint64_t costAByte = 4096;
/// Of a match without a function to stop it. Each may look through the whole window, from each of its places.
constexpr std::uint32_t quickTries = 256;
// About as many nanoseconds, in the slowest case.
constexpr std::uint64_t costBetweenQuestions = 1U << 25U;
constexpr std::uint64_t costOfTry = 8;
constexpr std::uint64_t costOfQuickStart = quickTries * MatchLimits{}.window / 2;
constexpr std::size_t leastStack = 32U << 10U;
constexpr std::size_t mostStack = 16U << 20U;
/// The first of 256 private-use characters that stand for bytes that are no UTF-8.
constexpr char32_t brokenBytes = 0x10FF00;
constexpr std::size_t bytesOfBroken = 4;

PCRE2_SPTR asUnits(std::string_view text) {
    return reinterpret_cast<PCRE2_SPTR>(text.data());
}

/// Where the character begins that the byte belongs to.
std::size_t beginOfCharacter(std::string_view text, std::size_t byte) {
    constexpr unsigned kindBits = 0xC0;
    constexpr unsigned continuing = 0x80;
    while (byte > 0 && byte < text.size() &&
           (static_cast<unsigned char>(text[byte]) & kindBits) == continuing) {
        --byte;
    }
    return byte;
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

Error givesUpAtPlace(const std::string& why) {
    return {ErrorCode::Unsupported,
            {},
            "a pattern of the tokenizer gives up: " + why,
            "it tries more ways than one that goes through the text a few times; repetitions in it are "
            "nested, or take the same characters one behind the other"};
}

Error givesUpOnText() {
    return {
        ErrorCode::Unsupported,
        {},
        "a pattern of the tokenizer gives up: its matches so far have taken too long",
        "from place to place it goes through much of the text again, which takes the square of the text's "
        "length; a shorter text, or one in lines, takes less"};
}

}  // namespace

/// Three ways to run one expression, each made when it is first needed.
struct SplitRegex::Code {
  public:
    enum class Use {
        Plain,
        InWindow,  ///< says where more text might make another match
        Watched,   ///< calls a function at each step
    };

    Code(std::string translated, pcre2_code* plain)
        : m_pattern(std::move(translated)),
          m_codes{plain, nullptr, nullptr},
          asksForStart(m_pattern.find("\\G") != std::string::npos) {
        std::uint32_t references = 0;
        pcre2_pattern_info(plain, PCRE2_INFO_BACKREFMAX, &references);
        readsBack = references > 0;
        pcre2_jit_compile(plain, PCRE2_JIT_COMPLETE);  // without it the same matches take longer
    }
    ~Code() {
        for (pcre2_code* const code : m_codes) {
            pcre2_code_free(code);
        }
    }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;

    /// Null: `error` and `place` say why.
    static pcre2_code* compile(std::string_view pattern, std::uint32_t options, int& error,
                               std::size_t& place) {
        constexpr std::uint32_t always = PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_USE_OFFSET_LIMIT;
        return pcre2_compile(asUnits(pattern), pattern.size(), always | options, &error, &place, nullptr);
    }

    /// Null where there is no memory for it.
    const pcre2_code* of(Use use) {
        const auto number = static_cast<std::size_t>(use);
        std::call_once(m_made[number], [&] {
            if (m_codes[number] == nullptr) {
                int error = 0;
                std::size_t place = 0;
                const bool isWatched = use == Use::Watched;
                m_codes[number] = compile(m_pattern, isWatched ? PCRE2_AUTO_CALLOUT : 0, error, place);
                pcre2_jit_compile(m_codes[number], isWatched ? PCRE2_JIT_COMPLETE : PCRE2_JIT_PARTIAL_HARD);
            }
        });
        return m_codes[number];
    }

  private:
    std::string m_pattern;
    std::array<pcre2_code*, 3> m_codes;
    std::array<std::once_flag, 3> m_made;

  public:
    bool asksForStart;  ///< where the search begins matters to it
    bool readsBack;     ///< compares with what has been matched before
};

struct SplitRegex::Matches::Work {
    Work(Code& of, const Progress* asked, std::uint64_t costAnyway)
        : code(of),
          progress(asked),
          data(pcre2_match_data_create_from_pattern(of.of(Code::Use::Plain), nullptr)),
          context(pcre2_match_context_create(nullptr)),
          costLeft(costAnyway) {
        pcre2_jit_stack_assign(context, stackOfThread, nullptr);
        pcre2_set_callout(context, watch, this);
    }
    ~Work() {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

    bool goesOn(std::uint64_t more) {
        cost += more;
        if (cost >= costBetweenQuestions) {
            cost = 0;
            isStopped = progress != nullptr && progress->stopRequested();
        }
        return !isStopped;
    }

    static int watch(pcre2_callout_block* block, void* of) {
        Work& work = *static_cast<Work*>(of);
        if (block->start_match != work.start) {
            work.start = block->start_match;
            work.spent = 0;
        }
        const std::size_t here = block->current_position;
        const std::size_t moved = here > work.place ? here - work.place : work.place - here;
        work.place = here;
        const std::uint64_t more = costOfTry + moved + (work.code.readsBack ? block->subject_length : 0);
        if (!work.goesOn(more)) {
            return PCRE2_ERROR_CALLOUT;
        }
        if (work.costLeft < more) {
            work.costLeft = 0;
            return PCRE2_ERROR_MATCHLIMIT;
        }
        work.costLeft -= more;
        work.spent += more;
        const std::uint64_t tries = triesAnyway + triesAByte * (block->subject_length - work.start);
        return work.spent > costOfTry * tries ? PCRE2_ERROR_MATCHLIMIT : 0;
    }

    Code& code;
    const Progress* progress;
    pcre2_match_data* data;
    pcre2_match_context* context;
    bool isStopped = false;
    std::uint64_t cost = 0;  // since progress was asked
    std::uint64_t costLeft;  // for all that is watched of the texts so far
    // Of the match that is watched.
    std::size_t start = 0;
    std::size_t place = 0;
    std::uint64_t spent = 0;  // from this start
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
    pcre2_code* compiled = Code::compile(own, 0, error, place);
    if (compiled == nullptr) {
        return unreadable(pattern,
                          messageOf(error) + " at " +
                              displayText(std::string_view(own).substr(std::min(place, own.size()), 20)));
    }
    return std::shared_ptr<const SplitRegex>(
        new SplitRegex(std::string(pattern), std::make_unique<Code>(own, compiled)));
}

SplitRegex::Matches::Matches(const SplitRegex& regex, std::string_view text, const Progress* progress,
                             MatchLimits limits)
    : m_window(limits.window), m_work(std::make_unique<Work>(*regex.m_code, progress, limits.costAnyway)) {
    restart(text);
}

void SplitRegex::Matches::restart(std::string_view text) {
    m_text = text;
    m_repaired.clear();
    m_plus.clear();
    m_from = 0;
    m_lastEnd = std::string_view::npos;
    m_work->costLeft += costAByte * text.size();
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

/// As pcre2_match(), from m_from on, which goes forward where no match begins.
int SplitRegex::Matches::find() {
    Code& code = m_work->code;
    for (;;) {
        const bool isLast = m_text.size() - m_from <= m_window;
        if (!isLast && code.asksForStart) {
            return findWatched(PCRE2_UNSET);
        }
        const std::size_t end = isLast ? m_text.size() : beginOfCharacter(m_text, m_from + m_window);
        const std::size_t lastStart = isLast ? PCRE2_UNSET : m_from + m_window / 2;
        pcre2_set_offset_limit(m_work->context, lastStart);
        pcre2_set_match_limit(m_work->context, quickTries);
        int found = pcre2_match(code.of(isLast ? Code::Use::Plain : Code::Use::InWindow), asUnits(m_text),
                                end, m_from, PCRE2_NO_UTF_CHECK | (isLast ? 0 : PCRE2_PARTIAL_HARD),
                                m_work->data, m_work->context);
        const std::size_t triedTo = found > 0 ? pcre2_get_ovector_pointer(m_work->data)[0]
                                    : isLast  ? m_text.size()
                                              : lastStart;
        const std::size_t starts = triedTo > m_from ? triedTo - m_from : 0;
        if (!m_work->goesOn(costOfQuickStart * (starts + 1))) {
            return PCRE2_ERROR_CALLOUT;
        }
        if (found < 0 && found != PCRE2_ERROR_NOMATCH) {
            found = findWatched(lastStart);
        }
        if (found != PCRE2_ERROR_NOMATCH || isLast) {
            return found;
        }
        m_from = beginOfCharacter(m_text, lastStart);
        m_from += codePointAt(m_text, m_from).size;
    }
}

int SplitRegex::Matches::findWatched(std::size_t lastStart) {
    pcre2_set_offset_limit(m_work->context, lastStart);
    pcre2_set_match_limit(m_work->context, std::numeric_limits<std::uint32_t>::max());
    m_work->start = m_work->place = m_from;
    m_work->spent = 0;
    return pcre2_match(m_work->code.of(Code::Use::Watched), asUnits(m_text), m_text.size(), m_from,
                       PCRE2_NO_UTF_CHECK, m_work->data, m_work->context);
}

Result<std::optional<ByteSpan>> SplitRegex::Matches::next() {
    while (m_from <= m_text.size()) {
        const int found = find();
        if (found == PCRE2_ERROR_NOMATCH) {
            break;
        }
        if (m_work->isStopped) {
            return cancelled();
        }
        if (found < 0) {
            return atSourceByte(m_work->costLeft == 0 ? givesUpOnText() : givesUpAtPlace(messageOf(found)),
                                place());
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

Error atSourceByte(Error error, std::size_t byte) {
    if (error.code != ErrorCode::Cancelled) {
        error.where = "byte " + std::to_string(byte) + " of the text";
    }
    return error;
}

}  // namespace lexiscope
