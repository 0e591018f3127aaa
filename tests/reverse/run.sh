#!/bin/sh
exec python3 tests/reverse/reverse.py "$1"
