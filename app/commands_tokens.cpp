// SPDX-License-Identifier: GPL-3.0-or-later
// tokens and decode: from bytes to tokens and back.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/tokenize/partwise_encoder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <future>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 4> formats = {"table", "ids", "json", "count"};

constexpr std::uint64_t mostThreads = 256;
constexpr std::array<std::string_view, 4> splits = {"gpt2", "cl100k_base", "qwen2", "o200k_base"};

constexpr OptionSpec splitOption = {"--split", Takes::Choice, "gpt2|cl100k_base|qwen2|o200k_base",
                                    "How texts are cut before ranks merge, for a .tiktoken file, which does "
                                    "not say so (default: by its name)",
                                    splits};

constexpr std::array tokensOptions = {
    OptionSpec{"--text", Takes::Text, "T", "The text; without --text and --file, standard input is read"},
    OptionSpec{"--file", Takes::Text, "F", "Read the text from this file, as it is"},
    OptionSpec{"--separator", Takes::Text, "S",
               "Cut the text at S into several texts; \\n in S means a newline"},
    OptionSpec{
        "--add-special", Takes::Nothing, {}, "Add the special tokens that the model puts around a text"},
    OptionSpec{"--parse-special", Takes::Nothing, {}, "Read special tokens typed in the text as such"},
    OptionSpec{"--threads",
               Takes::Count,
               "N",
               "How many threads cut a long text (default: one for each processor)",
               {},
               1,
               mostThreads},
    OptionSpec{"--format", Takes::Choice, "table|ids|json|count", "What to print (default: table)", formats},
    splitOption,
};

constexpr std::array decodeOptions = {splitOption};

std::optional<SplitScheme> splitOf(const Arguments& arguments) {
    const std::optional<std::string> wanted = arguments.text("--split");
    const auto found = std::find_if(allSplitSchemes.begin(), allSplitSchemes.end(),
                                    [&](SplitScheme scheme) { return wanted && name(scheme) == *wanted; });
    return found == allSplitSchemes.end() ? std::nullopt : std::optional(*found);
}

std::string hexOf(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

// One token as it is printed. What has no ID has no entry in the vocabulary: its own bytes stand for it.
struct TokenView {
    std::string spelling;
    std::string bytes;
};

TokenView viewOf(const Tokenizer& tokenizer, const Token& token, std::string_view text) {
    if (token.id) {
        return {std::string(tokenizer.spelling(*token.id)), tokenizer.tokenBytes(*token.id)};
    }
    const std::string source(text.substr(token.source.begin, token.source.size()));
    return {source, source};
}

// Long texts are printed in pieces, so that what is printed need not stand in memory as a whole.
constexpr std::size_t tokensAPiece = 4096;

Result<Done> printJson(const Tokenizer& tokenizer, const Encoding& encoding, std::string_view text) {
    JsonWriter json;
    json.beginObject().key("count").count(encoding.tokens.size()).key("tokens").beginArray();
    for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
        const Token& token = encoding.tokens[i];
        const TokenView view = viewOf(tokenizer, token, text);
        json.beginObject().key("id");
        token.id ? json.count(token.id->value) : json.null();
        json.key("token")
            .text(view.spelling)
            .key("text")
            .text(view.bytes)
            .key("bytes")
            .text(hexOf(view.bytes));
        json.key("start").count(token.source.begin).key("end").count(token.source.end);
        json.key("kind").text(name(token.kind)).endObject();
        if ((i + 1) % tokensAPiece == 0) {
            const Result<Done> printed = print(json.takeWritten());
            if (!printed.ok()) {
                return printed;
            }
        }
    }
    json.endArray().endObject();
    return print(std::move(json).line());
}

constexpr std::size_t columnCount = 6;
using TableLine = std::array<std::string, columnCount>;

TableLine tableLine(const Tokenizer& tokenizer, const Encoding& encoding, std::size_t position,
                    std::string_view text) {
    const Token& token = encoding.tokens[position];
    const TokenView view = viewOf(tokenizer, token, text);
    return {std::to_string(position),
            token.id ? std::to_string(token.id->value) : "–",
            displayText(view.spelling),
            displayText(view.bytes),
            std::to_string(token.source.begin) + "–" + std::to_string(token.source.end),
            std::string(name(token.kind))};
}

