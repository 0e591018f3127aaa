#!/bin/sh
# Ten times as many, of another draw.
exec python3 tests/corpus/corpus.py "$1" 20000 7
