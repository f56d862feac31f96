// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// How long the matches of an expression are looked for.
struct MatchLimits {
    /// Bytes, at least 16, in which a match is first looked for.
    std::size_t window = 1024;
    /// About as many nanoseconds may all matches take that are looked for anew, and a few thousand more for
    /// each byte of the text.
    std::uint64_t costAnyway = std::uint64_t{1} << 35U;
};

/// A regular expression as tokenizer files hold them, run by PCRE2. Read as those who write such files mean
/// it (toPcre): \s is the property White_Space, \w, \d and \p{…} go by Unicode, ^ and $ stand at lines.
/// Immutable; safe to use from several threads.
///
/// What PCRE2 knows of Unicode is its own version (unicodeVersions()); utf8proc, which all else here asks,
/// may know a later one.
class SplitRegex {
  public:
    /// Unsupported, with the place in the pattern, when it is none that PCRE2 reads, or is longer than
    /// mostBytes.
    static Result<std::shared_ptr<const SplitRegex>> compile(std::string_view pattern);
    static constexpr std::size_t mostBytes = 1U << 16U;

    SplitRegex(const SplitRegex&) = delete;
    SplitRegex& operator=(const SplitRegex&) = delete;
    ~SplitRegex();

    const std::string& pattern() const { return m_pattern; }

    /// The matches in a text, from left to right, none in another one. Bytes that are no UTF-8 are characters
    /// that are neither letter, number nor space. Serves one thread; expression, text and progress must
    /// outlive it.
    ///
    /// However slow the expression is, `progress`, which may be null, is asked whether to go on after a few
    /// hundredths of a second. Nothing can ask PCRE2 to stop but a function that it calls itself, and that
    /// makes it slow. So a match is first looked for without one, where that cannot take long: in a stretch
    /// of some bytes, with few ways to try. Where it turns out that more is needed, it is looked for anew,
    /// with one.
    class Matches {
      public:
        Matches(const SplitRegex& regex, std::string_view text, const Progress* progress = nullptr,
                MatchLimits limits = {});
        ~Matches();
        Matches(const Matches&) = delete;
        Matches& operator=(const Matches&) = delete;

        /// From now on those in another text; for many short ones this is faster than other Matches.
        void restart(std::string_view text);

        /// The next one, nothing after the last. It may be empty, but not where the last one ended, as
        /// Oniguruma's users have it. Unsupported, with the byte in the text, when the expression tries more
        /// ways from there on than a few for each byte that follows, as one does that nests repetitions, and
        /// when all matches up to there take longer than `limits` allow, as they do where each goes through
        /// the rest of a long text. Cancelled.
        Result<std::optional<ByteSpan>> next();
        /// Where in the text next() has come to, or has failed.
        std::size_t place() const { return placeInText(m_from); }

      private:
        struct Work;
        int find();
        int findWatched(std::size_t lastStart);
        std::size_t placeInText(std::size_t place) const;

        std::size_t m_window;
        std::string_view m_text;          // what is matched: the text, or m_repaired
        std::string m_repaired;           // the text with its broken bytes replaced
        std::vector<std::size_t> m_plus;  // places in m_repaired after each replaced byte
        std::unique_ptr<Work> m_work;
        std::size_t m_from = 0;
        std::size_t m_lastEnd = std::string_view::npos;
    };

  private:
    struct Code;
    SplitRegex(std::string pattern, std::unique_ptr<Code> code);

    std::string m_pattern;
    std::unique_ptr<Code> m_code;
};

/// The error of a match in a part of a text, or in what has become of one: it tells that byte of the source.
Error atSourceByte(Error error, std::size_t byte);

}  // namespace lexiscope
