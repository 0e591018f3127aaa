#!/bin/bash
# Renews the committed corpus of targets from what make fuzz found: the fewest inputs of at most 8 KiB that
# reach the most, and what is there already. tests/fuzz/pick.sh FUZZ_BUILD MOST TARGET...
fuzz_build=$1 most=$2
shift 2
here=$(dirname "$0")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
for target; do
    mkdir -p "$work/in" "$work/out" "$here/corpus/$target"
    find "$fuzz_build/fuzz/corpus/$target" "$fuzz_build/fuzz/seeds/$target" -type f -size -9k -exec cp -t "$work/in" {} +
    "$fuzz_build/tests/fuzz/fuzz_$target" -set_cover_merge=1 "$work/out" "$work/in" >"$work/log" 2>&1 || tail -n 20 "$work/log"
    # shellcheck disable=SC2012 # names are digests
    ls -S "$work/out" | tail -n "$most" | while read -r file; do
        cp "$work/out/$file" "$here/corpus/$target/${file:0:12}"
    done
    echo "$target: $(find "$here/corpus/$target" -type f | wc -l) inputs"
    rm -rf "$work/in" "$work/out"
done
