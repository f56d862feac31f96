// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/tokenizer_learner.h"

#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"
#include "core/train/pair_merging.h"
#include "core/train/prepared_words.h"
#include "core/train/unigram_learner.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t mergesBetweenReports = 64;
constexpr std::size_t wordsBetweenStops = 1U << 16U;
constexpr std::size_t mostCharacters = 1000;  // of WordPiece's alphabet
constexpr std::string_view continuing = "##";

Error tooLarge() {
    return {ErrorCode::Broken, "the text", "has more than 4 thousand million characters in different words",
            "take a part of it"};
}

Error nothingToLearn() {
    return {ErrorCode::Broken, "the text", "has no word to learn from", "take a longer text"};
}

/// Merges until there are so many symbols, or no pair is left.
Result<Done> merge(PairMerging& merging, std::size_t symbols, std::vector<BpeMerge>& merges,
                   TokenizerWatcher* watcher, Progress& progress) {
    const std::size_t total = symbols - std::min(symbols, merging.symbolCount());
    merging.begin();
    while (merges.size() < total) {
        if (merges.size() % mergesBetweenReports == 0) {
            progress.report(merges.size(), total, "merges");
            if (progress.stopRequested()) {
                return cancelled();
            }
        }
        const std::optional<PairMerging::Merge> found = merging.next();
        if (!found) {
            break;
        }
        merges.push_back({TokenId{found->left}, TokenId{found->right}, TokenId{found->merged}});
        if (watcher != nullptr) {
            watcher->found({merging.spelling(found->left), merging.spelling(found->right),
                            merging.spelling(found->merged), found->count});
        }
    }
    progress.report(total, total, "merges");
    return Done{};
}

/// The single bytes in the order of their spellings.
std::vector<std::string> byteSpellings() {
    std::vector<std::string> spellings;
    for (unsigned byte = 0; byte < 256; ++byte) {
        spellings.push_back(spellingOfBytes(std::string(1, static_cast<char>(byte))));
    }
    std::sort(spellings.begin(), spellings.end());
    return spellings;
}

/// As symbols, one for each of a piece's parts; false where it has a part that is no symbol.
template <typename Symbols>
Result<Done> addWords(PairMerging& merging, const PieceCounts& counts, const Symbols& symbolsOf,
                      const Progress& progress) {
    std::vector<std::uint32_t> symbols;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (i % wordsBetweenStops == 0 && progress.stopRequested()) {
            return cancelled();
        }
        symbols.clear();
        if (!symbolsOf(counts.piece(i), symbols) || symbols.size() < 2) {
            continue;
        }
        if (!merging.addWord(symbols, counts.count(i))) {
            return tooLarge();
        }
    }
    return Done{};
}

Result<LearnedTokenizer> learnBpe(const PieceCounts& counts, LearnedTokenizer learned,
                                  TokenizerWatcher* watcher, Progress& progress) {
    const TokenizerTrainingOptions& options = learned.options;
    const std::vector<std::string> alphabet = byteSpellings();
    std::array<std::uint32_t, 256> symbolOf{};
    for (std::uint32_t i = 0; i < alphabet.size(); ++i) {
        symbolOf[static_cast<unsigned char>(bytesOfSpelling(alphabet[i])->front())] = i;
    }
    // Spelled, most tokens have as many bytes as they stand for.
    PairMerging merging(alphabet, {options.minCount, mostTokenBytes, {}});
    const auto symbolsOf = [&](std::string_view piece, std::vector<std::uint32_t>& symbols) {
        for (const char byte : piece) {
            symbols.push_back(symbolOf[static_cast<unsigned char>(byte)]);
        }
        return true;
    };
    Result<Done> done = addWords(merging, counts, symbolsOf, progress);
    done = done.ok() ? merge(merging, options.vocabulary - learned.specials.size(), learned.merges, watcher,
                             progress)
                     : done;
    if (!done.ok()) {
        return done.error();
    }
    learned.spellings = merging.takeSpellings();
    learned.spellings.insert(learned.spellings.end(), learned.specials.begin(), learned.specials.end());
    return learned;
}

