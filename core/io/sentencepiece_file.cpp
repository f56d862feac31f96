// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/sentencepiece_file.h"

#include "core/io/read_mapped.h"
#include "core/io/token_bytes_check.h"
#include "core/io/wire_reader.h"
#include "core/tokenize/scored_pieces.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t piecesBetweenStopChecks = 4096;

// Numbers of the fields in sentencepiece_model.proto.
constexpr std::uint32_t piecesField = 1;
constexpr std::uint32_t trainerField = 2;
constexpr std::uint32_t normalizerField = 3;
constexpr std::uint32_t denormalizerField = 5;
constexpr std::uint32_t pieceText = 1;
constexpr std::uint32_t pieceScore = 2;
constexpr std::uint32_t pieceKind = 3;
constexpr std::uint32_t trainerModel = 3;
constexpr std::uint32_t trainerSpaceBehind = 24;
constexpr std::uint32_t trainerByteFallback = 35;
constexpr std::uint32_t trainerUnknownText = 44;
constexpr std::uint32_t normalizerMap = 2;
constexpr std::uint32_t normalizerDummyPrefix = 3;
constexpr std::uint32_t normalizerExtraSpaces = 4;
constexpr std::uint32_t normalizerEscapes = 5;

class Reader {
  public:
    Reader(std::string_view name, Progress& progress) : m_name(name), m_progress(progress) {}

    Result<ScoredPieceParts> read(std::string_view bytes) {
        m_parts.unknownText = " \u2047 ";
        WireReader model(bytes);
        while (model.next()) {
            if (model.type() != WireReader::Type::Bytes) {
                continue;
            }
            WireReader part(model.bytes(), model.bytesAt());
            std::optional<Error> error;
            if (model.field() == piecesField) {
                error = addPiece(part);
            } else if (model.field() == trainerField) {
                error = readTrainer(part);
            } else if (model.field() == normalizerField) {
                error = readNormalizer(part, m_parts.normalizer);
            } else if (model.field() == denormalizerField) {
                error = readNormalizer(part, m_parts.denormalizer);
            }
            if (error) {
                return *std::move(error);
            }
            if (m_parts.pieces.size() % piecesBetweenStopChecks == 0 && m_progress.stopRequested()) {
                return cancelled();
            }
        }
        if (model.fault()) {
            return broken(model);
        }
        if (std::optional<Error> error = lacksBytes()) {
            return *std::move(error);
        }
        warnOfBytes();
        return std::move(m_parts);
    }

  private:
    Error broken(const WireReader& at) const {
        return {ErrorCode::Broken, m_name + ", byte " + std::to_string(at.place()), *at.fault(),
                "the file may be damaged: fetch it again"};
    }
    Error wrong(ErrorCode code, std::string what) const { return {code, m_name, std::move(what), {}}; }

    std::optional<Error> lacksBytes() const {
        constexpr std::ptrdiff_t all = 256;
        const auto count =
            std::count_if(m_parts.pieces.begin(), m_parts.pieces.end(),
                          [](const ScoredPiece& piece) { return piece.kind == PieceKind::Byte; });
        if (!m_parts.byteFallback || count == all) {
            return std::nullopt;
        }
        return wrong(ErrorCode::Broken, "byte_fallback is set, but there are " + std::to_string(count) +
                                            " byte pieces instead of 256");
    }

    void warnOfBytes() {
        TokenBytesCheck check("piece");
        for (std::size_t id = 0; id < m_parts.pieces.size(); ++id) {
            check.look(m_parts.pieces[id].text, id);
        }
        if (std::optional<std::string> warning = check.warning()) {
            m_parts.warnings.push_back(*std::move(warning));
        }
    }

    std::optional<Error> addPiece(WireReader& part) {
        ScoredPiece piece;
        while (part.next()) {
            if (part.field() == pieceText && part.type() == WireReader::Type::Bytes) {
                piece.text = part.bytes();
            } else if (part.field() == pieceScore && part.type() == WireReader::Type::Fixed32) {
                piece.score = part.asFloat();
            } else if (part.field() == pieceKind && part.type() == WireReader::Type::Varint) {
                if (part.number() < 1 || part.number() > 6) {
                    return wrong(ErrorCode::Unsupported, "piece " + std::to_string(m_parts.pieces.size()) +
                                                             " is of kind " + std::to_string(part.number()) +
                                                             ", which is not known");
                }
                piece.kind = static_cast<PieceKind>(part.number());
            }
        }
        m_parts.pieces.push_back(std::move(piece));
        return part.fault() ? std::optional(broken(part)) : std::nullopt;
    }

