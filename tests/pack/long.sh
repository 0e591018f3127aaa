#!/bin/sh
# A pack of 1,000,000 catalogue and cap rows and a compiled mapping of that size open below 20 ms.
test=$1/tests/pack/million_test
make -s BUILD="$1" "$test" && STL_TEST_ROWS=1000000 exec tests/run_unit.sh "$test"
