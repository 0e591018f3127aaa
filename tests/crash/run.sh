#!/bin/sh
exec python3 tests/crash/crash.py "$1"
