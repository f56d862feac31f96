// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_labels.h"

#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace lexiscope {
namespace {

constexpr std::size_t rowsSearched = 6000;

bool isLetters(const QString& text, qsizetype least) {
    return text.size() >= least &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

bool isWholeWord(const Vocabulary& vocabulary, Row row, const QString& bare) {
    constexpr qsizetype least = 3;  // shorter ones tell little
    return isLetters(bare, least) && beginsWord(vocabulary, row);
}

}  // namespace

std::vector<MarkedPoint> frequentWords(const Vocabulary& vocabulary) {
    std::vector<MarkedPoint> words;
    const std::size_t count = std::min(vocabulary.size(), rowsSearched);
    std::unordered_set<QString> seen;
    for (const bool anything : {false, true}) {
        for (std::size_t i = 0; i < count; ++i) {
            const Row row{static_cast<std::uint32_t>(i)};
            const QString label = QString::fromStdString(bareText(vocabulary, row));
            if ((anything ? !label.isEmpty() : isWholeWord(vocabulary, row, label)) &&
                seen.insert(label).second) {
                words.push_back({row, PointRole::Frequent, label});
            }
        }
        if (!words.empty()) {
            break;
        }
    }
    return words;
}

QString bareLabel(const Model& model, Row row) {
    const QString bare = QString::fromStdString(bareText(*model.vocabulary, row));
    return isLetters(bare, 1) ? bare : shownToken(model, row);
}

QString wordLabel(const Model& model, Row row) {
    const QString bare = QString::fromStdString(bareText(*model.vocabulary, row));
    return isWholeWord(*model.vocabulary, row, bare) ? bare : shownToken(model, row);
}

void tellApart(std::vector<MarkedPoint>& marks, std::size_t first, const Model& model) {
    std::map<QString, int> counts;
    for (std::size_t i = first; i < marks.size(); ++i) {
        ++counts[marks[i].label];
    }
    for (std::size_t i = first; i < marks.size(); ++i) {
        if (counts[marks[i].label] > 1) {
            marks[i].label = shownToken(model, marks[i].row);
        }
    }
}

}  // namespace lexiscope
