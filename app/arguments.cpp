// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include "app/text_output.h"
#include "core/base/grouped.h"

#include <algorithm>
#include <charconv>

namespace lexiscope {

std::optional<std::uint64_t> parseCount(std::string_view text) {
    std::uint64_t value = 0;
    const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

Error usageError(std::string_view where, std::string_view what, std::string_view hint) {
    return {ErrorCode::InvalidArgument, std::string(where), std::string(what), std::string(hint)};
}

class Arguments::Parser {
  public:
    explicit Parser(const Command& command) : m_command(command) {}

    Result<Arguments> parse(std::span<const std::string> words);

  private:
    Result<Done> takeOption(std::string_view word, std::span<const std::string>& rest);
    Result<Done> store(const OptionSpec& option, const std::string& value);
    void takeWord(const std::string& word);
    Result<Done> checkNumbers() const;
    const OptionSpec* find(std::string_view name) const;
    std::string seeHelp() const;

    const Command& m_command;
    Arguments m_arguments;
    const OptionSpec* m_open = nullptr;  // the option whose words are being read
    bool m_onlyWords = false;            // after "--"
};

const OptionSpec* Arguments::Parser::find(std::string_view name) const {
    const auto found = std::find_if(m_command.options.begin(), m_command.options.end(),
                                    [name](const OptionSpec& option) { return option.name == name; });
    return found == m_command.options.end() ? nullptr : &*found;
}

std::string Arguments::Parser::seeHelp() const {
    std::string call = "see lexiscope ";
    if (!m_command.name.empty()) {
        call.append(m_command.name) += ' ';
    }
    return call + "--help";
}

Result<Arguments> Arguments::Parser::parse(std::span<const std::string> words) {
    while (!words.empty()) {
        const std::string& word = words.front();
        words = words.subspan(1);
        if (m_onlyWords || word.size() < 2 || word.front() != '-') {
            takeWord(word);
        } else if (word == "--") {
            m_onlyWords = true;
        } else {
            const Result<Done> taken = takeOption(word, words);
            if (!taken.ok()) {
                return taken.error();
            }
            if (m_arguments.m_help) {
                return m_arguments;
            }
        }
    }
    const Result<Done> sound = checkNumbers();
    if (!sound.ok()) {
        return sound.error();
    }
    return std::move(m_arguments);
}

void Arguments::Parser::takeWord(const std::string& word) {
    const bool operandsWanted = m_arguments.m_operands.size() < m_command.most;
    if (m_open != nullptr && !(m_onlyWords && operandsWanted)) {
        m_arguments.m_values[m_open->name].push_back(word);
    } else {
        m_arguments.m_operands.push_back(word);
    }
}

Result<Done> Arguments::Parser::takeOption(std::string_view word, std::span<const std::string>& rest) {
    if (word == "--help" || word == "-h") {
        m_arguments.m_help = true;
        return Done{};
    }
    std::string_view name = word;
    std::optional<std::string> value;
    if (word[1] != '-') {
        name = word.substr(0, 2);
        if (word.size() > 2) {
            value = word.substr(2);
        }
    } else if (const std::size_t equals = word.find('='); equals != std::string_view::npos) {
        name = word.substr(0, equals);
        value = word.substr(equals + 1);
    }
    const OptionSpec* option = find(name);
    if (option == nullptr) {
        return usageError(word, "unknown option", "a word that begins with - goes after --; " + seeHelp());
    }
    m_open = option->takes == Takes::Words ? option : nullptr;
    if (option->takes == Takes::Nothing) {
        if (value) {
            return usageError(option->name, "takes no value", seeHelp());
        }
        m_arguments.m_values[option->name];
        return Done{};
    }
    if (option->takes == Takes::Words) {
        if (value) {
            m_arguments.m_values[option->name].push_back(*value);
        }
        m_arguments.m_values[option->name];
        return Done{};
    }
    if (!value) {
        if (rest.empty()) {
            return usageError(option->name, "needs a value: " + std::string(option->value), seeHelp());
        }
        value = rest.front();
        rest = rest.subspan(1);
    }
    return store(*option, *value);
}

Result<Done> Arguments::Parser::store(const OptionSpec& option, const std::string& value) {
    if (option.takes == Takes::Choice &&
        std::find(option.choices.begin(), option.choices.end(), value) == option.choices.end()) {
        return usageError(option.name,
                          "takes one of " + std::string(option.value) + ", not \"" + value + "\"");
    }
    if (option.takes == Takes::Count) {
        const std::optional<std::uint64_t> count = parseCount(value);
        if (!count || *count < option.least || *count > option.most) {
            const bool bounded = option.most != std::numeric_limits<std::uint64_t>::max();
            const std::string range = bounded
                                          ? " from " + grouped(option.least) + " to " + grouped(option.most)
                                          : " of at least " + grouped(option.least);
            return usageError(option.name, "takes a whole number" + range + ", not \"" + value + "\"");
        }
    }
    m_arguments.m_values[option.name] = {value};
    return Done{};
}

Result<Done> Arguments::Parser::checkNumbers() const {
    const std::string_view where = m_command.name.empty() ? "command line" : m_command.name;
    const std::size_t given = m_arguments.m_operands.size();
    if (given < m_command.fewest) {
        return usageError(where, "an argument is missing: " + std::string(m_command.operands), seeHelp());
    }
    if (given > m_command.most) {
        return usageError(m_arguments.m_operands[m_command.most], "one argument too many", seeHelp());
    }
    for (const OptionSpec& option : m_command.options) {
        const auto found = m_arguments.m_values.find(option.name);
        if (option.takes == Takes::Words && found != m_arguments.m_values.end() && found->second.empty()) {
            return usageError(option.name, "needs at least one word", seeHelp());
        }
    }
    return Done{};
}

Result<Arguments> Arguments::parse(const Command& command, std::span<const std::string> words) {
    return Parser(command).parse(words);
}

std::optional<std::string> Arguments::text(std::string_view option) const {
    const auto found = m_values.find(option);
    if (found == m_values.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second.back();
}

std::string Arguments::text(std::string_view option, std::string_view otherwise) const {
    return text(option).value_or(std::string(otherwise));
}

std::uint64_t Arguments::count(std::string_view option, std::uint64_t otherwise) const {
    const std::optional<std::string> given = text(option);
    return given ? parseCount(*given).value_or(otherwise) : otherwise;
}

std::vector<std::string> Arguments::words(std::string_view option) const {
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::vector<std::string>() : found->second;
}

std::string helpText(const Command& command) {
    std::string call = "Usage: lexiscope";
    for (const std::string_view part : {command.name, command.operands}) {
        if (!part.empty()) {
            call.append(" ").append(part);
        }
    }
    std::string options;
    for (const OptionSpec& option : command.options) {
        std::string left = std::string(option.name);
        if (!option.value.empty()) {
            left.append(" ").append(option.value);
        }
        constexpr std::size_t column = 26;
        options += left.size() > column ? "  " + left + "\n  " + std::string(column, ' ')
                                        : "  " + padRight(left, column);
        options.append("  ").append(option.help).append("\n");
    }
    if (options.empty()) {
        return call + "\n\n" + std::string(command.summary) + ".\n";
    }
    const std::string notes = command.notes != nullptr ? "\n" + command.notes() : std::string();
    return call + " [options]\n\n" + std::string(command.summary) + ".\n\n" + options + notes;
}

}  // namespace lexiscope
