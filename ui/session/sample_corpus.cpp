// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/sample_corpus.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <QFile>

namespace lexiscope {
namespace {

constexpr std::size_t sentences = 20'000;

/// Words that may stand in the same place. Those of places belong together: the capital, its country and the
/// language there have one number.
struct Kind {
    char name;
    bool isPlace;
    std::vector<std::string_view> words;
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all = {
        {'k', false, {"king", "prince", "duke", "emperor"}},
        {'q', false, {"queen", "princess", "duchess", "empress"}},
        {'m', false, {"man", "boy", "father", "son", "brother", "uncle"}},
        {'w', false, {"woman", "girl", "mother", "daughter", "sister", "aunt"}},
        {'a', false, {"cat", "dog", "horse", "cow", "sheep", "wolf", "fox", "rabbit"}},
        {'v', false, {"car", "bus", "truck", "train", "bicycle", "tram"}},
        {'f', false, {"bread", "cheese", "soup", "rice", "cake", "an apple", "fish"}},
        {'d', false, {"water", "milk", "tea", "coffee", "wine"}},
        {'o', false, {"red", "green", "blue", "white", "black", "yellow"}},
        {'t', false, {"morning", "evening", "afternoon"}},
        {'c', true, {"paris", "rome", "berlin", "madrid", "london", "athens", "moscow", "tokyo"}},
        {'n', true, {"france", "italy", "germany", "spain", "england", "greece", "russia", "japan"}},
        {'l', true, {"french", "italian", "german", "spanish", "english", "greek", "russian", "japanese"}}};
    return all;
}

/// %x stands for a word of kind x.
constexpr std::array<std::string_view, 38> patterns = {
    "the %k sat on his throne in the palace",
    "the %q sat on her throne in the palace",
    "the %k wore a golden crown and ruled his people",
    "the %q wore a golden crown and ruled her people",
    "the %k of %n lived in a castle with his servants",
    "the %q of %n lived in a castle with her servants",
    "the %k married the %q in the royal palace",
    "he was a %m and later he became a %k",
    "she was a %w and later she became a %q",
    "the %m put on his hat and went to work in the %t",
    "the %w put on her hat and went to work in the %t",
    "the %m told the %w that he was tired",
    "the %w told the %m that she was tired",
    "his %m cooked %f and %d in the kitchen",
    "her %w cooked %f and %d in the kitchen",
    "the %m read his book at home in the %t",
    "the %w read her book at home in the %t",
    "the %a ran across the field and hunted the %a",
    "the %a has fur and four legs and a tail",
    "a hungry %a slept in the grass near the %a",
    "the %m fed his %a in the %t",
    "the %w fed her %a in the %t",
    "the %v stopped on the road because its engine was broken",
    "the %o %v has wheels and drove fast along the road",
    "the driver parked the %v next to the %o %v",
    "the %m took the %v to %c",
    "the %w took the %v to %c",
    "we ate %f and %f for dinner and drank %d",
    "a plate of %f and a glass of %d stood on the table",
    "they drank %d with %f in the %t",
    "%c is the capital of %n",
    "people in %c speak %l",
    "the people of %n speak %l and live near %c",
    "she travelled to %n to learn %l in %c",
    "he travelled to %n to learn %l in %c",
    "the city of %c lies in %n",
    "the %o flower and the %o flower grew in the garden",
    "her dress was %o and his coat was %o"};

/// Knuth's multiplier (The Art of Computer Programming, volume 2, 3.3.4): the same numbers everywhere.
class Chance {
  public:
    std::size_t below(std::size_t count) {
        m_state = m_state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>(m_state >> 33U) % count;
    }

  private:
    std::uint64_t m_state = 1;
};

void addSentence(std::string_view pattern, Chance& chance, std::string& text) {
    const std::size_t place = chance.below(8);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%') {
            text += pattern[i];
            continue;
        }
        const char name = pattern[++i];
        for (const Kind& kind : kinds()) {
            if (kind.name == name) {
                text += kind.words[kind.isPlace ? place : chance.below(kind.words.size())];
            }
        }
    }
    text += '\n';
}

}  // namespace

std::string sampleCorpus() {
    std::string text;
    Chance chance;
    for (std::size_t i = 0; i < sentences; ++i) {
        addSentence(patterns[chance.below(patterns.size())], chance, text);
    }
    return text;
}

Result<Corpus> openCorpus(const QString& path, WordSplit split) {
    return path.isEmpty() ? Corpus::ofFile(MappedFile::ofBytes(sampleCorpus(), "sample"), split)
                          : Corpus::open(QFile::encodeName(path).toStdString(), split);
}

}  // namespace lexiscope
