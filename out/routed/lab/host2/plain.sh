#!/bin/sh
# plain.sh: the commands that make host2 its part of "Routed scenario", and nothing else.
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
# host2 is a router: it passes on packets that are for others.
sysctl -q -w net.ipv4.ip_forward=1

# --- NIC eth0, on LAN "internal" ---
ip link set dev eth0 up
ip address add 172.16.1.2/24 dev eth0

# --- container c3 ---
# eth0 is a link to this host alone, without a bridge: 10.2.0.1 here, 10.2.0.2 there.
# Its gateway 10.2.0.1 is host2's end of the link.
ip netns add c3
ip netns exec c3 ip link set dev lo up
ip link add name veth-c3 address 02:f2:3c:d9:9f:0a type veth peer name eth0 address \
    02:4d:c2:f9:9d:89 netns c3
ip link set dev veth-c3 up
ip netns exec c3 ip link set dev eth0 up
ip address replace 10.2.0.1/30 dev veth-c3
ip netns exec c3 ip address add 10.2.0.2/30 dev eth0
ip netns exec c3 ip route replace default via 10.2.0.1

# --- container c4 ---
# eth0 is a link to this host alone, without a bridge: 10.2.0.5 here, 10.2.0.6 there.
# Its gateway 10.2.0.5 is host2's end of the link.
ip netns add c4
ip netns exec c4 ip link set dev lo up
ip link add name veth-c4 address 02:06:12:54:61:83 type veth peer name eth0 address \
    02:ed:2e:e6:27:04 netns c4
ip link set dev veth-c4 up
ip netns exec c4 ip link set dev eth0 up
ip address replace 10.2.0.5/30 dev veth-c4
ip netns exec c4 ip address add 10.2.0.6/30 dev eth0
ip netns exec c4 ip route replace default via 10.2.0.5

# --- routes ---
# 172.16.1.1 is host1's address.
ip route replace default via 172.16.1.1
ip route replace unreachable 10.2.0.0/16
