// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json_events.h"

#include <limits>

namespace lexiscope {
namespace {

constexpr std::size_t valuesBetweenStopChecks = 4096;
/// Nothing deeper is looked at, and what is not looked at takes no memory.
constexpr std::size_t deepest = 4;

}  // namespace

TokenizerJsonEvents::TokenizerJsonEvents(std::string name, Progress& progress)
    : JsonEvents(std::move(name)), m_progress(progress) {}

std::optional<std::string> TokenizerJsonEvents::setting(const std::string& path) const {
    const auto found = m_settings.find(path);
    return found == m_settings.end() || found->second == "null" ? std::nullopt : std::optional(found->second);
}

bool TokenizerJsonEvents::isIn(std::size_t depth, std::string_view first) const {
    return m_depth == depth && m_frames[0].key == first;
}

TokenizerJsonEvents::Place TokenizerJsonEvents::place() const {
    const bool isInVocabulary = (isIn(3, "model") || isIn(4, "model")) && m_frames[1].key == "vocab";
    if (isInVocabulary && m_frames[2].isList) {
        return m_depth == 3 ? Place::Pieces : Place::Piece;
    }
    if (isInVocabulary && m_depth == 3) {
        return Place::Vocabulary;
    }
    if ((isIn(3, "model") || isIn(4, "model")) && m_frames[1].key == "merges" && m_frames[2].isList) {
        return m_depth == 3 ? Place::Merges : Place::Pair;
    }
    if ((isIn(2, "added_tokens") || isIn(3, "added_tokens")) && m_frames[1].isList) {
        return m_depth == 2 ? Place::AddedTokens : Place::AddedToken;
    }
    return Place::Other;
}

bool TokenizerJsonEvents::key(string_t& name) {
    if (m_depth <= deepest) {
        m_frames.back().key = std::move(name);
    }
    return true;
}

bool TokenizerJsonEvents::open(bool isList) {
    const Place where = place();
    if (where == Place::Vocabulary) {
        return addVocabularyEntry(Kind::Other, 0);
    }
    if (where == Place::Pair || (where == Place::Merges && !isList)) {
        return addPart({}, Kind::Other);
    }
    if (where == Place::Pieces) {
        m_partsOfPiece = 0;
        m_pieces.emplace_back();
    }
    if (where == Place::Piece || (where == Place::Pieces && !isList)) {
        return noPiece();
    }
    if (where == Place::Merges) {
        m_partsOfMerge = 0;
        m_merges.emplace_back();
    } else if (where == Place::AddedTokens) {
        m_added.emplace_back();
    } else if (where == Place::Other) {
        value(isList ? "[" : "{", Kind::Other);
    }
    if (m_depth++ < deepest) {
        m_frames.push_back({isList, {}});
    }
    return true;
}

bool TokenizerJsonEvents::close() {
    if (place() == Place::Pair && m_partsOfMerge != 2) {
        return addPart({}, Kind::Other);
    }
    if (place() == Place::Piece && m_partsOfPiece != 2) {
        return noPiece();
    }
    if (--m_depth < deepest) {
        m_frames.pop_back();
    }
    return true;
}

bool TokenizerJsonEvents::number_unsigned(number_unsigned_t number) {
    return value(std::to_string(number), Kind::Number, number);
}

bool TokenizerJsonEvents::value(std::string_view text, Kind kind, std::uint64_t number) {
    switch (place()) {
        case Place::Vocabulary:
            return addVocabularyEntry(kind, number);
        case Place::Pieces:
            m_pieces.emplace_back();
            return noPiece();
        case Place::Piece:
            return addToPiece(text, kind);
        case Place::Merges:
            return addMerge(text, kind);
        case Place::Pair:
            return addPart(text, kind);
        case Place::AddedTokens:
            return broken("added_tokens", "an entry is no object");
        case Place::AddedToken:
            return addToAddedToken(text, kind, number);
        case Place::Other:
            break;
    }
    if (m_depth == 1) {
        m_settings[m_frames[0].key] = text;
    } else if ((m_depth == 2 && !m_frames[1].isList) ||
               (isIn(3, "post_processor") && m_frames[2].isList && kind == Kind::String)) {
        m_settings[m_frames[0].key + "." + m_frames[1].key] = text;
    }
    return true;
}

bool TokenizerJsonEvents::addVocabularyEntry(Kind kind, std::uint64_t number) {
    if (kind != Kind::Number || number >= std::numeric_limits<std::uint32_t>::max()) {
        return broken("model.vocab", "token " + quotedForError(m_frames.back().key) +
                                         " has no whole number from 0 on as its ID");
    }
    m_vocabulary.push_back({m_frames.back().key, static_cast<std::uint32_t>(number), ", model.vocab"});
    return m_vocabulary.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

bool TokenizerJsonEvents::addToPiece(std::string_view text, Kind kind) {
    const bool isText = kind == Kind::String;
    if (m_partsOfPiece == 2 || isText != (m_partsOfPiece == 0)) {
        return noPiece();
    }
    if (m_partsOfPiece++ == 0) {
        m_pieces.back() = text;
    }
    return m_pieces.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

bool TokenizerJsonEvents::noPiece() {
    return broken("model.vocab", "entry " + std::to_string(m_pieces.size()) + " is no token and its score");
}

bool TokenizerJsonEvents::addMerge(std::string_view text, Kind kind) {
    const std::size_t space = kind == Kind::String ? text.find(' ') : std::string_view::npos;
    if (space == std::string_view::npos || text.find(' ', space + 1) != std::string_view::npos) {
        return broken("model.merges",
                      "merge " + std::to_string(m_merges.size() + 1) + " is no pair of tokens");
    }
    m_merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    return m_merges.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

bool TokenizerJsonEvents::addPart(std::string_view text, Kind kind) {
    if (kind != Kind::String || m_partsOfMerge == 2) {
        return broken("model.merges", "merge " + std::to_string(m_merges.size()) + " is no pair of tokens");
    }
    (m_partsOfMerge++ == 0 ? m_merges.back().first : m_merges.back().second) = text;
    return m_merges.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

bool TokenizerJsonEvents::addToAddedToken(std::string_view text, Kind kind, std::uint64_t number) {
    AddedToken& token = m_added.back();
    const std::string& name = m_frames.back().key;
    if (name == "content") {
        if (kind != Kind::String || text.empty()) {
            return broken("added_tokens", "an entry has no text as its content");
        }
        token.content = text;
    } else if (name == "id") {
        if (kind != Kind::Number || number >= std::numeric_limits<std::uint32_t>::max()) {
            return broken("added_tokens", "an entry has no whole number from 0 on as its ID");
        }
        token.id = number;
    } else if (kind == Kind::Boolean && name == "special") {
        token.isSpecial = text == "true";
    } else if (kind == Kind::Boolean && name == "lstrip") {
        token.stripsBefore = text == "true";
    } else if (kind == Kind::Boolean && (name == "single_word" || name == "rstrip")) {
        token.takesMore = token.takesMore || text == "true";
    }
    return true;
}

bool TokenizerJsonEvents::broken(std::string_view part, std::string what) {
    return fail(ErrorCode::Broken, ", " + std::string(part), std::move(what),
                "the file may be damaged: fetch it again");
}

bool TokenizerJsonEvents::isStopped() {
    if (!m_progress.stopRequested()) {
        return false;
    }
    fail(ErrorCode::Cancelled, {}, {});
    return true;
}

}  // namespace lexiscope
