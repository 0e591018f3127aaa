#!/bin/sh
exec python3 tests/vendors/vendors.py "$1"
