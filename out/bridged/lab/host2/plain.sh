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
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:6b:df:db:55:b1
ip link set dev lxdbr0 up
brctl addif lxdbr0 eth0

# --- container c3 ---
ip netns add c3
ip netns exec c3 ip link set dev lo up
ip link add name veth-c3 address 02:ec:ff:18:3f:15 type veth peer name eth0 address \
    02:64:38:8f:6e:80 netns c3
brctl addif lxdbr0 veth-c3
ip link set dev veth-c3 up
ip netns exec c3 ip link set dev eth0 up
ip netns exec c3 ip address add 10.0.0.13/24 dev eth0

# --- container c4 ---
ip netns add c4
ip netns exec c4 ip link set dev lo up
ip link add name veth-c4 address 02:87:e7:e2:c5:42 type veth peer name eth0 address \
    02:57:bb:04:90:6b netns c4
brctl addif lxdbr0 veth-c4
ip link set dev veth-c4 up
ip netns exec c4 ip link set dev eth0 up
ip netns exec c4 ip address add 10.0.0.14/24 dev eth0
