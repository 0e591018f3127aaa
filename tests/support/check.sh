# Counting for groups written in shell; sourced. Each check runs a command and shows its output when it fails;
# the next one finds that output in $work/said.
passed=0 failed=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

check() { # check NAME COMMAND...
    local name=$1
    shift
    [ ! -f "$work/check.out" ] || mv "$work/check.out" "$work/said"
    if "$@" >"$work/check.out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        head -n 30 "$work/check.out"
    fi
}
exits() { # exits CODE COMMAND...
    local wanted=$1 code=0
    shift
    "$@" || code=$?
    [ $code -eq "$wanted" ] || { echo "exit code $code, expected $wanted"; return 1; }
}
refuses() { # the twin of a check that accepts: COMMAND must fail
    ! "$@"
}
nothing() { # nothing COMMAND...: it prints nothing
    local out
    out=$("$@") || true
    [ -z "$out" ] || { printf '%s\n' "$out"; return 1; }
}
summary() {
    echo "$passed passed, $failed failed"
    [ $failed -eq 0 ]
}
