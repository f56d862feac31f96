// SPDX-License-Identifier: GPL-3.0-or-later
// train tokenizer: a tokenizer learned from a text.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/safe_file.h"
#include "core/base/utf8.h"
#include "core/io/tokenizer_json_writer.h"
#include "core/train/lost_bytes.h"
#include "core/train/tokenizer_learner.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <optional>
#include <system_error>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kinds = {"bpe", "wordpiece", "unigram"};
constexpr std::array<std::string_view, 4> splits = {"gpt2", "cl100k_base", "qwen2", "o200k_base"};
constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t mostThreads = 1024;

constexpr std::array trainOptions = {
    OptionSpec{"--corpus", Takes::Text, "F", "The text to learn from; needed"},
    OptionSpec{"--out", Takes::Text, "DIR", "The folder to write tokenizer.json into; needed"},
    OptionSpec{"--kind", Takes::Choice, "bpe|wordpiece|unigram",
               "Byte-level BPE as GPT-2's, WordPiece as BERT's, Unigram as T5's (default: bpe)", kinds},
    OptionSpec{"--vocab",
               Takes::Count,
               "N",
               "IDs in all, bytes or characters and special tokens included (default: 32000)",
               {},
               1,
               mostTrainedTokens},
    OptionSpec{"--split", Takes::Choice, "gpt2|cl100k_base|qwen2|o200k_base",
               "Where no token of bpe reaches over (default: gpt2)", splits},
    OptionSpec{"--cased", Takes::Nothing, {}, "Let wordpiece keep capitals and accents"},
    OptionSpec{
        "--min-count", Takes::Count, "N", "Merge no pair that is met less often (default: 2)", {}, 1, any},
    OptionSpec{"--special", Takes::Words, "T…",
               "The special tokens (default: <|endoftext|> for bpe; [PAD] [UNK] [CLS] [SEP] [MASK] for "
               "wordpiece; <unk> for unigram)"},
    OptionSpec{"--no-special", Takes::Nothing, {}, "None but the one for the unknown"},
    OptionSpec{"--threads",
               Takes::Count,
               "N",
               "How many work at once; the result is the same (default: one for each processor)",
               {},
               1,
               mostThreads},
    jsonOption,
};

TokenizerTrainingOptions trainingOptions(const Arguments& arguments) {
    TokenizerTrainingOptions options;
    for (const TokenizerKind kind : {TokenizerKind::Bpe, TokenizerKind::WordPiece, TokenizerKind::Unigram}) {
        if (arguments.text("--kind", "bpe") == name(kind)) {
            options.kind = kind;
        }
    }
    for (const SplitScheme scheme : allSplitSchemes) {
        if (arguments.text("--split", {}) == name(scheme)) {
            options.split = scheme;
        }
    }
    options.vocabulary = arguments.count("--vocab", options.vocabulary);
    options.minCount = arguments.count("--min-count", options.minCount);
    options.isCased = arguments.has("--cased");
    options.specials =
        arguments.has("--special") ? arguments.words("--special") : usualSpecials(options.kind);
    if (arguments.has("--no-special")) {
        options.specials.clear();
    }
    return options;
}

Result<Done> checkTrain(const Arguments& arguments) {
    if (!arguments.has("--corpus") || !arguments.has("--out")) {
        return usageError("train tokenizer",
                          arguments.has("--corpus") ? "--out DIR is missing" : "--corpus F is missing",
                          "see lexiscope train tokenizer --help");
    }
    if (arguments.has("--special") && arguments.has("--no-special")) {
        return usageError("--no-special", "contradicts --special");
    }
    const std::string kind = arguments.text("--kind", "bpe");
    if (arguments.has("--split") && kind != "bpe") {
        return usageError("--split", "is of bpe alone, not of " + kind);
    }
    if (arguments.has("--cased") && kind != "wordpiece") {
        return usageError("--cased", "is of wordpiece alone, not of " + kind);
    }
    if (arguments.has("--min-count") && kind == "unigram") {
        return usageError("--min-count", "is of bpe and wordpiece, not of unigram");
    }
    const Result<Done> sound = validate(trainingOptions(arguments));
    return sound.ok() ? sound : usageError("--" + sound.error().where, sound.error().what);
}

fs::path fileIn(const fs::path& folder) {
    return folder / "tokenizer.json";
}

/// What cannot be written is better known before the work than after.
Result<Done> checkPlace(const fs::path& folder, const fs::path& corpus) {
    std::error_code ignored;
    const fs::path file = fileIn(folder);
    if (fs::equivalent(file, corpus, ignored)) {
        return Error{ErrorCode::InvalidArgument, file.string(),
                     "is the corpus itself, and the tokenizer would replace it", "choose another folder"};
    }
    if (!fs::exists(folder, ignored)) {
        return Done{};
    }
    if (!fs::is_directory(folder, ignored)) {
        return Error{ErrorCode::Unreadable, folder.string(), "is no folder", "choose another name"};
    }
    const Result<SafeFile> created = SafeFile::create(file);
    return created.ok() ? Result<Done>(Done{}) : created.error();
}

