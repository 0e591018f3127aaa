#!/bin/sh
exec python3 tests/override/override.py "$1"
