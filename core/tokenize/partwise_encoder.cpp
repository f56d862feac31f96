// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/partwise_encoder.h"

#include "core/tokenize/text_part.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace lexiscope {
namespace {

// Encoded ahead of the one that is taken next, or under way.
constexpr std::size_t partsAThread = 3;

/// Asked by several threads, one at a time. What each encoder reports of its own part is left out.
class SharedProgress final : public Progress {
  public:
    explicit SharedProgress(Progress& progress) : m_progress(progress) {}
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override {
        const std::lock_guard lock(m_mutex);
        return m_progress.stopRequested();
    }
    void reportText(std::size_t done, std::size_t total) {
        const std::lock_guard lock(m_mutex);
        m_progress.report(done, total, "bytes");
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

/// The parts of a text on several threads: each takes the next one that nobody has, as long as it is not too
/// far ahead of those that the calling thread has given away. Shared with the pool, for a task may begin when
/// all is over.
class PartwiseEncoder::Line {
  public:
    Line(PartwiseEncoder& owner, const Job& job)
        : m_owner(owner), m_job(job), m_parts(owner.m_pool->threadCount() * partsAThread) {}

    /// What a thread of the pool does.
    void help() {
        std::unique_lock lock(m_mutex);
        if (m_isOver) {
            return;
        }
        ++m_helpers;
        std::unique_ptr<Encoder> encoder;
        while (!m_isOver && m_begin < m_job.text.size()) {
            if (m_begun - m_taken < m_parts.size()) {
                encodeNext(encoder, lock);
            } else {
                m_changed.wait(lock);
            }
        }
        m_owner.giveBack(std::move(encoder));
        --m_helpers;
        m_changed.notify_all();
    }

    /// What the calling thread does. Afterwards no other thread is at work.
    Result<Done> run(const TakeTokens& take) {
        const Ending ending(*this);
        std::unique_lock lock(m_mutex);
        std::unique_ptr<Encoder> encoder;
        while (m_taken < m_begun || m_begin < m_job.text.size()) {
            if (Part& part = partOf(m_taken); m_taken < m_begun && part.isReady) {
                lock.unlock();
                if (Result<Done> done = takePart(part, take); !done.ok()) {
                    return done;
                }
                lock.lock();
                ++m_taken;
                m_changed.notify_all();
            } else if (m_begin < m_job.text.size() && m_begun - m_taken < m_parts.size()) {
                encodeNext(encoder, lock);
            } else {
                m_changed.wait(lock);
            }
        }
        m_owner.giveBack(std::move(encoder));
        return Done{};
    }

  private:
    struct Part {
        ByteSpan span;
        std::vector<Token> tokens;
        std::optional<Error> error;
        std::exception_ptr failure;
        bool isReady = false;
    };

    class Ending {
      public:
        explicit Ending(Line& line) : m_line(line) {}
        Ending(const Ending&) = delete;
        Ending& operator=(const Ending&) = delete;
        ~Ending() {
            std::unique_lock lock(m_line.m_mutex);
            m_line.m_isOver = true;
            m_line.m_changed.notify_all();
            m_line.m_changed.wait(lock, [this] { return m_line.m_helpers == 0; });
        }

      private:
        Line& m_line;
    };

    Part& partOf(std::size_t number) { return m_parts[number % m_parts.size()]; }

    void encodeNext(std::unique_ptr<Encoder>& encoder, std::unique_lock<std::mutex>& lock) {
        Part& part = partOf(m_begun);
        ++m_begun;
        part.span = {m_begin, m_owner.endOfPart(m_job.text, m_begin)};
        part.isReady = false;
        m_begin = part.span.end;
        lock.unlock();
        try {
            if (encoder == nullptr) {
                encoder = m_owner.borrow();
            }
            encode(*encoder, part);
        } catch (...) {
            part.failure = std::current_exception();
        }
        lock.lock();
        part.isReady = true;
        m_changed.notify_all();
    }

    void encode(Encoder& encoder, Part& part) {
        std::vector<Token>& tokens = part.tokens;
        tokens.clear();
        const TakeTokens keep = [&tokens](std::span<const Token> more) {
            tokens.insert(tokens.end(), more.begin(), more.end());
        };
        const Result<Done> done = encodePart(encoder, m_job.text, part.span, m_job.options, keep, m_progress);
        part.error = done.ok() ? std::nullopt : std::optional(done.error());
    }

    Result<Done> takePart(const Part& part, const TakeTokens& take) {
        if (part.failure) {
            std::rethrow_exception(part.failure);
        }
        if (part.error) {
            return *part.error;
        }
        m_progress.reportText(part.span.begin, m_job.text.size());
        take(part.tokens);
        return Done{};
    }

    PartwiseEncoder& m_owner;
    const Job& m_job;
    SharedProgress m_progress{m_job.progress};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Part> m_parts;  // part i is at i modulo their number
    std::size_t m_begin = 0;    // of the first part that nobody has
    std::size_t m_begun = 0;
    std::size_t m_taken = 0;
    unsigned m_helpers = 0;
    bool m_isOver = false;
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
    SharedProgress progress(job.progress);
    for (std::size_t begin = 0; begin < job.text.size();) {
        progress.reportText(begin, job.text.size());
        const std::size_t end = endOfPart(job.text, begin);
        Result<Done> done = encodePart(*encoder, job.text, {begin, end}, job.options, take, progress);
        if (!done.ok()) {
            return done;
        }
        begin = end;
    }
    return Done{};
}

Result<Done> PartwiseEncoder::encodeOnThreads(const Job& job, const TakeTokens& take) {
    const auto line = std::make_shared<Line>(*this, job);
    for (unsigned helpers = 1; helpers < m_pool->threadCount(); ++helpers) {
        m_pool->post(Priority::Normal, [line] { line->help(); });
    }
    return line->run(take);
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
    if (encoder != nullptr) {
        m_idle.push_back(std::move(encoder));
    }
}

}  // namespace lexiscope
