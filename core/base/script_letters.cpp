// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts.txt of Unicode 15, as far as letters are concerned.
#include "core/base/script.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace lexiscope {
namespace {

/// Frequent ones first.
constexpr std::string_view list =
    "Latin Han Hiragana Cyrillic Greek Arabic Hebrew Devanagari Hangul Thai Adlam Ahom "
    "Anatolian_Hieroglyphs Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki Bopomofo "
    "Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee "
    "Chorasmian Coptic Cuneiform Cypriot Cypro_Minoan Deseret Dives_Akuru Dogra Duployan "
    "Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Gujarati "
    "Gunjala_Gondi Gurmukhi Hanifi_Rohingya Hanunoo Hatran Imperial_Aramaic Inscriptional_Pahlavi "
    "Inscriptional_Parthian Javanese Kaithi Kannada Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khmer "
    "Khojki Khudawadi Lao Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam "
    "Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive "
    "Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari "
    "New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic "
    "Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya "
    "Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic "
    "Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian Sora_Sompeng Soyombo "
    "Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut "
    "Telugu Thaana Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi "
    "Zanabazar_Square";

constexpr auto names = [] {
    std::array<std::string_view, 1 + std::count(list.begin(), list.end(), ' ')> each;
    std::size_t begin = 0;
    for (std::string_view& name : each) {
        const std::size_t end = std::min(list.find(' ', begin), list.size());
        name = list.substr(begin, end - begin);
        begin = end + 1;
    }
    return each;
}();

constexpr std::uint8_t shared = 0xFF;

/// Its place among the names.
consteval std::uint8_t script(std::string_view name) {
    return static_cast<std::uint8_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

static_assert(script("Hiragana") == static_cast<std::uint8_t>(Script::Kana));
static_assert(script("Thai") == static_cast<std::uint8_t>(Script::Thai));
static_assert(names.size() < static_cast<std::size_t>(Script::OtherLetters));

/// Whose letters a stretch of code points holds; nothing is said of what else stands there.
struct Stretch {
    std::uint32_t first;
    std::uint32_t last;
    std::uint8_t script;  // shared: of several
};

// Katakana are put to the Hiragana.
constexpr Stretch stretches[] = {
    {0x41, 0xAA, script("Latin")},
    {0xB5, 0xB5, shared},
    {0xBA, 0x2B8, script("Latin")},
    {0x2B9, 0x2D1, shared},
    {0x2E0, 0x2E4, script("Latin")},
    {0x2EC, 0x2EE, shared},
    {0x370, 0x373, script("Greek")},
    {0x374, 0x374, shared},
    {0x376, 0x3E1, script("Greek")},
    {0x3E2, 0x3EF, script("Coptic")},
    {0x3F0, 0x3FF, script("Greek")},
    {0x400, 0x52F, script("Cyrillic")},
    {0x531, 0x588, script("Armenian")},
    {0x5D0, 0x5F2, script("Hebrew")},
    {0x620, 0x63F, script("Arabic")},
    {0x640, 0x640, shared},
    {0x641, 0x6FF, script("Arabic")},
    {0x710, 0x74F, script("Syriac")},
    {0x750, 0x77F, script("Arabic")},
    {0x780, 0x7B1, script("Thaana")},
    {0x7CA, 0x7FA, script("Nko")},
    {0x800, 0x828, script("Samaritan")},
    {0x840, 0x858, script("Mandaic")},
    {0x860, 0x86A, script("Syriac")},
    {0x870, 0x8C9, script("Arabic")},
    {0x904, 0x97F, script("Devanagari")},
    {0x980, 0x9FC, script("Bengali")},
    {0xA05, 0xA74, script("Gurmukhi")},
    {0xA85, 0xAF9, script("Gujarati")},
    {0xB05, 0xB71, script("Oriya")},
    {0xB83, 0xBD0, script("Tamil")},
    {0xC05, 0xC61, script("Telugu")},
    {0xC80, 0xCF2, script("Kannada")},
    {0xD04, 0xD7F, script("Malayalam")},
    {0xD85, 0xDC6, script("Sinhala")},
    {0xE01, 0xE46, script("Thai")},
    {0xE81, 0xEDF, script("Lao")},
    {0xF00, 0xF8C, script("Tibetan")},
    {0x1000, 0x108E, script("Myanmar")},
    {0x10A0, 0x10FF, script("Georgian")},
    {0x1100, 0x11FF, script("Hangul")},
    {0x1200, 0x138F, script("Ethiopic")},
    {0x13A0, 0x13FD, script("Cherokee")},
    {0x1401, 0x167F, script("Canadian_Aboriginal")},
    {0x1681, 0x169A, script("Ogham")},
    {0x16A0, 0x16F8, script("Runic")},
    {0x1700, 0x171F, script("Tagalog")},
    {0x1720, 0x1731, script("Hanunoo")},
    {0x1740, 0x1751, script("Buhid")},
    {0x1760, 0x1770, script("Tagbanwa")},
    {0x1780, 0x17DC, script("Khmer")},
    {0x1820, 0x18AA, script("Mongolian")},
    {0x18B0, 0x18F5, script("Canadian_Aboriginal")},
    {0x1900, 0x191E, script("Limbu")},
    {0x1950, 0x1974, script("Tai_Le")},
    {0x1980, 0x19C9, script("New_Tai_Lue")},
    {0x1A00, 0x1A16, script("Buginese")},
    {0x1A20, 0x1AA7, script("Tai_Tham")},
    {0x1B05, 0x1B4C, script("Balinese")},
    {0x1B83, 0x1BBF, script("Sundanese")},
    {0x1BC0, 0x1BE5, script("Batak")},
    {0x1C00, 0x1C4F, script("Lepcha")},
    {0x1C5A, 0x1C7D, script("Ol_Chiki")},
    {0x1C80, 0x1C8A, script("Cyrillic")},
    {0x1C90, 0x1CBF, script("Georgian")},
    {0x1CE9, 0x1CFA, shared},
    {0x1D00, 0x1D25, script("Latin")},
    {0x1D26, 0x1D2A, script("Greek")},
    {0x1D2B, 0x1D2B, script("Cyrillic")},
    {0x1D2C, 0x1D5C, script("Latin")},
    {0x1D5D, 0x1D61, script("Greek")},
    {0x1D62, 0x1D65, script("Latin")},
    {0x1D66, 0x1D6A, script("Greek")},
    {0x1D6B, 0x1D77, script("Latin")},
    {0x1D78, 0x1D78, script("Cyrillic")},
    {0x1D79, 0x1DBE, script("Latin")},
    {0x1DBF, 0x1DBF, script("Greek")},
    {0x1E00, 0x1EFF, script("Latin")},
    {0x1F00, 0x1FFC, script("Greek")},
    {0x2071, 0x209C, script("Latin")},
    {0x2102, 0x2124, shared},
    {0x2126, 0x2126, script("Greek")},
    {0x2128, 0x2128, shared},
    {0x212A, 0x212B, script("Latin")},
    {0x212C, 0x2131, shared},
    {0x2132, 0x2132, script("Latin")},
    {0x2133, 0x2149, shared},
    {0x214E, 0x2184, script("Latin")},
    {0x2C00, 0x2C5F, script("Glagolitic")},
    {0x2C60, 0x2C7F, script("Latin")},
    {0x2C80, 0x2CF3, script("Coptic")},
    {0x2D00, 0x2D2D, script("Georgian")},
    {0x2D30, 0x2D6F, script("Tifinagh")},
    {0x2D80, 0x2DDE, script("Ethiopic")},
    {0x2E2F, 0x2E2F, shared},
    {0x3005, 0x3005, script("Han")},
    {0x3006, 0x3035, shared},
    {0x303B, 0x303B, script("Han")},
    {0x303C, 0x303C, shared},
    {0x3041, 0x30FA, script("Hiragana")},
    {0x30FC, 0x30FC, shared},
    {0x30FD, 0x30FF, script("Hiragana")},
    {0x3105, 0x312F, script("Bopomofo")},
    {0x3131, 0x318E, script("Hangul")},
    {0x31A0, 0x31BF, script("Bopomofo")},
    {0x31F0, 0x31FF, script("Hiragana")},
    {0x3400, 0x9FFF, script("Han")},
    {0xA000, 0xA48C, script("Yi")},
    {0xA4D0, 0xA4FD, script("Lisu")},
    {0xA500, 0xA62B, script("Vai")},
    {0xA640, 0xA69D, script("Cyrillic")},
    {0xA6A0, 0xA6E5, script("Bamum")},
    {0xA717, 0xA71F, shared},
    {0xA722, 0xA787, script("Latin")},
    {0xA788, 0xA788, shared},
    {0xA78B, 0xA7FF, script("Latin")},
    {0xA800, 0xA822, script("Syloti_Nagri")},
    {0xA840, 0xA873, script("Phags_Pa")},
    {0xA882, 0xA8B3, script("Saurashtra")},
    {0xA8F2, 0xA8FE, script("Devanagari")},
    {0xA90A, 0xA925, script("Kayah_Li")},
    {0xA930, 0xA946, script("Rejang")},
    {0xA960, 0xA97C, script("Hangul")},
    {0xA984, 0xA9B2, script("Javanese")},
    {0xA9CF, 0xA9CF, shared},
    {0xA9E0, 0xA9FE, script("Myanmar")},
    {0xAA00, 0xAA4B, script("Cham")},
    {0xAA60, 0xAA7F, script("Myanmar")},
    {0xAA80, 0xAADD, script("Tai_Viet")},
    {0xAAE0, 0xAAF4, script("Meetei_Mayek")},
    {0xAB01, 0xAB2E, script("Ethiopic")},
    {0xAB30, 0xAB64, script("Latin")},
    {0xAB65, 0xAB65, script("Greek")},
    {0xAB66, 0xAB69, script("Latin")},
    {0xAB70, 0xABBF, script("Cherokee")},
    {0xABC0, 0xABE2, script("Meetei_Mayek")},
    {0xAC00, 0xD7FB, script("Hangul")},
    {0xF900, 0xFAD9, script("Han")},
    {0xFB00, 0xFB06, script("Latin")},
    {0xFB13, 0xFB17, script("Armenian")},
    {0xFB1D, 0xFB4F, script("Hebrew")},
    {0xFB50, 0xFEFC, script("Arabic")},
    {0xFF21, 0xFF5A, script("Latin")},
    {0xFF66, 0xFF6F, script("Hiragana")},
    {0xFF70, 0xFF70, shared},
    {0xFF71, 0xFF9D, script("Hiragana")},
    {0xFF9E, 0xFF9F, shared},
    {0xFFA0, 0xFFDC, script("Hangul")},
    {0x10000, 0x100FA, script("Linear_B")},
    {0x10280, 0x1029C, script("Lycian")},
    {0x102A0, 0x102D0, script("Carian")},
    {0x10300, 0x1032F, script("Old_Italic")},
    {0x10330, 0x10349, script("Gothic")},
    {0x10350, 0x10375, script("Old_Permic")},
    {0x10380, 0x1039D, script("Ugaritic")},
    {0x103A0, 0x103CF, script("Old_Persian")},
    {0x10400, 0x1044F, script("Deseret")},
    {0x10450, 0x1047F, script("Shavian")},
    {0x10480, 0x1049D, script("Osmanya")},
    {0x104B0, 0x104FB, script("Osage")},
    {0x10500, 0x10527, script("Elbasan")},
    {0x10530, 0x10563, script("Caucasian_Albanian")},
    {0x10570, 0x105BC, script("Vithkuqi")},
    {0x10600, 0x10767, script("Linear_A")},
    {0x10780, 0x107BA, script("Latin")},
    {0x10800, 0x1083F, script("Cypriot")},
    {0x10840, 0x10855, script("Imperial_Aramaic")},
    {0x10860, 0x10876, script("Palmyrene")},
    {0x10880, 0x1089E, script("Nabataean")},
    {0x108E0, 0x108F5, script("Hatran")},
    {0x10900, 0x10915, script("Phoenician")},
    {0x10920, 0x10939, script("Lydian")},
    {0x10980, 0x1099F, script("Meroitic_Hieroglyphs")},
    {0x109A0, 0x109BF, script("Meroitic_Cursive")},
    {0x10A00, 0x10A35, script("Kharoshthi")},
    {0x10A60, 0x10A7C, script("Old_South_Arabian")},
    {0x10A80, 0x10A9C, script("Old_North_Arabian")},
    {0x10AC0, 0x10AE4, script("Manichaean")},
    {0x10B00, 0x10B35, script("Avestan")},
    {0x10B40, 0x10B55, script("Inscriptional_Parthian")},
    {0x10B60, 0x10B72, script("Inscriptional_Pahlavi")},
    {0x10B80, 0x10B91, script("Psalter_Pahlavi")},
    {0x10C00, 0x10C48, script("Old_Turkic")},
    {0x10C80, 0x10CF2, script("Old_Hungarian")},
    {0x10D00, 0x10D23, script("Hanifi_Rohingya")},
    {0x10E80, 0x10EB1, script("Yezidi")},
    {0x10F00, 0x10F27, script("Old_Sogdian")},
    {0x10F30, 0x10F45, script("Sogdian")},
    {0x10F70, 0x10F81, script("Old_Uyghur")},
    {0x10FB0, 0x10FC4, script("Chorasmian")},
    {0x10FE0, 0x10FF6, script("Elymaic")},
    {0x11003, 0x11075, script("Brahmi")},
    {0x11083, 0x110AF, script("Kaithi")},
    {0x110D0, 0x110E8, script("Sora_Sompeng")},
    {0x11103, 0x11147, script("Chakma")},
    {0x11150, 0x11176, script("Mahajani")},
    {0x11183, 0x111DC, script("Sharada")},
    {0x11200, 0x11240, script("Khojki")},
    {0x11280, 0x112A8, script("Multani")},
    {0x112B0, 0x112DE, script("Khudawadi")},
    {0x11305, 0x11361, script("Grantha")},
    {0x11400, 0x11461, script("Newa")},
    {0x11480, 0x114C7, script("Tirhuta")},
    {0x11580, 0x115DB, script("Siddham")},
    {0x11600, 0x11644, script("Modi")},
    {0x11680, 0x116B8, script("Takri")},
    {0x11700, 0x11746, script("Ahom")},
    {0x11800, 0x1182B, script("Dogra")},
    {0x118A0, 0x118FF, script("Warang_Citi")},
    {0x11900, 0x11941, script("Dives_Akuru")},
    {0x119A0, 0x119E3, script("Nandinagari")},
    {0x11A00, 0x11A3A, script("Zanabazar_Square")},
    {0x11A50, 0x11A9D, script("Soyombo")},
    {0x11AB0, 0x11ABF, script("Canadian_Aboriginal")},
    {0x11AC0, 0x11AF8, script("Pau_Cin_Hau")},
    {0x11C00, 0x11C40, script("Bhaiksuki")},
    {0x11C72, 0x11C8F, script("Marchen")},
    {0x11D00, 0x11D46, script("Masaram_Gondi")},
    {0x11D60, 0x11D98, script("Gunjala_Gondi")},
    {0x11EE0, 0x11EF2, script("Makasar")},
    {0x11F02, 0x11F33, script("Kawi")},
    {0x11FB0, 0x11FB0, script("Lisu")},
    {0x12000, 0x12543, script("Cuneiform")},
    {0x12F90, 0x12FF0, script("Cypro_Minoan")},
    {0x13000, 0x1342E, script("Egyptian_Hieroglyphs")},
    {0x14400, 0x14646, script("Anatolian_Hieroglyphs")},
    {0x16800, 0x16A38, script("Bamum")},
    {0x16A40, 0x16A5E, script("Mro")},
    {0x16A70, 0x16ABE, script("Tangsa")},
    {0x16AD0, 0x16AED, script("Bassa_Vah")},
    {0x16B00, 0x16B8F, script("Pahawh_Hmong")},
    {0x16E40, 0x16E7F, script("Medefaidrin")},
    {0x16F00, 0x16F9F, script("Miao")},
    {0x16FE0, 0x16FE0, script("Tangut")},
    {0x16FE1, 0x16FE1, script("Nushu")},
    {0x16FE3, 0x16FE3, script("Han")},
    {0x17000, 0x18AFF, script("Tangut")},
    {0x18B00, 0x18CD5, script("Khitan_Small_Script")},
    {0x18D00, 0x18D08, script("Tangut")},
    {0x1AFF0, 0x1B167, script("Hiragana")},
    {0x1B170, 0x1B2FB, script("Nushu")},
    {0x1BC00, 0x1BC99, script("Duployan")},
    {0x1D400, 0x1D7CB, shared},
    {0x1DF00, 0x1DF2A, script("Latin")},
    {0x1E030, 0x1E06D, script("Cyrillic")},
    {0x1E100, 0x1E14E, script("Nyiakeng_Puachue_Hmong")},
    {0x1E290, 0x1E2AD, script("Toto")},
    {0x1E2C0, 0x1E2EB, script("Wancho")},
    {0x1E4D0, 0x1E4EB, script("Nag_Mundari")},
    {0x1E7E0, 0x1E7FE, script("Ethiopic")},
    {0x1E800, 0x1E8C4, script("Mende_Kikakui")},
    {0x1E900, 0x1E94B, script("Adlam")},
    {0x1EE00, 0x1EEBB, script("Arabic")},
    {0x20000, 0x323AF, script("Han")},
};

}  // namespace

std::span<const std::string_view> scriptNames() {
    return names;
}

std::optional<Script> scriptOfLetter(char32_t letter) {
    if (letter < 0x80) {
        return Script::Latin;
    }
    const auto* const found =
        std::lower_bound(std::begin(stretches), std::end(stretches), letter,
                         [](const Stretch& stretch, char32_t value) { return stretch.last < value; });
    if (found == std::end(stretches) || found->first > letter) {
        return Script::OtherLetters;
    }
    return found->script == shared ? std::nullopt : std::optional(static_cast<Script>(found->script));
}

}  // namespace lexiscope
