// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/word_questions.h"

#include "core/base/grouped.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::string_view blanks = " \t\v\f\r";

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

/// Steps through the lines of a text, without blanks at their ends.
class Lines {
  public:
    explicit Lines(std::string_view text) : m_rest(text) {
        constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
        if (m_rest.starts_with(byteOrderMark)) {
            m_rest.remove_prefix(byteOrderMark.size());
        }
    }
    bool next() {
        if (m_rest.empty()) {
            return false;
        }
        const std::size_t end = std::min(m_rest.find('\n'), m_rest.size());
        m_line = trimmed(m_rest.substr(0, end));
        m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        ++m_number;
        return true;
    }
    std::string_view line() const { return m_line; }
    std::size_t number() const { return m_number; }

  private:
    std::string_view m_rest;
    std::string_view m_line;
    std::size_t m_number = 0;
};

/// What stands between any of `separators`. Of `runs` of them each counts as one.
std::vector<std::string_view> cells(std::string_view line, std::string_view separators, bool runs) {
    std::vector<std::string_view> found;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find_first_of(separators, begin), line.size());
        if (end > begin || !runs) {
            found.push_back(trimmed(line.substr(begin, end - begin)));
        }
        begin = end + 1;
    }
    return found;
}

void note(OddLines& lines, std::size_t number) {
    lines.first = lines.count++ == 0 ? number : lines.first;
}

std::string at(std::string_view name, std::size_t line) {
    return std::string(name) + ", line " + grouped(line);
}

Error nothingIn(std::string_view name, std::string_view what, const OddLines& odd, std::string_view hint) {
    return {ErrorCode::Broken, odd.count == 0 ? std::string(name) : at(name, odd.first),
            odd.count == 0 ? "there is no " + std::string(what) + " in the file"
                           : "is no " + std::string(what) + ", nor is any other line",
            std::string(hint)};
}

std::optional<JudgedPair> judgedPair(std::string_view line) {
    const bool hasTabs = line.find('\t') != std::string_view::npos;
    const std::vector<std::string_view> parts = cells(line, hasTabs ? "\t" : blanks, !hasTabs);
    if (parts.size() != 3) {
        return std::nullopt;
    }
    double score = 0;
    const char* const end = parts[2].data() + parts[2].size();
    const std::from_chars_result read = std::from_chars(parts[2].data(), end, score);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(score)) {
        return std::nullopt;
    }
    return JudgedPair{std::string(parts[0]), std::string(parts[1]), score};
}

}  // namespace

Result<AnalogyQuestions> parseAnalogyQuestions(std::string_view text, std::string_view name) {
    AnalogyQuestions found;
    bool isEmpty = true;
    for (Lines lines(text); lines.next();) {
        const std::string_view line = lines.line();
        if (line.starts_with(':')) {
            found.sections.push_back({std::string(trimmed(line.substr(1))), {}});
            continue;
        }
        const std::vector<std::string_view> words = cells(line, blanks, true);
        if (words.size() != 4) {
            if (!words.empty()) {
                note(found.oddLines, lines.number());
            }
            continue;
        }
        if (found.sections.empty()) {
            return Error{ErrorCode::Broken, at(name, lines.number()), "a question before the first section",
                         "a line \": NAME\" begins a section"};
        }
        AnalogyQuestion question;
        std::copy(words.begin(), words.end(), question.begin());
        found.sections.back().questions.push_back(std::move(question));
        isEmpty = false;
    }
    if (isEmpty) {
        return nothingIn(name, "question of four words", found.oddLines,
                         "such files hold four words a line, and \": NAME\" before each section");
    }
    return found;
}

Result<JudgedPairs> parseJudgedPairs(std::string_view text, std::string_view name) {
    JudgedPairs found;
    for (Lines lines(text); lines.next();) {
        if (lines.line().empty() || lines.line().starts_with('#')) {
            continue;
        }
        if (std::optional<JudgedPair> pair = judgedPair(lines.line())) {
            found.pairs.push_back(std::move(*pair));
        } else {
            note(found.oddLines, lines.number());
        }
    }
    if (found.pairs.empty()) {
        return nothingIn(name, "pair of words with a number", found.oddLines,
                         "such files hold two words and a number a line, parted by tabs");
    }
    return found;
}

}  // namespace lexiscope
