#!/bin/sh
# plain.sh: the commands that make host2 its part of "Ethernet over VXLAN scenario", and nothing else.
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

# --- tunnel vxlan0 ---
# VXLAN 42: Ethernet frames in UDP; broadcasts and unknown addresses go to the group 239.1.1.42.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vxlan0 address 02:aa:80:97:71:57 mtu 1450 type vxlan id 42 group 239.1.1.42 dev \
    eth0 dstport 4789
ip link set dev vxlan0 up

# --- bridge lxdbr0 ---
# Joins c3, c4 and vxlan0.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:7e:31:7c:01:6c
ip link set dev lxdbr0 mtu 1450
ip link set dev lxdbr0 up
brctl addif lxdbr0 vxlan0

# --- container c3 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
lxc init --quiet ubuntu:24.04 c3 --config user.topoc=vxlan/host2
lxc config device add c3 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c3 \
    hwaddr=02:57:7e:cf:89:71 mtu=1450
lxc start c3
lxc exec -n c3 -- ip link set dev eth0 up
lxc exec -n c3 -- ip address replace 10.0.0.13/24 dev eth0 brd +

# --- container c4 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
lxc init --quiet ubuntu:24.04 c4 --config user.topoc=vxlan/host2
lxc config device add c4 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c4 \
    hwaddr=02:90:5e:4b:98:1a mtu=1450
lxc start c4
lxc exec -n c4 -- ip link set dev eth0 up
lxc exec -n c4 -- ip address replace 10.0.0.14/24 dev eth0 brd +