/// The characters that words are spelled in, plain and as parts that go on.
class Alphabet {
  public:
    Alphabet(const PieceCounts& words, std::size_t most) {
        std::vector<CountedCharacter> characters = charactersOf(words);
        characters.resize(std::min(characters.size(), most));
        for (const CountedCharacter& character : characters) {
            m_symbols[character.text] = {};
        }
        for (std::size_t i = 0; i < words.size(); ++i) {
            mark(words.piece(i));
        }
        std::vector<std::string> spellings;
        for (const auto& [character, forms] : m_symbols) {
            if (forms.begins) {
                spellings.push_back(character);
            }
            if (forms.goesOn) {
                spellings.push_back(std::string(continuing) + character);
            }
        }
        // Those that begin a word first, each kind in the order of code points.
        std::sort(spellings.begin(), spellings.end(), [](const std::string& a, const std::string& b) {
            const bool aGoesOn = isContinuing(a);
            return aGoesOn != isContinuing(b) ? !aGoesOn : a < b;
        });
        for (std::uint32_t i = 0; i < spellings.size(); ++i) {
            m_numbers[spellings[i]] = i;
        }
        m_spellings = std::move(spellings);
    }

    const std::vector<std::string>& spellings() const { return m_spellings; }

    bool symbolsOf(std::string_view word, std::vector<std::uint32_t>& symbols) const {
        std::string spelling;
        for (std::size_t place = 0; place < word.size();) {
            const std::size_t size = codePointAt(word, place).size;
            spelling.assign(place > 0 ? continuing : std::string_view());
            spelling.append(word.substr(place, size));
            const auto number = m_numbers.find(spelling);
            if (number == m_numbers.end()) {
                return false;
            }
            symbols.push_back(number->second);
            place += size;
        }
        return true;
    }

  private:
    struct Forms {
        bool begins = false;
        bool goesOn = false;
    };

    static bool isContinuing(const std::string& spelling) {
        return spelling.size() > continuing.size() && spelling.starts_with(continuing);
    }

    void mark(std::string_view word) {
        std::vector<Forms*> all;
        for (std::size_t place = 0; place < word.size();) {
            const std::size_t size = codePointAt(word, place).size;
            const auto found = m_symbols.find(std::string(word.substr(place, size)));
            if (found == m_symbols.end()) {
                return;
            }
            all.push_back(&found->second);
            place += size;
        }
        for (std::size_t i = 0; i < all.size(); ++i) {
            (i == 0 ? all[i]->begins : all[i]->goesOn) = true;
        }
    }

    std::unordered_map<std::string, Forms> m_symbols;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<std::string> m_spellings;
};

Result<LearnedTokenizer> learnWordPiece(const PieceCounts& words, LearnedTokenizer learned,
                                        TokenizerWatcher* watcher, Progress& progress) {
    const TokenizerTrainingOptions& options = learned.options;
    const std::size_t room = options.vocabulary - learned.specials.size();
    const Alphabet alphabet(words, std::min(mostCharacters, room / 4));
    if (alphabet.spellings().empty()) {
        return nothingToLearn();
    }
    PairMerging merging(alphabet.spellings(), {options.minCount, mostTokenBytes, std::string(continuing)});
    const auto symbolsOf = [&](std::string_view word, std::vector<std::uint32_t>& symbols) {
        return alphabet.symbolsOf(word, symbols);
    };
    Result<Done> done = addWords(merging, words, symbolsOf, progress);
    std::vector<BpeMerge> merges;
    done = done.ok() ? merge(merging, room, merges, watcher, progress) : done;
    if (!done.ok()) {
        return done.error();
    }
    learned.spellings = learned.specials;
    for (std::string& spelling : merging.takeSpellings()) {
        learned.spellings.push_back(std::move(spelling));
    }
    return learned;
}

