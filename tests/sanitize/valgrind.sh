#!/bin/bash
# valgrind over unit tests and the command's way from import to verified document: tests/sanitize/valgrind.sh
# BUILD. The last line is 'N passed, N failed'.
build=$1
# Minutes each under valgrind, without a path that the others lack: a million rows, 100,000 values a type, every
# change of a document, timings, and tests that fork or spin.
slow='pack/million_test wire/facet_test wire/structure_test wire/memory_test pack/examples_test ledger/fault_test
pack/memory_test base/index_test flow/no_memory_test flow/threads_test'
home=$(mktemp -d) || exit 1
trap 'rm -rf "$home"' EXIT
passed=0 failed=0
watch() {
    if valgrind -q --error-exitcode=99 --exit-on-first-error=no --leak-check=full \
        --show-leak-kinds=definite,indirect,possible --errors-for-leak-kinds=definite,indirect,possible \
        --suppressions=tests/sanitize/valgrind.supp "$@" >"$home/log" 2>&1; then
        code=0
    else
        code=$?
    fi
    if [ $code -eq 99 ] || grep -q '^==[0-9]*==' "$home/log"; then
        failed=$((failed + 1))
        echo "--- $*"
        grep -m 60 '^==' "$home/log"
    else
        passed=$((passed + 1))
    fi
}
for bin in $(cd "$build/tests" && find . -mindepth 2 -name '*_test' -type f | sed 's,^\./,,' | sort); do
    grep -qw -- "$bin" <<<"$slow" || watch "$build/tests/$bin"
done
settle=$build/bin/settle
"$settle" init "$home/h" >/dev/null || exit 1
watch "$settle" import -C "$home/h" examples/hospital/stays
watch "$settle" preview --json -C "$home/h" examples/hospital/stays
watch "$settle" explain -C "$home/h" S01
for stay in S01 S02 S03 S04 S05; do
    watch "$settle" submit --json -C "$home/h" $stay
done
"$settle" document -C "$home/h" S01 >"$home/S01.xml"
watch "$settle" verify -C "$home/h" "$home/S01.xml"
watch "$settle" status -C "$home/h"
watch "$settle" audit verify -C "$home/h"
watch "$settle" pack build -C "$home/h" "$home/h/packs/sample-999901" -o "$home/t.pack"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
