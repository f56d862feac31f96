// SPDX-License-Identifier: GPL-3.0-or-later
// train words: word vectors learned from a text.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/safe_file.h"
#include "core/io/vector_writer.h"
#include "core/train/word_trainer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>
#include <system_error>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> models = {"skipgram", "cbow"};
constexpr std::array<std::string_view, 2> splits = {"letters", "spaces"};
constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();

constexpr std::array trainOptions = {
    OptionSpec{"--corpus", Takes::Text, "F", "The text to learn from; needed"},
    OptionSpec{"--out", Takes::Text, "F",
               "The file to write: .bin, .txt or .vec, .npy, .safetensors; needed"},
    OptionSpec{"--model", Takes::Choice, "skipgram|cbow",
               "Does each word around predict the middle one, or their mean (default: skipgram)", models},
    OptionSpec{
        "--dimension", Takes::Count, "D", "Numbers a word (default: 100)", {}, 1, mostTrainingDimensions},
    OptionSpec{
        "--window", Takes::Count, "N", "Words to each side, at most (default: 5)", {}, 1, mostTrainingWindow},
    OptionSpec{"--negative",
               Takes::Count,
               "N",
               "Words drawn against each right one (default: 5)",
               {},
               1,
               mostTrainingNegatives},
    OptionSpec{"--epochs", Takes::Count, "N", "Passes over the text (default: 5)", {}, 1, mostTrainingEpochs},
    OptionSpec{"--min-count", Takes::Count, "N", "Leave rarer words out (default: 5)", {}, 1, any},
    OptionSpec{"--top",
               Takes::Count,
               "N",
               "Learn the most frequent N words alone (default: all)",
               {},
               2,
               std::numeric_limits<std::uint32_t>::max()},
    OptionSpec{"--sample", Takes::Text, "X",
               "Pass over some of the words that are a larger share of the text (default: 1e-4; 0: none)"},
    OptionSpec{"--alpha", Takes::Text, "X", "Rate of learning at the start (default: 0.025, for cbow 0.05)"},
    OptionSpec{"--split", Takes::Choice, "letters|spaces",
               "Words are runs of letters and digits, in lower case, or what stands between spaces "
               "(default: letters)",
               splits},
    OptionSpec{"--threads",
               Takes::Count,
               "N",
               "How many learn at once; with 1 the same seed gives the same bytes (default: one for each "
               "processor)",
               {},
               1,
               mostTrainingThreads},
    OptionSpec{"--seed", Takes::Count, "S", "Where chance begins (default: 1)"},
    jsonOption,
};

std::optional<double> parseShare(std::string_view text) {
    double value = 0;
    const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return isWhole && value >= 0 && value <= 1 ? std::optional<double>(value) : std::nullopt;
}

WordTrainingOptions trainingOptions(const Arguments& arguments) {
    WordTrainingOptions options;
    const auto count = [&arguments](std::string_view name, std::size_t otherwise) {
        return static_cast<std::size_t>(arguments.count(name, otherwise));
    };
    options.model = arguments.text("--model") == "cbow" ? WordModel::Cbow : WordModel::SkipGram;
    options.dimension = count("--dimension", options.dimension);
    options.window = count("--window", options.window);
    options.negatives = count("--negative", options.negatives);
    options.epochs = count("--epochs", options.epochs);
    options.minCount = arguments.count("--min-count", options.minCount);
    options.mostWords = count("--top", options.mostWords);
    options.threads = count("--threads", options.threads);
    options.seed = arguments.count("--seed", options.seed);
    options.sample = parseShare(arguments.text("--sample", {})).value_or(options.sample);
    options.rate = parseShare(arguments.text("--alpha", {})).value_or(options.rate);
    return options;
}

Result<Done> checkTrain(const Arguments& arguments) {
    for (const std::string_view needed : {"--corpus", "--out"}) {
        if (!arguments.has(needed)) {
            return usageError("train words", std::string(needed) + " F is missing",
                              "see lexiscope train words --help");
        }
    }
    const std::string out = arguments.text("--out", {});
    if (writerForEnding(out) == nullptr) {
        return usageError(out, "its ending tells no format", "known are " + knownEndings());
    }
    const std::string sample = arguments.text("--sample", "0");
    if (!parseShare(sample)) {
        return usageError("--sample", "takes a number from 0 to 1, not \"" + sample + "\"");
    }
    const std::string alpha = arguments.text("--alpha", "1");
    if (parseShare(alpha).value_or(0) == 0) {
        return usageError("--alpha", "takes a number above 0, to 1, not \"" + alpha + "\"");
    }
    return Done{};
}

