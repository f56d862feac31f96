// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/safe_file.h"
#include "core/base/worker_pool.h"
#include "core/embedding/feature_table.h"
#include "core/train/embedding_layer.h"
#include "core/train/step_trace.h"
#include "core/train/tokenizer_training.h"
#include "core/train/word_trainer.h"
#include "ui/session/analyses.h"
#include "ui/session/encoded_text.h"
#include "ui/session/input_analysis.h"
#include "ui/session/order_analysis.h"
#include "ui/session/pair_analysis.h"
#include "ui/session/position_analysis.h"
#include "ui/session/vocabulary_analysis.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <QString>

namespace lexiscope {

struct PieceWalk;
struct TracedText;

enum class DataFormat {
    Csv,          ///< as CsvLine writes it, a line of names first; tokens as their vocabulary spells them
    Npy,          ///< NumPy's array of float32
    Safetensors,  ///< one tensor of float32, called "weight"
};

/// What a panel shows as a table that can be written to a file. It holds all it needs, so that it is written
/// in the background while the panel goes on.
struct DataTable {
    QString title;  ///< "All rows, 16,384 × 192"
    QString name;   ///< what its file is called: "tiny-gpt2 matrix"

    /// Cancelled; what the function that it is given returns; the check() of the model's table.
    using Write = std::function<Result<Done>(const WriteBytes&, WorkerPool&, Progress&)>;
    Write csv;
    Write npy;                    ///< null for tables that are not numbers alone
    Write safetensors = nullptr;  ///< null for most
    const Write& writer(DataFormat format) const;

    /// Called where the table was asked for, once it has been written to that path; may be null.
    std::function<void(const QString& path)> saved = nullptr;
};

// Nothing that is passed is null.

/// position, id, token, text, start, end, kind; the bytes of the text in [start, end) are those of the token.
/// What the vocabulary does not know has no id.
DataTable textTable(const QString& title, const Model& model, const std::shared_ptr<const EncodedText>& text);

/// Of each byte of the text byte, hex, character, code_point, position, id: a character stands in the line of
/// its first byte; position and id are those of the token that holds the byte, if one does.
DataTable byteTable(const QString& title, const Model& model, const std::shared_ptr<const EncodedText>& text);

/// Of each token position, id, token, text, bytes, code_points, start, end, kind and rank or score.
DataTable tokenTable(const QString& title, const Model& model,
                     const std::shared_ptr<const EncodedText>& text);

/// The tokens that have been found: id, token, text, characters, script, kind, and rank or score.
DataTable vocabularyTable(const QString& title, const std::shared_ptr<const VocabularyResult>& result);

/// How a piece becomes tokens. Merges: step, rank, left, right, text, id. WordPiece: attempt, text, id. A
/// lattice: from, to, text, id, score, sum, best, path. Else text, id. What the vocabulary does not know has
/// no id.
DataTable walkTable(const QString& title, const Model& model, const std::shared_ptr<const PieceWalk>& walk);

/// The pieces of a text after each stage: step, stage, name, text, start, end, id; the bytes of the source in
/// [start, end) are what a piece stands for. Only tokens have an id.
DataTable stageTable(const QString& title, const Model& model,
                     const std::shared_ptr<const TracedText>& traced);

/// id, token, pc1, pc2, …; in .npy the coordinates alone.
DataTable mapTable(const QString& title, const std::shared_ptr<const Model>& model,
                   const std::shared_ptr<const PcaResult>& projection);

/// rank, id, token and the score under the name of its measure.
DataTable neighborTable(const QString& title, const std::shared_ptr<const NeighborResult>& neighbors);

/// The words of two models: word, id_a, id_b, and how many of its ten and hundred nearest it has in common.
DataTable pairTable(const QString& title, const std::shared_ptr<const PairResult>& pair);

/// Rows [first, last) of the matrix: id, token, d0, d1, …; in .npy the numbers alone.
DataTable rowsTable(const QString& title, std::shared_ptr<const Model> model, std::size_t first,
                    std::size_t last);

/// All rows of the matrix as rowsTable() has them, and as safetensors.
DataTable layerTable(const QString& title, const std::shared_ptr<const Model>& model);

/// dimension, before, gradient, after; in .npy the three below each other.
DataTable gradientTable(const QString& title, const std::shared_ptr<const RowStep>& step);

/// words, loss: the curve of learning.
DataTable lossTable(const QString& title, std::vector<TrainingLoss> losses);

/// rank, left, right, merged, count: what was merged while a tokenizer was learned, as spelled.
DataTable mergeTable(const QString& title, std::vector<FoundMerge> merges);

/// id, token, score: a unigram model that was learned.
DataTable pieceTable(const QString& title, const std::shared_ptr<const LearnedTokenizer>& learned);

/// One step of learning, a line for each x and y: x, y, product, sigmoid, target, weight, error, factor. The
/// words of the rows are looked up in `names`.
DataTable stepPairTable(const QString& title, const std::shared_ptr<const StepTrace>& trace,
                        const std::map<std::uint32_t, std::string>& names);

/// The rows of that step: table (input or output), id, word, when (before or after), d0, d1, …
DataTable stepRowTable(const QString& title, const std::shared_ptr<const StepTrace>& trace,
                       const std::map<std::uint32_t, std::string>& names);

/// dimension, value.
DataTable rowTable(const QString& title, const std::shared_ptr<const RowResult>& row);

/// thing and a column for each question; in .npy the ratings alone.
DataTable featureTable(const QString& title, const FeatureTable& table);

enum class OrderRows {
    Tokens,  ///< of both sentences, without positions
    Sums,    ///< of both, with positions
    States,  ///< after each word of the first sentence, as typed and shuffled
};
/// text, position, id, token, d0, d1, …; in .npy the numbers alone.
DataTable orderTable(const QString& title, const std::shared_ptr<const OrderResult>& result, OrderRows rows);

/// What the distances are between, without and with positions.
DataTable distanceTable(const QString& title, const std::array<OrderDistances, 2>& distances);

/// difference, score: of the positions of a query and a key, from the first difference on.
DataTable scoreTable(const QString& title, std::vector<double> scores, long long first);

/// position, d0, d1, …, of ALiBi and T5 query, key0, key1, …; in .npy the numbers alone.
DataTable positionTable(const QString& title, const std::shared_ptr<const PositionMatrix>& matrix);

/// What the model reads of a text: position, id, token, d0, d1, …; in .npy the numbers alone.
DataTable inputTable(const QString& title, const std::shared_ptr<const InputMatrices>& input);

/// position, then the cosine with each of the positions that name the columns.
DataTable similarityTable(const QString& title,
                          const std::shared_ptr<const PositionSimilarityResult>& similarity);

/// distance, mean_dot, mean_cosine; of rotary positions distance, score, bound.
DataTable decayTable(const QString& title, const std::shared_ptr<const PositionDecayResult>& result);

/// pair, positions: how many a whole wave takes. The matrix is sinusoidal or rotary.
DataTable wavelengthTable(const QString& title, const std::shared_ptr<const PositionMatrix>& matrix);

/// position, pc1, pc2; in .npy the coordinates alone.
DataTable curveTable(const QString& title, const std::shared_ptr<const PositionCurveResult>& curve);

}  // namespace lexiscope
