#!/bin/sh
exec python3 tests/pathways/pathways.py "$1"
