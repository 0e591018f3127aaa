#!/bin/sh
exec python3 tests/places/places.py "$1"
