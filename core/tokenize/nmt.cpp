// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/tokenize/normalizer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lexiscope {
namespace {

enum class NmtRule { Keep, Space, Drop };

NmtRule nmtRuleOf(char32_t character) {
    constexpr std::array<char32_t, 10> spaces = {0x09,   0x0A,   0x0C,   0x0D,   0x1680,
                                                 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD};
    const bool isSpace = std::find(spaces.begin(), spaces.end(), character) != spaces.end() ||
                         (character >= 0x200B && character <= 0x200F);
    const bool isDropped = (character >= 0x01 && character <= 0x1F) || character == 0x7F ||
                           character == 0x8F || character == 0x9F;
    return isSpace ? NmtRule::Space : isDropped ? NmtRule::Drop : NmtRule::Keep;
}

class Nmt final : public Normalizer {
  public:
    std::string name() const override { return "Nmt"; }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        TextRewriter rewriter(text);
        const std::string_view old = text.text();
        for (std::size_t begin = 0; begin < old.size();) {
            const CodePoint point = codePointAt(old, begin);
            const std::size_t end = begin + point.size;
            const NmtRule rule = point.valid ? nmtRuleOf(point.value) : NmtRule::Keep;
            if (rule == NmtRule::Keep) {
                rewriter.keep(begin, end);
            } else if (rule == NmtRule::Space) {
                rewriter.replace(begin, end, " ");
            }
            begin = end;
        }
        return std::move(rewriter).take(std::move(text));
    }
};

}  // namespace

NormalizerPtr makeNmt() {
    return std::make_shared<const Nmt>();
}

}  // namespace lexiscope
