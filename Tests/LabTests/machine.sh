#!/bin/sh
# A machine of the tests' own, as the process that keeps its namespaces: networks, mounts and processes apart from the
# machine that the tests run on. It prints `ready`, and ends with its standard input: whatever becomes of the test that
# started it, nothing of it stays.
#
# usage: unshare --net --mount --pid --fork --kill-child --propagation private sh machine.sh
#
# shellcheck disable=SC2312 # there may be none
set -eu

mount -t proc proc /proc
# A mount point that others remove there is gone here too.
awk '$5 ~ "^/run/" { print $5 }' /proc/self/mountinfo | tac | while read -r place; do umount -l "${place}"; done
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/cgroup /run/netns
mount --rbind /sys/fs/cgroup /run/cgroup
mount -t sysfs sysfs /sys
mount --move /run/cgroup /sys/fs/cgroup
rmdir /run/cgroup

# Something that must be left alone.
ip link set dev lo up
ip link add name eth0 type veth peer name uplink
ip link set dev eth0 up
ip link set dev uplink up
ip address add 192.0.2.10/24 dev eth0
ip route add default via 192.0.2.1
ip netns add other
echo ready
cat >/dev/null
