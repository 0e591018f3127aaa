#!/bin/sh
# Installs what a bare Debian 12 lacks: packaging/deps.sh run|test|bench. Needs root only when something is missing.
set -e
RUN="gcc make pkg-config gettext libxml2-dev libssl-dev libsqlite3-dev libyajl-dev libinih-dev libcsv-dev xmlsec1 unixodbc-dev"
TEST="g++ clang locales tzdata clang-format libclang-rt-14-dev liblzma-dev zlib1g-dev libcmocka-dev libxmlsec1-dev libxml2-utils openssl sqlite3 python3 valgrind
    openjdk-17-jdk-headless man-db mandoc dpkg-dev debhelper fakeroot lintian rpm rpmlint debootstrap git
    libjna-java libsqliteodbc odbc-postgresql odbc-mariadb mariadb-server postgresql-15"
# What make bench compares with; node with its npm may come from elsewhere than Debian.
BENCH="libxmlsec1-dev libpq-dev"
command -v npm >/dev/null || BENCH="$BENCH nodejs npm"
case ${1:-} in
run) wanted=$RUN ;;
test) wanted="$RUN $TEST" ;;
bench) wanted="$RUN $BENCH" ;;
*) echo "usage: packaging/deps.sh run|test|bench" >&2; exit 2 ;;
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
case $missing in
*postgresql-15*) # tests and benchmark start servers of their own: Debian's is not set up
    apt-get install -q -y --no-install-recommends postgresql-common >&2
    sed -i 's/^#* *create_main_cluster .*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf ;;
esac
# shellcheck disable=SC2086
apt-get install -q -y --no-install-recommends $missing >&2
