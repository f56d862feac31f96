// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/feature_table.h"
#include "core/model.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>

namespace lexiscope {

/// The feature table that is being made, with a way back through its changes, and the model it is.
class FeatureDocument : public QObject {
    Q_OBJECT
  public:
    explicit FeatureDocument(QObject* parent = nullptr) : QObject(parent) {}

    const FeatureTable& table() const { return *m_history[m_at].table; }
    /// Of the table as it is now; the same one until it changes. While the things keep their names, it keeps
    /// its vocabulary (see haveSameWords).
    std::shared_ptr<const Model> model() const;

    /// What a change leaves of things and questions: views keep their place by it.
    struct Change {
        enum class Kind { Whole, Rating, ThingName, QuestionName };
        Kind kind = Kind::Whole;
        std::size_t thing = 0;
        std::size_t question = 0;
    };
    /// A step that Undo takes back; `what` names it: "Rate cat". Nothing where the table stays the same. An
    /// error is told by refused().
    void apply(const QString& what, const Result<FeatureTable>& table, const Change& change);
    void apply(const QString& what, const Result<FeatureTable>& table) { apply(what, table, Change()); }
    /// To begin with: there is nothing to take back.
    void begin(FeatureTable table);

    /// What Undo and Redo would do; none: they do nothing.
    std::optional<QString> undoText() const;
    std::optional<QString> redoText() const;
    void undo();
    void redo();

  Q_SIGNALS:
    void changed(lexiscope::FeatureDocument::Change change);
    void refused(lexiscope::Error error);

  private:
    struct Step {
        QString what;  ///< that led to it
        std::shared_ptr<const FeatureTable> table;
        Change change;
    };
    void goTo(std::size_t at, const Change& change);

    std::vector<Step> m_history{{{}, std::make_shared<FeatureTable>(), {}}};
    std::size_t m_at = 0;
    mutable std::shared_ptr<const Model> m_model;
    mutable std::shared_ptr<const Model> m_words;  // the last one made
};

}  // namespace lexiscope
