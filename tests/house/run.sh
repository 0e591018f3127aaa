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
# A copy of the pages with one thing wrong of each kind: the comparison must name them all.
notices_wrong_pages() {
    work=$(mktemp -d) && mkdir "$work/libsettle" && cp -r ./*.md docs schemas adapters examples tests plugin packaging LICENSE "$work" &&
        cp -r libsettle/rules libsettle/model libsettle/include "$work/libsettle" &&
        rm "$work/docs/policy.md" && sed -i '/^| V5 |/d' "$work/docs/checks.md" && sed -i 's/.day_limit./daily/g' "$work/docs/packs.md" &&
        sed -i 's/.psn_cash_pay./\x60cash\x60/' "$work/docs/json.md" || return 1
    settle=$(cd "$build/bin" && pwd)/settle
    sed -i '/^| V13 /d; /^| V14 | dates/s/the_second_of_admission_is_inside/nothing_shows_it/' "$work/docs/atlas.md"
    faults=$(cd "$work" && { python3 tests/house/docs.py "$settle"; python3 tests/house/atlas.py; })
    rm -rf "$work"
    for fault in 'no such file' 'lacks rule V5' 'lacks day_limit' "says .*'cash'" 'lacks V13' 'no test nothing_shows_it'; do
        echo "$faults" | grep -q "$fault" || { echo "not noticed: $fault"; return 1; }
    done
}
# The same of rules that do not say all that they read.
notices_unsaid_reads() {
    work=$(mktemp -d) && mkdir "$work/libsettle" && cp -r libsettle/rules libsettle/model "$work/libsettle" &&
        sed -i 's|rules/cycle.csv, ||' "$work/libsettle/rules/cycle.c" && sed -i '/\.reads/d' "$work/libsettle/rules/sex.c" &&
        sed -i 's|V30.tests, items.csv|V30.test, item.csv|' "$work/libsettle/rules/tests_only.c" &&
        sed -i 's|parameters.csv hours, ||' "$work/libsettle/rules/late_entry.c" || return 1
    faults=$(python3 tests/house/reads.py "$work")
    rm -rf "$work"
    for fault in 'cycle.c: reads rules/cycle.csv,' 'sex.c: a rule without' 'tests_only.c: reads rules/lists.csv V30.tests,' \
        'tests_only.c: .reads says rules/lists.csv V30.test,' 'says item.csv: no such' 'reads rules/parameters.csv hours'; do
        echo "$faults" | grep -qF "$fault" || { echo "not noticed: $fault"; return 1; }
    done
}
# The same of a detail without Chinese, and of Chinese for what nothing says.
notices_untold_details() {
    work=$(mktemp -d) && cp -r libsettle adapters "$work" && sed -i 's|"no such rule", err|"no rule at all", err|' "$work/libsettle/flow/switches.c" || return 1
    faults=$(python3 tests/house/details.py "$work")
    rm -rf "$work"
    for fault in "no Chinese for 'no rule at all'" "nothing says 'no such rule'"; do
        echo "$faults" | grep -qF "$fault" || { echo "not noticed: $fault"; return 1; }
    done
}
verdict python3 tests/house/docs.py "$build/bin/settle"
verdict notices_wrong_pages
verdict python3 tests/house/reads.py .
verdict python3 tests/house/details.py .
verdict notices_untold_details
verdict notices_unsaid_reads
verdict python3 tests/house/atlas.py .
verdict python3 tests/house/floors.py .
verdict python3 tests/house/mistakes.py .
verdict python3 tests/house/exports.py libsettle/include/settle "$build/lib/libsettle.so"
verdict python3 tests/house/globals.py "$build"
verdict translated
verdict make -s check-format
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
