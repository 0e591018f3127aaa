#!/bin/sh
exec python3 tests/live/live.py "$@"
