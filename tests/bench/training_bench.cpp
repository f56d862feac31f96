// SPDX-License-Identifier: GPL-3.0-or-later
// Learning word vectors: bench_training CORPUS [FOLDER [WORD2VEC]]. One pass of skip-gram over the corpus
// with two threads, 100 dimensions, a window of 5 and 5 negatives. The reference is gensim's Word2Vec on the
// same words (written to FOLDER, and taken away again) with the same settings, run by python3; without it
// (Debian's python3-gensim) the time stands alone. WORD2VEC is the original program in C, built as its
// makefile has it (-O3 -march=native -funroll-loops), which is then a second reference.
#include "core/train/word_trainer.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

using namespace lexiscope;

namespace {

constexpr std::size_t threads = 2;

/// Private memory held now, in bytes.
double privateMemory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) {
            return 1024 * std::strtod(line.c_str() + 8, nullptr);
        }
    }
    return 0;
}

class Peak final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {
        bytes = std::max(bytes, privateMemory());
    }
    bool stopRequested() const override { return false; }

    double bytes = 0;
};

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The corpus as gensim reads it: words parted by spaces, at most 1,000 a line.
void writeWords(const Corpus& corpus, const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary);
    for (std::size_t block = 0; block < corpus.blockCount(); ++block) {
        WordCursor cursor(corpus.block(block), corpus.split());
        std::size_t wordsInLine = 0;
        for (WordCursor::Found found = cursor.next(); found != WordCursor::Found::End;
             found = cursor.next()) {
            if (found == WordCursor::Found::Word) {
                file << (wordsInLine++ == 0 ? "" : " ") << cursor.word();
            }
            if (wordsInLine > 0 && (found == WordCursor::Found::LineEnd || wordsInLine == 1000)) {
                file << '\n';
                wordsInLine = 0;
            }
        }
        file << (wordsInLine > 0 ? "\n" : "");
    }
}

/// Words a second, and a second of processor: what else the machine does changes the first far more.
struct Rates {
    double wall = 0;
    double processor = 0;
};

double processorSeconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Zeros where there is no gensim.
Rates ratesOfGensim(const std::filesystem::path& words) {
    const std::string command =
        "/usr/bin/python3 -c \"import time; from gensim.models import Word2Vec as W; f='" + words.string() +
        "'; m=W(vector_size=100, window=5, negative=5, min_count=5, sample=1e-4, workers=2, sg=1, epochs=1); "
        "m.build_vocab(corpus_file=f); n=sum(m.wv.get_vecattr(w,'count') for w in m.wv.index_to_key); "
        "b=time.time(); c=time.process_time(); m.train(corpus_file=f, total_words=m.corpus_total_words, "
        "total_examples=m.corpus_count, epochs=1); print(n/(time.time()-b), n/(time.process_time()-c))\" "
        "2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    Rates rates;
    if (pipe != nullptr) {
        if (std::fscanf(pipe, "%lf %lf", &rates.wall, &rates.processor) != 2) {
            rates = {};
        }
        pclose(pipe);
    }
    return rates;
}

/// What word2vec's program says of its progress, from first to last: it reads the vocabulary and fills a
/// table before, and writes the vectors after, which is no part of learning.
class ProgressOfWord2Vec {
  public:
    void read(const std::string& line) {
        double percent = 0;
        double thousands = 0;
        const std::size_t at = line.find("Progress:");
        if (at == std::string::npos ||
            std::sscanf(line.c_str() + at, "Progress: %lf%%  Words/thread/sec: %lfk", &percent, &thousands) !=
                2) {
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        if (m_last == 0) {
            m_first = percent;
            m_begin = now;
        }
        m_last = percent;
        m_end = now;
        m_processor = 1000 * thousands;
    }
    Rates rates(double words) const {
        const double seconds = std::chrono::duration<double>(m_end - m_begin).count();
        return seconds > 0 ? Rates{words * (m_last - m_first) / 100 / seconds, m_processor} : Rates{};
    }

  private:
    double m_first = 0;
    double m_last = 0;
    double m_processor = 0;
    std::chrono::steady_clock::time_point m_begin;
    std::chrono::steady_clock::time_point m_end;
};

/// Of the original program; zeros where there is none. `count` is how many words it learns.
Rates ratesOfWord2Vec(const std::filesystem::path& words, const std::string& program, double count) {
    if (program.empty()) {
        return {};
    }
    const std::string command = program + " -train '" + words.string() + "' -output '" + words.string() +
                                ".bin' -cbow 0 -size 100 -window 5 -negative 5 -hs 0 -sample 1e-4 -threads 2 "
                                "-binary 1 -iter 1 -min-count 5 -debug 2";
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return {};
    }
    ProgressOfWord2Vec progress;
    std::string line;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        if (c != '\r' && c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        progress.read(line);
        line.clear();
    }
    progress.read(line);
    pclose(pipe);
    std::filesystem::remove(words.string() + ".bin");
    return progress.rates(count);
}

