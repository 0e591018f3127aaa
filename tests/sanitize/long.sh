#!/bin/bash
# ASan and UBSan over everything, threads under TSan, valgrind. The last line is 'N passed, N failed'.
passed=0 failed=0
for check in asan tsan valgrind; do
    out=$(make -s BUILD="$1" check-$check 2>&1)
    code=$?
    line=$(tail -n 1 <<<"$out")
    counts=$(sed -nE 's/^(.*[^0-9])?([0-9]+) passed, ([0-9]+) failed.*$/\2 \3/p' <<<"$line")
    ok=${counts% *} bad=${counts#* }
    [ -n "$counts" ] || { ok=0 bad=1; }
    [ $code -eq 0 ] || [ "$bad" -ne 0 ] || bad=1
    [ "$bad" -eq 0 ] || tail -n 100 <<<"$out"
    echo "$check: $ok passed, $bad failed"
    passed=$((passed + ok)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
