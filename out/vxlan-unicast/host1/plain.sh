#!/bin/sh
# plain.sh: the commands that make host1 its part of "Ethernet over VXLAN scenario, unicast", and nothing else.
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

# --- tunnel vxlan0 ---
# VXLAN 42: Ethernet frames in UDP; broadcasts and unknown addresses go to each peer.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vxlan0 address 02:23:f6:7b:45:90 mtu 1450 type vxlan id 42 local 172.16.1.1 dev \
    eth0 dstport 4789
bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 172.16.1.2
bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 172.16.1.3
ip link set dev vxlan0 up

# --- bridge lxdbr0 ---
# Joins c1, c2 and vxlan0.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:a7:02:1b:f0:b8
ip link set dev lxdbr0 mtu 1450
ip link set dev lxdbr0 up
brctl addif lxdbr0 vxlan0

# --- container c1 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
lxc init --quiet ubuntu:24.04 c1 --config user.topoc=vxlan-unicast/host1
lxc config device add c1 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c1 \
    hwaddr=02:bb:9c:e1:d0:cf mtu=1450
lxc start c1
lxc exec -n c1 -- ip link set dev eth0 up
lxc exec -n c1 -- ip address replace 10.0.0.11/24 dev eth0 brd +

# --- container c2 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
lxc init --quiet ubuntu:24.04 c2 --config user.topoc=vxlan-unicast/host1
lxc config device add c2 eth0 nic nictype=bridged parent=lxdbr0 name=eth0 host_name=veth-c2 \
    hwaddr=02:c1:4e:6f:fa:0b mtu=1450
lxc start c2
lxc exec -n c2 -- ip link set dev eth0 up
lxc exec -n c2 -- ip address replace 10.0.0.12/24 dev eth0 brd +
