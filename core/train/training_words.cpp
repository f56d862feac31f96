// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_words.h"

#include "core/base/grouped.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

/// Words with how often each was met, in the order they were met first.
struct Counts {
    Vocabulary::Builder words;
    std::vector<std::uint64_t> counts;
    std::uint64_t brokenBytes = 0;

    void add(std::string_view word, std::uint64_t count) {
        if (const std::optional<Row> row = words.find(word)) {
            counts[row->value] += count;
        } else {
            words.add(word);
            counts.push_back(count);
        }
    }
};

void countBlock(std::string_view text, WordSplit split, Counts& counts) {
    WordCursor cursor(text, split);
    for (WordCursor::Found found = cursor.next(); found != WordCursor::Found::End; found = cursor.next()) {
        if (found == WordCursor::Found::Word) {
            counts.add(cursor.word(), 1);
        }
    }
    counts.brokenBytes += cursor.brokenBytes();
}

/// The words of all blocks; what each worker met is put together as soon as it has no block left.
class Counting {
  public:
    Counting(const Corpus& corpus, Progress& progress) : m_corpus(corpus), m_progress(progress) {}

    void work() {
        Counts counts;
        while (!m_stopped.load(std::memory_order_relaxed)) {
            const std::size_t index = m_next.fetch_add(1, std::memory_order_relaxed);
            if (index >= m_corpus.blockCount()) {
                break;
            }
            const std::string_view text = m_corpus.block(index);
            countBlock(text, m_corpus.split(), counts);
            finishBlock(text.size());
        }
        const std::lock_guard lock(m_mutex);
        join(std::move(counts));
    }

    bool stopped() const { return m_stopped; }
    Counts& counts() { return m_all; }

  private:
    void finishBlock(std::size_t size) {
        const std::lock_guard lock(m_mutex);
        m_bytes += size;
        m_progress.report(m_bytes, m_corpus.size(), "bytes");
        if (m_progress.stopRequested()) {
            m_stopped = true;
        }
    }

    void join(Counts counts) {
        if (counts.counts.size() > m_all.counts.size()) {
            std::swap(counts, m_all);
        }
        m_all.brokenBytes += counts.brokenBytes;
        const Vocabulary words = std::move(counts.words).build(WordMark::None);
        for (std::size_t i = 0; i < words.size(); ++i) {
            m_all.add(words.spelling(Row{static_cast<std::uint32_t>(i)}), counts.counts[i]);
        }
    }

    const Corpus& m_corpus;
    Progress& m_progress;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex;  // guards the rest
    std::uint64_t m_bytes = 0;
    Counts m_all;
};

TrainingWords choose(Counts counts, const WordChoice& choice) {
    TrainingWords chosen;
    chosen.distinct = counts.counts.size();
    chosen.words = std::accumulate(counts.counts.begin(), counts.counts.end(), std::uint64_t(0));
    chosen.brokenBytes = counts.brokenBytes;
    const Vocabulary met = std::move(counts.words).build(WordMark::None);
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < met.size(); ++i) {
        if (counts.counts[i] >= choice.minCount) {
            order.push_back(i);
        }
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return counts.counts[a] != counts.counts[b] ? counts.counts[a] > counts.counts[b]
                                                    : met.spelling(Row{a}) < met.spelling(Row{b});
    });
    if (choice.most != 0 && order.size() > choice.most) {
        order.resize(choice.most);
    }
    Vocabulary::Builder builder;
    for (const std::uint32_t i : order) {
        builder.add(met.spelling(Row{i}));
        chosen.counts.push_back(counts.counts[i]);
        chosen.total += counts.counts[i];
    }
    chosen.vocabulary = std::move(builder).build(WordMark::None);
    return chosen;
}

Error tooFewWords(const Corpus& corpus, const TrainingWords& chosen, const WordChoice& choice) {
    const std::string where = corpus.path().string();
    if (chosen.distinct < 2) {
        return {ErrorCode::Broken, where,
                chosen.distinct == 0 ? "there is no word in it" : "it holds one word alone",
                "training needs a text of many thousand words"};
    }
    return {ErrorCode::Broken, where,
            "of its " + grouped(chosen.distinct) + " different words " +
                (chosen.counts.empty() ? "none" : "one alone") + " stands in it " + grouped(choice.minCount) +
                " times or more",
            "take a longer text, or a smaller least count"};
}

}  // namespace

Result<TrainingWords> countWords(const Corpus& corpus, const WordChoice& choice, WorkerPool& pool,
                                 Progress& progress) {
    Counting counting(corpus, progress);
    const std::size_t workers = std::min<std::size_t>(pool.threadCount(), corpus.blockCount());
    pool.parallelFor(
        workers, 1, [&](std::size_t, std::size_t) { counting.work(); }, Priority::Normal);
    if (counting.stopped()) {
        return cancelled();
    }
    const Result<Done> sound = corpus.check();
    if (!sound.ok()) {
        return sound.error();
    }
    TrainingWords chosen = choose(std::move(counting.counts()), choice);
    return chosen.counts.size() < 2 ? Result<TrainingWords>(tooFewWords(corpus, chosen, choice))
                                    : Result<TrainingWords>(std::move(chosen));
}

}  // namespace lexiscope
