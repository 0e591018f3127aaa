#!/bin/sh
exec python3 tests/stays/stays.py "$1"
