// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/number_scale.h"
#include "core/embedding/row_summary.h"
#include "core/embedding/token_traits.h"
#include "core/projection/pca.h"
#include "core/search/nearest.h"
#include "ui/session/encoded_text.h"
#include "ui/session/job_runner.h"
#include "ui/session/pair_analysis.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <QObject>

namespace lexiscope {

/// The nearest rows of one row, and what they were computed from.
struct NeighborResult {
    std::shared_ptr<const Model> model;
    Row row;
    Metric metric = Metric::Cosine;
    std::size_t k = 0;
    std::vector<Neighbor> neighbors;  ///< best first, the row itself left out
    double seconds = 0;               ///< of the search alone
};

/// One row's numbers.
struct RowResult {
    std::shared_ptr<const Model> model;
    Row row;
    std::vector<float> values;
    RowSummary summary;
};

/// A stretch of the matrix and the limit of its colour scale.
struct MatrixResult {
    std::shared_ptr<const Model> model;
    MatrixWindow window;
    double limit = 1;      ///< 3 × root mean square, rounded to two digits
    bool ofWhole = false;  ///< the mean is over the whole matrix; else over the rows shown
};

/// How long the rows are, and the scale they are shown on.
struct NormResult {
    std::shared_ptr<const RowNorms> norms;
    NumberScale scale;
};

/// The row that means in one slot what is selected in another.
struct CounterpartResult {
    std::shared_ptr<const Model> from;
    Row fromRow;
    std::shared_ptr<const Model> model;
    std::optional<Row> row;  ///< none: the token has no match here
};

struct NeighborOptions {
    Metric metric = Metric::Cosine;
    std::size_t k = 12;  ///< neighbours listed, 1 … 1,000
};

/// Everything computed from a slot's model, the text and the selection: in the background, keyed by all its
/// inputs, and only while somebody wants it. Results of before stay until the new ones stand; isCurrent tells
/// the two apart.
class Analyses : public QObject {
    Q_OBJECT
  public:
    enum Need { Encoding, Projection, Counterpart, Neighbors, RowValues, Matrix, Norms, Traits, NeedCount };

    Analyses(Session& session, Selection& selection, JobRunner& runner, QObject* parent = nullptr);
    /// Begins with all that the other one holds and has been told, and from then on goes its own way, with
    /// jobs beside those of the other.
    Analyses(const Analyses& other, Selection& selection, QObject* parent = nullptr);
    ~Analyses() override;

    /// Whether something is being computed here.
    bool isBusy() const;

    /// `who` begins or ceases to look at results of that kind, of one slot or of whichever is in front; it
    /// may look at several slots. Whoever looks at one slot is also given the counterpart of what is selected
    /// elsewhere.
    void want(Need need, const QObject* who, bool wanted, std::optional<int> slot = std::nullopt);

    // Of a slot; null until there is one.
    std::shared_ptr<const EncodedText> encoding(int slot) const { return of(slot).encoding; }
    std::shared_ptr<const PcaResult> projection(int slot) const { return of(slot).projection; }
    std::shared_ptr<const CounterpartResult> counterpart(int slot) const { return of(slot).counterpart; }
    std::shared_ptr<const NeighborResult> neighbors(int slot) const { return of(slot).neighbors; }
    std::shared_ptr<const RowResult> rowValues(int slot) const { return of(slot).row; }
    std::shared_ptr<const MatrixResult> matrix(int slot) const { return of(slot).matrix; }
    std::shared_ptr<const NormResult> norms(int slot) const { return of(slot).norms; }
    std::shared_ptr<const TokenTraits> traits(int slot) const { return of(slot).traits; }
    /// The two models in numbers.
    PairAnalysis& pair() { return m_pair; }
    /// False while the result shown belongs to inputs of before.
    bool isCurrent(int slot, Need need) const;
    /// Why there is no result, when the last attempt failed.
    const std::optional<Error>& failure(int slot, Need need) const { return of(slot).failures[need]; }

    /// What the jobs run on: for what one panel alone computes.
    JobRunner& runner() const { return m_runner; }

    const NeighborOptions& neighborOptions() const { return m_neighborOptions; }
    void setNeighborOptions(const NeighborOptions& options);
    /// The stretch of the matrix to show: rows and the lines of pixels there are for them.
    void setMatrixView(int slot, std::size_t firstRow, std::size_t rowCount, std::size_t lines);

    /// The row the slot shows: the selected one if it is of that slot, else its counterpart once that is
    /// known.
    std::optional<Row> selectedRow(int slot) const;

  Q_SIGNALS:
    /// A new result stands, has failed, or has become one of before.
    void changed(int slot, lexiscope::Analyses::Need need);

  private:
    struct MatrixView {
        std::size_t firstRow = 0;
        std::size_t rowCount = 0;
        std::size_t lines = 0;
        bool operator==(const MatrixView&) const = default;
    };
    struct PerSlot {
        std::shared_ptr<const EncodedText> encoding;
        std::shared_ptr<const PcaResult> projection;
        std::shared_ptr<const CounterpartResult> counterpart;
        std::shared_ptr<const NeighborResult> neighbors;
        std::shared_ptr<const RowResult> row;
        std::shared_ptr<const MatrixResult> matrix;
        std::shared_ptr<const NormResult> norms;
        std::shared_ptr<const TokenTraits> traits;
        MatrixView matrixView;
        std::array<QString, NeedCount> keys;  // inputs of the results that stand
        std::array<std::optional<Error>, NeedCount> failures;
    };

    void listen();
    QString channelOf(int slot, Need need) const;
    const PerSlot& of(int slot) const { return m_slots[static_cast<std::size_t>(slot)]; }
    PerSlot& of(int slot) { return m_slots[static_cast<std::size_t>(slot)]; }
    /// The inputs the result of this kind would have now; empty when there is nothing to compute.
    QString keyOf(int slot, Need need) const;
    QString counterpartKey(int slot) const;
    bool isWanted(int slot, Need need) const;
    void refresh(int slot, Need need);
    void refreshAll(int slot);
    /// What depends on the selected row.
    void refreshSelected(int slot);
    void compute(int slot, Need need, const QString& key);
    void computeEncoding(int slot, const JobRunner::Request& request);
    void computeProjection(int slot, const JobRunner::Request& request);
    void computeCounterpart(int slot, const JobRunner::Request& request);
    void computeNeighbors(int slot, const JobRunner::Request& request);
    void computeRow(int slot, const JobRunner::Request& request);
    void computeMatrix(int slot, const JobRunner::Request& request);
    void computeNorms(int slot, const JobRunner::Request& request);
    void computeTraits(int slot, const JobRunner::Request& request);
    /// The rows' norms, although nobody may look at them: later searches are faster with them.
    void prepareNorms(int slot);
    template <typename T>
    void finish(int slot, Need need, const QString& key, std::shared_ptr<const T> PerSlot::*member,
                Result<std::shared_ptr<const T>> result);

    Session& m_session;
    Selection& m_selection;
    JobRunner& m_runner;
    const QString m_channels;  // what its jobs are called, so that another one's are not mistaken for them
    std::vector<PerSlot> m_slots;
    std::array<std::set<std::pair<const QObject*, std::optional<int>>>, NeedCount> m_wanted;
    PairAnalysis m_pair;
    NeighborOptions m_neighborOptions;
    quint64 m_textVersion = 0;
};

}  // namespace lexiscope
