#!/bin/sh
exec python3 tests/mapping/mapping.py "$1"