struct Trained {
    std::uint64_t bytes = 0;  // of the text
    std::uint64_t pieces = 0;
    std::size_t distinct = 0;
    std::optional<LostBytes> lost;
    LearnedTokenizer tokenizer;
    double secondsToCount = 0;
    double secondsToLearn = 0;
};

/// Says on the terminal what is being found.
class LastFound final : public TokenizerWatcher {
  public:
    void found(const FoundMerge& merge) override { m_text = ", " + displayText(merge.merged); }
    void finished(const UnigramRound& round) override {
        m_text = ", " + grouped(round.pieces) + " pieces, " + fixed(round.bitsPerCharacter, 3) +
                 " bits a character";
    }
    const std::string& text() const { return m_text; }

  private:
    std::string m_text;
};

Result<Trained> train(const Arguments& arguments, const TokenizerTrainingOptions& options) {
    const Result<Corpus> corpus = Corpus::open(arguments.text("--corpus", {}), WordSplit::Spaces);
    if (!corpus.ok()) {
        return corpus.error();
    }
    WorkerPool pool(static_cast<unsigned>(arguments.count("--threads", 0)));
    Trained trained;
    trained.bytes = corpus.value().size();
    const Stopwatch counting;
    TerminalProgress countProgress("counting");
    const Result<PieceCounts> counts = countForTokenizer(corpus.value(), options, pool, countProgress);
    if (!counts.ok()) {
        return counts.error();
    }
    trained.secondsToCount = counting.seconds();
    trained.pieces = counts.value().total();
    trained.distinct = counts.value().size();
    trained.lost = lostBytes(counts.value(), corpus.value().text(), options.kind);
    const Stopwatch learning;
    LastFound last;
    TerminalProgress progress("learning", [&last](std::uint64_t, std::uint64_t) { return last.text(); });
    Result<LearnedTokenizer> learned = learnTokenizer(counts.value(), options, &last, pool, progress);
    if (!learned.ok()) {
        Error error = learned.error();
        error.where = error.where == "the text" ? arguments.text("--corpus", {}) : error.where;
        return error;
    }
    trained.tokenizer = std::move(learned).value();
    trained.secondsToLearn = learning.seconds();
    return trained;
}

std::string reportJson(const Trained& trained, const std::string& out) {
    JsonWriter json;
    json.beginObject().key("out").text(out).key("kind").text(name(trained.tokenizer.options.kind));
    json.key("vocab_size").count(trained.tokenizer.spellings.size());
    json.key("special_tokens").count(trained.tokenizer.specials.size());
    json.key("merges").count(trained.tokenizer.merges.size());
    json.key("text_bytes").count(trained.bytes).key("pieces").count(trained.pieces);
    json.key("distinct_pieces").count(trained.distinct);
    json.key("seconds").beginObject().key("count").number(trained.secondsToCount);
    json.key("learn").number(trained.secondsToLearn).endObject();
    return std::move(json.endObject()).line();
}

std::string reportText(const Trained& trained, const std::string& out) {
    const LearnedTokenizer& tokenizer = trained.tokenizer;
    std::string text = oneLine(out) + ": " + std::string(name(tokenizer.options.kind)) + ", " +
                       grouped(tokenizer.spellings.size()) + " tokens, " +
                       grouped(tokenizer.specials.size()) + " of them special\n";
    text += "text     " + fileSizeText(trained.bytes) + ", " + grouped(trained.pieces) + " pieces, " +
            grouped(trained.distinct) + " different\n";
    return text + "time     " + fixed(trained.secondsToCount, 2) + " s to count, " +
           fixed(trained.secondsToLearn, 2) + " s to learn\n";
}

Result<int> runTrain(const Arguments& arguments) {
    const std::string out = arguments.text("--out", {});
    Result<Done> done = checkPlace(out, arguments.text("--corpus", {}));
    if (!done.ok()) {
        return done.error();
    }
    const TokenizerTrainingOptions options = trainingOptions(arguments);
    const Result<Trained> trained = train(arguments, options);
    if (!trained.ok()) {
        return trained.error();
    }
    if (trained.value().lost) {
        printWarning(arguments.text("--corpus", {}) + ": " + toString(*trained.value().lost));
    }
    const std::size_t found = trained.value().tokenizer.spellings.size();
    if (found < options.vocabulary) {
        printWarning(arguments.text("--corpus", {}) + ": the text gives " + grouped(found) + " tokens, not " +
                     grouped(options.vocabulary));
    }
    done = writeTokenizerJson(trained.value().tokenizer, fileIn(out));
    if (!done.ok()) {
        return done.error();
    }
    const std::string file = fileIn(out).string();
    done = print(arguments.has("--json") ? reportJson(trained.value(), file)
                                         : reportText(trained.value(), file));
    return done.ok() ? Result<int>(0) : done.error();
}

}  // namespace

Command trainTokenizerCommand() {
    return {.name = "train tokenizer",
            .operands = {},
            .summary = "A tokenizer learned from a text: BPE, WordPiece or Unigram",
            .fewest = 0,
            .most = 0,
            .options = trainOptions,
            .check = checkTrain,
            .run = runTrain};
}

}  // namespace lexiscope
