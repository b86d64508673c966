#!/bin/sh
# up.sh: makes host1 its part of "Ethernet over VXLAN scenario".
# A VXLAN that floods through a multicast group extends the containers' LAN over the hosts' IP network.
# Run it as root on that host, by hand or as in: ssh HOST sh -s <up.sh
# Written by topoc; change the topology file instead, and build again.
#
# list_undos changes what is so in itself alone. A question's failure is its answer; changes go
# through run, which sees to failures.
# shellcheck disable=SC2030,SC2031,SC2312

# commands: what a person would type, in this order. What is done already is left out; what undoes a
# command is written down before it is done.
commands() {
    cat <<'END'
# --- NIC eth0, on LAN "internal" ---
ip link set dev eth0 up
ip address add 172.16.1.1/24 dev eth0

# --- tunnel vxlan0 ---
# VXLAN 42: Ethernet frames in UDP; broadcasts and unknown addresses go to the group 239.1.1.42.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip link add name vxlan0 address 02:36:16:68:a9:e7 mtu 1450 type vxlan id 42 group 239.1.1.42 dev \
    eth0 dstport 4789
ip link set dev vxlan0 up

# --- bridge lxdbr0 ---
# Joins c1, c2 and vxlan0.
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
brctl addbr lxdbr0
ip link set dev lxdbr0 address 02:b9:6a:47:0e:5a
ip link set dev lxdbr0 mtu 1450
ip link set dev lxdbr0 up
brctl addif lxdbr0 vxlan0

# --- container c1 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c1
ip netns exec c1 ip link set dev lo up
ip link add name veth-c1 address 02:9e:4e:ce:6a:6b mtu 1450 type veth peer name eth0 address \
    02:59:a8:28:5e:e7 mtu 1450 netns c1
brctl addif lxdbr0 veth-c1
ip link set dev veth-c1 up
ip netns exec c1 ip link set dev eth0 up
ip netns exec c1 ip address add 10.0.0.11/24 dev eth0

# --- container c2 ---
# MTU 1450: 1500 less 50 for Ethernet over VXLAN.
ip netns add c2
ip netns exec c2 ip link set dev lo up
ip link add name veth-c2 address 02:73:7b:26:e8:7c mtu 1450 type veth peer name eth0 address \
    02:06:7e:47:f1:d7 mtu 1450 netns c2
brctl addif lxdbr0 veth-c2
ip link set dev veth-c2 up
ip netns exec c2 ip link set dev eth0 up
ip netns exec c2 ip address add 10.0.0.12/24 dev eth0
END
}

# check: all that can be known to go wrong, before anything is changed
check() {
    need ip iproute2
    need flock util-linux
    need bridge iproute2
    need brctl bridge-utils
    need_type vxlan id 1 dstport 4789
    need_type bridge
    need_type veth
    need_link eth0
    need_mtu eth0 1500
    free_address 172.16.1.1 eth0
    free_link vxlan0
    free_link lxdbr0
    guard_addresses lxdbr0 ''
    free_netns c1
    free_link veth-c1
    free_netns c2
    free_link veth-c2
}

# passages: what passes also where the FORWARD chain of iptables drops what no rule lets pass, as
# Docker has it
passages() {
    pass_within topoc-vxlan ipv4 lxdbr0
    true
}

state=/run/topoc/vxlan/host1
owner='vxlan/host1'
host=host1
# Those of the network, as options of ip(8).
families=-4

# The rest is the engine, the same in each up.sh for containers of the same kinds: how each command
# is seen to be done and undone, then the order of things.

set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
umask 077
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

# Kept until down.sh: the journal has an undo for each change, written down before the change is
# made.
journal=${state}/journal
newline='
'
# What the journal has, as far as it was read.
journaled=
# What other topologies have on this host, as far as it was read.
theirs='?'
dry_run=no
# Whether commands are only listed; what a dry run has undone: for its questions that is not there
# any more; and in which container it was.
listing=no
lost=' '
within=
# Whether the change that comes next has just been written into the journal.
written=no
# What is called with each command before it is run.
before=:
remember=:
touch=:
# And what is called with it then.
learn=:
# What asks a question in place of its own command, where that is dear.
look=

say() { printf '%s\n' "$*"; }

me=up.sh
away=down.sh
keep_on_failure=no
prune=no
take_lease=no
confirm=0
changes=no
undoing=no
# Whether an edit is followed, in place of all being undone.
converging=no
# What the journal is to have in the end, as far as it was asked for.
wanted=
problems=no

usage() {
    say 'usage: up.sh [--dry-run] [--keep] [--prune] [--confirm SECONDS] [--take-lease]'
    say '  --dry-run  print the commands that are needed, and change nothing'
    say '  --keep     when a command fails, leave what was done; else it is undone'
    say '  --prune    delete containers that the topology no longer has, with all that is in them'
    say '  --take-lease  move addresses to a bridge that a DHCP client has got, for as long as they'
    say '             are valid'
    say '  --confirm  undo all of it unless you answer within that time; needed where the way to'
    say '             this host is changed'
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

# quote WORD…: sets `line` to one that the shell reads as these words
quote() {
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
}

quoted() {
    quote "$@"
    printf '%s\n' "${line}"
}

# run COMMAND…: shows the command, and does it
run() {
    [ "${listing}" = no ] || {
        "${before}" "$@"
        return 0
    }
    changes=yes
    quote "$@"
    printf '  %s\n' "${line}"
    [ "${dry_run}" = yes ] || {
        "${before}" "$@"
        "${remember}" "${written}" "$@"
        written=no
        "${touch}" "$@"
        "$@" </dev/null || failed "$@"
        "${learn}" "$@"
    }
}

# know_journal: `journaled` is what the journal has
know_journal() { [ -n "${journaled}" ] || journaled=$(cat "${journal}" 2>/dev/null)${newline}; }

# recorded UNDO…: true where the journal has this undo, whatever it is of
recorded() {
    know_journal
    quote "$@"
    case ${newline}${journaled} in
    *"${newline}${line}${newline}"* | *"${newline}${line} # "*) true ;;
    *) false ;;
    esac
}

# write_down LINE: into the journal, once
write_down() {
    [ "${listing}" = no ] || {
        printf '%s\n' "$1"
        return
    }
    [ "${dry_run}" = no ] || return 0
    know_journal
    case ${newline}${journaled} in
    *"${newline}$1${newline}"*) ;;
    *)
        printf '%s\n' "$1" >>"${journal}" || failed writing "${journal}"
        journaled=${journaled#"${newline}"}$1${newline}
        written=yes
        ;;
    esac
}

# undo UNDO…: writes an undo into the journal, once
undo() {
    quote "$@"
    write_down "${line}"
}

# note UNDO [WORD…]: the same for a line of shell, with the words that say what it undoes: where the
# two no longer belong together, a later up.sh undoes it first
note() {
    noted=$1
    shift
    [ $# -eq 0 ] || {
        quote "$@"
        noted="${noted} # ${line}"
    }
    write_down "${noted}"
}

# change UNDO COMMAND…: writes down both, then does the command
change() {
    note "$@"
    shift
    run "$@"
}

# remember UNDO…: as undo, for what was made before the journal was lost
remember() { mkdir -p "${state}" && undo "$@"; }

# trust_journal: what is in it is run, so the folders are root's alone
trust_journal() {
    for folder in "${state%/*/*}" "${state%/*}" "${state}"; do
        # shellcheck disable=SC2046 # the words of a line
        set -- $(ls -lnd "${folder}" 2>/dev/null)
        case "${1:-d---------}:${3:-0}" in
        d????-??-*:0) ;;
        *)
            problem "${folder} is not root's alone, and what is in it would be run as root:" \
                'look at it, and take it away'
            return
            ;;
        esac
    done
}

# rewrite COMMAND…: the journal is what the command prints; where that cannot be written, all of it
# stays as it is
rewrite() {
    { "$@" >"${journal}.new" && mv "${journal}.new" "${journal}"; } || {
        say "${me}: cannot write ${journal}: is ${state%/*/*} full, or read-only?" >&2
        return 1
    }
    journaled=
}

# mend_journal: a line without its end was never acted upon
mend_journal() {
    [ ! -s "${journal}" ] || [ -z "$(tail -c 1 "${journal}")" ] || rewrite sed \$d "${journal}" ||
        exit 3
}

# see_journal: another user's dry run cannot know what is there
see_journal() {
    folder=${state}
    while [ "${folder}" != "${state%/*/*}" ] && [ ! -e "${folder}" ]; do folder=${folder%/*}; done
    [ ! -e "${folder}" ] || { [ -r "${folder}" ] && [ -x "${folder}" ]; } ||
        say "${me}: cannot read ${folder}: this is what would be done if nothing were there yet" >&2
}

# undo_all: does the undos of the journal, last first
undo_all() { undo_lines "$(tac "${journal}")"; }

# undo_lines LINES: does these undos of the journal, and takes them out of it
undo_lines() {
    unfinished=no
    many='' number=0
    while IFS= read -r entry; do
        case ${entry} in
        '') continue ;;
        'delete_netns '* | 'delete_link '*' type veth '*)
            many="${many}${entry}${newline}" number=$((number + 1))
            [ "${number}" -ge 200 ] || continue
            entry=
            ;;
        *) ;;
        esac
        undo_many "${many}"
        many='' number=0
        [ -z "${entry}" ] || undo_line "${entry}"
    done <<END
$1
END
    undo_many "${many}"
}

# undo_line LINE
undo_line() {
    trouble=no
    if ! is_undo "$1"; then
        shown=$(printf '%s' "$1" | tr -c '[:print:]' '?')
        say "${me}: not a line of a journal, left in ${journal}: ${shown}" >&2
        trouble=yes
    elif is_shared "$1"; then
        say "  # another topology has this, too: ${1%% # *}"
    else
        eval "$1" || trouble=yes
    fi
    if [ "${trouble}" = yes ]; then
        unfinished=yes
    elif [ "${dry_run}" = yes ]; then
        lose "$1"
    else
        strike "$1"
    fi
}

# undo_many LINES: namespaces, and links into them, in one process; many links as a group, since the
# kernel takes its time for each
undo_many() {
    [ -n "$1" ] || return 0
    group=1953460335
    links='' others='' count=0
    if [ "${dry_run}" = no ] && [ "${remember}" = : ] && ! shows ip link show group "${group}"; then
        while read -r verb name rest; do
            case ${name} in
            '' | *[!A-Za-z0-9_.+@-]*) continue ;;
            *) ! is_shared "${verb} ${name}" || continue ;;
            esac
            case ${verb} in
            delete_link) ! has_link "${name}" || links="${links} ${name}" count=$((count + 1)) ;;
            *) [ ! -e "/run/netns/${name}" ] || others="${others}netns delete ${name}${newline}" ;;
            esac
        done <<END
$1
END
    fi
    batch=
    for name in ${links}; do
        if [ "${count}" -gt 20 ]; then
            batch="${batch}link set dev ${name} group ${group}${newline}"
        else
            batch="${batch}link delete dev ${name}${newline}"
        fi
    done
    [ "${count}" -le 20 ] || batch="${batch}link delete group ${group}${newline}"
    others=${batch}${others}
    [ -z "${others}" ] || {
        changes=yes
        printf '%s' "${others}" | sed 's/^/  ip /'
        # What is left is seen to line by line.
        {
            printf '%s' "${others}" >"${state}/together" &&
                quietly ip -force -batch "${state}/together" >/dev/null
        } || others=
    }
    if [ -n "${others}" ]; then
        strike "${1%"${newline}"}"
    else
        while IFS= read -r one; do
            [ -z "${one}" ] || undo_line "${one}"
        done <<END
$1
END
    fi
}

# is_undo LINE: words, whole, of which the first is an undo's name
is_undo() {
    case $1 in
    delete_* | remove_* | release_* | put_back_* | take_down* | hand_back*) ;;
    # Of install.sh.
    uninstall_file* | disable_at_boot* | stop_networkd* | reread* | reset_settings*) ;;
    *) return 1 ;;
    esac
    case $1 in
    *[!A-Za-z0-9_.,:=@%+/\ #-]*) (eval "set -- $1") 2>/dev/null || return 1 ;;
    *) ;;
    esac
    command -v "${1%% *}" >/dev/null
}

# strike LINES: out of the journal
strike() { rewrite all_but "$1" || unfinished=yes; }

all_but() { grep -vxF -e "$1" "${journal}" || [ $? -eq 1 ]; }

# other_journals: the journals of other topologies on this host
other_journals() { find "${state%/*/*}" -name journal -type f ! -path "${journal}" 2>/dev/null; }

# is_shared LINE: true where another topology on this host has the same to be undone: it is left to
# that
is_shared() {
    [ "${theirs}" != '?' ] || theirs=$(other_journals | xargs -r sed 's/ # .*//')${newline}
    case ${newline}${theirs} in
    *"${newline}${1%% # *}${newline}"*) true ;;
    *) false ;;
    esac
}

