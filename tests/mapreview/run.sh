#!/bin/sh
exec python3 tests/mapreview/mapreview.py "$1"
