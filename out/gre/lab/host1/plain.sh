#!/bin/sh
# plain.sh: the commands that make host1 its part of "Ethernet over GRE scenario", and nothing else.
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
ip link set dev eth0 up
ip address add 172.16.1.1/24 dev eth0

# --- tunnel eltunelgre ---
# Ethernet frames in GRE, to 172.16.1.2, host2's address towards host1.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
ip link add name eltunelgre address 02:4b:8a:73:1d:55 mtu 1462 type gretap remote 172.16.1.2 local \
    172.16.1.1
ip link set dev eltunelgre up

# --- bridge lxdbr0 ---
# Joins c1, c2 and eltunelgre.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:e0:7c:2a:c4:1f
ip link set dev lxdbr0 mtu 1462
ip link set dev lxdbr0 up
brctl addif lxdbr0 eltunelgre

# --- container c1 ---
# MTU 1462: 1500 less 38 for Ethernet over GRE.
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:06:7a:69:83:d1 mtu 1462 type veth peer name eth0 address \
    02:1c:b8:3d:1a:73 mtu 1462 netns c1
brctl addif lxdbr0 veth-c1
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.0.0.11/24 dev eth0

# --- container c2 ---
# MTU 1462: 1500 less 38 for Ethernet over GRE.
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:c1:ea:9d:e6:df mtu 1462 type veth peer name eth0 address \
    02:44:87:38:0b:ba mtu 1462 netns c2
brctl addif lxdbr0 veth-c2
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.0.0.12/24 dev eth0
