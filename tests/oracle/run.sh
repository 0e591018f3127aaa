#!/bin/sh
exec python3 tests/oracle/oracle.py "$1"
