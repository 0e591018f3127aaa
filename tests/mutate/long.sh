#!/bin/sh
# Whether the gate can fail, then the gate.
make -s BUILD="$1" mutate-made && python3 tests/mutate/gate.py "$1" && exec make -s BUILD="$1" mutate
