#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A type's name stands for one type: two headers that define the same name would be one type to the linker and two to the
# compiler, which shows itself as damaged memory. Usage: tests/rules/type_names.sh [FOLDER]
set -euo pipefail

cd "${1:-.}"
twice=$(git ls-files 'app/*.h' 'core/*.h' 'ui/*.h' |
    xargs grep -hoP '^(struct|class|enum class|enum) \K\w+\b(?!::)(?=.*\{)' | sort | uniq -d)
for name in $twice; do
    echo "$name is defined in more than one header:" >&2
    git ls-files 'app/*.h' 'core/*.h' 'ui/*.h' | xargs grep -nP "^(struct|class|enum class|enum) $name\b.*\{" >&2
done
[ -z "$twice" ]
