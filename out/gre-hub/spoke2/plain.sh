#!/bin/sh
# plain.sh: the commands that make spoke2 its part of "Ethernet over GRE scenario with a hub", and nothing else.
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
ip address add 172.16.1.3/24 dev eth0

# --- tunnel to-hub ---
# Ethernet frames in GRE, to 172.16.1.1, hub's address towards spoke2.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
ip link add name to-hub address 02:68:fc:cf:d0:fb mtu 1462 type gretap remote 172.16.1.1 local \
    172.16.1.3
ip link set dev to-hub up

# --- bridge lxdbr0 ---
# Joins c3 and to-hub.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:63:95:98:f1:22
ip link set dev lxdbr0 mtu 1462
ip link set dev lxdbr0 up
brctl addif lxdbr0 to-hub

# --- container c3 ---
# MTU 1462: 1500 less 38 for Ethernet over GRE.
lxc init --quiet ubuntu:24.04 c3 --config user.topoc=gre-hub/spoke2
lxc config device add c3 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c3 \
    hwaddr=02:82:33:20:07:aa mtu=1462
lxc start c3
lxc exec -n c3 -- ip link set dev eth0 up
lxc exec -n c3 -- ip address replace 10.0.0.13/24 dev eth0 brd +
