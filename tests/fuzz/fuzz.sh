#!/bin/bash
# Fuzzes the targets: tests/fuzz/fuzz.sh BUILD FUZZ_BUILD SECONDS [TARGET...]. What breaks a claim is kept in
# FUZZ_BUILD/fuzz. The last line is 'N passed, N failed'.
build=$1 fuzz_build=$2 seconds=$3
shift 3
here=$(dirname "$0")
work=$fuzz_build/fuzz
mkdir -p "$work"
python3 "$here/seeds.py" "$build" "$work/seeds" || { echo "0 passed, 1 failed"; exit 1; }
[ $# -gt 0 ] || set -- $(cd "$here" && ls ./*_fuzz.c | sed 's,^\./,,; s,_fuzz\.c$,,' | grep -v '^signature$')
passed=0 failed=0
for target; do
    found=$work/corpus/$target
    seeds=$work/seeds/$target
    mkdir -p "$found" "$seeds" "$here/corpus/$target"
    dict=$here/dict/$target.dict
    if "$fuzz_build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=262144 -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 ${dict:+$([ -f "$dict" ] && echo "-dict=$dict")} -artifact_prefix="$work/$target-" \
        "$found" "$seeds" "$here/corpus/$target" >"$work/$target.log" 2>&1; then
        passed=$((passed + 1))
        runs=$(sed -nE 's/^stat::number_of_executed_units: *//p' "$work/$target.log")
        cover=$(grep -oE 'cov: [0-9]+' "$work/$target.log" | tail -n 1)
        echo "$target: $runs runs, ${cover:-no coverage}"
    else
        failed=$((failed + 1))
        echo "--- $target"
        grep -vE "^#[0-9]+" "$work/$target.log" | tail -n 40
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
