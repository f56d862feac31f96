// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace lexiscope {

/// Do the bytes begin as gzip's do?
bool beginsAsGzip(std::string_view bytes);

/// Unpacks what gzip has packed (RFC 1952), front to back: one member or several, one after the other, as
/// `cat` of packed files gives them. Check sums are checked.
class GzipReader {
  public:
    /// `packed` outlives the reader; `name` is what errors call it.
    GzipReader(std::string_view packed, std::string name);
    ~GzipReader();
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;

    /// Appends the next `count` bytes to `out`, fewer only at the end. Broken (byte of the packed bytes)
    /// where they are cut short or damaged; what could be unpacked before is appended.
    Result<Done> read(std::string& out, std::size_t count);

    bool atEnd() const;
    /// Bytes of `packed` used so far.
    std::size_t used() const;
    /// At the end: bytes behind the last member that are no gzip, a filling of zeros left out.
    std::size_t ignored() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The first `count` bytes of what is packed, or as many as can be had.
std::string unpackedBegin(std::string_view packed, std::size_t count);

}  // namespace lexiscope
