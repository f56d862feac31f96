// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/partwise_encoder.h"

#include "core/tokenize/text_part.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace lexiscope {
namespace {

// In one round, so that no thread waits long for the last.
constexpr std::size_t partsAThread = 4;

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
    std::vector<Part> parts(m_pool->threadCount() * partsAThread);
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

}  // namespace lexiscope
