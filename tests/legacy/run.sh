#!/bin/sh
exec python3 tests/legacy/legacy.py "$1"
