// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/step_text.h"

#include "core/base/utf8.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/tr.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <QStringList>

namespace lexiscope {
namespace {

const std::array<QString, stepStages> stageNames = {
    QStringLiteral("word"),  QStringLiteral("row"),     QStringLiteral("context"),
    QStringLiteral("drawn"), QStringLiteral("product"), QStringLiteral("sigmoid"),
    QStringLiteral("error"), QStringLiteral("change"),  QStringLiteral("after")};

QString quoted(const QString& word) {
    return u'“' + word + u'”';
}

/// "1 word", "3 words"
QString words(std::size_t count) {
    return count == 1 ? tr("1 word") : tr("%1 words").arg(groupedText(count));
}

/// Terms with their signs between them: "0.392 y(queen) − 0.26 y(bread) + …".
class Sum {
  public:
    void add(double factor, const QString& of) {
        const QString term = shortNumber(std::abs(factor)) + of;
        if (m_text.isEmpty()) {
            m_text = (std::signbit(factor) && factor != 0 ? QStringLiteral("−") : QString()) + term;
        } else {
            m_text += (factor < 0 ? QStringLiteral(" − ") : QStringLiteral(" + ")) + term;
        }
    }
    QString text(bool isMore) const { return isMore ? m_text + QStringLiteral(" + …") : m_text; }

