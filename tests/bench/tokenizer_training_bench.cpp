// SPDX-License-Identifier: GPL-3.0-or-later
// Learning a tokenizer: bench_tokenizer_training CORPUS FOLDER [bpe|wordpiece|unigram]. 32,000 tokens beyond
// the alphabet from the corpus with two threads, written to FOLDER. The reference is sentencepiece's own
// trainer (BPE, or Unigram for unigram) on the same file, with two threads and nothing left out, run by
// python3; without it (Debian's python3-sentencepiece) the time stands alone.
#include "core/io/tokenizer_json_writer.h"
#include "core/train/tokenizer_learner.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace lexiscope;

namespace {

constexpr unsigned threads = 2;

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// 0 where there is no sentencepiece.
double secondsOfSentencePiece(const std::string& corpus, const std::filesystem::path& folder,
                              bool isUnigram) {
    const std::string command =
        "/usr/bin/python3 -c \"import time, sentencepiece as s; b=time.time(); "
        "s.SentencePieceTrainer.train(input='" +
        corpus + "', model_prefix='" + (folder / "reference").string() + "', model_type='" +
        (isUnigram ? "unigram" : "bpe") +
        "', vocab_size=32000, num_threads=2, max_sentence_length=10000000, minloglevel=2); "
        "print(time.time()-b)\" 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    double seconds = 0;
    if (pipe != nullptr) {
        if (std::fscanf(pipe, "%lf", &seconds) != 1) {
            seconds = 0;
        }
        pclose(pipe);
    }
    return seconds;
}

int fail(const Error& error) {
    std::fprintf(stderr, "%s\n", toString(error).c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: bench_tokenizer_training CORPUS FOLDER [bpe|wordpiece|unigram]\n");
        return 2;
    }
    const std::string kind = argc > 3 ? argv[3] : "bpe";
    TokenizerTrainingOptions options;
    options.kind = kind == "wordpiece" ? TokenizerKind::WordPiece
                   : kind == "unigram" ? TokenizerKind::Unigram
                                       : TokenizerKind::Bpe;
    options.specials = usualSpecials(options.kind);
    options.vocabulary = 32'000;
    if (options.kind == TokenizerKind::Bpe) {
        options.vocabulary += 256 + options.specials.size();
    }
    const auto begin = std::chrono::steady_clock::now();
    const Result<Corpus> corpus = Corpus::open(argv[1], WordSplit::Spaces);
    if (!corpus.ok()) {
        return fail(corpus.error());
    }
    WorkerPool pool(threads);
    NoProgress progress;
    const Result<PieceCounts> counts = countForTokenizer(corpus.value(), options, pool, progress);
    if (!counts.ok()) {
        return fail(counts.error());
    }
    const double counted = secondsSince(begin);
    const Result<LearnedTokenizer> learned = learnTokenizer(counts.value(), options, nullptr, pool, progress);
    if (!learned.ok()) {
        return fail(learned.error());
    }
    const Result<Done> written =
        writeTokenizerJson(learned.value(), std::filesystem::path(argv[2]) / "tokenizer.json");
    if (!written.ok()) {
        return fail(written.error());
    }
    const double seconds = secondsSince(begin);
    std::printf("%s: %zu tokens in %.2f s, %.2f s of them to count %zu different pieces\n", kind.c_str(),
                learned.value().spellings.size(), seconds, counted, counts.value().size());
    std::fflush(stdout);
    const double reference = secondsOfSentencePiece(argv[1], argv[2], options.kind == TokenizerKind::Unigram);
    if (reference > 0) {
        std::printf("sentencepiece: %.1f s, %.1f times as long\n", reference, reference / seconds);
    }
    return 0;
}
