#!/bin/sh
# The house: floors, mistakes, exports, globals and imports, formatting of headers, translations.
build=$1
passed=0 failed=0
verdict() {
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $*"; fi
}
translated() {
    xgettext -k_ -kN_ -kngettext:1,2 --from-code=UTF-8 --no-location -o "$build/settle.pot" plugin/cli/*.c plugin/cli/po/argp.h &&
        msgcmp plugin/cli/po/zh_CN.po "$build/settle.pot"
}
verdict python3 tests/house/floors.py .
verdict python3 tests/house/mistakes.py .
verdict python3 tests/house/exports.py libsettle/include/settle "$build/lib/libsettle.so"
verdict python3 tests/house/globals.py "$build"
verdict translated
verdict make -s check-format
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
