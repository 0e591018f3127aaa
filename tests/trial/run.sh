#!/bin/sh
exec python3 tests/trial/trial.py "$1"