Result<LearnedTokenizer> learnScores(const PieceCounts& words, LearnedTokenizer learned,
                                     TokenizerWatcher* watcher, WorkerPool& pool, Progress& progress) {
    UnigramLearning options;
    options.pieces = learned.options.vocabulary - learned.specials.size();
    auto pieces = learnUnigram(words, options, watcher, pool, progress);
    if (!pieces.ok()) {
        return pieces.error();
    }
    learned.spellings = learned.specials;
    learned.scores.assign(learned.specials.size(), 0);
    for (auto& [spelling, score] : pieces.value()) {
        learned.spellings.push_back(std::move(spelling));
        learned.scores.push_back(score);
    }
    return learned;
}

/// A special token that is also a token of the text would be two in one.
Result<LearnedTokenizer> withOwnSpecials(Result<LearnedTokenizer> learned) {
    if (!learned.ok()) {
        return learned;
    }
    const LearnedTokenizer& tokenizer = learned.value();
    for (const std::string& special : tokenizer.specials) {
        if (std::count(tokenizer.spellings.begin(), tokenizer.spellings.end(), special) > 1) {
            return Error{ErrorCode::InvalidArgument, "special",
                         "\"" + special + "\" was found as a token of the text, too",
                         "choose a name that no text has, as <|" + special + "|>"};
        }
    }
    return learned;
}

}  // namespace

NormalizerPtr normalizerOf(const TokenizerTrainingOptions& options) {
    switch (options.kind) {
        case TokenizerKind::WordPiece: {
            BertNormalizerOptions bert;
            bert.lowercase = !options.isCased;
            return makeBertNormalizer(bert);
        }
        case TokenizerKind::Unigram:
            return makeUnicodeForm(UnicodeForm::Nfkc);
        case TokenizerKind::Bpe:
            break;
    }
    return nullptr;
}

PreTokenizerPtr preTokenizerOf(const TokenizerTrainingOptions& options) {
    switch (options.kind) {
        case TokenizerKind::WordPiece:
            return makeBertPreTokenizer();
        case TokenizerKind::Unigram:
            return makePreTokenizerSequence({makeWhitespaceSplit(), makeMetaspace({})});
        case TokenizerKind::Bpe:
            break;
    }
    return nullptr;
}

Result<PieceCounts> countForTokenizer(const Corpus& corpus, const TokenizerTrainingOptions& options,
                                      WorkerPool& pool, Progress& progress) {
    const bool isBpe = options.kind == TokenizerKind::Bpe;
    return countPieces(corpus, isBpe ? std::optional(options.split) : std::nullopt, pool, progress);
}

Result<LearnedTokenizer> learnTokenizer(const PieceCounts& counts, const TokenizerTrainingOptions& options,
                                        TokenizerWatcher* watcher, WorkerPool& pool, Progress& progress) {
    if (const Result<Done> sound = validate(options); !sound.ok()) {
        return sound.error();
    }
    if (counts.size() == 0) {
        return nothingToLearn();
    }
    LearnedTokenizer learned;
    learned.options = options;
    learned.specials = specialsOf(options);
    if (options.kind == TokenizerKind::Bpe) {
        return withOwnSpecials(learnBpe(counts, std::move(learned), watcher, progress));
    }
    Result<PieceCounts> words =
        prepareWords(counts, normalizerOf(options), preTokenizerOf(options), pool, progress);
    if (!words.ok()) {
        return words.error();
    }
    if (words.value().size() == 0) {
        return nothingToLearn();
    }
    return withOwnSpecials(options.kind == TokenizerKind::WordPiece
                               ? learnWordPiece(words.value(), std::move(learned), watcher, progress)
                               : learnScores(words.value(), std::move(learned), watcher, pool, progress));
}

}  // namespace lexiscope
