#!/bin/sh
exec python3 tests/desk/desk.py "$1"
