#!/bin/sh
# check.sh: asks from gw whether "A host that is the way out for its containers" does what it should. Prints TAP.
# Run it as root on that host, when all hosts are up. It sends pings from the host's containers, and changes nothing.
# Written by topoc; change the topology file instead, and build again.
#
# check.sh listen [PID] takes the connections that checks of other hosts make to ports here where nobody else takes them, for ten
# minutes, or as long as that process is there.
#
# shellcheck disable=SC2312 # what a failed command has printed is looked at
set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

host='gw'
count=0
failures=0
# The address that packets come from; without one the sender chooses.
from=
server=$$

# inside NODE COMMAND…: runs this host's own command in the network of a container, or of the host
# itself
inside() {
    node=$1
    shift
    case ${node} in
    web) in_network_of web "$@" ;;
    db) in_network_of db "$@" ;;
    job) in_network_of job "$@" ;;
    *) "$@" ;;
    esac
}

# interfaces NODE: for each one its name, its end on the host, its bridge, its addresses
interfaces() {
    case $1 in
    web) printf '%s\n' 'eth0 veth-web lxdbr0 10.1.0.11/24' ;;
    db) printf '%s\n' 'eth0 veth-db lxdbr0 10.1.0.12/24' ;;
    job) printf '%s\n' 'eth0 veth-job lxdbr0 10.1.0.200/24' ;;
    gw) printf '%s\n' 'eth0 - - 203.0.113.10/24 203.0.113.11/24' 'lxdbr0 - - 10.1.0.1/24' ;;
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

# cannot_send FROM TARGET ADDRESS WORDS: who is outside is not here
cannot_send() { verdict 0 "$1 $4 $2 ($3) # SKIP it is asked from outside, as the lab does"; }

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

# serve NODE PORT: takes connections to the port for as long as this script is there, unless somebody does already
serve() {
    ! is_served "$@" || return 0
    # It ends with the script that it was told of.
    # shellcheck disable=SC2016 # Perl expands its own words
    inside "$1" perl -MIO::Socket::IP -e '
        ($port, $script) = @ARGV;
        for $address ("::", "0.0.0.0") {
            $socket ||= IO::Socket::IP->new(
                LocalHost => $address, LocalPort => $port, V6Only => 0, Listen => 16, ReuseAddr => 1);
        }
        $socket or exit 1;
        $SIG{ALRM} = sub { kill(0, $script) or exit; alarm 1 };
        alarm 1;
        while (1) { $peer = $socket->accept and close $peer }' "$2" "${server}" </dev/null >/dev/null 2>&1 &
    waited=0
    until is_served "$@" || [ "${waited}" -ge 50 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
}

is_served() { inside "$1" ss -H -l -n -t sport = ":$2" 2>/dev/null </dev/null | grep -q .; }

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

# begin_listening OPTION…: starts tcpdump and waits until it listens
begin_listening() {
    log=$(mktemp) || exit 1
    tcpdump --immediate-mode -n "$@" 2>"${log}" &
    tcpdump=$!
    trap 'kill "${tcpdump}" 2>/dev/null; rm -f "${log}"; exit 1' HUP INT TERM
    waited=0
    until grep -q 'listening on' "${log}" || [ "${waited}" -ge 50 ]; do
        kill -0 "${tcpdump}" 2>/dev/null || break
        sleep 0.1
        waited=$((waited + 1))
    done
}

# end_listening: after what is still on its way
end_listening() {
    sleep 0.3
    kill -INT "${tcpdump}" 2>/dev/null || cat "${log}" >&2
    wait "${tcpdump}"
    rm -f "${log}"
    trap - HUP INT TERM
}

# seen_on NIC FILTER NODE ADDRESS: one line for each packet that leaves by it and that the filter, in
# the language of pcap-filter(7), lets through while NODE pings ADDRESS. What comes in there may be
# the same packet in another VLAN, before it is routed.
seen_on() {
    begin_listening -l -i "$1" -Q out "$2"
    inside "$3" ping -n -q -c 3 -i 0.3 -W 1 "$4" >/dev/null
    end_listening
}

# travels_inside NODE TARGET ADDRESS NIC CLAIM INSIDE BARE: what passes the NIC is seen by the
# filter INSIDE, and nothing by BARE
travels_inside() {
    carried=$(seen_on "$4" "$6" "$1" "$3")
    bare=$(seen_on "$4" "$7" "$1" "$3")
    if [ -z "${carried}" ]; then
        verdict 1 "$1 to $2 ($3) passes $4 $5" "tcpdump -i $4 -n '$6' sees nothing" "${bare}"
    elif [ -n "${bare}" ]; then
        verdict 1 "$1 to $2 ($3) passes $4 $5" 'and without it:' "${bare}"
    else
        verdict 0 "$1 to $2 ($3) passes $4 $5"
    fi
}

[ "$(id -u)" -eq 0 ] || {
    printf 'Bail out! needs root: try sudo\n'
    exit 1
}
for tool in ip ping tcpdump perl; do
    command -v "${tool}" >/dev/null || {
        printf 'Bail out! "%s" is not installed\n' "${tool}"
        exit 1
    }
done
know_instances

serve web 80
serve db 5432
[ "${1-}" != listen ] || {
    printf 'listening\n'
    seconds=600
    while [ "${seconds}" -gt 0 ] && kill -0 "${2:-$$}" 2>/dev/null; do
        sleep 1
        seconds=$((seconds - 1))
    done
    exit 0
}
printf '1..%d\n' 25
# What was predicted is true of 0, the kernel's default (RFC 3704); distributions have others.
filter=$(find /proc/sys/net/ipv4/conf -name rp_filter -exec cat {} + 2>/dev/null | sort -n | tail -n 1)
[ "${filter:-0}" -eq 0 ] ||
    printf '# %s: net.ipv4.conf.*.rp_filter is up to %s here; it was taken to be 0\n' "${host}" "${filter}"
reaches web outside:internet 198.51.100.7
reaches job outside:internet 198.51.100.7
connects web db 10.1.0.12 5432
reaches web db 10.1.0.12
carries_at_most web db 10.1.0.12 1500 28
reaches web job 10.1.0.200
carries_at_most web job 10.1.0.200 1500 28
reaches db web 10.1.0.11
carries_at_most db web 10.1.0.11 1500 28
reaches db job 10.1.0.200
carries_at_most db job 10.1.0.200 1500 28
reaches job web 10.1.0.11
carries_at_most job web 10.1.0.11 1500 28
reaches job db 10.1.0.12
carries_at_most job db 10.1.0.12 1500 28
travels_inside web outside:internet 198.51.100.7 eth0 \
    'from 203.0.113.11, not from 10.1.0.11' \
    '(icmp or icmp6) and src host 203.0.113.11 and dst host 198.51.100.7' \
    '(icmp or icmp6) and src host 10.1.0.11 and dst host 198.51.100.7'
travels_inside job outside:internet 198.51.100.7 eth0 \
    'from 203.0.113.10, not from 10.1.0.200' \
    '(icmp or icmp6) and src host 203.0.113.10 and dst host 198.51.100.7' \
    '(icmp or icmp6) and src host 10.1.0.200 and dst host 198.51.100.7'
cannot_send 198.51.100.7 web 203.0.113.10 'connects to'
cannot_send 198.51.100.7 db 10.1.0.12 'does not reach'
printf '# %s: %d of %d hold\n' "${host}" $((count - failures)) "${count}"
[ "${failures}" -eq 0 ] || {
    printf '# where a container or this host has restarted, up.sh brings back what is missing\n'
    exit 1
}