void compare(const char* name, const Rates& before, const Rates& after, const Rates& reference) {
    if (reference.wall > 0) {
        std::printf(
            "  %s %.0f: %.1f and %.1f times as fast; for each second of processor %.1f and %.1f times as "
            "much\n",
            name, reference.wall, before.wall / reference.wall, after.wall / reference.wall,
            before.processor / reference.processor, after.processor / reference.processor);
    } else {
        std::printf("  no %s to compare with\n", name);
    }
}

std::unique_ptr<WordTrainer> trainerOf(const std::filesystem::path& path, WorkerPool& pool,
                                       Progress& progress) {
    WordTrainingOptions options;
    options.threads = threads;
    options.epochs = 1;
    Result<Corpus> corpus = Corpus::open(path, WordSplit::Spaces);
    if (corpus.ok()) {
        Result<std::unique_ptr<WordTrainer>> trainer =
            WordTrainer::create(std::move(corpus).value(), options, pool, progress);
        if (trainer.ok()) {
            return std::move(trainer).value();
        }
        std::printf("%s\n", toString(trainer.error()).c_str());
    }
    return nullptr;
}

struct Run {
    std::size_t rows = 0;
    double words = 0;  // of the text, that have a row
    double secondsToCount = 0;
    Rates rates;
    double tables = 0;  // bytes of both, and of the vocabulary
    double bytesToLearn = 0;
};

std::optional<Run> learn(const std::filesystem::path& words) {
    WorkerPool pool(threads);
    NoProgress counting;
    auto begin = std::chrono::steady_clock::now();
    const std::unique_ptr<WordTrainer> trainer = trainerOf(words, pool, counting);
    if (trainer == nullptr) {
        return std::nullopt;
    }
    Run run;
    run.secondsToCount = secondsSince(begin);
    Peak learning;
    begin = std::chrono::steady_clock::now();
    const double processor = processorSeconds();
    if (!trainer->run(pool, learning).ok()) {
        return std::nullopt;
    }
    const auto done = static_cast<double>(trainer->wordsDone());
    run.rates = {done / secondsSince(begin), done / (processorSeconds() - processor)};
    run.rows = trainer->words().counts.size();
    run.words = done;
    run.tables = static_cast<double>(2 * run.rows * trainer->options().dimension * sizeof(float) +
                                     trainer->words().vocabulary.memory());
    run.bytesToLearn = learning.bytes;
    return run;
}

/// Before and after the references, for what else the machine does changes.
bool measure(const std::filesystem::path& words, const std::string& word2vec, bool tellMemory) {
    const std::optional<Run> before = learn(words);
    if (!before) {
        return false;
    }
    const Rates gensim = ratesOfGensim(words);
    const std::optional<Run> between = learn(words);
    const Rates original = ratesOfWord2Vec(words, word2vec, before->words);
    const std::optional<Run> after = learn(words);
    if (!between || !after) {
        return false;
    }
    if (tellMemory) {
        std::printf(
            "%zu words, counted in %.2f s; both tables and the vocabulary %.1f MB; private memory "
            "while learning %.1f MB: %.2f times\n",
            before->rows, before->secondsToCount, before->tables / 1e6, before->bytesToLearn / 1e6,
            before->bytesToLearn / before->tables);
    }
    std::printf("learned at %.0f, %.0f and %.0f words a second\n", before->rates.wall, between->rates.wall,
                after->rates.wall);
    compare("gensim", before->rates, between->rates, gensim);
    if (!word2vec.empty()) {
        compare("word2vec", between->rates, after->rates, original);
    }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::printf("usage: bench_training CORPUS [FOLDER [WORD2VEC]]\n");
        return 2;
    }
    const std::filesystem::path folder =
        argc > 2 ? std::filesystem::path(argv[2]) : std::filesystem::temp_directory_path();
    const std::filesystem::path words = folder / "lexiscope-bench-words.txt";
    const Result<Corpus> corpus = Corpus::open(argv[1], WordSplit::Letters);
    if (!corpus.ok()) {
        std::printf("%s\n", toString(corpus.error()).c_str());
        return 1;
    }
    writeWords(corpus.value(), words);
    const std::string word2vec = argc > 3 ? argv[3] : "";
    bool isSound = true;
    for (int round = 0; isSound && round < 3; ++round) {
        // Later rounds begin with what the heap kept of earlier ones.
        isSound = measure(words, word2vec, round == 0);
    }
    std::filesystem::remove(words);
    return isSound ? 0 : 1;
}
