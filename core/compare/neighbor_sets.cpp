// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/neighbor_sets.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include <Eigen/Core>

namespace lexiscope {
namespace {

using Eigen::Index;
using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Words to a block: the products of two blocks fit the second-level cache.
constexpr std::size_t blockWords = 256;
/// Candidates gathered before those out of question are dropped again.
constexpr std::size_t roomForCandidates = 256;
/// More than these are undecided only where very many words lie on each other; then double decides at once.
constexpr std::size_t mostCandidates = 512;
constexpr std::size_t tilesPerPiece = 4;
constexpr std::size_t groupSize = 32;
/// A score below all thresholds, the first ones included.
constexpr float nobody = -std::numeric_limits<float>::infinity();

/// Bound of |float product - cosine|: gamma of D + 8 (Higham, Accuracy and Stability of Numerical Algorithms,
/// 2nd ed., section 3.1), whatever the order of the sums; the 8 are for both divisions by the norms.
float productError(std::size_t dimension) {
    constexpr double unit = 0x1p-24;
    const double roundings = static_cast<double>(dimension + 8) * unit;
    return static_cast<float>(roundings / (1 - roundings));
}

struct Candidate {
    float score = 0;
    std::uint32_t word = 0;
};

bool isNearer(const Candidate& a, const Candidate& b) {
    return a.score > b.score;
}

/// The words that may be among the nearest of one word.
struct Candidates {
    std::vector<Candidate> list;
    std::size_t room = roomForCandidates;
};

/// Calls take(i) for the scores that reach their threshold. Nearly none do: a group is looked at one by one
/// only where one of it may.
template <typename ThresholdAt, typename Take>
void forReached(std::span<const float> scores, const ThresholdAt& thresholdAt, const Take& take) {
    for (std::size_t begin = 0; begin < scores.size(); begin += groupSize) {
        const std::size_t end = std::min(begin + groupSize, scores.size());
        int reached = 0;
        for (std::size_t i = begin; i < end; ++i) {
            reached += scores[i] >= thresholdAt(i) ? 1 : 0;
        }
        for (std::size_t i = begin; reached > 0 && i < end; ++i) {
            if (scores[i] >= thresholdAt(i)) {
                take(i);
            }
        }
    }
}

/// Tiles of the upper triangle, near the diagonal first, so that threads work on different blocks.
struct Tile {
    std::size_t row;
    std::size_t column;
};

class Search {
  public:
    Search(const SharedVectors& vectors, WorkerPool& pool, SharedProgress& progress)
        : m_vectors(vectors),
          m_pool(pool),
          m_progress(progress),
          m_kept(std::min(overlapSizes.back(), vectors.count - 1)),
          m_doubt(2 * productError(vectors.dimension)),
          m_units(static_cast<Index>(vectors.count), static_cast<Index>(vectors.dimension)),
          m_candidates(vectors.count),
          m_thresholds(vectors.count, std::numeric_limits<float>::lowest()),
          m_locks((vectors.count + blockWords - 1) / blockWords) {}

    Result<NeighborSets> run();

  private:
    std::size_t wordsOf(std::size_t block) const {
        return std::min(blockWords, m_vectors.count - block * blockWords);
    }
    void makeUnits();
    std::vector<Tile> tiles() const;
    void compare(const Tile& tile);
    void offer(std::size_t word, std::size_t other, float score);
    void prune(std::size_t word);
    void settle(std::size_t word);
    void orderExactly(std::size_t word, std::span<Candidate> among) const;
    void choose(std::size_t word, std::span<std::uint32_t> out);

