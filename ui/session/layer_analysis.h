// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analysis_results.h"
#include "ui/session/job_runner.h"
#include "ui/session/layer_model.h"
#include "ui/session/lookup_lines.h"
#include "ui/session/made_work.h"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>

namespace lexiscope {

/// Steps of gradient descent that draw one row of a layer towards another, `count` times the same.
struct LayerSteps {
    Row row;
    Row goal;
    std::size_t times = 1;  ///< that the row stands in the batch
    float rate = 0.1F;
    std::size_t count = 1;

    bool operator==(const LayerSteps&) const = default;
};

/// A layer made here.
struct OwnLayer {
    LayerOptions options;
    LayerWords words;
    std::vector<LayerSteps> steps;  ///< taken since it was made

    bool operator==(const OwnLayer&) const = default;
};

/// It stands, as a model: the same vocabulary as long as options and words are the same.
struct MadeLayer {
    OwnLayer layer;
    std::shared_ptr<const Model> model;
    std::shared_ptr<const NormResult> norms;
};

/// What is looked at of a table.
struct LayerView {
    std::shared_ptr<const Model> model;       ///< null: nothing
    std::shared_ptr<const NormResult> norms;  ///< of it, for the colour scale; may be null
    MatrixStretch stretch;
    Row row;                    ///< looked up
    Row goal;                   ///< drawn towards
    std::size_t mostLines = 9;  ///< up to which all rows are shown in the look-up (see lookupLines)

    bool operator==(const LayerView&) const = default;
};

/// Some rows of a table.
struct LayerRows {
    std::shared_ptr<const Model> model;
    Row row;
    Row goal;
    std::vector<LookupLine> lines;
    std::vector<float> rowValues;
    std::vector<float> goalValues;
};

/// The one-hot vector times the table.
struct LayerProduct {
    std::shared_ptr<const Model> model;
    Row row;
    std::vector<float> values;
    bool isRow = false;  ///< bit for bit
};

/// A layer made here, and what is seen of its table or a model's, in the background. Results of before stay
/// until the new ones stand; isCurrent tells the two apart. Of a mapped table only the rows in view are read,
/// and all of it once for the product where that has at most mostProductWeights numbers. For one panel.
class LayerAnalysis : public QObject {
    Q_OBJECT
  public:
    enum Part { Make, Matrix, Rows, Product };
    static constexpr std::size_t partCount = 4;
    static constexpr std::size_t mostProductWeights = mostLayerWeights;
    static constexpr std::size_t mostSteps = 10'000;

    explicit LayerAnalysis(JobRunner& runner, QObject* parent = nullptr);
    ~LayerAnalysis() override;

    /// Makes that layer, and takes its steps, unless that is the one that stands or is being made. Not more
    /// than mostSteps are taken, and none on a row that it does not have.
    void setOwn(OwnLayer layer);
    /// What is wanted; made() is it once it stands.
    const OwnLayer& own() const { return m_own; }
    /// One more step, after those that are being taken.
    void take(LayerSteps step);
    /// Null until there is one.
    const std::shared_ptr<const MadeLayer>& made() const { return m_made; }
    /// Steps were taken, and the layer that they have made lies in no file.
    bool isUnsaved() const { return !m_own.steps.empty() && m_saved != m_own; }
    /// Writes the layer that stands (see saveVectors).
    void save(const QString& path, MadeWork::Finished finished);
    /// That layer lies in a file now.
    void setSaved(const OwnLayer& layer) { m_saved = layer; }

    void look(LayerView view);
    std::shared_ptr<const MatrixResult> matrix() const { return m_matrix; }
    std::shared_ptr<const LayerRows> rows() const { return m_rows; }
    std::shared_ptr<const LayerProduct> product() const { return m_product; }
    /// Whether the product of that table is computed.
    static bool hasProduct(const Model& model);

    bool isCurrent(Part part) const;
    bool isBusy() const;
    /// Why there is no result, when the last attempt failed.
    const std::optional<Error>& failure(Part part) const { return m_failures[part]; }
    bool wasCancelled(Part part) const;
    /// Once more after a failure.
    void retry(Part part);
    QString channelOf(Part part) const;

  Q_SIGNALS:
    /// A new result stands, has failed, or has become one of before.
    void changed();

  private:
    QString keyOf(Part part) const;
    void make();
    void refresh(Part part);
    template <typename T, typename Work>
    void begin(Part part, const QString& label, std::shared_ptr<const T>& member, Work work);

    JobRunner& m_runner;
    OwnLayer m_own;
    std::shared_ptr<const MadeLayer> m_made;
    std::optional<OwnLayer> m_saved;
    LayerView m_view;
    std::shared_ptr<const MatrixResult> m_matrix;
    std::shared_ptr<const LayerRows> m_rows;
    std::shared_ptr<const LayerProduct> m_product;
    std::array<QString, partCount> m_keys;  // inputs of the results that stand
    std::array<std::optional<Error>, partCount> m_failures;
    quint64 m_orders = 0;  // for layers
    quint64 m_saves = 0;
};

}  // namespace lexiscope
