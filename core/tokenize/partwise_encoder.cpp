// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/partwise_encoder.h"

#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace lexiscope {
namespace {

// In one round, so that no thread waits long for the last.
constexpr std::size_t partsAThread = 4;

Token shifted(Token token, std::size_t by) {
    token.source = {token.source.begin + by, token.source.end + by};
    return token;
}

/// Encodes text[part), each end of which is a word cut or an end of the text. The words beside it are encoded
/// with it and left out again, so that what happens at the ends of a text happens to them.
Result<Done> encodePart(Encoder& encoder, std::string_view text, const ByteSpan& part,
                        const EncodeOptions& options, const TakeTokens& take, Progress& progress) {
    const bool isLast = part.end == text.size();
    const std::size_t begin = part.begin == 0 ? 0 : wordCutUpTo(text, part.begin - 1);
    const std::size_t end = isLast ? part.end : wordCutFrom(text, part.end + 1);
    std::vector<Token> own;
    const TakeTokens takeOwn = [&](std::span<const Token> tokens) {
        const auto beginsBefore = [begin](const Token& token, std::size_t place) {
            return token.source.begin + begin < place;
        };
        const auto first = std::lower_bound(tokens.begin(), tokens.end(), part.begin, beginsBefore);
        const auto last =
            isLast ? tokens.end() : std::lower_bound(first, tokens.end(), part.end, beginsBefore);
        own.resize(static_cast<std::size_t>(last - first));
        std::transform(first, last, own.begin(),
                       [begin](const Token& token) { return shifted(token, begin); });
        take(own);
    };
    return encoder.encode(text.substr(begin, end - begin), options, takeOwn, progress);
}

/// Asked by several threads, one at a time; only the calling thread reports.
class SharedStop final : public Progress {
  public:
    explicit SharedStop(Progress& progress) : m_progress(progress) {}
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override {
        const std::lock_guard lock(m_mutex);
        return m_progress.stopRequested();
    }

  private:
    Progress& m_progress;
    mutable std::mutex m_mutex;
};

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

}  // namespace

struct PartwiseEncoder::Job {
    std::string_view text;
    const EncodeOptions& options;
    Progress& progress;
};

PartwiseEncoder::PartwiseEncoder(const Tokenizer& tokenizer, WorkerPool* pool, std::size_t partSize)
    : m_tokenizer(tokenizer), m_pool(pool), m_partSize(partSize) {}

std::size_t PartwiseEncoder::endOfPart(std::string_view text, std::size_t begin) const {
    return text.size() - begin <= 2 * m_partSize ? text.size() : wordCutFrom(text, begin + m_partSize);
}

Result<Done> PartwiseEncoder::encode(std::string_view text, const EncodeOptions& options,
                                     const TakeTokens& take, Progress& progress) {
    if (!m_tokenizer.keepsWordsApart() || endOfPart(text, 0) == text.size()) {
        std::unique_ptr<Encoder> encoder = borrow();
        Result<Done> done = encoder->encode(text, options, take, progress);
        giveBack(std::move(encoder));
        return done;
    }
    const Job job{text, options, progress};
    return m_pool == nullptr ? encodeInTurn(job, take) : encodeOnThreads(job, take);
}

Result<Done> PartwiseEncoder::encodeInTurn(const Job& job, const TakeTokens& take) {
    const std::unique_ptr<Encoder> encoder = borrow();
    SharedStop stop(job.progress);
    for (std::size_t begin = 0; begin < job.text.size();) {
        job.progress.report(begin, job.text.size(), "bytes");
        const std::size_t end = endOfPart(job.text, begin);
        Result<Done> done = encodePart(*encoder, job.text, {begin, end}, job.options, take, stop);
        if (!done.ok()) {
            return done;
        }
        begin = end;
    }
    return Done{};
}

