// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/tokenizer.h"

#include <algorithm>

namespace lexiscope {
namespace {

/// For tokenizers that give all tokens at once.
class WholeEncoder final : public Encoder {
  public:
    explicit WholeEncoder(const Tokenizer& tokenizer) : m_tokenizer(tokenizer) {}
    Result<Done> encode(std::string_view text, const EncodeOptions& options, const TakeTokens& take,
                        Progress& progress) override {
        const Result<Encoding> encoding = m_tokenizer.encode(text, options, progress);
        if (!encoding.ok()) {
            return encoding.error();
        }
        take(encoding.value().tokens);
        return Done{};
    }

  private:
    const Tokenizer& m_tokenizer;
};

}  // namespace

TakeTokens takeInto(std::vector<Token>& tokens, std::size_t textBytes) {
    return [&tokens, textBytes](std::span<const Token> more) {
        const std::size_t least = tokens.size() + more.size();
        if (least > tokens.capacity()) {
            constexpr double room = 1.05;
            constexpr std::size_t mostTimes = 8;  // the text may begin unlike the rest
            const std::size_t done = std::max<std::size_t>(more.back().source.end, 1);
            const double expected = static_cast<double>(least) * static_cast<double>(textBytes) /
                                    static_cast<double>(done) * room;
            tokens.reserve(std::clamp(static_cast<std::size_t>(expected), least, mostTimes * least));
        }
        tokens.insert(tokens.end(), more.begin(), more.end());
    };
}

std::unique_ptr<Encoder> Tokenizer::encoder() const {
    return std::make_unique<WholeEncoder>(*this);
}

}  // namespace lexiscope
