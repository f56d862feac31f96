// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analogy_pass.h"

#include "core/embedding/distances.h"
#include "core/search/float_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include <Eigen/Core>

namespace lexiscope {
namespace {

using Eigen::Index;
using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A block of rows and the products with it take at most so much; several threads share it.
constexpr std::size_t blockBytes = std::size_t(4) << 20;
constexpr std::size_t productBytes = std::size_t(16) << 20;
constexpr std::size_t leastBlockRows = 64;
constexpr std::size_t mostBlockRows = 2048;
constexpr std::size_t rowsPerPiece = 64;
constexpr std::size_t wordsPerPiece = 64;
constexpr std::size_t questionsPerPiece = 64;
/// Rows gathered before those out of question are dropped again.
constexpr std::size_t roomForRows = 64;
/// gensim looks at the best five rows besides the ones it asks with.
constexpr std::size_t rowsLookedAt = 5;

struct ScoredRow {
    float score = 0;
    std::uint32_t row = 0;
};

struct Question {
    std::size_t a;  // places of its words among the words of all questions
    std::size_t b;
    std::size_t c;
    float best = -std::numeric_limits<float>::infinity();
    std::vector<ScoredRow> near = {};  // what may be the answer
};

bool hasDirection(double norm) {
    return norm > 0 && std::isfinite(norm);
}

/// Divides by the norm; zeros where there is no direction. Says whether there is one.
bool makeUnit(std::span<const float> row, float* out) {
    const double length = norm(row);
    if (!hasDirection(length)) {
        std::fill_n(out, row.size(), 0.0F);
        return false;
    }
    std::transform(row.begin(), row.end(), out,
                   [length](float value) { return static_cast<float>(static_cast<double>(value) / length); });
    return true;
}

class Pass {
  public:
    Pass(const EmbeddingTable& table, const FoldedWords& words, std::span<const KnownQuestion> questions,
         WorkerPool& pool);

    Result<Done> run(Progress& progress);
    std::vector<std::uint32_t> answers();

  private:
    std::size_t placeOf(std::uint32_t word);
    void readUnits();
    std::size_t blockRows() const;
    void takeBlock(std::size_t first, std::span<const float> values);
    void look(Question& question, std::size_t first, std::size_t count) const;
    void prune(Question& question) const;
    bool isAsked(const Question& question, std::uint32_t row) const;
    double exact(const Question& question, std::size_t row) const;
    std::uint32_t answer(Question& question) const;
    std::size_t othersAhead(const Question& question, const ScoredRow& found, double score) const;

    const EmbeddingTable& m_table;
    const FoldedWords& m_words;
    WorkerPool& m_pool;
    std::size_t m_dimension;
    float m_doubt;  // two scores that differ by more are in the right order
    std::vector<Question> m_questions;
    std::unordered_map<std::uint32_t, std::size_t> m_places;
    std::vector<std::uint32_t> m_asked;                 // the words of all questions
    std::vector<std::vector<std::uint32_t>> m_allRows;  // of each, in any case
    std::vector<std::vector<float>> m_vectors;          // of each's first row
    std::vector<double> m_norms;
    RowMajor m_units;                  // words × D
    RowMajor m_blockUnits;             // rows × D
    RowMajor m_products;               // words × rows
    std::vector<char> m_hasDirection;  // of each row
};

Pass::Pass(const EmbeddingTable& table, const FoldedWords& words, std::span<const KnownQuestion> questions,
           WorkerPool& pool)
    : m_table(table),
      m_words(words),
      m_pool(pool),
      m_dimension(table.dimension()),
      m_doubt(static_cast<float>(2 * 3 * sumError(m_dimension) + 1e-6)),
      m_hasDirection(words.rows(), 0) {
    for (const KnownQuestion& question : questions) {
        const std::size_t a = placeOf(question.a);
        const std::size_t b = placeOf(question.b);
        m_questions.push_back({a, b, placeOf(question.c)});
    }
    m_allRows.resize(m_asked.size());
    for (std::size_t row = 0; row < words.rows(); ++row) {
        if (const auto place = m_places.find(words.wordOf(row)); place != m_places.end()) {
            m_allRows[place->second].push_back(static_cast<std::uint32_t>(row));
        }
    }
    readUnits();
}

std::size_t Pass::placeOf(std::uint32_t word) {
    const auto [place, isNew] = m_places.try_emplace(word, m_asked.size());
    if (isNew) {
        m_asked.push_back(word);
    }
    return place->second;
}

void Pass::readUnits() {
    m_units.resize(static_cast<Index>(m_asked.size()), static_cast<Index>(m_dimension));
    for (std::size_t i = 0; i < m_asked.size(); ++i) {
        m_vectors.push_back(m_table.row(m_words.firstRow(m_asked[i])));
        m_norms.push_back(norm(m_vectors.back()));
        makeUnit(m_vectors.back(), m_units.row(static_cast<Index>(i)).data());
    }
}

std::size_t Pass::blockRows() const {
    const std::size_t fits =
        std::min(blockBytes / (m_dimension * sizeof(float)),
                 productBytes / (std::max<std::size_t>(m_asked.size(), 1) * sizeof(float)));
    return std::clamp(fits, leastBlockRows, mostBlockRows);
}

Result<Done> Pass::run(Progress& progress) {
    const std::size_t rows = m_words.rows();
    bool stopped = progress.stopRequested();
    const auto visit = [&](Row first, std::span<const float> values) {
        takeBlock(first.value, values);
        progress.report(first.value + values.size() / m_dimension, rows, "rows");
        stopped = progress.stopRequested();
        return !stopped;
    };
    if (!stopped && !m_questions.empty()) {
        m_table.visitBlocks(Row{0}, Row{static_cast<std::uint32_t>(rows)}, blockRows(), visit);
    }
    return stopped ? Result<Done>(cancelled()) : m_table.check();
}

void Pass::takeBlock(std::size_t first, std::span<const float> values) {
    const std::size_t count = values.size() / m_dimension;
    m_blockUnits.resize(static_cast<Index>(count), static_cast<Index>(m_dimension));
    m_products.resize(static_cast<Index>(m_asked.size()), static_cast<Index>(count));
    m_pool.parallelFor(
        count, rowsPerPiece,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                m_hasDirection[first + i] = makeUnit(values.subspan(i * m_dimension, m_dimension),
                                                     m_blockUnits.row(static_cast<Index>(i)).data())
                                                ? 1
                                                : 0;
            }
        },
        Priority::Normal);
    m_pool.parallelFor(
        m_asked.size(), wordsPerPiece,
        [&](std::size_t begin, std::size_t end) {
            const Index top = static_cast<Index>(begin);
            const Index height = static_cast<Index>(end - begin);
            m_products.middleRows(top, height).noalias() =
                m_units.middleRows(top, height) * m_blockUnits.transpose();
        },
        Priority::Normal);
    m_pool.parallelFor(
        m_questions.size(), questionsPerPiece,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                look(m_questions[i], first, count);
            }
        },
        Priority::Normal);
}

