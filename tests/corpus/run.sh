#!/bin/sh
exec python3 tests/corpus/corpus.py "$1" 2000
