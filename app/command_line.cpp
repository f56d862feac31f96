// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "app/commands.h"
#include "app/composition.h"
#include "app/resource_folder.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/io/model_loader.h"

#include <array>
#include <exception>
#include <filesystem>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace lexiscope {
namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int wrongUsage = 2;

constexpr std::array windowOptions = {
    OptionSpec{"--text", Takes::Text, "T", "The text to begin with"},
};

Command windowCommand() {
    return {.name = {},
            .operands = "[MODEL…]",
            .summary = "Opens the window on up to four models or tokenizers",
            .fewest = 0,
            .most = 4,
            .options = windowOptions};
}

std::array<Command, 16> subcommands() {
    return {infoCommand(),           tokensCommand(),     decodeCommand(),    vectorCommand(),
            neighborsCommand(),      similarityCommand(), analogyCommand(),   oddOneOutCommand(),
            evaluateCommand(),       projectCommand(),    positionsCommand(), trainWordsCommand(),
            trainTokenizerCommand(), compareCommand(),    convertCommand(),   renderCommand()};
}

int fail(const Error& error, int status) {
    printError(error);
    return status;
}

// What was printed counts as done only once the system has taken it.
int finish(int status) {
    const Result<Done> written = finishOutput();
    return written.ok() ? status : fail(written.error(), failed);
}

int say(std::string_view text) {
    const Result<Done> printed = print(text);
    return printed.ok() ? finish(done) : fail(printed.error(), failed);
}

std::string overview() {
    std::string text = helpText(windowCommand()) + "\nCommands that need no display:\n";
    for (const Command& command : subcommands()) {
        text += "  " + padRight(command.name, 17) + std::string(command.summary) + "\n";
    }
    return text +
           "\nMODEL is a file, a folder, or builtin:NAME (tiny-gpt2, wiki-words, features). After -- nothing "
           "is an "
           "option.\n"
           "lexiscope COMMAND --help tells more; lexiscope --version which version this is.\n"
           "Exit status: 0 done, 1 failed, 2 wrong usage.\n";
}

int runSubcommand(const Command& command, std::span<const std::string> words) {
    const Result<Arguments> arguments = Arguments::parse(command, words);
    if (!arguments.ok()) {
        return fail(arguments.error(), wrongUsage);
    }
    if (arguments.value().helpAsked()) {
        return say(helpText(command));
    }
    if (command.check != nullptr) {
        const Result<Done> sound = command.check(arguments.value());
        if (!sound.ok()) {
            return fail(sound.error(), wrongUsage);
        }
    }
    const Result<int> status = command.run(arguments.value());
    return status.ok() ? finish(status.value()) : fail(status.error(), failed);
}

// Something must be there before a window opens on it; whether it is a model, the window says.
Result<Done> checkThere(const std::string& spec) {
    const Result<std::filesystem::path> path = resolveModel(spec, modelFolder());
    if (!path.ok()) {
        return path.error();
    }
    std::error_code ignored;
    if (!std::filesystem::exists(path.value(), ignored)) {
        return Error{ErrorCode::NotFound, spec, "no such file, folder or command", "see lexiscope --help"};
    }
    return Done{};
}

int openWindow(std::span<const std::string> words, int argc, char** argv) {
    const Result<Arguments> arguments = Arguments::parse(windowCommand(), words);
    if (!arguments.ok()) {
        // A mistyped command should be told so, not that its options are none of the window's.
        const Result<Done> there = words[0].starts_with('-') ? Result<Done>(Done{}) : checkThere(words[0]);
        return there.ok() ? fail(arguments.error(), wrongUsage) : fail(there.error(), failed);
    }
    if (arguments.value().helpAsked()) {
        return say(overview());
    }
    for (const std::string& spec : arguments.value().operands()) {
        const Result<Done> there = checkThere(spec);
        if (!there.ok()) {
            return fail(there.error(), failed);
        }
    }
    return runWindow({arguments.value().operands(), arguments.value().text("--text")}, argc, argv);
}

/// How many of the words are the command's name: two for "train words", none if they do not begin with it.
std::size_t wordsOfName(const Command& command, std::span<const std::string> words) {
    if (command.name == words[0]) {
        return 1;
    }
    return words.size() > 1 && command.name == words[0] + " " + words[1] ? 2 : 0;
}

/// For a first word that needs another: the commands that begin with it.
std::vector<Command> commandsOfGroup(const std::string& word) {
    std::vector<Command> found;
    for (const Command& command : subcommands()) {
        if (command.name.starts_with(word + " ")) {
            found.push_back(command);
        }
    }
    return found;
}

int tellOfGroup(std::span<const Command> group, std::span<const std::string> words) {
    if (words.size() > 1 && (words[1] == "--help" || words[1] == "-h")) {
        std::string text;
        for (const Command& command : group) {
            text += (text.empty() ? "" : "\n") + helpText(command);
        }
        return say(text);
    }
    std::string names;
    for (const Command& command : group) {
        names.append(names.empty() ? "" : ", ").append(command.name);
    }
    return fail(usageError(words[0],
                           words.size() > 1 ? "there is no \"" + words[0] + " " + words[1] + "\""
                                            : "a word is missing after it",
                           "there is: " + names),
                wrongUsage);
}

int dispatch(std::span<const std::string> words, int argc, char** argv) {
    ignoreOutputSignals();
    if (words.empty()) {
        return openWindow(words, argc, argv);
    }
    if (words[0] == "--version") {
        return say("lexiscope " LEXISCOPE_VERSION "\n");
    }
    for (const Command& command : subcommands()) {
        if (const std::size_t taken = wordsOfName(command, words); taken > 0) {
            return runSubcommand(command, words.subspan(taken));
        }
    }
    if (const std::vector<Command> group = commandsOfGroup(words[0]); !group.empty()) {
        return tellOfGroup(group, words);
    }
    return openWindow(words, argc, argv);
}

}  // namespace

int runCommandLine(int argc, char** argv) {
    // What the standard library throws when memory runs out would otherwise end the program without a word.
    try {
        std::vector<std::string> words;
        for (int i = 1; i < argc; ++i) {
            words.emplace_back(argv[i]);
        }
        return dispatch(words, argc, argv);
    } catch (const std::bad_alloc&) {
        return fail(
            {ErrorCode::Unreadable, {}, "not enough memory", "close other programs or take a smaller file"},
            failed);
    } catch (const std::exception& error) {
        return fail({ErrorCode::Unreadable, {}, error.what(), {}}, failed);
    }
}

}  // namespace lexiscope