Result<Done> printTable(const Tokenizer& tokenizer, const Encoding& encoding, std::string_view text) {
    const TableLine names = {"#", "id", "token", "text", "bytes", "kind"};
    std::array<std::size_t, columnCount> widths = {};
    const auto widen = [&widths](const TableLine& line) {
        for (std::size_t i = 0; i < columnCount; ++i) {
            widths[i] = std::max(widths[i], countCharacters(line[i]));
        }
    };
    const auto format = [&widths](const TableLine& line) {
        return padLeft(line[0], widths[0]) + "  " + padLeft(line[1], widths[1]) + "  " +
               padRight(line[2], widths[2]) + "  " + padRight(line[3], widths[3]) + "  " +
               padLeft(line[4], widths[4]) + "  " + line[5] + "\n";
    };
    widen(names);
    for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
        widen(tableLine(tokenizer, encoding, i, text));
    }
    std::string piece = format(names);
    for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
        piece += format(tableLine(tokenizer, encoding, i, text));
        if ((i + 1) % tokensAPiece == 0) {
            const Result<Done> printed = print(std::exchange(piece, {}));
            if (!printed.ok()) {
                return printed;
            }
        }
    }
    return print(piece + grouped(encoding.tokens.size()) +
                 (encoding.tokens.size() == 1 ? " token\n" : " tokens\n"));
}

// A backslash and an n are how a newline is written where a shell would make it hard to type one.
std::string unescaped(std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < separator.size(); ++i) {
        if (separator.substr(i, 2) == "\\n") {
            text += '\n';
            ++i;
        } else {
            text += separator[i];
        }
    }
    return text;
}

std::vector<std::string_view> cut(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> pieces;
    for (std::size_t found = text.find(separator); found != std::string_view::npos;
         found = text.find(separator)) {
        pieces.push_back(text.substr(0, found));
        text.remove_prefix(found + separator.size());
    }
    pieces.push_back(text);
    return pieces;
}

Result<std::string> inputText(const Arguments& arguments) {
    if (const std::optional<std::string> text = arguments.text("--text")) {
        return *text;
    }
    if (const std::optional<std::string> file = arguments.text("--file")) {
        return readFile(*file);
    }
    return readStandardInput();
}

/// A file is read while the tokenizer is opened, where there may be two threads. Others are read when asked
/// for: they may not come to an end, which would be in the way of saying that the tokenizer is none.
std::future<Result<std::string>> inputOf(const Arguments& arguments, std::uint64_t threads) {
    std::error_code failed;
    const bool isFile =
        std::filesystem::is_regular_file(arguments.text("--file").value_or(std::string()), failed);
    const std::launch whenever = std::launch::async | std::launch::deferred;
    return std::async(isFile && threads > 1 ? whenever : std::launch::deferred,
                      [&arguments] { return inputText(arguments); });
}

Result<Done> checkTokens(const Arguments& arguments) {
    if (arguments.has("--text") && arguments.has("--file")) {
        return usageError("tokens", "--text and --file exclude each other");
    }
    if (arguments.text("--separator") == "") {
        return usageError("--separator", "must not be empty");
    }
    return Done{};
}

/// IDs on one line, printed as they come.
class IdsLine {
  public:
    explicit IdsLine(const Tokenizer& tokenizer) : m_unknown(tokenizer.unknownToken()) {}

    void add(std::span<const Token> tokens) {
        std::array<char, 16> digits{};
        for (const Token& token : tokens) {
            const std::optional<TokenId> id = token.id ? token.id : m_unknown;
            const char* const end =
                id ? std::to_chars(digits.data(), digits.data() + digits.size(), id->value).ptr
                   : std::copy_n("-1", 2, digits.data());
            m_line += m_begins ? "" : " ";
            m_line.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
            m_begins = false;
        }
        if (m_line.size() > bytesAPrint && m_printed.ok()) {
            m_printed = print(std::exchange(m_line, {}));
        }
    }
    Result<Done> end() { return m_printed.ok() ? print(m_line + "\n") : m_printed; }

  private:
    static constexpr std::size_t bytesAPrint = 1U << 16U;
    std::optional<TokenId> m_unknown;
    std::string m_line;
    bool m_begins = true;
    Result<Done> m_printed = Done{};
};

class TextPrinter {
  public:
    TextPrinter(const Tokenizer& tokenizer, WorkerPool* pool, const Arguments& arguments)
        : m_tokenizer(tokenizer),
          m_encoder(tokenizer, pool),
          m_options{.addSpecial = arguments.has("--add-special"),
                    .parseSpecial = arguments.has("--parse-special")},
          m_format(arguments.text("--format", "table")) {}

