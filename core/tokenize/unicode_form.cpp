// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/tokenize/normalizer.h"
#include "core/tokenize/older_unicode.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

namespace lexiscope {
namespace {

constexpr std::size_t longestDecomposition = 32;  // Unicode 15 needs 18 (U+FDFA)

/// A character, and the stretch of the text it stands for.
struct Placed {
    utf8proc_int32_t character;
    std::size_t begin;
    std::size_t end;
};

int combiningClass(utf8proc_int32_t character) {
    return utf8proc_get_property(character)->combining_class;
}

/// The one character that two others are composed to, or 0.
utf8proc_int32_t composed(utf8proc_int32_t first, utf8proc_int32_t second) {
    std::array<utf8proc_int32_t, 2> pair = {first, second};
    const utf8proc_ssize_t count = utf8proc_normalize_utf32(
        pair.data(), 2, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
    return count == 1 ? pair[0] : 0;
}

/// Each starter takes up the marks after it, unless one before them is in their way (UAX 15, section 1.3).
void compose(std::vector<Placed>& characters) {
    std::size_t out = 0;
    std::size_t starter = 0;
    bool hasStarter = false;
    int lastClass = 0;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const Placed one = characters[i];
        const int ownClass = combiningClass(one.character);
        const bool isBeside = hasStarter && starter + 1 == out;
        const bool isFree = hasStarter && (isBeside || (lastClass < ownClass && lastClass != 0));
        if (isFree) {
            if (const utf8proc_int32_t joined = composed(characters[starter].character, one.character)) {
                characters[starter].character = joined;
                characters[starter].begin = std::min(characters[starter].begin, one.begin);
                characters[starter].end = std::max(characters[starter].end, one.end);
                continue;
            }
        }
        if (ownClass == 0) {
            starter = out;
            hasStarter = true;
        }
        lastClass = ownClass;
        characters[out++] = one;
    }
    characters.resize(out);
}

class UnicodeFormNormalizer final : public Normalizer {
  public:
    explicit UnicodeFormNormalizer(UnicodeForm form) : m_form(form) {}

    std::string name() const override {
        constexpr std::array names = {"NFC", "NFD", "NFKC", "NFKD"};
        return names[static_cast<std::size_t>(m_form)];
    }

    bool keepsWordsApart() const override { return true; }

    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        TextRewriter rewriter(text);
        const std::string_view old = text.text();
        const auto isAscii = [&](std::size_t place) { return static_cast<unsigned char>(old[place]) < 0x80; };
        for (std::size_t begin = 0; begin < old.size();) {
            // ASCII stays as it is and composes with nothing before it; its last character may with what
            // follows.
            std::size_t plain = begin;
            while (plain < old.size() && isAscii(plain)) {
                ++plain;
            }
            if (plain == old.size()) {
                rewriter.keep(begin, plain);
                break;
            }
            const std::size_t first = plain > begin ? plain - 1 : plain;
            rewriter.keep(begin, first);
            std::size_t end = plain;
            while (end < old.size() && !isAscii(end)) {
                ++end;
            }
            rewrite(old, first, end, rewriter);
            begin = end;
        }
        return std::move(rewriter).take(std::move(text));
    }

  private:
    /// Bytes that are no UTF-8 part the stretch.
    void rewrite(std::string_view text, std::size_t begin, std::size_t end, TextRewriter& rewriter) const {
        std::vector<Placed> characters;
        for (std::size_t place = begin; place < end;) {
            const CodePoint point = codePointAt(text, place);
            if (point.valid) {
                decompose(point.value, place, place + point.size, characters);
            } else {
                finish(characters, rewriter);
                rewriter.keep(place, place + point.size);
            }
            place += point.size;
        }
        finish(characters, rewriter);
    }

    void decompose(char32_t character, std::size_t begin, std::size_t end, std::vector<Placed>& out) const {
        const bool isCompatible = m_form == UnicodeForm::Nfkc || m_form == UnicodeForm::Nfkd;
        const int options = UTF8PROC_DECOMPOSE | UTF8PROC_STABLE | (isCompatible ? UTF8PROC_COMPAT : 0);
        if (isYoung(YoungClass::Decomposed, character)) {
            out.push_back({static_cast<utf8proc_int32_t>(character), begin, end});
            return;
        }
        std::array<utf8proc_int32_t, longestDecomposition> parts{};
        int ignored = 0;
        const utf8proc_ssize_t count =
            utf8proc_decompose_char(static_cast<utf8proc_int32_t>(character), parts.data(), parts.size(),
                                    static_cast<utf8proc_option_t>(options), &ignored);
        if (count < 0 || static_cast<std::size_t>(count) > parts.size()) {
            out.push_back({static_cast<utf8proc_int32_t>(character), begin, end});
            return;
        }
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            out.push_back({parts[i], begin, end});
        }
    }

    void finish(std::vector<Placed>& characters, TextRewriter& rewriter) const {
        reorder(characters);
        if (m_form == UnicodeForm::Nfc || m_form == UnicodeForm::Nfkc) {
            compose(characters);
        }
        std::string bytes;
        for (const Placed& one : characters) {
            bytes.clear();
            appendUtf8(bytes, static_cast<char32_t>(one.character));
            rewriter.replace(one.begin, one.end, bytes);
        }
        characters.clear();
    }

    static void reorder(std::vector<Placed>& characters) {
        for (auto begin = characters.begin(); begin != characters.end();) {
            if (combiningClass(begin->character) == 0) {
                ++begin;
                continue;
            }
            const auto end = std::find_if(begin, characters.end(), [](const Placed& one) {
                return combiningClass(one.character) == 0;
            });
            std::stable_sort(begin, end, [](const Placed& a, const Placed& b) {
                return combiningClass(a.character) < combiningClass(b.character);
            });
            begin = end;
        }
    }

    UnicodeForm m_form;
};

}  // namespace

NormalizerPtr makeUnicodeForm(UnicodeForm form) {
    return std::make_shared<const UnicodeFormNormalizer>(form);
}

}  // namespace lexiscope
