#!/bin/sh
# The checks that make bench compares with find what ours do: on its own stays, and on a generated corpus.
build=$1 bench=$1/bench/bench settle=$1/bin/settle
passed=0 failed=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# The last line of a command counts; without one it failed.
add() {
    "$@" >"$work/out" 2>&1
    counts=$(sed -nE '$s/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$work/out")
    [ -n "$counts" ] || counts="0 1"
    [ "${counts#* }" = 0 ] || cat "$work/out"
    passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
}
on_corpus() {
    python3 tests/corpus/make_corpus.py "$work/corpus" 300 && "$settle" init "$work/home" &&
        cp "$work/corpus/items.csv" "$work/corpus/mapping.csv" "$work/home/hospital" &&
        cp "$work/corpus/catalogue.csv" "$work/home/packs/sample-999901" &&
        "$settle" pack build -C "$work/home" "$work/home/packs/sample-999901" &&
        "$bench" "$build" equal "$work/home" "$work/corpus/stays.ndjson"
}

make -s BUILD="$build" "$bench" && add "$bench" "$build" equal && add on_corpus
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
