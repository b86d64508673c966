#!/bin/sh
# Two or more hosts on one LAN, each with an LXD daemon of its own; for the tests, as root.
# It prints `ready` when it is, and takes all of it away when its standard input ends: whatever becomes of the test that
# started it, nothing of it stays. FOLDER/HOST.pid is a process in the host, by its number in the bed's namespace.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
# shellcheck disable=SC2016 # that is for the inner shell
#
# usage: unshare --net --mount --pid --fork --kill-child --propagation private sh bed.sh FOLDER LAN HOST...
# The network namespace that it runs in is the LAN's. FOLDER is where the daemons' logs and the images are.
set -eu
folder=$1 lan=$2
shift 2

# The cgroups come from the machine; /proc and /sys show the namespaces that they are mounted in.
mount -t proc proc /proc
mkdir -p "${folder}/cgroup"
mount --rbind /sys/fs/cgroup "${folder}/cgroup"

# image NAME: a root file system of busybox, with an init that the function of that name prints
image() {
    root=${folder}/$1
    mkdir -p "${root}/rootfs"
    (
        cd "${root}/rootfs"
        mkdir bin sbin proc sys dev etc tmp root usr var run lib
        ln -s /run var/run
        cp "$(command -v busybox)" bin/busybox
        for applet in $(busybox --list); do
            [ "${applet}" = busybox ] || ln -s /bin/busybox "bin/${applet}"
        done
        "$1" >sbin/init
        chmod 755 sbin/init
    )
    printf 'architecture: %s\ncreation_date: 1700000000\nproperties: {os: busybox, description: %s}\n' \
        "$(uname -m)" "$1" >"${root}/metadata.yaml"
    tar -C "${root}" -cf "${folder}/$1.tar" metadata.yaml rootfs
    rm -rf "${root}"
}

# An init that leaves the network alone.
bare() {
    cat <<'END'
#!/bin/sh
mount -t proc proc /proc
trap 'exit 0' TERM PWR INT
while :; do sleep 1000 & wait $!; done
END
}

# An init that configures the network with ifupdown, as Debian's and Alpine's do; the image's own file asks for DHCP.
ifupdown() {
    mkdir -p etc/network/if-up.d etc/network/if-pre-up.d
    printf 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n' >etc/network/interfaces
    cat <<'END'
#!/bin/sh
mount -t proc proc /proc
trap 'exit 0' TERM PWR INT
mount -t tmpfs tmpfs /run
# busybox ifup has no patience with a loopback that is up, and LXC has brought it up.
ip address flush dev lo
ifup -a >/var/ifup.log 2>&1 &
while :; do sleep 1000 & wait $!; done
END
}

# host NAME: its NIC eth0 is plugged to the LAN; /run, /sys and LXD's folders are its own
host() {
    unshare --net --mount --propagation private sh -c '
        mount -t tmpfs tmpfs /run
        mkdir -p /run/netns /var/lib/lxd /var/log/lxd /var/cache/lxd
        for own in /var/lib/lxd /var/log/lxd /var/cache/lxd; do mount -t tmpfs tmpfs "${own}"; done
        mount -t sysfs sysfs /sys
        mount --rbind "$1/cgroup" /sys/fs/cgroup
        ip link set dev lo up
        : >"$1/$2.made"
        exec sleep infinity' sh "${folder}" "$1" >"${folder}/$1.log" 2>&1 </dev/null &
    echo "$!" >"${folder}/$1.pid"
    until_there "${folder}/$1.made"
    ip link add "p-$1" type veth peer name eth0 netns "$!"
    ip link set dev "p-$1" master "${lan}" up
}

# inside HOST COMMAND…
inside() {
    pid=$(cat "${folder}/$1.pid")
    shift
    nsenter --target "${pid}" --net --mount env -u LXD_DIR "$@"
}

until_there() {
    tries=0
    until [ -e "$1" ]; do
        tries=$((tries + 1))
        [ "${tries}" -lt 500 ]
        sleep 0.02
    done
}

# daemon HOST: LXD, set up with a storage pool and a profile that has only the root disk
daemon() {
    inside "$1" lxd waitready --timeout=60
    inside "$1" lxd init --preseed <<'END'
storage_pools: [{name: default, driver: dir}]
profiles: [{name: default, devices: {root: {path: /, pool: default, type: disk}}}]
END
    inside "$1" lxc image import "${folder}/bare.tar" --alias bare >/dev/null 2>&1 </dev/null
    inside "$1" lxc image import "${folder}/ifupdown.tar" --alias ifupdown >/dev/null 2>&1 </dev/null
}

# Containers and their cgroups go with LXD's help; all processes that are left go with this one, which is their init.
take_away() {
    trap - EXIT
    for name; do
        inside "${name}" timeout 60 sh -c '
            for container in $(lxc list --columns n --format csv); do lxc delete --force "${container}"; done' \
            >/dev/null 2>&1 </dev/null || true
    done
}
trap 'take_away "$@"' EXIT

image bare
image ifupdown
ip link set dev lo up
ip link add "${lan}" type bridge
ip link set dev "${lan}" up
for name; do
    host "${name}"
    inside "${name}" lxd --group root >"${folder}/${name}.log" 2>&1 </dev/null &
done
for name; do daemon "${name}" >&2; done
echo ready
cat >/dev/null
