// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/page_guard.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lexiscope {

struct PageGuard::Entry {
    std::atomic<bool> taken{false};
    /// Odd while begin and end change. A reader that sees it odd or changing skips the entry: a fault lies in
    /// a range whose guard lives, so an entry that is being changed is never the one looked for.
    std::atomic<std::uint32_t> version{0};
    std::atomic<std::uintptr_t> begin{0};
    std::atomic<std::uintptr_t> end{0};
    std::atomic<std::size_t> lost{nothingLost};
    Entry* next = nullptr;  // set before the entry can be seen, and never again
};

namespace {

using Entry = PageGuard::Entry;

std::atomic<Entry*> entries{nullptr};
std::uintptr_t pageSize = 4096;
struct sigaction previousAction;

static_assert(std::atomic<Entry*>::is_always_lock_free && std::atomic<std::uintptr_t>::is_always_lock_free);

Entry* entryAround(std::uintptr_t address) {
    for (Entry* entry = entries.load(std::memory_order_acquire); entry != nullptr; entry = entry->next) {
        const std::uint32_t before = entry->version.load(std::memory_order_seq_cst);
        const std::uintptr_t begin = entry->begin.load(std::memory_order_seq_cst);
        const std::uintptr_t end = entry->end.load(std::memory_order_seq_cst);
        const std::uint32_t after = entry->version.load(std::memory_order_seq_cst);
        if (before == after && before % 2 == 0 && begin <= address && address < end) {
            return entry;
        }
    }
    return nullptr;
}

bool fillWithZeros(Entry& entry, std::uintptr_t address) {
    const std::uintptr_t begin = entry.begin.load();
    const std::uintptr_t end = entry.end.load();
    const std::uintptr_t page = address - address % pageSize;

    // Said before the zeros are there, so that nobody can read zeros and then find nothing lost.
    const std::size_t offset = page - begin;
    std::size_t known = entry.lost.load();
    while (offset < known && !entry.lost.compare_exchange_weak(known, offset)) {
    }

    // The system call itself: a sanitizer's mmap must not run inside a signal handler.
    const long result =
        syscall(SYS_mmap, page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0L);
    return result == static_cast<long>(page);
}

void onBusError(int signal, siginfo_t* info, void* context) {
    const int savedErrno = errno;
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    const bool isFault = info->si_code > 0;  // others are sent by kill() and the like
    Entry* entry = isFault ? entryAround(address) : nullptr;
    const bool mended = entry != nullptr && fillWithZeros(*entry, address);
    errno = savedErrno;
    if (mended) {
        return;
    }
    if ((previousAction.sa_flags & SA_RESETHAND) != 0) {
        ::signal(SIGBUS,
                 SIG_DFL);  // it expects to be called once: the same fault comes again when it returns
    }
    if ((previousAction.sa_flags & SA_SIGINFO) != 0) {
        previousAction.sa_sigaction(signal, info, context);
    } else if (previousAction.sa_handler != SIG_DFL && previousAction.sa_handler != SIG_IGN) {
        previousAction.sa_handler(signal);
    } else if (previousAction.sa_handler == SIG_DFL || isFault) {
        // Ends the program as if nobody had listened: the signal waits until this handler returns.
        ::signal(SIGBUS, SIG_DFL);
        raise(SIGBUS);
    }
}

void installHandler() {
    static std::once_flag once;
    std::call_once(once, [] {
        pageSize = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
        struct sigaction action {};
        action.sa_sigaction = onBusError;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        sigaction(SIGBUS, nullptr, &previousAction);
        sigaction(SIGBUS, &action, nullptr);
    });
}

Entry* takeEntry() {
    for (Entry* entry = entries.load(std::memory_order_acquire); entry != nullptr; entry = entry->next) {
        bool expected = false;
        if (entry->taken.compare_exchange_strong(expected, true)) {
            return entry;
        }
    }
    auto* entry = new Entry;
    entry->taken.store(true);
    entry->next = entries.load(std::memory_order_relaxed);
    while (!entries.compare_exchange_weak(entry->next, entry, std::memory_order_acq_rel)) {
    }
    return entry;
}

void setRange(Entry& entry, std::uintptr_t begin, std::uintptr_t end) {
    entry.version.fetch_add(1);
    entry.begin.store(begin);
    entry.end.store(end);
    entry.version.fetch_add(1);
}

}  // namespace

PageGuard::PageGuard(const std::byte* begin, std::size_t size) {
    installHandler();
    m_entry = takeEntry();
    m_entry->lost.store(nothingLost);
    const auto address = reinterpret_cast<std::uintptr_t>(begin);
    setRange(*m_entry, address, address + size);
}

PageGuard::~PageGuard() {
    setRange(*m_entry, 0, 0);
    m_entry->taken.store(false);
}

std::size_t PageGuard::firstLost() const {
    return m_entry->lost.load();
}

}  // namespace lexiscope
