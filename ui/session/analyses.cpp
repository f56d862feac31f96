// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/analyses.h"

#include "core/base/utf8.h"
#include "core/search/token_lookup.h"
#include "ui/session/scale_limit.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexiscope {
namespace {

using Clock = std::chrono::steady_clock;

QString keyOfModel(const Model* model) {
    return QString::number(reinterpret_cast<quintptr>(model), 16);
}

}  // namespace

Analyses::Analyses(Session& session, Selection& selection, JobRunner& runner, QObject* parent)
    : QObject(parent),
      m_session(session),
      m_selection(selection),
      m_runner(runner),
      m_channels(QStringLiteral("analysis")),
      m_slots(static_cast<std::size_t>(session.slotCount())),
      m_pair(session, runner) {
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
      m_neighborOptions(other.m_neighborOptions),
      m_textVersion(other.m_textVersion) {
    listen();
}

void Analyses::listen() {
    connect(&m_session, &Session::modelChanged, this, [this](int slot) {
        of(slot).norms.reset();
        of(slot).traits.reset();
        of(slot).keys[Norms].clear();
        of(slot).keys[Traits].clear();
        m_runner.drop(channelOf(slot, Norms));
        m_runner.drop(channelOf(slot, Traits));
        of(slot).matrixView = {};
        of(slot).keys.fill({});  // a model may come to lie where another one lay
        refreshAll(slot);
    });
    connect(&m_session, &Session::activeSlotChanged, this, [this](int slot) { refreshAll(slot); });
    connect(&m_session, &Session::textChanged, this, [this] {
        ++m_textVersion;
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
    return m_pair.isRunning();
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

QString Analyses::counterpartKey(int slot) const {
    const std::optional<Selected>& selected = m_selection.selected();
    if (!selected || selected->slot == slot) {
        return {};
    }
    const Model* from = m_session.slot(selected->slot).model.get();
    if (from == nullptr || selected->row.value >= from->table->rows()) {
        return {};
    }
    return QStringLiteral("%1 of %2 row %3")
        .arg(keyOfModel(m_session.slot(slot).model.get()), keyOfModel(from))
        .arg(selected->row.value);
}

QString Analyses::keyOf(int slot, Need need) const {
    const Model* model = m_session.slot(slot).model.get();
    if (model == nullptr) {
        return {};
    }
    if (need == Counterpart) {
        return counterpartKey(slot);
    }
    const QString modelKey = keyOfModel(model);
    const std::optional<Row> row = selectedRow(slot);
    switch (need) {
        case Encoding:
            return model->tokenizer ? QStringLiteral("%1 text %2").arg(modelKey).arg(m_textVersion)
                                    : QString();
        case Projection:
            return modelKey + QStringLiteral(" pca 2");
        case Neighbors:
            return row ? QStringLiteral("%1 row %2 %3 %4")
                             .arg(modelKey)
                             .arg(row->value)
                             .arg(static_cast<int>(m_neighborOptions.metric))
                             .arg(m_neighborOptions.k)
                       : QString();
        case Norms:
            return modelKey + QStringLiteral(" norms");
        case Traits:
            return modelKey + QStringLiteral(" tokens");
        case RowValues:
            return row ? QStringLiteral("%1 row %2").arg(modelKey).arg(row->value) : QString();
        case Matrix: {
            const MatrixView& view = of(slot).matrixView;
            return view.lines == 0 ? QString()
                                   : QStringLiteral("%1 rows %2 %3 %4 %5")
                                         .arg(modelKey)
                                         .arg(view.firstRow)
                                         .arg(view.rowCount)
                                         .arg(view.lines)
                                         .arg(of(slot).norms ? 1 : 0);
        }
        case Counterpart:
        case NeedCount:
            break;
    }
    return {};
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
    if (!key.isEmpty() && of(slot).keys[need] == key) {
        if (m_runner.isRunning(channelOf(slot, need))) {
            m_runner.drop(channelOf(slot, need));
            Q_EMIT changed(slot, need);
        }
        return;
    }
    of(slot).failures[need].reset();
    if (key.isEmpty()) {
        m_runner.drop(channelOf(slot, need));
    } else {
        compute(slot, need, key);
    }
    Q_EMIT changed(slot, need);
}

void Analyses::compute(int slot, Need need, const QString& key) {
    const QString name = QString::fromStdString(m_session.slot(slot).model->name);
    const auto request = [&](const QString& label, Priority priority) {
        return JobRunner::Request{channelOf(slot, need), key, label, priority};
    };
    switch (need) {
        case Encoding:
            computeEncoding(slot, request(tr("Cutting the text into tokens"), Priority::Interactive));
            break;
        case Projection:
            computeProjection(slot, request(tr("Projecting %1").arg(name), Priority::Normal));
            break;
        case Counterpart:
            computeCounterpart(slot, request(tr("Finding the token in %1").arg(name), Priority::Interactive));
            break;
        case Neighbors:
            computeNeighbors(slot,
                             request(tr("Searching neighbours in %1").arg(name), Priority::Interactive));
            break;
        case RowValues:
            computeRow(slot, request(tr("Reading a row of %1").arg(name), Priority::Interactive));
            break;
        case Matrix:
            computeMatrix(slot, request(tr("Reading rows of %1").arg(name), Priority::Interactive));
            break;
        case Norms:
            computeNorms(slot, request(tr("Measuring the rows of %1").arg(name), Priority::Normal));
            break;
        case Traits:
            computeTraits(slot, request(tr("Reading the tokens of %1").arg(name), Priority::Normal));
            break;
        case NeedCount:
            break;
    }
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
    }
    Q_EMIT changed(slot, need);
}

void Analyses::computeEncoding(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const EncodedText>;
    m_runner.start<Value>(
        request,
        [text = m_session.text(), model = m_session.slot(slot).model](Progress& progress) -> Result<Value> {
            auto encoded = std::make_shared<EncodedText>();
            encoded->text = text.toStdString();
            Result<lexiscope::Encoding> encoding = model->tokenizer->encode(encoded->text, {}, progress);
            if (!encoding.ok()) {
                return encoding.error();
            }
            encoded->encoding = std::move(encoding).value();
            encoded->tokenizer = model->tokenizer;
            encoded->positions = model->positions ? model->positions->rows() : 0;
            encoded->characters = countCharacters(encoded->text);
            return Value(std::move(encoded));
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, Encoding, key, &PerSlot::encoding, std::move(result));
        });
}

void Analyses::computeProjection(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const PcaResult>;
    m_runner.start<Value>(
        request,
        [model = m_session.slot(slot).model, &pool = m_runner.pool()](Progress& progress) {
            return pca(*model->table, PcaOptions{}, pool, progress);
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, Projection, key, &PerSlot::projection, std::move(result));
        });
}

void Analyses::computeCounterpart(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const CounterpartResult>;
    const Selected selected = *m_selection.selected();
    m_runner.start<Value>(
        request,
        [from = m_session.slot(selected.slot).model, row = selected.row,
         model = m_session.slot(slot).model](Progress&) -> Result<Value> {
            return Value(std::make_shared<CounterpartResult>(
                CounterpartResult{from, row, model, matchToken(*from->vocabulary, row, *model->vocabulary)}));
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, Counterpart, key, &PerSlot::counterpart, std::move(result));
            refreshSelected(slot);
        });
}

