// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/decoder.h"
#include "core/tokenize/named_byte.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::string_view spaceSign = "\u2581";

class PieceDecoder final : public Decoder {
  public:
    explicit PieceDecoder(PieceDecoderOptions options) : m_options(std::move(options)) {
        std::sort(m_options.silent.begin(), m_options.silent.end());
    }
    std::string name() const override { return "SentencePiece"; }

    std::vector<std::string> apply(std::vector<std::string> tokens) const override {
        std::string text;
        bool isBegin = true;
        bool hasTaken = false;  // the space before the text
        for (const std::string& token : tokens) {
            if (const std::optional<char> byte = m_options.hasBytes ? namedByte(token) : std::nullopt) {
                text += *byte;
                continue;
            }
            isBegin = isBegin && !hasTaken && text.empty();
            std::string_view rest = token;
            hasTaken = false;
            if (std::binary_search(m_options.silent.begin(), m_options.silent.end(), token)) {
                continue;
            }
            if (!m_options.unknown.empty() && token == m_options.unknown) {
                text += m_options.unknownText;
                continue;
            }
            if (isBegin && (m_options.addsDummyPrefix || m_options.removesExtraSpaces) &&
                rest.starts_with(spaceSign)) {
                rest.remove_prefix(spaceSign.size());
                hasTaken = !m_options.removesExtraSpaces;
            }
            addWithSpaces(rest, text);
        }
        return {m_options.denormalizer ? denormalized(text) : std::move(text)};
    }

  private:
    std::string denormalized(const std::string& text) const {
        const Result<AlignedText> result = m_options.denormalizer->apply(AlignedText(text), NoProgress());
        return result.ok() ? std::string(result.value().text()) : text;
    }

    static void addWithSpaces(std::string_view piece, std::string& text) {
        for (std::size_t begin = 0; begin < piece.size();) {
            const std::size_t sign = std::min(piece.find(spaceSign, begin), piece.size());
            text += piece.substr(begin, sign - begin);
            text += sign < piece.size() ? " " : "";
            begin = sign + spaceSign.size();
        }
    }

    PieceDecoderOptions m_options;
};

}  // namespace

DecoderPtr makePieceDecoder(PieceDecoderOptions options) {
    return std::make_shared<const PieceDecoder>(std::move(options));
}

}  // namespace lexiscope
