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

# echo_reply NODE ADDRESS [OPTION…]: the first packets may go before ARP or IPv6's duplicate address
# detection is done
echo_reply() {
    node=$1 address=$2
    shift 2
    inside "${node}" ping -n -c 1 -W 1 ${from:+-I "${from}"} "$@" "${address}" 2>&1 ||
        inside "${node}" ping -n -c 3 -i 0.5 -W 1 ${from:+-I "${from}"} "$@" "${address}" 2>&1
}

# await_forwarding BRIDGE…: with the spanning tree protocol a port listens and learns before it
# forwards, which /sys says in numbers
await_forwarding() {
    for bridge; do
        # In hundredths of a second; twice as long, and a moment for the bridges to agree.
        delay=$(cat "/sys/class/net/${bridge}/bridge/forward_delay" 2>/dev/null)
        tries=$((${delay:-1500} / 10 + 50))
        while find -L "/sys/class/net/${bridge}/brif" -maxdepth 2 -name state -exec cat {} + 2>/dev/null | grep -q '[12]'; do
            tries=$((tries - 1))
            [ "${tries}" -gt 0 ] || {
                printf '# %s: its ports do not forward yet, for the spanning tree protocol (STP): "bridge link" shows it\n' \
                    "${bridge}"
                break
            }
            sleep 0.2
        done
    done
}

# await_answer NODE TARGET ADDRESS: the ports of another host's bridge may not forward yet
await_answer() {
    tries=35
    until inside "$1" ping -n -q -c 1 -W 1 "$3" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "${tries}" -gt 0 ] || {
            printf '# %s does not answer %s: another host has bridges with the spanning tree protocol (STP)\n' "$2" "$1"
            break
        }
        sleep 0.2
    done
}

# reaches NODE TARGET ADDRESS
reaches() {
    seen=$(echo_reply "$1" "$3" -q)
    reached=$?
    verdict "${reached}" "$1 reaches $2 ($3)" "${seen}"
    [ "${reached}" -eq 0 ] || diagnose "$1" "$2" "$3"
}

# reaches_not NODE TARGET ADDRESS REASON
reaches_not() {
    ! seen=$(inside "$1" ping -n -q -c 1 -W 1 ${from:+-I "${from}"} "$3" 2>&1)
    verdict $? "$1 does not reach $2 ($3): $4" "${seen}"
}

# echoes_at NODE: how many echo requests have come to it
echoes_at() {
    inside "$1" cat /proc/net/snmp /proc/net/snmp6 2>/dev/null </dev/null | awk '
        $1 == "Icmp:" && at { sum += $at; at = 0; next }
        $1 == "Icmp:" { for (i = 2; i <= NF; i++) if ($i == "InEchos") at = i }
        $1 == "Icmp6InEchos" { sum += $2 }
        END { print sum + 0 }'
}

# keeps_out NODE TARGET ADDRESS AT OTHER REASON: no echo request comes to the target, which is AT on
# this host; that OTHER answers says nothing. Others may ask the target at the same time, so three times.
keeps_out() {
    for try in 1 2 3; do
        before=$(echoes_at "$4")
        seen=$(inside "$1" ping -n -q -c 1 -W 1 ${from:+-I "${from}"} "$3" 2>&1)
        answered=$?
        came=$(($(echoes_at "$4") - before))
        [ "${came}" -gt 0 ] || break
        [ "${try}" -eq 3 ] || sleep 0.3
    done
    [ "${came}" -eq 0 ] || seen="${seen}
echo requests that came to $2 meanwhile: ${came}"
    [ "${came}" -eq 0 ] && { [ -n "$5" ] || [ "${answered}" -ne 0 ]; }
    verdict $? "$1 does not reach $2 ($3): $6" "${seen}"
}

# cannot_ask NODE TARGET ADDRESS REASON
cannot_ask() { verdict 0 "$1 does not reach $2 ($3) # SKIP $4"; }

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

# goes_by NODE TARGET ADDRESS [ROUTER ADDRESSES]…: these routers, in this order, and then the target
goes_by() { passes_by "" "$@"; }

# goes_out_by NODE TARGET ADDRESS [ROUTER ADDRESSES]…: these routers, in this order, and then whoever is outside
goes_out_by() { passes_by yes "$@"; }

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
