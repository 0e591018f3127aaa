#!/bin/bash
# The installed tree: what stands in it, what a vendor builds against it, what the documents say of it.
# Called with the build directory; the last line is 'N passed, N failed'.
build=${1:-build}
here=tests/package
. tests/support/check.sh
CC=${CC:-gcc} CXX=${CXX:-g++}
version=$(sed -n 's/^VERSION := //p' Makefile)

# Packagers install into DESTDIR, others into a prefix.
install_into() { make -s BUILD="$build" install "$@"; }
check "make install DESTDIR, /usr" install_into DESTDIR="$work/usr" PREFIX=/usr LIBDIR=/usr/lib
check "make install DESTDIR, /opt/x" install_into DESTDIR="$work/opt" PREFIX=/opt/x
check "make install PREFIX" install_into PREFIX="$work/prefix"
same_files() { # same_files ROOT: the committed list beside the example hospital
    (cd "$1" && find . ! -type d | sed 's|^\./||' | grep -v '^share/settle/example/' | LC_ALL=C sort) |
        diff $here/installed.txt -
}
broken_links() { # broken_links DIR: what its pages point to and is not there
    (cd "$1" && for page in *.md; do
        grep -o '](\([^)#]*\)' "$page" | sed 's/^](//' | grep -v '://' | while read -r target; do
            [ -z "$target" ] || [ -e "$target" ] || echo "$page: $target"
        done
    done)
}
for root in usr/usr opt/opt/x prefix; do
    check "files installed in $root" same_files "$work/$root"
    check "links of the pages in $root" nothing broken_links "$work/$root/share/doc/libsettle-dev"
    check "example in $root" diff -r examples/hospital "$work/$root/share/settle/example"
done
check "nothing beside the prefix" nothing find "$work/usr" "$work/opt" ! -type d \
    ! -path "$work/usr/usr/*" ! -path "$work/opt/opt/x/*"
check "a broken link is noticed" sh -c 'cp -r "$1" "$1-broken" && rm "$1-broken/json.md"' sh "$work/opt/opt/x/share/doc/libsettle-dev"
check "it is named" sh -c 'echo "$1" | grep -q "vendors.md: json.md"' sh "$(broken_links "$work/opt/opt/x/share/doc/libsettle-dev-broken")"
rm -rf "$work/opt/opt/x/share/doc/libsettle-dev-broken"
check "modes" nothing find "$work/usr" ! -type l ! -perm 644 ! -perm 755

# The library and the command as files.
lib=$work/prefix/lib/libsettle.so.$version bin=$work/prefix/bin/settle
dynamic() { readelf -dW "$1" | grep -qE "$2"; }
check "soname" dynamic "$lib" 'SONAME.*\[libsettle\.so\.0\]'
check "library bound at start" dynamic "$lib" 'BIND_NOW|FLAGS.*NOW'
check "library never unloaded" dynamic "$lib" 'FLAGS_1.*NODELETE'
check "library without rpath" refuses dynamic "$lib" 'RPATH|RUNPATH'
check "command without rpath" refuses dynamic "$bin" 'RPATH|RUNPATH'
check "command needs the soname" dynamic "$bin" 'NEEDED.*\[libsettle\.so\.0\]'
check "relocations read-only" sh -c 'readelf -lW "$1" | grep -q GNU_RELRO' sh "$lib"
check "stack not executable" sh -c 'readelf -lW "$1" | grep "GNU_STACK.*RW "' sh "$lib"
# Names that a program linked with the static library shares with it.
foreign_names() { nm -g --defined-only "$1" | awk 'NF == 3 && $3 !~ /^(settle|stl|STL|api)_/ { print $3 }'; }
check "static library keeps to its names" nothing foreign_names "$work/prefix/lib/libsettle.a"

# A vendor's program, by pkg-config alone.
pc() { PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig" pkg-config "$@"; }
strict="-Wall -Wextra -Werror -pedantic"
example=$work/prefix/share/doc/libsettle-dev/examples/settle_one.c
check "pkg-config says the version" sh -c '[ "$1" = "$2" ]' sh "$(pc --modversion settle)" "$version"
dynamically() { $CC -std=c99 $strict "$example" -o "$work/dynamic" $(pc --cflags --libs settle); }
statically() {
    $CC -std=c99 $strict "$example" -o "$work/static" $(pc --cflags settle) -L"$work/prefix/lib" -l:libsettle.a \
        $(pc --static --libs settle | sed 's/-lsettle//')
}
in_sysroot() { # the tree of a package, not yet at its place
    $CC -std=c99 $strict "$example" -o "$work/sysroot" $(PKG_CONFIG_SYSROOT_DIR="$work/opt" \
        PKG_CONFIG_LIBDIR="$work/opt/opt/x/lib/pkgconfig:$(pkg-config --variable pc_path pkg-config)" \
        pkg-config --cflags --libs settle)
}
followed() { $CC -std=c99 $strict "${example%/*}/running_stay.c" -o "$work/running" $(pc --cflags --libs settle); }
from_cxx() {
    printf '#include <settle/settle.h>\nint main() { return settle_version() ? SETTLE_OK : 1; }\n' >"$work/user.cc"
    $CXX -std=c++11 $strict "$work/user.cc" -o "$work/cxx" $(pc --cflags --libs settle)
}
alone() { # each header can be the only one
    for header in "$work"/prefix/include/settle/*.h; do
        echo "#include <settle/${header##*/}>" | $CC -std=c99 $strict -fsyntax-only -x c $(pc --cflags settle) - || return 1
    done
}
for way in dynamically statically in_sysroot followed from_cxx alone; do check "compiles: $way" $way; done