  private:
    QString m_text;
};

QString wordText(const StepFrame& frame) {
    const StepTrace& trace = frame.trace();
    const QString text =
        tr("%1 stands in the middle. The window reaches %2 to each side, as far as the sentence "
           "goes: how far is drawn for each word, from 1 to %3.");
    return text.arg(quoted(outputName(frame, 0)), words(trace.plan.window.reach),
                    groupedText(trace.options.window));
}

QString rowText(const StepFrame& frame) {
    return tr("To be predicted, %1 has row %2 of the output table: %3 numbers, y.")
        .arg(quoted(outputName(frame, 0)), groupedText(frame.trace().outputs[0].row),
             groupedText(frame.walk->dimension));
}

QString contextText(const StepFrame& frame) {
    const std::size_t count = frame.trace().inputs.size();
    const QString middle = quoted(outputName(frame, 0));
    if (frame.trace().mean) {
        return count == 1 ? tr("The word beside it has a row of the input table, x: these rows are the word "
                               "vectors. It "
                               "is to predict %1.")
                                .arg(middle)
                          : tr("The %1 words around it have rows of the input table: these are the word "
                               "vectors. Their "
                               "mean, x, is to predict %2.")
                                .arg(groupedText(count), middle);
    }
    return count == 1
               ? tr("The word beside it has a row of the input table, x: these rows are the word vectors. "
                    "It is to predict %1.")
                     .arg(middle)
               : tr("Each of the %1 words around it has a row of the input table, x: these are the word "
                    "vectors. Each is to predict %2.")
                     .arg(groupedText(count), middle);
}

QString drawnText(const StepFrame& frame) {
    const StepTrace& trace = frame.trace();
    const QString middle = quoted(outputName(frame, 0));
    const std::size_t draws = trace.outputs.size() - 1 + trace.plan.leftOut;
    if (trace.outputs.size() == 1) {
        return tr("%1 drawn by chance, but each time it is %2 itself: nothing is there that should not be "
                  "predicted.")
            .arg(words(draws), middle);
    }
    const QString left = trace.plan.leftOut == 0 ? QString()
                         : trace.plan.leftOut == 1
                             ? u' ' + tr("One draw fell on %1 itself and is left out.").arg(middle)
                             : u' ' + tr("%1 draws fell on %2 itself and are left out.")
                                          .arg(groupedText(trace.plan.leftOut), middle);
    const QString some =
        draws == 1
            ? tr("1 word is drawn by chance, which should not be predicted:")
            : tr("%1 words are drawn by chance, which should not be predicted:").arg(groupedText(draws));
    return some + u' ' +
           tr("%1 with a chance of count^¾ / Σ count^¾ = %2 %.")
               .arg(quoted(outputName(frame, 1)), shortNumber(100 * frame.walk->chances[frame.step][1])) +
           left;
}

QString productText(const StepFrame& frame) {
    const StepTrace& trace = frame.trace();
    const QString x = xName(frame, frame.chosen);
    const QString y = outputName(frame, 0);
    const std::vector<float>& xs = trace.x(frame.chosen).before;
    const std::vector<float>& ys = trace.outputs[0].before;
    constexpr std::size_t shown = 2;
    QStringList terms;
    for (std::size_t d = 0; d < std::min(shown, xs.size()); ++d) {
        const QString second = shortNumber(static_cast<double>(ys[d]));
        terms << shortNumber(static_cast<double>(xs[d])) + QStringLiteral(" × ") +
                     (ys[d] < 0 ? u'(' + second + u')' : second);
    }
    if (xs.size() > shown) {
        terms << QStringLiteral("…");
    }
    return tr("x(%1) · y(%2) = %3 = %4. The larger this is, the more %5 expects %6. Likewise for every x and "
              "y.")
        .arg(x, y, terms.join(QStringLiteral(" + ")),
             shortNumber(static_cast<double>(trace.pair(frame.chosen, 0).product)),
             trace.mean ? tr("the window") : quoted(x), quoted(y));
}

QString sigmoidText(const StepFrame& frame) {
    const TracedPair& pair = frame.trace().pair(frame.chosen, 0);
    const double product = static_cast<double>(pair.product);
    return tr("σ(%1) = 1 / (1 + e^%2) = %3: the chance that %4 gives %5 to stand here.")
        .arg(shortNumber(product), shortNumber(-product), shortNumber(static_cast<double>(pair.sigmoid)),
             frame.trace().mean ? tr("the window") : quoted(xName(frame, frame.chosen)),
             quoted(outputName(frame, 0)));
}

QString errorText(const StepFrame& frame) {
    const StepTrace& trace = frame.trace();
    const TracedPair& right = trace.pair(frame.chosen, 0);
    QString text = tr("The error is target − σ. For %1, which is right, the target is 1: 1 − %2 = %3.")
                       .arg(quoted(outputName(frame, 0)), shortNumber(static_cast<double>(right.sigmoid)),
                            shortNumber(static_cast<double>(right.error)));
    if (trace.outputs.size() == 1) {
        return text;
    }
    const TracedPair& drawn = trace.pair(frame.chosen, 1);
    const bool isHalf = drawn.weight == 0.5F;
    text += u' ' + tr("For a word that was drawn it is 0: for %1 %2(0 − %3) = %4.")
                       .arg(quoted(outputName(frame, 1)), isHalf ? QStringLiteral("½ × ") : QString(),
                            shortNumber(static_cast<double>(drawn.sigmoid)),
                            shortNumber(static_cast<double>(drawn.weight * drawn.error)));
    return isHalf
               ? text + u' ' +
                     tr("All words of the window share those drawn, twice as many as asked for; each counts "
                        "half.")
               : text;
}

QString changeText(const StepFrame& frame) {
    const StepTrace& trace = frame.trace();
    const auto errorOf = [&](std::size_t n, std::size_t m) {
        const TracedPair& pair = trace.pair(n, m);
        return static_cast<double>(pair.weight * pair.error);
    };
    constexpr std::size_t shown = 2;
    Sum ofX;
    for (std::size_t m = 0; m < std::min(shown, trace.outputs.size()); ++m) {
        ofX.add(errorOf(frame.chosen, m), QStringLiteral(" y(%1)").arg(outputName(frame, m)));
    }
    Sum ofY;
    for (std::size_t n = 0; n < std::min(shown, trace.xs()); ++n) {
        ofY.add(errorOf(n, 0), QStringLiteral(" x(%1)").arg(xName(frame, n)));
    }
    const QString rate = shortNumber(static_cast<double>(trace.options.rate));
    const QString moved =
        trace.mean ? tr("Δx of each word around") : QStringLiteral("Δx(%1)").arg(xName(frame, frame.chosen));
    return tr("A row moves by rate × error along each row it met: %1 = %2 × (%3), Δy(%4) = %2 × (%5). Shown "
              "are "
              "the changes, on a finer scale.")
        .arg(moved, rate, ofX.text(trace.outputs.size() > shown), outputName(frame, 0),
             ofY.text(trace.xs() > shown));
}

QString afterText(const StepFrame& frame) {
    const StepTrace& trace = frame.trace();
    const StepWalk& walk = *frame.walk;
    const QString loss = tr(
        "All rows have moved at once, and none of the %1 other rows of the two tables. The loss of this step "
        "was %2, and would be %3 now.");
    std::vector<std::uint32_t> met[2];
    for (const TracedRow& row : trace.inputs) {
        met[0].push_back(row.row);
    }
    for (const TracedRow& row : trace.outputs) {
        met[1].push_back(row.row);
    }
    std::size_t moved = 0;
    for (std::vector<std::uint32_t>& rows : met) {
        std::sort(rows.begin(), rows.end());
        moved += static_cast<std::size_t>(std::unique(rows.begin(), rows.end()) - rows.begin());
    }
    const QString next =
        frame.step + 1 < walk.traces.size()
            ? tr("The window moves on to %1.")
                  .arg(quoted(QString::fromStdString(walk.words[walk.placeOf(frame.step + 1)].text)))
            : tr("That was the last word.");
    return loss.arg(groupedText(2 * walk.vocabulary - moved), numberText(trace.lossBefore, 4),
                    numberText(trace.lossAfter, 4)) +
           u' ' + next;
}

QString nameIn(const StepWalk& walk, std::uint32_t row) {
    const auto found = walk.names.find(row);
    return found == walk.names.end() ? QString() : QString::fromStdString(displayText(found->second));
}

}  // namespace

QString nameOf(StepStage stage) {
    return stageNames[static_cast<std::size_t>(stage)];
}

QStringList stepStageNames() {
    return QStringList(stageNames.begin(), stageNames.end());
}

std::optional<StepStage> stepStageOf(const QString& name) {
    const auto found = std::find(stageNames.begin(), stageNames.end(), name);
    return found == stageNames.end() ? std::nullopt
                                     : std::optional(static_cast<StepStage>(found - stageNames.begin()));
}

QString inputName(const StepFrame& frame, std::size_t n) {
    return nameIn(*frame.walk, frame.trace().inputs[n].row);
}

QString xName(const StepFrame& frame, std::size_t n) {
    return frame.trace().mean ? tr("mean") : inputName(frame, n);
}

QString outputName(const StepFrame& frame, std::size_t m) {
    return nameIn(*frame.walk, frame.trace().outputs[m].row);
}

QString stageTitle(StepStage stage) {
    switch (stage) {
        case StepStage::Word:
            return tr("The word in the middle");
        case StepStage::Row:
            return tr("Its row");
        case StepStage::Context:
            return tr("The rows around it");
        case StepStage::Drawn:
            return tr("Words drawn against it");
        case StepStage::Product:
            return tr("Products: x · y");
        case StepStage::Sigmoid:
            return tr("Chances: σ(x · y)");
        case StepStage::Error:
            return tr("Errors: target − σ");
        case StepStage::Change:
            return tr("How each row moves");
        case StepStage::After:
            return tr("The rows after the step");
    }
    return {};
}

namespace {

QString textOf(const StepFrame& frame) {
    switch (frame.stage) {
        case StepStage::Word:
            return wordText(frame);
        case StepStage::Row:
            return rowText(frame);
        case StepStage::Context:
            return contextText(frame);
        case StepStage::Drawn:
            return drawnText(frame);
        case StepStage::Product:
            return productText(frame);
        case StepStage::Sigmoid:
            return sigmoidText(frame);
        case StepStage::Error:
            return errorText(frame);
        case StepStage::Change:
            return changeText(frame);
        case StepStage::After:
            return afterText(frame);
    }
    return {};
}

}  // namespace

QString stageText(const StepFrame& frame) {
    // A line breaks between terms, not in them.
    QString text = textOf(frame);
    for (const QChar sign : {QChar(u'−'), QChar(u'×'), QChar(u'·')}) {
        text.replace(QStringLiteral(" %1 ").arg(sign), QStringLiteral("\u00A0%1\u00A0").arg(sign));
    }
    return text;
}

QString shortNumber(double value) {
    if (value == 0 || !std::isfinite(value)) {
        return value == 0 ? QStringLiteral("0") : numberText(value, 0);
    }
    constexpr int digits = 3;
    const int above = static_cast<int>(std::floor(std::log10(std::abs(value))));
    QString text = numberText(value, std::clamp(digits - 1 - above, 0, 9));
    if (text.contains(u'.')) {
        while (text.endsWith(u'0')) {
            text.chop(1);
        }
        if (text.endsWith(u'.')) {
            text.chop(1);
        }
    }
    return text;
}

}  // namespace lexiscope
