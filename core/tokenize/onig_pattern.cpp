// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/onig_pattern.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace lexiscope {
namespace {

constexpr int deepestNesting = 32;

// What stands for the classes within brackets. Alone, \w has of the numbers that are no digits those of
// Latin-1.
constexpr std::string_view word = R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc})";
constexpr std::string_view wordAlone = R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc}²³¹¼½¾)";
constexpr std::string_view hexDigit = "0-9A-Fa-f";

// The named classes that are others to PCRE2.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> ownNames = {
    {{"punct", R"(\p{P}\p{S})"},
     {"space", R"(\p{White_Space})"},
     {"upper", R"(\p{Uppercase})"},
     {"lower", R"(\p{Lowercase})"}}};

std::string inBrackets(std::string_view content, bool isNegated = false) {
    return (isNegated ? "[^" : "[") + std::string(content) + "]";
}

/// Does PCRE2 know a script of that name?
bool isScript(std::string_view name) {
    const auto isPartOfName = [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '_';
    };
    if (name.empty() || !std::all_of(name.begin(), name.end(), isPartOfName)) {
        return false;
    }
    const std::string pattern = "\\p{sc:" + std::string(name) + "}";
    int error = 0;
    std::size_t place = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), PCRE2_UTF,
                                     &error, &place, nullptr);
    pcre2_code_free(code);
    return code != nullptr;
}

/// What is between brackets, as far as one pair of PCRE2's can say it, and what it takes more for. Each of
/// `others` matches one character.
struct Union {
    std::string simple;
    std::vector<std::string> others;

    bool isSimple() const { return others.empty(); }
    std::string expression() const {
        std::string result = simple.empty() ? std::string() : inBrackets(simple);
        for (const std::string& other : others) {
            result += (result.empty() ? "" : "|") + other;
        }
        return others.size() + (simple.empty() ? 0 : 1) == 1 ? result : "(?:" + result + ")";
    }
};

class Translator {
  public:
    explicit Translator(std::string_view pattern) : m_pattern(pattern) {}

    Result<std::string> translate() {
        while (m_at < m_pattern.size() && !m_error) {
            if (m_pattern[m_at] == '\\') {
                m_result += escapeOutside();
            } else if (m_pattern[m_at] == '[') {
                const Union all = readBrackets(1);
                m_result += all.expression();
            } else if (rest().starts_with("(?")) {
                readGroup();
            } else {
                m_result += m_pattern[m_at++];
            }
        }
        if (m_error) {
            return *std::move(m_error);
        }
        return std::move(m_result);
    }

  private:
    std::string_view rest() const { return m_pattern.substr(m_at); }

    /// "(?i-m:" with m called s; of other groups their first two signs.
    void readGroup() {
        std::size_t end = m_at + 2;
        while (end < m_pattern.size() &&
               std::string_view("imxWDSPa-").find(m_pattern[end]) != std::string::npos) {
            ++end;
        }
        const bool isOptions =
            end > m_at + 2 && end < m_pattern.size() && (m_pattern[end] == ':' || m_pattern[end] == ')');
        std::string group(m_pattern.substr(m_at, (isOptions ? end : m_at + 2) - m_at));
        std::replace(group.begin(), group.end(), 'm', 's');
        m_result += group;
        m_at += group.size();
    }

    /// A property, a code point or an escaped sign, which mean the same within brackets and outside.
    std::string escape() {
        const std::size_t begin = m_at;
        m_at = std::min(m_at + 2, m_pattern.size());
        const char kind = m_pattern[m_at - 1];
        if (kind == 's' || kind == 'S') {
            return kind == 's' ? "\\p{White_Space}" : "\\P{White_Space}";
        }
        if (kind == 'v') {
            return "\\x{0b}";
        }
        if (kind == 'u' && rest().size() >= 4) {
            m_at += 4;
            return "\\x{" + std::string(m_pattern.substr(m_at - 4, 4)) + "}";
        }
        if ((kind == 'p' || kind == 'P') && rest().starts_with('{')) {
            const std::size_t close = m_pattern.find('}', m_at);
            if (close != std::string_view::npos) {
                std::string_view name = m_pattern.substr(m_at + 1, close - m_at - 1);
                const std::string_view negation = name.starts_with('^') ? "^" : "";
                name.remove_prefix(negation.size());
                m_at = close + 1;
                return "\\" + std::string(1, kind) + "{" + std::string(negation) +
                       (isScript(name) ? "sc:" : "") + std::string(name) + "}";
            }
        }
        return std::string(m_pattern.substr(begin, m_at - begin));
    }

