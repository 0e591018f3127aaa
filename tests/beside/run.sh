#!/bin/sh
# The checks that make bench compares with find what ours do.
make -s BUILD="$1" "$1/bench/bench" && exec "$1/bench/bench" "$1" equal