# share: what another topology has done of what this one needs is undone with the last of the two,
# and then last of all
share() {
    for other in $(other_journals); do
        know_wanted
        shared=$({
            printf '%s\n\n' "${wanted}" && cat "${journal}" && printf '\n' && cat "${other}"
        } | awk '
            $0 == "" { part++; next }
            { undo = $0; sub(/ # .*/, "", undo) }
            part == 0 { whole[undo] = $0 }
            part == 1 { delete whole[undo] }
            part == 2 && undo in whole { print whole[undo] }')
        [ -z "${shared}" ] || {
            # What it has kept of before, but not what it has noted of its own runs.
            find "${other%/*}" -maxdepth 1 -type f -name '*.*' ! -name 'journal.*' ! -name '*.log' \
                ! -name '*.list' ! -name '*.new' -exec cp -n -p {} "${state}" \; ||
                failed cp "${other%/*}" "${state}"
            rewrite put_first "${shared}" || failed writing "${journal}"
        }
    done
}

put_first() { printf '%s\n' "$1" && cat "${journal}"; }

# forget: an empty journal needs no folder
forget() {
    [ "${dry_run}" = yes ] || [ -s "${journal}" ] || {
        rm -rf "${state}"
        rmdir "${state%/*}" "${state%/*/*}" 2>/dev/null
    }
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

# lose UNDO: what a dry run has undone; undos of the daemons by how they begin, since a script that
# has none of these goes without their functions
lose() {
    # shellcheck disable=SC2086 # the words of a line of the journal
    set -- $1
    case $1 in
    delete_link)
        lost="${lost}$2 "
        # A veth pair: its far end goes, too.
        far=
        while [ $# -gt 1 ]; do
            case $1 in
            peer) far=$3 ;;
            netns) lost="${lost}$2/${far} " ;;
            *) ;;
            esac
            shift
        done
        ;;
    delete_bridge | delete_netw* | delete_docker_n*) lost="${lost}$2 " ;;
    delete_netns | delete_cont* | delete_dock*) lost="${lost}$2/ " ;;
    remove_port | release_port) lost="${lost}$3@$2 " ;;
    remove_inner) lost="${lost}$2/$3 " ;;
    remove_inner_link)
        link=$2
        shift 2
        find_within "$@"
        lost="${lost}${within}${link} "
        ;;
    remove_address) lose_address "$2" "$3" ;;
    remove_proxy) lost="${lost}proxy:$2@$3 " ;;
    remove_route) lost="${lost}$2:$3:${4}${5:+:$5}${6:+:$6}${7:+:$7}${8:+:$8} " ;;
    *) ;;
    esac
}

# lose_address ADDRESS/LENGTH LINK [PREFIX…]: with the last one of IPv4 an interface loses its
# routes
lose_address() {
    [ "${dry_run}" = yes ] || return 0
    address=$1 link=$2
    shift 2
    find_within "$@"
    lost="${lost}${within}${address}@${link} "
    [ "${address#*:}" = "${address}" ] || return 0
    for other in $(quietly "$@" ip -o -4 address show dev "${link}" | awk '{ print $4 }'); do
        case ${lost} in
        *" ${within}${other}@${link} "*) ;;
        *) return 0 ;;
        esac
    done
    lost="${lost}${within}${link}:routes "
}

# quietly COMMAND…: a question, whose failure is its answer
# shellcheck disable=SC2086 # a command, or nothing
quietly() { ${look-} "$@" 2>/dev/null </dev/null; }

# shows COMMAND…: true where the command prints something
shows() { [ -n "$(quietly "$@")" ]; }

has_link() { ! is_lost "$1" && [ -e "/proc/sys/net/ipv4/conf/$1" ]; }

# is_up LINK [PREFIX…]: the PREFIX runs a command in a container
is_up() {
    link=$1
    shift
    ! is_lost "${link}" "$@" || return 1
    case $(quietly "$@" ip link show dev "${link}") in
    *[\<,]UP[,\>]*) true ;;
    *) false ;;
    esac
}

# has_mtu BYTES LINK [PREFIX…]
has_mtu() {
    words=" mtu $1 " link=$2
    shift 2
    ! is_lost "${link}" "$@" || return 1
    case $(quietly "$@" ip link show dev "${link}") in
    *"${words}"*) true ;;
    *) false ;;
    esac
}

# has_mac MAC LINK [NIC…]: or that of a NIC whose addresses it took over
has_mac() {
    mac=$1 link=$2
    shift 2
    ! is_lost "${link}" || return 1
    case $(ip link show dev "${link}" 2>/dev/null) in
    *" link/ether ${mac} "*) return 0 ;;
    *) ;;
    esac
    for nic; do
        ! recorded hand_back "${nic}" "${link}" || return 0
    done
    return 1
}

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

# comes_by_units ADDRESS/LENGTH LINK: units of the host set it, a moment after the link is there
comes_by_units() {
    [ "${dry_run}" = no ] && [ -d /run/systemd/netif ] || return 1
    [ -e "/run/systemd/network/10-netplan-$2.network" ] ||
        quietly grep -qrxF -e "Name=$2" /etc/systemd/network || return 1
    tries=0
    until has_address "$@"; do
        tries=$((tries + 1))
        [ "${tries}" -le 20 ] || return 1
        sleep 0.1
    done
}

# has_proxy ADDRESS LINK: true where the host answers there for the address, which others have
has_proxy() {
    if is_lost "$2" || is_lost "proxy:$1@$2"; then return 1; fi
    case " $(quietly ip neighbour show proxy dev "$2" | tr '\n' ' ')" in
    *" $1 "*) true ;;
    *) false ;;
    esac
}

# has_port BRIDGE LINK
has_port() {
    if is_lost "$1" || is_lost "$2" || is_lost "$2@$1"; then return 1; fi
    shows ip link show master "$1" dev "$2"
}

# has_inner LINK PREFIX…: a link in a container
has_inner() {
    link=$1
    shift
    ! is_lost "${link}" "$@" && shows "$@" ip link show dev "${link}"
}

# is_linked LINK FAR PREFIX…: a link whose far end is in the container
is_linked() { has_link "$1" && shift && has_inner "$@"; }

# is_set KEY VALUE [PREFIX…]: true where a kernel setting has that value
is_set() {
    key=$1 value=$2
    shift 2
    ! is_lost '' "$@" || return 1
    [ "$(quietly "$@" sysctl -n "${key}")" = "${value}" ]
}

# next_hops: the lines of `ip -o route`, each as the command that makes the route takes it
next_hops() {
    awk '
    /nexthop/ { gsub(/\\|\t/, " "); gsub(/ (linkdown|dead|offload|trap)/, ""); gsub(/ +/, " ") }
    { sub(/ +$/, ""); print }'
}

# has_route -4|-6 METRIC ROUTE [PREFIX…]: ROUTE is how the lines of `ip route` begin, but for what
# is between the destination and several next hops. One that goes by another interface than its
# router is behind by now is not it
has_route() {
    family=$1 metric=$2 route=$3
    shift 3
    ! is_lost '' "$@" || return 1
    found=$(quietly "$@" ip -o "${family}" route show | next_hops |
        awk -v want="${route} " -v metric="${metric}" \
        -v family="${family}" -v within="${within}" -v lost="${lost}" '
        # leaves: whether an address of the interface is about to go from it
        function leaves(dev, count, one, i, rest) {
            count = split(lost, one, " ")
            for (i = 1; i <= count; i++) {
                if (within != "" && index(one[i], within) != 1) continue
                rest = substr(one[i], length(within) + 1)
                if (rest ~ "^[^/]*/[^/]*$" && substr(rest, index(rest, "@") + 1) == dev) return 1
            }
            return 0
        }
        {
            line = $0 " "
            if (match(line, / nexthop /)) {
                line = $1 substr(line, RSTART)
                gsub(/ weight 1 /, " ", line); gsub(/ weight 1 /, " ", line)
            }
        }
        index(line, want) == 1 {
            m = 0; dev = via = "-"
            for (i = 1; i < NF; i++) {
                if ($i == "metric") m = $(i + 1)
                if ($i == "via") via = $(i + 1)
                if ($i != "dev") continue
                dev = $(i + 1)
                if (index(lost, " " within dev " ")) next
                if (family == "-4" && index(lost, " " within dev ":routes ")) next
                if (via != "-" && leaves(dev)) next
            }
            if (m == metric) { print dev, via; exit }
        }')
    case "${found} ${route} " in
    ' '*) return 1 ;;
    *' - '* | *' dev '*) return 0 ;;
    *) ;;
    esac
    case " $(quietly "$@" ip "${family}" route get "${found#* }") " in
    *" dev ${found%% *} "* | '  ') true ;;
    *) false ;;
    esac
}

# routes_at -4|-6 METRIC DESTINATION [PREFIX…]: the route whose place a new one with that metric
# would take
routes_at() {
    family=$1 metric=$2 destination=$3
    shift 3
    "$@" ip -o "${family}" route show exact "${destination}" </dev/null | next_hops |
        awk -v metric="${metric}" '
        { m = 0; for (i = 1; i < NF; i++) if ($i == "metric") m = $(i + 1) }
        m == metric'
}

has_netns() { ! is_lost '' ip netns exec "$1" && ip netns exec "$1" true 2>/dev/null; }

has_netns_folder() { [ -d /run/netns ]; }

# has_stp BRIDGE: true where it runs the spanning tree protocol
has_stp() { ! is_lost "$1" && [ "$(cat "/sys/class/net/$1/bridge/stp_state" 2>/dev/null)" = 1 ]; }

has_no_stp() { ! has_stp "$1"; }

# floods_to VXLAN PEER
floods_to() {
    ! is_lost "$1" && quietly bridge fdb show dev "$1" | grep -q "^00:00:00:00:00:00 dst $2 "
}

# floods_to_others VXLAN PEERS: those that are none of the peers, each once
floods_to_others() {
    is_lost "$1" || bridge fdb show dev "$1" 2>/dev/null </dev/null | awk -v peers=" $2 " '
        $1 == "00:00:00:00:00:00" && $2 == "dst" && !index(peers, " " $3 " ") && !seen[$3]++ {
            print $3
        }'
}

# keep NAME COMMAND…: saves what the command prints now, for an undo
keep() {
    name=$1
    shift
    [ "${dry_run}" = yes ] ||
        { "$@" >"${state}/${name}.new" && mv "${state}/${name}.new" "${state}/${name}"; } ||
        failed "$@"
}

# keep_forwarding ipv4|ipv6: so that down.sh can put back every forwarding setting of the family
keep_forwarding() {
    recorded put_back_forwarding "$1" ||
        keep "forwarding.$1" \
            sysctl -a -r "^net\\.$1\\.conf\\.[^ ]*\\.(forwarding|accept_redirects)\$"
    undo put_back_forwarding "$1"
}

# put_back_forwarding ipv4|ipv6: the switch for all interfaces first, since it sets the others
put_back_forwarding() {
    kept=${state}/forwarding.$1
    run sysctl -q -w "$(sed -n "s/^\\(net\\.$1\\.conf\\.all\\.forwarding\\) = /\\1=/p" "${kept}")"
    run sysctl -q -e -p "${kept}"
}

# keep_mtu LINK BYTES
keep_mtu() {
    recorded put_back_mtu "$@" || keep "mtu.$1" cat "/sys/class/net/$1/mtu"
    undo put_back_mtu "$@"
}

# put_back_mtu LINK BYTES: unless somebody else has changed it since
put_back_mtu() {
    ! has_link "$1" || ! has_mtu "$2" "$1" ||
        run ip link set dev "$1" mtu "$(cat "${state}/mtu.$1")"
}

# keep_mac LINK MAC
keep_mac() {
    recorded put_back_mac "$@" || keep "mac.$1" cat "/sys/class/net/$1/address"
    undo put_back_mac "$@"
}

# put_back_mac LINK MAC: unless somebody else has changed it since
put_back_mac() {
    ! has_link "$1" || ! has_mac "$2" "$1" ||
        run ip link set dev "$1" address "$(cat "${state}/mac.$1")"
}

# keep_setting KEY [PREFIX…]: of the host; or of a container, for an edit of the topology: it ends
# with its container else
keep_setting() {
    setting=$1
    shift
    find_within "$@"
    recorded put_back_setting "${setting}" "$@" ||
        keep "$(setting_file "${setting}")" kept_setting "${setting}" "$@"
    undo put_back_setting "${setting}" "$@"
}

# setting_file KEY: where it is kept; a key with an interface of the name a.b has slashes
setting_file() { printf 'setting.%s.%s' "$(printf '%s' "$1" | tr / :)" "${within%/}"; }

kept_setting() {
    key=$1
    shift
    "$@" sysctl -n "${key}" </dev/null
}

put_back_setting() {
    [ $# -eq 1 ] || [ "${converging:-no}" = yes ] || return 0
    key=$1
    shift
    find_within "$@"
    value=$(cat "${state}/$(setting_file "${key}")")
    # An interface takes its settings with it.
    ! shows "$@" sysctl -n "${key}" || run "$@" sysctl -q -w "${key}=${value}"
}

# is_our_route -4|-6 METRIC DESTINATION: true where an earlier up.sh made the route that has this
# place
is_our_route() {
    know_journal
    case ${newline}${journaled} in
    *"${newline}remove_route $1 $2 $3 "* | *"${newline}remove_route $1 $2 unreachable $3 "* | \
        *"${newline}remove_route $1 $2 blackhole $3 "*) true ;;
    *) false ;;
    esac
}

# keep_route -4|-6 METRIC DESTINATION
keep_route() {
    if [ "${listing}" = no ]; then
        ! is_our_route "$@" || return 0
        recorded put_back_route "$@" || {
            [ -n "$(routes_at "$@")" ] || return 0
            keep "route$1.$2.${3%/*}_${3#*/}" routes_at "$@"
        }
    fi
    undo put_back_route "$@"
}

put_back_route() {
    # shellcheck disable=SC2046 # the route's words are wanted one by one
    run ip "$1" route replace $(cat "${state}/route$1.$2.${3%/*}_${3#*/}")
}

# addresses_of NIC: those that stay until somebody takes them away, and leases; IPv6 finds the
# others again by itself
addresses_of() { worded_addresses "$1" | awk '{ print $3 }'; }

