#!/bin/sh
# plain.sh: the commands that make host2 its part of "Two VLANs on one trunk", and nothing else.
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

# --- NIC eth0, on LAN "trunk" ---
# A port of bridge br0, and so without an address of its own.
ip link set dev eth0 up

# --- NIC eth1, on LAN "office" ---
ip link set dev eth1 up
ip address add 172.16.1.2/24 dev eth1

# --- bridge br0 ---
# Joins d1, d2, r1 and eth0.
# It tells VLANs apart: a port passes only frames of its own ones.
ip link add name br0 address 02:70:db:76:92:c7 type bridge vlan_filtering 1 vlan_default_pvid 0
ip link set dev br0 up
ip link set dev eth0 master br0
bridge vlan add dev eth0 vid 10
bridge vlan add dev eth0 vid 20

# --- container d1 ---
# Its gateway 10.0.10.1 is host1's, the only router of the segment.
ip netns add d1
ip netns exec d1 ip link set dev lo up
ip link add name veth-d1 address 02:64:cb:89:b2:16 type veth peer name eth0 address \
    02:fa:18:63:cf:1d netns d1
ip link set dev veth-d1 master br0
bridge vlan add dev veth-d1 vid 10 pvid untagged
ip link set dev veth-d1 up
ip netns exec d1 ip link set dev eth0 up
ip netns exec d1 ip address add 10.0.10.21/24 dev eth0
ip netns exec d1 ip route replace default via 10.0.10.1

# --- container d2 ---
# Its gateway 10.0.20.1 is host1's, the only router of the segment.
ip netns add d2
ip netns exec d2 ip link set dev lo up
ip link add name veth-d2 address 02:31:e6:14:6f:4c type veth peer name eth0 address \
    02:d1:13:5d:02:bd netns d2
ip link set dev veth-d2 master br0
bridge vlan add dev veth-d2 vid 20 pvid untagged
ip link set dev veth-d2 up
ip netns exec d2 ip link set dev eth0 up
ip netns exec d2 ip address add 10.0.20.22/24 dev eth0
ip netns exec d2 ip route replace default via 10.0.20.1

# --- container r1 ---
# VLAN 10 of eth0: what it sends has that tag there.
# VLAN 20 of eth0: what it sends has that tag there.
ip netns add r1
ip netns exec r1 ip link set dev lo up
ip link add name veth-r1 address 02:2d:84:a7:0e:b9 type veth peer name eth0 address \
    02:79:f2:c1:38:2c netns r1
ip link set dev veth-r1 master br0
bridge vlan add dev veth-r1 vid 10
bridge vlan add dev veth-r1 vid 20
ip link set dev veth-r1 up
ip netns exec r1 ip link set dev eth0 up
ip netns exec r1 ip link add link eth0 name eth0.10 type vlan id 10
ip netns exec r1 ip link set dev eth0.10 up
ip netns exec r1 ip address add 10.0.10.254/24 dev eth0.10
ip netns exec r1 ip link add link eth0 name eth0.20 type vlan id 20
ip netns exec r1 ip link set dev eth0.20 up
ip netns exec r1 ip address add 10.0.20.254/24 dev eth0.20

# --- routes ---
# 172.16.1.1 is host1's address.
ip route replace 10.0.0.0/16 via 172.16.1.1
