#!/bin/sh
# check.sh: asks from spoke1 whether "Ethernet over GRE scenario with a hub" does what it should. Prints TAP.
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

host='spoke1'
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
    c2) in_network_of c2 "$@" ;;
    *) "$@" ;;
    esac
}

# interfaces NODE: for each one its name, its end on the host, its bridge, its addresses
interfaces() {
    case $1 in
    c2) printf '%s\n' 'eth0 veth-c2 lxdbr0 10.0.0.12/24' ;;
    spoke1) printf '%s\n' 'eth0 - - 172.16.1.2/24' 'to-hub - lxdbr0' 'lxdbr0 - -' ;;
    *) ;;
    esac
}

# find_within [PREFIX…]: sets `within` to the container, with a slash, in which the prefix runs a
# command; to nothing for the host
find_within() {
    case ${1-} in
    '') within= ;;
    in_*) within=$2/ ;;
    *) within=$4/ ;;
    esac
}

# is_lost LINK [PREFIX…]: true where a dry run has undone it: what is asked of it is not there any
# more
is_lost() {
    [ "${lost:- }" != ' ' ] || return 1
    it=$1
    shift
    find_within "$@"
    case ${lost} in
    *" ${within}${it} "*) return 0 ;;
    *) ;;
    esac
    [ -n "${within}" ] && case ${lost} in
    *" ${within} "*) true ;;
    *) false ;;
    esac
}

# quietly COMMAND…: a question, whose failure is its answer
# shellcheck disable=SC2086 # a command, or nothing
quietly() { ${look-} "$@" 2>/dev/null </dev/null; }

# shows COMMAND…: true where the command prints something
shows() { [ -n "$(quietly "$@")" ]; }

# has_address ADDRESS/LENGTH LINK [PREFIX…]
has_address() {
    sought=$1 link=$2
    shift 2
    if is_lost "${link}" "$@" || is_lost "${sought}@${link}" "$@"; then return 1; fi
    case $(quietly "$@" ip address show dev "${link}") in
    *" inet ${sought} "* | *" inet6 ${sought} "*) true ;;
    *) false ;;
    esac
}

# has_port BRIDGE LINK
has_port() {
    if is_lost "$1" || is_lost "$2" || is_lost "$2@$1"; then return 1; fi
    shows ip link show master "$1" dev "$2"
}

# list_instances [NAME]: what lxc says of containers, a line each: NAME,STATE,PID,MARK
list_instances() {
    quietly lxc list ${1+"^$1\$"} --columns n,s,p,user.topoc --format csv
}

# know_instances: `instances` is that, asked once; of a container that a command has changed since
# then, it has the name alone
know_instances() {
    newline='
'
    [ -n "${instances-}" ] || instances=${newline}$(list_instances)${newline}
}

# find_instance CONTAINER: sets `known` to what is known of it, without its name; false where there
# is none
find_instance() {
    know_instances
    case ${instances} in
    *"${newline}$1${newline}"*)
        known=${newline}$(list_instances "$1")${newline}${instances#*"${newline}$1${newline}"}
        instances=${instances%%"${newline}$1${newline}"*}${known}
        ;;
    *) ;;
    esac
    case ${instances} in
    *"${newline}$1,"*) ;;
    *) return 1 ;;
    esac
    known=${instances#*"${newline}$1,"}
    known=${known%%"${newline}"*}
}

# find_pid CONTAINER: sets `pid`, to 0 where it does not run; false where there is none
find_pid() {
    find_instance "$1" || return 1
    pid=${known#*,}
    pid=${pid%%,*}
    pid=${pid:-0}
}

# in_network_of CONTAINER COMMAND…: runs the host's own command in a container's network
in_network_of() {
    find_pid "$1" || return 1
    shift
    nsenter --target "${pid}" --net "$@"
}

# filters FAMILIES: the commands of iptables(8) for them that this host has; each of its two kinds
# has rules of its own
filters() {
    for name in iptables ip6tables; do
        case "${name} $1" in
        iptables\ *ipv4* | ip6tables\ *ipv6*) ;;
        *) continue ;;
        esac
        if command -v "${name}-nft" >/dev/null; then
            printf '%s\n' "${name}-nft"
            # A question would make the tables of the older kind.
            ! grep -qs filter "/proc/net/${name%tables}_tables_names" ||
                printf '%s\n' "${name}-legacy"
        elif command -v "${name}" >/dev/null; then
            printf '%s\n' "${name}"
        fi
    done
}

