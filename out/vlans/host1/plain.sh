#!/bin/sh
# plain.sh: the commands that make host1 its part of "Two VLANs on one trunk", and nothing else.
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

# --- NIC eth0, on LAN "trunk" ---
# A port of bridge br0, and so without an address of its own.
ip link set dev eth0 up

# --- NIC eth1, on LAN "office" ---
ip link set dev eth1 up
ip address add 172.16.1.1/24 dev eth1

# --- bridge br0 ---
# Joins c1, c2 and eth0.
# It tells VLANs apart: a port passes only frames of its own ones.
ip link add name br0 address 02:9c:d3:83:f4:d4 type bridge vlan_filtering 1 vlan_default_pvid 0
ip link set dev br0 up
bridge vlan add dev br0 vid 10 self
bridge vlan add dev br0 vid 20 self
ip link set dev eth0 master br0
bridge vlan add dev eth0 vid 10
bridge vlan add dev eth0 vid 20

# --- VLAN interface br0.10 ---
# VLAN 10 of br0: what it sends has that tag there.
ip link add link br0 name br0.10 type vlan id 10
ip link set dev br0.10 up
ip address add 10.0.10.1/24 dev br0.10

# --- VLAN interface br0.20 ---
# VLAN 20 of br0: what it sends has that tag there.
ip link add link br0 name br0.20 type vlan id 20
ip link set dev br0.20 up
ip address add 10.0.20.1/24 dev br0.20

# --- container c1 ---
# Its gateway 10.0.10.1 is host1's address in VLAN 10 of bridge "br0".
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:53:f1:bc:6e:cc type veth peer name eth0 address \
    02:bf:53:0e:1d:26 netns c1
ip link set dev veth-c1 master br0
bridge vlan add dev veth-c1 vid 10 pvid untagged
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.0.10.11/24 dev eth0
ip netns exec c1 ip route replace default via 10.0.10.1

# --- container c2 ---
# Its gateway 10.0.20.1 is host1's address in VLAN 20 of bridge "br0".
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:fe:24:0d:90:4f type veth peer name eth0 address \
    02:7d:aa:56:59:2e netns c2
ip link set dev veth-c2 master br0
bridge vlan add dev veth-c2 vid 20 pvid untagged
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.0.20.12/24 dev eth0
ip netns exec c2 ip route replace default via 10.0.20.1
