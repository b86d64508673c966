#!/bin/sh
# plain.sh: the commands that make leaf1 its part of "Ethernet over VXLAN, between loopback addresses", and nothing else.
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

# --- loopback interface ---
ip address add 10.255.0.1/32 dev lo

# --- NIC eth0, on LAN "left1" ---
ip link set dev eth0 up
ip address add 172.16.0.1/30 dev eth0

# --- NIC eth1, on LAN "left2" ---
ip link set dev eth1 up
ip address add 172.16.0.5/30 dev eth1

# --- tunnel vx10 ---
# VXLAN 10: Ethernet frames in UDP; broadcasts and unknown addresses go to each peer.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vx10 address 02:0d:63:a0:70:23 mtu 1450 type vxlan id 10 local 10.255.0.1 dstport \
    4789
bridge fdb append 00:00:00:00:00:00 dev vx10 dst 10.255.0.2
ip link set dev vx10 up

# --- bridge br0 ---
# Joins c1, c2 and vx10.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr br0
ip link set dev br0 address 02:b7:be:23:ff:2a
ip link set dev br0 mtu 1450
ip link set dev br0 up
brctl addif br0 vx10

# --- container c1 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
lxc init --quiet ubuntu:24.04 c1 --config user.topoc=vxlan-loopbacks/leaf1
lxc config device add c1 eth0 nic nictype=bridged parent=br0 name=eth0 host_name=veth-c1 \
    hwaddr=02:96:8d:c2:c7:46 mtu=1450
lxc start c1
lxc exec -n c1 -- ip link set dev eth0 up
lxc exec -n c1 -- ip address replace 10.0.0.11/24 dev eth0 brd +

# --- container c2 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
lxc init --quiet ubuntu:24.04 c2 --config user.topoc=vxlan-loopbacks/leaf1
lxc config device add c2 eth0 nic nictype=bridged parent=br0 name=eth0 host_name=veth-c2 \
    hwaddr=02:c1:61:81:05:70 mtu=1450
lxc start c2
lxc exec -n c2 -- ip link set dev eth0 up
lxc exec -n c2 -- ip address replace 10.0.0.12/24 dev eth0 brd +

# --- routes ---
# 172.16.0.2 is spine1's address.
# 172.16.0.6 is spine2's address.
ip route replace 10.255.0.2 nexthop via 172.16.0.2 dev eth0 nexthop via 172.16.0.6 dev eth1
