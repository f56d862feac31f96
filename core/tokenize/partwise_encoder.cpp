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

/// The sums at both ends of a part, as far as they are not those of the text. That before it is given.
SumWatch watchOver(std::string_view text, const ByteSpan& part, double sumBefore) {
    SumWatch watch;
    if (part.begin > 0) {
        watch.sums.push_back({part.begin, sumBefore, 0});
        watch.isFirstGiven = true;
    }
    if (part.end < text.size()) {
        watch.sums.push_back({part.end, 0, 0});
    }
    return watch;
}

/// That before the part, as it was given; nothing where no token begins there, so that it does not matter.
const TextSum* sumBefore(const SumWatch& watch, const ByteSpan& part) {
    const bool isMet = part.begin > 0 && !watch.sums.empty() && watch.sums.front().place == part.begin;
    return isMet ? &watch.sums.front() : nullptr;
}

/// Where no token begins there the sum begins anew behind it.
double sumBehind(const SumWatch& watch, const ByteSpan& part) {
    const bool isMet = !watch.sums.empty() && watch.sums.back().place == part.end;
    return isMet ? watch.sums.back().sum : 0;
}

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
        : m_owner(owner),
          m_job(job),
          m_sumsWords(!owner.m_tokenizer.keepsWordsApart()),
          m_parts(owner.m_pool->threadCount() * partsAThread) {}

    /// What a thread of the pool does.
    void help() {
        std::unique_lock lock(m_mutex);
        if (m_isOver) {
            return;
        }
        ++m_helpers;
        std::unique_ptr<Encoder> encoder;
        while (!m_isOver && m_begin < m_job.text.size()) {
            if (mayBegin()) {
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
                if (Result<Done> done = takePart(part, encoder, take); !done.ok()) {
                    return done;
                }
                lock.lock();
                m_sumAByte = m_sum / static_cast<double>(part.span.end);
                ++m_taken;
                m_changed.notify_all();
            } else if (m_begin < m_job.text.size() && mayBegin()) {
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
        SumWatch watch;  // where words are summed
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

    /// Not too far ahead; and of sums something has to be known to guess the next ones.
    bool mayBegin() const {
        return m_begun - m_taken < m_parts.size() && (!m_sumsWords || m_begun == 0 || m_taken > 0);
    }

    void encodeNext(std::unique_ptr<Encoder>& encoder, std::unique_lock<std::mutex>& lock) {
        Part& part = partOf(m_begun);
        ++m_begun;
        part.span = {m_begin, m_owner.endOfPart(m_job.text, m_begin)};
        part.isReady = false;
        m_begin = part.span.end;
        // As a float32, as some keep it.
        const auto guess = static_cast<float>(m_sumAByte * static_cast<double>(part.span.begin));
        lock.unlock();
        try {
            encode(encoder, part, guess);
        } catch (...) {
            part.failure = std::current_exception();
        }
        lock.lock();
        part.isReady = true;
        m_changed.notify_all();
    }

    void encode(std::unique_ptr<Encoder>& encoder, Part& part, double before) {
        if (encoder == nullptr) {
            encoder = m_owner.borrow();
        }
        std::vector<Token>& tokens = part.tokens;
        tokens.clear();
        const TakeTokens keep = [&tokens](std::span<const Token> more) {
            tokens.insert(tokens.end(), more.begin(), more.end());
        };
        part.watch = m_sumsWords ? watchOver(m_job.text, part.span, before) : SumWatch();
        const Result<Done> done = encodePart(*encoder, m_job.text, part.span, m_job.options, keep, m_progress,
                                             m_sumsWords ? &part.watch : nullptr);
        part.error = done.ok() ? std::nullopt : std::optional(done.error());
    }

    Result<Done> takePart(Part& part, std::unique_ptr<Encoder>& encoder, const TakeTokens& take) {
        if (part.failure) {
            std::rethrow_exception(part.failure);
        }
        const TextSum* before = sumBefore(part.watch, part.span);
        if (!part.error && before != nullptr &&
            !m_owner.m_tokenizer.goesOnAlike(before->sum, before->lowest, m_sum)) {
            encode(encoder, part, m_sum);
            before = sumBefore(part.watch, part.span);
        }
        if (part.error) {
            return *part.error;
        }
        m_sum = sumBehind(part.watch, part.span) + (before != nullptr ? m_sum - before->sum : 0);
        m_progress.reportText(part.span.begin, m_job.text.size());
        take(part.tokens);
        return Done{};
    }

    PartwiseEncoder& m_owner;
    const Job& m_job;
    bool m_sumsWords;
    SharedProgress m_progress{m_job.progress};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Part> m_parts;  // part i is at i modulo their number
    std::size_t m_begin = 0;    // of the first part that nobody has
    std::size_t m_begun = 0;
    std::size_t m_taken = 0;
    double m_sumAByte = 0;
    double m_sum = 0;  // behind the parts that were taken; of the calling thread
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
    const bool canBeParted = m_tokenizer.keepsWordsApart() || m_tokenizer.sumsWords();
    if (!canBeParted || endOfPart(text, 0) == text.size()) {
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
    const bool sumsWords = !m_tokenizer.keepsWordsApart();
    double sum = 0;
    for (std::size_t begin = 0; begin < job.text.size();) {
        progress.reportText(begin, job.text.size());
        const ByteSpan part{begin, endOfPart(job.text, begin)};
        SumWatch watch = sumsWords ? watchOver(job.text, part, sum) : SumWatch();
        Result<Done> done =
            encodePart(*encoder, job.text, part, job.options, take, progress, sumsWords ? &watch : nullptr);
        if (!done.ok()) {
            return done;
        }
        sum = sumBehind(watch, part);
        begin = part.end;
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
