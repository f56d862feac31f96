#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy over the sources: tests/rules/tidy.sh [--since COMMIT | FILE...]
# All of app/, core/ and ui/ unless told; with --since those that differ from COMMIT. Fails on any finding.
set -euo pipefail

run_name=tests/rules/tidy.sh
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
cd "$root"
. app/setup.sh

installMissing app/packages.txt .ci/packages.txt

case ${1-} in
    --since) sources=$(git diff --name-only --diff-filter=d "${2:?--since needs a commit}" -- 'app/*.cpp' 'core/*.cpp' 'ui/*.cpp') ;;
    '') sources=$(git ls-files 'app/*.cpp' 'core/*.cpp' 'ui/*.cpp') ;;
    *) sources=$(printf '%s\n' "$@") ;;
esac
if [ -z "$sources" ]; then
    say 'no source to look at'
    exit 0
fi

# clang reads what moc makes of the sources, so that is made first; nothing is compiled.
configurePreset tidy
moc_targets=$(ninja -C build/tidy -t targets all | sed -n 's/^\([a-z_]*_autogen\): phony$/\1/p')
cmake --build --preset tidy --target $moc_targets 2>&1 | quietIfUpToDate >&2

say "looking at $(wc -l <<<"$sources") sources"
xargs -P "$(nproc)" -n 1 clang-tidy -p build/tidy --quiet 2>/dev/null <<<"$sources"
