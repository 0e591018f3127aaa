#!/bin/sh
# Both scripts; the last line counts them together.
passed=0 failed=0
for script in tests/pathways/pathways.py tests/pathways/each.py; do
    out=$(python3 "$script" "$1")
    printf '%s\n' "$out"
    counts=$(printf '%s\n' "$out" | tail -n 1 | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p')
    [ -n "$counts" ] || counts="0 1"
    passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
