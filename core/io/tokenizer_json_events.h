// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/io/json_events.h"
#include "core/io/json_tree.h"
#include "core/io/vocab_json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope {

/// An entry of added_tokens.
struct AddedEntry {
    std::string content;
    std::uint32_t id = 0;
    bool isSpecial = false;
    bool isSingleWord = false;
    bool takesLeft = false;
    bool takesRight = false;
    bool isNormalized = false;
};

/// Collects what a tokenizer.json says, without judging whether it can be used. A value that is of another
/// kind than the format has there is Broken.
class TokenizerJsonEvents final : public JsonEvents {
  public:
    TokenizerJsonEvents(std::string name, Progress& progress);

    /// The settings by their path ("model.type", "normalizer"), as JSON writes a value ("true", "null",
    /// "0.1") but for strings, which stand without quotes; an object or list is "{" or "[".
    const std::map<std::string, std::string>& settings() const { return m_settings; }
    /// The setting there; nothing when it is absent or null.
    std::optional<std::string> setting(const std::string& path) const;

    /// All but vocabulary, merges and added tokens, and but what is nested deeper than any stage is.
    nlohmann::json takeTree() { return m_tree.take(); }

    std::vector<VocabEntry> takeVocabulary() { return std::move(m_vocabulary); }
    /// Of a vocabulary that is a list of tokens with scores, whose places are the IDs; else empty.
    const std::vector<double>& scores() const { return m_scores; }
    const std::vector<std::pair<std::string, std::string>>& merges() const { return m_merges; }
    const std::vector<AddedEntry>& addedTokens() const { return m_added; }

    bool null() override;
    bool boolean(bool is) override;
    bool number_integer(number_integer_t number) override;
    bool number_unsigned(number_unsigned_t number) override;
    bool number_float(number_float_t number, const string_t& digits) override;
    bool string(string_t& text) override;
    bool start_object(std::size_t) override { return open(false); }
    bool key(string_t& name) override;
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(true); }
    bool end_array() override { return close(); }

  private:
    enum class Kind { String, Boolean, Number, Other };

    /// What the innermost value belongs to.
    enum class Place { Other, Vocabulary, ScoredList, ScoredPair, Merges, Pair, AddedTokens, AddedToken };
    Place place() const;
    bool isIn(std::size_t depth, std::string_view first) const;

    /// Does what comes next stand in the tree?
    bool isOfTree() const;
    template <typename Value>
    void addToTree(const Value& value) {
        if (isOfTree()) {
            m_tree.value(value);
        }
    }

    bool open(bool isList);
    bool close();
    bool value(std::string_view text, Kind kind, std::uint64_t number = 0);
    bool addVocabularyEntry(Kind kind, std::uint64_t number);
    bool addToScoredPair(std::string_view text, Kind kind);
    bool addMerge(std::string_view text, Kind kind);
    bool addPart(std::string_view text, Kind kind);
    bool addToAddedToken(std::string_view text, Kind kind, std::uint64_t number);
    bool isAddedTokenWhole();
    bool brokenAddedToken(std::string what);
    bool broken(std::string_view part, std::string what);
    bool isStopped();

    /// An open object or list.
    struct Frame {
        bool isList = false;
        std::string key;  // being read, of an object
    };

    Progress& m_progress;
    std::vector<Frame> m_frames;  // as many as are looked at
    std::size_t m_depth = 0;      // of all
    std::map<std::string, std::string> m_settings;
    JsonTree m_tree;
    std::vector<VocabEntry> m_vocabulary;
    std::vector<std::pair<std::string, std::string>> m_merges;
    std::size_t m_partsOfMerge = 0;
    std::vector<double> m_scores;
    std::size_t m_partsOfScored = 0;
    double m_number = 0;  // the last one read
    std::vector<AddedEntry> m_added;
    unsigned m_seenOfAdded = 0;  // a bit for each setting of the last one
};

}  // namespace lexiscope
