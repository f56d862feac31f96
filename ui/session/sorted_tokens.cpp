// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/sorted_tokens.h"

#include "ui/session/grouped_text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t blockRows = std::size_t{1} << 15U;  // sorted between two looks at a stop
constexpr double last = std::numeric_limits<double>::infinity();

/// Steps of work, told and stopped together.
class Watch {
  public:
    Watch(Progress& progress, std::uint64_t total) : m_progress(progress), m_total(total) {}
    /// False when asked to stop.
    bool did(std::uint64_t steps) {
        m_done += steps;
        m_progress.report(m_done, m_total, "tokens");
        return !m_progress.stopRequested();
    }

  private:
    Progress& m_progress;
    std::uint64_t m_total;
    std::uint64_t m_done = 0;
};

/// A number for each token that goes with the order of their bytes. Texts say the same tokens again and
/// again: each is compared once. Empty when stopped.
std::vector<double> textKeys(const EncodedText& text, Watch& watch) {
    const std::vector<Token>& tokens = text.encoding.tokens;
    std::vector<std::uint32_t> wordOf(tokens.size());
    std::unordered_map<std::string, std::uint32_t> words;
    std::unordered_map<std::uint32_t, std::uint32_t> wordOfId;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i % blockRows == blockRows - 1 && !watch.did(blockRows)) {
            return {};
        }
        const bool isKnown = tokens[i].id && tokens[i].kind != TokenKind::Unknown;
        const auto known = isKnown ? wordOfId.find(tokens[i].id->value) : wordOfId.end();
        if (known != wordOfId.end()) {
            wordOf[i] = known->second;
            continue;
        }
        const auto number = static_cast<std::uint32_t>(words.size());
        wordOf[i] = words.try_emplace(bytesOf(text, i), number).first->second;
        if (isKnown) {
            wordOfId.emplace(tokens[i].id->value, wordOf[i]);
        }
    }
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted(words.begin(), words.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> rankOfWord(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        rankOfWord[sorted[i].second] = static_cast<double>(i);
    }
    std::vector<double> keys(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        keys[i] = rankOfWord[wordOf[i]];
    }
    return keys;
}

double keyOf(const EncodedText& text, const Token& token, TokenColumn column) {
    switch (column) {
        case TokenColumn::Id:
            return token.id ? token.id->value : last;
        case TokenColumn::Source:
            return static_cast<double>(token.source.begin);
        case TokenColumn::Kind:
            return static_cast<double>(token.kind);
        default: {
            const double rank = rankOf(text, token);
            return std::isnan(rank) ? last : rank;
        }
    }
}

/// Empty when stopped.
std::vector<double> keysOf(const EncodedText& text, TokenColumn column, Watch& watch) {
    if (column == TokenColumn::Text || column == TokenColumn::Bytes || column == TokenColumn::CodePoints) {
        return textKeys(text, watch);
    }
    std::vector<double> keys;
    keys.reserve(text.encoding.tokens.size());
    for (const Token& token : text.encoding.tokens) {
        keys.push_back(keyOf(text, token, column));
        if (keys.size() % blockRows == 0 && !watch.did(blockRows)) {
            return {};
        }
    }
    return keys;
}

/// Merge sort in blocks, for it can be stopped between them. False when it was.
template <typename Less>
bool sortInBlocks(std::vector<std::uint32_t>& order, Less less, Watch& watch) {
    const std::size_t count = order.size();
    const auto at = [](std::vector<std::uint32_t>& of, std::size_t place) {
        return of.begin() + static_cast<std::ptrdiff_t>(place);
    };
    for (std::size_t first = 0; first < count; first += blockRows) {
        const std::size_t end = std::min(first + blockRows, count);
        std::stable_sort(at(order, first), at(order, end), less);
        if (!watch.did(end - first)) {
            return false;
        }
    }
    std::vector<std::uint32_t> merged(count);
    for (std::size_t width = blockRows; width < count; width *= 2) {
        for (std::size_t first = 0; first < count; first += 2 * width) {
            const std::size_t middle = std::min(first + width, count);
            const std::size_t end = std::min(first + 2 * width, count);
            std::merge(at(order, first), at(order, middle), at(order, middle), at(order, end),
                       at(merged, first), less);
            if (!watch.did(end - first)) {
                return false;
            }
        }
        order.swap(merged);
    }
    return true;
}

/// How often each token is touched.
std::uint64_t passesOver(std::size_t count) {
    return 2 + std::bit_width(count / blockRows);
}

}  // namespace

double rankOf(const EncodedText& text, const Token& token) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const Tokenizer* tokenizer = text.tokenizer.get();
    if (!token.id || tokenizer == nullptr || token.id->value >= tokenizer->vocabularySize()) {
        return none;
    }
    if (const std::optional<double> score = tokenizer->score(*token.id)) {
        return *score;
    }
    const std::optional<std::uint32_t> rank = tokenizer->mergeRank(*token.id);
    return rank ? *rank : none;
}

Result<std::shared_ptr<const SortedTokens>> sortTokens(const std::shared_ptr<const EncodedText>& text,
                                                       const TokenSort& sort, Progress& progress) {
    auto sorted = std::make_shared<SortedTokens>();
    sorted->text = text;
    sorted->sort = sort;
    const std::size_t count = text->encoding.tokens.size();
    std::vector<std::uint32_t>& order = sorted->order;
    order.resize(count);
    std::iota(order.begin(), order.end(), 0U);
    if (sort.column == TokenColumn::Place && sort.isDown) {
        std::reverse(order.begin(), order.end());
    } else if (sort.column != TokenColumn::Place && count > 0) {
        Watch watch(progress, count * passesOver(count));
        std::vector<double> keys = keysOf(*text, sort.column, watch);
        if (keys.empty()) {
            return cancelled();
        }
        for (double& key : keys) {
            key = sort.isDown && !std::isinf(key) ? -key : key;
        }
        const auto less = [&keys](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; };
        if (!sortInBlocks(order, less, watch)) {
            return cancelled();
        }
    }
    sorted->rows.resize(count);
    for (std::size_t row = 0; row < count; ++row) {
        sorted->rows[order[row]] = static_cast<std::uint32_t>(row);
    }
    return std::shared_ptr<const SortedTokens>(std::move(sorted));
}

TokenSorting::TokenSorting(JobRunner& runner, QObject* parent)
    : AnalysisOf(runner, QStringLiteral("token order"), parent) {}

void TokenSorting::setInputs(std::shared_ptr<const EncodedText> text, const TokenSort& sort) {
    if (text == m_text && sort == m_sort) {
        return;
    }
    m_text = std::move(text);
    m_sort = sort;
    ++m_version;
    refresh();
}

void TokenSorting::refresh() {
    if (!m_text || isCurrent()) {
        return latest().settle();
    }
    const std::size_t count = m_text->encoding.tokens.size();
    if (count <= mostAtOnce || m_sort.column == TokenColumn::Place) {
        NoProgress progress;
        return latest().take(sortTokens(m_text, m_sort, progress).value());
    }
    latest().compute(
        QString::number(m_version), tr("Sorting %1 tokens").arg(groupedText(count)),
        [text = m_text, sort = m_sort](Progress& progress) { return sortTokens(text, sort, progress); });
}

}  // namespace lexiscope
