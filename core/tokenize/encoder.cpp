// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/tokenizer.h"

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

std::unique_ptr<Encoder> Tokenizer::encoder() const {
    return std::make_unique<WholeEncoder>(*this);
}

}  // namespace lexiscope
