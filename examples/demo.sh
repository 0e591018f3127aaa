#!/bin/sh
# One discharge, end to end, on a bare machine: installs what is missing, builds, makes an example hospital,
# shows a discharge with mistakes, settles a clean one, and has the signature verified by a foreign tool.
#   examples/demo.sh [DIR]      DIR: where the example hospital is made (default: build/demo, made anew)
set -e
cd "$(dirname "$0")/.."
packaging/deps.sh run
make -s -j"$(nproc)" all
settle=build/bin/settle
home=${1:-build/demo}
[ $# -gt 0 ] || rm -rf "$home"

say() {
    printf '\n$ settle %s\n' "$*"
}
run() { # the exit codes that a settlement may end with are shown, all others end the demonstration
    say "$@"
    code=0
    "$settle" "$@" || code=$?
    case $code in 0) ;; 1 | 8) echo "(exit code $code)" ;; *) exit $code ;; esac
}

run init "$home"
run import -C "$home" "$home/stays"
run check -C "$home" S03
run submit -C "$home" S03
run submit -C "$home" S01
run status -C "$home"
say document -C "$home" S01 "> $home/S01.xml"
"$settle" document -C "$home" S01 >"$home/S01.xml"
run verify -C "$home" "$home/S01.xml"
printf '\n$ xmlsec1 --verify --trusted-pem %s %s\n' "$home/keys/ca.pem" "$home/S01.xml"
xmlsec1 --verify --trusted-pem "$home/keys/ca.pem" "$home/S01.xml"
run audit verify -C "$home"
