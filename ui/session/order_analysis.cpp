// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/order_analysis.h"

#include "core/base/utf8.h"
#include "core/position/input_sum.h"
#include "core/position/sinusoidal.h"
#include "ui/session/scale_limit.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

namespace lexiscope {
namespace {

using OrderValue = std::shared_ptr<const OrderResult>;

constexpr std::uint64_t mostTries = 64;  // to find another order

/// A word of a vocabulary without tokenizer, as it is written or in lower case.
std::optional<Row> findWord(const Vocabulary& vocabulary, const std::string& word) {
    for (const std::string& form : {word, toLower(word)}) {
        const std::string marked = std::string(markOf(vocabulary.wordMark())) + form;
        if (const std::optional<Row> row = vocabulary.find(marked)) {
            return row;
        }
        if (const std::optional<Row> row = vocabulary.find(form)) {
            return row;
        }
    }
    return std::nullopt;
}

/// Without a tokenizer, white space parts the words.
std::vector<Token> lookUpWords(const Vocabulary& vocabulary, std::string_view text) {
    std::vector<Token> tokens;
    std::size_t begin = 0;
    const auto end = [&](std::size_t at) {
        if (at > begin) {
            const std::optional<Row> row = findWord(vocabulary, std::string(text.substr(begin, at - begin)));
            tokens.push_back({row ? std::optional(tokenIdOf(*row)) : std::nullopt,
                              {begin, at},
                              row ? TokenKind::Normal : TokenKind::Unknown});
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = codePointAt(text, at).size;
        if (isSpace(codePointAt(text, at))) {
            end(at);
            begin = at + size;
        }
        at += size;
    }
    end(text.size());
    return tokens;
}

Result<std::vector<Token>> cut(const Model& model, std::string_view text, Progress& progress) {
    if (!model.tokenizer) {
        return lookUpWords(*model.vocabulary, text);
    }
    Result<Encoding> encoding = model.tokenizer->encode(text, {}, progress);
    if (!encoding.ok()) {
        return encoding.error();
    }
    return std::move(encoding).value().tokens;
}

/// A token of a later word has white space in front of it, or begins with some.
bool beginsWord(std::string_view text, const Token& token) {
    const std::size_t at = token.source.begin;
    if (at == 0 || token.source.size() == 0 || isSpace(codePointAt(text, at))) {
        return true;
    }
    std::size_t before = at - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U) {
        --before;  // to the first byte of the character
    }
    return isSpace(codePointAt(text, before));
}

/// Tokens and words, as many as there is room for.
Result<OrderedText> tokensOf(const Model& model, const QString& sentence, Progress& progress) {
    std::string text = sentence.toStdString();
    if (!markOf(model.vocabulary->wordMark()).empty() && !text.empty() && !isSpace(codePointAt(text, 0))) {
        text.insert(text.begin(), ' ');
    }
    const Result<std::vector<Token>> tokens = cut(model, text, progress);
    if (!tokens.ok()) {
        return tokens.error();
    }
    const std::size_t room =
        model.positions ? std::min(OrderAnalysis::mostTokens, placeCount(model)) : OrderAnalysis::mostTokens;
    OrderedText result;
    std::size_t word = 0;
    for (const Token& token : tokens.value()) {
        if (!token.id) {
            result.unknown.emplace_back(text.substr(token.source.begin, token.source.size()));
        } else if (result.size() < room) {
            word += !result.ids.empty() && beginsWord(text, token) ? 1 : 0;
            result.ids.push_back(*token.id);
            result.words.push_back(word);
        } else {
            ++result.beyond;
        }
    }
    return result;
}

std::vector<float> narrowed(const std::vector<double>& values) {
    std::vector<float> result(values.size());
    std::transform(values.begin(), values.end(), result.begin(),
                   [](double value) { return static_cast<float>(value); });
    return result;
}

/// Positions of the first n places, n × D.
Result<std::vector<float>> positionsOf(const Model& model, std::size_t count) {
    const std::size_t dimension = model.table->dimension();
    std::vector<float> values(count * dimension);
    if (model.positions) {
        if (model.positions->dimension() != dimension) {
            return Error{ErrorCode::InvalidArgument,
                         model.name,
                         "the rows of positions and of tokens have different lengths",
                         {}};
        }
        model.positions->widen(positionRowAt(model, 0), count, values);
        if (const Result<Done> read = model.positions->check(); !read.ok()) {
            return read.error();
        }
        return values;
    }
    const SinusoidalOptions options{std::max<std::size_t>(count, 1), dimension};
    if (const Result<Done> sound = validate(options); !sound.ok()) {
        return sound.error();
    }
    for (std::size_t place = 0; place < count; ++place) {
        sinusoidalRow(options, place, std::span(values).subspan(place * dimension, dimension));
    }
    return values;
}

Result<Done> addRows(const Model& model, std::span<const float> positions, OrderedText& text) {
    const std::size_t dimension = model.table->dimension();
    text.rows.resize(text.size() * dimension);
    for (std::size_t i = 0; i < text.size(); ++i) {
        model.table->widen(rowOf(text.ids[i]), 1, std::span(text.rows).subspan(i * dimension, dimension));
    }
    if (const Result<Done> read = model.table->check(); !read.ok()) {
        return read;
    }
    text.sums = inputSum(text.rows, positions.first(text.rows.size()));
    text.states = narrowed(runningStates(text.rows, dimension, OrderAnalysis::decay));
    if (text.size() > 0) {
        text.mean = narrowed(meanRow(text.rows, dimension));
        text.meanSum = narrowed(meanRow(text.sums, dimension));
    }
    return Done{};
}

/// The words in another order, the tokens of each staying together.
OrderedText shuffledText(const OrderedText& text, std::uint64_t shuffle) {
    const std::size_t count = text.words.empty() ? 0 : text.words.back() + 1;
    const auto inOrder = [&](const std::vector<std::size_t>& places) {
        OrderedText result;
        for (std::size_t word = 0; word < count; ++word) {
            for (std::size_t i = 0; i < text.size(); ++i) {
                if (text.words[i] == places[word]) {
                    result.ids.push_back(text.ids[i]);
                    result.words.push_back(word);
                }
            }
        }
        return result;
    };
    OrderedText result = inOrder(shuffledPlaces(count, shuffle * mostTries));
    for (std::uint64_t attempt = 1; attempt < mostTries && result.ids == text.ids; ++attempt) {
        result = inOrder(shuffledPlaces(count, shuffle * mostTries + attempt));
    }
    return result;
}

std::optional<std::array<OrderDistances, 2>> distancesOf(const OrderedText& a, const OrderedText& b,
                                                         std::size_t dimension) {
    if (a.size() == 0 || b.size() == 0) {
        return std::nullopt;
    }
    const std::span<const float> query = std::span(a.rows).first(dimension);
    return std::array{orderDistances(a.rows, b.rows, query, OrderAnalysis::decay),
                      orderDistances(a.sums, b.sums, query, OrderAnalysis::decay)};
}

Result<OrderValue> read(const std::shared_ptr<const Model>& model, const SentencePair& sentences,
                        std::uint64_t shuffle, Progress& progress) {
    auto result = std::make_shared<OrderResult>();
    result->model = model;
    result->sentences = sentences;
    result->shuffle = shuffle;
    result->hasLearned = model->positions != nullptr;
    for (const auto& [sentence, text] :
         {std::pair(&sentences.first, &result->first), std::pair(&sentences.second, &result->second)}) {
        Result<OrderedText> cutText = tokensOf(*model, *sentence, progress);
        if (!cutText.ok()) {
            return cutText.error();
        }
        *text = std::move(cutText).value();
    }
    result->shuffled = shuffledText(result->first, shuffle);
    Result<std::vector<float>> positions =
        positionsOf(*model, std::max(result->first.size(), result->second.size()));
    if (!positions.ok()) {
        return positions.error();
    }
    result->positions = std::move(positions).value();
    double count = 0;
    double squares = 0;
    for (OrderedText* text : {&result->first, &result->second, &result->shuffled}) {
        if (const Result<Done> added = addRows(*model, result->positions, *text); !added.ok()) {
            return added.error();
        }
        squares += sumOfSquares(text->rows, count) + sumOfSquares(text->sums, count);
    }
    result->limit = scaleLimit(squares, count);
    const std::size_t dimension = model->table->dimension();
    result->ofSentences = distancesOf(result->first, result->second, dimension);
    result->ofShuffle = distancesOf(result->first, result->shuffled, dimension);
    return OrderValue(std::move(result));
}

}  // namespace

OrderAnalysis::OrderAnalysis(JobRunner& runner, QObject* parent)
    : AnalysisOf(runner, QStringLiteral("order"), parent) {}

bool OrderAnalysis::isCurrent() const {
    return result() && result()->model == m_model && result()->sentences == m_sentences &&
           result()->shuffle == m_shuffle;
}

void OrderAnalysis::setInputs(std::shared_ptr<const Model> model, const SentencePair& sentences,
                              std::uint64_t shuffle) {
    if (model == m_model && sentences == m_sentences && shuffle == m_shuffle) {
        return;
    }
    m_model = std::move(model);
    m_sentences = sentences;
    m_shuffle = shuffle;
    refresh();
}

void OrderAnalysis::refresh() {
    if (!m_model || isCurrent()) {
        return latest().settle();
    }
    const QString key = QStringLiteral("%1 %2 %3\n%4")
                            .arg(reinterpret_cast<quintptr>(m_model.get()), 0, 16)
                            .arg(m_shuffle)
                            .arg(m_sentences.first, m_sentences.second);
    latest().compute(key, tr("Reading two sentences"),
                     [model = m_model, sentences = m_sentences, shuffle = m_shuffle](Progress& progress) {
                         return read(model, sentences, shuffle, progress);
                     });
}

}  // namespace lexiscope
