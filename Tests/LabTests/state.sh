#!/bin/sh
# Prints all that a script of a host may change, in a form that Swift's JSON reader takes: one line a question, with the
# question before a tab. It asks the network namespace that it runs in, and all that are named there by calling itself
# in them.
#
# usage: state.sh [NAMESPACE]
#
# shellcheck disable=SC2312 # what is not there shows as missing
PATH=${PATH}:/usr/sbin:/sbin
where=${1:-host}

ask() {
    question=$1
    shift
    printf '%s %s\t%s\n' "${where}" "${question}" "$("$@" 2>/dev/null | tr -d '\n')"
}

ask link ip -j link
ask address ip -j address
ask route ip -j -4 route show table all
ask route6 ip -j -6 route
ask rule ip -j rule
ask proxy ip neighbour show proxy
ask fdb bridge -j fdb show
# The files themselves: sysctl would read all the others as well.
(cd /proc/sys/net && grep -r -s '' ipv4/ip_forward ipv4/conf ipv6/conf bridge) | grep -v -E '(stable_secret|base_reachable)' |
    sort | sed "s,^,${where} sysctl ,; s/:/	/"
[ $# -eq 0 ] || exit 0

for filter in iptables-nft iptables-legacy ip6tables-nft ip6tables-legacy; do
    # Tables that somebody has looked at are there, with nothing in them.
    "${filter}-save" 2>/dev/null | sed -n "s/ \[[0-9:]*\]//; /ACCEPT\$/d; s/^[-:].*/filter ${filter} &	/p"
done

nft -s list ruleset inet 2>/dev/null | sed -n 's/^[[:space:]]*//; s/^[a-z].*/filter nft &	/p'

for file in /run/netns/*; do
    [ ! -f "${file}" ] || ip netns exec "${file##*/}" sh "$0" "${file##*/}"
done
cut -d ' ' -f 4,5,6,8- /proc/self/mountinfo | sed 's/[a-z]*:\[[0-9]*\]//; s/$/	/; s/^/mount /'
find /run -mindepth 1 ! -name lock ! -name xtables.lock 2>/dev/null | sort | sed 's/$/	/; s/^/file /'
