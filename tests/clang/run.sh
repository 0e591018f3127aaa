#!/bin/bash
# The second compiler: every object of library, command and tests, without a warning; its command says the same.
# Called with the build directory; the last line is 'N passed, N failed'.
build=${1:-build}
. tests/support/check.sh
if command -v clang >/dev/null; then
    check "clang compiles everything" make -s -j2 CC=clang CFLAGS=-O0 BUILD="$build/clang" objs-all all
    check "clang's build says the same" python3 tests/determinism/compilers.py "$build" "$build/clang"
    check "clang warns of a narrowing" refuses sh -c \
        'echo "int f(long a) { return a; }" | clang -std=gnu17 -Wall -Wextra -Wconversion -Werror -fsyntax-only -x c -'
else
    echo "skipped: clang is not installed"
fi
summary
