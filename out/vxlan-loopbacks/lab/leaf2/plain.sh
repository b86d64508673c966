#!/bin/sh
# plain.sh: the commands that make leaf2 its part of "Ethernet over VXLAN, between loopback addresses", and nothing else.
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

# --- loopback interface ---
ip address add 10.255.0.2/32 dev lo

# --- NIC eth0, on LAN "right1" ---
ip link set dev eth0 up
ip address add 172.16.0.9/30 dev eth0

# --- NIC eth1, on LAN "right2" ---
ip link set dev eth1 up
ip address add 172.16.0.13/30 dev eth1

# --- tunnel vx10 ---
# VXLAN 10: Ethernet frames in UDP; broadcasts and unknown addresses go to each peer.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vx10 address 02:b3:38:2a:ce:d7 mtu 1450 type vxlan id 10 local 10.255.0.2 dstport \
    4789
bridge fdb append 00:00:00:00:00:00 dev vx10 dst 10.255.0.1
ip link set dev vx10 up

# --- bridge br0 ---
# Joins c3, c4 and vx10.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr br0
ip link set dev br0 address 02:59:b7:de:25:3a
ip link set dev br0 mtu 1450
ip link set dev br0 up
brctl addif br0 vx10

# --- container c3 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c3
ip netns exec c3 ip link set dev lo up
ip link add name veth-c3 address 02:e8:c5:a4:17:1e mtu 1450 type veth peer name eth0 address \
    02:f7:ea:36:89:fe mtu 1450 netns c3
brctl addif br0 veth-c3
ip link set dev veth-c3 up
ip netns exec c3 ip link set dev eth0 up
ip netns exec c3 ip address add 10.0.0.13/24 dev eth0

# --- container c4 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c4
ip netns exec c4 ip link set dev lo up
ip link add name veth-c4 address 02:85:65:63:55:a1 mtu 1450 type veth peer name eth0 address \
    02:bd:a8:99:ed:05 mtu 1450 netns c4
brctl addif br0 veth-c4
ip link set dev veth-c4 up
ip netns exec c4 ip link set dev eth0 up
ip netns exec c4 ip address add 10.0.0.14/24 dev eth0

# --- routes ---
# 172.16.0.10 is spine1's address.
# 172.16.0.14 is spine2's address.
ip route replace 10.255.0.1 nexthop via 172.16.0.10 dev eth0 nexthop via 172.16.0.14 dev eth1
