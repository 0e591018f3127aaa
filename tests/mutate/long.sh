#!/bin/sh
exec make -s BUILD="$1" mutate
