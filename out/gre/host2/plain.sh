#!/bin/sh
# plain.sh: the commands that make host2 its part of "Ethernet over GRE scenario", and nothing else.
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

# --- tunnel eltunelgre ---
# Ethernet frames in GRE, to 172.16.1.1, host1's address towards host2.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
ip link add name eltunelgre address 02:33:de:fd:1e:2e mtu 1462 type gretap remote 172.16.1.1 local \
    172.16.1.2
ip link set dev eltunelgre up

# --- bridge lxdbr0 ---
# Joins c3, c4 and eltunelgre.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:61:e8:cc:fd:4d
ip link set dev lxdbr0 mtu 1462
ip link set dev lxdbr0 up
brctl addif lxdbr0 eltunelgre

# --- container c3 ---
# MTU 1462: 1500 less 38 for Ethernet over GRE.
lxc init --quiet ubuntu:24.04 c3 --config user.topoc=gre/host2
lxc config device add c3 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c3 \
    hwaddr=02:0c:ad:e2:bf:f2 mtu=1462
lxc start c3
lxc exec -n c3 -- ip link set dev eth0 up
lxc exec -n c3 -- ip address replace 10.0.0.13/24 dev eth0 brd +

# --- container c4 ---
# MTU 1462: 1500 less 38 for Ethernet over GRE.
lxc init --quiet ubuntu:24.04 c4 --config user.topoc=gre/host2
lxc config device add c4 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c4 \
    hwaddr=02:b7:87:86:95:65 mtu=1462
lxc start c4
lxc exec -n c4 -- ip link set dev eth0 up
lxc exec -n c4 -- ip address replace 10.0.0.14/24 dev eth0 brd +