/// What cannot be written is better known before hours of learning than after.
Result<Done> checkPlace(const fs::path& out, const VectorWriter& writer, const fs::path& corpus) {
    std::vector<fs::path> files = {out};
    if (writer.appendLabel != nullptr) {
        files.push_back(labelsPath(out));
    }
    for (const fs::path& file : files) {
        std::error_code ignored;
        if (fs::equivalent(file, corpus, ignored)) {
            return Error{ErrorCode::InvalidArgument, file.string(),
                         "is the corpus itself, and the vectors would replace it", "choose another name"};
        }
        // A pipe's reader would see it end.
        if (fs::exists(file, ignored) && !fs::is_directory(file, ignored) &&
            !fs::is_regular_file(file, ignored)) {
            continue;
        }
        const Result<SafeFile> created = SafeFile::create(file);
        if (!created.ok()) {
            return created.error();
        }
    }
    return Done{};
}

Result<Done> checkRoom(const fs::path& out, const TrainingWords& words, std::size_t dimension) {
    std::error_code failed;
    const fs::space_info space = fs::space(fs::absolute(out).parent_path(), failed);
    const std::uint64_t needed = words.counts.size() * dimension * sizeof(float);
    if (!failed && fs::is_regular_file(out, failed) == fs::exists(out, failed) && space.available < needed) {
        return Error{ErrorCode::Unreadable, out.string(),
                     "the disk has room for " + fileSizeText(space.available) + ", the vectors take " +
                         fileSizeText(needed) + " and more",
                     "make room, or take a smaller dimension or fewer words"};
    }
    return Done{};
}

