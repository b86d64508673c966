#!/bin/sh
# check.sh: asks from outside:internet whether "A host that is the way out for its containers" does what it should. Prints TAP.
# Run it as root on that host, when all hosts are up. It sends pings from the host's containers, and changes nothing.
# Written by topoc; change the topology file instead, and build again.
#
# usage: check.sh [passing|silent]
#   passing  asks only what must pass. That something else does not pass proves nothing until this holds on all hosts.
#   silent   asks only what must not pass
#
# shellcheck disable=SC2312 # what a failed command has printed is looked at
set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

host='outside:internet'
count=0
failures=0
# The address that packets come from; without one the sender chooses.
from=
part=${1-}
case ${part} in
'') expected=2 ;;
passing) expected=1 ;;
silent) expected=1 ;;
*)
    printf 'usage: check.sh [passing|silent]\n' >&2
    exit 2
    ;;
esac

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
    *) ;;
    esac
}

# verdict STATUS DESCRIPTION [LINE…]: a line of TAP, with what was seen where it failed
verdict() {
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        printf 'ok %d - %s\n' "${count}" "$2"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n' "${count}" "$2"
        shift 2
        [ $# -eq 0 ] || printf '%s\n' "$@" | sed '/^$/d;s/^/#   /'
    fi
}

# sent_from ADDRESS ASSERTION…: one about packets that come from this address, whichever the node would choose
sent_from() {
    from=$1
    shift
    "$@"
    from=
}

# reaches_not NODE TARGET ADDRESS REASON
reaches_not() {
    ! seen=$(inside "$1" ping -n -q -c 1 -W 1 ${from:+-I "${from}"} "$3" 2>&1)
    verdict $? "$1 does not reach $2 ($3): $4" "${seen}"
}

# connects NODE TARGET ADDRESS PORT: the second time, where the first packets have gone before ARP was done
connects() {
    tries=2
    while [ "${tries}" -gt 0 ]; do
        # shellcheck disable=SC2016 # Perl expands its own words
        seen=$(inside "$1" perl -MIO::Socket::IP -e '
            $SIG{ALRM} = sub { die "no answer\n" };
            alarm 3;
            IO::Socket::IP->new(
                PeerHost => $ARGV[0], PeerPort => $ARGV[1], Type => SOCK_STREAM,
                $ARGV[2] ? (LocalHost => $ARGV[2]) : ()) or die "$@\n"' "$3" "$4" "${from}" 2>&1 </dev/null)
        connected=$?
        [ "${connected}" -eq 0 ] && break
        tries=$((tries - 1))
    done
    case ${seen} in
    *refused*) seen="${seen}
nobody takes connections there: \"check.sh listen\" of its host does" ;;
    *) ;;
    esac
    verdict "${connected}" "$1 connects to $2 ($3), TCP port $4" "${seen}"
}

[ "$(id -u)" -eq 0 ] || {
    printf 'Bail out! needs root: try sudo\n'
    exit 1
}
for tool in ip ping perl; do
    command -v "${tool}" >/dev/null || {
        printf 'Bail out! "%s" is not installed\n' "${tool}"
        exit 1
    }
done

printf '1..%d\n' "${expected}"
# What was predicted is true of 0, the kernel's default (RFC 3704); distributions have others.
filter=$(find /proc/sys/net/ipv4/conf -name rp_filter -exec cat {} + 2>/dev/null | sort -n | tail -n 1)
[ "${filter:-0}" -eq 0 ] ||
    printf '# %s: net.ipv4.conf.*.rp_filter is up to %s here; it was taken to be 0\n' "${host}" "${filter}"
if [ "${part}" != silent ]; then
    sent_from 198.51.100.7 connects outside:internet web 203.0.113.10 8080
fi
if [ "${part}" != passing ]; then
    sent_from 198.51.100.7 reaches_not outside:internet db 10.1.0.12 'what is outside knows no way to 10.1.0.0/24'
fi
printf '# %s: %d of %d hold\n' "${host}" $((count - failures)) "${count}"
[ "${failures}" -eq 0 ] || {
    printf '# where a container or this host has restarted, up.sh brings back what is missing\n'
    exit 1
}
