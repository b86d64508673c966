#!/bin/sh
# plain.sh: the commands that make host1 its part of "Ethernet over GRE scenario with a routed underlay", and nothing else.
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

# --- NIC eth0, on LAN "west" ---
ip link set dev eth0 up
ip address add 172.16.1.1/24 dev eth0

# --- tunnel eltunelgre ---
# Ethernet frames in GRE, to 172.16.2.3, host3's address towards host1.
# MTU 1362: 1400 less 38 for Ethernet over GRE.
ip link add name eltunelgre address 02:f7:b2:78:8f:22 mtu 1362 type gretap remote 172.16.2.3 local \
    172.16.1.1 ttl 64
ip link set dev eltunelgre up

# --- bridge lxdbr0 ---
# Joins c1, c2 and eltunelgre.
# MTU 1362: 1400 less 38 for Ethernet over GRE.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:40:f1:73:62:a6
ip link set dev lxdbr0 mtu 1362
ip link set dev lxdbr0 up
brctl addif lxdbr0 eltunelgre

# --- container c1 ---
# MTU 1362: 1400 less 38 for Ethernet over GRE.
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:6b:c0:8a:76:1c mtu 1362 type veth peer name eth0 address \
    02:f6:0c:91:b7:12 mtu 1362 netns c1
brctl addif lxdbr0 veth-c1
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.0.0.11/24 dev eth0

# --- container c2 ---
# MTU 1362: 1400 less 38 for Ethernet over GRE.
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:f1:b5:33:c7:8e mtu 1362 type veth peer name eth0 address \
    02:bb:91:f2:64:88 mtu 1362 netns c2
brctl addif lxdbr0 veth-c2
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.0.0.12/24 dev eth0

# --- routes ---
# 172.16.1.254 is router's address.
ip route replace 172.16.2.0/24 via 172.16.1.254
