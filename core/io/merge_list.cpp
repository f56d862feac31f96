// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/merge_list.h"

#include "core/base/grouped.h"
#include "core/io/vocab_json.h"

#include <algorithm>

namespace lexiscope {

MergeList::MergeList(const std::vector<std::string>& spellings, std::string_view unit, Again again,
                     std::string prefix)
    : m_unit(unit), m_prefix(std::move(prefix)), m_again(again) {
    std::size_t bytes = 0;
    for (const std::string& spelling : spellings) {
        bytes += spelling.size();
    }
    Vocabulary::Builder index;
    index.reserve(spellings.size(), bytes);
    for (const std::string& spelling : spellings) {
        index.add(spelling);
    }
    m_index = std::move(index).build(WordMark::None);
    m_earlier.reserve(spellings.size());
}

std::optional<MergeList::Fault> MergeList::add(std::string_view left, std::string_view right,
                                               std::size_t number) {
    if (left.empty() || right.empty()) {
        return Fault{"a merge of one token with nothing", "each merge joins two tokens"};
    }
    m_merged.assign(left).append(right.starts_with(m_prefix) ? right.substr(m_prefix.size()) : right);
    const std::optional<Row> leftAt = m_index.find(left);
    const std::optional<Row> rightAt = m_index.find(right);
    const std::optional<Row> mergedAt = m_index.find(m_merged);
    if (!leftAt || !rightAt || !mergedAt) {
        const std::string_view unknown = !leftAt ? left : !rightAt ? right : std::string_view(m_merged);
        return Fault{"the vocabulary has no token " + quotedForError(unknown),
                     "the merges belong to another vocabulary, or one of the two is damaged"};
    }
    const std::uint64_t pair = (std::uint64_t{leftAt->value} << 32U) | rightAt->value;
    const Earlier own{number, m_merges.size()};
    const auto [earlier, isNew] = m_earlier.emplace(pair, own);
    if (!isNew) {
        if (m_leftOut.empty()) {
            m_firstAgain = std::to_string(number) + " is that of " + std::string(m_unit) + " " +
                           std::to_string(earlier->second.number);
        }
        const bool isLater = m_again == Again::TakesItsPlace;
        m_leftOut.push_back(isLater ? earlier->second.place : own.place);
        earlier->second = isLater ? own : earlier->second;
    }
    m_merges.push_back({tokenIdOf(*leftAt), tokenIdOf(*rightAt), tokenIdOf(*mergedAt)});
    return std::nullopt;
}

std::vector<BpeMerge> MergeList::take() {
    std::sort(m_leftOut.begin(), m_leftOut.end());
    std::vector<BpeMerge> kept;
    kept.reserve(m_merges.size() - m_leftOut.size());
    auto next = m_leftOut.begin();
    for (std::size_t place = 0; place < m_merges.size(); ++place) {
        if (next != m_leftOut.end() && *next == place) {
            ++next;
        } else {
            kept.push_back(m_merges[place]);
        }
    }
    return kept;
}

std::optional<std::string> MergeList::warning() const {
    if (m_leftOut.empty()) {
        return std::nullopt;
    }
    return grouped(m_leftOut.size()) + (m_leftOut.size() == 1 ? " merge stands" : " merges stand") +
           " there a second time, and the " + (m_again == Again::TakesItsPlace ? "later" : "earlier") +
           " place counts: the pair in " + std::string(m_unit) + " " + m_firstAgain;
}

std::optional<Error> tooFewMerges(const Tokenizer& tokenizer, const std::string& name) {
    const VocabularyMakeup makeup = tokenizer.makeup().value_or(VocabularyMakeup{});
    if (makeup.other <= makeup.merges) {
        return std::nullopt;
    }
    return Error{ErrorCode::Broken, name,
                 "its merges reach " + grouped(makeup.merges) + " tokens, but the vocabulary has " +
                     grouped(makeup.other) + " more that are no single bytes",
                 "the file has been cut short or belongs to another vocabulary; fetch it again"};
}

}  // namespace lexiscope
