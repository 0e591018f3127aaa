#!/bin/sh
exec python3 tests/determinism/determinism.py "$1"
