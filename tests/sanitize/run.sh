#!/bin/bash
# The eight stays through a command built by clang with ASan and UBSan: nothing is reported, and every byte of
# findings, amounts and steps is the one of the build under test. BUILD is the argument.
build=$1
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
other=$build/clang-asan
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
verdict() {
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $*"; fi
}
if ! command -v clang >/dev/null; then
    echo "skipped: there is no clang"
    echo "0 passed, 0 failed"
    exit 0
fi
# -z undefs: clang leaves its runtime to the program, the library refers to it.
make -s BUILD="$other" CC=clang CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined' \
    LDFLAGS='-fsanitize=address,undefined -Wl,-z,undefs' all >"$work/make" 2>&1 || {
    tail -n 40 "$work/make"
    echo "0 passed, 1 failed"
    exit 1
}
# says BUILD NAME EXPECTED ARGUMENT...: the command's output in WORK/NAME, its exit code as expected
says() {
    "$1/bin/settle" "${@:4}" >"$work/$2" 2>"$work/err"
    code=$?
    [ $code -eq "$3" ] && [ ! -s "$work/err" ] && return 0
    echo "settle ${*:4}: exit $code"
    head -n 60 "$work/err"
    return 1
}
same() {
    says "$build" one "$@" && says "$other" two "$@" && [ -s "$work/one" ] && cmp "$work/one" "$work/two"
}
verdict says "$other" out 0 init "$work/home"
verdict says "$other" out 0 import -C "$work/home" examples/hospital/stays
for lang in zh en; do
    verdict same 1 preview --json --lang $lang -C "$work/home" examples/hospital/stays
    for stay in S01 S02 S03 S04 S05 S06 S07 S08; do
        verdict same 0 explain --json --lang $lang -C "$work/home" $stay
    done
done
verdict says "$other" out 8 submit --json -C "$work/home" S01
verdict says "$other" S01.xml 0 document -C "$work/home" S01
verdict same 0 verify --json -C "$work/home" "$work/S01.xml"
verdict same 0 audit verify --json -C "$work/home"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