# worded_addresses LINK: a line of ip-batch(8) for each of these addresses, in their order, with all
# that it has
worded_addresses() {
    {
        quietly ip -o -4 address show dev "$1" &&
            quietly ip -o -6 address show dev "$1" scope global
    } | awk -v link="$1" '
        $3 == "inet6" && (/ dynamic/ || / temporary/) { next }
        { gsub(/\\/, " ") }
        {
            words = "address add " $4; end = ""
            for (i = 5; i <= NF; i++) {
                word = $i
                if (word ~ /^(peer|brd|any|scope|metric)$/) { words = words " " word " " $++i }
                else if (word ~ /^(noprefixroute|home|mngtmpaddr|autojoin|nodad)$/)
                    words = words " " word
                else if (word ~ /^(valid_lft|preferred_lft)$/ && $++i != "forever") {
                    sub(/sec$/, "", $i)
                    end = end " " word " " $i
                }
                else if (index(word, link ":") == 1) end = " label " word end
            }
            print words end " dev " link
        }'
}

# worded_routes LINK: the same for the routes of all tables that go by it, those that others go
# through first; without those of advertisements, and those of IPv6 that come with an address
worded_routes() {
    for option in -4 -6; do
        quietly ip -o "${option}" route show table all | awk -v option="${option}" -v link="$1" '
            # The lines that belong together are one, with these between them.
            { gsub(/\\/, " ") }
            /^(local|broadcast|anycast|multicast) / || / proto ra / || / table local / { next }
            option == "-6" && (/^(fe80::|ff00::)/ || / proto kernel / && / metric 256 /) { next }
            {
                found = 0; words = ""
                for (i = 1; i <= NF; i++) {
                    if ($i == "dev" && $(i + 1) == link) found = 1
                    if ($i ~ /^(linkdown|dead|offload|trap|notify|rt_offload|rt_trap|pervasive)$/)
                        continue
                    if ($i == "pref" && $(i + 1) == "medium") { i++; continue }
                    if ($i == "expires") sub(/sec$/, "", $(i + 1))
                    words = words " " $i
                }
                if (!found) next
                if (words ~ / (via|nexthop) /) later = later option " route replace" words "\n"
                else print option " route replace" words
            }
            END { printf "%s", later }'
    done
}

# is_plain_port BRIDGE NIC: a port, whose addresses are gone to the bridge, all of them
is_plain_port() { has_port "$1" "$2" && ! is_half_way "$2" && [ -z "$(addresses_of "$2")" ]; }

# is_half_way NIC: true where a run ended while its addresses and routes moved
is_half_way() { [ -s "${state}/way.$1" ] && [ ! -e "${state}/handed.$1" ]; }

# is_handed ADDRESS/LENGTH BRIDGE: true where a NIC has handed it over
is_handed() {
    know_journal
    while read -r verb nic rest; do
        [ "${verb} ${rest}" != "hand_back $2" ] ||
            ! awk -v address="$1" '
                $1 == "address" && $3 == address { found = 1 }
                END { exit !found }' "${state}/way.${nic}" ||
            return 0
    done <<END
${journaled}
END
    return 1
}

# way_of NIC BRIDGE: what is to be given back to it in the end; what it has now, and what of it the
# bridge has still
way_of() {
    worded_addresses "$1"
    [ ! -e "${state}/way.$1" ] || while read -r words; do
        case ${words} in
        'address add '*)
            address=${words#address add }
            address=${address%% *}
            ! has_address "${address}" "$2" || has_address "${address}" "$1" ||
                printf '%s\n' "${words}"
            ;;
        *) ;;
        esac
    done <"${state}/way.$1"
    worded_routes "$1"
    [ ! -e "${state}/way.$1" ] ||
        worded_routes "$2" |
        grep -xF -e "$(sed -n '/^-[46] /p' "${state}/way.$1" | move "$1" "$2")" | move "$2" "$1"
}

# hand_over NIC BRIDGE: a NIC that has addresses becomes a port, and they and its routes the
# bridge's, with the NIC's MAC, by which the neighbours know them: all at once, so that no
# connection breaks. False where the NIC has none.
hand_over() {
    [ "${listing}" = no ] || {
        undo hand_back "$1" "$2"
        return 1
    }
    is_half_way "$1" || {
        [ -n "$(addresses_of "$1")" ] || return 1
        keep "way.$1" way_of "$1" "$2"
        [ "${dry_run}" = yes ] || rm -f "${state}/handed.$1"
    }
    undo hand_back "$1" "$2"
    [ "${remember}" = : ] || quoted hand_back "$1" "$2" >>"${state}/back.list"
    written=yes
    [ "${dry_run}" = no ] || {
        say "  (the addresses of $1 go to $2: $(addresses_of "$1" | tr '\n' ' '))"
        return 0
    }
    {
        printf 'link set dev %s address %s\n' "$2" "$(cat "/sys/class/net/$1/address")"
        printf 'link set dev %s master %s\n' "$1" "$2"
        # Secondary addresses go with the first of their subnet.
        worded_addresses "$1" | awk '{ print "address delete " $3 " dev " $NF }' | tac
        sed -n '/^address /p' "${state}/way.$1" | move "$1" "$2" | while read -r words; do
            address=${words#address add }
            has_address "${address%% *}" "$2" || printf '%s\n' "${words}"
        done
        sed -n 's/^-4 //p' "${state}/way.$1" | move "$1" "$2"
    } >"${state}/batch"
    sed -n 's/^-6 //p' "${state}/way.$1" | move "$1" "$2" >"${state}/batch6"
    sed 's/^/    /' "${state}/batch" "${state}/batch6"
    run ip -batch "${state}/batch"
    [ ! -s "${state}/batch6" ] || run ip -6 -batch "${state}/batch6"
    printf '' >"${state}/handed.$1" || failed writing "${state}/handed.$1"
}

# move FROM TO: lines of ip-batch(8), with another interface; a label is of the former's name
move() {
    awk -v from="$1" -v to="$2" '{
        for (i = 1; i < NF; i++) {
            if ($i == "dev" && $(i + 1) == from) $(i + 1) = to
            if ($i == "label") { $i = ""; $(i + 1) = "" }
        }
        gsub(/  +/, " "); print
    }'
}

# hand_back NIC BRIDGE: to where they were
hand_back() {
    [ -s "${state}/way.$1" ] || return 0
    ! has_port "$2" "$1" || run ip link set dev "$1" nomaster
    sed -n '/^address /p' "${state}/way.$1" | tac | while read -r words; do
        address=${words#address add }
        ! has_address "${address%% *}" "$2" ||
            printf 'address delete %s dev %s\n' "${address%% *}" "$2"
    done >"${state}/batch"
    sed -n '/^address /p' "${state}/way.$1" | while read -r words; do
        address=${words#address add }
        has_address "${address%% *}" "$1" || printf '%s\n' "${words}"
    done >>"${state}/batch"
    sed -n 's/^-4 //p' "${state}/way.$1" >>"${state}/batch"
    sed -n 's/^-6 //p' "${state}/way.$1" >"${state}/batch6"
    sed 's/^/    /' "${state}/batch" "${state}/batch6"
    # What cannot be given back does not stop the rest.
    run ip -force -batch "${state}/batch"
    [ ! -s "${state}/batch6" ] || run ip -6 -force -batch "${state}/batch6"
}

# can_hand_over NIC BRIDGE: what could not be given back exactly is not taken
can_hand_over() {
    ! is_plain_port "$2" "$1" || return 0
    lease=$(worded_addresses "$1" | awk '/ valid_lft / { print $3; exit }')
    [ -z "${lease}" ] || [ "${take_lease}" = yes ] ||
        problem "\"$1\" has ${lease} for a time only, as from a DHCP client, which would go on" \
            "renewing it there: end the client, or take the address as it is, for as long as it" \
            "is valid, with --take-lease"
    rules=$({ ip rule show && ip -6 rule show; } 2>/dev/null </dev/null | awk -v nic="$1" '
        { for (i = 1; i < NF; i++) if ($i ~ /^[io]if$/ && $(i + 1) == nic) { print; exit } }')
    [ -z "${rules}" ] ||
        problem "a rule of ip-rule(8) is for \"$1\", which would have no effect on \"$2\": ${rules}"
}

# keep_advertised: a router heeds advertisements only where it is told to; else the kernel drops the
# routes of those that it has heeded
keep_advertised() {
    [ "${listing}" = no ] || {
        ! [ -s "${journal}" ] || grep '^put_back_advertised ' "${journal}"
        return 0
    }
    for link in $(quietly ip -o -6 route show proto ra | awk '{
        for (i = 1; i < NF; i++) if ($i == "dev" && !seen[$(i + 1)]++) print $(i + 1)
    }'); do
        [ "$(cat "/proc/sys/net/ipv6/conf/${link}/accept_ra")" != 1 ] || {
            undo put_back_advertised "${link}"
            run sysctl -q -w "net/ipv6/conf/${link}/accept_ra=2"
        }
    done
}

put_back_advertised() {
    [ "$(quietly cat "/proc/sys/net/ipv6/conf/$1/accept_ra")" != 2 ] ||
        run sysctl -q -w "net/ipv6/conf/$1/accept_ra=1"
}

# remove_route -4|-6 METRIC ROUTE…
remove_route() {
    family=$1 metric=$2
    shift 2
    has_route "${family}" "${metric}" "$*" || return 0
    # The kernel tells routes apart by destination and metric: its next hops need not be said.
    [ "${2-}" != nexthop ] || set -- "$1"
    run ip "${family}" route delete "$@" metric "${metric}"
}

# remove_proxy ADDRESS LINK
remove_proxy() { ! has_proxy "$1" "$2" || run ip neighbour delete proxy "$1" dev "$2"; }

# take_down LINK: as it was
take_down() { ! has_link "$1" || run ip link set dev "$1" down; }

remove_address() { ! has_address "$1" "$2" || run ip address delete "$1" dev "$2"; }

remove_port() { ! has_port "$1" "$2" || run brctl delif "$1" "$2"; }

release_port() { ! has_port "$1" "$2" || run ip link set dev "$2" nomaster; }

delete_link() { ! has_link "$1" || ! is_left_alone "$1" || run ip link delete dev "$1"; }

# is_left_alone BRIDGE: true where it has no ports but this topology's: these are gone by now, about
# to, or the next to go
is_left_alone() {
    if [ "${dry_run}" = yes ] || [ "${converging:-no}" = yes ]; then return 0; fi
    tries=0
    while ports=$(others_of "$1") && [ -n "${ports}" ]; do
        tries=$((tries + 1))
        [ "${tries}" -lt 20 ] || {
            ports=$(printf '%s' "${ports}" | tr '\n' ' ')
            say "${me}: \"$1\" stays: it has ports that are not of this topology: ${ports}" >&2
            trouble=yes
            return 1
        }
        sleep 0.1
    done
}

# others_of BRIDGE: its ports that are not this topology's, a line each
others_of() {
    quietly ip -o link show master "$1" | awk '{ sub(/[@:].*/, "", $2); print $2 }' |
        while read -r port; do
        recorded delete_link "${port}" || printf '%s\n' "${port}"
    done
}

delete_bridge() {
    ! has_link "$1" || ! is_left_alone "$1" || {
        run ip link set dev "$1" down
        run brctl delbr "$1"
    }
}

# remove_netns_folder: where no namespace is left in it
remove_netns_folder() {
    [ -n "$(ls -A /run/netns 2>/dev/null)" ] || {
        ! mountpoint -q /run/netns || run umount /run/netns
        ! [ -d /run/netns ] || run rmdir /run/netns
    }
}

delete_netns() { ! [ -e "/run/netns/$1" ] || run ip netns delete "$1"; }

# remove_inner NETNS LINK
remove_inner() {
    ! has_inner "$2" ip netns exec "$1" || run ip netns exec "$1" ip link delete dev "$2"
}

problem() {
    say "${me}: $*" >&2
    problems=yes
}

# need COMMAND PACKAGE
need() {
    command -v "$1" >/dev/null ||
        problem "\"$1\" is not installed; on Debian and Ubuntu: apt install $2"
}

# need_link NIC: it must be there before
need_link() { has_link "$1" || problem "there is no interface \"$1\""; }

# need_mtu NIC BYTES: as it is, or will be when an earlier up.sh's is undone
need_mtu() {
    ! has_link "$1" || {
        bytes=$(cat "/sys/class/net/$1/mtu")
        ! recorded put_back_mtu "$1" "${bytes}" || bytes=$(cat "${state}/mtu.$1")
        [ "${bytes}" -ge "$2" ] ||
            problem "\"$1\" has MTU ${bytes}, and the topology counts on $2: give its LAN an mtu:"
    }
}

# need_bridge BRIDGE: it must be there before
need_bridge() { shows ip link show dev "$1" type bridge || problem "there is no bridge \"$1\""; }

# need_type TYPE WORD…: the kernel must have the device type; tried in a network namespace that ends
# at once
need_type() {
    unshare --net ip link add name probe type "$@" 2>/dev/null || [ "$(id -u)" -ne 0 ] ||
        problem "this kernel cannot make a \"$1\" interface (missing module?)"
}

# free_link LINK: the name must be free, unless an earlier up.sh made it
free_link() {
    ! has_link "$1" || is_our_link "$1" || is_units "$1" ||
        problem "there is an interface \"$1\" already, not of this topology"
}

# is_our_link LINK: true where an earlier up.sh made it
is_our_link() { is_recorded link "$1" || is_recorded bridge "$1"; }

# is_recorded link|bridge|netns NAME: as it was when this run began; the journal of many is long
is_recorded() {
    [ -n "${recorded_names-}" ] ||
        recorded_names=" $(quietly sed -n 's/^delete_\([a-z]*\) \([^ ]*\).*/\1:\2/p' "${journal}" |
            tr '\n' ' ')"
    case ${recorded_names} in
    *" $1:$2 "*) true ;;
    *) false ;;
    esac
}

