// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace lexiscope {

/// Watches one range of mapped memory: a bus error inside it (its file was cut short, or the disk failed)
/// puts pages of zeros from there to the end of the range, and the thread that met it goes on. Other bus
/// errors go to whoever handled them before.
///
/// The watch list is read by a signal handler, so it takes no lock and its entries are reused but never
/// freed.
class PageGuard {
  public:
    /// The range must stay mapped as long as the guard lives; `begin` lies on a page's edge.
    PageGuard(const std::byte* begin, std::size_t size);
    ~PageGuard();
    PageGuard(const PageGuard&) = delete;
    PageGuard& operator=(const PageGuard&) = delete;

    static constexpr std::size_t nothingLost = ~std::size_t{0};
    /// Offset in the range of the first byte lost so far, or nothingLost.
    std::size_t firstLost() const;

    struct Entry;

  private:
    Entry* m_entry;
};

}  // namespace lexiscope
