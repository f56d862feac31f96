// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/unigram_learner.h"

#include "core/train/piece_lattice.h"
#include "core/train/prepared_words.h"
#include "core/train/symbol_text.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <mutex>
#include <numbers>
#include <numeric>

namespace lexiscope {
namespace {

constexpr std::size_t wordsAtOnce = 1U << 12U;
constexpr std::size_t piecesAtOnce = 1U << 13U;
constexpr double countUnit = 1U << 20U;  // sums of counts are whole numbers of its inverse
constexpr double scoreUnit = 1U << 10U;  // likewise of log-probabilities
constexpr double leastCount = 0.5;       // of a piece of more than one character
constexpr double nearWanted = 1.1;

/// For what is not negative; std::llround would be a call for each place of each word.
std::uint64_t nearest(double number) {
    return static_cast<std::uint64_t>(number + 0.5);  // NOLINT(bugprone-incorrect-roundings)
}

/// Working memory that each piece of parallel work takes and gives back.
template <typename T>
class Spares {
  public:
    explicit Spares(std::function<std::unique_ptr<T>()> make) : m_make(std::move(make)) {}
    std::unique_ptr<T> take() {
        const std::lock_guard lock(m_mutex);
        if (m_free.empty()) {
            return m_make();
        }
        std::unique_ptr<T> spare = std::move(m_free.back());
        m_free.pop_back();
        return spare;
    }
    void giveBack(std::unique_ptr<T> spare) {
        const std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(spare));
    }
    std::vector<std::unique_ptr<T>>& all() { return m_free; }

  private:
    std::function<std::unique_ptr<T>()> m_make;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<T>> m_free;
};

/// Counts of one thread, of each piece.
struct Sums {
    Sums(const ScoredStrings& strings, const SymbolTrie& trie)
        : lattice(strings, trie), counts(strings.size()) {}
    PieceLattice lattice;
    std::vector<std::uint64_t> counts;
    std::uint64_t loss = 0;  // of all words, -log p
};

class Learner {
  public:
    Learner(const SymbolText& text, const UnigramLearning& options, WorkerPool& pool, Progress& progress)
        : m_text(text), m_options(options), m_pool(pool), m_progress(progress) {}

    /// Single characters and the frequent strings, in the order of their symbols.
    void seed() {
        std::vector<FrequentString> strings =
            frequentStrings(m_text, m_options.longestPiece, m_options.mostSeeds);
        std::vector<std::uint64_t> singles(m_text.alphabet().size());
        for (std::size_t word = 0; word < m_text.words(); ++word) {
            for (const std::uint32_t symbol : m_text.word(word)) {
                singles[symbol] += m_text.weight(word);
            }
        }
        double total = 0;
        for (const FrequentString& string : strings) {
            total += static_cast<double>(string.count * string.size);
        }
        total += static_cast<double>(std::accumulate(singles.begin(), singles.end(), std::uint64_t{0}));
        const double logTotal = std::log(total);
        // Strings come in the order of the suffixes that they begin, the longer of equal beginnings first.
        std::sort(strings.begin(), strings.end(), [&](const FrequentString& a, const FrequentString& b) {
            const auto textOf = [&](const FrequentString& s) {
                return m_text.symbols().subspan(s.begin, s.size);
            };
            return std::ranges::lexicographical_compare(textOf(a), textOf(b));
        });
        auto next = strings.begin();
        for (std::uint32_t symbol = 0; symbol < singles.size(); ++symbol) {
            const double count = std::max(static_cast<double>(singles[symbol]), leastCount);
            m_pieces.add(std::span(&symbol, 1), std::log(count) - logTotal);
            for (; next != strings.end() && m_text.symbols()[next->begin] == symbol; ++next) {
                m_pieces.add(m_text.symbols().subspan(next->begin, next->size),
                             std::log(static_cast<double>(next->count * next->size)) - logTotal);
            }
        }
    }

    std::size_t size() const { return m_pieces.size(); }
    const ScoredStrings& pieces() const { return m_pieces; }

    /// One step of expectation and maximization; false when asked to stop. Sets bitsPerCharacter().
    bool step() {
        const SymbolTrie trie(m_pieces);
        Spares<Sums> spares([&] { return std::make_unique<Sums>(m_pieces, trie); });
        const bool wentOn = forWords(spares, [this](std::size_t word, Sums& sums) {
            const auto weight = static_cast<double>(m_text.weight(word));
            const double score =
                sums.lattice.expect(m_text.word(word), [&](std::uint32_t piece, double share) {
                    sums.counts[piece] += nearest(share * weight * countUnit);
                });
            sums.loss += nearest(std::max(0.0, -score) * weight * scoreUnit);
        });
        if (!wentOn) {
            return false;
        }
        std::vector<std::uint64_t> counts(m_pieces.size());
        std::uint64_t loss = 0;
        for (const std::unique_ptr<Sums>& sums : spares.all()) {
            std::transform(counts.begin(), counts.end(), sums->counts.begin(), counts.begin(), std::plus<>());
            loss += sums->loss;
        }
        m_bits = static_cast<double>(loss) / scoreUnit / std::numbers::ln2 / characters();
        maximize(counts);
        return true;
    }

