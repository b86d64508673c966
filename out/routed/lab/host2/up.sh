#!/bin/sh
# up.sh: makes host2 its part of "Routed scenario".
# Two hosts route between the subnets of their containers, one with a bridge, one with point-to-point links.
# Run it as root on that host, by hand or as in: ssh HOST sh -s <up.sh
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # a question's failure is its answer; changes go through run, which sees to failures

# check: all that can be known to go wrong, before anything is changed
check() {
    need ip iproute2
    need flock util-linux
    need sysctl procps
    need_type veth
    need_link eth0
    need_mtu eth0 1500
    free_address 172.16.1.2 eth0
    free_netns c3
    free_link veth-c3 delete_link veth-c3
    free_address 10.2.0.1 veth-c3
    free_netns c4
    free_link veth-c4 delete_link veth-c4
    free_address 10.2.0.5 veth-c4
    guard_route -4 0 default 'default via 172.16.1.1'
    guard_route -4 0 10.2.0.0/16 'unreachable 10.2.0.0/16'
}

# make: each change, unless it is there already; what comes before `run` is for undoing it
make() {
    # --- forwarding ---
    # host2 is a router: it passes on packets that are for others.
    is_set net.ipv4.ip_forward 1 || {
        keep_forwarding ipv4
        run sysctl -q -w net.ipv4.ip_forward=1
    }

    # --- NIC eth0, on LAN "internal" ---
    is_up eth0 || {
        undo take_down eth0
        run ip link set dev eth0 up
    }
    has_address 172.16.1.2/24 eth0 || {
        undo remove_address 172.16.1.2/24 eth0
        run ip address add 172.16.1.2/24 dev eth0
    }

    # --- container c3 ---
    # eth0 is a link to this host alone, without a bridge: 10.2.0.1 here, 10.2.0.2 there.
    # Its gateway 10.2.0.1 is host2's end of the link.
    test -d /run/netns || undo remove_netns_folder
    has_netns c3 || {
        undo delete_netns c3
        run ip netns add c3
    }
    is_up lo ip netns exec c3 || run ip netns exec c3 ip link set dev lo up
    has_link veth-c3 || {
        undo delete_link veth-c3
        run ip link add name veth-c3 address 02:f2:3c:d9:9f:0a type veth peer name eth0 address \
            02:4d:c2:f9:9d:89 netns c3
    }
    is_up veth-c3 || run ip link set dev veth-c3 up
    is_up eth0 ip netns exec c3 || run ip netns exec c3 ip link set dev eth0 up
    has_address 10.2.0.1/30 veth-c3 || run ip address replace 10.2.0.1/30 dev veth-c3
    has_address 10.2.0.2/30 eth0 ip netns exec c3 || run ip netns exec c3 ip address add 10.2.0.2/30 dev eth0
    has_route -4 0 'default via 10.2.0.1' ip netns exec c3 ||
        run ip netns exec c3 ip route replace default via 10.2.0.1

    # --- container c4 ---
    # eth0 is a link to this host alone, without a bridge: 10.2.0.5 here, 10.2.0.6 there.
    # Its gateway 10.2.0.5 is host2's end of the link.
    has_netns c4 || {
        undo delete_netns c4
        run ip netns add c4
    }
    is_up lo ip netns exec c4 || run ip netns exec c4 ip link set dev lo up
    has_link veth-c4 || {
        undo delete_link veth-c4
        run ip link add name veth-c4 address 02:06:12:54:61:83 type veth peer name eth0 address \
            02:ed:2e:e6:27:04 netns c4
    }
    is_up veth-c4 || run ip link set dev veth-c4 up
    is_up eth0 ip netns exec c4 || run ip netns exec c4 ip link set dev eth0 up
    has_address 10.2.0.5/30 veth-c4 || run ip address replace 10.2.0.5/30 dev veth-c4
    has_address 10.2.0.6/30 eth0 ip netns exec c4 || run ip netns exec c4 ip address add 10.2.0.6/30 dev eth0
    has_route -4 0 'default via 10.2.0.5' ip netns exec c4 ||
        run ip netns exec c4 ip route replace default via 10.2.0.5

    # --- routes ---
    # 172.16.1.1 is host1's address.
    has_route -4 0 'default via 172.16.1.1' || {
        keep_route -4 0 default
        undo remove_route -4 0 default via 172.16.1.1
        run ip route replace default via 172.16.1.1
    }
    has_route -4 0 'unreachable 10.2.0.0/16' || {
        keep_route -4 0 10.2.0.0/16
        undo remove_route -4 0 unreachable 10.2.0.0/16
        run ip route replace unreachable 10.2.0.0/16
    }

    # --- firewall ---
    # These pass also where the FORWARD chain of iptables drops what no rule lets pass, as Docker has it.
    pass_between topoc-routed ipv4 eth0 veth-c3 veth-c4

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
state=/run/topoc/routed/host2
journal=${state}/journal
owner=routed/host2
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

# has_address ADDRESS/LENGTH LINK [PREFIX…]
has_address() {
    words=" $1 " link=$2
    shift 2
    case $("$@" ip address show dev "${link}" 2>/dev/null </dev/null) in
    *" inet${words}"* | *" inet6${words}"*) true ;;
    *) false ;;
    esac
}

