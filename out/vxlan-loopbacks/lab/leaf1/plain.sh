#!/bin/sh
# plain.sh: the commands that make leaf1 its part of "Ethernet over VXLAN, between loopback addresses", and nothing else.
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
ip address add 10.255.0.1/32 dev lo

# --- NIC eth0, on LAN "left1" ---
ip link set dev eth0 up
ip address add 172.16.0.1/30 dev eth0

# --- NIC eth1, on LAN "left2" ---
ip link set dev eth1 up
ip address add 172.16.0.5/30 dev eth1

# --- tunnel vx10 ---
# VXLAN 10: Ethernet frames in UDP; broadcasts and unknown addresses go to each peer.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vx10 address 02:0d:63:a0:70:23 mtu 1450 type vxlan id 10 local 10.255.0.1 dstport \
    4789
bridge fdb append 00:00:00:00:00:00 dev vx10 dst 10.255.0.2
ip link set dev vx10 up

# --- bridge br0 ---
# Joins c1, c2 and vx10.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr br0
ip link set dev br0 address 02:b7:be:23:ff:2a
ip link set dev br0 mtu 1450
ip link set dev br0 up
brctl addif br0 vx10

# --- container c1 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:81:45:6b:d7:43 mtu 1450 type veth peer name eth0 address \
    02:96:8d:c2:c7:46 mtu 1450 netns c1
brctl addif br0 veth-c1
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.0.0.11/24 dev eth0

# --- container c2 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:16:6e:b3:28:24 mtu 1450 type veth peer name eth0 address \
    02:c1:61:81:05:70 mtu 1450 netns c2
brctl addif br0 veth-c2
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.0.0.12/24 dev eth0

# --- routes ---
# 172.16.0.2 is spine1's address.
# 172.16.0.6 is spine2's address.
ip route replace 10.255.0.2 nexthop via 172.16.0.2 dev eth0 nexthop via 172.16.0.6 dev eth1
