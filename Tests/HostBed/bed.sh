#!/bin/sh
# Two or more hosts on one LAN, each with a daemon for containers of its own; for the tests, as root.
# It prints `ready` when it is, and takes all of it away when its standard input ends: whatever becomes of the test that
# started it, nothing of it stays. FOLDER/HOST.pid is a process in the host, by its number in the bed's namespace.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
# shellcheck disable=SC2016 # that is for the inner shell
#
# usage: unshare --net --mount --pid --fork --kill-child --propagation private sh bed.sh DAEMON FOLDER LAN HOST...
# The network namespace that it runs in is the LAN's. FOLDER is where the daemons' logs and the images are. DAEMON is a
# file of shell that says of the daemon:
#   own        the folders that each host has for itself
#   foreign    the variable of the environment that would lead to another daemon
#   serve      the command that is the daemon
#   clear      lines of shell that take its containers away
#   images     a function: makes the images in FOLDER
#   set_up     a function: waits until the daemon of HOST answers, and gives it what it needs
set -eu
daemon=$1 folder=$2 lan=$3
shift 3
# shellcheck source=Tests/LXDTests/lxd.sh
. "${daemon}"

# The cgroups come from the machine; /proc and /sys show the namespaces that they are mounted in.
mount -t proc proc /proc
mkdir -p "${folder}/cgroup"
mount --rbind /sys/fs/cgroup "${folder}/cgroup"

# host NAME: its NIC eth0 is plugged to the LAN; /run, /sys and the daemon's folders are its own
host() {
    unshare --net --mount --propagation private sh -c '
        mount -t tmpfs tmpfs /run
        mkdir -p /run/netns
        for own in $3; do mkdir -p "${own}" && mount -t tmpfs tmpfs "${own}"; done
        mount -t sysfs sysfs /sys
        mount --rbind "$1/cgroup" /sys/fs/cgroup
        ip link set dev lo up
        : >"$1/$2.made"
        exec sleep infinity' sh "${folder}" "$1" "${own}" >"${folder}/$1.log" 2>&1 </dev/null &
    echo "$!" >"${folder}/$1.pid"
    until_there "${folder}/$1.made"
    ip link add "p-$1" type veth peer name eth0 netns "$!"
    ip link set dev "p-$1" master "${lan}" up
}

# inside HOST COMMAND…
inside() {
    pid=$(cat "${folder}/$1.pid")
    shift
    nsenter --target "${pid}" --net --mount env -u "${foreign}" "$@"
}

until_there() {
    tries=0
    until [ -e "$1" ]; do
        tries=$((tries + 1))
        [ "${tries}" -lt 500 ]
        sleep 0.02
    done
}

# Containers and their cgroups go with the daemon's help; all processes that are left go with this one, which is their init.
take_away() {
    trap - EXIT
    for name; do
        inside "${name}" timeout 60 sh -c "${clear}" >/dev/null 2>&1 </dev/null || true
    done
}
trap 'take_away "$@"' EXIT

images
ip link set dev lo up
ip link add "${lan}" type bridge
ip link set dev "${lan}" up
for name; do
    host "${name}"
    # shellcheck disable=SC2086 # a command and its options
    inside "${name}" ${serve} >"${folder}/${name}.log" 2>&1 </dev/null &
done
for name; do set_up "${name}" >&2; done
echo ready
cat >/dev/null
