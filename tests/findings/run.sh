#!/bin/sh
exec python3 tests/findings/findings.py "$1"