# has_rule FILTER CHAIN WORD…
has_rule() {
    filter=$1
    shift
    "${filter}" -w 5 -C "$@" >/dev/null 2>&1 </dev/null
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

# echo_reply NODE ADDRESS [OPTION…]: the first packets may go before ARP or IPv6's duplicate address
# detection is done
echo_reply() {
    node=$1 address=$2
    shift 2
    inside "${node}" ping -n -c 1 -W 1 ${from:+-I "${from}"} "$@" "${address}" 2>&1 ||
        inside "${node}" ping -n -c 3 -i 0.5 -W 1 ${from:+-I "${from}"} "$@" "${address}" 2>&1
}

# reaches NODE TARGET ADDRESS
reaches() {
    seen=$(echo_reply "$1" "$3" -q)
    reached=$?
    verdict "${reached}" "$1 reaches $2 ($3)" "${seen}"
    [ "${reached}" -eq 0 ] || diagnose "$1" "$2" "$3"
}

# carries_whole NODE TARGET ADDRESS BYTES HEADERS: packets of that many bytes pass in one piece
carries_whole() {
    if [ "${reached}" -ne 0 ]; then
        verdict 1 "$1 to $2 ($3): $4 bytes pass in one piece" 'not tried, since smaller ones do not pass'
        return
    fi
    seen=$(echo_reply "$1" "$3" -q -M 'do' -s $(($4 - $5)))
    passed=$?
    verdict "${passed}" "$1 to $2 ($3): $4 bytes pass in one piece" "${seen}"
    [ "${passed}" -eq 0 ] || diagnose_size "$1" "$3" "$4"
}

# carries_at_most NODE TARGET ADDRESS BYTES HEADERS: they do, and for larger ones the sender is told
# that they do not: none vanishes
carries_at_most() {
    carries_whole "$@"
    # Where the sender's own interface is too small, ping(8) looks whether it is done after an interval.
    seen=$(inside "$1" ping -n -c 1 -i 0.02 -W 0.5 ${from:+-I "${from}"} -M 'do' -s $(($4 - $5 + 1)) "$3" 2>&1)
    printf '%s\n' "${seen}" | grep -q -i -e 'too long' -e 'frag needed' -e 'too big'
    verdict $? "$1 to $2 ($3): $(($4 + 1)) bytes do not, and $1 is told" "${seen}"
}

# goes_by NODE TARGET ADDRESS [ROUTER ADDRESSES]…: these routers, in this order, and then the target
goes_by() { passes_by "" "$@"; }

# passes_by OUT NODE TARGET ADDRESS [ROUTER ADDRESSES]…
passes_by() {
    beyond=$1
    shift
    description="$1 goes to $2 ($3) by" node=$1 address=$3
    shift 3
    # By echo requests, one at a time: kernels answer only a few packets a second to a closed port
    # (icmp(7), ratelimit).
    way=$(inside "${node}" traceroute -n -I -N 1 -q 2 -w 1 -m 30 ${from:+-s "${from}"} "${address}" 2>&1)
    hops=$(printf '%s\n' "${way}" | sed -n 's/^ *[0-9][0-9]* *//p')
    wrong=0 hop=1
    while [ $# -gt 0 ]; do
        description="${description} $1"
        found=$(printf '%s\n' "${hops}" | sed -n "${hop}{s/[ *]*\([^ ]*\).*/\1/;p;}")
        case " $2 " in *" ${found:-none} "*) ;; *) wrong=1 ;; esac
        hop=$((hop + 1))
        shift 2
    done
    case ${description} in *' by') description="${description% by} without a router" ;; *) ;; esac
    if [ -n "${beyond}" ]; then
        # Who is there may be silent; whether it answers has been asked.
        [ "${reached}" -eq 0 ] || wrong=1
    else
        [ "$(printf '%s\n' "${hops}" | sed -n "${hop}{s/[ *]*\([^ ]*\).*/\1/;p;}")" = "${address}" ] || wrong=1
    fi
    verdict "${wrong}" "${description}" "${way}"
}

