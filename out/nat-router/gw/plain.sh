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
lxc init --quiet ubuntu:24.04 web --config user.topoc=nat-router/gw
lxc config device add web eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-web \
    hwaddr=02:e1:0b:81:62:27
lxc start web
lxc exec -n web -- ip link set dev eth0 up
lxc exec -n web -- ip address replace 10.1.0.11/24 dev eth0 brd +
lxc exec -n web -- ip route replace default via 10.1.0.1 proto static

# --- container db ---
# Its gateway 10.1.0.1 is gw's address on bridge "lxdbr0".
lxc init --quiet ubuntu:24.04 db --config user.topoc=nat-router/gw
lxc config device add db eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-db \
    hwaddr=02:bd:37:79:9e:94
lxc start db
lxc exec -n db -- ip link set dev eth0 up
lxc exec -n db -- ip address replace 10.1.0.12/24 dev eth0 brd +
lxc exec -n db -- ip route replace default via 10.1.0.1 proto static

# --- container job ---
# Its gateway 10.1.0.1 is gw's address on bridge "lxdbr0".
lxc init --quiet ubuntu:24.04 job --config user.topoc=nat-router/gw
lxc config device add job eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-job \
    hwaddr=02:d2:30:fa:4d:c7
lxc start job
lxc exec -n job -- ip link set dev eth0 up
lxc exec -n job -- ip address replace 10.1.0.200/24 dev eth0 brd +
lxc exec -n job -- ip route replace default via 10.1.0.1 proto static

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