Result<Done> PartwiseEncoder::encodeOnThreads(const Job& job, const TakeTokens& take) {
    struct Part {
        ByteSpan span;
        std::vector<Token> tokens;
        std::optional<Error> error;
    };
    std::vector<Part> parts((m_pool->threadCount() + 1) * partsAThread);
    SharedStop stop(job.progress);
    for (std::size_t begin = 0; begin < job.text.size();) {
        job.progress.report(begin, job.text.size(), "bytes");
        std::size_t count = 0;
        for (; count < parts.size() && begin < job.text.size(); ++count) {
            parts[count].span = {begin, endOfPart(job.text, begin)};
            begin = parts[count].span.end;
        }
        const auto encodeSome = [&](std::size_t first, std::size_t last) {
            std::unique_ptr<Encoder> encoder = borrow();
            for (std::size_t i = first; i < last; ++i) {
                std::vector<Token>& tokens = parts[i].tokens;
                tokens.clear();
                const TakeTokens keep = [&tokens](std::span<const Token> more) {
                    tokens.insert(tokens.end(), more.begin(), more.end());
                };
                const Result<Done> done =
                    encodePart(*encoder, job.text, parts[i].span, job.options, keep, stop);
                parts[i].error = done.ok() ? std::nullopt : std::optional(done.error());
            }
            giveBack(std::move(encoder));
        };
        m_pool->parallelFor(count, 1, encodeSome, Priority::Normal);
        for (std::size_t i = 0; i < count; ++i) {
            if (parts[i].error) {
                return *parts[i].error;
            }
            take(parts[i].tokens);
        }
    }
    return Done{};
}

std::unique_ptr<Encoder> PartwiseEncoder::borrow() {
    const std::lock_guard lock(m_mutex);
    if (m_idle.empty()) {
        return m_tokenizer.encoder();
    }
    std::unique_ptr<Encoder> encoder = std::move(m_idle.back());
    m_idle.pop_back();
    return encoder;
}

void PartwiseEncoder::giveBack(std::unique_ptr<Encoder> encoder) {
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(encoder));
}

Result<Encoding> encodeChanged(const Tokenizer& tokenizer, std::string_view before, const Encoding& known,
                               std::string_view text, const EncodeOptions& options, Progress& progress) {
    if (!tokenizer.keepsWordsApart()) {
        return tokenizer.encode(text, options, progress);
    }
    // A cut shows in the byte before it and the two from it on: all three have to be as they were.
    const ByteSpan change = changeBetween(before, text);
    const std::size_t begin = change.begin < 2 ? 0 : wordCutUpTo(text, change.begin - 2);
    const std::size_t end = wordCutFrom(text, change.end + 1);
    const std::size_t endBefore = end + before.size() - text.size();
    const auto beginsBefore = [](const Token& token, std::size_t place) {
        return token.source.begin < place;
    };
    const auto firstChanged = std::lower_bound(known.tokens.begin(), known.tokens.end(), begin, beginsBefore);
    const auto firstBehind =
        end == text.size() ? known.tokens.end()
                           : std::lower_bound(firstChanged, known.tokens.end(), endBefore, beginsBefore);
    Encoding encoding;
    encoding.tokens.reserve(known.tokens.size() + (end - begin) / 4 + 8);
    encoding.tokens.assign(known.tokens.begin(), begin == 0 ? known.tokens.begin() : firstChanged);
    const TakeTokens take = [&encoding](std::span<const Token> tokens) {
        encoding.tokens.insert(encoding.tokens.end(), tokens.begin(), tokens.end());
    };
    const std::unique_ptr<Encoder> encoder = tokenizer.encoder();
    const Result<Done> done = encodePart(*encoder, text, {begin, end}, options, take, progress);
    if (!done.ok()) {
        return done.error();
    }
    for (auto token = firstBehind; token != known.tokens.end(); ++token) {
        encoding.tokens.push_back(shifted(*token, text.size() - before.size()));
    }
    return encoding;
}

}  // namespace lexiscope
