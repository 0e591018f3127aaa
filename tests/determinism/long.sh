#!/bin/bash
# gcc and clang, plain and optimised, with char as on ARM: every byte of every answer is the one of BUILD.
build=$1
passed=0 failed=0
compare() { # compare NAME CC CFLAGS
    local log
    log=$(make -s -j2 BUILD="$build/as-$1" CC="$2" CFLAGS="$3" all 2>&1 &&
        python3 tests/determinism/compilers.py "$build" "$build/as-$1")
    if [[ $(tail -n 1 <<<"$log") == "1 passed, 0 failed" ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2 $3"
        tail -n 20 <<<"$log"
    fi
    rm -rf "$build/as-$1"
}
compare gcc-O0 gcc -O0
# At -O3 gcc doubts what a function gives beside its status.
compare gcc-O3 gcc "-O3 -march=native -Wno-maybe-uninitialized"
compare gcc-unsigned gcc "-O2 -funsigned-char"
if command -v clang >/dev/null; then
    compare clang-O2 clang -O2
else
    echo "skipped: clang is not installed"
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
