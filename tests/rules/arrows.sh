#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Arrows only point down: says every #include below ROOT that points elsewhere, and fails if there is one.
set -euo pipefail

root=${1:?usage: arrows.sh ROOT}
cd "$root"

# Each room, and what it may include. The longest room that a file's path starts with counts.
# OWN stands for the file's own pair, its path without the ending; a long source may be cut in two, so that
# x_layout.cpp includes x.h.
rooms='
core/             core/base/ core/embedding/ core/tokenize/ core/position/rotary_settings.h
core/base/        core/base/
core/tokenize/    core/base/ core/tokenize/ core/embedding/vocabulary.h
core/embedding/   core/base/ core/embedding/
core/search/      core/base/ core/tokenize/ core/embedding/ core/search/ core/model.h
core/projection/  core/base/ core/tokenize/ core/embedding/ core/projection/ core/model.h
core/compare/     core/base/ core/tokenize/ core/embedding/ core/projection/covariance.h core/search/correlation.h core/compare/ core/model.h
core/position/    core/base/ core/embedding/ core/position/
core/train/       core/base/ core/tokenize/ core/embedding/ core/train/
core/io/          core/
ui/session/       core/ ui/session/
ui/models/        core/ ui/session/ ui/models/
ui/plots/         core/ ui/session/ ui/plots/
ui/widgets/       core/ ui/session/ ui/models/neighbor_roles.h ui/models/merge_roles.h ui/plots/theme.h ui/plots/scrolled_paint.h ui/widgets/
ui/figures/       core/base/ ui/plots/theme.h ui/figures/
ui/panels/        core/ ui/session/ ui/models/ ui/plots/ ui/widgets/ ui/panels/panel.h ui/panels/space_colors.h ui/panels/parts/ OWN
ui/panels/parts/  core/ ui/session/ ui/models/ ui/plots/ ui/widgets/ ui/panels/parts/
ui/main_window/   core/ ui/
app/              core/ ui/ app/
'

find app core ui -type f \( -name '*.h' -o -name '*.cpp' \) | sort | xargs -r awk -v rooms="$rooms" '
function say(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text
    wrong = 1
}
BEGIN {
    count = split(rooms, lines, "\n")
    for (i = 1; i <= count; ++i) {
        name = lines[i]
        sub(/ .*/, "", name)
        if (name != "") {
            allowed[name] = substr(lines[i], length(name) + 1)
        }
    }
}
FNR == 1 {
    room = ""
    for (name in allowed) {
        if (index(FILENAME, name) == 1 && length(name) > length(room)) {
            room = name
        }
    }
    own = FILENAME
    sub(/[^\/]*$/, "", own)
    stem = FILENAME
    sub(/^.*\//, "", stem)
    sub(/\..*$/, "", stem)
    whole = stem
    sub(/_[^_]*$/, "", whole)
    if (room == "") {
        say("belongs to no room that tests/rules/arrows.sh knows")
        nextfile
    }
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, parts, "\"")
    target = parts[2]
    if (target ~ /\.moc$/) {
        next
    }
    if (target !~ /^(app|core|ui)\// || target ~ /\.\./) {
        say("\"" target "\": an include in quotes is written from the project root and names app, core or ui")
        next
    }
    count = split(allowed[room], prefixes, " ")
    for (i = 1; i <= count; ++i) {
        prefix = prefixes[i] == "OWN" ? own stem "." : prefixes[i]
        if (index(target, prefix) == 1) {
            next
        }
        if (prefixes[i] == "OWN" && index(target, own whole ".") == 1) {
            next
        }
    }
    say("\"" target "\": " room " may include only" allowed[room])
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    target = $0
    sub(/^[^<]*</, "", target)
    sub(/>.*$/, "", target)
    if (target ~ /^(app|core|ui|tests)\//) {
        say("<" target ">: own headers are included in quotes")
    } else if (target ~ /qcustomplot/ && room != "ui/plots/") {
        say("<" target ">: only ui/plots/ knows QCustomPlot")
    } else if (target ~ /^(Q[A-Z]|q[a-z0-9]+\.h$|Qt)/ && room ~ /^core\//) {
        say("<" target ">: core knows no Qt")
    } else if (target ~ /^Qt(Gui|Widgets|Svg|PrintSupport)(\/|$)/ && room == "ui/session/") {
        say("<" target ">: the session knows nothing of Qt but Qt Core")
    }
}
END { exit wrong }
'
