// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace lexiscope {

/// Puts together what a JSON text says from the events of reading it, which come in order and may leave out
/// members and elements. Of members of one name the last counts.
class JsonTree {
  public:
    /// Of the member that comes next.
    void key(std::string name) { m_key = std::move(name); }
    void value(nlohmann::json value) { add(std::move(value)); }
    void open(bool isList) {
        m_open.push_back(&add(isList ? nlohmann::json::array() : nlohmann::json::object()));
    }
    void close() { m_open.pop_back(); }

    nlohmann::json take() { return std::move(m_root); }

  private:
    nlohmann::json& add(nlohmann::json value) {
        if (m_open.empty()) {
            return m_root = std::move(value);
        }
        nlohmann::json& parent = *m_open.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return parent.back();
        }
        return parent[m_key] = std::move(value);
    }

    nlohmann::json m_root;
    std::vector<nlohmann::json*> m_open;  // each within the one before, which does not change meanwhile
    std::string m_key;
};

}  // namespace lexiscope
