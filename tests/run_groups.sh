#!/bin/bash
# Runs groups of tests side by side: tests/run_groups.sh BUILD GROUP... A group is tests/GROUP/run.sh (called
# with BUILD), the long run tests/X/long.sh where GROUP is X-long, or else the make target check-GROUP. Its last line
# is 'N passed, N failed'.
build=$1
shift
logs=$build/test-logs
mkdir -p "$logs"
for group; do rm -f "$logs/$group.log"; done

run_group() {
    if [ -x "tests/$1/run.sh" ]; then
        "tests/$1/run.sh" "$build" >"$logs/$1.log" 2>&1
    elif [ "$1" != "${1%-long}" ]; then
        "tests/${1%-long}/long.sh" "$build" >"$logs/$1.log" 2>&1
    else
        make -s BUILD="$build" "check-$1" >"$logs/$1.log" 2>&1
    fi
    echo $? >"$logs/$1.rc"
}

jobs=$(nproc)
for group; do
    while [ "$(jobs -r 2>/dev/null | wc -l)" -ge "$jobs" ]; do sleep 0.2; done
    run_group "$group" &
done
wait
passed=0 failed=0
for group; do
    counts=$(sed -nE 's/^(.*[^0-9])?([0-9]+) passed, ([0-9]+) failed.*$/\2 \3/p' "$logs/$group.log" | tail -n 1)
    ok=${counts% *} bad=${counts#* }
    if [ -z "$counts" ]; then
        ok=0 bad=1
    elif [ "$(cat "$logs/$group.rc")" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    fi
    if [ "$bad" -ne 0 ]; then
        echo "--- $group"
        tail -n 60 "$logs/$group.log"
    else
        grep '^skipped' "$logs/$group.log"
    fi
    echo "$group: $ok passed, $bad failed"
    passed=$((passed + ok)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
