#!/bin/sh
# plain.sh: the commands that make hub its part of "Ethernet over GRE scenario with a hub", and nothing else.
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
ip address add 172.16.1.1/24 dev eth0

# --- tunnel to-spoke1 ---
# Ethernet frames in GRE, to 172.16.1.2, spoke1's address towards hub.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
ip link add name to-spoke1 address 02:a0:77:7a:2a:5b mtu 1462 type gretap remote 172.16.1.2 local \
    172.16.1.1
ip link set dev to-spoke1 up

# --- tunnel to-spoke2 ---
# Ethernet frames in GRE, to 172.16.1.3, spoke2's address towards hub.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
ip link add name to-spoke2 address 02:0d:4b:6d:7f:59 mtu 1462 type gretap remote 172.16.1.3 local \
    172.16.1.1
ip link set dev to-spoke2 up

# --- bridge lxdbr0 ---
# Joins c1, to-spoke1 and to-spoke2.
# MTU 1462: 1500 less 38 for Ethernet over GRE.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:bb:0e:89:83:9f
ip link set dev lxdbr0 mtu 1462
ip link set dev lxdbr0 up
brctl addif lxdbr0 to-spoke1
brctl addif lxdbr0 to-spoke2

# --- container c1 ---
# MTU 1462: 1500 less 38 for Ethernet over GRE.
lxc init --quiet ubuntu:24.04 c1 --config user.topoc=gre-hub/hub
lxc config device add c1 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c1 \
    hwaddr=02:29:e0:22:97:fe mtu=1462
lxc start c1
lxc exec -n c1 -- ip link set dev eth0 up
lxc exec -n c1 -- ip address replace 10.0.0.11/24 dev eth0 brd +
