// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/script.h"
#include "core/tokenize/pre_tokenizer.h"
#include "core/tokenize/split_regex.h"

#include <string>
#include <string_view>

namespace lexiscope {
namespace {

/// A character of the class, and those that go with it; U+30FC is one of kana whatever else it is.
std::string runOf(std::string_view property) {
    const std::string own = "\\p{sc:" + std::string(property) + "}";
    return "(?![ \\x{30FC}])" + own + "(?:(?!\\x{30FC})[" + own + "\\p{sc:Unknown} ])*+";
}

std::string patternOfRuns() {
    const std::string kana = R"([\p{sc:Han}\p{sc:Hiragana}\p{sc:Katakana}\x{30FC}])";
    std::string pattern = runOf("Latin") + "|" + runOf("Common") + "|" + kana + "(?:" + kana +
                          "|[\\p{sc:Unknown} ])*+|" + runOf("Inherited");
    for (const std::string_view script : scriptNames()) {
        const bool isThere = pattern.find(":" + std::string(script) + "}") != std::string::npos;
        // The library may be older than the script.
        if (!isThere && SplitRegex::compile("\\p{sc:" + std::string(script) + "}").ok()) {
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