void Analyses::computeNeighbors(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const NeighborResult>;
    m_runner.start<Value>(
        request,
        [model = m_session.slot(slot).model, measured = of(slot).norms, row = *selectedRow(slot),
         options = m_neighborOptions, &pool = m_runner.pool()](Progress& progress) -> Result<Value> {
            const auto begin = Clock::now();
            NearestQuery query;
            query.vector = model->table->row(row);
            query.metric = options.metric;
            query.k = options.k;
            query.excluded = {row};
            const RowNorms* norms = measured ? measured->norms.get() : nullptr;
            Result<std::vector<Neighbor>> found = nearest(*model->table, norms, query, pool, progress);
            if (!found.ok()) {
                return found.error();
            }
            auto result = std::make_shared<NeighborResult>();
            result->model = model;
            result->row = row;
            result->metric = options.metric;
            result->k = options.k;
            result->neighbors = std::move(found).value();
            result->seconds = std::chrono::duration<double>(Clock::now() - begin).count();
            return Value(std::move(result));
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, Neighbors, key, &PerSlot::neighbors, std::move(result));
            prepareNorms(slot);
        });
}

void Analyses::prepareNorms(int slot) {
    // After the first search, which does without: on a file of gigabytes the first answer should not wait for
    // this pass.
    if (const QString key = keyOf(slot, Norms); !key.isEmpty() && of(slot).keys[Norms] != key) {
        compute(slot, Norms, key);
    }
}

