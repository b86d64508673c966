#!/bin/sh
# plain.sh: the commands that make gw its part of "A host that is the way out for its containers", and nothing else.
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
# gw is a router: it passes on packets that are for others.
sysctl -q -w net.ipv4.ip_forward=1

# --- NIC eth0, on LAN "internet" ---
ip link set dev eth0 up
ip address add 203.0.113.10/24 dev eth0
ip address add 203.0.113.11/24 dev eth0

# --- bridge lxdbr0 ---
# Joins web, db and job.
# gw itself is on it as 10.1.0.1.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:83:52:ef:c6:aa
ip link set dev lxdbr0 up
ip address add 10.1.0.1/24 dev lxdbr0

# --- container web ---
# Its gateway 10.1.0.1 is gw's address on bridge "lxdbr0".
ip netns add web
ip netns exec web ip link set dev lo up
ip link add name veth-web address 02:8f:7c:4d:64:40 type veth peer name eth0 address \
    02:e1:0b:81:62:27 netns web
brctl addif lxdbr0 veth-web
ip link set dev veth-web up
ip netns exec web ip link set dev eth0 up
ip netns exec web ip address add 10.1.0.11/24 dev eth0
ip netns exec web ip route replace default via 10.1.0.1

# --- container db ---
# Its gateway 10.1.0.1 is gw's address on bridge "lxdbr0".
ip netns add db
ip netns exec db ip link set dev lo up
ip link add name veth-db address 02:59:4c:e9:88:09 type veth peer name eth0 address \
    02:bd:37:79:9e:94 netns db
brctl addif lxdbr0 veth-db
ip link set dev veth-db up
ip netns exec db ip link set dev eth0 up
ip netns exec db ip address add 10.1.0.12/24 dev eth0
ip netns exec db ip route replace default via 10.1.0.1

# --- container job ---
# Its gateway 10.1.0.1 is gw's address on bridge "lxdbr0".
ip netns add job
ip netns exec job ip link set dev lo up
ip link add name veth-job address 02:aa:0f:3e:24:5a type veth peer name eth0 address \
    02:d2:30:fa:4d:c7 netns job
brctl addif lxdbr0 veth-job
ip link set dev veth-job up
ip netns exec job ip link set dev eth0 up
ip netns exec job ip address add 10.1.0.200/24 dev eth0
ip netns exec job ip route replace default via 10.1.0.1

# --- routes ---
ip route replace default via 203.0.113.1

# --- addresses of forwarded packets (NAT) ---
# In a table of its own, which is added and deleted as a whole.
nft add table inet topoc-nat-router
nft add chain inet topoc-nat-router prerouting '{ type nat hook prerouting priority dstnat - 5; }'
nft add rule inet topoc-nat-router prerouting iifname '"eth0"' ip daddr \
    '{ 203.0.113.10, 203.0.113.11 }' tcp dport 8080 dnat ip to 10.1.0.11:80
nft add chain inet topoc-nat-router postrouting '{ type nat hook postrouting priority srcnat - 5; }'
nft add rule inet topoc-nat-router postrouting fib saddr type local return
nft add rule inet topoc-nat-router postrouting oifname '"eth0"' ip saddr 203.0.113.0/24 return
nft add rule inet topoc-nat-router postrouting oifname '"eth0"' ip saddr 10.1.0.0/25 snat ip to \
    203.0.113.11
nft add rule inet topoc-nat-router postrouting oifname '"eth0"' meta nfproto ipv4 masquerade
