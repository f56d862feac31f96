// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/pair_analysis.h"

#include <utility>

namespace lexiscope {
namespace {

constexpr int firstSlot = 0;
constexpr int secondSlot = 1;
constexpr std::size_t wordsListed = 300;

}  // namespace

PairResult::Ends endsOf(const PairNumbers& numbers, const std::vector<std::size_t>& places) {
    return {places.size(), leastAlike(numbers, places, wordsListed), mostAlike(numbers, places, wordsListed)};
}

PairAnalysis::PairAnalysis(Session& session, JobRunner& runner, QObject* parent)
    : QObject(parent), m_session(session), m_runner(runner) {
    listen();
}

PairAnalysis::PairAnalysis(const PairAnalysis& other)
    : QObject(nullptr),
      m_session(other.m_session),
      m_runner(other.m_runner),
      m_result(other.m_result),
      m_failure(other.m_failure),
      m_failedKey(other.m_failedKey) {
    listen();
}

void PairAnalysis::listen() {
    connect(&m_session, &Session::modelChanged, this, &PairAnalysis::refresh);
}

bool PairAnalysis::awaitsRows() const {
    return m_session.slot(firstSlot).holdsFirstRows() || m_session.slot(secondSlot).holdsFirstRows();
}

PairAnalysis::~PairAnalysis() {
    m_runner.drop(channel());
}

QString PairAnalysis::channel() const {
    return QStringLiteral("pair %1").arg(reinterpret_cast<quintptr>(this), 0, 16);
}

QString PairAnalysis::key() const {
    const Model* first = m_session.slot(firstSlot).model.get();
    const Model* second = m_session.slot(secondSlot).model.get();
    if (first == nullptr || second == nullptr || awaitsRows() || !first->hasVectors() ||
        !second->hasVectors()) {
        return {};
    }
    return QStringLiteral("%1 and %2")
        .arg(reinterpret_cast<quintptr>(first), 0, 16)
        .arg(reinterpret_cast<quintptr>(second), 0, 16);
}

bool PairAnalysis::isCurrent() const {
    return m_result && m_result->first == m_session.slot(firstSlot).model &&
           m_result->second == m_session.slot(secondSlot).model;
}

bool PairAnalysis::isRunning() const {
    return m_runner.isRunning(channel());
}

void PairAnalysis::want(const QObject* who, bool wanted) {
    if (wanted) {
        m_wanted.insert(who);
        refresh();
        return;
    }
    m_wanted.erase(who);
    if (m_wanted.empty()) {
        m_runner.drop(channel());
    }
}

void PairAnalysis::restart() {
    m_failedKey.clear();
    refresh();
}

void PairAnalysis::refresh() {
    const QString wantedKey = key();
    if (m_wanted.empty() || (!wantedKey.isEmpty() && wantedKey == m_failedKey)) {
        return;
    }
    m_failure.reset();
    m_failedKey.clear();
    if (wantedKey.isEmpty() || isCurrent()) {
        m_runner.drop(channel());
        Q_EMIT changed();
        return;
    }
    const std::shared_ptr<const Model> first = m_session.slot(firstSlot).model;
    const std::shared_ptr<const Model> second = m_session.slot(secondSlot).model;
    using Value = std::shared_ptr<const PairResult>;
    m_runner.start<Value>(
        {channel(), wantedKey,
         tr("Comparing %1 with %2")
             .arg(QString::fromStdString(first->name), QString::fromStdString(second->name)),
         Priority::Normal},
        [first, second, &pool = m_runner.pool()](Progress& progress) -> Result<Value> {
            Result<std::shared_ptr<const PairNumbers>> numbers = pairNumbers(*first, *second, pool, progress);
            if (!numbers.ok()) {
                return numbers.error();
            }
            auto result = std::make_shared<PairResult>();
            result->first = first;
            result->second = second;
            result->numbers = std::move(numbers).value();
            result->all = endsOf(*result->numbers, allWords(*result->numbers));
            result->common = endsOf(*result->numbers, commonWords(*result->numbers, *first->vocabulary));
            return Value(std::move(result));
        },
        [this, wantedKey](Result<Value> result) { finish(wantedKey, std::move(result)); });
    Q_EMIT changed();
}

void PairAnalysis::finish(const QString& key, Result<std::shared_ptr<const PairResult>> result) {
    if (result.ok()) {
        m_result = std::move(result).value();
    } else {
        m_failure = result.error();
        m_failedKey = key;
    }
    Q_EMIT changed();
}

}  // namespace lexiscope
