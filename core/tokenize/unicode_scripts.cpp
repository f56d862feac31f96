// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/pre_tokenizer.h"
#include "core/tokenize/split_regex.h"

#include <array>
#include <string>
#include <string_view>

namespace lexiscope {
namespace {

/// Scripts.txt of Unicode 15 without Common, Inherited, Latin, Han, Hiragana and Katakana; frequent ones
/// first, for they are tried in turn.
constexpr std::array scripts = {"Cyrillic",
                                "Greek",
                                "Arabic",
                                "Hebrew",
                                "Devanagari",
                                "Hangul",
                                "Thai",
                                "Adlam",
                                "Ahom",
                                "Anatolian_Hieroglyphs",
                                "Armenian",
                                "Avestan",
                                "Balinese",
                                "Bamum",
                                "Bassa_Vah",
                                "Batak",
                                "Bengali",
                                "Bhaiksuki",
                                "Bopomofo",
                                "Brahmi",
                                "Braille",
                                "Buginese",
                                "Buhid",
                                "Canadian_Aboriginal",
                                "Carian",
                                "Caucasian_Albanian",
                                "Chakma",
                                "Cham",
                                "Cherokee",
                                "Chorasmian",
                                "Coptic",
                                "Cuneiform",
                                "Cypriot",
                                "Cypro_Minoan",
                                "Deseret",
                                "Dives_Akuru",
                                "Dogra",
                                "Duployan",
                                "Egyptian_Hieroglyphs",
                                "Elbasan",
                                "Elymaic",
                                "Ethiopic",
                                "Georgian",
                                "Glagolitic",
                                "Gothic",
                                "Grantha",
                                "Gujarati",
                                "Gunjala_Gondi",
                                "Gurmukhi",
                                "Hanifi_Rohingya",
                                "Hanunoo",
                                "Hatran",
                                "Imperial_Aramaic",
                                "Inscriptional_Pahlavi",
                                "Inscriptional_Parthian",
                                "Javanese",
                                "Kaithi",
                                "Kannada",
                                "Kawi",
                                "Kayah_Li",
                                "Kharoshthi",
                                "Khitan_Small_Script",
                                "Khmer",
                                "Khojki",
                                "Khudawadi",
                                "Lao",
                                "Lepcha",
                                "Limbu",
                                "Linear_A",
                                "Linear_B",
                                "Lisu",
                                "Lycian",
                                "Lydian",
                                "Mahajani",
                                "Makasar",
                                "Malayalam",
                                "Mandaic",
                                "Manichaean",
                                "Marchen",
                                "Masaram_Gondi",
                                "Medefaidrin",
                                "Meetei_Mayek",
                                "Mende_Kikakui",
                                "Meroitic_Cursive",
                                "Meroitic_Hieroglyphs",
                                "Miao",
                                "Modi",
                                "Mongolian",
                                "Mro",
                                "Multani",
                                "Myanmar",
                                "Nabataean",
                                "Nag_Mundari",
                                "Nandinagari",
                                "New_Tai_Lue",
                                "Newa",
                                "Nko",
                                "Nushu",
                                "Nyiakeng_Puachue_Hmong",
                                "Ogham",
                                "Ol_Chiki",
                                "Old_Hungarian",
                                "Old_Italic",
                                "Old_North_Arabian",
                                "Old_Permic",
                                "Old_Persian",
                                "Old_Sogdian",
                                "Old_South_Arabian",
                                "Old_Turkic",
                                "Old_Uyghur",
                                "Oriya",
                                "Osage",
                                "Osmanya",
                                "Pahawh_Hmong",
                                "Palmyrene",
                                "Pau_Cin_Hau",
                                "Phags_Pa",
                                "Phoenician",
                                "Psalter_Pahlavi",
                                "Rejang",
                                "Runic",
                                "Samaritan",
                                "Saurashtra",
                                "Sharada",
                                "Shavian",
                                "Siddham",
                                "SignWriting",
                                "Sinhala",
                                "Sogdian",
                                "Sora_Sompeng",
                                "Soyombo",
                                "Sundanese",
                                "Syloti_Nagri",
                                "Syriac",
                                "Tagalog",
                                "Tagbanwa",
                                "Tai_Le",
                                "Tai_Tham",
                                "Tai_Viet",
                                "Takri",
                                "Tamil",
                                "Tangsa",
                                "Tangut",
                                "Telugu",
                                "Thaana",
                                "Tibetan",
                                "Tifinagh",
                                "Tirhuta",
                                "Toto",
                                "Ugaritic",
                                "Vai",
                                "Vithkuqi",
                                "Wancho",
                                "Warang_Citi",
                                "Yezidi",
                                "Yi",
                                "Zanabazar_Square"};

/// A character of the class, and those that go with it; U+30FC is one of kana whatever else it is.
std::string runOf(std::string_view property) {
    const std::string own = "\\p{sc:" + std::string(property) + "}";
    return "(?![ \\x{30FC}])" + own + "(?:(?!\\x{30FC})[" + own + "\\p{sc:Unknown} ])*+";
}

std::string patternOfRuns() {
    const std::string kana = R"([\p{sc:Han}\p{sc:Hiragana}\p{sc:Katakana}\x{30FC}])";
    std::string pattern = runOf("Latin") + "|" + runOf("Common") + "|" + kana + "(?:" + kana +
                          "|[\\p{sc:Unknown} ])*+|" + runOf("Inherited");
    for (const char* const script : scripts) {
        // The library may be older than the script.
        if (SplitRegex::compile("\\p{sc:" + std::string(script) + "}").ok()) {
            pattern += "|" + runOf(script);
        }
    }
    return pattern;
}

}  // namespace

PreTokenizerPtr makeUnicodeScripts() {
    static const std::shared_ptr<const SplitRegex> runs = SplitRegex::compile(patternOfRuns()).value();
    return makeSplit(runs, SplitBehavior::Removed, true, "UnicodeScripts");
}

}  // namespace lexiscope
