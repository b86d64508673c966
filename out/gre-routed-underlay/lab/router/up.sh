#!/bin/sh
# up.sh: makes router its part of "Ethernet over GRE scenario with a routed underlay".
# A gretap tunnel between hosts on two LANs, with a router between, extends the containers' LAN.
# Run it as root on that host, by hand or as in: ssh HOST sh -s <up.sh
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # a question's failure is its answer; changes go through run, which sees to failures

# check: all that can be known to go wrong, before anything is changed
check() {
    need ip iproute2
    need flock util-linux
    need sysctl procps
    need_link eth0
    need_mtu eth0 1500
    free_address 172.16.1.254 eth0
    need_link eth1
    guard eth1
    free_address 172.16.2.254 eth1
}

# make: each change, unless it is there already; what comes before `run` is for undoing it
make() {
    # --- forwarding ---
    # router is a router: it passes on packets that are for others.
    is_set net.ipv4.ip_forward 1 || {
        keep_forwarding ipv4
        run sysctl -q -w net.ipv4.ip_forward=1
    }

    # --- NIC eth0, on LAN "west" ---
    is_up eth0 || {
        undo take_down eth0
        run ip link set dev eth0 up
    }
    has_address 172.16.1.254/24 eth0 || {
        undo remove_address 172.16.1.254/24 eth0
        run ip address add 172.16.1.254/24 dev eth0
    }

    # --- NIC eth1, on LAN "east" ---
    has_mtu 1400 eth1 || {
        keep_mtu eth1
        run ip link set dev eth1 mtu 1400
    }
    is_up eth1 || {
        undo take_down eth1
        run ip link set dev eth1 up
    }
    has_address 172.16.2.254/24 eth1 || {
        undo remove_address 172.16.2.254/24 eth1
        run ip address add 172.16.2.254/24 dev eth1
    }

    # --- firewall ---
    # These pass also where the FORWARD chain of iptables drops what no rule lets pass, as Docker has it.
    pass_between topoc-gre-routed-underlay ipv4 eth0 eth1

    true
}

# The rest is how this is done: what the words above mean, then the order of things.

set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
umask 077
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

# Kept until down.sh: the journal has an undo for each change, written down before the change is made.
state=/run/topoc/gre-routed-underlay/router
journal=${state}/journal
dry_run=no
# What is called with each command before it is run.
before=:

say() { printf '%s\n' "$*"; }

me=up.sh
away=down.sh
keep_on_failure=no
confirm=0
changes=no
undoing=no
problems=no

usage() {
    say 'usage: up.sh [--dry-run] [--keep] [--confirm SECONDS]'
    say '  --dry-run  print the commands that are needed, and change nothing'
    say '  --keep     when a command fails, leave what was done; else it is undone'
    say '  --confirm  undo all of it unless you answer within that time; needed where the way to this host is changed'
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

# quoted WORD…: a line that the shell reads as these words
quoted() {
    line=
    for word; do
        case ${word} in
        '' | *[!A-Za-z0-9_./:=@%+,-]*)
            rest=${word}\' word=
            while [ -n "${rest}" ]; do
                word=${word}${rest%%\'*}\'\\\'\'
                rest=${rest#*\'}
            done
            word=\'${word%"'\\''"}\'
            ;;
        *) ;;
        esac
        line=${line}${line:+ }${word}
    done
    printf '%s\n' "${line}"
}

# run COMMAND…: shows the command, and does it
run() {
    changes=yes
    printf '  %s\n' "$(quoted "$@")"
    [ "${dry_run}" = yes ] || {
        "${before}" "$@"
        "$@" </dev/null || failed "$@"
    }
}

# recorded UNDO…: true where the journal has this undo
recorded() { [ -f "${journal}" ] && grep -qxF -e "$(quoted "$@")" "${journal}"; }

# undo UNDO…: writes an undo into the journal, once
undo() { [ "${dry_run}" = yes ] || recorded "$@" || quoted "$@" >>"${journal}" || failed "$@"; }

# undo_all KEEP: does the undos of the journal, last first, but for its first KEEP lines
undo_all() {
    unfinished=no
    while IFS= read -r line; do
        [ -n "${line}" ] || continue
        trouble=no
        eval "${line}" || trouble=yes
        if [ "${trouble}" = yes ]; then
            unfinished=yes
        elif [ "${dry_run}" = no ]; then
            grep -vxF -e "${line}" "${journal}" >"${journal}.new"
            mv "${journal}.new" "${journal}"
        fi
    done <<END
$(tail -n "+$(($1 + 1))" "${journal}" | tac)
END
}

# forget: an empty journal needs no folder
forget() {
    [ "${dry_run}" = yes ] || [ -s "${journal}" ] || {
        rm -rf "${state}"
        rmdir "${state%/*}" "${state%/*/*}" 2>/dev/null
    }
}

# shows COMMAND…: true where the command prints something
shows() { [ -n "$("$@" 2>/dev/null </dev/null)" ]; }

has_link() { ip link show dev "$1" >/dev/null 2>&1; }

# is_up LINK [PREFIX…]: the PREFIX runs a command in a container
is_up() {
    link=$1
    shift
    case $("$@" ip link show dev "${link}" 2>/dev/null </dev/null) in
    *[\<,]UP[,\>]*) true ;;
    *) false ;;
    esac
}