# is_set KEY VALUE [PREFIX…]: true where a kernel setting has that value
is_set() {
    key=$1 value=$2
    shift 2
    [ "$("$@" sysctl -n "${key}" 2>/dev/null </dev/null)" = "${value}" ]
}

# has_route -4|-6 METRIC ROUTE [PREFIX…]: ROUTE is how the lines of `ip route` begin
has_route() {
    family=$1 metric=$2 route=$3
    shift 3
    "$@" ip "${family}" route show 2>/dev/null </dev/null | awk -v want="${route} " -v metric="${metric}" '
        index($0 " ", want) == 1 {
            m = 0
            for (i = 1; i < NF; i++) if ($i == "metric") m = $(i + 1)
            if (m == metric) found = 1
        }
        END { exit !found }'
}

# routes_at -4|-6 METRIC DESTINATION [PREFIX…]: the route whose place a new one with that metric would take
routes_at() {
    family=$1 metric=$2 destination=$3
    shift 3
    "$@" ip "${family}" route show exact "${destination}" </dev/null | awk -v metric="${metric}" '
        { m = 0; for (i = 1; i < NF; i++) if ($i == "metric") m = $(i + 1) }
        m == metric'
}

has_netns() { ip netns exec "$1" true 2>/dev/null; }

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

# keep_route -4|-6 METRIC DESTINATION
keep_route() {
    recorded put_back_route "$@" || [ -z "$(routes_at "$@")" ] || {
        keep "route$1.$2.${3%/*}_${3#*/}" routes_at "$@"
        undo put_back_route "$@"
    }
}

put_back_route() {
    # shellcheck disable=SC2046 # the route's words are wanted one by one
    run ip "$1" route replace $(cat "${state}/route$1.$2.${3%/*}_${3#*/}")
}

# remove_route -4|-6 METRIC ROUTE…
remove_route() {
    family=$1 metric=$2
    shift 2
    ! has_route "${family}" "${metric}" "$*" || run ip "${family}" route delete "$@" metric "${metric}"
}

# take_down LINK: as it was
take_down() { ! has_link "$1" || run ip link set dev "$1" down; }

remove_address() { ! has_address "$1" "$2" || run ip address delete "$1" dev "$2"; }

delete_link() { ! has_link "$1" || run ip link delete dev "$1"; }

# remove_netns_folder: where no namespace is left in it
remove_netns_folder() {
    [ -n "$(ls -A /run/netns 2>/dev/null)" ] || {
        ! mountpoint -q /run/netns || run umount /run/netns
        ! [ -d /run/netns ] || run rmdir /run/netns
    }
}

delete_netns() { ! [ -e "/run/netns/$1" ] || run ip netns delete "$1"; }

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

# need_type TYPE WORD…: the kernel must have the device type; tried in a network namespace that ends at once
need_type() {
    unshare --net ip link add name probe type "$@" 2>/dev/null || [ "$(id -u)" -ne 0 ] ||
        problem "this kernel cannot make a \"$1\" interface (missing module?)"
}

# free_link LINK UNDO…: the name must be free, unless an earlier run of this script made it
free_link() {
    link=$1
    shift
    ! has_link "${link}" || recorded "$@" || is_units "${link}" ||
        problem "there is an interface \"${link}\" already, not of this topology"
}

# is_units LINK: true where this topology's units of systemd-networkd made it, as install.sh put them there, or netplan
is_units() {
    [ ! -e "/run/systemd/network/10-netplan-$1.netdev" ] ||
        ! grep -qsF -e " for ${owner};" /etc/netplan/05-topoc.yaml || return 0
    grep -rlsF -e " for ${owner};" /etc/systemd/network | grep '\.netdev$' | while read -r unit; do
        grep -xF -e "Name=$1" "${unit}"
    done | grep -q .
}

# guard_route -4|-6 METRIC DESTINATION ROUTE: nor by another route in the place of one that is there
guard_route() {
    [ "${confirm}" -eq 0 ] || return 0
    there=$(routes_at "$1" "$2" "$3")
    [ -z "${there}" ] || has_route "$1" "$2" "$4" ||
        problem "there is a route \"${there}\" already: with --confirm SECONDS another takes its place," \
            'and all is undone unless you answer within that time'
}

# free_address ADDRESS LINK: no other interface may have the address
free_address() {
    ! shows ip address show to "$1" || shows ip address show to "$1" dev "$2" ||
        problem "another interface has the address $1 already"
}

# free_netns NAME
free_netns() {
    ! [ -e "/run/netns/$1" ] || recorded delete_netns "$1" ||
        problem "there is a network namespace \"$1\" already, not of this topology"
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
say 'host2: up'