void Analyses::computeNorms(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const NormResult>;
    m_runner.start<Value>(
        request,
        [model = m_session.slot(slot).model, &pool = m_runner.pool()](Progress& progress) -> Result<Value> {
            Result<std::shared_ptr<const RowNorms>> norms = RowNorms::compute(*model->table, pool, progress);
            if (!norms.ok()) {
                return norms.error();
            }
            const NumberScale scale = scaleOf(norms.value()->values());
            return Value(std::make_shared<NormResult>(NormResult{std::move(norms).value(), scale}));
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, Norms, key, &PerSlot::norms, std::move(result));
            refresh(slot, Matrix);
        });
}

void Analyses::computeTraits(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const TokenTraits>;
    m_runner.start<Value>(
        request,
        [model = m_session.slot(slot).model, &pool = m_runner.pool()](Progress& progress) {
            return TokenTraits::of(*model->vocabulary, pool, progress);
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, Traits, key, &PerSlot::traits, std::move(result));
        });
}

void Analyses::computeRow(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const RowResult>;
    m_runner.start<Value>(
        request,
        [model = m_session.slot(slot).model, row = *selectedRow(slot)](Progress&) -> Result<Value> {
            auto result = std::make_shared<RowResult>();
            result->model = model;
            result->row = row;
            result->values = model->table->row(row);
            if (const Result<Done> read = model->table->check(); !read.ok()) {
                return read.error();
            }
            result->summary = summarize(result->values);
            return Value(std::move(result));
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, RowValues, key, &PerSlot::row, std::move(result));
        });
}

void Analyses::computeMatrix(int slot, const JobRunner::Request& request) {
    using Value = std::shared_ptr<const MatrixResult>;
    m_runner.start<Value>(
        request,
        [model = m_session.slot(slot).model, measured = of(slot).norms,
         view = of(slot).matrixView](Progress& progress) -> Result<Value> {
            Result<MatrixWindow> window =
                matrixWindow(*model->table, view.firstRow, view.rowCount, view.lines, progress);
            if (!window.ok()) {
                return window.error();
            }
            auto result = std::make_shared<MatrixResult>();
            result->model = model;
            result->window = std::move(window).value();
            result->ofWhole = measured != nullptr;
            double count = 0;
            const double squares =
                sumOfSquares(measured ? measured->norms->values() : result->window.values, count);
            result->limit = scaleLimit(
                squares, measured ? count * static_cast<double>(model->table->dimension()) : count);
            return Value(std::move(result));
        },
        [this, slot, key = request.key](Result<Value> result) {
            finish(slot, Matrix, key, &PerSlot::matrix, std::move(result));
            prepareNorms(slot);
        });
}

void Analyses::setNeighborOptions(const NeighborOptions& options) {
    m_neighborOptions = options;
    for (int slot = 0; slot < m_session.slotCount(); ++slot) {
        refresh(slot, Neighbors);
    }
}

void Analyses::setMatrixView(int slot, std::size_t firstRow, std::size_t rowCount, std::size_t lines) {
    const MatrixView view{firstRow, rowCount, lines};
    if (of(slot).matrixView == view) {
        return;
    }
    of(slot).matrixView = view;
    refresh(slot, Matrix);
}

}  // namespace lexiscope
