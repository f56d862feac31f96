#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows that arrows.sh finds what it is for: each wrong include, alone in a small tree, must make it fail and name the file.
set -euo pipefail

check=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/arrows.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/app" "$tree/core" "$tree/ui"

failures=0

# judge VERDICT FILE INCLUDE
judge() {
    local verdict=passes output
    mkdir -p "$tree/$(dirname "$2")"
    echo "#include $3" >"$tree/$2"
    if ! output=$("$check" "$tree"); then
        verdict=fails
        case $output in
            "$2:1: "*) ;;
            *) verdict="fails without naming it" ;;
        esac
    fi
    if [ "$verdict" != "$1" ]; then
        echo "$2 with #include $3: arrows.sh $verdict, and must not"
        failures=$((failures + 1))
    fi
    rm "$tree/$2"
}

judge passes core/io/x.cpp '"core/search/y.h"'
judge passes core/search/x.cpp '"core/model.h"'
judge passes core/base/x.cpp '<vector>'
judge passes core/tokenize/x.cpp '"core/embedding/vocabulary.h"'
judge passes core/search/x.cpp '<Eigen/Dense>'
judge passes ui/session/x.cpp '<QObject>'
judge passes ui/plots/x.cpp '<qcustomplot.h>'
judge passes ui/widgets/x.cpp '"ui/plots/theme.h"'
judge passes ui/panels/space_panel.cpp '"ui/panels/space_panel.h"'
judge passes ui/panels/space_panel_layout.cpp '"ui/panels/space_panel.h"'
judge passes ui/figures/x.cpp '"ui/plots/theme.h"'
judge passes ui/main_window/x.cpp '"ui/panels/space_panel.h"'
judge passes app/x.cpp '"ui/main_window/y.h"'
judge passes app/x.cpp '"x.moc"'

judge fails core/base/x.cpp '"core/tokenize/y.h"'
judge fails core/tokenize/x.cpp '"core/embedding/y.h"'
judge fails core/tokenize/x.cpp '"core/model.h"'
judge fails core/embedding/x.cpp '"core/io/y.h"'
judge fails core/search/x.cpp '"core/io/y.h"'
judge fails core/search/x.cpp '"core/projection/y.h"'
judge fails core/projection/x.cpp '"core/search/y.h"'
judge fails core/x.h '"core/io/y.h"'
judge fails core/io/x.cpp '"ui/session/y.h"'
judge fails core/io/x.cpp '"app/y.h"'
judge fails core/io/x.cpp '<QString>'
judge fails core/io/x.cpp '<QtCore/QString>'
judge fails core/io/x.cpp '<qcustomplot.h>'
judge fails ui/session/x.cpp '"ui/plots/theme.h"'
judge fails ui/session/x.cpp '<QtGui/QColor>'
judge fails ui/models/x.cpp '"ui/widgets/y.h"'
judge fails ui/plots/x.cpp '"ui/widgets/y.h"'
judge fails ui/widgets/x.cpp '"ui/plots/space_plot.h"'
judge fails ui/figures/x.cpp '"ui/panels/panel.h"'
judge fails ui/panels/x.cpp '<qcustomplot.h>'
judge fails ui/panels/space_panel.cpp '"ui/panels/matrix_panel.h"'
judge fails ui/panels/space_panel_layout.cpp '"ui/panels/space.h"'
judge fails ui/panels/space_panel.cpp '"ui/panels/space_panel_layout.h"'
judge fails ui/panels/space_panel.cpp '"ui/main_window/y.h"'
judge fails ui/main_window/x.cpp '"app/y.h"'
judge fails ui/somewhere/x.cpp '<vector>'
judge fails core/search/x.cpp '"nearest.h"'
judge fails core/search/x.cpp '"../io/y.h"'
judge fails core/search/x.cpp '"core/search/../io/y.h"'
judge fails core/search/x.cpp '<core/io/y.h>'

if [ "$failures" -ne 0 ]; then
    exit 1
fi
echo 'every wrong include was found'
