// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/exact_characters.h"

#include <algorithm>
#include <optional>

namespace lexiscope {
namespace {

bool isOfArrows(QChar character) {
    switch (character.unicode()) {
        case u'!':
        case u'-':
        case u'=':
        case u'<':
        case u'>':
        case u'|':
        case u'~':
            return true;
        default:
            return false;
    }
}

/// The stretch of an x between digits, with or without a space before and behind it; else none.
std::optional<ExactCharacters::Stretch> timesAt(QStringView text, qsizetype at) {
    const auto isDigit = [text](qsizetype place) {
        return place >= 0 && place < text.size() && text[place].isDigit();
    };
    const auto isSpace = [text](qsizetype place) {
        return place >= 0 && place < text.size() && text[place] == u' ';
    };
    const qsizetype before = at - (isSpace(at - 1) ? 2 : 1);
    const qsizetype behind = at + (isSpace(at + 1) ? 2 : 1);
    const bool isTimes = (text[at] == u'x' || text[at] == u'X') && isDigit(before) && isDigit(behind);
    return isTimes ? std::optional<ExactCharacters::Stretch>({before, behind - before + 1}) : std::nullopt;
}

}  // namespace

std::vector<ExactCharacters::Stretch> ExactCharacters::stretches(QStringView text) {
    std::vector<Stretch> all;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (const std::optional<Stretch> times = timesAt(text, at)) {
            all.push_back(*times);
            continue;
        }
        const qsizetype begin = at;
        while (at < text.size() && isOfArrows(text[at])) {
            ++at;
        }
        if (at - begin > 1) {
            all.push_back({begin, at - begin});
        }
        at = std::max(begin, at - 1);
    }
    return all;
}

void ExactCharacters::highlightBlock(const QString& text) {
    QTextCharFormat exact;
    exact.setFontStyleStrategy(QFont::PreferNoShaping);
    for (const Stretch& stretch : stretches(text)) {
        setFormat(static_cast<int>(stretch.begin), static_cast<int>(stretch.length), exact);
    }
}

}  // namespace lexiscope
