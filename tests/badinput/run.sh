#!/bin/sh
exec python3 tests/badinput/badinput.py "$1"
