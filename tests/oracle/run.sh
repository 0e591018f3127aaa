#!/bin/sh
# The second opinion: 4,400 stays under random packs of 50 each, 702 under the shipped ones. The seeds are fixed.
build=$1 here=$(dirname "$0") bad=0 passed=0 failed=0
count() {
    out=$("$@") || bad=1
    echo "$out"
    counts=$(echo "$out" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' | tail -n 1)
    passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
}
count "$here/compare.py" "$build" 1 88 50
count "$here/compare.py" "$build" 1 shipped 54
count "$here/properties.py" "$build" 20001 9 20
count "$here/explained.py" "$build" 30001 5 10
echo "$passed passed, $failed failed"
[ $bad -eq 0 ] && [ $failed -eq 0 ]