std::string durationText(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::max(0.0, std::ceil(seconds)));
    if (whole < 60) {
        return std::to_string(whole) + " s";
    }
    return whole < 3600 ? std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s"
                        : grouped(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

double rateOf(std::uint64_t words, double seconds) {
    return seconds > 0 ? static_cast<double>(words) / seconds : 0;
}

struct Learned {
    std::unique_ptr<WordTrainer> trainer;
    double secondsToCount = 0;
    double secondsToLearn = 0;

    std::uint64_t wordsPerSecond() const {
        return static_cast<std::uint64_t>(rateOf(trainer->wordsDone(), secondsToLearn));
    }
};

Result<Done> run(Learned& learned, WorkerPool& pool) {
    const WordTrainer& trainer = *learned.trainer;
    const Stopwatch watch;
    const auto more = [&](std::uint64_t done, std::uint64_t total) {
        const std::vector<TrainingLoss> losses = trainer.losses();
        const double rate = rateOf(done, watch.seconds());
        std::string text = losses.empty() ? "" : ", loss " + fixed(losses.back().loss, 3);
        text += ", " + grouped(static_cast<std::uint64_t>(rate)) + " a second";
        return rate > 0 ? text + ", " + durationText(static_cast<double>(total - done) / rate) + " left"
                        : text;
    };
    TerminalProgress progress("learning", more);
    const Result<Done> done = learned.trainer->run(pool, progress);
    learned.secondsToLearn = watch.seconds();
    return done;
}

Result<std::vector<std::string>> write(WordTrainer& trainer, const VectorWriter& writer, const fs::path& out,
                                       WorkerPool& pool) {
    Model model;
    const std::size_t rows = trainer.words().counts.size();
    model.vocabulary = std::make_shared<const Vocabulary>(trainer.words().vocabulary);
    model.table = EmbeddingTable::owned(trainer.takeVectors(), rows, trainer.options().dimension);
    TerminalProgress progress("writing " + out.string());
    return writeVectors(model, writer, out, {rows, &pool}, progress);
}

std::string reportJson(const Learned& learned, const std::string& out) {
    const TrainingWords& words = learned.trainer->words();
    const WordTrainingOptions& options = learned.trainer->options();
    const std::vector<TrainingLoss> losses = learned.trainer->losses();
    JsonWriter json;
    json.beginObject().key("out").text(out).key("vocab_size").count(words.counts.size());
    json.key("dimension").count(options.dimension);
    json.key("model").text(models[options.model == WordModel::Cbow ? 1 : 0]);
    json.key("text_words").count(words.words).key("distinct_words").count(words.distinct);
    json.key("learned_words").count(words.total).key("epochs").count(options.epochs);
    json.key("seconds").beginObject().key("count").number(learned.secondsToCount);
    json.key("learn").number(learned.secondsToLearn).endObject();
    json.key("words_per_second").count(learned.wordsPerSecond()).key("loss");
    losses.empty() ? json.null() : json.number(losses.back().loss);
    return std::move(json.endObject()).line();
}

std::string reportText(const Learned& learned, const VectorWriter& writer, const std::string& out) {
    const TrainingWords& words = learned.trainer->words();
    const WordTrainingOptions& options = learned.trainer->options();
    const std::vector<TrainingLoss> losses = learned.trainer->losses();
    std::string text = oneLine(out) + ": " + std::string(writer.format) + ", " +
                       grouped(words.counts.size()) + " × " + grouped(options.dimension) + "\n";
    text += "text     " + grouped(words.words) + " words, " + grouped(words.distinct) + " different\n";
    text += "learned  " + grouped(words.total) + " of them, in " + grouped(options.epochs) +
            (options.epochs == 1 ? " pass\n" : " passes\n");
    text += "time     " + fixed(learned.secondsToCount + learned.secondsToLearn, 2) + " s, " +
            grouped(learned.wordsPerSecond()) + " words a second\n";
    return losses.empty() ? text
                          : text + "loss     " + fixed(losses.back().loss, 4) + ", at first " +
                                fixed(losses.front().loss, 4) + "\n";
}

Result<Learned> count(const Arguments& arguments, const WordTrainingOptions& options, WorkerPool& pool) {
    const WordSplit split = arguments.text("--split") == "spaces" ? WordSplit::Spaces : WordSplit::Letters;
    Result<Corpus> corpus = Corpus::open(arguments.text("--corpus", {}), split);
    if (!corpus.ok()) {
        return corpus.error();
    }
    const Stopwatch watch;
    TerminalProgress progress("counting words");
    Result<std::unique_ptr<WordTrainer>> trainer =
        WordTrainer::create(std::move(corpus).value(), options, pool, progress);
    if (!trainer.ok()) {
        return trainer.error();
    }
    return Learned{std::move(trainer).value(), watch.seconds()};
}

Result<int> runTrain(const Arguments& arguments) {
    const std::string out = arguments.text("--out", {});
    const VectorWriter& writer = *writerForEnding(out);
    const WordTrainingOptions options = trainingOptions(arguments);
    Result<Done> sound = checkPlace(out, writer, arguments.text("--corpus", {}));
    if (!sound.ok()) {
        return sound.error();
    }
    WorkerPool pool(static_cast<unsigned>(options.threads));
    Result<Learned> counted = count(arguments, options, pool);
    if (!counted.ok()) {
        return counted.error();
    }
    Learned& learned = counted.value();
    const TrainingWords& words = learned.trainer->words();
    if (words.brokenBytes > 0) {
        printWarning(arguments.text("--corpus", {}) + ": " + grouped(words.brokenBytes) +
                     (words.brokenBytes == 1 ? " byte is" : " bytes are") + " no UTF-8; words end there");
    }
    sound = checkRoom(out, words, options.dimension);
    sound = sound.ok() ? run(learned, pool) : sound;
    if (!sound.ok()) {
        return sound.error();
    }
    const Result<std::vector<std::string>> written = write(*learned.trainer, writer, out, pool);
    if (!written.ok()) {
        return written.error();
    }
    for (const std::string& warning : written.value()) {
        printWarning(warning);
    }
    const Result<Done> printed =
        print(arguments.has("--json") ? reportJson(learned, out) : reportText(learned, writer, out));
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command trainWordsCommand() {
    return {.name = "train words",
            .operands = {},
            .summary = "Word vectors learned from a text, by skip-gram or CBOW with negative sampling",
            .fewest = 0,
            .most = 0,
            .options = trainOptions,
            .check = checkTrain,
            .run = runTrain};
}

}  // namespace lexiscope
