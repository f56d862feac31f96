// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/data_table.h"

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <QString>

namespace lexiscope {

// What the makers of data tables have in common.

using AppendLine = std::function<void(std::size_t line, std::string& out)>;

/// A CSV file of a head and so many lines. It is written and asked for a stop about once for so much of it as
/// takes a few milliseconds.
DataTable::Write linesOf(std::string head, std::size_t lines, AppendLine append);

/// A NumPy array; `numbers` belong to something that `owner` keeps alive.
DataTable::Write arrayOf(std::vector<std::size_t> shape, std::span<const float> numbers,
                         std::shared_ptr<const void> owner);

/// The names, and `count` more: d0, d1, … from `first` on.
std::string headOf(std::initializer_list<std::string_view> names, std::string_view more = {},
                   std::size_t count = 0, std::size_t first = 0, std::size_t step = 1);

/// "tiny-gpt2 tokens", without what no file is called.
QString fileName(const Model& model, const QString& what);

}  // namespace lexiscope