# is_units LINK: true where this topology's units of systemd-networkd made it, as install.sh put
# them there, or netplan
is_units() {
    [ ! -e "/run/systemd/network/10-netplan-$1.netdev" ] ||
        ! grep -qsF -e " for ${owner};" /etc/netplan/05-topoc.yaml || return 0
    grep -rlsF -e " for ${owner};" /etc/systemd/network | grep '\.netdev$' | while read -r unit; do
        grep -xF -e "Name=$1" "${unit}"
    done | grep -q .
}

# free_port NIC BRIDGE: the NIC must be in no other bridge, unless an earlier up.sh put it into
# that, or into this one
free_port() {
    ! shows ip link show dev "$1" type bridge_slave || has_port "$2" "$1" || is_our_port "$1" ||
        problem "\"$1\" is a port of another bridge already"
}

# is_our_port NIC: true where an earlier up.sh made it a port
is_our_port() {
    know_journal
    quote "$1"
    while read -r verb one two rest; do
        case "${verb} ${one} ${two} " in
        remove_port\ *" ${line} " | release_port\ *" ${line} " | "hand_back ${line} "*) return 0 ;;
        *) ;;
        esac
    done <<END
${journaled}
END
    return 1
}

# leads_here NIC: true where the default route, if an earlier up.sh has not made it, or an SSH
# connection, goes by it
leads_here() {
    for family in -4 -6; do
        for metric in $(quietly ip -o "${family}" route show table all default | awk -v nic="$1" '
            {
                found = 0; metric = 0
                for (i = 1; i < NF; i++) {
                    if ($i == "dev" && $(i + 1) == nic) found = 1
                    if ($i == "metric") metric = $(i + 1)
                    if ($i == "table") metric = "other"
                }
                if (found) print metric
            }'); do
            is_our_route "${family}" "${metric}" default || return 0
        done
    done
    for address in $(addresses_of "$1"); do
        ! has_login "${address%/*}" || return 0
    done
    return 1
}

# has_login ADDRESS: true where an SSH connection comes in by it
has_login() {
    case $1 in
    *:*) shows ss -H -t -n state established sport = :22 src "[$1]" ;;
    *) shows ss -H -t -n state established sport = :22 src "$1" ;;
    esac
}

# leads_to_login -4|-6 DESTINATION: true where the answers to an SSH connection go by that route
leads_to_login() {
    for peer in $(quietly ss -H -t -n state established sport = :22 |
        awk '{ sub(/:[0-9]+$/, "", $4); gsub(/[][]/, "", $4); print $4 }'); do
        case "$(quietly ip "$1" route get fibmatch "${peer}") " in
        "$2 "*) return 0 ;;
        *) ;;
        esac
    done
    return 1
}

# guard NIC [BRIDGE]: the way to this host is not to be cut by accident
guard() {
    [ "${confirm}" -eq 0 ] || return 0
    [ $# -lt 2 ] || ! is_plain_port "$2" "$1" || return 0
    ! leads_here "$1" ||
        problem "\"$1\" carries the default route or an SSH connection: with --confirm SECONDS" \
            'it is changed, and all is undone unless you answer within that time'
}

# guard_settings NIC MAC|- MTU: as guard, where it has another MAC or MTU than these; of units, both
# and the default route are there already
guard_settings() {
    if { [ "$2" = - ] || has_mac "$2" "$1"; } && has_mtu "$3" "$1"; then return 0; fi
    guard "$1"
}

# guard_route -4|-6 METRIC DESTINATION ROUTE: nor by another route in the place of one that is there
guard_route() {
    [ "${confirm}" -eq 0 ] || return 0
    there=$(routes_at "$1" "$2" "$3")
    [ -z "${there}" ] || has_route "$1" "$2" "$4" ||
        { is_our_route "$1" "$2" "$3" && ! leads_to_login "$1" "$3"; } ||
        problem "there is a route \"${there}\" already: with --confirm SECONDS another takes its" \
            'place, and all is undone unless you answer within that time'
}

# free_address ADDRESS LINK: no other interface may have the address, but for one from which it goes
free_address() {
    for other in $(quietly ip -o address show to "$1" | awk '{ sub(/@.*/, "", $2); print $2 }'); do
        [ "${other}" = "$2" ] || is_our_link "${other}" || is_our_address "$1" "${other}" ||
            problem "another interface, \"${other}\", has the address $1 already"
    done
}

# is_our_address ADDRESS LINK: true where an earlier up.sh gave it
is_our_address() {
    know_journal
    quote "$2"
    while read -r verb address link rest; do
        [ "${verb} ${address%/*} ${link}" != "remove_address $1 ${line}" ] || return 0
    done <<END
${journaled}
END
    return 1
}

# guard_addresses LINK ADDRESSES: an interface's address by which somebody has come in does not go
# by mistake
guard_addresses() {
    [ "${confirm}" -eq 0 ] || return 0
    for address in $(addresses_of "$1"); do
        case " $2 " in
        *" ${address} "*) ;;
        *) is_handed "${address}" "$1" || ! has_login "${address%/*}" || cut_off "${address}" ;;
        esac
    done
}

# free_netns NAME
free_netns() {
    ! [ -e "/run/netns/$1" ] || is_recorded netns "$1" ||
        problem "there is a network namespace \"$1\" already, not of this topology"
}

# remove_nat_service SERVICE: what it has made it takes away as it ends
remove_nat_service() {
    ! [ -e "/etc/systemd/system/$1" ] || run systemctl disable --quiet --now "$1"
}

# put_back_services: systemd forgets what is no longer there
put_back_services() { run systemctl daemon-reload; }

uninstall_file() { [ ! -e "$1" ] || run rm "$1"; }

is_enabled() { systemctl is-enabled --quiet systemd-networkd.service 2>/dev/null; }

disable_at_boot() { ! is_enabled || run systemctl disable --quiet systemd-networkd.service; }

# reread: systemd-networkd takes the units as they are now, which a restart does without a loss
reread() {
    [ "${dry_run}" = yes ] || : >"${state}/reread"
    run systemctl restart systemd-networkd.service
    [ "${dry_run}" = yes ] || rm -f "${state}/stale"
}

# stop_networkd: with its socket, which would start it again
stop_networkd() { run systemctl stop systemd-networkd.socket systemd-networkd.service; }

# reset_settings LINK: the last of them brings its link-local address back
reset_settings() { ! has_link "$1" || run sysctl -q -e -p "${state}/settings.$1"; }

# list_undos: what the journal is to have in the end, a line each: make itself lists it, where each
# question is answered with no, and what only puts right does nothing
list_undos() (
    listing=yes dry_run=yes made=${every}
    for question in ${questions}; do eval "${question}() { false; }"; done
    for action in ${actions}; do eval "${action}() { true; }"; done
    make
)

# know_wanted: `wanted` is that list
know_wanted() { [ -n "${wanted}" ] || wanted=$(list_undos); }

# find_stale: sets `stale` to what the journal has and is wanted no more, last first; but for routes
# whose place others take
find_stale() {
    stale=
    [ -s "${journal}" ] || {
        find_strays
        return 0
    }
    know_wanted
    stale=$({ printf '%s\n\n' "${wanted}" && cat "${journal}"; } | awk '
        function place(undo) {
            split(undo, word, " ")
            if (word[1] != "remove_route") return ""
            to = word[4] ~ /^(unreachable|blackhole)$/ ? word[5] : word[4]
            return word[2] " " word[3] " " to
        }
        # What is put back in a container that is used as it is, for as long as another takes its
        # place.
        function inner(undo) {
            split(undo, word, " ")
            if (word[1] == "put_back_inner_setting") { sub(/=.*/, "", undo); return undo }
            if (word[1] !~ /^(put_back|remove)_inner_route$/) return ""
            at = word[1] ~ /^remove/ ? 5 : 4
            sub(/^\047/, "", word[at])
            if (word[at] ~ /^(unreachable|blackhole)$/) at++
            return word[2] " " word[3] " " word[at]
        }
        !read && $0 == "" { read = 1; next }
        { undo = $0; sub(/ # .*/, "", undo) }
        !read { lines[$0]; undos[undo]; places[place(undo)]; inners[inner(undo)]; next }
        undo ~ /^put_back_inner_/ && inner(undo) in inners { next }
        $0 in lines || undo == $0 && undo in undos { next }
        place(undo) == "" || !(place(undo) in places)' | tac)
}

# find_strays: a reboot takes the journal, and leaves containers and networks that carry a mark;
# those that are wanted no more are stale
find_strays() {
    strays=$(list_strays)
    [ -n "${strays}" ] || return 0
    know_wanted
    stale=$({ printf '%s\n\n' "${wanted}" && printf '%s\n' "${strays}"; } | awk '
        !read && $0 == "" { read = 1; next }
        !read { sub(/ # .*/, ""); wanted[$0]; next }
        !($0 in wanted)' | tac)
}

# converge: what an edit of the topology has taken out, or made anew, goes first
converge() {
    [ -n "${stale}" ] || return 0
    say '  # no longer in the topology, or made anew:'
    converging=yes
    undo_lines "${stale}"
    converging=no
    [ "${unfinished}" = no ] || {
        say "up.sh: not all of it could be undone; what is left is in ${journal}" >&2
        exit 1
    }
}

# settle_routes: those whose place others have taken by now need no undo any more
settle_routes() {
    [ "${dry_run}" = no ] && [ -s "${journal}" ] || return 0
    know_wanted
    old=$({ printf '%s\n\n' "${wanted}" && cat "${journal}"; } | awk '
        !read && $0 == "" { read = 1; next }
        !read { lines[$0]; next }
        /^remove_route / && !($0 in lines)')
    [ -z "${old}" ] || strike "${old}"
}

# guard_stale: what is deleted with all that is in it, and the way to this host, go by no mistake
guard_stale() {
    find_stale
    losses=
    while read -r verb name rest; do
        case ${verb} in
        delete_container) ! is_ours "${name}" || losses="${losses} ${name}" ;;
        delete_docker) ! is_our_docker "${name}" || losses="${losses} ${name}" ;;
        remove_address) [ "${confirm}" -gt 0 ] || ! has_login "${name%/*}" || cut_off "${name}" ;;
        remove_route) guard_stale_route "${name}" "${rest}" ;;
        delete_link | delete_bridge | take_down) guard_link "${name}" ;;
        hand_back) guard_link "${rest%% *}" ;;
        *) ;;
        esac
    done <<END
${stale}
END
    [ -z "${losses}" ] || [ "${prune}" = yes ] ||
        problem "no longer in the topology, or to be made anew, and so to be deleted with all" \
            "that is in them:${losses}. With --prune they are"
}

# guard_link LINK
guard_link() { [ "${confirm}" -gt 0 ] || ! leads_here "$1" || cut_off "$1"; }

# guard_stale_route -4|-6 WORDS
guard_stale_route() {
    # shellcheck disable=SC2086 # the words of a route
    set -- "$1" $2
    case $3 in
    unreachable | blackhole) ;;
    *) [ "${confirm}" -gt 0 ] || ! leads_to_login "$1" "$3" || cut_off "the route to $3" ;;
    esac
}

cut_off() {
    problem "an SSH connection, or the default route, goes by \"$1\", which goes: with" \
        '--confirm SECONDS all is undone unless you answer within that time'
}

# settle LINK MAC|- BYTES|- ADDRESSES [PREFIX…]: what an edit, or somebody by hand, has left on an
# interface of ours
settle() {
    settled=$1 mac=$2 mtu=$3 addresses=" $4 "
    shift 4
    ! is_lost "${settled}" "$@" || return 0
    said=$(quietly "$@" ip address show dev "${settled}")
    [ -n "${said}" ] || return 0
    case "${mac} ${said}" in
    -\ * | *" link/ether ${mac} "*) ;;
    *) run "$@" ip link set dev "${settled}" address "${mac}" ;;
    esac
    case "${mtu} ${said}" in
    -\ * | *" mtu ${mtu} "*) ;;
    *) run "$@" ip link set dev "${settled}" mtu "${mtu}" ;;
    esac
    while read -r family address words; do
        case "${family} ${words} " in
        inet6*' dynamic '* | *' scope link '* | *' scope host '*) continue ;;
        inet*) ;;
        *) continue ;;
        esac
        case ${addresses} in
        *" ${address} "*) ;;
        *) take_address "${address}" "${settled}" "$@" ;;
        esac
    done <<END
${said}
END
}

