# Bare Debian roots for tests; sourced inside a mount namespace of its own. They take the mirror, proxies and
# resolver of the machine. $roots holds the base as a tar file; each root is unpacked from it.
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
as=()
