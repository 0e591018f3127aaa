#!/bin/sh
exec python3 tests/ruleset/ruleset.py "$1"
