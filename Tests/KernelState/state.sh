#!/bin/sh
# Prints the links, addresses, routes, forwarding tables and forwarding switches of the network namespace that it runs in,
# a line each, with the question before a tab. The NIC's own MAC address, which is another on each machine, is a word.
#
# shellcheck disable=SC2312 # what is not there shows as missing
PATH=${PATH}:/usr/sbin:/sbin
mac=$(cat /sys/class/net/eth0/address)
for question in "ip -d -j link" "ip -j address" "ip -j -4 route show table all" "ip -j -6 route" "bridge -j fdb show"; do
    printf '%s\t%s\n' "${question}" "$(${question} | tr -d '\n' | sed "s/${mac:-none}/eth0's/g")"
done
sysctl -a -r '^net\.(ipv4.(ip_forward|conf\..*\.forwarding)|ipv6\.conf\..*\.forwarding)' | sed 's/^/sysctl	/'
