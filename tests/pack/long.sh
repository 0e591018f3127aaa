#!/bin/sh
# A pack of 1,000,000 catalogue and cap rows and a compiled mapping of that size open below 20 ms.
set -e
STL_TEST_ROWS=1000000 make -s BUILD="$1" check-one T=pack/million