    std::optional<Error> readTrainer(WireReader& part) {
        while (part.next()) {
            if (part.field() == trainerUnknownText && part.type() == WireReader::Type::Bytes) {
                m_parts.unknownText = part.bytes();
            }
            if (part.type() != WireReader::Type::Varint) {
                continue;
            }
            if (part.field() == trainerModel) {
                if (part.number() < 1 || part.number() > 4) {
                    return wrong(
                        ErrorCode::Unsupported,
                        "the model is of kind " + std::to_string(part.number()) + ", which is not known");
                }
                m_parts.model = static_cast<PieceModel>(part.number());
            } else if (part.field() == trainerSpaceBehind) {
                m_parts.normalizer.putsSpaceBehind = part.number() != 0;
            } else if (part.field() == trainerByteFallback) {
                m_parts.byteFallback = part.number() != 0;
            }
        }
        return part.fault() ? std::optional(broken(part)) : std::nullopt;
    }

    std::optional<Error> readNormalizer(WireReader& part, SentencePieceNormalizerOptions& options) {
        while (part.next()) {
            if (part.field() == normalizerMap && part.type() == WireReader::Type::Bytes) {
                if (part.bytes().empty()) {
                    continue;  // no rules
                }
                Result<std::shared_ptr<const CharacterMap>> map = CharacterMap::parse(part.bytes());
                if (!map.ok()) {
                    Error error = map.error();
                    error.where = m_name + ", " + error.where;
                    return error;
                }
                options.map = std::move(map).value();
            } else if (part.type() == WireReader::Type::Varint) {
                const bool isSet = part.number() != 0;
                if (part.field() == normalizerDummyPrefix) {
                    options.addsDummyPrefix = isSet;
                } else if (part.field() == normalizerExtraSpaces) {
                    options.removesExtraSpaces = isSet;
                } else if (part.field() == normalizerEscapes) {
                    options.escapesSpaces = isSet;
                }
            }
        }
        return part.fault() ? std::optional(broken(part)) : std::nullopt;
    }

    std::string m_name;
    Progress& m_progress;
    ScoredPieceParts m_parts;
};

}  // namespace

bool beginsAsSentencePiece(std::string_view bytes) {
    constexpr std::size_t enough = 4096;  // for the first piece, which is short
    WireReader model(bytes.substr(0, enough));
    if (!model.next() || model.field() != piecesField || model.type() != WireReader::Type::Bytes) {
        return false;
    }
    WireReader piece(model.bytes());
    const bool hasText = piece.next() && piece.field() == pieceText &&
                         piece.type() == WireReader::Type::Bytes && !piece.bytes().empty();
    // What follows tells it from a text whose second line is a single character.
    return hasText && (piece.next() ? piece.field() == pieceScore || piece.field() == pieceKind
                                    : !piece.fault().has_value());
}

Result<std::shared_ptr<const Tokenizer>> parseSentencePiece(std::string_view bytes, std::string_view name,
                                                            Progress& progress) {
    Result<ScoredPieceParts> parts = Reader(name, progress).read(bytes);
    if (!parts.ok()) {
        return parts.error();
    }
    Result<std::shared_ptr<const Tokenizer>> tokenizer = makeScoredPieces(std::move(parts).value());
    if (!tokenizer.ok()) {
        Error error = tokenizer.error();
        error.where = std::string(name) + (error.where.empty() ? "" : ", ") + error.where;
        return error;
    }
    return tokenizer;
}

Result<std::shared_ptr<const Tokenizer>> readSentencePiece(const std::filesystem::path& path,
                                                           Progress& progress) {
    return readMapped(
        path, [&](std::string_view bytes) { return parseSentencePiece(bytes, path.string(), progress); });
}

}  // namespace lexiscope
