#!/bin/sh
# check.sh: asks from host2 whether "Ethernet over VXLAN scenario" does what it should. Prints TAP.
# Run it as root on that host, when all hosts are up. It sends pings from the host's containers, and changes nothing.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # what a failed command has printed is looked at
set -uf
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

count=0
failures=0

# inside NODE COMMAND…: runs this host's own command in the network of a container, or of the host itself
inside() {
    node=$1
    shift
    case ${node} in
    c3) ip netns exec c3 "$@" ;;
    c4) ip netns exec c4 "$@" ;;
    *) "$@" ;;
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

# echo_reply NODE ADDRESS [OPTION…]: the first packets may go before ARP or IPv6's duplicate address detection is done
echo_reply() {
    node=$1 address=$2
    shift 2
    inside "${node}" ping -n -c 1 -W 1 "$@" "${address}" 2>&1 ||
        inside "${node}" ping -n -c 3 -i 0.5 -W 1 "$@" "${address}" 2>&1
}

# reaches NODE TARGET ADDRESS
reaches() {
    seen=$(echo_reply "$1" "$3" -q)
    verdict $? "$1 reaches $2 ($3)" "${seen}"
}

# carries_whole NODE TARGET ADDRESS BYTES HEADERS: packets of that many bytes pass in one piece
carries_whole() {
    seen=$(echo_reply "$1" "$3" -q -M 'do' -s $(($4 - $5)))
    verdict $? "$1 to $2 ($3): $4 bytes pass in one piece" "${seen}"
}

# carries NODE TARGET ADDRESS BYTES HEADERS: they do, and for larger ones the sender is told that they do not: none vanishes
carries() {
    carries_whole "$@"
    seen=$(inside "$1" ping -n -c 1 -W 0.5 -M 'do' -s $(($4 - $5 + 1)) "$3" 2>&1)
    printf '%s\n' "${seen}" | grep -q -i -e 'too long' -e 'frag needed' -e 'too big'
    verdict $? "$1 to $2 ($3): $(($4 + 1)) bytes do not, and $1 is told" "${seen}"
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

printf '1..%d\n' 18
reaches c4 c2 10.0.0.12
carries c4 c2 10.0.0.12 1450 28
reaches c3 c1 10.0.0.11
carries c3 c1 10.0.0.11 1450 28
reaches c3 c2 10.0.0.12
carries c3 c2 10.0.0.12 1450 28
reaches c3 c4 10.0.0.14
carries c3 c4 10.0.0.14 1450 28
reaches c4 c1 10.0.0.11
carries c4 c1 10.0.0.11 1450 28
reaches c4 c3 10.0.0.13
carries c4 c3 10.0.0.13 1450 28
printf '# %s: %d of %d hold\n' host2 $((count - failures)) "${count}"
[ "${failures}" -eq 0 ] || {
    printf '# where a container or this host has restarted, up.sh brings back what is missing\n'
    exit 1
}
