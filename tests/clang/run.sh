#!/bin/bash
# The second compiler: every object of library, command and tests, without a warning.
# Called with the build directory; the last line is 'N passed, N failed'.
build=${1:-build}
. tests/support/check.sh
if command -v clang >/dev/null; then
    check "clang compiles everything" make -s -j2 CC=clang CFLAGS=-O0 BUILD="$build/clang" objs-all
    check "clang warns of a narrowing" refuses sh -c \
        'echo "int f(long a) { return a; }" | clang -std=gnu17 -Wall -Wextra -Wconversion -Werror -fsyntax-only -x c -'
else
    echo "skipped: clang is not installed"
fi
summary
