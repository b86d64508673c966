#!/bin/sh
# plain.sh: the commands that make host2 its part of "Bridged scenario over the LAN", and nothing else.
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
# Joins c3, c4 and eth0.
lxc network create lxdbr0 ipv4.address=none ipv6.address=none bridge.hwaddr=02:6b:df:db:55:b1 \
    bridge.mtu=1500 user.topoc=bridged/host2
ip link set dev lxdbr0 up
brctl addif lxdbr0 eth0

# --- container c3 ---
lxc init --quiet ubuntu:24.04 c3 --config user.topoc=bridged/host2
lxc config device add c3 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c3 \
    hwaddr=02:64:38:8f:6e:80
lxc start c3
lxc exec -n c3 -- ip link set dev eth0 up
lxc exec -n c3 -- ip address replace 10.0.0.13/24 dev eth0 brd +

# --- container c4 ---
lxc init --quiet ubuntu:24.04 c4 --config user.topoc=bridged/host2
lxc config device add c4 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c4 \
    hwaddr=02:57:bb:04:90:6b
lxc start c4
lxc exec -n c4 -- ip link set dev eth0 up
lxc exec -n c4 -- ip address replace 10.0.0.14/24 dev eth0 brd +
