#!/bin/bash
# make lint: shellcheck, clang's analyzer, Python's parser over what git holds; the library must have been built.
# The last line is 'N passed, N failed'.
cd "$(dirname "$0")/../.." || exit 1
passed=0 failed=0
verdict() {
    local what=$1
    shift
    type "$1" >/dev/null 2>&1 || { echo "skipped $what: there is no $1"; return; }
    if out=$("$@" 2>&1); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "--- $what"
        grep -E "(error|warning|In .* line|SC[0-9]+)" <<<"$out" | head -n 60
    fi
}
mapfile -t code < <(git ls-files 'libsettle/*.c' 'adapters/*.c' 'plugin/*.c')
mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
mapfile -t python < <(git ls-files '*.py')
verdict shellcheck shellcheck -s bash -S warning -e SC2034,SC2046,SC2115,SC2154 "${scripts[@]}"
verdict python python3 -c 'import ast, sys; [ast.parse(open(f).read(), f) for f in sys.argv[1:]]' "${python[@]}"
analyze() {
    local flags
    read -ra flags <<<"$(pkg-config --cflags libxml-2.0 libcrypto sqlite3 yajl inih)"
    printf '%s\n' "${code[@]}" | xargs -P "$(nproc)" -n 1 clang --analyze -std=gnu17 -D_GNU_SOURCE -DSTL_VERSION='"0"' \
        -DSETTLE_DATADIR='"/"' -Ilibsettle -Ilibsettle/include -Iadapters -Iplugin/cli -Ibuild/gen "${flags[@]}" \
        -Xclang -analyzer-werror -Xclang -analyzer-output=text -o /dev/null
}
verdict analyzer analyze
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
