// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cassert>
#include <utility>
#include <variant>

namespace lexiscope {

/// A value, or the reason why there is none. Nothing is thrown across core's edge; this is what is returned
/// instead. It has no conversion to bool, so that `if (result)` cannot be mistaken for a test of the value.
template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }

    /// Asserts ok().
    const T& value() const& {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    T& value() & {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    T&& value() && {
        assert(ok());
        return std::move(*std::get_if<0>(&m_state));
    }

    /// Asserts !ok().
    const Error& error() const {
        assert(!ok());
        return *std::get_if<1>(&m_state);
    }

  private:
    std::variant<T, Error> m_state;
};

/// For what either works or does not, with nothing to return.
struct Done {};

}  // namespace lexiscope
