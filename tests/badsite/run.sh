#!/bin/sh
exec python3 tests/badsite/badsite.py "$1"
