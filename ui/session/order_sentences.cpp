// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/order_sentences.h"

#include "core/embedding/vocabulary.h"

#include <algorithm>
#include <array>

#include <QStringList>

namespace lexiscope {
namespace {

constexpr std::uint32_t rowsTried = 64;  // for words of the model's own
constexpr qsizetype ownWords = 4;

QStringList wordsOf(const QString& sentence) {
    return sentence.split(u' ', Qt::SkipEmptyParts);
}

/// A vocabulary of words has them as they are; one that marks where words begin makes any word of parts.
bool knows(const Vocabulary& vocabulary, const SentencePair& pair) {
    const QStringList words = wordsOf(pair.first) + wordsOf(pair.second);
    return vocabulary.wordMark() != WordMark::None ||
           std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return vocabulary.find(word.toStdString()).has_value(); });
}

}  // namespace

const std::vector<SentencePair>& sentencePairs() {
    static const std::vector<SentencePair> pairs = {
        {QStringLiteral("dog bites man"), QStringLiteral("man bites dog")},
        {QStringLiteral("the cat followed the mouse"), QStringLiteral("the mouse followed the cat")},
        {QStringLiteral("eat to live"), QStringLiteral("live to eat")},
        {QStringLiteral("only she said that"), QStringLiteral("she said only that")},
        {QStringLiteral("dog bites man"), QStringLiteral("the dog bit the man")}};
    return pairs;
}

SentencePair firstSentences(const Model& model) {
    for (const SentencePair& pair : sentencePairs()) {
        if (knows(*model.vocabulary, pair)) {
            return pair;
        }
    }
    QStringList own;
    const auto rows = static_cast<std::uint32_t>(std::min<std::size_t>(model.vocabulary->size(), rowsTried));
    for (std::uint32_t row = 0; row < rows && own.size() < ownWords; ++row) {
        const QString word = QString::fromStdString(bareText(*model.vocabulary, Row{row}));
        const bool isWord =
            !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) { return c.isLetter(); });
        if (isWord && !own.contains(word)) {
            own << word;
        }
    }
    QStringList turned = own;
    std::reverse(turned.begin(), turned.end());
    return {own.join(u' '), turned.join(u' ')};
}

}  // namespace lexiscope