# cause TEXT NODE COMMAND…: why something fails, and the command that shows it on that node
cause() {
    printf '#   cause: %s\n' "$1"
    at=$2
    shift 2
    printf '#   shown on %s by: %s\n' "${at}" "$*"
}

# has_bad_link NODE LINK: it is not there, or down, or its other end is
has_bad_link() {
    case $(inside "$1" ip link show dev "$2" 2>/dev/null </dev/null) in
    '') cause "$1 has no interface $2" "$1" ip link show ;;
    *NO-CARRIER*) cause "$2 of $1 has no carrier: nothing is plugged to it, or the other end is down" "$1" ip link show dev "$2" ;;
    *[\<,]UP[,\>]*) false ;;
    *) cause "$2 of $1 is down" "$1" ip link show dev "$2" ;;
    esac
}

# has_bad_port BRIDGE LINK
has_bad_port() {
    if [ -z "$(ip link show dev "$1" up 2>/dev/null)" ]; then
        cause "bridge $1 is not up" "${host}" ip link show dev "$1"
    elif ! has_port "$1" "$2"; then
        cause "$2 is no port of bridge $1" "${host}" ip link show master "$1"
    else
        false
    fi
}

# has_bad_interface NODE: one of its interfaces, as far as this host has them: what is nearer to the
# host first
has_bad_interface() {
    while read -r link near bridge addresses; do
        if [ -z "${link}" ]; then return 1; fi
        # "?" is an end whose name is Docker's choice.
        [ "${near}" != '?' ] || near=- bridge=-
        if [ "${near}" != - ] && [ -z "$(ip link show dev "${near}" up 2>/dev/null)" ]; then
            has_bad_link "${host}" "${near}" && return 0
        fi
        if [ "${bridge}" != - ] && has_bad_port "${bridge}" "$([ "${near}" = - ] && echo "${link}" || echo "${near}")"; then
            return 0
        fi
        has_bad_link "$1" "${link}" && return 0
        for address in ${addresses}; do
            has_address "${address}" "${link}" inside "$1" || {
                cause "$1 has no address ${address} on ${link}" "$1" ip address show dev "${link}"
                return 0
            }
        done
    done <<END
$(interfaces "$1")
END
    return 1
}

# has_no_route NODE: else it sets by what interface the packets leave it, and to whom
has_no_route() {
    way=$(inside "$1" ip "${family}" route get "${goal}" 2>&1 </dev/null) || {
        cause "$1 has no route to ${goal}" "$1" ip "${family}" route get "${goal}"
        return 0
    }
    dev=$(printf '%s\n' "${way}" | sed -n '1s/.* dev \([^ ]*\).*/\1/p')
    next=$(printf '%s\n' "${way}" | sed -n '1s/.* via \([^ ]*\).*/\1/p')
    next=${next:-${goal}}
    return 1
}

# bridge_of NODE LINK: the bridge that it is on; a bridge is on itself
bridge_of() {
    found=$(interfaces "$1" | awk -v link="$2" '$1 == link && $3 != "-" { print $3; exit }')
    printf '%s\n' "${found:-$2}"
}

packets_of() { cat "/sys/class/net/$1/statistics/$2_packets"; }

