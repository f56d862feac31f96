// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

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
    /// that are neither letter, number nor space. Serves one thread; expression and text must outlive it.
    class Matches {
      public:
        Matches(const SplitRegex& regex, std::string_view text);
        ~Matches();
        Matches(const Matches&) = delete;
        Matches& operator=(const Matches&) = delete;

        /// From now on those in another text; for many short ones this is faster than other Matches.
        void restart(std::string_view text);

        /// The next one, nothing after the last. It may be empty, but not where the last one ended, as
        /// Oniguruma's users have it. Unsupported, with the byte in the text, when the expression tries more
        /// ways from there on than a few for each byte that follows, as one does that nests repetitions.
        Result<std::optional<ByteSpan>> next();

      private:
        struct Work;
        std::size_t placeInText(std::size_t place) const;

        const SplitRegex& m_regex;
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

}  // namespace lexiscope