# take_address ADDRESS/LENGTH LINK [PREFIX…]: but for one that a NIC has handed over
take_address() {
    taken=$1 from=$2
    shift 2
    [ $# -gt 0 ] || ! is_handed "${taken}" "${from}" || return 0
    # With a primary address its secondaries may have gone.
    ! has_address "${taken}" "${from}" "$@" || {
        run "$@" ip address delete "${taken}" dev "${from}"
        lose_address "${taken}" "${from}" "$@"
    }
}

# only_routes -4|-6 ROUTES PREFIX…: a container's routes are these, each with its metric before it,
# but for those that the kernel, a router or a routing daemon has made
only_routes() {
    option=$1 routes=$2
    shift 2
    ! is_lost routes "$@" || return 0
    while read -r route; do
        # shellcheck disable=SC2086 # the route's words are wanted one by one
        [ -z "${route}" ] || run "$@" ip "${option}" route delete ${route}
    done <<END
$(quietly "$@" ip -o "${option}" route show | next_hops |
    awk -v wanted="${routes}" -v within="${within}" -v lost="${lost}" '
    BEGIN { count = split(wanted, want, ";") }
    / proto / && !/ proto (static|boot)( |$)/ { next }
    !/ (via|dev) / && !/^(unreachable|blackhole) / { next }
    # The way to the gateway of a routed NIC, which whoever starts an instance makes.
    /^169\.254\.0\.1 dev / { next }
    # Of the kernel, where the ip of busybox does not say so.
    /^(anycast|broadcast|local|multicast) / { next }
    !/ via / && (/ scope link .*src / || / metric 256( |$)/) { next }
    {
        metric = 0
        for (i = 1; i < NF; i++) {
            if ($i == "metric") metric = $(i + 1)
            if ($i == "dev" && index(lost, " " within $(i + 1) " ")) next
        }
        line = $0 " "
        if (match(line, / nexthop /)) {
            line = $1 substr(line, RSTART)
            gsub(/ weight 1 /, " ", line); gsub(/ weight 1 /, " ", line)
        }
        for (i = 1; i <= count; i++) if (index(metric " " line, want[i] " ") == 1) next
        sub(/ (pref|expires|hoplimit) [^ ]+/, "")
        gsub(/ (linkdown|dead|onlink|pervasive)/, ""); sub(/ +$/, "")
        print
    }')
END
}

# settle_forwarding ipv4|ipv6 0|1 LINKS: of each interface, where somebody has changed it by hand
settle_forwarding() {
    # Where the switch for all is only about to be changed, it changes these.
    [ "${dry_run}" = no ] || is_set "net.$1.conf.all.forwarding" "$2" || return 0
    for link in $3; do
        file=/proc/sys/net/$1/conf/${link}/forwarding
        value=$(cat "${file}" 2>/dev/null)
        [ "${value:-"$2"}" = "$2" ] || run sysctl -q -w "net/$1/conf/${link}/forwarding=$2"
    done
}

# leave_port BRIDGE|- LINK: out of another bridge, or of any
leave_port() {
    ! shows ip link show dev "$2" type bridge_slave || has_port "$1" "$2" || is_lost "$2" || {
        other=$(quietly ip -o link show dev "$2" | sed -n 's/.* master \([^ ]*\) .*/\1/p')
        is_lost "${other}" || is_lost "$2@${other}" || run ip link set dev "$2" nomaster
    }
}

# clear_link LINK: the kernel takes away what a container that ended has left, but only some time
# later
clear_link() {
    [ "${dry_run}" = yes ] || ! has_link "$1" || quietly ip link delete dev "$1" || true
}

# clear_netns NAME: what was killed may have left a file without a namespace
clear_netns() {
    [ ! -e "/run/netns/$1" ] || is_lost '' ip netns exec "$1" || run ip netns delete "$1"
}

# forget_peers VXLAN PEERS: those to which an earlier topology, or somebody by hand, has it send
forget_peers() {
    vxlan=$1
    for peer in $(floods_to_others "${vxlan}" "$2"); do
        run bridge fdb delete 00:00:00:00:00:00 dev "${vxlan}" dst "${peer}"
    done
}

# begin_run: what the journal has now is not of this run
begin_run() {
    rm -f "${state}/back.list"
    if [ -f "${state}/complete" ]; then
        cp "${journal}" "${state}/journal.before" ||
            failed cp "${journal}" "${state}/journal.before"
    else
        printf '' >"${state}/journal.before" || failed writing "${state}/journal.before"
    fi
}

# roll_back: of this run; what an earlier one did stays, and what this one found is there again
roll_back() {
    trap '' HUP INT TERM
    [ "${dry_run}" = no ] || return 0
    if [ "${keep_on_failure}" = yes ]; then
        say "${me}: left as it is: ${me} goes on from here, ${away} takes it away" >&2
    else
        say 'undoing:'
        undoing=yes
        remembered=${remember} remember=:
        undo_lines "$(grep -vxF -f "${state}/journal.before" "${journal}" | tac)"
        [ "${remembered}" = : ] || bring_back
        [ "${unfinished}" = no ] ||
            say "${me}: not all could be undone; what is left is in ${journal}" >&2
        forget
    fi
}

# watch: undoes all of it when the time is over, unless that was confirmed; it outlives the
# terminal, and this script
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
    say "Is this host still reached? All is undone in ${confirm} seconds, unless you run:" \
        "touch ${state}/confirmed"
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

# bring_back: what this run has changed of what an earlier one made, last change first
bring_back() {
    [ ! -s "${state}/back.list" ] || while IFS= read -r back; do
        trouble=no
        case ${back} in
        '# '*)
            say "${me}: not brought back, but by the up.sh that was run before: ${back#??}" >&2
            ;;
        *) eval "${back}" ;;
        esac
        [ "${trouble}" = no ] || unfinished=yes
    done <<END
$(tac "${state}/back.list")
END
    mv "${state}/journal.before" "${journal}"
    journaled=
}

# remember_back yes|no COMMAND…: what brings back what the command is about to change; with yes, the
# journal has just got what undoes it, but for the route in whose place another comes
remember_back() {
    undone=$1
    shift
    changing=$(quoted "$@")
    within_words=
    while [ $# -gt 1 ]; do
        case "$1 $2" in
        'ip netns')
            [ "$3" = exec ] || break
            within_words="ip netns exec $4"
            shift 4
            ;;
        'ip '* | 'brctl '* | 'bridge '* | 'sysctl '* | 'nft '*) break ;;
        *)
            within_words="${within_words}${within_words:+ }$1"
            shift
            ;;
        esac
    done
    option=-4
    case "$1 ${2-}" in
    'ip -4' | 'ip -6')
        option=$2
        shift 2
        set -- ip "$@"
        ;;
    *) ;;
    esac
    # shellcheck disable=SC2086 # the words of commands
    case "${undone} $*" in
    *' ip route replace '* | *' ip route add '* | *' ip route delete '*) back_route "$@" ;;
    *' nft delete table '*) back_nat ;;
    yes*) ;;
    *' nft -f '*) back_nat ;;
    *' ip neighbour delete '*) note_back ip neighbour replace proxy "$5" dev "$7" ;;
    *' ip link set dev '*) back_link "$5" "$6" ${within_words} ;;
    *' ip address add '* | *' ip address replace '*) back_address "$@" ;;
    *' ip address delete '*) back_deleted_address "$4" "$6" ${within_words} ;;
    *' sysctl -q -w '*)
        note_back sysctl -q -w "${4%%=*}=$(${within_words} sysctl -n "${4%%=*}" </dev/null)"
        ;;
    *' brctl addif '*) note_back brctl delif "$3" "$4" ;;
    *' brctl delif '*) note_back brctl addif "$3" "$4" ;;
    *' bridge vlan '*) back_vlans "$5" ;;
    *' bridge fdb append '*) note_back bridge fdb delete "${4}" "${5}" "${6}" "${7}" "${8}" ;;
    *' bridge fdb delete '*) note_back bridge fdb append "${4}" "${5}" "${6}" "${7}" "${8}" ;;
    *' delete '* | *' delbr '* | *' rm '* | *' remove '*)
        printf '# %s\n' "${changing}" >>"${state}/back.list"
        ;;
    *) ;;
    esac
}

# note_back WORD…: a command, where the one was that is about to be run; where its interface has
# gone, there is nothing to do
note_back() {
    # shellcheck disable=SC2086 # the words of a command
    printf 'run_back %s\n' "$(quoted ${within_words} "$@")" >>"${state}/back.list" ||
        failed writing "${state}/back.list"
}

# run_back COMMAND…
run_back() {
    printf '  %s\n' "$(quoted "$@")"
    "$@" </dev/null 2>/dev/null || say "  (nothing to bring back)"
}

# back_link LINK up|down|address|mtu|master|nomaster [PREFIX…]
back_link() {
    link=$1 property=$2
    shift 2
    shown=" $(quietly "$@" ip -o link show dev "${link}") "
    case ${property} in
    up | down)
        case ${shown} in
        *[\<,]UP[,\>]*) note_back ip link set dev "${link}" up ;;
        *) note_back ip link set dev "${link}" down ;;
        esac
        ;;
    mtu)
        value=${shown#* mtu }
        note_back ip link set dev "${link}" mtu "${value%% *}"
        ;;
    address)
        value=${shown#* link/ether }
        note_back ip link set dev "${link}" address "${value%% *}"
        ;;
    type)
        for setting in stp_state vlan_filtering; do
            value=$(cat "/sys/class/net/${link}/bridge/${setting}" 2>/dev/null) ||
                continue
            note_back ip link set dev "${link}" type bridge "${setting}" "${value}"
        done
        ;;
    master | nomaster)
        value=${shown#* master }
        if [ "${value}" = "${shown}" ]; then
            note_back ip link set dev "${link}" nomaster
        else
            note_back ip link set dev "${link}" master "${value%% *}"
        fi
        ;;
    *) ;;
    esac
}

# back_address ip address add|replace ADDRESS WORD…
back_address() {
    address=$4
    while [ $# -gt 1 ] && [ "$1" != dev ]; do shift; done
    note_back ip address delete "${address}" dev "$2"
}

# back_deleted_address ADDRESS LINK [PREFIX…]
back_deleted_address() {
    if [ $# -gt 2 ]; then
        note_back ip address add "$1" dev "$2"
    else
        back=$(worded_addresses "$2" | awk -v address="$1" '$3 == address')
        # shellcheck disable=SC2086 # the words of a line
        note_back ip ${back:-address add "$1" dev "$2"}
    fi
}

# back_route ip route VERB WORD…: the route that has the place now, or none
back_route() {
    verb=$3
    shift 3
    words=$* metric=0
    [ "${option}" = -4 ] || metric=1024
    case " ${words} " in
    *' metric '*)
        metric=${words#* metric }
        metric=${metric%% *}
        ;;
    *) ;;
    esac
    case $1 in
    unreachable | blackhole) shift ;;
    *) ;;
    esac
    # shellcheck disable=SC2086 # the words of commands
    former=$(routes_at "${option}" "${metric}" "$1" ${within_words} |
        sed 's/ linkdown//g; s/ dead//g; s/ expires [0-9]*sec//; s/ *$//')
    if [ -n "${former}" ]; then
        # shellcheck disable=SC2086 # the words of a route
        note_back ip "${option}" route replace ${former}
    elif [ "${verb}${undone}" = replaceno ] || [ "${verb}${undone}" = addno ]; then
        # shellcheck disable=SC2086 # the words of a route
        note_back ip "${option}" route delete ${words}
    fi
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

# forget_instance COMMAND…: it may change what is known of a container
forget_instance() {
    case "$1 ${2-} ${3-}" in
    'lxc config set') set -- "$4" ;;
    'lxc config '*) return 0 ;;
    'lxc '[icsd]*) shift 2 ;;
    *) return 0 ;;
    esac
    [ -n "${instances-}" ] || return 0
    for instance; do
        case ${instance} in
        '' | *[!0-9A-Za-z-]* | -*) continue ;;
        *) ;;
        esac
        case ${instances} in
        *"${newline}${instance},"*)
            known=${instances#*"${newline}${instance},"}
            instances=${instances%%"${newline}${instance},"*}${newline}${known#*"${newline}"}
            ;;
        *) ;;
        esac
        instances=${newline}${instance}${instances}
    done
}

# look_inside COMMAND…: what asks about the network of a container is the host's own command there,
# where that may be: it says what the container's would, in a tenth of the time
look_inside() {
    if [ "$1 ${2-}" = 'lxc exec' ] && find_pid "$4" && [ -r "/proc/${pid}/ns/net" ]; then
        shift 5
        nsenter --target "${pid}" --net "$@"
    else
        "$@"
    fi
}

# is_ours CONTAINER: true where this topology's up.sh made it
is_ours() {
    find_instance "$1" && case ${known} in
    *,*,"${owner}") true ;;
    *) false ;;
    esac
}

has_device() { shows lxc config device get "$1" "$2" type; }

is_running() {
    ! is_lost "" in_network_of "$1" && find_instance "$1" && [ "${known%%,*}" = RUNNING ]
}

# in_network_of CONTAINER COMMAND…: runs the host's own command in a container's network
in_network_of() {
    find_pid "$1" || return 1
    shift
    nsenter --target "${pid}" --net "$@"
}

# delete_container NAME: never one that is not marked as this topology's
delete_container() { ! is_ours "$1" || run lxc delete --force "$1"; }

is_our_network() { [ "$(quietly lxc network get "$1" user.topoc)" = "${owner}" ]; }

# delete_network NAME: never one that is not marked as this topology's
delete_network() { ! is_our_network "$1" || run lxc network delete "$1"; }

remove_device() { ! has_device "$1" "$2" || run lxc config device remove "$1" "$2"; }

# take_down_container NAME: as it was
take_down_container() { ! is_running "$1" || run lxc stop --force "$1"; }

# remove_inner_address CONTAINER ADDRESS LINK
remove_inner_address() {
    ! has_address "$2" "$3" lxc exec -n "$1" -- ||
        run lxc exec -n "$1" -- ip address delete "$2" dev "$3"
}

# remove_inner_route CONTAINER -4|-6 METRIC ROUTE
remove_inner_route() {
    # shellcheck disable=SC2086 # the route's words are wanted one by one
    ! has_route "$2" "$3" "$4" lxc exec -n "$1" -- ||
        run lxc exec -n "$1" -- ip "$2" route delete ${4%% nexthop *} metric "$3"
}

# put_back_inner_route CONTAINER -4|-6 ROUTE
put_back_inner_route() {
    # shellcheck disable=SC2086 # the route's words are wanted one by one
    ! is_running "$1" || run lxc exec -n "$1" -- ip "$2" route replace $3
}

# put_back_inner_setting CONTAINER KEY=VALUE
put_back_inner_setting() { ! is_running "$1" || run lxc exec -n "$1" -- sysctl -q -w "$2"; }

