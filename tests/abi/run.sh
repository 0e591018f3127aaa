#!/bin/bash
# What a release promised to programs holds: tests/abi/<release>/ has its headers and symbols, never edited later.
# Called with the build directory; the last line is 'N passed, N failed'.
build=${1:-build}
here=tests/abi headers=libsettle/include/settle
. tests/support/check.sh
CC=${CC:-gcc}
library=$build/lib/libsettle.so
export LD_LIBRARY_PATH=$build/lib

exported() { nm -D --defined-only "$library" | sed -nE 's/^[0-9a-f]+ [TDBR] (.+)@@(.+)$/\1 \2/p' | LC_ALL=C sort; }
keeps_symbols() { exported | LC_ALL=C comm -13 - "$1"; }
scripted() { # the version script names each symbol, under one release
    awk '/^LIBSETTLE/ { node = $1 } /^ +settle_[a-z_]+;/ { sub(";", ""); print $1, node }' "$1" | LC_ALL=C sort | diff - <(exported)
}
changed() { # changed NAME SED: a copy of the headers with one thing changed
    rm -rf "${work:?}/$1" && cp -r $headers "$work/$1" && sed -i "$2" "$work/$1"/*.h &&
        ! diff -rq $headers "$work/$1" >/dev/null
}

check "layout" $CC -std=c11 -Wall -Wextra -Werror -fsyntax-only -Ilibsettle/include $here/layout.c
for release in $here/adapter/[0-9]*; do
    check "$release: headers" python3 $here/compare.py "$release/settle" $headers
done
check "version script" scripted libsettle/libsettle.sym
for release in $here/[0-9]*; do
    check "$release: headers" python3 $here/compare.py "$release/settle" $headers
    check "$release: symbols" nothing keeps_symbols "$release/symbols"
    check "$release: program compiles" $CC -std=c99 -Wall -Wextra -Werror -I"$release" $here/program.c \
        -o "$work/program" -L"$build/lib" -lsettle
    rm -rf "$work/home"
    check "$release: home" "$build/bin/settle" init "$work/home"
    check "$release: program runs" "$work/program" "$work/home" "$work/home/stays" S01
done

# The comparison sees what breaks programs, and lets through what does not.
breaks() {
    check "notices: $1" changed "$1" "$2"
    check "refuses: $1" refuses python3 $here/compare.py $here/0.1/settle "$work/$1"
}
breaks renumbered 's/X(INPUT_CSV, -3003/X(INPUT_CSV, -3099/'
breaks renamed 's/X(INPUT_CSV,/X(INPUT_COMMA,/'
breaks reused 's/X(INPUT_CSV, -3003/X(INPUT_NEW, -3002, "", "", "", "") X(INPUT_CSV, -3003/'
breaks gone 's/SETTLE_API uint32_t settle_source_count(.*;//'
breaks parameter 's/settle_stay_free(settle_stay \*stay)/settle_stay_free(settle_stay *stay, int32_t how)/'
breaks answer 's/SETTLE_API uint32_t settle_source_count/SETTLE_API int32_t settle_source_count/'
breaks inserted 's/^    int32_t lang; /    int32_t zone; int32_t lang; /'
breaks constant 's/SETTLE_VERDICT_STOPS = 1/SETTLE_VERDICT_STOPS = 2/'
breaks type 's/^typedef int32_t settle_status;/typedef int64_t settle_status;/'
check "a longer struct" changed longer 's/^    int64_t fixed_time_s;/    int64_t fixed_time_s; int64_t more;/'
check "is allowed" python3 $here/compare.py $here/0.1/settle "$work/longer"
sed 's/^settle_free /settle_gone /' $here/0.1/symbols >"$work/symbols"
check "a lost symbol is seen" refuses nothing keeps_symbols "$work/symbols"
summary
