#!/bin/sh
# Installs what a bare Debian 12 lacks: packaging/deps.sh run|test. Needs root only when something is missing.
set -e
RUN="gcc make pkg-config gettext libxml2-dev libssl-dev libsqlite3-dev libyajl-dev libinih-dev libcsv-dev xmlsec1"
TEST="g++ clang locales tzdata clang-format libclang-rt-14-dev liblzma-dev zlib1g-dev libcmocka-dev libxmlsec1-dev libxml2-utils openssl sqlite3 python3 valgrind
    openjdk-17-jdk-headless man-db mandoc dpkg-dev debhelper fakeroot lintian rpm rpmlint debootstrap git"
case ${1:-} in
run) wanted=$RUN ;;
test) wanted="$RUN $TEST" ;;
*) echo "usage: packaging/deps.sh run|test" >&2; exit 2 ;;
esac
missing=
for package in $wanted; do
    dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "Missing packages. As root: apt-get install$missing" >&2
    exit 2
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >&2
# shellcheck disable=SC2086
apt-get install -q -y --no-install-recommends $missing >&2
