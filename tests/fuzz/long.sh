#!/bin/bash
# Fuzzes the verifier, whose documents are signed here, then every target of make fuzz: tests/fuzz/long.sh BUILD
# [SECONDS] (or FUZZ_SECONDS). A crash, a leak, a broken claim or a forged document fails.
# The last line is 'N passed, N failed'.
build=$(realpath "${1:-build}")
seconds=${2:-${FUZZ_SECONDS:-60}}
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
flags="-std=gnu17 -g -O1 -D_GNU_SOURCE -Ilibsettle -Ilibsettle/include $(pkg-config --cflags libxml-2.0 libcrypto)"
libs="$(pkg-config --libs libxml-2.0 libcrypto sqlite3 yajl inih) -lcsv"
# shellcheck disable=SC2086
clang $flags -fsanitize=fuzzer,address,undefined -o "$work/fuzz" tests/fuzz/signature_fuzz.c \
    libsettle/{base,xml,sign}/*.c $libs &&
    ${CC:-gcc} $flags -o "$work/documents" tests/interop/documents.c "$build/lib/libsettle.a" $libs || {
    echo "0 passed, 1 failed"
    exit 1
}
now=$(date +%s)
for alg in ecdsa rsa sm2; do
    mkdir -p "$work/$alg" "$work/corpus-$alg"
    "$work/documents" make $alg "$work/$alg" $((now - 86400)) && cp "$work/$alg/doc.xml" "$work/corpus-$alg/"
    if SETTLE_FUZZ_DIR=$work/$alg SETTLE_FUZZ_TIME=$now "$work/fuzz" -max_total_time="$seconds" -max_len=16384 \
        -artifact_prefix="$work/" "$work/corpus-$alg" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        grep -E '^Done' "$work/log"
    else
        failed=$((failed + 1))
        tail -n 40 "$work/log"
    fi
done
out=$(make -s BUILD="$build" FUZZ_BUILD="$build/fuzz" FUZZ_SECONDS="$seconds" fuzz 2>&1)
echo "$out"
counts=$(tail -n 1 <<<"$out" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed.*$/\1 \2/p')
[ -n "$counts" ] || counts="0 1"
passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
