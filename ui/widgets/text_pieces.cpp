// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_pieces.h"

#include <algorithm>

namespace lexiscope {
namespace {

constexpr char16_t lineSeparator = 0x2028;
constexpr char16_t paragraphSeparator = 0x2029;

bool mayCutBefore(QStringView text, qsizetype at) {
    const QChar next = text[at];
    return !(next.isLowSurrogate() && text[at - 1].isHighSurrogate()) && !next.isMark() &&
           next != QChar(0x200d) && text[at - 1] != QChar(0x200d);
}

/// The best place for a cut in (low, high]: the last newline, else the last place after a space, else any
/// place that may be cut, else `high`.
qsizetype bestCut(QStringView text, qsizetype low, qsizetype high) {
    for (qsizetype at = high; at > low; --at) {
        if (text[at] == u'\n') {
            return at;
        }
    }
    for (qsizetype at = high; at > low; --at) {
        if (text[at - 1].isSpace() && mayCutBefore(text, at)) {
            return at;
        }
    }
    for (qsizetype at = high; at > low; --at) {
        if (mayCutBefore(text, at)) {
            return at;
        }
    }
    return high;
}

}  // namespace

qsizetype TextPieces::toText(qsizetype inDocument) const {
    qsizetype soft = 0;
    for (const Separator& separator : m_separators) {
        if (separator.at >= inDocument) {
            break;
        }
        soft += separator.soft ? 1 : 0;
    }
    return inDocument - soft;
}

qsizetype TextPieces::toDocument(qsizetype inText) const {
    qsizetype place = inText;
    for (const Separator& separator : m_separators) {
        if (separator.at > place) {
            break;
        }
        place += separator.soft ? 1 : 0;
    }
    return place;
}

const TextPieces::Separator* TextPieces::at(qsizetype inDocument) const {
    const auto found =
        std::lower_bound(m_separators.begin(), m_separators.end(), inDocument,
                         [](const Separator& separator, qsizetype place) { return separator.at < place; });
    return found != m_separators.end() && found->at == inDocument ? &*found : nullptr;
}

void TextPieces::replaced(qsizetype from, qsizetype removed, qsizetype added,
                          const std::vector<Separator>& inside) {
    const auto before = [](const Separator& separator, qsizetype place) { return separator.at < place; };
    const auto first = std::lower_bound(m_separators.begin(), m_separators.end(), from, before);
    auto last = std::lower_bound(first, m_separators.end(), from + removed, before);
    for (auto later = last; later != m_separators.end(); ++later) {
        later->at += added - removed;
    }
    const auto place = m_separators.erase(first, last);
    m_separators.insert(place, inside.begin(), inside.end());
}

std::vector<qsizetype> TextPieces::cuts(QStringView text) {
    std::vector<qsizetype> places;
    qsizetype begin = 0;
    while (text.size() - begin > longestPiece) {
        const qsizetype at = bestCut(text, begin + pieceLength / 2, begin + pieceLength);
        places.push_back(at);
        begin = text[at] == u'\n' ? at + 1 : at;
    }
    return places;
}

TextPieces::Stretch TextPieces::stretch(QStringView text, qsizetype at) {
    Stretch result;
    const std::vector<qsizetype> places = cuts(text);
    result.shown.reserve(text.size() + static_cast<qsizetype>(places.size()));
    auto cut = places.begin();
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool here = cut != places.end() && *cut == i;
        if (here) {
            ++cut;
            const bool soft = text[i] != u'\n';
            result.separators.push_back({at + result.shown.size(), soft});
            result.shown += QChar(paragraphSeparator);
            if (!soft) {
                continue;
            }
        }
        result.shown += shown(text[i]);
    }
    return result;
}

QChar TextPieces::shown(QChar character) {
    switch (character.unicode()) {
        case u'\n':
        case paragraphSeparator:
            return QChar(lineSeparator);
        case u'\r':
            return QChar(0x240d);  // SYMBOL FOR CARRIAGE RETURN
        case 0:
            return QChar(0x2400);  // SYMBOL FOR NULL
        case 0xfdd0:               // begin and end of a frame, and an object, to a QTextDocument
        case 0xfdd1:
        case 0xfffc:
            return QChar(0xfffd);
        default:
            return character;
    }
}

}  // namespace lexiscope
