// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/order_figures.h"

#include "core/base/utf8.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/session/tr.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QStringList>

namespace lexiscope {
namespace {

constexpr double roundingShare = 1e-6;  // of a row's length: what float32 may round away

/// The same token has the same colour in all texts.
class ChipColors {
  public:
    int of(TokenId id) { return m_colors.try_emplace(id, static_cast<int>(m_colors.size())).first->second; }

  private:
    std::map<TokenId, int> m_colors;
};

std::span<const float> rowOfText(const std::vector<float>& rows, std::size_t index, std::size_t dimension) {
    return std::span(rows).subspan(index * dimension, dimension);
}

TokenRowLine lineOf(const OrderResult& result, const OrderedText& text, std::size_t index,
                    ChipColors& colors) {
    TokenRowLine line;
    line.number = QString::number(index);
    line.name = shownToken(*result.model, rowOf(text.ids[index]));
    line.id = QString::number(text.ids[index].value);
    line.chip = colors.of(text.ids[index]);
    return line;
}

double roundingOf(const OrderResult& result) {
    // The limit is three times the root mean square of one number.
    return roundingShare * result.limit / 3 * std::sqrt(static_cast<double>(result.dimension()));
}

/// A distance without and with positions.
TokenRowNumber numberOf(const QString& name, const std::array<OrderDistances, 2>& distances,
                        double OrderDistances::*which, double rounding) {
    TokenRowNumber number;
    number.name = name;
    for (const std::size_t column : {std::size_t(0), std::size_t(1)}) {
        const double distance = distances.at(column).*which;
        const QString text = distanceText(distance);
        number.values.at(column) = distance == 0         ? tr("%1 · the same").arg(text)
                                   : distance < rounding ? tr("%1 ≈ 0").arg(text)
                                                         : text;
        number.standsOut.at(column) = !(distance < rounding);
    }
    return number;
}

std::vector<TokenRowNumber> numbersOf(const OrderResult& result,
                                      const std::array<OrderDistances, 2>& distances) {
    TokenRowNumber same{tr("the same set of rows"), {}, {}};
    for (const std::size_t column : {std::size_t(0), std::size_t(1)}) {
        const bool isSame = distances.at(column).areSameRows;
        same.values.at(column) = isSame ? tr("yes") : tr("no");
        same.standsOut.at(column) = !isSame;
    }
    const double rounding = roundingOf(result);
    return {same, numberOf(tr("farthest row"), distances, &OrderDistances::sets, rounding),
            numberOf(tr("their means"), distances, &OrderDistances::means, rounding),
            numberOf(tr("what attention takes"), distances, &OrderDistances::attentions, rounding),
            numberOf(tr("last state, word by word"), distances, &OrderDistances::states, rounding)};
}

QString dimensionsText(const OrderResult& result) {
    const std::size_t dimension = result.dimension();
    return dimension == 1 ? tr("1 dimension") : tr("%1 dimensions").arg(groupedText(dimension));
}

/// What attention, and the mean, make of positions; how the words were cut; what the model does next.
QString noteOf(const OrderResult& result) {
    QStringList parts;
    if (result.first.size() > 0) {
        parts << tr("A mean forgets the order even of rows with positions: it adds up the same numbers, "
                    "but for rounding. Attention does not, for it weighs each row by what is in it; "
                    "its query here is the row of %1.")
                     .arg(shownToken(*result.model, rowOf(result.first.ids.front())));
    }
    if (!markOf(result.model->vocabulary->wordMark()).empty()) {
        parts << tr(
            "Each word is cut with the space before it, so that it is the same token wherever it "
            "stands.");
    }
    if (!result.model->afterSum.empty()) {
        parts << QString::fromStdString(result.model->afterSum);
    }
    return parts.join(u' ');
}

QString listed(const Model& model, const std::vector<TokenId>& ids) {
    QStringList names;
    for (const TokenId id : ids) {
        names << shownToken(model, rowOf(id));
    }
    return names.join(QStringLiteral(", "));
}

QString sumText(float a, float b, float sum) {
    return QStringLiteral("%1 + %2 = %3").arg(valueText(a, 4), valueText(b, 4), valueText(sum, 4));
}

const OrderedText& textOfBlock(const OrderResult& result, std::size_t block, bool isShuffle) {
    return block == 0 ? result.first : isShuffle ? result.shuffled : result.second;
}

QString dimensionText(const TokenRowPlace& place) {
    return tr("dimension %1").arg(place.dimension);
}

/// "bites, the", each as it was typed.
QString unknownText(const OrderedText& text) {
    QStringList words;
    for (const std::string& word : text.unknown) {
        words << QString::fromStdString(displayText(word));
    }
    return words.join(QStringLiteral(", "));
}

void sayLeftOut(const OrderedText& text, QStringList& parts) {
    if (!text.unknown.empty()) {
        parts << tr("Not in the vocabulary, and left out: %1.").arg(unknownText(text));
    }
    if (text.beyond > 0) {
        parts
            << tr("Only the first %1 of %2 tokens are read.").arg(text.size()).arg(text.size() + text.beyond);
    }
}

}  // namespace

QString distanceText(double distance) {
    constexpr double leastPlain = 0.0005;
    if (std::isnan(distance)) {
        return QStringLiteral("NaN");
    }
    if (distance == 0) {
        return QStringLiteral("0");
    }
    if (distance < leastPlain || distance >= 1e6) {
        QString text = QString::number(distance, 'e', 1);
        text.replace(QStringLiteral("e-0"), QStringLiteral("e-"))
            .replace(QStringLiteral("e+0"), QStringLiteral("e"));
        return text.replace(u'-', QChar(0x2212));
    }
    const int digits = 2 - static_cast<int>(std::floor(std::log10(distance)));
    return numberText(distance, std::clamp(digits, 0, 6));
}

TokenRowFigure sameWordsFigure(const std::shared_ptr<const OrderResult>& result,
                               std::optional<Row> selected) {
    const std::size_t dimension = result->dimension();
    TokenRowFigure figure;
    figure.owner = result;
    figure.columns = {tr("without positions"), tr("with positions")};
    figure.limit = result->limit;
    figure.legendText = dimensionsText(*result);
    ChipColors colors;
    for (const std::size_t block : {std::size_t(0), std::size_t(1)}) {
        const OrderedText& text = textOfBlock(*result, block, false);
        TokenRowBlock shown{block == 0 ? tr("first sentence") : tr("second sentence"), {}};
        for (std::size_t i = 0; i < text.size(); ++i) {
            TokenRowLine line = lineOf(*result, text, i, colors);
            line.isMarked = selected && rowOf(text.ids[i]) == *selected;
            line.strips = {rowOfText(text.rows, i, dimension), rowOfText(text.sums, i, dimension)};
            shown.lines.push_back(std::move(line));
        }
        if (text.size() > 0) {
            shown.lines.push_back({{}, tr("mean"), {}, -1, false, {text.mean, text.meanSum}});
        }
        figure.blocks.push_back(std::move(shown));
    }
    if (result->ofSentences) {
        figure.numberTitle = tr("How far apart");
        figure.numbers = numbersOf(*result, *result->ofSentences);
    }
    figure.note = noteOf(*result);
    return figure;
}

TokenRowFigure parallelFigure(const std::shared_ptr<const OrderResult>& result, std::size_t step) {
    const std::size_t dimension = result->dimension();
    TokenRowFigure figure;
    figure.owner = result;
    figure.columns = {
        tr("word by word: %1 of %2").arg(std::min(step + 1, result->first.size())).arg(result->first.size()),
        tr("all at once: 1 of 1")};
    figure.limit = result->limit;
    figure.legendText = dimensionsText(*result);
    ChipColors colors;
    for (const std::size_t block : {std::size_t(0), std::size_t(1)}) {
        const OrderedText& text = textOfBlock(*result, block, true);
        TokenRowBlock shown{block == 0 ? tr("as typed") : tr("shuffled"), {}};
        for (std::size_t i = 0; i < text.size(); ++i) {
            TokenRowLine line = lineOf(*result, text, i, colors);
            line.isMarked = i == step;
            line.strips[1] = rowOfText(text.rows, i, dimension);
            if (i <= step) {
                line.strips[0] = rowOfText(text.states, i, dimension);
            }
            shown.lines.push_back(std::move(line));
        }
        figure.blocks.push_back(std::move(shown));
    }
    if (result->ofShuffle) {
        figure.numberTitle = tr("Shuffling changes");
        figure.numberColumns = {tr("without positions"), tr("with positions")};
        figure.numbers = numbersOf(*result, *result->ofShuffle);
    }
    figure.note = noteOf(*result);
    return figure;
}

QString sameWordsReadOut(const OrderResult& result, const TokenRowPlace& place) {
    const OrderedText& text = textOfBlock(result, place.block, false);
    const std::size_t at = place.line * result.dimension() + place.dimension;
    const QString separator = QStringLiteral(" · ");
    if (place.line >= text.size()) {
        const std::vector<float>& mean = place.column == 0 ? text.mean : text.meanSum;
        return place.dimension < mean.size() ? tr("mean") + separator + dimensionText(place) + separator +
                                                   valueText(mean[place.dimension], 4)
                                             : QString();
    }
    const QString name = shownToken(*result.model, rowOf(text.ids[place.line]));
    if (place.column == 0) {
        return name + separator + dimensionText(place) + separator + valueText(text.rows[at], 4);
    }
    const QString numbers = sumText(text.rows[at], result.positions[at], text.sums[at]);
    return tr("%1 at position %2").arg(name).arg(place.line) + separator + dimensionText(place) + separator +
           numbers;
}

QString parallelReadOut(const OrderResult& result, const TokenRowPlace& place) {
    const OrderedText& text = textOfBlock(result, place.block, true);
    if (place.line >= text.size()) {
        return {};
    }
    const std::size_t dimension = result.dimension();
    const std::size_t at = place.line * dimension + place.dimension;
    const QString separator = QStringLiteral(" · ");
    const QString name = shownToken(*result.model, rowOf(text.ids[place.line]));
    if (place.column == 1) {
        return name + separator + dimensionText(place) + separator + valueText(text.rows[at], 4);
    }
    const QString state = tr("state after %1").arg(name) + separator + dimensionText(place) + separator;
    if (place.line == 0) {
        return state + valueText(text.states[at], 4);
    }
    const auto half = static_cast<float>(OrderAnalysis::decay) * text.states[at - dimension];
    return state + sumText(half, text.rows[at], text.states[at]);
}

QString leftOut(const OrderResult& result) {
    QStringList parts;
    sayLeftOut(result.first, parts);
    return parts.join(u' ');
}

QString sameWordsVerdict(const OrderResult& result) {
    QStringList parts;
    const OrderedText& a = result.first;
    const OrderedText& b = result.second;
    if (a.size() == 0 || b.size() == 0) {
        parts << tr("Two sentences are held against each other.");
    } else if (a.ids == b.ids) {
        parts << tr("The two sentences are the same, token by token.");
    } else if (isSameBag(a.ids, b.ids)) {
        parts << tr("The same %1 tokens in another order: one bag of rows. Only positions tell them apart.")
                     .arg(a.size());
    } else {
        const QString onlyFirst = listed(*result.model, surplus(a.ids, b.ids));
        const QString onlySecond = listed(*result.model, surplus(b.ids, a.ids));
        QStringList only;
        if (!onlyFirst.isEmpty()) {
            only << tr("only in the first: %1").arg(onlyFirst);
        }
        if (!onlySecond.isEmpty()) {
            only << tr("only in the second: %1").arg(onlySecond);
        }
        parts << tr("Not the same bag of tokens; %1.").arg(only.join(QStringLiteral("; ")));
    }
    sayLeftOut(a, parts);
    sayLeftOut(b, parts);
    return parts.join(u' ');
}

}  // namespace lexiscope
