#!/bin/sh
# plain.sh: the commands that make host1 its part of "Routed scenario", and nothing else.
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

# --- forwarding ---
# host1 is a router: it passes on packets that are for others.
sysctl -q -w net.ipv4.ip_forward=1

# --- NIC eth0, on LAN "internal" ---
ip link set dev eth0 up
ip address add 172.16.1.1/24 dev eth0

# --- bridge lxdbr0 ---
# Joins c1 and c2.
# host1 itself is on it as 10.1.0.1.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:34:b0:39:b9:81
ip link set dev lxdbr0 up
ip address add 10.1.0.1/24 dev lxdbr0

# --- container c1 ---
# Its gateway 10.1.0.1 is host1's address on bridge "lxdbr0".
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:91:f3:e1:c1:dc type veth peer name eth0 address \
    02:ee:92:ed:b3:46 netns c1
brctl addif lxdbr0 veth-c1
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.1.0.11/24 dev eth0
ip netns exec c1 ip route replace default via 10.1.0.1

# --- container c2 ---
# Its gateway 10.1.0.1 is host1's address on bridge "lxdbr0".
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:e2:f0:ce:2b:ba type veth peer name eth0 address \
    02:10:31:0b:a0:72 netns c2
brctl addif lxdbr0 veth-c2
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.1.0.12/24 dev eth0
ip netns exec c2 ip route replace default via 10.1.0.1

# --- routes ---
ip route replace default via 172.16.1.2
