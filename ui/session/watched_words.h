// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "core/search/nearest.h"
#include "ui/session/job_runner.h"

#include <cstddef>
#include <memory>
#include <vector>

#include <QObject>
#include <QString>

namespace lexiscope {

/// A word and the rows nearest to it by cosine, best first, itself left out.
struct WatchedWord {
    Row row;
    std::vector<Neighbor> neighbors;
};

/// The neighbours of a few words at once, looked for in the background whenever the words or the model
/// change. What was found before stays until the new ones stand.
class WatchedWords : public QObject {
    Q_OBJECT
  public:
    static constexpr std::size_t neighborsOfEach = 10;

    explicit WatchedWords(JobRunner& runner, QObject* parent = nullptr);
    ~WatchedWords() override;

    /// Null: none. Rows that the model does not have are left out.
    void watch(const std::shared_ptr<const Model>& model, const std::vector<Row>& rows);
    /// That the words are of; null while there are none.
    const std::shared_ptr<const Model>& model() const { return m_found.model; }
    const std::vector<WatchedWord>& words() const { return m_found.words; }
    bool isBusy() const { return m_runner.isRunning(m_channel); }

  Q_SIGNALS:
    void changed();

  private:
    struct Found {
        std::shared_ptr<const Model> model;
        std::vector<WatchedWord> words;
    };
    static Result<Found> find(const std::shared_ptr<const Model>& model, const std::vector<Row>& rows,
                              WorkerPool& pool, Progress& progress);

    JobRunner& m_runner;
    const QString m_channel;
    std::shared_ptr<const Model> m_model;  // asked for
    std::vector<Row> m_rows;
    Found m_found;
    quint64 m_searches = 0;
};

}  // namespace lexiscope
