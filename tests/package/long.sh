#!/bin/bash
# Packages built twice byte for byte, judged by lintian and rpmlint, installed into bare Debian roots and used there;
# and the README's two commands in a bare root. Needs root and a Debian mirror.
# Called with the build directory; the last line is 'N passed, N failed'.
if [ "$(id -u)" -ne 0 ]; then
    echo "skipped: packages in bare roots (needs root)"
    echo "0 passed, 0 failed"
    exit 0
fi
# Mounts and processes end with this program.
[ -n "$SETTLE_ALONE" ] || SETTLE_ALONE=1 exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
build=$(realpath "${1:-build}")
# Bare Debian roots: unpacked from a base that is kept as a tar file; they take the mirror, proxies and resolver
# of the machine.
roots=$build/roots root='' as=()
. tests/support/check.sh
version=$(sed -n 's/^VERSION := //p' Makefile)
told() { echo "  ($SECONDS s) $*"; }

release=bookworm
# shellcheck disable=SC2016
mirror() { apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' | awk -v r=$release '$2 == r && $3 == "main" { print $1; exit }'; }

make_base() {
    [ -s "$roots/$release.tar" ] && return
    mkdir -p "$roots"
    rm -rf --one-file-system "$roots/base"
    debootstrap --variant=minbase $release "$roots/base" "$(mirror)" || return
    tar -C "$roots/base" --exclude='./var/cache/apt/archives/*.deb' -cf "$roots/$release.tar.part" . &&
        mv "$roots/$release.tar.part" "$roots/$release.tar"
    rm -rf --one-file-system "$roots/base"
}
make_root() { # make_root NAME: sets root
    root=$roots/$1
    drop_root && mkdir -p "$root" && tar -C "$root" -xf "$roots/$release.tar" || return
    mount -t proc proc "$root/proc" && mount -t tmpfs tmpfs "$root/dev/shm" || return
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    rm -f "$root/etc/apt/sources.list"
    cp /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null
    cp /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources "$root/etc/apt/sources.list.d/" 2>/dev/null
    grep -lE '^ *Acquire' /etc/apt/apt.conf.d/* 2>/dev/null | xargs -r cp -t "$root/etc/apt/apt.conf.d/"
}
drop_root() {
    umount -R "$root/proc" "$root/dev/shm" 2>/dev/null
    rm -rf --one-file-system "$root"
}
within() { # within COMMAND...: in the root, with nothing of this environment but the way to the network
    mapfile -t proxies < <(env | grep -iE '^(http|https|no)_proxy=')
    env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C "${proxies[@]}" chroot "${as[@]}" "$root" "$@" </dev/null
}

# Twice: other place, zone, language and umask, and minutes later.
one=$build/package/one two=$build/package/another/place
first() { TZ=UTC LC_ALL=C make -s BUILD="$one" "$1"; }
second() { (umask 077 && TZ=Asia/Shanghai LC_ALL=C.UTF-8 LANGUAGE=zh_CN make -s BUILD="$two" "$1"); }
same() { # same FOLDER PATTERN
    local files
    files=$(cd "$one/$1" && find . -name "$2" | sort)
    [ -n "$files" ] && (cd "$one/$1" && sha256sum $files) | (cd "$two/$1" && sha256sum -c)
}
rm -rf "$build/package"
for kind in deb rpm; do
    check "make $kind" first $kind
    check "make $kind again" second $kind
    check "$kind: byte for byte the same" same $kind "*.$kind"
    told "$kind built twice"
done
check "lintian" lintian --fail-on error --suppress-tags initial-upload-closes-no-bugs "$one"/deb/*.changes
sed "s/^/  /" "${work:?}/check.out"
mapfile -t rpms < <(find "$one/rpm/RPMS" -name '*.rpm' | sort)
check "rpmlint" rpmlint -c packaging/rpm/rpmlint.toml packaging/rpm/libsettle.spec "${rpms[@]}"

# What the rpms ask of the system, found by rpmbuild in the files.
requires() { rpm -qp --requires "$one"/rpm/RPMS/*/"$1"-"$version"-*.rpm; }
needs() { # needs PACKAGE CAPABILITY...
    local package=$1 missing=0
    shift
    for capability; do requires "$package" | grep -qxF "$capability" || { echo "$package lacks $capability"; missing=1; }; done
    return $missing
}
check "requires of libsettle0" needs libsettle0 'libcrypto.so.3()(64bit)' 'libxml2.so.2()(64bit)' \
    'libsqlite3.so.0()(64bit)' 'libyajl.so.2()(64bit)' 'libinih.so.1()(64bit)' 'libcsv.so.3()(64bit)'
check "requires of settle-tools" needs settle-tools 'libsettle.so.0()(64bit)' 'libsettle.so.0(LIBSETTLE_0.1)(64bit)'
check "requires of libsettle-devel" needs libsettle-devel "libsettle0(x86-64) = $version-1" 'pkgconfig(libxml-2.0)' libcsv-devel

check "bare root" make_base
told "base root"

settles() { # settles HOW: the command as a user without rights, on an example home of its own
    as=(--userspec=1000:1000) home=/srv/user/home
    install -d -o 1000 -g 1000 "$root/srv/user"
    check "$1: init" within settle init $home
    check "$1: import" within settle import -C $home $home/stays
    check "$1: findings stop" exits 1 within settle submit -C $home S03
    check "$1: settles" exits 8 within settle submit -C $home S01
    within settle document -C $home S01 >"$root/srv/S01.xml"
    check "$1: verifies" within settle verify -C $home /srv/S01.xml
    check "$1: without a home" within settle verify -k $home/keys/ca.pem /srv/S01.xml
    sed 's/medfee_sumamt="\([0-9]*\)\./medfee_sumamt="9\1./' "$root/srv/S01.xml" >"$root/srv/changed.xml"
    check "$1: refuses a changed one" refuses within settle verify -k $home/keys/ca.pem /srv/changed.xml
    check "$1: help in Chinese" within settle --help --lang=zh
    check "$1: is Chinese" grep -q 用法 "$work/said"
    as=()
}
apt() { within env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@"; }
compiles() { # compiles EXAMPLE: the vendors' program, by pkg-config alone
    within sh -c 'cc -std=c99 -Wall -Wextra -Werror "$1" -o /usr/local/bin/settle_one $(pkg-config --cflags --libs settle)' sh "$1"
}
compiles_statically() {
    within sh -c 'cc -std=c99 "$1" -o /usr/local/bin/settle_one_static $(pkg-config --cflags settle) -l:libsettle.a \
        $(pkg-config --static --libs settle | sed s/-lsettle//)' sh "$1"
}
program_settles() {
    as=(--userspec=1000:1000)
    check "$1: program settles" exits 0 within settle_one $home $home/stays S02
    check "$1: program, unknown stay" exits 3 within settle_one $home $home/stays S99
    as=()
}

database() { # a hospital system as a SQLite file, and [odbc his] of the home
    python3 - "$root/srv/user/his.db" <<'EOF'
import sqlite3, sys
sys.path.insert(0, "tests/mapreview")
from systems import SYSTEMS
db = sqlite3.connect(sys.argv[1])
for table, rows in SYSTEMS["newtouch"][1].items():
    db.execute(f"CREATE TABLE {table}({', '.join(rows[0])})")
    db.executemany(f"INSERT INTO {table} VALUES({', '.join('?' * len(rows[0]))})", [tuple(row.values()) for row in rows])
db.commit()
EOF
    printf '[odbc his]\nconnection = Driver=SQLite3;Database=/srv/user/his.db\n' >>"$root$home/settle.ini"
}
live() { # live HOW MODULE: a database read by the installed module
    check "$1: a database" database
    check "$1: lists the module" within settle adapter list -C $home
    check "$1: by its name" grep -q '^odbc  *module' "$work/said"
    as=(--userspec=1000:1000)
    check "$1: reads the database" within settle map import -a newtouch -C $home odbc:his
    check "$1: what it holds" grep -q '^2 proposals' "$work/said"
    as=()
}
twice_nought() { [ "$(grep -c '^0 ' "$work/said")" -eq 2 ]; }
legacy() { # legacy HOW MODULE: a HIS that loads the plugin, compiled there
    cp tests/legacy/host.c "$root/srv/"
    check "$1: host compiles" within cc -std=gnu11 /srv/host.c -o /usr/local/bin/settle_one_host -ldl -pthread
    printf 'I\nB %s\n' "$(printf '9100^H^OP9901^^20260101000000-H-0001^^^1^' | od -An -v -tx1 | tr -d ' \n')" >"$root/srv/calls"
    as=(--userspec=1000:1000)
    check "$1: host signs in" within sh -c "SETTLE_HOME=$home settle_one_host $2 </srv/calls"
    check "$1: twice 0" twice_nought
    as=()
}

make_root deb
cp "$one"/deb/*.deb "$root/srv/"
check "deb: apt-get update" apt update
check "deb: installs" apt install "/srv/libsettle0_$version-1_amd64.deb" "/srv/settle-tools_$version-1_amd64.deb" \
    "/srv/settle-adapters_$version-1_amd64.deb"
settles deb
check "deb: live databases" apt install "/srv/settle-odbc_$version-1_amd64.deb" libsqliteodbc
live deb
check "deb: man pages" within sh -c 'ls /usr/share/man/man1/settle-submit.1.gz /usr/share/man/man5/settle.ini.5.gz'
check "deb: licence" within ls /usr/share/doc/libsettle0/copyright
check "deb: development" apt install "/srv/libsettle-dev_$version-1_amd64.deb" gcc libc6-dev pkg-config
check "deb: program compiles" compiles /usr/share/doc/libsettle-dev/examples/settle_one.c
check "deb: program compiles statically" compiles_statically /usr/share/doc/libsettle-dev/examples/settle_one.c
program_settles deb
check "deb: an adapter is judged" within settle-adapter-check csv /usr/share/settle/example/stays
check "deb: plugin" apt install "/srv/settle-legacy_$version-1_amd64.deb"
legacy deb /usr/lib/x86_64-linux-gnu/settle/settle_legacy.so
check "deb: purges" apt purge libsettle0 libsettle-dev settle-tools settle-adapters settle-odbc settle-legacy
check "deb: leaves nothing" nothing within find /usr /etc /var -name '*settle*' ! -name 'settle_one*' ! -path '/var/log/*'
drop_root
told "debs in a bare root"

make_root rpm
check "rpm: apt-get update" apt update
check "rpm: libraries" apt install libxml2 libssl3 libsqlite3-0 libyajl2 libinih1 libcsv3 libodbc2 libsqliteodbc
echo /usr/lib64 >"$root/etc/ld.so.conf.d/lib64.conf" # as where rpms are at home
check "rpm: installs" rpm --root "$root" --force-debian --nodeps -i "${rpms[@]}"
check "rpm: files as packed" rpm --root "$root" --force-debian --nodeps -V libsettle0 libsettle-devel settle-tools settle-adapters settle-odbc settle-legacy
settles rpm
live rpm
check "rpm: development" apt install gcc libc6-dev pkg-config libxml2-dev libssl-dev libsqlite3-dev libyajl-dev libinih-dev libcsv-dev
within ln -s /usr/lib64/pkgconfig/settle.pc /usr/share/pkgconfig/settle.pc
check "rpm: program compiles" compiles /usr/share/doc/libsettle-devel/examples/settle_one.c
program_settles rpm
check "rpm: an adapter is judged" within settle-adapter-check csv /usr/share/settle/example/stays
legacy rpm /usr/lib64/settle/settle_legacy.so
drop_root
told "rpms in a bare root"

# A newcomer: a fresh clone, nothing else.
mapfile -t commands < <(sed -nE 's/^(sh [a-z]+\/[a-z]+\.sh)( .*)?$/\1/p' README.md)
check "README has two commands" test ${#commands[@]} -eq 2
make_root bare
git -c safe.directory='*' clone -q --no-local . "$root/srv/libsettle"
check "bare: no compiler, no make" refuses within sh -c 'command -v cc gcc make'
newcomer() { within sh -c "cd /srv/libsettle && $1" >"$build/package/$2.log" 2>&1 || { tail -n 60 "$build/package/$2.log"; false; }; }
demo_shows() { grep -qE "$1" "$build/package/demo.log"; }
check "bare: ${commands[0]}" newcomer "${commands[0]}" demo
check "demo: a finding" demo_shows 'V3 .*cap'
check "demo: the settlement" demo_shows '^Settled: message [0-9A-Z]+'
check "demo: what the fund pays" demo_shows 'fund [0-9]+.*: [0-9]+\.[0-9]{2} of [0-9]+\.[0-9]{2} yuan'
check "demo: xmlsec1 verifies" demo_shows '^OK$'
told "${commands[0]} in a bare root"
check "bare: ${commands[1]}" newcomer "${commands[1]}" tests
last_line() { tail -n 1 "$build/package/tests.log" | grep -E '^[1-9][0-9]* passed, 0 failed$'; }
check "tests: last line" last_line
told "${commands[1]} in a bare root: $(tail -n 1 "$build/package/tests.log")"
drop_root
summary
