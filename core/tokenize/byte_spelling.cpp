// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_alphabet.h"
#include "core/tokenize/normalizer.h"

#include <utility>

namespace lexiscope {
namespace {

class ByteSpelling final : public Normalizer {
  public:
    std::string name() const override { return "ByteLevel"; }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        TextRewriter rewriter(text);
        const std::string_view old = text.text();
        for (std::size_t byte = 0; byte < old.size(); ++byte) {
            rewriter.replace(byte, byte + 1, spellingOfBytes(old.substr(byte, 1)));
        }
        return std::move(rewriter).take(std::move(text));
    }
};

}  // namespace

NormalizerPtr makeByteSpelling() {
    return std::make_shared<const ByteSpelling>();
}

}  // namespace lexiscope