# list_dockers [NAME]: what Docker says of containers, a line each: NAME RUNNING PID MARK; to
# Docker, "c1" may also be how another's ID begins
list_dockers() {
    name=${1-}
    # shellcheck disable=SC2046 # the containers are wanted one by one
    [ $# -gt 0 ] || set -- $(quietly docker ps --all --quiet --no-trunc)
    quietly docker inspect --type container --format \
        '{{.Name}} {{.State.Running}} {{.State.Pid}} {{index .Config.Labels "topoc"}}' "$@" |
        awk -v name="${name}" 'sub("^/", "") && (name == "" || name == $1)'
}

# know_dockers: `dockers` is that, asked once; of a container that a command has changed since then,
# it has the name alone
know_dockers() {
    newline='
'
    [ -n "${dockers-}" ] || dockers=${newline}$(list_dockers)${newline}
}

# find_docker CONTAINER: sets `known` to what is known of it, without its name; false where there is
# none
find_docker() {
    know_dockers
    case ${dockers} in
    *"${newline}$1${newline}"*)
        known=${newline}$(list_dockers "$1")${newline}${dockers#*"${newline}$1${newline}"}
        dockers=${dockers%%"${newline}$1${newline}"*}${known}
        ;;
    *) ;;
    esac
    case ${dockers} in
    *"${newline}$1 "*) ;;
    *) return 1 ;;
    esac
    known=${dockers#*"${newline}$1 "}
    known=${known%%"${newline}"*}
}

# forget_docker COMMAND…: it may change what is known of a container
forget_docker() {
    case "$1 ${2-}" in
    'docker create' | 'docker start' | 'docker rm') ;;
    *) return 0 ;;
    esac
    [ -n "${dockers-}" ] || return 0
    shift 2
    for instance; do
        case ${instance} in
        '' | *[!0-9A-Za-z_.-]* | -*) continue ;;
        *) ;;
        esac
        case ${dockers} in
        *"${newline}${instance} "*)
            known=${dockers#*"${newline}${instance} "}
            dockers=${dockers%%"${newline}${instance} "*}${newline}${known#*"${newline}"}
            ;;
        *) ;;
        esac
        dockers=${newline}${instance}${dockers}
    done
}

# forget_asked COMMAND…: what was asked once, and may be otherwise by it
forget_asked() {
    forget_instance "$@"
    forget_docker "$@"
}

# learn_started COMMAND…: what has started is asked for its process, here and not in each question
learn_started() {
    case "$1 ${2-}" in
    '{{client}} start') find_instance "$3" ;;
    'docker start') find_docker "$3" ;;
    *) ;;
    esac || :
}

# is_our_docker CONTAINER: true where this topology's up.sh made it
is_our_docker() { find_docker "$1" && [ "${known#* * }" = "${owner}" ]; }

# docker_pid CONTAINER: 0 where it does not run
docker_pid() {
    find_docker "$1" || known='false 0'
    known=${known#* }
    printf '%s\n' "${known%% *}"
}

# in_docker CONTAINER COMMAND…: runs the host's own command in a container's network
in_docker() {
    pid=$(docker_pid "$1")
    shift
    nsenter --target "${pid}" --net "$@"
}

# delete_docker NAME: never one that is not labelled as this topology's
delete_docker() { ! is_our_docker "$1" || run docker rm --force --volumes "$1"; }

# network_says NETWORK FORMAT: of the network of that very name; to Docker, "br0" may also be how
# another's ID begins
network_says() {
    said=$(quietly docker network inspect --format "{{.Name}} $2" "$1")
    case ${said} in
    "$1 "*) printf '%s\n' "${said#"$1 "}" ;;
    *) return 1 ;;
    esac
}

# is_our_docker_network NETWORK: true where this topology's up.sh made it
is_our_docker_network() { [ "$(network_says "$1" '{{index .Labels "topoc"}}')" = "${owner}" ]; }

# delete_docker_network NETWORK: never one that is not labelled as this topology's
delete_docker_network() { ! is_our_docker_network "$1" || run docker network rm "$1"; }

# need_macvlan: tried in a network namespace that ends at once
need_macvlan() {
    quietly unshare --net sh -c 'ip link add name probe type veth &&
        ip link add link probe name probe2 type macvlan mode bridge' || [ "$(id -u)" -ne 0 ] ||
        problem 'this kernel cannot make macvlan interfaces (missing module?)'
}

# free_parent NIC: what is a port of a bridge can have no macvlan interfaces
free_parent() {
    ! shows ip link show dev "$1" type bridge_slave ||
        problem "\"$1\" is a port of a bridge, and so can have no macvlan interfaces"
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

# drops_forwarded FILTER: true where its FORWARD chain drops what no rule lets pass
drops_forwarded() {
    case $(quietly "$1" -w 5 -S FORWARD) in
    '-P FORWARD DROP'*) true ;;
    *) false ;;
    esac
}

# sees_frames FILTER: true where frames between the ports of a bridge go through it too, as
# br_netfilter has it
sees_frames() { grep -qsx 1 "/proc/sys/net/bridge/bridge-nf-call-${1%-*}"; }

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

# begin_pass PASS CHAIN WORD…: what the chain is for; false where that is all that is asked
begin_pass() {
    passing="$*"
    [ "${listing}" = no ] || {
        note "delete_passage $2" "${passing}"
        return 1
    }
}

# open_passage FILTER CHAIN: a chain of this topology's, before what is dropped: where Docker asks
# for it, or in FORWARD
open_passage() {
    note "delete_passage $2" "${passing}"
    place=FORWARD
    ! has_rule "$1" FORWARD -j DOCKER-USER || place=DOCKER-USER
    has_chain "$1" "$2" || {
        if drops_forwarded "$1"; then
            by=$([ "${place}" = FORWARD ] || say ', as Docker has set it')
            say "  # FORWARD of $1 drops what no rule lets pass${by}"
        else
            say "  # Docker's rules of $1 keep its networks apart"
        fi
        run "$1" -w 5 -N "$2"
    }
    has_rule "$1" "${place}" -j "$2" || run "$1" -w 5 -I "${place}" -j "$2"
}

# pass_within CHAIN FAMILIES BRIDGE…: frames between the ports of a bridge
pass_within() {
    begin_pass pass_within "$@" || return 0
    chain=$1 families=$2
    shift 2
    for filter in $(filters "${families}"); do
        ! sees_frames "${filter}" || ! drops_forwarded "${filter}" || {
            open_passage "${filter}" "${chain}"
            for bridge; do
                add_rule "${filter}" "${chain}" -i "${bridge}" -o "${bridge}" -j ACCEPT
            done
        }
    done
}

# pass_between CHAIN FAMILIES LINK…: packets from one of these interfaces to another
pass_between() {
    begin_pass pass_between "$@" || return 0
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
    has_chain "${filter}" "${chain}:to" || run "${filter}" -w 5 -N "${chain}:to"
    for link; do
        add_rule "${filter}" "${chain}:to" -o "${link}" -j ACCEPT
        add_rule "${filter}" "${chain}" -i "${link}" -j "${chain}:to"
    done
}

# pass_dockers CHAIN FAMILIES LINK…: the same where Docker's rules keep its networks apart, whatever
# the policy
pass_dockers() {
    begin_pass pass_dockers "$@" || return 0
    chain=$1 families=$2
    shift 2
    for filter in $(filters "${families}"); do
        ! has_rule "${filter}" FORWARD -j DOCKER-USER || open_between "${filter}" "${chain}" "$@"
    done
}

# delete_passage CHAIN
delete_passage() {
    for filter in $(filters 'ipv4 ipv6'); do
        for place in DOCKER-USER FORWARD; do
            ! has_rule "${filter}" "${place}" -j "$1" || run "${filter}" -w 5 -D "${place}" -j "$1"
        done
        for chain in "$1" "$1:to"; do
            ! has_chain "${filter}" "${chain}" || {
                run "${filter}" -w 5 -F "${chain}"
                run "${filter}" -w 5 -X "${chain}"
            }
        done
    done
}

# need_nat: the kernel must have NAT by nftables; tried in a network namespace that ends at once
need_nat() {
    printf 'add table inet t\nadd chain inet t c { type nat hook postrouting priority srcnat; }\n' |
        unshare --net nft -f - 2>/dev/null || [ "$(id -u)" -ne 0 ] ||
        problem 'this kernel has no NAT by nftables (modules nft_chain_nat, nft_masq)'
}

# translates TABLE RULES: true where the table is there, and as these rules have made it
translates() {
    said=$(quietly nft -s list table inet "$1")
    [ -n "${said}" ] || return 1
    wanted_table=$(table_of "$@")
    # Of the units, or of an earlier run.
    units_table=$(sed '/^#/d; /^$/d' "/etc/systemd/network/$1-nat.nft" 2>/dev/null)
    [ "${units_table}" != "${wanted_table}" ] || return 0
    [ "$(cat "${state}/nat-rules" 2>/dev/null)" = "${wanted_table}" ] &&
        [ "${said}" = "$(cat "${state}/nat-table" 2>/dev/null)" ]
}

# table_of TABLE RULES: what nft(8) reads, in one transaction, to make it anew
table_of() { printf 'add table inet %s\ndelete table inet %s\n%s\n' "$1" "$1" "$2"; }

# translate TABLE RULES: makes the table anew
translate() {
    note "delete_nat $1"
    [ "${listing}" = no ] || return 0
    [ "${dry_run}" = yes ] || table_of "$@" >"${state}/nat-new" ||
        failed writing "${state}/nat-new"
    printf '%s\n' "$2" | sed 's/^/  # nft /'
    run nft -f "${state}/nat-new"
    [ "${dry_run}" = yes ] || {
        nft -s list table inet "$1" >"${state}/nat-table" &&
            mv "${state}/nat-new" "${state}/nat-rules"
    } || failed writing "${state}/nat-table"
}

# delete_nat TABLE
delete_nat() { ! shows nft list table inet "$1" || run nft delete table inet "$1"; }

# back_nat: the rules that an earlier run has made
back_nat() {
    [ ! -f "${state}/nat-rules" ] || {
        cp "${state}/nat-rules" "${state}/nat-before" || failed cp "${state}/nat-rules"
        note_back nft -f "${state}/nat-before"
    }
}

# need_vlan: the kernel must have VLAN interfaces; tried in a network namespace that ends at once
need_vlan() {
    quietly unshare --net sh -c 'ip link add name probe type bridge &&
        ip link add link probe name probe2 type vlan id 1' || [ "$(id -u)" -ne 0 ] ||
        problem 'this kernel cannot make VLAN interfaces (module 8021q)'
}

# need_filtering: the kernel's bridges must tell VLANs apart; tried likewise
need_filtering() {
    quietly unshare --net sh -c 'ip link add name probe type bridge vlan_filtering 1 &&
        bridge vlan add dev probe vid 2 self' || [ "$(id -u)" -ne 0 ] ||
        problem "this kernel's bridges cannot tell VLANs apart (CONFIG_BRIDGE_VLAN_FILTERING)"
}

# need_filter_on BRIDGE: it must be set up so before
need_filter_on() {
    filters_vlans "$1" || problem "bridge \"$1\" does not filter VLANs (vlan_filtering)"
}

# filters_vlans BRIDGE: true where it tells VLANs apart, and puts new ports into none
filters_vlans() {
    ! is_lost "$1" && [ "$(cat "/sys/class/net/$1/bridge/vlan_filtering" 2>/dev/null)" = 1 ] &&
        [ "$(cat "/sys/class/net/$1/bridge/default_pvid" 2>/dev/null)" = 0 ]
}

filters_no_vlans() {
    is_lost "$1" || [ "$(cat "/sys/class/net/$1/bridge/vlan_filtering" 2>/dev/null)" != 1 ]
}

# vlans_of PORT: its VLANs, a word each: 10u without a tag, 20 with one
vlans_of() {
    quietly bridge vlan show dev "$1" | awk -v port="$1" '
        { vid = $1 == port ? $2 : $1; way = "" }
        vid !~ /^[0-9]+$/ { next }
        / PVID/ && / Egress Untagged/ { way = "u" }
        / PVID/ != / Egress Untagged/ { way = "?" }
        { print vid way }'
}

# vlan_numbers WORD…: 20-22 is three words
vlan_numbers() {
    printf '%s\n' "$@" | awk -F - 'NF > 1 { for (i = $1; i <= $2; i++) print i; next } $0 != ""'
}

# has_vlan PORT WORD: 10u, 20 or 20-29
has_vlan() {
    ! is_lost "$1" || return 1
    missing=$({ vlans_of "$1" && echo - && vlan_numbers "$2"; } | awk '
        $0 == "-" { asked = 1; next }
        !asked { there[$0]; next }
        !($0 in there)')
    [ -z "${missing}" ]
}

# only_vlans PORT WORDS: others go
only_vlans() {
    ! is_lost "$1" || return 0
    # shellcheck disable=SC2086 # words, a VLAN each
    others=$({ vlan_numbers $2 && echo - && vlans_of "$1"; } | awk '
        $0 == "-" { read = 1; next }
        { sub(/[u?]$/, "") }
        !read { wanted[$0]; next }
        !($0 in wanted)')
    for vlan in ${others}; do
        # shellcheck disable=SC2046 # a word, or none
        run bridge vlan delete dev "$1" vid "${vlan}" $(own_side "$1")
    done
}

# own_side LINK: what bridge(8) wants to be told where it is the bridge's own side
own_side() { [ ! -d "/sys/class/net/$1/bridge" ] || echo self; }

# remove_vlan BRIDGE VLANS: from the own side of a bridge that stays
remove_vlan() {
    for vlan in $(vlan_numbers "${2%u}"); do
        { ! has_vlan "$1" "${vlan}" && ! has_vlan "$1" "${vlan}u"; } ||
            run bridge vlan delete dev "$1" vid "${vlan}" self
    done
}

# remove_inner_link LINK PREFIX…: in a container
remove_inner_link() {
    inner=$1
    shift
    ! has_inner "${inner}" "$@" || run "$@" ip link delete dev "${inner}"
}

# put_back_vlans PORT WORDS: as they were
put_back_vlans() {
    ! has_link "$1" || {
        only_vlans "$1" "$2"
        for vlan in $2; do
            flags=
            case ${vlan} in
            *u) flags='pvid untagged' ;;
            *) ;;
            esac
            # shellcheck disable=SC2046,SC2086 # words, or none
            has_vlan "$1" "${vlan}" ||
                run bridge vlan add dev "$1" vid "${vlan%u}" ${flags} $(own_side "$1")
        done
    }
}

