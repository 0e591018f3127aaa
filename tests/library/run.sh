#!/bin/sh
exec python3 tests/library/library.py "$1" 40
