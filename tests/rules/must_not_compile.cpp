// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once per CASE: 0 must pass, every other must be refused (see CMakeLists.txt).
#include "core/base/ids.h"
#include "core/base/result.h"

using namespace lexiscope;

namespace {

Row next(Row row) {
    return Row{row.value + 1};
}

Result<int> half(int number) {
    if (number % 2 != 0) {
        return Error{ErrorCode::InvalidArgument, "", "odd", ""};
    }
    return number / 2;
}

}  // namespace

int main() {
    const TokenId id{3};
    const Row row = next(rowOf(id));
    const Position position{4};
    const Result<int> result = half(8);
#if CASE == 0
    return result.ok() && row == Row{4} && position == Position{4} ? result.value() : 1;
#elif CASE == 1
    return static_cast<int>(next(id).value);
#elif CASE == 2
    const Position wrong = row;
    return static_cast<int>(wrong.value);
#elif CASE == 3
    return row == position;
#elif CASE == 4
    if (result) {
        return 1;
    }
#elif CASE == 5
    const bool wrong = result;
    return wrong;
#elif CASE == 6
    half(3);
#endif
}
