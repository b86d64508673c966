#!/bin/sh
# plain.sh: the commands that make host2 its part of "One network, four ways", and nothing else.
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
ip address add 172.16.1.2/24 dev eth0

# --- tunnel vx-blue ---
# VXLAN 9893858: Ethernet frames in UDP; broadcasts and unknown addresses go to each peer.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vx-blue address 02:c1:7c:be:28:0a mtu 1450 type vxlan id 9893858 local 172.16.1.2 \
    dev eth0 dstport 4789
bridge fdb append 00:00:00:00:00:00 dev vx-blue dst 172.16.1.1
bridge fdb append 00:00:00:00:00:00 dev vx-blue dst 172.16.1.3
ip link set dev vx-blue up

# --- bridge blue ---
# Joins c1, c2, c3, c4 and vx-blue.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr blue
ip link set dev blue address 02:9e:f2:ea:0b:be
ip link set dev blue mtu 1450
ip link set dev blue up
brctl addif blue vx-blue

# --- container c1 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:5a:6d:c2:0f:d0 mtu 1450 type veth peer name eth0 address \
    02:fa:b8:b0:02:c1 mtu 1450 netns c1
brctl addif blue veth-c1
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.0.0.5/24 dev eth0

# --- container c2 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:21:2e:ee:72:98 mtu 1450 type veth peer name eth0 address \
    02:3f:be:0e:ba:d2 mtu 1450 netns c2
brctl addif blue veth-c2
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.0.0.6/24 dev eth0

# --- container c3 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c3
ip netns exec c3 ip link set dev lo up
ip link add name veth-c3 address 02:d1:7a:27:58:e9 mtu 1450 type veth peer name eth0 address \
    02:78:88:51:45:c7 mtu 1450 netns c3
brctl addif blue veth-c3
ip link set dev veth-c3 up
ip netns exec c3 ip link set dev eth0 up
ip netns exec c3 ip address add 10.0.0.7/24 dev eth0

# --- container c4 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c4
ip netns exec c4 ip link set dev lo up
ip link add name veth-c4 address 02:f6:3a:b1:63:9c mtu 1450 type veth peer name eth0 address \
    02:60:9f:5e:87:fa mtu 1450 netns c4
brctl addif blue veth-c4
ip link set dev veth-c4 up
ip netns exec c4 ip link set dev eth0 up
ip netns exec c4 ip address add 10.0.0.8/24 dev eth0
