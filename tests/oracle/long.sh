#!/bin/sh
# 200,000 stays under 2,000 random packs and 26,000 under the shipped ones; properties and steps of as many packs more.
here=$(dirname "$0")
bad=0 passed=0 failed=0
count() {
    out=$("$@") || bad=1
    echo "$out" | tail -n 100
    counts=$(echo "$out" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' | tail -n 1)
    passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
}
count "$here/compare.py" "$1" 100001 2000 100
count "$here/compare.py" "$1" 100001 shipped 2000
count "$here/properties.py" "$1" 200001 400 20
count "$here/explained.py" "$1" 300001 100 10
echo "$passed passed, $failed failed"
[ $bad -eq 0 ] && [ $failed -eq 0 ]
