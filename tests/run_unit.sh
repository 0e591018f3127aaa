#!/bin/sh
# Runs each CMocka binary given; prints its failures; ends with "N passed, N failed".
passed=0 failed=0
for bin; do
    out=$("$bin" 2>&1); rc=$?
    ok=$(printf '%s\n' "$out" | grep -c '^\[       OK \]')
    bad=$(printf '%s\n' "$out" | grep '^\[  FAILED  \] [a-z]' | sort -u | wc -l)
    if [ $rc -ne 0 ]; then
        printf '%s\n%s\n' "--- $bin" "$out" | grep -v -e '^\[ RUN' -e '^\[       OK'
        [ "$bad" -eq 0 ] && bad=1
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
