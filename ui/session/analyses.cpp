// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/analyses.h"

#include "core/search/model_traits.h"
#include "ui/session/analysis_work.h"
#include "ui/session/trace_analysis.h"

#include <algorithm>

namespace lexiscope {

Analyses::Analyses(Session& session, Selection& selection, JobRunner& runner, QObject* parent)
    : QObject(parent),
      m_session(session),
      m_selection(selection),
      m_runner(runner),
      m_channels(QStringLiteral("analysis")),
      m_slots(static_cast<std::size_t>(session.slotCount())),
      m_pair(session, runner),
      m_trace(std::make_unique<TraceAnalysis>(runner)) {
    listen();
}

Analyses::Analyses(const Analyses& other, Selection& selection, QObject* parent)
    : QObject(parent),
      m_session(other.m_session),
      m_selection(selection),
      m_runner(other.m_runner),
      m_channels(QStringLiteral("analysis at %1").arg(reinterpret_cast<quintptr>(this), 0, 16)),
      m_slots(other.m_slots),
      m_pair(other.m_pair),
      m_trace(std::make_unique<TraceAnalysis>(*other.m_trace)),
      m_neighborOptions(other.m_neighborOptions),
      m_textVersion(other.m_textVersion) {
    listen();
}

void Analyses::listen() {
    connect(&m_session, &Session::modelChanged, this,
            [this](int slot, const std::shared_ptr<const Model>& previous) {
                const bool sameWords = haveSameWords(previous, m_session.slot(slot).model);
                of(slot).norms.reset();
                if (!m_session.slot(slot).model || !m_session.slot(slot).model->hasVectors()) {
                    dropVectorResults(slot);
                }
                m_runner.drop(channelOf(slot, Norms));
                m_runner.drop(channelOf(slot, Traits));
                if (!sameWords) {
                    of(slot).traits.reset();
                    of(slot).matrixView = {};
                }
                of(slot).cancelledKeys.fill({});
                of(slot).keys.fill({});  // a model may come to lie where another one lay
                if (sameWords && of(slot).traits) {
                    of(slot).keys[Traits] = keyOf(slot, Traits);
                }
                refreshAll(slot);
            });
    connect(&m_session, &Session::activeSlotChanged, this, [this](int slot) { refreshAll(slot); });
    connect(&m_session, &Session::textChanged, this, [this] {
        ++m_textVersion;
        for (int slot = 0; slot < m_session.slotCount(); ++slot) {
            refresh(slot, Encoding);
        }
    });
    connect(&m_session, &Session::encodeOptionsChanged, this, [this] {
        for (int slot = 0; slot < m_session.slotCount(); ++slot) {
            refresh(slot, Encoding);
        }
    });
    connect(&m_selection, &Selection::selectedChanged, this, [this] {
        for (int slot = 0; slot < m_session.slotCount(); ++slot) {
            refreshSelected(slot);
        }
    });
}

void Analyses::dropVectorResults(int slot) {
    of(slot).projection.reset();
    of(slot).neighbors.reset();
    of(slot).row.reset();
    of(slot).matrix.reset();
}

Analyses::~Analyses() {
    for (int slot = 0; slot < static_cast<int>(m_slots.size()); ++slot) {
        for (int need = 0; need < NeedCount; ++need) {
            m_runner.drop(channelOf(slot, static_cast<Need>(need)));
        }
    }
}

QString Analyses::channelOf(int slot, Need need) const {
    return QStringLiteral("%1 %2 %3").arg(m_channels).arg(slot).arg(need);
}

bool Analyses::isBusy() const {
    for (int slot = 0; slot < static_cast<int>(m_slots.size()); ++slot) {
        for (int need = 0; need < NeedCount; ++need) {
            if (m_runner.isRunning(channelOf(slot, static_cast<Need>(need)))) {
                return true;
            }
        }
    }
    return m_pair.isRunning() || m_trace->isBusy();
}

void Analyses::want(Need need, const QObject* who, bool wanted, std::optional<int> slot) {
    if (!wanted) {
        m_wanted[need].erase({who, slot});
        return;
    }
    m_wanted[need].insert({who, slot});
    for (int each = 0; each < m_session.slotCount(); ++each) {
        refresh(each, Counterpart);
        refresh(each, need);
    }
}

bool Analyses::isWanted(int slot, Need need) const {
    const auto looksAt = [&](Need kind) {
        return std::any_of(m_wanted[kind].begin(), m_wanted[kind].end(), [&](const auto& who) {
            return who.second.value_or(m_session.activeSlot()) == slot;
        });
    };
    if (need != Counterpart) {
        return looksAt(need);
    }
    return looksAt(Neighbors) || looksAt(RowValues) || looksAt(Projection) || looksAt(Matrix) ||
           looksAt(Encoding);
}

std::optional<Row> Analyses::selectedRow(int slot) const {
    const std::optional<Selected>& selected = m_selection.selected();
    const std::shared_ptr<const Model>& model = m_session.slot(slot).model;
    if (!selected || !model) {
        return std::nullopt;
    }
    if (selected->slot != slot) {
        return of(slot).counterpart && isCurrent(slot, Counterpart) ? of(slot).counterpart->row
                                                                    : std::nullopt;
    }
    return selected->row.value < model->table->rows() ? std::optional(selected->row) : std::nullopt;
}

bool Analyses::isCurrent(int slot, Need need) const {
    return of(slot).keys[need] == keyOf(slot, need);
}

void Analyses::refreshAll(int slot) {
    for (int need = 0; need < NeedCount; ++need) {
        refresh(slot, static_cast<Need>(need));
    }
}

void Analyses::refreshSelected(int slot) {
    for (const Need need : {Counterpart, RowValues, Neighbors}) {
        refresh(slot, need);
    }
}

void Analyses::refresh(int slot, Need need) {
    // Only what a visible panel shows.
    if (!isWanted(slot, need)) {
        return;
    }
    const QString key = keyOf(slot, need);
    PerSlot& state = of(slot);
    if (!key.isEmpty() && state.cancelledKeys[need] == key) {
        return;
    }
    state.cancelledKeys[need].clear();
    const bool hadFailed = std::exchange(state.failures[need], std::nullopt).has_value();
    if (!key.isEmpty() && state.keys[need] == key) {
        const bool wasRunning = m_runner.isRunning(channelOf(slot, need));
        m_runner.drop(channelOf(slot, need));
        if (wasRunning || hadFailed) {
            Q_EMIT changed(slot, need);
        }
        return;
    }
    if (key.isEmpty()) {
        m_runner.drop(channelOf(slot, need));
    } else {
        compute(slot, need, key);
    }
    Q_EMIT changed(slot, need);
}

bool Analyses::wasCancelled(int slot, Need need) const {
    const std::optional<Error>& error = failure(slot, need);
    return error && error->code == ErrorCode::Cancelled;
}

void Analyses::retry(int slot, Need need) {
    of(slot).cancelledKeys[need].clear();
    refresh(slot, need);
}

JobRunner::Request Analyses::requestFor(int slot, Need need, const QString& key) const {
    const QString name = QString::fromStdString(m_session.slot(slot).model->name);
    const auto request = [&](const QString& label, Priority priority = Priority::Interactive) {
        return JobRunner::Request{channelOf(slot, need), key, label, priority};
    };
    switch (need) {
        case Encoding:
            return request(tr("Cutting the text into tokens"));
        case Projection:
            return request(tr("Projecting %1").arg(name), Priority::Normal);
        case Counterpart:
            return request(tr("Finding the token in %1").arg(name));
        case Neighbors:
            return request(tr("Searching neighbours in %1").arg(name));
        case RowValues:
            return request(tr("Reading a row of %1").arg(name));
        case Matrix:
            return request(tr("Reading rows of %1").arg(name));
        case Norms:
            return request(tr("Measuring the rows of %1").arg(name), Priority::Normal);
        case Traits:
            return request(tr("Reading the tokens of %1").arg(name), Priority::Normal);
        case NeedCount:
            break;
    }
    return {};
}

void Analyses::compute(int slot, Need need, const QString& key) {
    const std::shared_ptr<const Model> model = m_session.slot(slot).model;
    const std::shared_ptr<const NormResult> measured = of(slot).norms;
    WorkerPool* pool = &m_runner.pool();
    const JobRunner::Request request = requestFor(slot, need, key);
    switch (need) {
        case Encoding:
            return begin(slot, need, request, &PerSlot::encoding,
                         [text = m_session.text(), options = m_session.encodeOptions(), model,
                          before = of(slot).encoding](Progress& progress) {
                             return encodeText(text, *model, options, before.get(), progress);
                         });
        case Projection:
            return begin(slot, need, request, &PerSlot::projection, [model, pool](Progress& progress) {
                return pca(*model->table, PcaOptions{}, *pool, progress);
            });
        case Counterpart:
            return begin(
                slot, need, request, &PerSlot::counterpart,
                [from = m_session.slot(m_selection.selected()->slot).model, row = m_selection.selected()->row,
                 model](Progress&) { return findCounterpart(from, row, model); });
        case Neighbors:
            return begin(slot, need, request, &PerSlot::neighbors,
                         [model, row = *selectedRow(slot), options = m_neighborOptions, measured,
                          pool](Progress& progress) {
                             return findNeighbors(model, row, options, measured.get(), *pool, progress);
                         });
        case RowValues:
            return begin(slot, need, request, &PerSlot::row,
                         [model, row = *selectedRow(slot)](Progress&) { return readRow(model, row); });
        case Matrix:
            return begin(slot, need, request, &PerSlot::matrix,
                         [model, stretch = of(slot).matrixView, measured](Progress& progress) {
                             return readStretch(model, stretch, measured.get(), progress);
                         });
        case Norms:
            return begin(slot, need, request, &PerSlot::norms,
                         [model, pool](Progress& progress) { return measureNorms(*model, *pool, progress); });
        case Traits:
            return begin(slot, need, request, &PerSlot::traits, [model, pool](Progress& progress) {
                return traitsOfTokens(*model, *pool, progress);
            });
        case NeedCount:
            break;
    }
}

template <typename T, typename Work>
void Analyses::begin(int slot, Need need, const JobRunner::Request& request,
                     std::shared_ptr<const T> PerSlot::*member, Work work) {
    using Value = std::shared_ptr<const T>;
    m_runner.start<Value>(request, std::move(work),
                          [this, slot, need, key = request.key, member](Result<Value> result) {
                              finish(slot, need, key, member, std::move(result));
                          });
}

template <typename T>
void Analyses::finish(int slot, Need need, const QString& key, std::shared_ptr<const T> PerSlot::*member,
                      Result<std::shared_ptr<const T>> result) {
    PerSlot& state = of(slot);
    if (result.ok()) {
        state.*member = std::move(result).value();
        state.keys[need] = key;
    } else {
        state.failures[need] = result.error();
        state.cancelledKeys[need] = result.error().code == ErrorCode::Cancelled ? key : QString();
    }
    Q_EMIT changed(slot, need);
    follow(slot, need);
}

void Analyses::follow(int slot, Need need) {
    if (need == Counterpart) {
        refreshSelected(slot);
    } else if (need == Norms) {
        refresh(slot, Matrix);
    } else if (need == Neighbors || need == Matrix) {
        prepareNorms(slot);
    }
}

void Analyses::prepareNorms(int slot) {
    // After the first search, which does without: on a file of gigabytes the first answer should not wait for
    // this pass.
    const QString key = keyOf(slot, Norms);
    if (!key.isEmpty() && of(slot).keys[Norms] != key && of(slot).cancelledKeys[Norms] != key) {
        compute(slot, Norms, key);
    }
}

void Analyses::setNeighborOptions(const NeighborOptions& options) {
    m_neighborOptions = options;
    for (int slot = 0; slot < m_session.slotCount(); ++slot) {
        refresh(slot, Neighbors);
    }
}

void Analyses::setMatrixView(int slot, std::size_t firstRow, std::size_t rowCount, std::size_t lines) {
    const MatrixStretch view{firstRow, rowCount, lines};
    if (of(slot).matrixView == view) {
        return;
    }
    of(slot).matrixView = view;
    refresh(slot, Matrix);
}

}  // namespace lexiscope