    const SharedVectors& m_vectors;
    WorkerPool& m_pool;
    SharedProgress& m_progress;
    std::size_t m_kept;
    float m_doubt;  // two products that differ by more are in the right order
    RowMajor m_units;
    std::vector<Candidates> m_candidates;
    std::vector<float> m_thresholds;  // below: out of question
    std::vector<std::mutex> m_locks;  // one a block: its words' candidates and thresholds
};

void Search::makeUnits() {
    const auto normalise = [this](std::size_t begin, std::size_t end) {
        for (std::size_t word = begin; word < end; ++word) {
            const std::span<const float> row = m_vectors.at(word);
            const double norm = m_vectors.norms[word];
            std::transform(row.begin(), row.end(), m_units.row(static_cast<Index>(word)).data(),
                           [norm](float value) { return static_cast<float>(value / norm); });
        }
    };
    m_pool.parallelFor(m_vectors.count, blockWords, normalise, Priority::Normal);
}

std::vector<Tile> Search::tiles() const {
    std::vector<Tile> tiles;
    for (std::size_t apart = 0; apart < m_locks.size(); ++apart) {
        for (std::size_t row = 0; row + apart < m_locks.size(); ++row) {
            tiles.push_back({row, row + apart});
        }
    }
    return tiles;
}

void Search::offer(std::size_t word, std::size_t other, float score) {
    Candidates& candidates = m_candidates[word];
    candidates.list.push_back({score, static_cast<std::uint32_t>(other)});
    if (candidates.list.size() >= candidates.room) {
        prune(word);
    }
}

/// Drops what cannot be among the nearest: at least m_kept words are nearer for certain.
void Search::prune(std::size_t word) {
    Candidates& candidates = m_candidates[word];
    const auto last = candidates.list.begin() + static_cast<std::ptrdiff_t>(m_kept - 1);
    std::nth_element(candidates.list.begin(), last, candidates.list.end(), isNearer);
    const float threshold = last->score - m_doubt;
    std::erase_if(candidates.list, [threshold](const Candidate& one) { return one.score < threshold; });
    if (candidates.list.size() >= mostCandidates) {
        settle(word);
    }
    candidates.room = std::max(roomForCandidates, 2 * candidates.list.size());
    m_thresholds[word] = threshold;
}

/// Keeps the nearest alone, decided in double precision. The threshold stays right: the last of them is at
/// most m_doubt / 2 below its product.
void Search::settle(std::size_t word) {
    std::vector<Candidate>& list = m_candidates[word].list;
    orderExactly(word, list);
    list.resize(m_kept);
}

void Search::orderExactly(std::size_t word, std::span<Candidate> among) const {
    struct Exact {
        double cosine;
        Candidate candidate;
    };
    std::vector<Exact> exact;
    exact.reserve(among.size());
    for (const Candidate& candidate : among) {
        exact.push_back({cosineOf(m_vectors, word, candidate.word), candidate});
    }
    std::sort(exact.begin(), exact.end(), [](const Exact& a, const Exact& b) {
        return a.cosine != b.cosine ? a.cosine > b.cosine : a.candidate.word < b.candidate.word;
    });
    std::transform(exact.begin(), exact.end(), among.begin(), [](const Exact& one) { return one.candidate; });
}

void Search::compare(const Tile& tile) {
    const std::size_t firstRow = tile.row * blockWords;
    const std::size_t firstColumn = tile.column * blockWords;
    RowMajor scores(static_cast<Index>(wordsOf(tile.row)), static_cast<Index>(wordsOf(tile.column)));
    scores.noalias() = m_units.middleRows(static_cast<Index>(firstRow), scores.rows()) *
                       m_units.middleRows(static_cast<Index>(firstColumn), scores.cols()).transpose();
    if (tile.row == tile.column) {
        scores.diagonal().setConstant(nobody);  // no word is its own neighbour
    }
    {
        const std::scoped_lock lock(m_locks[tile.row]);
        for (Index r = 0; r < scores.rows(); ++r) {
            const std::size_t word = firstRow + static_cast<std::size_t>(r);
            const std::span<const float> line(scores.row(r).data(), static_cast<std::size_t>(scores.cols()));
            forReached(
                line, [&](std::size_t) { return m_thresholds[word]; },
                [&](std::size_t c) { offer(word, firstColumn + c, line[c]); });
        }
    }
    if (tile.row == tile.column) {
        return;
    }
    const std::scoped_lock lock(m_locks[tile.column]);
    for (Index r = 0; r < scores.rows(); ++r) {
        const std::size_t word = firstRow + static_cast<std::size_t>(r);
        const std::span<const float> line(scores.row(r).data(), static_cast<std::size_t>(scores.cols()));
        forReached(
            line, [&](std::size_t c) { return m_thresholds[firstColumn + c]; },
            [&](std::size_t c) { offer(firstColumn + c, word, line[c]); });
    }
}

/// By falling product; where neighbours in that order may be in the wrong one across the edge of a set, in
/// double precision.
void Search::choose(std::size_t word, std::span<std::uint32_t> out) {
    std::vector<Candidate>& list = m_candidates[word].list;
    std::sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.word < b.word;
    });
    for (std::size_t begin = 0; begin < m_kept;) {
        std::size_t end = begin + 1;
        while (end < list.size() && list[end - 1].score - list[end].score <= m_doubt) {
            ++end;
        }
        if (std::any_of(overlapSizes.begin(), overlapSizes.end(),
                        [&](std::size_t size) { return begin < size && size < end; })) {
            orderExactly(word, std::span(list).subspan(begin, end - begin));
        }
        begin = end;
    }
    std::transform(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(m_kept), out.begin(),
                   [](const Candidate& candidate) { return candidate.word; });
    list = {};
}

