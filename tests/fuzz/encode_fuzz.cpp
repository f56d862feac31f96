// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a text for a small byte-level BPE: the tokens cover the text, decoding gives it back, and the
// fast way gives what the stages one after the other give; so do encoding in parts and encoding a change
// alone.
#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"
#include "core/tokenize/bpe_model.h"
#include "core/tokenize/byte_level_bpe.h"
#include "core/tokenize/changed_text.h"
#include "core/tokenize/partwise_encoder.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/unigram.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace lexiscope;

namespace {

struct Pair {
    std::shared_ptr<const Tokenizer> fast;
    std::shared_ptr<const Tokenizer> staged;
};

/// All bytes, one special token, and merges of what the fuzzer likes to repeat, of which some make parts of
/// others only later in rank.
Pair smallTokenizers(SplitScheme scheme) {
    ByteLevelBpeParts parts;
    for (int byte = 0; byte < 256; ++byte) {
        parts.spellings.push_back(spellingOfBytes(std::string(1, static_cast<char>(byte))));
    }
    parts.spellings.push_back("<|endoftext|>");
    parts.spellings.push_back("<ab>");
    parts.specials = {TokenId{256}};
    parts.users = {TokenId{257}};
    const auto idOf = [&parts](const std::string& bytes) {
        const std::string spelling = spellingOfBytes(bytes);
        auto place = std::find(parts.spellings.begin(), parts.spellings.end(), spelling);
        if (place == parts.spellings.end()) {
            place = parts.spellings.insert(place, spelling);
        }
        return TokenId{static_cast<std::uint32_t>(place - parts.spellings.begin())};
    };
    const std::vector<std::pair<std::string, std::string>> merges = {
        {"aa", "aa"},     {"a", "a"},       {" ", "a"},   {" ", " "}, {"  ", "  "},
        {"\xC3", "\xA9"}, {"a", "b"},       {"ab", "ab"}, {"b", "a"}, {"!", "!"},
        {"\xE2", "\x96"}, {"\xFF", "\xFF"}, {"\n", "\n"}, {"1", "1"},
    };
    for (const auto& [left, right] : merges) {
        const TokenId leftId = idOf(left);
        const TokenId rightId = idOf(right);
        parts.merges.push_back({leftId, rightId, idOf(left + right)});
    }
    parts.split = scheme;
    Vocabulary::Builder builder;
    for (const std::string& spelling : parts.spellings) {
        builder.add(spelling);
    }
    PipelineParts staged;
    staged.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::ByteLevel));
    staged.preTokenizer = makeSplit(scheme);
    staged.decoder = makeByteLevelDecoder();
    staged.style.isByteAlphabet = true;
    staged.added.push_back({"<|endoftext|>", TokenId{256}, true});
    staged.added.push_back({"<ab>", TokenId{257}});
    BpeParts bpe;
    bpe.vocabulary = staged.vocabulary;
    bpe.alphabet = BpeAlphabet::Bytes;
    bpe.merges = parts.merges;
    staged.model = makeBpe(std::move(bpe));
    return {makeByteLevelBpe(std::move(parts)), makePipeline(std::move(staged))};
}

std::vector<Pair> allTokenizers() {
    std::vector<Pair> all;
    for (const SplitScheme scheme : allSplitSchemes) {
        all.push_back(smallTokenizers(scheme));
    }
    return all;
}

void checkText(const Pair& pair, std::string_view text) {
    for (const bool parseSpecial : {false, true}) {
        NoProgress progress;
        const Result<Encoding> encoding = pair.fast->encode(text, {false, parseSpecial}, progress);
        test::require(encoding.ok());
        const Result<Encoding> staged = pair.staged->encode(text, {false, parseSpecial}, progress);
        test::require(staged.ok() && staged.value().tokens == encoding.value().tokens);
        std::vector<TokenId> ids;
        std::size_t at = 0;
        for (const Token& token : encoding.value().tokens) {
            test::require(token.id.has_value() && token.source.begin == at && token.source.end > at);
            test::require(pair.fast->tokenKind(*token.id) == token.kind);
            test::require(parseSpecial || token.kind != TokenKind::Special);
            at = token.source.end;
            ids.push_back(*token.id);
        }
        test::require(at == text.size());
        test::require(pair.fast->decode(ids).value() == text);
        test::require(pair.staged->decode(ids).value() == text);
    }
}