# back_vlans PORT
back_vlans() {
    former=$(vlans_of "$1" | tr '\n' ' ')
    printf 'put_back_vlans %s\n' "$(quoted "$1" "${former% }")" >>"${state}/back.list" ||
        failed writing "${state}/back.list"
}

# together UNDOS COMMANDS [NETNS COMMANDS]…: makes what is new in few processes, on the host and
# then in each container; the undos are written down before
together() {
    changes=yes
    [ "${dry_run}" = yes ] || {
        undos=$(printf '%s\n' "$1" | grep -vxF -f "${journal}")
        [ -z "${undos}" ] || printf '%s\n' "${undos}" >>"${journal}" || failed writing "${journal}"
        journaled=
    }
    batch=
    while IFS= read -r command; do
        [ -n "${command}" ] || continue
        printf '  %s\n' "${command}"
        case ${command} in
        ip\ *) batch="${batch}${command#ip }${newline}" ;;
        *)
            at_once '' "${batch}"
            batch=
            # shellcheck disable=SC2086 # the words of a command
            [ "${dry_run}" = yes ] || ${command} </dev/null || failed ${command}
            ;;
        esac
    done <<END
$2
END
    at_once '' "${batch}"
    shift 2
    while [ $# -gt 0 ]; do
        while IFS= read -r command; do
            printf '  ip netns exec %s ip %s\n' "$1" "${command}"
        done <<END
$2
END
        at_once "$1" "$2${newline}"
        shift 2
    done
}

# at_once NETNS LINES: of ip-batch(8), in a container or, without a name, on the host
at_once() {
    if [ "${dry_run}" = yes ] || [ -z "$2" ]; then return 0; fi
    printf '%s' "$2" >"${state}/together" || failed writing "${state}/together"
    # Not by `ip -n`, which copies all mounts.
    ${1:+nsenter "--net=/run/netns/$1"} \
        ip -batch "${state}/together" 2>"${state}/said" </dev/null || {
        cat "${state}/said" >&2
        line=$(sed -n 's/^Command failed .*:\([0-9]*\)$/\1/p' "${state}/said" | head -n 1)
        # shellcheck disable=SC2046,SC2086 # the words of a command
        failed ${1:+ip netns exec "$1"} ip $(sed -n "${line:-1}p" "${state}/together")
    }
}

# snapshot: what is there, asked once: on the host, and in each bare namespace of the list that is
# there
snapshot() {
    printf '@ -\n'
    ip -o link show && ip -o address show && ip -o -4 route show || return
    case ${families} in
    *-6*) printf '@6\n' && ip -o -6 route show ;;
    *) ;;
    esac
    if commands | grep -q '^bridge vlan'; then
        printf '@vlan\n' && quietly bridge vlan show
    fi
    printf '@netns\n'
    ls /run/netns 2>/dev/null
    # Where ip(8) sees their names, it looks into every namespace for each link that leads to
    # another.
    # shellcheck disable=SC2016 # for the shell inside
    commands | sed -n 's/^ip netns add //p' | unshare --mount sh -c '
        mkdir -p "$1" && mount --rbind /run/netns "$1" && mount -t tmpfs tmpfs /run/netns || exit 0
        while read -r name; do
            [ -e "$1/${name}" ] || continue
            printf "@ %s\n" "${name}"
            nsenter --net="$1/${name}" ip -o -batch - <<END
link show
address show
route show
END
            case $2 in
            *-6*) printf "@6\n" && nsenter --net="$1/${name}" ip -o -6 route show </dev/null ;;
            *) ;;
            esac
        done 2>/dev/null' sh "${state}/netns" "${families}" 2>/dev/null
    # A rehearsal leaves no folder that it did not find.
    [ "${dry_run}" = no ] ||
        rmdir "${state}/netns" "${state}" "${state%/*}" "${state%/*/*}" 2>/dev/null || true
}