# has_mtu BYTES LINK [PREFIX…]
has_mtu() {
    words=" mtu $1 " link=$2
    shift 2
    case $("$@" ip link show dev "${link}" 2>/dev/null </dev/null) in
    *"${words}"*) true ;;
    *) false ;;
    esac
}

# has_address ADDRESS/LENGTH LINK [PREFIX…]
has_address() {
    words=" $1 " link=$2
    shift 2
    case $("$@" ip address show dev "${link}" 2>/dev/null </dev/null) in
    *" inet${words}"* | *" inet6${words}"*) true ;;
    *) false ;;
    esac
}

# has_port BRIDGE LINK
has_port() { shows ip link show master "$1" dev "$2"; }

# is_plain_port BRIDGE NIC: a port, whose addresses are gone to the bridge
is_plain_port() { has_port "$1" "$2" && [ -z "$(addresses_of "$2")" ]; }

# addresses_of NIC: those that stay until somebody takes them away; IPv6 finds the others again by itself
addresses_of() {
    ip -o address show dev "$1" scope global 2>/dev/null | awk '$3 == "inet" || !/ dynamic/ { print $4 }'
}

# is_set KEY VALUE [PREFIX…]: true where a kernel setting has that value
is_set() {
    key=$1 value=$2
    shift 2
    [ "$("$@" sysctl -n "${key}" 2>/dev/null </dev/null)" = "${value}" ]
}

# keep NAME COMMAND…: saves what the command prints now, for an undo
keep() {
    name=$1
    shift
    [ "${dry_run}" = yes ] || "$@" >"${state}/${name}" || failed "$@"
}

# keep_forwarding ipv4|ipv6: so that down.sh can put back every forwarding setting of the family
keep_forwarding() {
    recorded put_back_forwarding "$1" ||
        keep "forwarding.$1" sysctl -a -r "^net\\.$1\\.conf\\.[^ ]*\\.(forwarding|accept_redirects)\$"
    undo put_back_forwarding "$1"
}

# put_back_forwarding ipv4|ipv6: the switch for all interfaces first, since it sets the others
put_back_forwarding() {
    run sysctl -q -w "$(sed -n "s/^\\(net\\.$1\\.conf\\.all\\.forwarding\\) = /\\1=/p" "${state}/forwarding.$1")"
    run sysctl -q -e -p "${state}/forwarding.$1"
}

# keep_mtu LINK
keep_mtu() {
    recorded put_back_mtu "$1" || keep "mtu.$1" cat "/sys/class/net/$1/mtu"
    undo put_back_mtu "$1"
}

put_back_mtu() { ! has_link "$1" || run ip link set dev "$1" mtu "$(cat "${state}/mtu.$1")"; }

# take_down LINK: as it was
take_down() { ! has_link "$1" || run ip link set dev "$1" down; }

remove_address() { ! has_address "$1" "$2" || run ip address delete "$1" dev "$2"; }

problem() {
    say "${me}: $*" >&2
    problems=yes
}

# need COMMAND PACKAGE
need() { command -v "$1" >/dev/null || problem "\"$1\" is not installed; on Debian and Ubuntu: apt install $2"; }

