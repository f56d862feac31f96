// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/piece_counts.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t unitSize = std::size_t{1} << 20U;       // bytes that a thread takes at once
constexpr std::size_t reportedBytes = std::size_t{1} << 18U;  // between two reports
constexpr std::size_t fewestSlots = 1U << 10U;

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 32U)) * 0xD6E8FEB86659FD93U;
    return value ^ (value >> 32U);
}

std::uint64_t hashOf(std::string_view piece) {
    std::uint64_t hash = piece.size() * 0x9E3779B97F4A7C15U;
    std::size_t place = 0;
    for (; place + sizeof(std::uint64_t) <= piece.size(); place += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, piece.data() + place, sizeof(word));
        hash = mixed(hash ^ word);
    }
    std::uint64_t rest = 0;
    if (place < piece.size()) {
        std::memcpy(&rest, piece.data() + place, piece.size() - place);
    }
    return mixed(hash ^ rest);
}

std::uint64_t upperHalf(std::uint64_t hash) {
    return hash & 0xFFFFFFFF00000000U;
}

bool isGap(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Where a text may be cut so that no rule sees it: after a letter and before a space or a line end. A piece
/// ends there under every scheme, and none looks further.
std::size_t nextCut(std::string_view text, std::size_t from) {
    for (std::size_t place = from; place < text.size(); ++place) {
        place = text.find_first_of(" \n", place);
        if (place == std::string_view::npos) {
            break;
        }
        const CodePoint before = codePointBefore(text, place);
        if (before.valid && classOf(before.value) == CharacterClass::Letter) {
            return place;
        }
    }
    return text.size();
}

std::vector<std::size_t> cutsOf(std::string_view text) {
    std::vector<std::size_t> cuts = {0};
    while (cuts.back() < text.size()) {
        const std::size_t wanted = cuts.back() + unitSize;
        cuts.push_back(wanted < text.size() ? nextCut(text, wanted) : text.size());
    }
    return cuts;
}

class Counting {
  public:
    Counting(const Corpus& corpus, std::optional<SplitScheme> scheme, Progress& progress)
        : m_text(corpus.text()), m_cuts(cutsOf(m_text)), m_scheme(scheme), m_progress(progress) {}

    std::size_t units() const { return m_cuts.size() - 1; }

    void work() {
        PieceCounts counts;
        for (std::size_t unit = m_next++; unit < units() && !m_stopped; unit = m_next++) {
            count(m_text.substr(m_cuts[unit], m_cuts[unit + 1] - m_cuts[unit]), counts);
        }
        const std::lock_guard lock(m_mutex);
        if (counts.size() > m_all.size()) {
            std::swap(counts, m_all);
        }
        m_all.add(counts);
    }

    bool stopped() const { return m_stopped; }
    PieceCounts& counts() { return m_all; }

  private:
    void count(std::string_view text, PieceCounts& counts) {
        std::size_t place = 0;
        while (place < text.size() && !m_stopped) {
            const std::size_t begin = place;
            const std::size_t end = std::min(text.size(), begin + reportedBytes);
            place =
                m_scheme ? countByScheme(text, begin, end, counts) : countBySpaces(text, begin, end, counts);
            report(place - begin);
        }
    }

    /// Counts the pieces that begin in [begin, end); where the next one begins.
    std::size_t countByScheme(std::string_view text, std::size_t begin, std::size_t end,
                              PieceCounts& counts) const {
        while (begin < end) {
            const std::size_t next = endOfPiece(*m_scheme, text, begin);
            counts.add(text.substr(begin, next - begin), 1);
            begin = next;
        }
        return begin;
    }
    static std::size_t countBySpaces(std::string_view text, std::size_t begin, std::size_t end,
                                     PieceCounts& counts) {
        while (begin < end) {
            if (isGap(text[begin])) {
                ++begin;
                continue;
            }
            std::size_t next = begin + 1;
            while (next < text.size() && !isGap(text[next])) {
                ++next;
            }
            counts.add(text.substr(begin, next - begin), 1);
            begin = next;
        }
        return begin;
    }

    void report(std::size_t size) {
        const std::lock_guard lock(m_mutex);
        m_bytes += size;
        m_progress.report(m_bytes, m_text.size(), "bytes");
        if (m_progress.stopRequested()) {
            m_stopped = true;
        }
    }

    std::string_view m_text;
    std::vector<std::size_t> m_cuts;
    std::optional<SplitScheme> m_scheme;
    Progress& m_progress;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex;  // guards the rest
    std::uint64_t m_bytes = 0;
    PieceCounts m_all;
};

}  // namespace

void PieceCounts::add(std::string_view piece, std::uint64_t count) {
    addHashed(piece, hashOf(piece), count);
}

void PieceCounts::add(const PieceCounts& other) {
    for (std::size_t i = 0; i < other.size(); ++i) {
        addHashed(other.piece(i), other.m_entries[i].hash, other.m_entries[i].count);
    }
}

void PieceCounts::addHashed(std::string_view piece, std::uint64_t hash, std::uint64_t count) {
    if (2 * m_entries.size() >= m_slots.size()) {
        grow();
    }
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        if (m_slots[slot] == 0) {
            m_entries.push_back({m_bytes.size(), piece.size(), hash, count});
            m_bytes.append(piece);
            m_slots[slot] = upperHalf(hash) | m_entries.size();
            return;
        }
        if (upperHalf(m_slots[slot]) == upperHalf(hash)) {
            Entry& entry = m_entries[(m_slots[slot] & 0xFFFFFFFFU) - 1];
            if (entry.size == piece.size() &&
                std::memcmp(m_bytes.data() + entry.begin, piece.data(), piece.size()) == 0) {
                entry.count += count;
                return;
            }
        }
    }
}

void PieceCounts::grow() {
    m_slots.assign(std::max(fewestSlots, 2 * m_slots.size()), 0);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        std::size_t slot = m_entries[i].hash & mask;
        while (m_slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        m_slots[slot] = upperHalf(m_entries[i].hash) | (i + 1);
    }
}

std::uint64_t PieceCounts::total() const {
    std::uint64_t sum = 0;
    for (const Entry& entry : m_entries) {
        sum += entry.count;
    }
    return sum;
}

Result<PieceCounts> countPieces(const Corpus& corpus, std::optional<SplitScheme> scheme, WorkerPool& pool,
                                Progress& progress) {
    Counting counting(corpus, scheme, progress);
    const std::size_t workers = std::min<std::size_t>(pool.threadCount(), counting.units());
    pool.parallelFor(
        workers, 1, [&](std::size_t, std::size_t) { counting.work(); }, Priority::Normal);
    if (counting.stopped()) {
        return cancelled();
    }
    const Result<Done> sound = corpus.check();
    return sound.ok() ? Result<PieceCounts>(std::move(counting.counts())) : sound.error();
}

}  // namespace lexiscope