    double bitsPerCharacter() const { return m_bits; }

    /// Leaves so many pieces, or fewer; false when asked to stop.
    bool prune(std::size_t wanted) {
        const SymbolTrie trie(m_pieces);
        Spares<Sums> spares([&] { return std::make_unique<Sums>(m_pieces, trie); });
        const bool wentOn = forWords(spares, [this](std::size_t word, Sums& sums) {
            for (const std::uint32_t piece : sums.lattice.best(m_text.word(word), false)) {
                sums.counts[piece] += m_text.weight(word);
            }
        });
        if (!wentOn) {
            return false;
        }
        std::vector<std::uint64_t> counts(m_pieces.size());
        for (const std::unique_ptr<Sums>& sums : spares.all()) {
            std::transform(counts.begin(), counts.end(), sums->counts.begin(), counts.begin(), std::plus<>());
        }
        keep(lossesOf(counts, spares), wanted);
        return true;
    }

  private:
    static constexpr double never = -1;      // a loss of nothing: the piece goes
    static constexpr double always = 1e300;  // it stays

    double characters() const {
        double sum = 0;
        for (std::size_t word = 0; word < m_text.words(); ++word) {
            sum += static_cast<double>(m_text.weight(word) * m_text.word(word).size());
        }
        return sum;
    }

    template <typename Body>
    bool forWords(Spares<Sums>& spares, const Body& body) {
        std::atomic<bool> stopped = false;
        m_pool.parallelFor(
            m_text.words(), wordsAtOnce,
            [&](std::size_t first, std::size_t last) {
                if (stopped || m_progress.stopRequested()) {
                    stopped = true;
                    return;
                }
                std::unique_ptr<Sums> sums = spares.take();
                for (std::size_t word = first; word < last; ++word) {
                    body(word, *sums);
                }
                spares.giveBack(std::move(sums));
            },
            Priority::Normal);
        return !stopped;
    }

    void maximize(const std::vector<std::uint64_t>& counts) {
        ScoredStrings kept;
        std::vector<double> countsKept;
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            const bool isSingle = m_pieces.length(i) == 1;
            const double count = static_cast<double>(counts[i]) / countUnit;
            if (isSingle || count >= leastCount) {
                kept.add(m_pieces.symbols(i), 0);
                countsKept.push_back(std::max(count, leastCount));
            }
        }
        const double logSum = digamma(std::accumulate(countsKept.begin(), countsKept.end(), 0.0));
        for (std::size_t i = 0; i < kept.size(); ++i) {
            kept.setScore(i, digamma(countsKept[i]) - logSum);
        }
        m_pieces = std::move(kept);
    }

    /// What the text would lose with each piece.
    std::vector<double> lossesOf(const std::vector<std::uint64_t>& counts, Spares<Sums>& spares) {
        const auto sum = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
        std::vector<double> losses(m_pieces.size());
        m_pool.parallelFor(
            m_pieces.size(), piecesAtOnce,
            [&](std::size_t first, std::size_t last) {
                std::unique_ptr<Sums> sums = spares.take();
                for (std::size_t i = first; i < last; ++i) {
                    losses[i] = lossOf(i, counts, sum, sums->lattice);
                }
                spares.giveBack(std::move(sums));
            },
            Priority::Normal);
        return losses;
    }

    double lossOf(std::size_t piece, const std::vector<std::uint64_t>& counts, double sum,
                  PieceLattice& lattice) const {
        if (m_pieces.length(piece) == 1) {
            return always;
        }
        const std::vector<std::uint32_t>& others = lattice.best(m_pieces.symbols(piece), true);
        double score = 0;
        for (const std::uint32_t other : others) {
            score += m_pieces.score(other);
        }
        const auto count = static_cast<double>(counts[piece]);
        if (score > m_pieces.score(piece) || counts[piece] == 0) {
            return never;
        }
        // Where it goes, its places are told in the others, which are then met more often.
        const double logSum = std::log(sum + count * static_cast<double>(others.size() - 1));
        double without = 0;
        for (const std::uint32_t other : others) {
            without += std::log(static_cast<double>(counts[other]) + count) - logSum;
        }
        return std::max(0.0, count * (std::log(count) - std::log(sum) - without));
    }

