#!/bin/sh
# A hundred times as many sequences of events.
make -s BUILD="$1" "$1/tests/flow/running_property_test" || exit 1
if STL_RUNNING_SEEDS=2400 "$1/tests/flow/running_property_test"; then
    echo "2400 passed, 0 failed"
else
    echo "0 passed, 1 failed"
    exit 1
fi
