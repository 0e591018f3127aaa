#!/bin/sh
exec python3 tests/whatif/whatif.py "$1"
