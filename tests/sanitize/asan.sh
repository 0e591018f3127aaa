#!/bin/bash
# Every unit test, the golden cases through the command and the fuzz corpus in a build with ASan and UBSan:
# tests/sanitize/asan.sh BUILD. The last line is 'N passed, N failed'.
build=$1
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
passed=0 failed=0
count() {
    "$@" >"$log" 2>&1
    line=$(tail -n 1 "$log")
    ok=$(sed -nE 's/^(.*[^0-9])?([0-9]+) passed, ([0-9]+) failed.*$/\2/p' <<<"$line")
    bad=$(sed -nE 's/^(.*[^0-9])?([0-9]+) passed, ([0-9]+) failed.*$/\3/p' <<<"$line")
    passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-1}))
    [ "${bad:-1}" -eq 0 ] || tail -n 200 "$log"
    echo "$(basename "$1"): $line"
}
mapfile -t units < <(find "$build/tests" -mindepth 2 -name '*_test' -type f | sort)
count tests/run_unit.sh "${units[@]}"
count tests/golden/run.sh "$build"
count tests/fuzz/run.sh "$build"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
