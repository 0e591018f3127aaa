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
blind=core.NullDereference,core.NonNullParamChecker,core.CallAndMessage,core.UndefinedBinaryOperatorResult
blind+=,core.uninitialized,unix.Malloc
# The analyzer sees one file at a time, and no scope cleanup: what it says of results of other files' functions and of
# memory is wrong here, so those checkers are off; deeper than shallow it takes minutes and finds no more.
analyze() {
    local flags
    read -ra flags <<<"$(pkg-config --cflags libxml-2.0 libcrypto sqlite3 yajl inih)"
    printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 clang --analyze -std=gnu17 -D_GNU_SOURCE -DSTL_VERSION='"0"' \
        -DSETTLE_DATADIR='"/"' -Ilibsettle -Ilibsettle/include -Iadapters -Iplugin/cli -Ibuild/gen "${flags[@]}" \
        -Xclang -analyzer-werror -Xclang -analyzer-config -Xclang mode=shallow -Xclang -analyzer-disable-checker \
        -Xclang "$blind" -o /dev/null
}
verdict analyzer analyze "${code[@]}"
notices() {
    local bad
    bad=$(mktemp --suffix .c) || return 1
    printf 'static int *keep(void) { int x = 1; return &x; }\nint f(void) { int d = 0; return *keep() / d; }\n' >"$bad"
    said=$(analyze "$bad" 2>&1)
    rm -f "$bad"
    grep -q StackAddressEscape <<<"$said" && grep -q DivideZero <<<"$said"
}
verdict "the analyzer notices" notices
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
