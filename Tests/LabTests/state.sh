#!/bin/sh
# Prints all that a script of a host may change, in a form that Swift's JSON reader takes: one line a question, with the
# question before a tab. It asks the network namespace that it runs in, and all that are named there.
#
# usage: state.sh
#
# shellcheck disable=SC2312 # what is not there shows as missing
PATH=${PATH}:/usr/sbin:/sbin

ask() {
    question=$1
    shift
    printf '%s\t%s\n' "${question}" "$("$@" 2>/dev/null | tr -d '\n')"
}

network() {
    where=$1
    shift
    ask "${where} link" "$@" ip -j link
    ask "${where} address" "$@" ip -j address
    ask "${where} route" "$@" ip -j -4 route show table all
    ask "${where} route6" "$@" ip -j -6 route
    ask "${where} rule" "$@" ip -j rule
    ask "${where} fdb" "$@" bridge -j fdb show
    "$@" sysctl -a 2>/dev/null | grep -E '^net\.(ipv[46]\.(ip_forward|conf\..*)|bridge\..*) ' |
        grep -v -E '(stable_secret|base_reachable)' | sed "s,^,${where} sysctl ,; s/ = /	/"
}

network host
for file in /run/netns/*; do
    [ ! -f "${file}" ] || network "${file##*/}" ip netns exec "${file##*/}"
done
cut -d ' ' -f 4,5,6,8- /proc/self/mountinfo | sed 's/[a-z]*:\[[0-9]*\]//; s/$/	/; s/^/mount /'
find /run -mindepth 1 ! -path '*/lock' 2>/dev/null | sort | sed 's/$/	/; s/^/file /'