export LD_LIBRARY_PATH=$work/prefix/lib LC_ALL=C
check "static program needs no library" refuses dynamic "$work/static" 'NEEDED.*libsettle'
check "C++ program runs" "$work/cxx"
fresh_home() { rm -rf "$work/home" && "$bin" init "$work/home"; }
for program in dynamic static sysroot; do
    check "$program: init" fresh_home
    check "$program: settles" exits 0 "$work/$program" "$work/home" "$work/home/stays" S01
    check "$program: prints the settlement" grep -q '"fund_pay_sumamt"' "$work/said"
done
check "command verifies what the program settled" sh -c '"$1" document -C "$2" S01 >"$3" && "$1" verify -C "$2" "$3"' \
    sh "$bin" "$work/home" "$work/S01.xml"
check "settled twice" exits 1 "$work/dynamic" "$work/home" "$work/home/stays" S01
check "a stay that stops" exits 1 "$work/dynamic" "$work/home" "$work/home/stays" S03
check "prints its findings" grep -q '"rule_id":"V3"' "$work/said"
check "unknown stay" exits 3 "$work/dynamic" "$work/home" "$work/home/stays" S99
check "says so" grep -q '没有这次就诊' "$work/said"
check "no such input" exits 3 "$work/dynamic" "$work/home" "$work/nowhere" S01
check "no home" exits 4 "$work/dynamic" "$work/nowhere" "$work/home/stays" S01
check "too few arguments" exits 2 "$work/dynamic" "$work/home" S01
check "too many arguments" exits 2 "$work/dynamic" "$work/home" "$work/home/stays" S01 S02
follows() { # follows PRICE: the running stay example with a charge of that price
    printf '{"charges":[{"feedetl_sn":"1","fee_ocur_time":"2025-04-08 08:00:00","medins_list_codg":"F100231",%s' \
        "\"cnt\":\"1\",\"pric\":\"$1\",\"det_item_fee_sumamt\":\"$1\"}]}" >"$work/charge.json"
    "$work/running" "$work/home" S01 "$work/charge.json"
}
check "a dear charge is told" exits 1 follows 99.00
check "by its rule" grep -q '"rule_id":"V3"' "$work/said"
check "unreadable key" sh -c 'chmod 644 "$1"/keys/*.key && ! "$2" "$1" "$1/stays" S02' sh "$work/home" "$work/dynamic"

# The documents.
shown() { # shown PAGE EXAMPLE WHICH: that C code of the page is a part of the example, and as short as promised
    python3 - "$1" "$2" "$3" <<'PYTHON'
import re, sys
page, example = (open(path, encoding="utf-8").read() for path in sys.argv[1:3])
one, other = re.findall(r"```c\n(.*?)```", page, re.S)
code = {"first": one, "second": other}[sys.argv[3]]
lines = [line for line in code.splitlines() if line]
sys.exit(0 if code in example and len(lines) <= 24 else f"{len(lines)} lines, {'' if code in example else 'not '}in the example")
PYTHON
}
check "vendors.md shows the example" shown docs/vendors.md examples/settle_one.c first
check "vendors.md shows the running stay" shown docs/vendors.md examples/running_stay.c second
sed 's/settle_free(answer);/free(answer);/' docs/vendors.md >"$work/vendors.md"
check "vendors.md shows other code" refuses shown "$work/vendors.md" examples/settle_one.c first
check "commands, options and man pages agree" python3 $here/man_pages.py "$bin" "$work/prefix/share/man"
for page in packaging/man/*; do
    check "mandoc likes ${page##*/}" nothing mandoc -T lint -W warning "$page"
done

# One version everywhere.
says() { grep -qE "$1" "$2"; }
v=${version//./\\.}
check "version of the command" sh -c '[ "$("$1" --version)" = "settle $2" ]' sh "$bin" "$version"
check "version in the deb" says "^libsettle \($v-" packaging/deb/changelog
check "version in the rpm" says "^Version: +$v$" packaging/rpm/libsettle.spec
check "version in the change log" says "^## $v" CHANGELOG.md
check "version in man pages" nothing grep -L "^\.Os libsettle $v$" packaging/man/*
summary
