// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What an option takes.
enum class Takes {
    Nothing,
    Text,    ///< any bytes: the next argument, whatever it looks like
    Choice,  ///< one of `choices`
    Count,   ///< a whole number in [least, most]
    Words,   ///< all arguments up to the next option
};

struct OptionSpec {
    std::string_view name;  ///< "--json", or "-k"
    Takes takes = Takes::Nothing;
    std::string_view value;  ///< what help calls the value: "N", "light|dark|print"
    std::string_view help;   ///< one sentence without a full stop
    std::span<const std::string_view> choices = {};
    std::uint64_t least = 0;
    std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
};

class Arguments;

/// One subcommand, as its help and its parser see it.
struct Command {
    static constexpr std::size_t any = std::numeric_limits<std::size_t>::max();

    std::string_view name;      ///< "info"; or two words, "train words"
    std::string_view operands;  ///< "MODEL TOKEN…"
    std::string_view summary;   ///< one sentence without a full stop
    std::size_t fewest = 0;     ///< operands
    std::size_t most = 0;
    std::span<const OptionSpec> options;
    /// What the table of options cannot say about their use together; may be null. Its error is wrong usage
    /// (status 2).
    Result<Done> (*check)(const Arguments&) = nullptr;
    /// The work; gives the exit status. Its error is a failure (status 1).
    Result<int> (*run)(const Arguments&) = nullptr;
    /// Whole lines that its help ends with; may be null.
    std::string (*notes)() = nullptr;
};

/// The arguments of one command, found sound. Asking for an option that the command does not list is a broken
/// contract.
class Arguments {
  public:
    /// "--opt VALUE", "--opt=VALUE", "-k VALUE" and "-kVALUE"; options may stand before, between and after
    /// operands. After "--" nothing is an option: what follows are the operands still wanted, then further
    /// words of the Words option that was open. The last of a repeated option counts; those of Words add up.
    /// InvalidArgument: wrong usage.
    static Result<Arguments> parse(const Command& command, std::span<const std::string> words);

    bool has(std::string_view option) const { return m_values.contains(option); }
    bool helpAsked() const { return m_help; }
    const std::vector<std::string>& operands() const { return m_operands; }
    std::optional<std::string> text(std::string_view option) const;
    std::string text(std::string_view option, std::string_view otherwise) const;
    std::uint64_t count(std::string_view option, std::uint64_t otherwise) const;
    std::vector<std::string> words(std::string_view option) const;

  private:
    class Parser;
    std::vector<std::string> m_operands;
    std::map<std::string_view, std::vector<std::string>> m_values;  // keys live in the command's table
    bool m_help = false;
};

/// A whole number without sign or blanks.
std::optional<std::uint64_t> parseCount(std::string_view text);

/// An error that means wrong usage.
Error usageError(std::string_view where, std::string_view what, std::string_view hint = {});

/// "Usage: lexiscope NAME OPERANDS [options]" and a line for each option.
std::string helpText(const Command& command);

}  // namespace lexiscope