# is_one_way TUNNEL NODE: what the node sends leaves by it, and nothing comes; two seconds, since it
# asks once a second
is_one_way() {
    ip -d link show dev "$1" | grep -q -e ' gretap ' -e ' ip6gretap ' -e ' vxlan ' || return 1
    sent=$(packets_of "$1" tx) got=$(packets_of "$1" rx)
    inside "$2" ping -n -q -c 2 -W 1 "${goal}" >/dev/null 2>&1 </dev/null
    [ "$(packets_of "$1" tx)" -gt "${sent}" ] && [ "$(packets_of "$1" rx)" -eq "${got}" ] &&
        cause "frames to ${goal} leave by tunnel $1 and none come back: is its other end up, and ${goal}?" \
            "${host}" ip -s link show dev "$1"
}

# is_not_answered NODE: nobody says that the address is its own (ARP, or IPv6's neighbour discovery)
is_not_answered() {
    case $(inside "$1" ip neigh show to "${next}" dev "${dev}" </dev/null) in
    *FAILED* | *INCOMPLETE*) ;;
    *) return 1 ;;
    esac
    on=$(bridge_of "$1" "${dev}")
    while read -r link near bridge addresses; do
        [ "${bridge}" = "${on}" ] || continue
        if has_bad_port "${on}" "${link}" || has_bad_link "${host}" "${link}" || is_one_way "${link}" "$1"; then return 0; fi
    done <<END
$(interfaces "${host}")
END
    cause "$1 asks on ${dev} who has ${next}, and nobody answers" "$1" ip neigh show to "${next}" dev "${dev}"
}

# is_not_forwarded: where this host is the next router, by itself
is_not_forwarded() {
    [ "${next}" != "${goal}" ] && [ -n "$(ip address show to "${next}")" ] || return 1
    key=net.ipv4.ip_forward
    [ "${family}" = -4 ] || key=net.ipv6.conf.all.forwarding
    if [ "$(sysctl -n "${key}")" != 1 ]; then
        cause "${host} does not forward what is for others" "${host}" sysctl "${key}"
    else
        has_no_route "${host}" || has_bad_link "${host}" "${dev}" || is_not_answered "${host}"
    fi
}

# drops_of FILTER: how many packets the policy of its FORWARD chain has dropped
drops_of() { "$1" -w 5 -S FORWARD -v 2>/dev/null </dev/null | sed -n 's/^-P FORWARD DROP -c \([0-9]*\) .*/\1/p'; }

# is_dropped NODE: by this host's firewall, which counts
is_dropped() {
    for filter in $(filters 'ipv4 ipv6'); do
        drops=$(drops_of "${filter}")
        [ -n "${drops}" ] || continue
        inside "$1" ping -n -q -c 1 -W 1 "${goal}" >/dev/null 2>&1 </dev/null
        [ "$(drops_of "${filter}")" -gt "${drops}" ] || continue
        what="packets to ${goal}" who=
        [ "${first}" != "${goal}" ] || what="frames between ports of ${on}"
        ! has_rule "${filter}" FORWARD -j DOCKER-USER || who=', which Docker set to DROP'
        cause "${what} are dropped by FORWARD of ${filter}${who}: up.sh lets them pass" \
            "${host}" "${filter}" -S FORWARD -v
        return 0
    done
    return 1
}

# unreversed NODE: how many packets its rp_filter has dropped
unreversed() {
    inside "$1" cat /proc/net/netstat 2>/dev/null </dev/null | awk '/^TcpExt:/ {
        if (at) print $at
        else for (i = 2; i <= NF; i++) if ($i == "IPReversePathFilter") at = i
    }'
}

# is_filtered NODE: by rp_filter of this host or of the node, which counts
is_filtered() {
    [ "${family}" = -4 ] || return 1
    for filter in "${host}" "$1"; do
        drops=$(unreversed "${filter}")
        inside "$1" ping -n -q -c 1 -W 1 "${goal}" >/dev/null 2>&1 </dev/null
        [ "$(unreversed "${filter}")" -gt "${drops:-0}" ] 2>/dev/null || continue
        cause "rp_filter of ${filter} drops packets that come in by another interface than its way to their sender" \
            "${filter}" sysctl -a -r '[.]rp_filter'
        return 0
    done
    return 1
}

