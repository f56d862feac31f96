# SPDX-License-Identifier: GPL-3.0-or-later
# For app/run, tests/run and .ci/run to source: installing what is missing, configuring, building.
# All that is said here goes to standard error; standard output belongs to the program that is run.

say() {
    printf '%s: %s\n' "${run_name:-setup}" "$*" >&2
}

# installMissing LIST... : installs with apt those packages of the lists that the machine does not have.
# Asks nobody and contacts nothing when all of them are there.
installMissing() {
    local wanted missing
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@" | sort -u)
    if ! command -v dpkg-query >/dev/null; then
        say "this is no Debian system; the packages to have are: $(echo $wanted)"
        return 0
    fi
    missing=$(comm -23 <(echo "$wanted") \
        <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' $wanted 2>/dev/null |
            sed -n 's/^ii  *//p' | sort -u))
    [ -n "$missing" ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "these packages are missing, and installing them takes root or sudo: $(echo $missing)"
            return 1
        fi
        as_root=(sudo)
    fi
    say "installing with apt: $(echo $missing)"
    if ! { "${as_root[@]}" apt-get -q update &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $missing; } \
        </dev/null >&2; then
        say "apt could not install them; its last lines above say why"
        return 1
    fi
}

# configurePreset PRESET [OPTION...] : runs cmake where it has not run yet or the presets have changed.
configurePreset() {
    local folder="build/$1"
    if [ -f "$folder/build.ninja" ] && [ ! CMakePresets.json -nt "$folder/build.ninja" ]; then
        return 0
    fi
    say "configuring the preset $1"
    mkdir -p "$folder"
    if ! cmake --preset "$@" >"$folder/configure.log" 2>&1; then
        cat "$folder/configure.log" >&2
        return 1
    fi
}

# buildPreset PRESET [TARGET...] : configures if need be, then builds what changed. Says nothing when all is up to date.
buildPreset() {
    local preset=$1
    shift
    configurePreset "$preset" || return 1
    cmake --build --preset "$preset" ${1+--target "$@"} 2>&1 | quietIfUpToDate >&2
}

quietIfUpToDate() {
    grep --line-buffered -v -e '^ninja: no work to do' -e 'Re-checking globbed directories' || true
}