    Result<Done> print(std::string_view text) {
        if (m_format == "count") {
            std::size_t count = 0;
            const Result<Done> done =
                encode(text, [&count](std::span<const Token> tokens) { count += tokens.size(); });
            return done.ok() ? lexiscope::print(std::to_string(count) + "\n") : done;
        }
        if (m_format == "ids") {
            IdsLine line(m_tokenizer);
            const Result<Done> done =
                encode(text, [&line](std::span<const Token> tokens) { line.add(tokens); });
            return done.ok() ? line.end() : done;
        }
        Encoding encoding;
        const Result<Done> done = encode(text, [&encoding](std::span<const Token> tokens) {
            encoding.tokens.insert(encoding.tokens.end(), tokens.begin(), tokens.end());
        });
        if (!done.ok() || m_format == "json") {
            return done.ok() ? printJson(m_tokenizer, encoding, text) : done;
        }
        const bool isFirst = std::exchange(m_isFirst, false);
        const Result<Done> separated = isFirst ? Result<Done>(Done{}) : lexiscope::print("\n");
        return separated.ok() ? printTable(m_tokenizer, encoding, text) : separated;
    }

  private:
    Result<Done> encode(std::string_view text, const TakeTokens& take) {
        TerminalProgress progress("tokens");
        return m_encoder.encode(text, m_options, take, progress);
    }

    const Tokenizer& m_tokenizer;
    PartwiseEncoder m_encoder;
    EncodeOptions m_options;
    std::string m_format;
    bool m_isFirst = true;
};

Result<int> runTokens(const Arguments& arguments) {
    const std::uint64_t threads =
        arguments.count("--threads", std::max(std::thread::hardware_concurrency(), 1U));
    std::future<Result<std::string>> read = inputOf(arguments, threads);
    const Result<std::shared_ptr<const Tokenizer>> tokenizer =
        openTokenizer(arguments.operands()[0], splitOf(arguments));
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    const Result<std::string> input = read.get();
    if (!input.ok()) {
        return input.error();
    }
    std::vector<std::string_view> texts = {input.value()};
    if (const std::optional<std::string> separator = arguments.text("--separator")) {
        texts = cut(input.value(), unescaped(*separator));
    }
    std::optional<WorkerPool> pool;
    if (threads > 1 && input.value().size() > PartwiseEncoder::usualPartSize) {
        pool.emplace(static_cast<unsigned>(threads));
    }
    TextPrinter printer(*tokenizer.value(), pool ? &*pool : nullptr, arguments);
    for (const std::string_view text : texts) {
        const Result<Done> printed = printer.print(text);
        if (!printed.ok()) {
            return printed.error();
        }
    }
    return 0;
}

Result<Done> checkDecode(const Arguments& arguments) {
    for (std::size_t i = 1; i < arguments.operands().size(); ++i) {
        const std::string& word = arguments.operands()[i];
        if (word.empty() || word.find_first_not_of("0123456789") != std::string::npos) {
            return usageError(word, "is no token ID", "IDs are whole numbers from 0");
        }
    }
    return Done{};
}

Result<int> runDecode(const Arguments& arguments) {
    const Result<std::shared_ptr<const Tokenizer>> tokenizer =
        openTokenizer(arguments.operands()[0], splitOf(arguments));
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    const std::size_t size = tokenizer.value()->vocabularySize();
    std::vector<TokenId> ids;
    for (std::size_t i = 1; i < arguments.operands().size(); ++i) {
        const std::string& word = arguments.operands()[i];
        const std::optional<std::uint64_t> id = parseCount(word);
        if (!id || *id >= size) {
            return Error{ErrorCode::InvalidArgument, word, "no token has this ID",
                         "the vocabulary's IDs are 0 to " + std::to_string(size - 1)};
        }
        ids.push_back(TokenId{static_cast<std::uint32_t>(*id)});
    }
    const Result<std::string> text = tokenizer.value()->decode(ids);
    if (!text.ok()) {
        return text.error();
    }
    const Result<Done> printed = print(text.value());
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command tokensCommand() {
    return {
        .name = "tokens",
        .operands = "TOKENIZER",
        .summary = "A text as tokens. TOKENIZER is a model, or a folder or file that holds a tokenizer alone",
        .fewest = 1,
        .most = 1,
        .options = tokensOptions,
        .check = checkTokens,
        .run = runTokens};
}

Command decodeCommand() {
    return {.name = "decode",
            .operands = "TOKENIZER ID…",
            .summary = "The text that token IDs stand for, byte for byte, without a newline of its own",
            .fewest = 2,
            .most = Command::any,
            .options = decodeOptions,
            .check = checkDecode,
            .run = runDecode};
}

}  // namespace lexiscope
