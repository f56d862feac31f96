// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/changed_text.h"

#include "core/tokenize/text_part.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

/// Where two texts differ, of the second one.
ByteSpan changeBetween(std::string_view before, std::string_view text) {
    const std::size_t shorter = std::min(before.size(), text.size());
    const auto [ignored, first] =
        std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(shorter), text.begin());
    const auto begin = static_cast<std::size_t>(first - text.begin());
    std::size_t same = 0;
    while (same < shorter - begin && before[before.size() - 1 - same] == text[text.size() - 1 - same]) {
        ++same;
    }
    return {begin, text.size() - same};
}

bool beginsBefore(const Token& token, std::size_t place) {
    return token.source.begin < place;
}

bool standsBefore(const TextSum& sum, std::size_t place) {
    return sum.place < place;
}

/// What changes of the tokens of a text, as one stretch of it has changed.
class Change {
  public:
    Change(const Tokenizer& tokenizer, std::string_view before, const Encoding& known, std::string_view text,
           const EncodeOptions& options, Progress& progress)
        : m_tokenizer(tokenizer),
          m_before(before),
          m_known(known),
          m_text(text),
          m_options(options),
          m_progress(progress),
          m_encoder(tokenizer.encoder()) {
        // A cut shows in the byte before it and the two from it on: all three have to be as they were.
        const ByteSpan change = changeBetween(before, text);
        m_begin = change.begin < 2 ? 0 : wordCutUpTo(text, change.begin - 2);
        m_end = wordCutFrom(text, change.end + 1);
        m_encoding.tokens.reserve(known.tokens.size() + (m_end - m_begin) / 4 + 8);
    }

    Result<Encoding> ofWordsApart() {
        keepBefore(m_begin);
        if (Result<Done> done = encode({m_begin, m_end}, nullptr); !done.ok()) {
            return done.error();
        }
        if (m_end < m_text.size()) {
            keepBehind(placeBefore(m_end), m_before.size());
        }
        return std::move(m_encoding);
    }

    Result<Encoding> ofSummedWords() {
        const std::vector<TextSum>& sums = m_known.sums;
        const auto firstBehind =
            std::upper_bound(sums.begin(), sums.end(), m_begin,
                             [](std::size_t place, const TextSum& sum) { return place < sum.place; });
        std::optional<TextSum> from;
        if (firstBehind != sums.begin()) {
            from = *std::prev(firstBehind);
            keepBefore(from->place);
            m_encoding.sums.assign(sums.begin(), std::prev(firstBehind));
        }
        auto next = m_end == m_text.size()
                        ? sums.end()
                        : std::lower_bound(firstBehind, sums.end(), placeBefore(m_end), standsBefore);
        Result<double> sum = encodeSummed({from ? from->place : 0, placeNow(next)}, from);
        for (; sum.ok() && next != sums.end(); ++next) {
            sum = goOn(next, sum.value());
        }
        return sum.ok() ? Result<Encoding>(std::move(m_encoding)) : sum.error();
    }

  private:
    using Known = std::vector<TextSum>::const_iterator;

    /// In the text before, of a place behind the change.
    std::size_t placeBefore(std::size_t place) const { return place + m_before.size() - m_text.size(); }
    std::size_t placeNow(Known sum) const {
        return sum == m_known.sums.end() ? m_text.size() : sum->place + m_text.size() - m_before.size();
    }

    Result<Done> encode(const ByteSpan& part, SumWatch* watch) {
        const TakeTokens take = [this](std::span<const Token> tokens) {
            m_encoding.tokens.insert(m_encoding.tokens.end(), tokens.begin(), tokens.end());
        };
        return encodePart(*m_encoder, m_text, part, m_options, take, m_progress, watch);
    }

    /// Takes over the tokens that begin before a place, which lies before the change; all that stand at 0
    /// come with the text's begin.
    void keepBefore(std::size_t end) {
        const std::vector<Token>& tokens = m_known.tokens;
        if (end > 0) {
            m_encoding.tokens.assign(tokens.begin(),
                                     std::lower_bound(tokens.begin(), tokens.end(), end, beginsBefore));
        }
    }

    /// Those that begin in before[begin, end), which lies behind the change, or at the text's end.
    void keepBehind(std::size_t begin, std::size_t end) {
        const std::vector<Token>& tokens = m_known.tokens;
        const auto first = std::lower_bound(tokens.begin(), tokens.end(), begin, beginsBefore);
        const auto last =
            end == m_before.size() ? tokens.end() : std::lower_bound(first, tokens.end(), end, beginsBefore);
        for (auto token = first; token != last; ++token) {
            m_encoding.tokens.push_back(shifted(*token, m_text.size() - m_before.size()));
        }
    }

    /// Encodes the part from the sum before it, if that is not the text's begin; gives the one behind it.
    Result<double> encodeSummed(const ByteSpan& part, const std::optional<TextSum>& from) {
        SumWatch watch;
        if (from) {
            watch.sums.push_back({part.begin, from->sum, 0});
            watch.isFirstGiven = true;
        }
        const std::vector<TextSum> within = sumsAskedFor(m_text, part);
        watch.sums.insert(watch.sums.end(), within.begin(), within.end());
        if (part.end < m_text.size()) {
            watch.sums.push_back({part.end, 0, 0});
        }
        if (Result<Done> done = encode(part, &watch); !done.ok()) {
            return done.error();
        }
        double sum = 0;
        if (!watch.sums.empty() && watch.sums.back().place == part.end) {
            sum = watch.sums.back().sum;
            watch.sums.pop_back();
        }
        m_encoding.sums.insert(m_encoding.sums.end(), watch.sums.begin(), watch.sums.end());
        return sum;
    }

    /// From one place behind the change to the next.
    Result<double> goOn(Known at, double sum) {
        const auto next = std::next(at);
        const TextSum here{placeNow(at), sum, at->lowest + (sum - at->sum)};
        if (!m_tokenizer.goesOnAlike(at->sum, at->lowest, sum)) {
            return encodeSummed({here.place, placeNow(next)}, here);
        }
        const bool isLast = next == m_known.sums.end();
        keepBehind(at->place, isLast ? m_before.size() : next->place);
        m_encoding.sums.push_back(here);
        return isLast ? sum : next->sum + (sum - at->sum);
    }

    const Tokenizer& m_tokenizer;
    std::string_view m_before;
    const Encoding& m_known;
    std::string_view m_text;
    const EncodeOptions& m_options;
    Progress& m_progress;
    std::unique_ptr<Encoder> m_encoder;
    std::size_t m_begin = 0;  // what lies before it is as it was
    std::size_t m_end = 0;    // in the text; so is what lies behind it, but for sums
    Encoding m_encoding;
};

}  // namespace

Result<Encoding> encodeChanged(const Tokenizer& tokenizer, std::string_view before, const Encoding& known,
                               std::string_view text, const EncodeOptions& options, Progress& progress) {
    if (tokenizer.keepsWordsApart()) {
        return Change(tokenizer, before, known, text, options, progress).ofWordsApart();
    }
    if (tokenizer.sumsWords()) {
        return Change(tokenizer, before, known, text, options, progress).ofSummedWords();
    }
    return tokenizer.encode(text, options, progress);
}

}  // namespace lexiscope
