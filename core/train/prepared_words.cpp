// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/prepared_words.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t wordsAtOnce = 1U << 13U;

class Preparing {
  public:
    Preparing(const PieceCounts& words, const NormalizerPtr& normalizer, const PreTokenizerPtr& preTokenizer,
              Progress& progress)
        : m_words(words), m_normalizer(normalizer), m_preTokenizer(preTokenizer), m_progress(progress) {}

    void work(std::size_t first, std::size_t last) {
        if (m_stopped) {
            return;
        }
        PieceCounts pieces;
        std::optional<Error> error;
        for (std::size_t word = first; word < last && !error; ++word) {
            error = addPieces(word, pieces);
        }
        const std::lock_guard lock(m_mutex);
        m_all.add(pieces);
        m_done += last - first;
        m_progress.report(m_done, m_words.size(), "words");
        if (error && !m_error) {
            m_error = std::move(error);
        }
        if (m_progress.stopRequested() || m_error) {
            m_stopped = true;
        }
    }

    Result<PieceCounts> take() {
        if (m_error) {
            return *m_error;
        }
        return m_stopped ? Result<PieceCounts>(cancelled()) : Result<PieceCounts>(std::move(m_all));
    }

  private:
    std::optional<Error> addPieces(std::size_t word, PieceCounts& pieces) const {
        AlignedText text(m_words.piece(word));
        if (m_normalizer) {
            Result<AlignedText> normalized = m_normalizer->apply(std::move(text), NoProgress());
            if (!normalized.ok()) {
                return normalized.error();
            }
            text = std::move(normalized).value();
        }
        SplitText split{std::move(text), {}};
        if (split.text.size() > 0) {
            split.pieces.push_back({0, split.text.size()});
        }
        if (m_preTokenizer) {
            if (const Result<Done> done = m_preTokenizer->apply(split); !done.ok()) {
                return done.error();
            }
        }
        for (const ByteSpan& piece : split.pieces) {
            pieces.add(split.text.text().substr(piece.begin, piece.size()), m_words.count(word));
        }
        return std::nullopt;
    }

    const PieceCounts& m_words;
    const NormalizerPtr& m_normalizer;
    const PreTokenizerPtr& m_preTokenizer;
    Progress& m_progress;
    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex;  // guards the rest
    std::uint64_t m_done = 0;
    std::optional<Error> m_error;
    PieceCounts m_all;
};

}  // namespace

Result<PieceCounts> prepareWords(const PieceCounts& words, const NormalizerPtr& normalizer,
                                 const PreTokenizerPtr& preTokenizer, WorkerPool& pool, Progress& progress) {
    Preparing preparing(words, normalizer, preTokenizer, progress);
    pool.parallelFor(
        words.size(), wordsAtOnce, [&](std::size_t first, std::size_t last) { preparing.work(first, last); },
        Priority::Normal);
    return preparing.take();
}

std::vector<CountedCharacter> charactersOf(const PieceCounts& pieces) {
    std::unordered_map<char32_t, std::uint64_t> counts;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string_view piece = pieces.piece(i);
        for (std::size_t place = 0; place < piece.size();) {
            const CodePoint point = codePointAt(piece, place);
            if (point.valid) {
                counts[point.value] += pieces.count(i);
            }
            place += point.size;
        }
    }
    std::vector<std::pair<char32_t, std::uint64_t>> sorted(counts.begin(), counts.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    std::vector<CountedCharacter> characters;
    for (const auto& [character, count] : sorted) {
        CountedCharacter each;
        appendUtf8(each.text, character);
        each.count = count;
        characters.push_back(std::move(each));
    }
    return characters;
}

}  // namespace lexiscope