/// Nearly every block holds no row that may be the answer: its best one is found without asking which.
void Pass::look(Question& question, std::size_t first, std::size_t count) const {
    const auto scores = m_products.row(static_cast<Index>(question.b)).array() -
                        m_products.row(static_cast<Index>(question.a)).array() +
                        m_products.row(static_cast<Index>(question.c)).array();
    if (scores.maxCoeff() < question.best - m_doubt) {
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const float score = scores(static_cast<Index>(i));
        const auto row = static_cast<std::uint32_t>(first + i);
        if (score < question.best - m_doubt || m_hasDirection[row] == 0 ||
            m_words.wordOf(row) == FoldedWords::none || isAsked(question, row)) {
            continue;
        }
        question.best = std::max(question.best, score);
        question.near.push_back({score, row});
        if (question.near.size() % roomForRows == 0) {
            prune(question);
        }
    }
}

void Pass::prune(Question& question) const {
    std::erase_if(question.near, [&](const ScoredRow& near) { return near.score < question.best - m_doubt; });
}

bool Pass::isAsked(const Question& question, std::uint32_t row) const {
    const std::uint32_t word = m_words.wordOf(row);
    return word == m_asked[question.a] || word == m_asked[question.b] || word == m_asked[question.c];
}

double Pass::exact(const Question& question, std::size_t row) const {
    const std::vector<float> values = m_table.row(Row{static_cast<std::uint32_t>(row)});
    const auto part = [&](std::size_t place) {
        return hasDirection(m_norms[place]) ? dot(values, m_vectors[place]) / m_norms[place] : 0.0;
    };
    return (part(question.b) - part(question.a) + part(question.c)) / norm(values);
}

std::uint32_t Pass::answer(Question& question) const {
    prune(question);
    ScoredRow best;
    double bestScore = -std::numeric_limits<double>::infinity();
    for (const ScoredRow& near : question.near) {
        // Rows came in order, so that the first of equals stays.
        if (const double score = exact(question, near.row); score > bestScore) {
            bestScore = score;
            best = near;
        }
    }
    if (question.near.empty() || othersAhead(question, best, bestScore) >= rowsLookedAt) {
        return FoldedWords::none;
    }
    return m_words.wordOf(best.row);
}

/// Rows of the question's words, but for those it is asked with, that are better than what was found.
std::size_t Pass::othersAhead(const Question& question, const ScoredRow& found, double score) const {
    std::vector<std::size_t> places = {question.a, question.b, question.c};
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::size_t ahead = 0;
    for (const std::size_t place : places) {
        for (const std::uint32_t row : m_allRows[place]) {
            if (row == m_words.firstRow(m_asked[place]).value || m_hasDirection[row] == 0) {
                continue;
            }
            const double other = exact(question, row);
            ahead += other > score || (other == score && row < found.row) ? 1 : 0;
        }
    }
    return ahead;
}

std::vector<std::uint32_t> Pass::answers() {
    std::vector<std::uint32_t> found(m_questions.size());
    m_pool.parallelFor(
        m_questions.size(), questionsPerPiece,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                found[i] = answer(m_questions[i]);
            }
        },
        Priority::Normal);
    return found;
}

}  // namespace

Result<std::vector<std::uint32_t>> answerAnalogies(const EmbeddingTable& table, const FoldedWords& words,
                                                   std::span<const KnownQuestion> questions, WorkerPool& pool,
                                                   Progress& progress) {
    Pass pass(table, words, questions, pool);
    const Result<Done> read = pass.run(progress);
    if (!read.ok()) {
        return read.error();
    }
    return pass.answers();
}

}  // namespace lexiscope