# need_link NIC: it must be there before
need_link() { has_link "$1" || problem "there is no interface \"$1\""; }

# need_mtu NIC BYTES
need_mtu() {
    ! has_link "$1" || [ "$(cat "/sys/class/net/$1/mtu")" -ge "$2" ] ||
        problem "\"$1\" has MTU $(cat "/sys/class/net/$1/mtu"), and the topology counts on $2: give its LAN an mtu:"
}

# leads_here NIC: true where the default route, or an SSH connection, goes by it
leads_here() {
    if shows ip route show default dev "$1" || shows ip -6 route show default dev "$1"; then return 0; fi
    for address in $(addresses_of "$1"); do
        case ${address} in
        *:*) ! shows ss -H -t -n state established sport = :22 src "[${address%/*}]" || return 0 ;;
        *) ! shows ss -H -t -n state established sport = :22 src "${address%/*}" || return 0 ;;
        esac
    done
    return 1
}

# guard NIC [BRIDGE]: the way to this host is not to be cut by accident
guard() {
    [ "${confirm}" -eq 0 ] || return 0
    [ $# -lt 2 ] || ! is_plain_port "$2" "$1" || return 0
    ! leads_here "$1" || problem "\"$1\" carries the default route or an SSH connection: with --confirm SECONDS" \
        'it is changed, and all is undone unless you answer within that time'
}

# free_address ADDRESS LINK: no other interface may have the address
free_address() {
    ! shows ip address show to "$1" || shows ip address show to "$1" dev "$2" ||
        problem "another interface has the address $1 already"
}

roll_back() {
    trap '' HUP INT TERM
    [ "${dry_run}" = no ] || return 0
    if [ "${keep_on_failure}" = yes ]; then
        say "${me}: left as it is: ${me} goes on from here, ${away} takes it away" >&2
    else
        say 'undoing:'
        undoing=yes
        undo_all "${done_before}"
        [ "${unfinished}" = no ] || say "${me}: not all could be undone; what is left is in ${journal}" >&2
        forget
    fi
}

# watch: undoes all of it when the time is over, unless that was confirmed; it outlives the terminal, and this script
watch() {
    trap '' HUP INT
    trap 'kill "${sleeper}"; exit 0' TERM
    exec 9>&- >"${state}/watch.log" 2>&1
    sleep "${confirm}" &
    sleeper=$!
    wait "${sleeper}"
    [ ! -f "${state}/confirmed" ] || return 0
    kill -TERM "$$" 2>/dev/null
    exec 9>"${state}/lock"
    flock -w 60 9 || return 1
    if [ -s "${journal}" ]; then
        roll_back
    fi
}

# ask: for the answer, on the terminal or by a file
ask() {
    say "Is this host still reached? All is undone in ${confirm} seconds, unless you run: touch ${state}/confirmed"
    if [ -t 1 ] && { : </dev/tty; } 2>/dev/null; then
        printf 'or type yes: '
        read -r answer </dev/tty
        [ "${answer}" != yes ] || : >"${state}/confirmed"
        [ -f "${state}/confirmed" ] || failed not confirmed
    else
        until [ -f "${state}/confirmed" ]; do sleep 0.2; done
    fi
    kill "${watcher}" 2>/dev/null
    say 'confirmed'
}

# filters FAMILIES: the commands of iptables(8) for them that this host has; each of its two kinds has rules of its own
filters() {
    for name in iptables ip6tables; do
        case "${name} $1" in
        iptables\ *ipv4* | ip6tables\ *ipv6*) ;;
        *) continue ;;
        esac
        if command -v "${name}-nft" >/dev/null; then
            printf '%s\n' "${name}-nft"
            # A question would make the tables of the older kind.
            ! grep -qs filter "/proc/net/${name%tables}_tables_names" || printf '%s\n' "${name}-legacy"
        elif command -v "${name}" >/dev/null; then
            printf '%s\n' "${name}"
        fi
    done
}

# drops_forwarded FILTER: true where its FORWARD chain drops what no rule lets pass
drops_forwarded() {
    case $("$1" -w 5 -S FORWARD 2>/dev/null </dev/null) in
    '-P FORWARD DROP'*) true ;;
    *) false ;;
    esac
}

