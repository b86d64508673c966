#!/bin/sh
# check.sh: asks from spine1 whether "Ethernet over VXLAN, between loopback addresses" does what it should. Prints TAP.
# Run it as root on that host, when all hosts are up. It sends pings from the host's containers, and changes nothing.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # what a failed command has printed is looked at
set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

host='spine1'
count=0
failures=0
# The address that packets come from; without one the sender chooses.
from=

# inside NODE COMMAND…: runs this host's own command in the network of a container, or of the host
# itself
inside() {
    node=$1
    shift
    case ${node} in
    *) "$@" ;;
    esac
}

# interfaces NODE: for each one its name, its end on the host, its bridge, its addresses
interfaces() {
    case $1 in
    spine1) printf '%s\n' 'eth0 - - 172.16.0.2/30' 'eth1 - - 172.16.0.10/30' ;;
    *) ;;
    esac
}

[ "$(id -u)" -eq 0 ] || {
    printf 'Bail out! needs root: try sudo\n'
    exit 1
}
for tool in ip ping; do
    command -v "${tool}" >/dev/null || {
        printf 'Bail out! "%s" is not installed\n' "${tool}"
        exit 1
    }
done

printf '1..%d\n' 0
# What was predicted is true of 0, the kernel's default (RFC 3704); distributions have others.
filter=$(find /proc/sys/net/ipv4/conf -name rp_filter -exec cat {} + 2>/dev/null | sort -n | tail -n 1)
[ "${filter:-0}" -eq 0 ] ||
    printf '# %s: net.ipv4.conf.*.rp_filter is up to %s here; it was taken to be 0\n' "${host}" "${filter}"
printf '# %s: %d of %d hold\n' "${host}" $((count - failures)) "${count}"
[ "${failures}" -eq 0 ] || {
    printf '# where a container or this host has restarted, up.sh brings back what is missing\n'
    exit 1
}
