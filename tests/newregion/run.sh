#!/bin/sh
exec python3 tests/newregion/newregion.py "$1"