has_chain() { "$1" -w 5 -S "$2" >/dev/null 2>&1 </dev/null; }

# has_rule FILTER CHAIN WORD…
has_rule() {
    filter=$1
    shift
    "${filter}" -w 5 -C "$@" >/dev/null 2>&1 </dev/null
}

# add_rule FILTER CHAIN WORD…
add_rule() {
    has_rule "$@" || {
        shift
        run "${filter}" -w 5 -A "$@"
    }
}

# open_passage FILTER CHAIN: a chain of this topology's, before what is dropped: where Docker asks for it, or in FORWARD
open_passage() {
    undo delete_passage "$2"
    place=FORWARD
    ! has_rule "$1" FORWARD -j DOCKER-USER || place=DOCKER-USER
    has_chain "$1" "$2" || {
        if drops_forwarded "$1"; then
            say "  # FORWARD of $1 drops what no rule lets pass$([ "${place}" = FORWARD ] || say ', as Docker has set it')"
        else
            say "  # Docker's rules of $1 keep its networks apart"
        fi
        run "$1" -w 5 -N "$2"
    }
    has_rule "$1" "${place}" -j "$2" || run "$1" -w 5 -I "${place}" -j "$2"
}

# pass_between CHAIN FAMILIES LINK…: packets from one of these interfaces to another
pass_between() {
    chain=$1 families=$2
    shift 2
    for filter in $(filters "${families}"); do
        ! drops_forwarded "${filter}" || open_between "${filter}" "${chain}" "$@"
    done
}

# open_between FILTER CHAIN LINK…
open_between() {
    open_passage "$1" "$2"
    filter=$1 chain=$2
    shift 2
    has_chain "${filter}" "${chain}-to" || run "${filter}" -w 5 -N "${chain}-to"
    for link; do
        add_rule "${filter}" "${chain}-to" -o "${link}" -j ACCEPT
        add_rule "${filter}" "${chain}" -i "${link}" -j "${chain}-to"
    done
}

# delete_passage CHAIN
delete_passage() {
    for filter in $(filters 'ipv4 ipv6'); do
        for place in DOCKER-USER FORWARD; do
            ! has_rule "${filter}" "${place}" -j "$1" || run "${filter}" -w 5 -D "${place}" -j "$1"
        done
        for chain in "$1" "$1-to"; do
            ! has_chain "${filter}" "${chain}" || {
                run "${filter}" -w 5 -F "${chain}"
                run "${filter}" -w 5 -X "${chain}"
            }
        done
    done
}

# failed COMMAND…: a command failed; what this run did is undone
failed() {
    say "up.sh: this failed: $(quoted "$@")" >&2
    if [ "${undoing}" = yes ]; then
        trouble=yes
    else
        roll_back
        exit 1
    fi
}

while [ $# -gt 0 ]; do
    case $1 in
    --dry-run) dry_run=yes ;;
    --keep) keep_on_failure=yes ;;
    --confirm)
        case ${2:-} in
        '' | *[!0-9]* | 0*) usage >&2 && exit 2 ;;
        *) confirm=$2 && shift ;;
        esac
        ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done

[ "${dry_run}" = yes ] || [ "$(id -u)" -eq 0 ] || problem 'needs root: try sudo'
check
if [ "${dry_run}" = yes ]; then
    make
    [ "${problems}" = no ] || exit 3
    exit 0
fi
[ "${problems}" = no ] || {
    say 'up.sh: nothing was changed' >&2
    exit 3
}

mkdir -p "${state}" || exit 3
exec 9>"${state}/lock"
flock -n 9 || {
    say "up.sh: another run is at work in ${state}" >&2
    exit 3
}
[ -f "${journal}" ] || : >"${journal}"
done_before=0
[ ! -f "${state}/complete" ] || done_before=$(wc -l <"${journal}")
trap 'say "up.sh: stopped" >&2; roll_back; exit 1' HUP INT TERM
if [ "${confirm}" -gt 0 ]; then
    rm -f "${state}/confirmed"
    watch &
    watcher=$!
fi
make
[ "${confirm}" -eq 0 ] || ask
: >"${state}/complete"
[ "${changes}" = yes ] || say '  nothing to do: all of it is there'
say 'router: up'