/// A Unigram model that sums words; its sums are rounded, and some scores end between two steps of them.
std::shared_ptr<const Tokenizer> smallUnigram(bool keepsFloats) {
    const std::vector<std::pair<std::string, double>> entries = {
        {"<unk>", 0},       {" ", -3},    {"\u2581", -2.5}, {"a", -4.25},         {"b", -4.0625},
        {"aa", -7.1328125}, {" a", -5.5}, {"ab", -6.75},    {"\u2581ab", -7.375}, {"aab", -9.7},
        {" the", -8.3},     {"t", -6},    {"h", -6.5},      {"e", -5.125},        {"he", -9.0009765625}};
    Vocabulary::Builder builder;
    UnigramParts parts;
    for (const auto& [spelling, score] : entries) {
        builder.add(spelling);
        parts.scores.push_back(keepsFloats ? static_cast<float>(score) : score);
        parts.isUsable.push_back(parts.scores.size() > 1);
    }
    PipelineParts staged;
    staged.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    parts.vocabulary = staged.vocabulary;
    parts.unknown = TokenId{0};
    parts.unknownScore = -19;
    parts.keepsFloats = keepsFloats;
    staged.model = makeUnigram(std::move(parts));
    return makePipeline(std::move(staged));
}

Encoding inParts(const Tokenizer& tokenizer, std::string_view text) {
    constexpr std::size_t partSize = 8;
    NoProgress progress;
    Encoding encoding;
    const Result<Done> done =
        PartwiseEncoder(tokenizer, nullptr, partSize)
            .encode(
                text, {},
                [&encoding](std::span<const Token> tokens) {
                    encoding.tokens.insert(encoding.tokens.end(), tokens.begin(), tokens.end());
                },
                progress);
    test::require(done.ok());
    return encoding;
}

/// Encoding in parts, and of what has changed, gives what encoding the whole gives.
void checkParts(const Tokenizer& tokenizer, std::string_view text) {
    if (text.size() < 2) {
        return;
    }
    // The first two bytes say what is taken out.
    const auto placeOf = [&](std::size_t byte) {
        return static_cast<unsigned char>(text[byte]) % text.size();
    };
    const std::size_t begin = std::min(placeOf(0), placeOf(1));
    const std::size_t end = std::max(placeOf(0), placeOf(1));
    const std::string shorter = std::string(text.substr(0, begin)) + std::string(text.substr(end));
    NoProgress progress;
    const Encoding ofWhole = tokenizer.encode(text, {}, progress).value();
    const Encoding ofShorter = tokenizer.encode(shorter, {}, progress).value();
    test::require(inParts(tokenizer, text).tokens == ofWhole.tokens);
    test::require(encodeChanged(tokenizer, text, ofWhole, shorter, {}, progress).value().tokens ==
                  ofShorter.tokens);
    test::require(encodeChanged(tokenizer, shorter, ofShorter, text, {}, progress).value().tokens ==
                  ofWhole.tokens);
}

std::string wordsAgain(const std::string& words, int times) {
    std::string text = "\x10\x99";
    for (int i = 0; i < times; ++i) {
        text += words;
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Pair> tokenizers = allTokenizers();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const Pair& pair : tokenizers) {
        checkText(pair, text);
        checkParts(*pair.fast, text);
        checkParts(*pair.staged, text);
    }
    static const auto floats = smallUnigram(true);
    static const auto doubles = smallUnigram(false);
    test::require(floats->sumsWords() && doubles->sumsWords());
    checkParts(*floats, text);
    checkParts(*doubles, text);
    test::require(isUtf8(withReplacementCharacters(text)));
    test::require(isUtf8(displayText(text)));
    test::require(countCharacters(toLower(text)) == countCharacters(text));
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    return {
        "The king's 日本語 🙂 don't  12\n\n <|endoftext|> aab",
        "a<ab>b <<ab>> <|endoftext<ab>  it is a ab abab of aaaa, and ab a b 12 a",
        wordsAgain("a the ab aab xe aa baab he ", 14),
        std::string(80, ' ') + "\xFF\xE2\x96" + std::string(90, 'a'),
    };
}