Result<NeighborSets> Search::run() {
    NeighborSets sets{m_vectors.count, m_kept, std::vector<std::uint32_t>(m_vectors.count * m_kept)};
    makeUnits();
    const std::vector<Tile> all = tiles();
    m_pool.parallelFor(
        all.size(), tilesPerPiece,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end && !m_progress.stopRequested(); ++i) {
                compare(all[i]);
                const std::size_t products = wordsOf(all[i].row) * wordsOf(all[i].column);
                m_progress.add((all[i].row == all[i].column ? products / 2 : products) * m_vectors.dimension);
            }
        },
        Priority::Normal);
    m_pool.parallelFor(
        m_vectors.count, blockWords,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t word = begin; word < end && !m_progress.stopRequested(); ++word) {
                choose(word, std::span(sets.nearest).subspan(word * m_kept, m_kept));
            }
        },
        Priority::Normal);
    if (m_progress.stopRequested()) {
        return cancelled();
    }
    return sets;
}

}  // namespace

Result<NeighborSets> neighborSets(const SharedVectors& vectors, WorkerPool& pool, SharedProgress& progress) {
    if (vectors.count < 2) {
        return NeighborSets{vectors.count, 0, {}};
    }
    return Search(vectors, pool, progress).run();
}

std::uint32_t commonNeighbors(const NeighborSets& first, const NeighborSets& second, std::size_t word,
                              std::size_t size) {
    std::array<std::uint32_t, overlapSizes.back()> here = {};
    std::array<std::uint32_t, overlapSizes.back()> there = {};
    const std::size_t count = std::min({size, first.kept, second.kept});
    std::copy_n(first.of(word).begin(), count, here.begin());
    std::copy_n(second.of(word).begin(), count, there.begin());
    std::sort(here.begin(), here.begin() + static_cast<std::ptrdiff_t>(count));
    std::sort(there.begin(), there.begin() + static_cast<std::ptrdiff_t>(count));
    std::uint32_t common = 0;
    for (std::size_t i = 0, j = 0; i < count && j < count;) {
        common += here[i] == there[j] ? 1 : 0;
        const bool movesHere = here[i] <= there[j];
        j += here[i] >= there[j] ? 1 : 0;
        i += movesHere ? 1 : 0;
    }
    return common;
}

}  // namespace lexiscope
