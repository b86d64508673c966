#!/bin/sh
# plain.sh: the commands that make host1 its part of "Bridged scenario over the LAN", and nothing else.
# To read, and to type or copy line by line, as root, on a host where nothing of it is yet. up.sh runs the same commands, but asks
# first, does what is not done yet, and can undo it. It also does what depends on the host: it moves addresses and routes of a NIC that
# becomes a port of a bridge, lets packets pass a firewall, and configures containers for their next start.
# Written by topoc; change the topology file instead, and build again.
# It asks nothing and undoes nothing, so it takes no option either.
[ $# -eq 0 ] || {
    echo 'plain.sh takes no options: it only runs its commands; look at up.sh --help' >&2
    exit 2
}
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
set -e

# --- NIC eth0, on LAN "internal" ---
# A port of bridge lxdbr0, and so without an address of its own.
ip link set dev eth0 up

# --- bridge lxdbr0 ---
# Joins c1, c2 and eth0.
lxc network create lxdbr0 ipv4.address=none ipv6.address=none bridge.hwaddr=02:0b:60:de:d5:4b \
    bridge.mtu=1500 user.topoc=bridged/host1
ip link set dev lxdbr0 up
brctl addif lxdbr0 eth0

# --- container c1 ---
lxc init --quiet ubuntu:24.04 c1 --config user.topoc=bridged/host1
lxc config device add c1 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c1 \
    hwaddr=02:a2:af:59:85:d5
lxc start c1
lxc exec -n c1 -- ip link set dev eth0 up
lxc exec -n c1 -- ip address replace 10.0.0.11/24 dev eth0 brd +

# --- container c2 ---
lxc init --quiet ubuntu:24.04 c2 --config user.topoc=bridged/host1
lxc config device add c2 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c2 \
    hwaddr=02:c4:87:9d:0c:1c
lxc start c2
lxc exec -n c2 -- ip link set dev eth0 up
lxc exec -n c2 -- ip address replace 10.0.0.12/24 dev eth0 brd +