    void keep(const std::vector<double>& losses, std::size_t wanted) {
        std::vector<std::uint32_t> order;
        for (std::uint32_t i = 0; i < losses.size(); ++i) {
            if (losses[i] != never) {
                order.push_back(i);
            }
        }
        if (order.size() > wanted) {
            std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
                return losses[a] != losses[b] ? losses[a] > losses[b] : a < b;
            });
            order.resize(std::max(wanted, m_text.alphabet().size()));
            std::sort(order.begin(), order.end());
        }
        ScoredStrings kept;
        for (const std::uint32_t i : order) {
            kept.add(m_pieces.symbols(i), m_pieces.score(i));
        }
        m_pieces = std::move(kept);
    }

    const SymbolText& m_text;
    const UnigramLearning& m_options;
    WorkerPool& m_pool;
    Progress& m_progress;
    ScoredStrings m_pieces;
    double m_bits = 0;
};

/// The most frequent characters.
std::vector<std::string> alphabetOf(const PieceCounts& words, const UnigramLearning& options) {
    const std::vector<CountedCharacter> characters = charactersOf(words);
    double total = 0;
    for (const CountedCharacter& character : characters) {
        total += static_cast<double>(character.count);
    }
    std::vector<std::string> alphabet;
    double covered = 0;
    for (const CountedCharacter& character : characters) {
        if (covered >= options.characterCoverage * total || alphabet.size() == options.pieces / 2) {
            break;
        }
        alphabet.push_back(character.text);
        covered += static_cast<double>(character.count);
    }
    return alphabet;
}

std::vector<std::pair<std::string, double>> finalPieces(const SymbolText& text, const ScoredStrings& pieces,
                                                        std::size_t wanted) {
    std::vector<std::uint32_t> order(pieces.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto isBefore = [&](std::uint32_t a, std::uint32_t b) {
        return pieces.score(a) != pieces.score(b) ? pieces.score(a) > pieces.score(b) : a < b;
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const bool aIsSingle = pieces.length(a) == 1;
        return aIsSingle != (pieces.length(b) == 1) ? aIsSingle : isBefore(a, b);
    });
    order.resize(std::min(order.size(), wanted));
    std::sort(order.begin(), order.end(), isBefore);
    std::vector<std::pair<std::string, double>> all;
    all.reserve(order.size());
    for (const std::uint32_t piece : order) {
        all.emplace_back(text.spelling(pieces.symbols(piece)), pieces.score(piece));
    }
    return all;
}

}  // namespace

double digamma(double x) {
    constexpr double asymptotic = 10;
    double result = 0;
    for (; x < asymptotic; x += 1) {
        result -= 1 / x;
    }
    const double square = 1 / (x * x);
    return result + std::log(x) - 0.5 / x -
           square *
               (1.0 / 12 -
                square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132)))));
}

Result<std::vector<std::pair<std::string, double>>> learnUnigram(const PieceCounts& words,
                                                                 const UnigramLearning& options,
                                                                 TokenizerWatcher* watcher, WorkerPool& pool,
                                                                 Progress& progress) {
    const SymbolText text(words, alphabetOf(words, options));
    if (text.words() == 0) {
        return Error{ErrorCode::Broken, "the text", "has no character to learn from", "take a longer text"};
    }
    Learner learner(text, options, pool, progress);
    if (progress.stopRequested()) {
        return cancelled();
    }
    learner.seed();
    const auto wanted = static_cast<std::size_t>(
        nearWanted * static_cast<double>(std::max(options.pieces, text.alphabet().size())));
    const double ratio = static_cast<double>(learner.size()) / static_cast<double>(wanted);
    const auto rounds = static_cast<std::uint64_t>(
        1 + std::max(0.0, std::ceil(std::log(ratio) / -std::log(options.shrinking))));
    for (std::uint64_t round = 0;; ++round) {
        for (std::size_t step = 0; step < options.steps; ++step) {
            progress.report(std::min(round, rounds), rounds, "rounds");
            if (!learner.step()) {
                return cancelled();
            }
        }
        if (watcher != nullptr) {
            watcher->finished({learner.size(), learner.bitsPerCharacter()});
        }
        if (learner.size() <= wanted) {
            break;
        }
        const auto smaller =
            static_cast<std::size_t>(options.shrinking * static_cast<double>(learner.size()));
        if (!learner.prune(std::max(wanted, smaller))) {
            return cancelled();
        }
    }
    progress.report(rounds, rounds, "rounds");
    return finalPieces(text, learner.pieces(), options.pieces);
}

}  // namespace lexiscope
