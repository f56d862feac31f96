#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The start of the window against that of an empty Qt window, in turn, and how long events wait in its thread.
# Wants a display; without one, run it through xvfb-run. Usage: tests/bench/window.sh [RUNS]
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
runs=${1:-11}
bench=build/bench/tests/bench
cmake --preset bench >/dev/null
cmake --build --preset bench --target bench_window_start bench_window_latency bench_empty_window >/dev/null
# The built-in models lie where the program looks for them: beside its own folder.
ln -sfn ../share build/bench/tests/share

# Settings and recent files of whoever runs this stay out of it.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

seconds() {
    local start end
    start=$(date +%s%N)
    HOME=$home "$@" 2>/dev/null
    end=$(date +%s%N)
    echo $(((end - start) / 1000))
}

seconds "$bench/bench_empty_window" >/dev/null
seconds "$bench/bench_window_start" >/dev/null
for ((i = 0; i < runs; ++i)); do
    echo "$(seconds "$bench/bench_empty_window") $(seconds "$bench/bench_window_start")"
done | awk '{ empty[NR] = $1; ours[NR] = $2; ratio[NR] = $2 / $1 }
    function median(values, n, i, j, t) {
        for (i = 2; i <= n; ++i) for (j = i; j > 1 && values[j] < values[j - 1]; --j) {
            t = values[j]; values[j] = values[j - 1]; values[j - 1] = t
        }
        return values[int((n + 1) / 2)]
    }
    END { printf "start, median of %d: empty window %.0f ms, Lexiscope with model A painted %.0f ms, ratio of pairs %.2f\n",
          NR, median(empty, NR) / 1000, median(ours, NR) / 1000, median(ratio, NR) }'
HOME=$home "$bench/bench_window_latency"
