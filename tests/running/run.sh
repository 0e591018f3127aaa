#!/bin/sh
exec python3 tests/running/follow.py "$1"
