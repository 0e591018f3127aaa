#!/bin/sh
exec python3 tests/basedata/basedata.py "$1"
