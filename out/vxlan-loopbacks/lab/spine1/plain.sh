#!/bin/sh
# plain.sh: the commands that make spine1 its part of "Ethernet over VXLAN, between loopback addresses", and nothing else.
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
# spine1 is a router: it passes on packets that are for others.
sysctl -q -w net.ipv4.ip_forward=1

# --- NIC eth0, on LAN "left1" ---
ip link set dev eth0 up
ip address add 172.16.0.2/30 dev eth0

# --- NIC eth1, on LAN "right1" ---
ip link set dev eth1 up
ip address add 172.16.0.10/30 dev eth1

# --- routes ---
# 172.16.0.1 is leaf1's address.
# 172.16.0.9 is leaf2's address.
ip route replace 10.255.0.1 via 172.16.0.1
ip route replace 10.255.0.2 via 172.16.0.9
