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
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:0b:60:de:d5:4b
ip link set dev lxdbr0 up
brctl addif lxdbr0 eth0

# --- container c1 ---
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:0d:d5:ea:ca:6d type veth peer name eth0 address \
    02:a2:af:59:85:d5 netns c1
brctl addif lxdbr0 veth-c1
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.0.0.11/24 dev eth0

# --- container c2 ---
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:63:25:8c:20:6f type veth peer name eth0 address \
    02:c4:87:9d:0c:1c netns c2
brctl addif lxdbr0 veth-c2
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.0.0.12/24 dev eth0