# state_words: awk(1) reads it, and answers the questions of which it is sure
state_words() {
    cat <<'END'
/^@ / { where = $2 == "-" ? "" : $2; family = "-4"; mode = "state"; next }
/^@6$/ { family = "-6"; next }
/^@vlan$/ { mode = "vlan"; seen["@vlan"]; next }
/^@netns$/ { mode = "netns"; next }
/^@list$/ { mode = ""; next }
mode == "netns" { names[$1]; next }
mode == "vlan" {
    if ($0 ~ /^[^ \t]/) { port = $1; sub(/^[^ \t]+[ \t]+/, "") }
    if ($1 ~ /^[0-9]+$/) members[port] = list(members[port], $1 ($0 ~ /PVID/ ? "u" : ""))
    next
}
mode == "state" && /^[0-9]+: / {
    link = $2; sub(/:$/, "", link); sub(/@.*/, "", link)
    key = where "/" link
    if ($3 ~ /^inet/) {
        has[key "/" $4]
        if (!/ scope (link|host) / && !/ dynamic /) given[key] = list(given[key], $4)
        next
    }
    seen[where]; flags[key] = $3
    for (i = 4; i < NF; i++) {
        if ($i == "mtu") bytes[key] = $(i + 1)
        if ($i == "master") master[key] = $(i + 1)
        if ($i ~ /^link\//) macs[key] = $(i + 1)
    }
    next
}
# The next hops of one route are in one line: its words are its destination and they.
mode == "state" && /nexthop via/ { $0 = with_next_hops($0) }
mode == "state" { there[where " " family, ++count[where " " family]] = $0; next }
function holds_route(place, metric, route, i, line, j, count_of, words) {
    if (place in unsure) return -1
    for (i = 1; i <= count[place]; i++) {
        line = there[place, i] " "
        if (index(line, route " ") == 1 && metric_of(line) == metric) return 1
    }
    return 0
}
# lacks_vlan: true where a port is not surely in all of these VLANs; 20-29 is ten
function lacks_vlan(there, words, word, one, ends, i, n) {
    n = split(words, word, " ")
    for (i = 1; i <= n; i++) {
        split(word[i], ends, "-")
        for (one = ends[1] + 0; one <= (ends[2] == "" ? ends[1] : ends[2]) + 0; one++)
            if (!index(" " there " ", " " one (word[i] ~ /u$/ ? "u" : "") " ")) return 1
    }
    return 0
}
# has_only_vlans: true where a port surely has these VLANs and no others
function has_only_vlans(link, word, i, n, wanted) {
    if (!("@vlan" in seen) || ("/" link) in unsure) return 0
    wanted = vlans[link]
    if (wanted ~ /-/) return 0
    n = split(members[link], word, " ")
    for (i = 1; i <= n; i++) if (!index(" " wanted " ", " " word[i] " ")) return 0
    return 1
}
function with_next_hops(line, words, n, i, hops, rest) {
    n = split(line, words, /[ \t\\]+/)
    for (i = 2; i <= n; i++) {
        if (words[i] == "nexthop") {
            hops = hops " nexthop via " words[i + 2] " dev " words[i + 4]; i += 4
        } else if (words[i] == "weight") i++
        else if (hops == "" && words[i] != "") rest = rest " " words[i]
    }
    return words[1] hops rest
}
function metric_of(line, words, i, n) {
    n = split(line, words, " ")
    for (i = 1; i < n; i++) if (words[i] == "metric") return words[i + 1]
    return 0
}
# holds: 1 where what is asked is so, 0 where it is not, -1 where that is not sure
function holds(question, route, a, place, key) {
    place = within ~ /^ ip netns exec / ? ns : ""
    if (within != "" && place == "" || !("" in seen)) return -1
    if (place in fresh) return 0
    split(question, a, " ")
    if (a[1] == "has_netns") {
        if (a[2] in unsure) return -1
        return !(a[2] in names) ? 0 : a[2] in seen ? 1 : -1
    }
    if (a[1] == "is_linked") {
        if (("/" a[2]) in unsure || a[7] in unsure) return -1
        if (!(("/" a[2]) in flags) || a[7] in fresh) return 0
        return !(a[7] in seen) ? -1 : (a[7] "/" a[3]) in flags
    }
    if (!(place in seen) || place in unsure) return -1
    if (a[1] == "has_route") return holds_route(place " " a[2], a[3], route)
    key = place "/" a[a[1] ~ /^has_(address|mac|mtu|port)$/ ? 3 : 2]
    if (key in fresh) return 0
    if (key in unsure) return -1
    if (a[1] == "has_link" || a[1] == "has_inner") return key in flags
    if (a[1] == "is_up") return flags[key] ~ /[<,]UP[,>]/
    if (a[1] == "has_address") return (key "/" a[2]) in has
    if (a[1] == "has_port") return master[key] == a[2]
    if (a[1] == "has_vlan") return "@vlan" in seen ? !lacks_vlan(members[a[2]], a[3]) : -1
    if (a[1] == "has_mtu") return bytes[key] == a[2]
    if (a[1] == "has_mac" && a[4] == "") return macs[key] == a[2]
    return -1
}
# is_settled: true where an interface surely needs nothing to be put right
function is_settled(link, mac, mtu, key, count, words, i) {
    key = ns "/" link
    if (ns in fresh || key in fresh) return 1
    if (within != "" && within !~ /^ ip netns exec / || !(key in flags)) return 0
    if (ns in unsure || key in unsure) return 0
    if (mac != "-" && macs[key] != mac || mtu != "-" && bytes[key] != mtu) return 0
    count = split(given[key], words, " ")
    for (i = 1; i <= count; i++) if (!index(" " addresses[key] " ", " " words[i] " ")) return 0
    return 1
}
# has_only: true where a container surely has no other routes of one family than these
function has_only(option, place, i, j, n, words, line, found) {
    place = ns " " option
    if (ns in fresh) return 1
    if (!(ns in seen) || ns in unsure || place in unsure) return 0
    n = split(routes[place], words, ";")
    for (i = 1; i <= count[place]; i++) {
        line = there[place, i] " "
        found = line ~ / proto kernel /
        for (j = 1; j <= n; j++) if (index(metric_of(line) " " line, words[j] " ") == 1) found = 1
        if (!found) return 0
    }
    return 1
}
END
}

# form_words: awk(1) reads a list of commands, and joins what stands on several lines
form_words() {
    cat <<'END'
# take: a command's words, the container that it runs in, and how it is run there
function take(line, first, i) {
    text = line; ns = within = ""; first = 1
    n = split(line, w, " ")
    if (line ~ /^ip netns exec /) { enter(w[4], " ip netns exec " w[4]); first = 5 }
    else if (w[2] == "exec") { enter(w[4], " " w[1] " exec -n " w[4] " --"); first = 6 }
    else if (w[1] == "nsenter") {
        sub(/\)"$/, "", w[7]); enter(w[7], " in_docker " w[7]); first = 9
        text = "in_docker " ns substr(line, index(line, " --net ") + 6)
    }
    n -= first - 1
    for (i = 1; i <= n; i++) w[i] = w[i + first - 1]
}
function enter(name, words) { ns = name; within = words }
function q(words) { return "'" words "'" }
function place_of(word, i) { for (i = 1; i <= n; i++) if (w[i] == word) return i; return n + 1 }
function value_of(key, from, to, i) {
    for (i = from; i < to; i++) if (w[i] == key) return w[i + 1]
    return ""
}
function is_new(link) { return ns in fresh || (ns "/" link) in fresh }
function list(words, word) { return words == "" ? word : words " " word }
# out: a call; what was gathered comes before it
function out(call) { flush(); print call }
# doubt: what is known of an interface is not sure any more
function doubt(link) { unsure[ns "/" link]; unsure[ns " -4"]; unsure[ns " -6"] }
# tell: a change, where the question is not answered with yes; `first` is done before it; what is
# new is gathered
function tell(question, undo, first, novel, route, answer) {
    answer = holds(question, route)
    if (answer == 1) return 0
    if (answer == 0 && novel) { gather(undo); return 2 }
    first = first == "" ? "" : first "; "
    undo = undo == "" ? "run " text : "change " q(undo) " " text
    out(question (route == "" ? "" : " " q(route)) within " || { " first undo "; }")
    return 1
}
function gather(undo) {
    gathered++
    if (undo != "") undos = undos undo " # " text "\n"
    # One process of ip(8) makes all links; a port may be up before it is one.
    if (w[1] != "ip") later = later text "\n"
    else if (ns == "") outer = outer text "\n"
    if (ns == "") return
    if (!(ns in inner)) containers[++inside] = ns
    inner[ns] = inner[ns] substr(text, length(within " ip ")) "\n"
}
function lines_of(gathered) { return q(substr(gathered, 1, length(gathered) - 1)) }
function flush(i) {
    if (!gathered) return
    printf "together %s %s", lines_of(undos), lines_of(outer later)
    for (i = 1; i <= inside; i++) {
        printf " %s %s", containers[i], lines_of(inner[containers[i]])
        delete inner[containers[i]]
    }
    print ""
    undos = outer = later = ""; gathered = inside = 0
}
# settle: what an edit, or somebody by hand, has left on an interface that is there
function settle(link, mac, mtu, test) {
    if (mtu == "") mtu = 1500
    if (is_settled(link, mac, mtu)) return
    doubt(link)
    out(test "settle " link " " mac " " mtu " " q(addresses[ns "/" link]) within)
}
# settle_vlans: what else a port has
function settle_vlans(link, bridge) {
    if (bridge != "" && !(bridge in filters) && !(link in vlans)) return
    if (bridge == "" && !(link in filters) || is_new(link) || has_only_vlans(link)) return
    out("only_vlans " link " " q(vlans[link]))
}
function only_routes(test, i, number, options) {
    number = split(families, options, " ")
    for (i = 1; i <= number; i++) {
        if (has_only(options[i])) continue
        unsure[ns " " options[i]]
        out(test "only_routes " options[i] " " q(routes[ns " " options[i]]) within)
    }
}
/^(#|$)/ { next }
{
    part = part (part == "" ? $0 : substr($0, 5))
    if (!sub(/\\$/, "", part)) { lines[++total] = part; part = "" }
}
END
}

# ip_forms: the commands of ip(8), brctl(8), bridge(8) and sysctl(8); the first pass gathers what
# they say of each other
ip_forms() {
    cat <<'END'
if (w[1] == "sysctl" && pass == 2) {
    key = value = w[4]; sub(/=.*/, "", key); sub(/[^=]*=/, "", value)
    family = key ~ /ipv6/ ? "ipv6" : "ipv4"
    keep = ""
    if (key ~ /forward/) keep = ns == "" ? "keep_forwarding " family : "keep_setting " key within
    if (ns == "" && key ~ /proxy_ndp/) keep = "keep_setting " key
    if (ns == "" && key ~ /forward/ && family value == "ipv61") keep = "keep_advertised; " keep
    tell("is_set " key " " value, "", keep)
    if (ns == "" && key ~ /forward/ && addressed != "")
        out("settle_forwarding " family " " value " " q(addressed))
}
if (w[1] == "sysctl") continue
if (w[1] == "nft") {
    rule = text; sub(/^nft /, "", rule); gsub(/\047/, "", rule); table = w[5]
    if (pass == 1) {
        rules = rules (rules == "" ? "" : "\n") rule
    } else if (!translated++)
        out("translates " table " " q(rules) " || translate " table " " q(rules))
    continue
}
option = "-4"
if (w[1] == "ip" && w[2] ~ /^-[46]$/) {
    option = w[2]; n--
    for (j = 2; j <= n; j++) w[j] = w[j + 1]
}
form = w[1] " " w[2] " " w[3]
if (form == "ip netns add") {
    if (pass == 1) continue
    if (inside >= 100) flush()
    if (!folder++) out("has_netns_folder || undo remove_netns_folder")
    done = tell("has_netns " w[4], "delete_netns " w[4], "clear_netns " w[4], 1)
    if (done == 2) fresh[w[4]]
    if (done == 1) unsure[w[4]]
    enter(w[4], " ip netns exec " w[4]); only_routes("")
    continue
}
if (form ~ /^ip address (add|replace)$/) {
    link = value_of("dev", 5, n)
    if (pass == 1) {
        addresses[ns "/" link] = list(addresses[ns "/" link], w[4])
        if (ns == "" && !listed[link]++) addressed = list(addressed, link)
        continue
    }
    what = w[4] " " link
    undo = ns != "" || link in made ? "" : "remove_address " what
    # The host's units may be faster with what is replaced: networkd minds another broadcast.
    units = ns == "" && w[3] == "replace" ? " || comes_by_units " what : ""
    if (tell("has_address " what units, undo, "", units == "" && is_new(link)) == 1) doubt(link)
    continue
}
if (form == "ip neighbour replace") {
    what = w[5] " " w[7]
    if (pass == 2) tell("has_proxy " what, "remove_proxy " what)
    continue
}
if (form == "ip route replace") {
    metric = option == "-4" ? 0 : 1024; route = ""
    for (j = 4; j <= n; j++) {
        if (w[j] == "metric") { if (w[++j] > 0) metric = w[j] }
        else if (w[j] == "proto") j++
        else if (w[j] == "onlink") continue
        else route = list(route, w[j])
    }
    if (pass == 1) {
        former = routes[ns " " option]
        routes[ns " " option] = (former == "" ? "" : former ";") metric " " route
        continue
    }
    to = w[4] ~ /^(unreachable|blackhole)$/ ? w[5] : w[4]
    place = option " " metric
    undo = ns != "" ? "" : "remove_route " place " " route
    keep = ns != "" ? "" : "keep_route " place " " to
    done = tell("has_route " place, undo, keep, option == "-4" && ns in fresh, route)
    if (done == 1) unsure[ns " " option]
    continue
}
kind = form == "ip link add" ? value_of("type", 4, n) : ""
by_hand = w[1] == "brctl"
if (by_hand && w[2] == "addbr" || kind == "bridge") {
    link = by_hand ? w[3] : w[5]
    if (pass == 1 && value_of("stp_state", 4, n) == 1) stp[link]
    if (pass == 1 && value_of("vlan_filtering", 4, n) == 1) filters[link]
    if (pass == 1) { made[link]; continue }
    # Its settings can change while it is there: no other bridge has to be made for them.
    noting = "note " q((by_hand ? "delete_bridge " : "delete_link ") link) " bridge"
    if (link in dockers) { out(noting); noting = ""; doubt(link) }
    if (tell("has_link " link, "", noting)) doubt(link)
    mtu = value_of("mtu", 4, n)
    mac = by_hand || link in nics ? "-" : value_of("address", 4, n)
    settle(link, mac, link in mtus ? "-" : mtu)
    switch_stp = "ip link set dev " link " type bridge stp_state "
    if (!(link in stp))
        out("has_no_stp " link " || run " (by_hand ? "brctl stp " link " off" : switch_stp 0))
    else if (!by_hand) out("has_stp " link " || run " switch_stp 1)
    switch_vlans = "ip link set dev " link " type bridge vlan_filtering "
    if (link in filters)
        out("filters_vlans " link " || run " switch_vlans "1 vlan_default_pvid 0")
    else out("filters_no_vlans " link " || run " switch_vlans 0)
    settle_vlans(link)
    continue
}
if (kind == "vlan") {
    link = value_of("name", 4, n)
    if (ns == "" && pass == 1) made[link]
    if (pass == 1) continue
    if (ns == "") done = tell("has_link " link, "delete_link " link)
    else done = tell("has_inner " link, "remove_inner_link " link within, "", ns in fresh)
    if (done == 2) fresh[ns "/" link]
    if (done == 1) doubt(link)
    mac = value_of("address", 4, n)
    settle(link, mac == "" ? "-" : mac, value_of("mtu", 4, n))
    continue
}
if (form == "bridge vlan add") {
    link = w[5]; vlan = w[7] (w[8] == "pvid" ? "u" : "")
    if (pass == 1) { vlans[link] = list(vlans[link], vlan); continue }
    kept = w[n] == "self" && !(link in made) && !(link in networks)
    tell("has_vlan " link " " vlan, kept ? "remove_vlan " link " " vlan : "", "", is_new(link))
    continue
}
if (form == "ip link add" && w[4] == "link") {
    link = value_of("name", 4, n); ns = value_of("netns", 4, n)
    if (pass == 1) continue
    within = " ip netns exec " ns
    # Some time after `ip netns delete` has come back it is still there, and its MAC address is
    # taken.
    if (tell("has_inner " link, "remove_inner " ns " " link) == 1) doubt(link)
    settle(link, value_of("address", 4, n), "-")
    continue
}
if (kind == "veth") {
    link = w[5]; far = place_of("peer"); name = w[far + 2]; into = value_of("netns", far, n)
    if (pass == 1) { made[link]; continue }
    by_name = into !~ /"/
    if (!by_name) { into = w[n]; sub(/\)"$/, "", into) }
    done = 1
    # A namespace's end takes its links along, but only some time after `ip netns delete` came back.
    if (by_name) {
        is_linked = "is_linked " link " " name " ip netns exec " into
        done = tell(is_linked, "delete_link " link, "clear_link " link, !(("/" link) in flags))
    }
    if (done == 2) { fresh["/" link]; fresh[into "/" name] }
    if (done == 1) { doubt(link); unsure[into "/" name] }
    is_apart = ("/" link) in fresh || holds("has_link " link) == 1 && master["/" link] == ""
    if (!(link in ports) && !is_apart) { doubt(link); out("leave_port - " link) }
    settle(link, value_of("address", 4, far), value_of("mtu", 4, far))
    enter(into, by_name ? " ip netns exec " into : " in_docker " into)
    settle(name, value_of("address", far, n), value_of("mtu", far, n))
    continue
}
if (form == "ip link add") {
    link = w[5]
    if (pass == 1) { made[link]; continue }
    if (tell("has_link " link, "delete_link " link)) doubt(link)
    settle(link, value_of("address", 4, n), value_of("mtu", 4, n))
    if (link in peers) out("forget_peers " link " " q(peers[link]))
    continue
}
if (form == "bridge fdb append") {
    if (pass == 1) peers[w[6]] = list(peers[w[6]], w[8])
    else tell("floods_to " w[6] " " w[8])
    continue
}
if (by_hand && w[2] == "addif" || form == "ip link set" && w[6] == "master") {
    link = by_hand ? w[4] : w[5]; bridge = by_hand ? w[3] : w[7]
    if (pass == 1) { ports[link] = bridge; order[++joined] = link; continue }
    leave = by_hand ? "leave_port " bridge " " link : ""
    what = bridge " " link
    if (link in made) {
        if (tell("has_port " what, "", leave, is_new(link)) == 1) doubt(link)
        settle_vlans(link, bridge)
        continue
    }
    doubt(link); doubt(bridge)
    undo = (by_hand ? "remove_port " : "release_port ") what
    tell("is_plain_port " what " || hand_over " link " " bridge, undo, leave)
    settle_vlans(link, bridge)
    continue
}
if (form == "ip link set" && w[8] == "vlan_filtering") {
    link = w[5]
    if (pass == 1) filters[link]
    else { tell("filters_vlans " link); settle_vlans(link) }
    continue
}
if (by_hand && w[2] == "stp" || form == "ip link set" && w[6] == "type") {
    link = by_hand ? w[3] : w[5]
    if (pass == 1) stp[link]
    else tell("has_stp " link)
    continue
}
if (form == "ip link set") {
    link = w[5]
    if (pass == 1 && w[6] == "mtu") mtus[link]
    if (pass == 1) continue
    own = ns != "" || link in made || link in networks
    what = w[7] " " link
    if (w[6] == "up") done = tell("is_up " link, own ? "" : "take_down " link, "", is_new(link))
    kept = link " " w[7]
    if (w[6] == "address")
        done = tell("has_mac " what nics[link], "", own ? "" : "keep_mac " kept)
    if (w[6] == "mtu") done = tell("has_mtu " what, "", own ? "" : "keep_mtu " kept)
    if (done == 1) doubt(link)
    continue
}
END
}

touch=forget_asked learn=learn_started look=look_inside

# compile [snapshot]: the list as calls of these functions, but for what the snapshot shows to be
# done
compile() {
    # A snapshot that fails, as another user's does, leaves nothing out.
    {
        "${1:-:}" || true
        printf '@list\n'
        commands
    } |
        awk -v families="${families}" "$(state_words) $(form_words)
        END {
            for (pass = 1; pass <= 2; pass++) {
                for (number = 1; number <= total; number++) {
                    take(lines[number])
                    $(ip_forms)
                    if (pass == 2) out(\"failed \" text)
                }
                for (number = 1; number <= joined; number++) {
                    port = order[number]
                    if (!(port in made)) nics[ports[port]] = nics[ports[port]] \" \" port
                }
            }
            flush()
        }"
}

# What list_undos answers with no, and what it leaves out, since that only puts right and has no
# undo.
questions='comes_by_units filters_no_vlans filters_vlans floods_to has_address has_container
    has_docker has_docker_network has_inner has_link has_mac has_mtu has_netns has_netns_folder
    has_network has_nic has_no_stp has_port has_proxy has_route has_stp has_vlan is_lent is_linked
    is_plain_port is_plugged is_running is_set is_up runs_docker translates'
actions='clear_link clear_netns drop_nic forget_peers hide_other_nics leave_port only_routes
    only_vlans persist set_network settle settle_forwarding tell_in_docker'

# list_strays: undos of all that carries the mark of this topology and host, a line each
list_strays() {
    :
}

# make: each change, unless it is there already
make() {
    eval "${made}"
    passages
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
    --prune) prune=yes ;;
    --take-lease) take_lease=yes ;;
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

made=$(compile) || exit 3
every=${made}
[ "${dry_run}" = yes ] || [ "$(id -u)" -eq 0 ] || problem 'needs root: try sudo'
see_journal
trust_journal
check
guard_stale
if [ "${dry_run}" = yes ]; then
    converge
    # What it would have undone is there still.
    [ -n "${stale}" ] || made=$(compile snapshot)
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
[ -f "${journal}" ] || printf '' >"${journal}" || exit 3
mend_journal
# Another run may have been at work until now.
journaled=
wanted=
find_stale
begin_run
[ ! -f "${state}/complete" ] || remember=remember_back
trap 'say "up.sh: stopped" >&2; roll_back; exit 1' HUP INT TERM
if [ "${confirm}" -gt 0 ]; then
    rm -f "${state}/confirmed"
    watch &
    watcher=$!
fi
converge
share
made=$(compile snapshot) || failed compile snapshot
make
settle_routes
[ "${confirm}" -eq 0 ] || ask
: >"${state}/complete"
[ "${changes}" = yes ] || say '  nothing to do: all of it is there'
say "${host}: up"
