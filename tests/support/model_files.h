// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope::test {

// Files of models built in code, sound and broken ones.

inline std::string floatBytes(const std::vector<float>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

/// 8 bytes little-endian, then the header, then the numbers.
inline std::string safetensors(std::string_view header, std::string_view numbers, std::uint64_t length) {
    std::string bytes;
    for (unsigned i = 0; i < 8; ++i) {
        bytes += static_cast<char>(length >> (8 * i) & 0xFFU);
    }
    return bytes.append(header).append(numbers);
}
inline std::string safetensors(std::string_view header, std::string_view numbers) {
    return safetensors(header, numbers, header.size());
}

/// `"NAME":{"dtype":…,"shape":[…],"data_offsets":[begin,end]}`
inline std::string tensorJson(std::string_view name, std::string_view dtype, std::string_view shape,
                              std::uint64_t begin, std::uint64_t end) {
    return "\"" + std::string(name) + "\":{\"dtype\":\"" + std::string(dtype) + "\",\"shape\":[" +
           std::string(shape) + "],\"data_offsets\":[" + std::to_string(begin) + "," + std::to_string(end) +
           "]}";
}

/// A table of a safetensors file, in F32.
struct TableSpec {
    std::string name;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values;
};

/// These tables, one after the other.
inline std::string safetensors(const std::vector<TableSpec>& tables) {
    std::string header;
    std::string numbers;
    for (const TableSpec& table : tables) {
        const std::size_t begin = numbers.size();
        numbers += floatBytes(table.values);
        header +=
            (header.empty() ? "{" : ",") +
            tensorJson(table.name, "F32", std::to_string(table.rows) + "," + std::to_string(table.columns),
                       begin, numbers.size());
    }
    return safetensors(header + "}", numbers);
}

/// A table of 0, 1, 2, … from `first` on.
inline TableSpec countingTable(std::string name, std::size_t rows, std::size_t columns, float first = 0) {
    TableSpec table{std::move(name), rows, columns, std::vector<float>(rows * columns)};
    for (std::size_t i = 0; i < table.values.size(); ++i) {
        table.values[i] = first + static_cast<float>(i);
    }
    return table;
}

struct WordRow {
    std::string word;
    std::vector<float> values;
};

/// word2vec binary; `rowEnd` follows each row.
inline std::string word2Vec(const std::vector<WordRow>& rows, std::string_view rowEnd = "\n") {
    std::string bytes = std::to_string(rows.size()) + " " + std::to_string(rows.at(0).values.size()) + "\n";
    for (const WordRow& row : rows) {
        bytes += row.word + " " + floatBytes(row.values);
        bytes += rowEnd;
    }
    return bytes;
}

}  // namespace lexiscope::test