# diagnose NODE TARGET ADDRESS: the first cause why a ping fails, on its way as far as this host has
# it
diagnose() {
    goal=$3 family=-4
    case ${goal} in
    *:*) family=-6 ;;
    *) ;;
    esac
    if has_bad_interface "$1" || has_bad_interface "$2" || has_no_route "$1"; then return; fi
    first=${next} on=$(bridge_of "$1" "${dev}")
    # First the filter, which drops questions of ARP too.
    is_filtered "$1" || is_not_answered "$1" || is_not_forwarded || is_dropped "$1" ||
        printf '#   no cause is seen on %s: check.sh on the other hosts may see one\n' "${host}"
}

# is_too_small NODE LINK BYTES
is_too_small() {
    mtu=$(inside "$1" ip link show dev "$2" 2>/dev/null </dev/null | sed -n '1s/.* mtu \([0-9]*\) .*/\1/p')
    [ "${mtu:-$3}" -lt "$3" ] && cause "$2 of $1 has MTU ${mtu}, and packets of $3 bytes must pass" "$1" ip link show dev "$2"
}

# diagnose_size NODE ADDRESS BYTES: the first interface on the way that is too small for packets
# that must pass
diagnose_size() {
    goal=$2 family=-4
    case ${goal} in
    *:*) family=-6 ;;
    *) ;;
    esac
    if has_no_route "$1" || is_too_small "$1" "${dev}" "$3"; then return; fi
    learnt=$(printf '%s\n' "${way}" | sed -n 's/.* mtu \([0-9]*\) .*/\1/p')
    on=$(bridge_of "$1" "${dev}")
    while read -r link near bridge addresses; do
        [ "${link}" = "${on}" ] || [ "${bridge}" = "${on}" ] || continue
        is_too_small "${host}" "${link}" "$3" && return
    done <<END
$(interfaces "${host}")
END
    if [ "${next}" != "${goal}" ] && ! has_no_route "${host}" && is_too_small "${host}" "${dev}" "$3"; then return; fi
    if [ "${learnt:-$3}" -lt "$3" ]; then
        cause "$1 was told that no more than ${learnt} bytes pass to $2" "$1" ip "${family}" route get "$2"
        return
    fi
    printf '#   no interface on %s is too small: check.sh on the other hosts may see one\n' "${host}"
}

[ "$(id -u)" -eq 0 ] || {
    printf 'Bail out! needs root: try sudo\n'
    exit 1
}
for tool in ip ping traceroute; do
    command -v "${tool}" >/dev/null || {
        printf 'Bail out! "%s" is not installed\n' "${tool}"
        exit 1
    }
done
know_instances

printf '1..%d\n' 8
# What was predicted is true of 0, the kernel's default (RFC 3704); distributions have others.
filter=$(find /proc/sys/net/ipv4/conf -name rp_filter -exec cat {} + 2>/dev/null | sort -n | tail -n 1)
[ "${filter:-0}" -eq 0 ] ||
    printf '# %s: net.ipv4.conf.*.rp_filter is up to %s here; it was taken to be 0\n' "${host}" "${filter}"
reaches c2 c3 10.0.0.13
carries_at_most c2 c3 10.0.0.13 1462 28
goes_by c2 c3 10.0.0.13
reaches c2 c1 10.0.0.11
carries_at_most c2 c1 10.0.0.11 1462 28
reaches spoke1 hub 172.16.1.1
printf '# %s: %d of %d hold\n' "${host}" $((count - failures)) "${count}"
[ "${failures}" -eq 0 ] || {
    printf '# where a container or this host has restarted, up.sh brings back what is missing\n'
    exit 1
}
