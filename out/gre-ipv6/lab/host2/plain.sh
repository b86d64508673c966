#!/bin/sh
# plain.sh: the commands that make host2 its part of "Ethernet over GRE scenario, over IPv6", and nothing else.
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
ip address add fd00:0:0:1::2/64 dev eth0

# --- tunnel eltunelgre ---
# Ethernet frames in GRE, to fd00:0:0:1::1.
# MTU 1438: 1500 less 62 for Ethernet over GRE.
ip link add name eltunelgre address 02:7b:92:c5:c1:dd mtu 1438 type ip6gretap remote fd00:0:0:1::1 \
    local fd00:0:0:1::2 key 42 encaplimit none
ip link set dev eltunelgre up

# --- bridge lxdbr0 ---
# Joins c3, c4 and eltunelgre.
# MTU 1438: 1500 less 62 for Ethernet over GRE.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:2e:29:80:dd:86
ip link set dev lxdbr0 mtu 1438
ip link set dev lxdbr0 up
brctl addif lxdbr0 eltunelgre

# --- container c3 ---
# MTU 1438: 1500 less 62 for Ethernet over GRE.
ip netns add c3
ip netns exec c3 ip link set dev lo up
ip link add name veth-c3 address 02:94:a1:92:59:66 mtu 1438 type veth peer name eth0 address \
    02:9c:c4:94:85:83 mtu 1438 netns c3
brctl addif lxdbr0 veth-c3
ip link set dev veth-c3 up
ip netns exec c3 ip link set dev eth0 up
ip netns exec c3 ip address add 10.0.0.13/24 dev eth0
ip netns exec c3 ip address add fd00:0:0:2::13/64 dev eth0

# --- container c4 ---
# MTU 1438: 1500 less 62 for Ethernet over GRE.
ip netns add c4
ip netns exec c4 ip link set dev lo up
ip link add name veth-c4 address 02:8d:e0:4e:38:4e mtu 1438 type veth peer name eth0 address \
    02:ec:b0:98:f6:28 mtu 1438 netns c4
brctl addif lxdbr0 veth-c4
ip link set dev veth-c4 up
ip netns exec c4 ip link set dev eth0 up
ip netns exec c4 ip address add 10.0.0.14/24 dev eth0
ip netns exec c4 ip address add fd00:0:0:2::14/64 dev eth0
