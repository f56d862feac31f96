// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/gzip_reader.h"

#include <algorithm>
#include <limits>
#include <new>
#include <optional>
#include <utility>

// So that input may be read where it lies in memory that is not to be written to.
#define ZLIB_CONST
#include <zlib.h>

namespace lexiscope {
namespace {

constexpr std::string_view magic = "\x1F\x8B";
/// inflateInit2: a window of 32 kB, in gzip's wrapping.
constexpr int gzipWindow = 15 + 16;

}  // namespace

struct GzipReader::State {
    std::string_view packed;
    std::string name;
    z_stream stream{};
    bool atEnd = false;
    std::size_t ignored = 0;

    State(std::string_view bytes, std::string called) : packed(bytes), name(std::move(called)) {
        stream.next_in = reinterpret_cast<const Bytef*>(packed.data());
        if (inflateInit2(&stream, gzipWindow) != Z_OK) {
            throw std::bad_alloc();  // the one way it fails with these arguments
        }
    }
    ~State() { inflateEnd(&stream); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    std::size_t used() const {
        return static_cast<std::size_t>(reinterpret_cast<const char*>(stream.next_in) - packed.data());
    }

    Error broken(std::string what) const {
        return {ErrorCode::Broken, name + ", byte " + std::to_string(used()), std::move(what),
                "fetch the file again"};
    }

    /// At the end of a member: on to the next, if there is one.
    void endMember() {
        const std::string_view rest = packed.substr(used());
        if (beginsAsGzip(rest)) {
            inflateReset(&stream);
            return;
        }
        atEnd = true;
        const std::size_t filling = std::min(rest.find_first_not_of('\0'), rest.size());
        ignored = rest.size() - filling;
    }

    /// Fills [room, room + count) and counts in `filled` how much of it; less than all at the end alone.
    std::optional<Error> fill(char* room, std::size_t count, std::size_t& filled) {
        while (filled < count && !atEnd) {
            constexpr std::size_t most = std::numeric_limits<uInt>::max();
            stream.avail_in = static_cast<uInt>(std::min(packed.size() - used(), most));
            stream.next_out = reinterpret_cast<Bytef*>(room + filled);
            stream.avail_out = static_cast<uInt>(std::min(count - filled, most));
            const std::size_t offered = stream.avail_out;
            const int status = inflate(&stream, Z_NO_FLUSH);
            filled += offered - stream.avail_out;
            if (status == Z_STREAM_END) {
                endMember();
            } else if (status == Z_MEM_ERROR) {
                throw std::bad_alloc();
            } else if (status != Z_OK && status != Z_BUF_ERROR) {
                const std::string reason = stream.msg == nullptr ? "" : std::string(" (") + stream.msg + ")";
                return broken("what gzip has packed is damaged here" + reason);
            } else if (used() == packed.size() && stream.avail_out == offered) {
                return broken("what gzip has packed ends too early");
            }
        }
        return std::nullopt;
    }
};

bool beginsAsGzip(std::string_view bytes) {
    return bytes.starts_with(magic);
}

GzipReader::GzipReader(std::string_view packed, std::string name)
    : m_state(std::make_unique<State>(packed, std::move(name))) {}
GzipReader::~GzipReader() = default;

Result<Done> GzipReader::read(std::string& out, std::size_t count) {
    const std::size_t before = out.size();
    out.resize(before + count);
    std::size_t filled = 0;
    std::optional<Error> error = m_state->fill(out.data() + before, count, filled);
    out.resize(before + filled);
    return error ? Result<Done>(*std::move(error)) : Done{};
}

bool GzipReader::atEnd() const {
    return m_state->atEnd;
}
std::size_t GzipReader::used() const {
    return m_state->used();
}
std::size_t GzipReader::ignored() const {
    return m_state->ignored;
}

std::string unpackedBegin(std::string_view packed, std::size_t count) {
    std::string bytes;
    static_cast<void>(GzipReader(packed, {}).read(bytes, count).ok());  // what came before an error is there
    return bytes;
}

}  // namespace lexiscope