    std::string escapeOutside() {
        const char kind = m_at + 1 < m_pattern.size() ? m_pattern[m_at + 1] : '\0';
        const std::string words = inBrackets(wordAlone);
        std::string result;
        switch (kind) {
            case 'w':
            case 'W':
                result = inBrackets(wordAlone, kind == 'W');
                break;
            case 'h':
            case 'H':
                result = inBrackets(hexDigit, kind == 'H');
                break;
            case 'b':
                result = "(?:(?<=" + words + ")(?!" + words + ")|(?<!" + words + ")(?=" + words + "))";
                break;
            case 'B':
                result = "(?:(?<=" + words + ")(?=" + words + ")|(?<!" + words + ")(?!" + words + "))";
                break;
            default:
                return escape();
        }
        m_at += 2;
        return result;
    }

    void escapeWithin(Union& part) {
        const char kind = m_at + 1 < m_pattern.size() ? m_pattern[m_at + 1] : '\0';
        const bool isWord = kind == 'w' || kind == 'W';
        if (!isWord && kind != 'h' && kind != 'H') {
            part.simple += escape();
            return;
        }
        m_at += 2;
        const std::string_view content = isWord ? word : hexDigit;
        if (kind == 'w' || kind == 'h') {
            part.simple += content;
        } else {
            part.others.push_back(inBrackets(content, true));
        }
    }

    /// From a bracket to the one that closes it.
    Union readBrackets(int depth) {
        const std::size_t begin = m_at++;
        const bool isNegated = rest().starts_with('^');
        m_at += isNegated ? 1 : 0;
        std::vector<Union> parts(1);  // all of which a character has to be in
        for (bool isFirst = true; depth <= deepestNesting && m_at < m_pattern.size(); isFirst = false) {
            Union& part = parts.back();
            const char sign = m_pattern[m_at];
            if (sign == ']' && !isFirst) {
                ++m_at;
                return whole(parts, isNegated);
            }
            if (rest().starts_with("&&")) {
                m_at += 2;
                parts.emplace_back();
            } else if (rest().starts_with("[:")) {
                readNamed(part);
            } else if (sign == '[') {
                add(part, readBrackets(depth + 1));
                if (m_error) {
                    return {};
                }
            } else if (sign == '\\') {
                escapeWithin(part);
            } else {
                addSign(part);
            }
        }
        m_error =
            Error{ErrorCode::Unsupported,
                  {},
                  depth > deepestNesting ? "brackets nest deeper than " + std::to_string(deepestNesting)
                                         : "the bracket at byte " + std::to_string(begin) + " is not closed",
                  {}};
        return {};
    }

    /// "[:alpha:]"; else the bracket opens a set.
    void readNamed(Union& part) {
        const std::size_t close = m_pattern.find(":]", m_at + 2);
        if (close == std::string_view::npos) {
            part.simple += "\\[";
            ++m_at;
            return;
        }
        std::string_view name = m_pattern.substr(m_at + 2, close - m_at - 2);
        const bool isNegated = name.starts_with('^');
        name.remove_prefix(isNegated ? 1 : 0);
        const auto* const own = std::find_if(ownNames.begin(), ownNames.end(),
                                             [&](const auto& known) { return known.first == name; });
        if (own == ownNames.end()) {
            part.simple += m_pattern.substr(m_at, close + 2 - m_at);
        } else if (isNegated) {
            part.others.push_back(inBrackets(own->second, true));
        } else {
            part.simple += own->second;
        }
        m_at = close + 2;
    }

    void addSign(Union& part) {
        const char sign = m_pattern[m_at++];
        // One that ends no range: what is put behind it must not make it one.
        const bool isLoneHyphen = sign == '-' && (part.simple.empty() || rest().starts_with(']') ||
                                                  rest().starts_with('[') || rest().starts_with("&&"));
        if (isLoneHyphen || sign == '^' || sign == ']') {
            part.simple += '\\';
        }
        part.simple += sign;
    }

    static void add(Union& part, Union nested) {
        part.simple += nested.simple;
        std::move(nested.others.begin(), nested.others.end(), std::back_inserter(part.others));
    }

    static Union whole(const std::vector<Union>& parts, bool isNegated) {
        if (parts.size() == 1 && !isNegated) {
            return parts.front();
        }
        if (parts.size() == 1 && parts.front().isSimple()) {
            return {{}, {inBrackets(parts.front().simple, true)}};
        }
        std::string all;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string part = parts[i].expression();
            all += i + 1 < parts.size() ? "(?=" + part + ")" : part;
        }
        return {{}, {isNegated ? "(?:(?!" + all + ")(?s:.))" : "(?:" + all + ")"}};
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    std::string m_result;
    std::optional<Error> m_error;
};

}  // namespace

Result<std::string> toPcre(std::string_view pattern) {
    return Translator(pattern).translate();
}

}  // namespace lexiscope
