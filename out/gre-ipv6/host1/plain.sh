#!/bin/sh
# plain.sh: the commands that make host1 its part of "Ethernet over GRE scenario, over IPv6", and nothing else.
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
ip address add fd00:0:0:1::1/64 dev eth0

# --- tunnel eltunelgre ---
# Ethernet frames in GRE, to fd00:0:0:1::2.
# MTU 1438: 1500 less 62 for Ethernet over GRE.
ip link add name eltunelgre address 02:be:05:01:46:46 mtu 1438 type ip6gretap remote fd00:0:0:1::2 \
    local fd00:0:0:1::1 key 42 encaplimit none
ip link set dev eltunelgre up

# --- bridge lxdbr0 ---
# Joins c1, c2 and eltunelgre.
# MTU 1438: 1500 less 62 for Ethernet over GRE.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:61:f1:43:99:8d
ip link set dev lxdbr0 mtu 1438
ip link set dev lxdbr0 up
brctl addif lxdbr0 eltunelgre

# --- container c1 ---
# MTU 1438: 1500 less 62 for Ethernet over GRE.
lxc init --quiet ubuntu:24.04 c1 --config user.topoc=gre-ipv6/host1
lxc config device add c1 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c1 \
    hwaddr=02:65:d5:2a:18:f1 mtu=1438
lxc start c1
lxc exec -n c1 -- ip link set dev eth0 up
lxc exec -n c1 -- ip address replace 10.0.0.11/24 dev eth0 brd +
lxc exec -n c1 -- ip address replace fd00:0:0:2::11/64 dev eth0

# --- container c2 ---
# MTU 1438: 1500 less 62 for Ethernet over GRE.
lxc init --quiet ubuntu:24.04 c2 --config user.topoc=gre-ipv6/host1
lxc config device add c2 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c2 \
    hwaddr=02:b6:e7:14:a5:2f mtu=1438
lxc start c2
lxc exec -n c2 -- ip link set dev eth0 up
lxc exec -n c2 -- ip address replace 10.0.0.12/24 dev eth0 brd +
lxc exec -n c2 -- ip address replace fd00:0:0:2::12/64 dev eth0
