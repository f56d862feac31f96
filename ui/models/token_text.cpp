// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/token_text.h"

#include "core/base/utf8.h"

#include <string_view>

#include <QByteArray>

namespace lexiscope {
namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

std::string listed(const EncodedText& text, const std::vector<std::size_t>& places,
                   std::string_view separator, std::string_view none) {
    std::string out;
    for (const std::size_t place : places) {
        const std::optional<TokenId>& id = text.encoding.tokens[place].id;
        out += out.empty() ? std::string_view() : separator;
        out += id ? std::to_string(id->value) : std::string(none);
    }
    return out;
}

/// RFC 8259, section 7.
std::string inQuotes(std::string_view bytes) {
    std::string out = "\"";
    for (const char c : withReplacementCharacters(bytes)) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += R"(\u00)";
            out += hexDigits[static_cast<unsigned char>(c) >> 4U];
            out += hexDigits[static_cast<unsigned char>(c) & 15U];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string jsonOf(const EncodedText& text, std::size_t place) {
    const Token& token = text.encoding.tokens[place];
    const bool isKnown = token.id && text.tokenizer && token.id->value < text.tokenizer->vocabularySize();
    const std::string bytes = isKnown ? text.tokenizer->tokenBytes(*token.id) : bytesOf(text, place);
    const QByteArray hex =
        QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex();
    return R"({"id":)" + (token.id ? std::to_string(token.id->value) : std::string("null")) + R"(,"token":)" +
           inQuotes(isKnown ? text.tokenizer->spelling(*token.id) : std::string_view(bytes)) + R"(,"text":)" +
           inQuotes(bytes) + R"(,"bytes":")" + hex.toStdString() + R"(","start":)" +
           std::to_string(token.source.begin) + R"(,"end":)" + std::to_string(token.source.end) +
           R"(,"kind":)" + inQuotes(name(token.kind)) + "}";
}

}  // namespace

std::string tokenText(const EncodedText& text, const std::vector<std::size_t>& places, TokenForm form) {
    switch (form) {
        case TokenForm::Ids:
            return listed(text, places, " ", "-1");
        case TokenForm::Python:
            return "[" + listed(text, places, ", ", "None") + "]";
        case TokenForm::Json:
            break;
    }
    std::string out = "{\"count\":" + std::to_string(places.size()) + ",\"tokens\":[";
    for (std::size_t i = 0; i < places.size(); ++i) {
        out += i == 0 ? "" : ",";
        out += jsonOf(text, places[i]);
    }
    return out + "]}";
}

}  // namespace lexiscope
