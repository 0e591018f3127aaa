#!/bin/bash
# The seeds and the committed inputs of the fuzz targets once more, with the compiler at hand: tests/fuzz/run.sh BUILD.
# The last line is 'N passed, N failed'.
build=$1
make -s BUILD="$build" fuzz-replays || { echo "0 passed, 1 failed"; exit 1; }
seeds=$(mktemp -d) || exit 1
trap 'rm -rf "$seeds"' EXIT
python3 tests/fuzz/seeds.py "$build" "$seeds" || { echo "0 passed, 1 failed"; exit 1; }
passed=0 failed=0
for target in tests/fuzz/corpus/*; do
    name=$(basename "$target")
    if out=$("$build/tests/fuzz/replay_$name" "$target" "$seeds/$name" 2>&1); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "--- $target"
        tail -n 40 <<<"$out"
    fi
done
echo "$passed passed, $failed failed"
[ $passed -gt 0 ] && [ $failed -eq 0 ]
