#!/bin/sh
# Asks a host of a scenario that is up what docs/scenarios.md says of it, and prints it: a word for what it is, a tab, what
# it is. Where a thing is not as it should be, it ends with 1. It runs on the host, as root.
#
# usage: scenario-facts.sh CAPTURE CONTAINER ADDRESS
#   CAPTURE    the host's capture.sh
#   CONTAINER  one of the host's containers, on whose interface eth0 all is measured
#   ADDRESS    that of a container of another host
#
# shellcheck disable=SC2310,SC2312 # what a failed command has printed is looked at
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
capture=$1 container=$2 address=$3

fail() {
    printf 'scenario-facts: %s\n' "$*" >&2
    exit 1
}

# inside COMMAND…: in the container's network, whether LXD keeps it or a file does
inside() {
    if [ -e "/run/netns/${container}" ]; then
        ip netns exec "${container}" "$@"
    else
        pid=$(lxc list "^${container}\$" --columns p --format csv </dev/null)
        nsenter --target "${pid}" --net "$@"
    fi
}

# The routers on the way, and then the container itself.
way() {
    inside traceroute -n -I -N 1 -q 1 -w 3 -m 8 "${address}" | awk 'NR > 1 { print $2 }'
}

# The interface's MTU; a packet of that many bytes passes in one piece, and of one more the sender is told.
mtu() {
    bytes=$(inside ip -o link show dev eth0 | sed 's/.* mtu \([0-9]*\) .*/\1/')
    inside ping -n -q -c 3 -i 0.2 -W 2 -M 'do' -s $((bytes - 28)) "${address}" >/dev/null ||
        fail "no packet of ${bytes} bytes from ${container} to ${address} passes"
    inside ping -n -c 1 -W 1 -M 'do' -s $((bytes - 27)) "${address}" 2>&1 | grep -q -i -e 'too long' -e 'frag needed' ||
        fail "${container} is not told that $((bytes + 1)) bytes are too many"
    printf '%s\n' "${bytes}"
}

folder=$(mktemp -d)
trap 'rm -rf "${folder}"' EXIT
sh "${capture}" "${folder}" >"${folder}/said" || fail "${capture}: $(cat "${folder}/said")"

printf 'kernel\t%s\n' "$(uname -r | sed 's/-.*//')"
printf 'hops\t%s\n' "$(way | tr '\n' ' ' | sed 's/ $//')"
printf 'mtu\t%s\n' "$(mtu)"
# What capture.sh shows for each proof: the claim, and below it the packet, which tcpdump prints in one line or several.
sed -n '/^    /!b
s/^ *[0-9:.]* //p' "${folder}/said" | awk '/ethertype/ { if (line) print line; line = "" }
    { sub(/^[ \t]+/, ""); line = line (line ? " " : "") $0 } END { print line }' | sed 's/^/proof\t/'
for pcap in "${folder}"/*.pcap; do
    printf 'pcap\t%s %s\n' "${pcap##*/}" "$(base64 -w 0 "${pcap}")"
done
