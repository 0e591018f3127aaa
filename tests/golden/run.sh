#!/bin/sh
exec python3 tests/golden/golden.py "$1"
