// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gpt2_config.h"

#include "core/io/json_events.h"

#include <utility>

namespace lexiscope {
namespace {

class ConfigEvents final : public JsonEvents {
  public:
    using JsonEvents::JsonEvents;

    Gpt2Config config;

    bool start_object(std::size_t) override {
        ++m_depth;
        return isPassedOver() || failHere();
    }
    bool end_object() override {
        --m_depth;
        return true;
    }
    bool start_array(std::size_t) override {
        if (m_depth == 0) {
            return failHere();
        }
        ++m_depth;
        return isPassedOver() || failHere();
    }
    bool end_array() override {
        --m_depth;
        return true;
    }
    bool key(string_t& name) override {
        if (m_depth == 1) {
            m_key = name;
            m_number = name == "vocab_size"    ? &config.vocabSize
                       : name == "n_embd"      ? &config.embeddingSize
                       : name == "n_positions" ? &config.positions
                                               : nullptr;
            m_isType = name == "model_type";
        }
        return true;
    }
    bool number_unsigned(number_unsigned_t number) override {
        if (m_depth == 1 && m_number != nullptr) {
            *m_number = number;
            return true;
        }
        return isPassedOver() || failHere();
    }
    bool string(string_t& text) override {
        if (m_depth == 1 && m_isType) {
            config.modelType = text;
            return true;
        }
        return isPassedOver() || failHere();
    }
    bool number_integer(number_integer_t) override { return isPassedOver() || failHere(); }
    bool number_float(number_float_t, const string_t&) override { return isPassedOver() || failHere(); }
    bool boolean(bool) override { return isPassedOver() || failHere(); }
    bool null() override { return m_depth != 0 || failHere(); }  // null says nothing about the field

  private:
    /// Inside the object, and not the value of a field that is read here.
    bool isPassedOver() const { return m_depth >= 1 && m_number == nullptr && !m_isType; }

    bool failHere() {
        if (m_depth == 0 || m_key.empty()) {
            return fail(ErrorCode::Broken, {}, "is not a JSON object");
        }
        return fail(ErrorCode::Broken, {},
                    "“" + m_key + "” should be " + (m_isType ? "text" : "a whole number, zero or more"));
    }

    std::string m_key;
    std::optional<std::uint64_t>* m_number = nullptr;
    bool m_isType = false;
    std::size_t m_depth = 0;
};

}  // namespace

Result<Gpt2Config> parseGpt2Config(std::string_view json, const std::string& name) {
    ConfigEvents events(name);
    if (std::optional<Error> error = events.read(json)) {
        return *std::move(error);
    }
    return std::move(events.config);
}

}  // namespace lexiscope
