// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/decoder.h"

#include "core/base/byte_alphabet.h"
#include "core/base/patience.h"
#include "core/base/utf8.h"
#include "core/tokenize/named_byte.h"

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace lexiscope {
namespace {

/// `from` must not be empty.
void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t place = 0; (place = text.find(from, place)) != std::string::npos; place += to.size()) {
        text.replace(place, from.size(), to);
    }
}

/// Takes away the spaces that English does without.
void cleanUp(std::string& text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> changes = {{
        {" .", "."},
        {" ?", "?"},
        {" !", "!"},
        {" ,", ","},
        {" ' ", "'"},
        {" n't", "n't"},
        {" 'm", "'m"},
        {" do not", " don't"},
        {" 's", "'s"},
        {" 've", "'ve"},
        {" 're", "'re"},
    }};
    for (const auto& [from, to] : changes) {
        replaceAll(text, from, to);
    }
}

/// A decoder that is one function.
class FunctionDecoder final : public Decoder {
  public:
    using Function = std::function<std::vector<std::string>(std::vector<std::string>)>;
    FunctionDecoder(std::string name, Function function)
        : m_name(std::move(name)), m_function(std::move(function)) {}
    std::string name() const override { return m_name; }
    std::vector<std::string> apply(std::vector<std::string> tokens) const override {
        return m_function(std::move(tokens));
    }

  private:
    std::string m_name;
    Function m_function;
};

DecoderPtr makeDecoder(std::string name, FunctionDecoder::Function function) {
    return std::make_shared<const FunctionDecoder>(std::move(name), std::move(function));
}

/// One that treats each token by itself; `change` gets the token, and whether it is the first and the last.
template <typename Change>
DecoderPtr makeTokenDecoder(std::string name, Change change) {
    return makeDecoder(std::move(name), [change = std::move(change)](std::vector<std::string> tokens) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            change(tokens[i], i == 0, i + 1 == tokens.size());
        }
        return tokens;
    });
}

std::string replacedByPattern(const SplitRegex& pattern, const std::string& text,
                              const std::string& content) {
    constexpr std::uint32_t mostQuestions = 64;
    const Patience patience(mostQuestions);
    SplitRegex::Matches matches(pattern, text, &patience);
    std::string result;
    std::size_t done = 0;
    for (;;) {
        const Result<std::optional<ByteSpan>> match = matches.next();
        if (!match.ok() || !match.value()) {
            return result.append(text, done, std::string::npos);
        }
        result.append(text, done, match.value()->begin - done).append(content);
        done = match.value()->end;
    }
}

}  // namespace

DecoderPtr makeByteLevelDecoder() {
    return makeDecoder("ByteLevel", [](const std::vector<std::string>& tokens) {
        std::string joined;
        for (const std::string& token : tokens) {
            joined += bytesOfSpelling(token).value_or(token);
        }
        return std::vector<std::string>{std::move(joined)};
    });
}

DecoderPtr makeByteFallbackDecoder() {
    return makeDecoder("ByteFallback", [](const std::vector<std::string>& tokens) {
        std::vector<std::string> result;
        std::string bytes;
        const auto addBytes = [&] {
            if (isUtf8(bytes) && !bytes.empty()) {
                result.push_back(bytes);
            } else {
                for (const char byte : bytes) {
                    result.emplace_back(1, byte);
                }
            }
            bytes.clear();
        };
        for (const std::string& token : tokens) {
            if (const std::optional<char> byte = namedByte(token)) {
                bytes += *byte;
            } else {
                addBytes();
                result.push_back(token);
            }
        }
        addBytes();
        return result;
    });
}

DecoderPtr makeMetaspaceDecoder(const std::string& replacement, bool dropsFirst) {
    return makeTokenDecoder("Metaspace", [=](std::string& token, bool isFirst, bool) {
        replaceAll(token, replacement, isFirst && dropsFirst ? "" : " ");
    });
}

DecoderPtr makeWordPieceDecoder(const std::string& prefix, bool cleansUp) {
    return makeTokenDecoder("WordPiece", [=](std::string& token, bool isFirst, bool) {
        if (!isFirst) {
            if (token.starts_with(prefix)) {
                token.erase(0, prefix.size());
            } else {
                token.insert(0, " ");
            }
        }
        if (cleansUp) {
            cleanUp(token);
        }
    });
}

DecoderPtr makeBpeDecoder(const std::string& suffix) {
    return makeTokenDecoder("BPEDecoder", [=](std::string& token, bool, bool isLast) {
        if (!suffix.empty()) {
            replaceAll(token, suffix, isLast ? "" : " ");
        }
    });
}

DecoderPtr makeReplaceDecoder(const std::string& literal, const std::string& content) {
    return makeTokenDecoder("Replace", [=](std::string& token, bool, bool) {
        if (!literal.empty()) {
            replaceAll(token, literal, content);
        }
    });
}

DecoderPtr makeReplaceDecoder(const std::shared_ptr<const SplitRegex>& pattern, const std::string& content) {
    return makeTokenDecoder("Replace", [=](std::string& token, bool, bool) {
        token = replacedByPattern(*pattern, token, content);
    });
}

DecoderPtr makeFuseDecoder() {
    return makeDecoder("Fuse", [](const std::vector<std::string>& tokens) {
        std::string joined;
        for (const std::string& token : tokens) {
            joined += token;
        }
        return std::vector<std::string>{std::move(joined)};
    });
}

DecoderPtr makeStripDecoder(const std::string& content, std::size_t begin, std::size_t end) {
    return makeTokenDecoder("Strip", [=](std::string& token, bool, bool) {
        for (std::size_t i = 0; i < begin && !content.empty() && token.starts_with(content); ++i) {
            token.erase(0, content.size());
        }
        for (std::size_t i = 0; i < end && !content.empty() && token.ends_with(content); ++i) {
            token.resize(token.size() - content.size());
        }
    });
}

DecoderPtr makeCtcDecoder(CtcDecoderOptions options) {
    return makeDecoder("CTC", [options = std::move(options)](const std::vector<std::string>& tokens) {
        std::vector<std::string> result;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (i > 0 && tokens[i] == tokens[i - 1]) {
                continue;
            }
            std::string token = tokens[i];
            if (!options.pad.empty()) {
                replaceAll(token, options.pad, "");
            }
            if (options.cleansUp) {
                cleanUp(token);
                if (!options.word.empty()) {
                    replaceAll(token, options.word, " ");
                }
            }
            if (!token.empty()) {
                result.push_back(std::move(token));
            }
        }
        return result;
    });
}

DecoderPtr makeDecoderSequence(std::vector<DecoderPtr> parts) {
    std::string names;
    for (const DecoderPtr& part : parts) {
        names += (names.empty() ? "" : ", ") + part->name();
    }
    return makeDecoder(std::move(names), [parts = std::move(parts)](std::vector<std::string> tokens) {
        for (const DecoderPtr& part : parts) {
            tokens = part->apply(std::move(tokens));
        }
        return tokens;
    });
}

}  // namespace lexiscope
