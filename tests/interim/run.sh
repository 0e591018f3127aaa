#!/bin/sh
exec python3 tests/interim/interim.py "$1"
