// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/digit_groups.h"

#include "core/base/utf8.h"
#include "core/tokenize/split_classes.h"
#include "core/tokenize/split_pieces.h"
#include "core/tokenize/split_regex.h"

#include <memory>
#include <string>
#include <utility>

#include <utf8proc.h>

namespace lexiscope {
namespace {

constexpr std::size_t groupSize = 3;

bool isDecimal(std::string_view text, std::size_t at) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
        return text[at] >= '0' && text[at] <= '9';
    }
    const CodePoint point = codePointAt(text, at);
    return point.valid &&
           utf8proc_category(static_cast<utf8proc_int32_t>(point.value)) == UTF8PROC_CATEGORY_ND;
}

/// \w, as patterns mean it.
bool isOfWord(std::string_view text, std::size_t at) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
        const SplitClass one = splitStepAt(text, at).splitClass;
        return one == SplitClass::Upper || one == SplitClass::Lower || one == SplitClass::Number ||
               text[at] == '_';
    }
    static const std::shared_ptr<const SplitRegex> word = SplitRegex::compile("\\w").value();
    SplitRegex::Matches matches(*word, text.substr(at, codePointAt(text, at).size));
    return matches.next().value().has_value();
}

class DigitGroupSplit final : public PreTokenizer {
  public:
    explicit DigitGroupSplit(DigitGroups groups) : m_groups(groups) {}
    std::string name() const override { return "Split"; }
    std::string detail() const override { return std::string(patternOf(m_groups)); }
    AtWordCut atWordCut() const override { return AtWordCut::Keeps; }
    Result<Done> apply(SplitText& text) const override {
        std::vector<ByteSpan> pieces;
        for (const ByteSpan& piece : text.pieces) {
            const std::string_view own = text.text.text().substr(0, piece.end);
            std::size_t done = piece.begin;
            for (std::size_t at = piece.begin; at < piece.end;) {
                const Run run = runFrom(own, at);
                if (run.count > 0 && isMatched(own, run)) {
                    done = addGroups(own, run, done, pieces);
                }
                at = run.count > 0 ? run.span.end : at + splitStepAt(own, at).size;
            }
            addPiece(pieces, {done, piece.end});
        }
        text.pieces = std::move(pieces);
        return Done{};
    }

  private:
    struct Run {
        ByteSpan span;
        std::size_t count = 0;  // of characters
    };

    bool isCounted(std::string_view text, std::size_t at) const {
        return m_groups == DigitGroups::Numbers ? splitStepAt(text, at).splitClass == SplitClass::Number
                                                : isDecimal(text, at);
    }

    Run runFrom(std::string_view text, std::size_t at) const {
        Run run{{at, at}};
        while (run.span.end < text.size() && isCounted(text, run.span.end)) {
            run.span.end += splitStepAt(text, run.span.end).size;
            ++run.count;
        }
        return run;
    }

    bool isMatched(std::string_view text, const Run& run) const {
        return m_groups != DigitGroups::DigitsBeforeEdge || run.span.end == text.size() ||
               !isOfWord(text, run.span.end);
    }

    /// Cuts the run, and what stands between `done` and it; returns up to where.
    std::size_t addGroups(std::string_view text, const Run& run, std::size_t done,
                          std::vector<ByteSpan>& pieces) const {
        const bool isolates = m_groups != DigitGroups::CutsOfDigits;
        std::size_t left = run.count;
        for (std::size_t at = run.span.begin;; --left) {
            const bool isGroup = left % groupSize == 0 && left > 0;
            const bool isEdge = at == run.span.begin || at == run.span.end;
            if (isGroup || (isEdge && isolates)) {
                addPiece(pieces, {done, at});
                done = at;
            }
            if (left == 0) {
                return done;
            }
            at += splitStepAt(text, at).size;
        }
    }

    DigitGroups m_groups;
};

}  // namespace

std::string_view patternOf(DigitGroups groups) {
    switch (groups) {
        case DigitGroups::Numbers:
            return R"(\p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N})))";
        case DigitGroups::DigitsBeforeEdge:
            return R"(\d{1,3}(?=(?:\d{3})*\b))";
        case DigitGroups::CutsOfDigits:
            return R"((?=(\d{3})+(?!\d)))";
    }
    return {};
}

std::optional<DigitGroups> digitGroupsOf(std::string_view pattern) {
    for (const DigitGroups groups : allDigitGroups) {
        if (pattern == patternOf(groups)) {
            return groups;
        }
    }
    return std::nullopt;
}

PreTokenizerPtr makeSplit(DigitGroups groups) {
    return std::make_shared<const DigitGroupSplit>(groups);
}

}  // namespace lexiscope
