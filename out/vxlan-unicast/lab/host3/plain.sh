#!/bin/sh
# plain.sh: the commands that make host3 its part of "Ethernet over VXLAN scenario, unicast", and nothing else.
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
ip address add 172.16.1.3/24 dev eth0

# --- tunnel vxlan0 ---
# VXLAN 42: Ethernet frames in UDP; broadcasts and unknown addresses go to each peer.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vxlan0 address 02:b6:48:02:94:7c mtu 1450 type vxlan id 42 local 172.16.1.3 dev \
    eth0 dstport 4789
bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 172.16.1.1
bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 172.16.1.2
ip link set dev vxlan0 up

# --- bridge lxdbr0 ---
# Joins c4 and vxlan0.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:77:5e:0a:66:0e
ip link set dev lxdbr0 mtu 1450
ip link set dev lxdbr0 up
brctl addif lxdbr0 vxlan0

# --- container c4 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c4
ip netns exec c4 ip link set dev lo up
ip link add name veth-c4 address 02:68:89:56:48:fc mtu 1450 type veth peer name eth0 address \
    02:de:d3:c8:7c:d5 mtu 1450 netns c4
brctl addif lxdbr0 veth-c4
ip link set dev veth-c4 up
ip netns exec c4 ip link set dev eth0 up
ip netns exec c4 ip address add 10.0.0.14/24 dev eth0
