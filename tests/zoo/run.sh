#!/bin/sh
exec python3 tests/zoo/zoo.py "$1"
