// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/neighbor_text.h"

#include "core/base/utf8.h"
#include "core/io/csv_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace lexiscope {
namespace {

constexpr int shownDigits = 4;

/// As the window shows it.
std::string shown(const NeighborResult& neighbors, Row row) {
    return displayText(textOf(*neighbors.model->vocabulary, row));
}

std::string fixed(double score) {
    if (!std::isfinite(score)) {
        return std::isnan(score) ? "nan" : score < 0 ? "-inf" : "inf";
    }
    std::array<char, 512> digits;  // NOLINT(cppcoreguidelines-pro-type-member-init): the largest double
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), score,
                                   std::chars_format::fixed, shownDigits);
    return {digits.data(), end.ptr};
}

/// A span of code, as long a fence around it as the text needs (CommonMark 6.1); in a table a bar is escaped
/// even there (GitHub Flavored Markdown 4.10).
std::string markdownCode(std::string_view text) {
    std::size_t longest = 0;
    for (std::size_t i = 0, run = 0; i < text.size(); ++i) {
        run = text[i] == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    // One space on each side belongs to the fence.
    const bool needsSpace = text.empty() || text.front() == '`' || text.back() == '`' ||
                            (text.front() == ' ' && text.back() == ' ');
    std::string out = fence + (needsSpace ? " " : "");
    for (const char c : text) {
        out += c == '|' ? "\\|" : std::string(1, c);
    }
    return out + (needsSpace ? " " : "") + fence;
}

std::string markdown(const NeighborResult& neighbors) {
    std::string out =
        "| # | ID | token | " + std::string(name(neighbors.metric)) + " |\n| ---: | ---: | :--- | ---: |\n";
    for (std::size_t i = 0; i < neighbors.neighbors.size(); ++i) {
        const Neighbor& neighbor = neighbors.neighbors[i];
        out += "| " + std::to_string(i + 1) + " | " + std::to_string(neighbor.row.value) + " | " +
               markdownCode(shown(neighbors, neighbor.row)) + " | " + fixed(neighbor.score) + " |\n";
    }
    return out;
}

/// What TeX takes for a command, and the marks that displayText() puts in place of what cannot be seen, which
/// not every font has.
std::string_view latexOf(std::string_view character) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 20> replaced = {{
        {"\\", "\\textbackslash{}"},
        {"{", "\\{"},
        {"}", "\\}"},
        {"$", "\\$"},
        {"&", "\\&"},
        {"#", "\\#"},
        {"%", "\\%"},
        {"_", "\\_"},
        {"^", "\\textasciicircum{}"},
        {"~", "\\textasciitilde{}"},
        {"`", "\\textasciigrave{}"},
        {"'", "\\textquotesingle{}"},
        {"-", "{-}"},  // two of them are no dash
        {"<", "{<}"},  // nor these a quotation mark
        {">", "{>}"},
        {"·", "\\textperiodcentered{}"},
        {"⏎", "$\\hookleftarrow$"},
        {"⇥", "$\\mapsto$"},
        {"‹", "$\\langle$"},
        {"›", "$\\rangle$"},
    }};
    const auto* found = std::find_if(replaced.begin(), replaced.end(),
                                     [&](const auto& pair) { return pair.first == character; });
    return found == replaced.end() ? character : found->second;
}

std::string latexText(std::string_view text) {
    std::string out;
    for (std::size_t offset = 0; offset < text.size();) {
        const CodePoint point = codePointAt(text, offset);
        out += latexOf(text.substr(offset, point.size));
        offset += point.size;
    }
    return out;
}

std::string latex(const NeighborResult& neighbors) {
    std::string out = "\\begin{tabular}{rrlr}\n\\hline\n\\# & ID & token & " +
                      std::string(name(neighbors.metric)) + " \\\\\n\\hline\n";
    for (std::size_t i = 0; i < neighbors.neighbors.size(); ++i) {
        const Neighbor& neighbor = neighbors.neighbors[i];
        out += std::to_string(i + 1) + " & " + std::to_string(neighbor.row.value) + " & \\texttt{" +
               latexText(shown(neighbors, neighbor.row)) + "} & $" + fixed(neighbor.score) + "$ \\\\\n";
    }
    return out + "\\hline\n\\end{tabular}\n";
}

std::string csv(const NeighborResult& neighbors) {
    std::string out;
    CsvLine(out).text("rank").text("id").text("token").text(name(neighbors.metric)).end();
    for (std::size_t i = 0; i < neighbors.neighbors.size(); ++i) {
        const Neighbor& neighbor = neighbors.neighbors[i];
        CsvLine(out)
            .count(i + 1)
            .count(neighbor.row.value)
            .text(neighbors.model->vocabulary->spelling(neighbor.row))
            .number(neighbor.score)
            .end();
    }
    return out;
}

std::string hex(std::uint32_t value, std::size_t digits) {
    constexpr std::string_view alphabet = "0123456789abcdef";
    std::string out(digits, '0');
    for (std::size_t i = digits; i-- > 0; value >>= 4U) {
        out[i] = alphabet[value & 15U];
    }
    return out;
}

/// A str literal. What cannot be seen, or turns the direction of writing, is escaped: displayText() marks it.
std::string pythonText(std::string_view bytes) {
    constexpr std::uint32_t surrogateOfByte = 0xDC00;  // PEP 383
    std::string out = "\"";
    for (std::size_t offset = 0; offset < bytes.size();) {
        const CodePoint point = codePointAt(bytes, offset);
        const std::string_view character = bytes.substr(offset, point.size);
        offset += point.size;
        if (!point.valid) {
            out += "\\u" + hex(surrogateOfByte + point.value, 4);
        } else if (character == "\"" || character == "\\") {
            out += '\\';
            out += character;
        } else if (character == " " || displayText(character) == character) {
            out += character;
        } else {
            out += point.value > 0xFFFF ? "\\U" + hex(point.value, 8) : "\\u" + hex(point.value, 4);
        }
    }
    return out + '"';
}

std::string pythonNumber(double score) {
    if (!std::isfinite(score)) {
        return "float(\"" + fixed(score) + "\")";
    }
    std::string digits;
    CsvLine(digits).number(score);
    // Without a point or an exponent it would be an int.
    return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
}

std::string python(const NeighborResult& neighbors) {
    std::string out = "# " + std::to_string(neighbors.neighbors.size()) + " nearest to " +
                      shown(neighbors, neighbors.row) + " (ID " + std::to_string(neighbors.row.value) +
                      ") in " + displayText(neighbors.model->name) + ": ID, token, " +
                      std::string(name(neighbors.metric)) + "\nneighbors = [\n";
    for (const Neighbor& neighbor : neighbors.neighbors) {
        out += "    (" + std::to_string(neighbor.row.value) + ", " +
               pythonText(neighbors.model->vocabulary->spelling(neighbor.row)) + ", " +
               pythonNumber(neighbor.score) + "),\n";
    }
    return out + "]\n";
}

}  // namespace

std::string neighborText(const NeighborResult& neighbors, TableForm form) {
    switch (form) {
        case TableForm::Markdown:
            return markdown(neighbors);
        case TableForm::Latex:
            return latex(neighbors);
        case TableForm::Csv:
            return csv(neighbors);
        case TableForm::Python:
            return python(neighbors);
    }
    return {};
}

}  // namespace lexiscope
