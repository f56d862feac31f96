// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/token_traits.h"
#include "core/projection/pca.h"
#include "ui/session/analysis_results.h"
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

class TraceAnalysis;

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
    /// The text in front on its way through its tokenizer, for all that look at that.
    TraceAnalysis& trace() { return *m_trace; }
    /// False while the result shown belongs to inputs of before.
    bool isCurrent(int slot, Need need) const;
    /// Why there is no result, when the last attempt failed.
    const std::optional<Error>& failure(int slot, Need need) const { return of(slot).failures[need]; }
    /// It was cancelled, and is not begun again with the same inputs until retry().
    bool wasCancelled(int slot, Need need) const;
    /// Once more after a failure.
    void retry(int slot, Need need);
    /// Of its job.
    QString channelOf(int slot, Need need) const;

    /// Results that whoever made the slot's model has computed of it already; each that does not belong to
    /// the inputs of now is left aside.
    void adopt(int slot, const PreparedResults& prepared);

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
    struct PerSlot {
        std::shared_ptr<const EncodedText> encoding;
        std::shared_ptr<const PcaResult> projection;
        std::shared_ptr<const CounterpartResult> counterpart;
        std::shared_ptr<const NeighborResult> neighbors;
        std::shared_ptr<const RowResult> row;
        std::shared_ptr<const MatrixResult> matrix;
        std::shared_ptr<const NormResult> norms;
        std::shared_ptr<const TokenTraits> traits;
        MatrixStretch matrixView;
        std::array<QString, NeedCount> keys;  // inputs of the results that stand
        std::array<std::optional<Error>, NeedCount> failures;
        std::array<QString, NeedCount> cancelledKeys;  // inputs of what was cancelled
    };

    void listen();
    /// Nothing will take the place of what was computed from the vectors of before.
    void dropVectorResults(int slot);
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
    JobRunner::Request requestFor(int slot, Need need, const QString& key) const;
    void compute(int slot, Need need, const QString& key);
    /// Runs `work` and keeps what it gives in that member.
    template <typename T, typename Work>
    void begin(int slot, Need need, const JobRunner::Request& request,
               std::shared_ptr<const T> PerSlot::*member, Work work);
    /// The rows' norms, although nobody may look at them: later searches are faster with them.
    void prepareNorms(int slot);
    template <typename T>
    void adopt(int slot, Need need, std::shared_ptr<const T> PerSlot::*member,
               const std::shared_ptr<const T>& result);
    template <typename T>
    void finish(int slot, Need need, const QString& key, std::shared_ptr<const T> PerSlot::*member,
                Result<std::shared_ptr<const T>> result);
    /// What a result of that kind leads to.
    void follow(int slot, Need need);

    Session& m_session;
    Selection& m_selection;
    JobRunner& m_runner;
    const QString m_channels;  // what its jobs are called, so that another one's are not mistaken for them
    std::vector<PerSlot> m_slots;
    std::array<std::set<std::pair<const QObject*, std::optional<int>>>, NeedCount> m_wanted;
    PairAnalysis m_pair;
    std::unique_ptr<TraceAnalysis> m_trace;
    NeighborOptions m_neighborOptions;
    quint64 m_textVersion = 0;
};

}  // namespace lexiscope
