#!/bin/sh
# Two or more hosts on one LAN, each with an LXD daemon of its own; for the tests, as root.
# It prints `ready` when it is, and takes all of it away when its standard input ends: whatever becomes of the test that
# started it, nothing of it stays. FOLDER/HOST.pid is a process in the host, by its number in the bed's namespace.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
# shellcheck disable=SC2016 # that is for the inner shell
#
# usage: unshare --net --mount --pid --fork --kill-child --propagation private sh bed.sh FOLDER LAN HOST...
# The network namespace that it runs in is the LAN's. FOLDER is where the daemons' logs and the images are. The
# variable IMAGES has the names of the images that the daemons get, of those that images.sh knows.
set -eu
folder=$1 lan=$2 images=${IMAGES:-bare}
shift 2
# shellcheck source=Tests/LXDTests/images.sh
. "$(dirname "$0")/images.sh"

# The cgroups come from the machine; /proc and /sys show the namespaces that they are mounted in.
mount -t proc proc /proc
mkdir -p "${folder}/cgroup"
mount --rbind /sys/fs/cgroup "${folder}/cgroup"

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
    for image in ${images}; do
        inside "$1" lxc image import "${folder}/${image}.tar" --alias "${image}" >/dev/null 2>&1 </dev/null
    done
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

for image in ${images}; do image "${image}"; done
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
