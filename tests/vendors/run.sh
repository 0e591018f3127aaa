#!/bin/sh
exec python3 tests/vendors/traps.py "$@"
