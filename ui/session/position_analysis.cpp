// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/position_analysis.h"

#include "ui/session/position_work.h"

#include <algorithm>

namespace lexiscope {
namespace {

QString number(double value) {
    return QString::number(value, 'g', 17);
}

QString keyOf(const SinusoidalOptions& options) {
    return QStringLiteral("%1 %2 %3 %4")
        .arg(options.length)
        .arg(options.dimension)
        .arg(number(options.base))
        .arg(static_cast<int>(options.layout));
}

QString keyOf(const RotaryOptions& options) {
    const RotaryScaling& scaling = options.scaling;
    const QString shape = QStringLiteral("%1 %2 %3 %4 %5")
                              .arg(options.length)
                              .arg(options.dimension)
                              .arg(number(options.base))
                              .arg(static_cast<int>(options.layout))
                              .arg(static_cast<int>(scaling.kind));
    return QStringList{shape,
                       number(scaling.factor),
                       QString::number(scaling.originalLength),
                       number(scaling.attentionFactor.value_or(0)),
                       number(scaling.betaFast),
                       number(scaling.betaSlow),
                       number(scaling.lowFrequencyFactor),
                       number(scaling.highFrequencyFactor)}
        .join(u' ');
}

QString matrixKey(PositionKind kind, const PositionInputs& inputs) {
    switch (kind) {
        case PositionKind::Sinusoidal:
            return keyOf(inputs.sinusoidal);
        case PositionKind::Learned:
            return inputs.model && inputs.model->positions
                       ? QString::number(reinterpret_cast<quintptr>(inputs.model.get()), 16)
                       : QString();
        case PositionKind::Rotary:
            return keyOf(inputs.rotary);
        case PositionKind::Alibi:
            return QStringLiteral("%1 %2 %3")
                .arg(inputs.alibi.length)
                .arg(inputs.alibi.heads)
                .arg(inputs.head);
        case PositionKind::T5:
            break;
    }
    return QString::number(inputs.bucketLength);
}

}  // namespace

PositionAnalysis::PositionAnalysis(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {}

PositionAnalysis::~PositionAnalysis() {
    for (const PositionKind kind : positionKinds) {
        for (const Part part : parts) {
            m_runner.drop(channelOf(kind, part));
        }
    }
}

QString PositionAnalysis::channelOf(PositionKind kind, Part part) const {
    // Two panels may look at different ones.
    return QStringLiteral("positions %1 %2 %3")
        .arg(reinterpret_cast<quintptr>(this), 0, 16)
        .arg(static_cast<int>(kind))
        .arg(part);
}

bool PositionAnalysis::isBusy() const {
    return std::any_of(positionKinds.begin(), positionKinds.end(), [this](PositionKind kind) {
        return std::any_of(parts.begin(), parts.end(),
                           [=, this](Part part) { return m_runner.isRunning(channelOf(kind, part)); });
    });
}

QString PositionAnalysis::keyOf(PositionKind kind, Part part) const {
    if (part == Matrix) {
        return matrixKey(kind, m_inputs);
    }
    const bool isReady = hasVectors(kind) && of(kind).matrix && isCurrent(kind, Matrix);
    return isReady ? of(kind).keys[Matrix] : QString();
}

bool PositionAnalysis::isCurrent(PositionKind kind, Part part) const {
    const QString key = keyOf(kind, part);
    return !key.isEmpty() && of(kind).keys[part] == key;
}

void PositionAnalysis::setInputs(const PositionInputs& inputs) {
    if (inputs == m_inputs) {
        return;
    }
    m_inputs = inputs;
    for (const PositionKind kind : positionKinds) {
        refresh(kind, Matrix);
    }
}

void PositionAnalysis::want(PositionKind kind, Part part, bool wanted) {
    if (of(kind).wanted[part] != wanted) {
        of(kind).wanted[part] = wanted;
        refresh(kind, part);
    }
}

void PositionAnalysis::forget(PositionKind kind) {
    for (const Part part : parts) {
        m_runner.drop(channelOf(kind, part));
    }
    of(kind) = PerKind();
}

void PositionAnalysis::refresh(PositionKind kind, Part part) {
    PerKind& state = of(kind);
    const QString key = keyOf(kind, part);
    state.failures[part].reset();
    if (!state.wanted[part] || key.isEmpty() || state.keys[part] == key) {
        m_runner.drop(channelOf(kind, part));
    } else {
        begin(kind, part, key);
    }
    if (part == Matrix) {
        refreshFollowing(kind);
    }
    Q_EMIT changed();
}

void PositionAnalysis::refreshFollowing(PositionKind kind) {
    for (const Part part : parts) {
        if (part != Matrix) {
            refresh(kind, part);
        }
    }
}

template <typename Value, typename Work>
void PositionAnalysis::start(PositionKind kind, Part part, const QString& key, Value PerKind::*member,
                             Work work) {
    const QString name = part == Matrix       ? tr("Computing positions")
                         : part == Similarity ? tr("Comparing positions")
                         : part == Decay      ? tr("Comparing positions by distance")
                                              : tr("Projecting positions");
    m_runner.start<Value>({channelOf(kind, part), key, name, Priority::Interactive}, std::move(work),
                          [this, kind, part, key, member](Result<Value> result) {
                              PerKind& state = of(kind);
                              if (result.ok()) {
                                  state.*member = std::move(result).value();
                                  state.keys[part] = key;
                              } else {
                                  state.failures[part] = result.error();
                              }
                              if (part == Matrix) {
                                  refreshFollowing(kind);
                              } else {
                                  Q_EMIT changed();
                              }
                          });
}

void PositionAnalysis::begin(PositionKind kind, Part part, const QString& key) {
    WorkerPool& pool = m_runner.pool();
    const std::shared_ptr<const PositionMatrix> matrix = of(kind).matrix;
    switch (part) {
        case Matrix:
            return start(kind, part, key, &PerKind::matrix,
                         [kind, inputs = m_inputs, &pool](Progress& progress) {
                             return makePositionMatrix(kind, inputs, pool, progress);
                         });
        case Similarity:
            return start(kind, part, key, &PerKind::similarity, [matrix, &pool](Progress& progress) {
                return comparePositions(matrix, mostCompared, pool, progress);
            });
        case Decay:
            return start(kind, part, key, &PerKind::decay, [matrix, &pool](Progress& progress) {
                return decayOfPositions(matrix, mostCompared, pool, progress);
            });
        case Curve:
            return start(kind, part, key, &PerKind::curve, [matrix, &pool](Progress& progress) {
                return curveOfPositions(matrix, mostCompared, pool, progress);
            });
    }
}

}  // namespace lexiscope
