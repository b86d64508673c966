#!/bin/sh
# Two or more hosts on one LAN, each with a Docker daemon of its own; for the tests, as root.
# It prints `ready` when it is, and takes all of it away when its standard input ends: whatever becomes of the test that
# started it, nothing of it stays. FOLDER/HOST.pid is a process in the host, by its number in the bed's namespace.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
# shellcheck disable=SC2016 # that is for the inner shell
#
# usage: unshare --net --mount --pid --fork --kill-child --propagation private sh bed.sh FOLDER LAN HOST...
# The network namespace that it runs in is the LAN's. FOLDER is where the daemons' logs and the image are.
# DOCKERD has the daemons' options.
set -eu
folder=$1 lan=$2
shift 2

# The cgroups come from the machine; /proc and /sys show the namespaces that they are mounted in.
mount -t proc proc /proc
mkdir -p "${folder}/cgroup"
mount --rbind /sys/fs/cgroup "${folder}/cgroup"

# image: a root file system of busybox, whose command is a shell, as in images of distributions
image() {
    mkdir -p "${folder}/rootfs/bin"
    cp "$(command -v busybox)" "${folder}/rootfs/bin/busybox"
    for applet in sh sleep ping traceroute ip ls cat hostname; do
        ln -s busybox "${folder}/rootfs/bin/${applet}"
    done
    tar -C "${folder}/rootfs" -cf "${folder}/bare.tar" .
}

# host NAME: its NIC eth0 is plugged to the LAN; /run, /sys and Docker's folder are its own
host() {
    unshare --net --mount --propagation private sh -c '
        mount -t tmpfs tmpfs /run
        mkdir -p /run/netns /var/lib/docker
        mount -t tmpfs tmpfs /var/lib/docker
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
    nsenter --target "${pid}" --net --mount env -u DOCKER_HOST "$@"
}

until_there() {
    tries=0
    until [ -e "$1" ]; do
        tries=$((tries + 1))
        [ "${tries}" -lt 500 ]
        sleep 0.02
    done
}

# daemon HOST: Docker, with the image
daemon() {
    tries=0
    until inside "$1" docker version >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "${tries}" -lt 600 ] || {
            tail "${folder}/$1.log"
            return 1
        }
        sleep 0.05
    done
    inside "$1" docker import --change 'CMD ["/bin/sh"]' - bare <"${folder}/bare.tar" >/dev/null
}

# Containers and their cgroups go with Docker's help; all processes that are left go with this one, which is their init.
take_away() {
    trap - EXIT
    for name; do
        inside "${name}" timeout 60 sh -c '
            for container in $(docker ps --all --quiet); do docker rm --force "${container}"; done' \
            >/dev/null 2>&1 </dev/null || true
    done
}
trap 'take_away "$@"' EXIT

image
ip link set dev lo up
ip link add "${lan}" type bridge
ip link set dev "${lan}" up
for name; do
    host "${name}"
    # shellcheck disable=SC2086 # options
    inside "${name}" dockerd --bridge=none ${DOCKERD:-} >"${folder}/${name}.log" 2>&1 </dev/null &
done
for name; do daemon "${name}" >&2; done
echo ready
cat >/dev/null
