#!/bin/sh
# The tests, on a bare machine too: installs what is missing, builds, runs every group.
# The last line counts: 'N passed, N failed'.
set -e
cd "$(dirname "$0")/.."
packaging/deps.sh test
make -s -j"$(nproc)" tests
exec make -s check
