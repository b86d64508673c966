#!/bin/sh
# install.sh: gives the network of host1 in "Ethernet over VXLAN scenario, unicast" to systemd-networkd, by which it is there after a reboot.
# Run it as root on that host, in the folder with the units that it puts in place; --uninstall takes all of it away.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2310,SC2312 # a question's failure is its answer; changes go through run, which sees to failures

# check: all that can be known to go wrong, before anything is changed
check() {
    need ip iproute2
    need flock util-linux
    need sysctl procps
    need systemctl systemd
    need_networkd
    need_files 05-topoc-eth0.network 05-topoc-vxlan0.netdev 05-topoc-vxlan0.network 05-topoc-lxdbr0.netdev 05-topoc-lxdbr0.network
    need_link eth0
    free_of_others eth0
    need_mtu eth0 1500
    only_addresses eth0 172.16.1.1/24
    guard_unit eth0 05-topoc-eth0.network
    free_address 172.16.1.1 eth0
    need_type vxlan id 1 dstport 4789
    free_of_others vxlan0
    free_link vxlan0 delete_link vxlan0
    need_type bridge
    free_of_others lxdbr0
    free_link lxdbr0 delete_link lxdbr0
    free_of_scripts eth0 vxlan0 lxdbr0
}

# former: what there was before, where it is not as the units have it, so that it can be put back
former() {
    keep_settings eth0
    is_up eth0 || undo take_down eth0
    has_address 172.16.1.1/24 eth0 || undo remove_address 172.16.1.1/24 eth0
    has_link vxlan0 || undo delete_link vxlan0
    has_link lxdbr0 || undo delete_link lxdbr0
}

# make: the units to where systemd-networkd reads them
make() {
    drop_others 05-topoc-eth0.network 05-topoc-vxlan0.netdev 05-topoc-vxlan0.network 05-topoc-lxdbr0.netdev 05-topoc-lxdbr0.network
    place_unit 05-topoc-eth0.network
    place_unit 05-topoc-vxlan0.netdev
    place_unit 05-topoc-vxlan0.network
    place_unit 05-topoc-lxdbr0.netdev
    place_unit 05-topoc-lxdbr0.network
    drop_nat ''
}

# The rest is how this is done: what the words above mean, then the order of things.

state=/var/lib/topoc/vxlan-unicast/host1
owner='vxlan-unicast/host1'

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

here=$(cd "$(dirname "$0")" && pwd -P) || exit 3
me=install.sh
away='install.sh --uninstall'
uninstall=no
keep_on_failure=no
confirm=0
changes=no
undoing=no
problems=no
stale=no

usage() {
    say 'usage: install.sh [--uninstall] [--dry-run] [--keep] [--confirm SECONDS]'
    say '  --uninstall  take the units away, and the devices that were made by them; put back what there was'
    say '  --dry-run    print the commands that are needed, and change nothing'
    say '  --keep       when a command fails, leave what was done; else it is undone'
    say '  --confirm    undo all of it unless you answer within that time; needed where the way to this host is changed'
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

# remember UNDO…: as undo, for what was made before the journal was lost
remember() { mkdir -p "${state}" && undo "$@"; }

# rewrite COMMAND…: the journal is what the command prints; where that cannot be written, all of it
# stays as it is
rewrite() {
    { "$@" >"${journal}.new" && mv "${journal}.new" "${journal}"; } || {
        say "${me}: cannot write ${journal}: is ${state%/*/*} full, or read-only?" >&2
        return 1
    }
    journaled=
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

# keep NAME COMMAND…: saves what the command prints now, for an undo
keep() {
    name=$1
    shift
    [ "${dry_run}" = yes ] ||
        { "$@" >"${state}/${name}.new" && mv "${state}/${name}.new" "${state}/${name}"; } ||
        failed "$@"
}

# put_back_forwarding ipv4|ipv6: the switch for all interfaces first, since it sets the others
put_back_forwarding() {
    kept=${state}/forwarding.$1
    run sysctl -q -w "$(sed -n "s/^\\(net\\.$1\\.conf\\.all\\.forwarding\\) = /\\1=/p" "${kept}")"
    run sysctl -q -e -p "${kept}"
}

# put_back_mtu LINK BYTES: unless somebody else has changed it since
put_back_mtu() {
    ! has_link "$1" || ! has_mtu "$2" "$1" ||
        run ip link set dev "$1" mtu "$(cat "${state}/mtu.$1")"
}

# put_back_mac LINK MAC: unless somebody else has changed it since
put_back_mac() {
    ! has_link "$1" || ! has_mac "$2" "$1" ||
        run ip link set dev "$1" address "$(cat "${state}/mac.$1")"
}

# setting_file KEY: where it is kept; a key with an interface of the name a.b has slashes
setting_file() { printf 'setting.%s.%s' "$(printf '%s' "$1" | tr / :)" "${within%/}"; }

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

# is_plain_port BRIDGE NIC: a port, whose addresses are gone to the bridge, all of them
is_plain_port() { has_port "$1" "$2" && ! is_half_way "$2" && [ -z "$(addresses_of "$2")" ]; }

# is_half_way NIC: true where a run ended while its addresses and routes moved
is_half_way() { [ -s "${state}/way.$1" ] && [ ! -e "${state}/handed.$1" ]; }

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

# guard NIC [BRIDGE]: the way to this host is not to be cut by accident
guard() {
    [ "${confirm}" -eq 0 ] || return 0
    [ $# -lt 2 ] || ! is_plain_port "$2" "$1" || return 0
    ! leads_here "$1" ||
        problem "\"$1\" carries the default route or an SSH connection: with --confirm SECONDS" \
            'it is changed, and all is undone unless you answer within that time'
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

# place_unit FILE: of this folder, to where systemd-networkd reads it
place_unit() { put_file "${here}/$1" "/etc/systemd/network/$1"; }

# put_file FILE PLACE: readable for all, since systemd-networkd is not root
put_file() {
    undo uninstall_file "$2"
    cmp -s "$1" "$2" || {
        outdated
        renew "$2"
        run install -D -m 644 "$1" "$2"
    }
}

# remove_nat_service SERVICE: what it has made it takes away as it ends
remove_nat_service() {
    ! [ -e "/etc/systemd/system/$1" ] || run systemctl disable --quiet --now "$1"
}

# put_back_services: systemd forgets what is no longer there
put_back_services() { run systemctl daemon-reload; }

# drop_nat SERVICES: those of an earlier build, where this one has only these
drop_nat() {
    kept=" $1 "
    while read -r service; do
        [ -n "${service}" ] || continue
        name=${service##*/}
        case ${kept} in
        *" ${name} "*) continue ;;
        *) ;;
        esac
        remove_nat_service "${name}"
        run rm -f "${service}" "/etc/systemd/network/${name%.service}.nft"
        run systemctl daemon-reload
    done <<END
$(grep -rlsF -e " for ${owner};" /etc/systemd/system)
END
}

# outdated: systemd-networkd does not have the units as they are now; kept for the next run, if this
# one is stopped
outdated() {
    stale=yes
    [ "${dry_run}" = yes ] || : >"${state}/stale"
}

# renew FILE: what systemd-networkd made it does not change: it is made anew
renew() {
    case $1 in
    *.netdev)
        [ ! -e "$1" ] || delete_link "$(sed -n 's/^Name=//p' "$1")"
        ;;
    *) ;;
    esac
}

uninstall_file() { [ ! -e "$1" ] || run rm "$1"; }

# drop_others FILE…: units of an earlier build, which this one does not have
drop_others() {
    kept=" $* "
    while read -r file; do
        [ -n "${file}" ] || continue
        case ${kept} in
        *" ${file##*/} "*) ;;
        *)
            outdated
            renew "${file}"
            run rm "${file}"
            ;;
        esac
    done <<END
$(grep -rlsF -e " for ${owner};" /etc/systemd/network)
END
}

is_enabled() { systemctl is-enabled --quiet systemd-networkd.service 2>/dev/null; }

# enable_at_boot: that systemd-networkd is there after a reboot
enable_at_boot() {
    is_enabled || {
        undo disable_at_boot
        run systemctl enable --quiet systemd-networkd.service
    }
}

disable_at_boot() { ! is_enabled || run systemctl disable --quiet systemd-networkd.service; }

networkd_runs() { systemctl is-active --quiet systemd-networkd.service; }

# keep_networkd: once the files are gone, it goes on without them where it ran before, and ends
# where it did not
keep_networkd() {
    recorded reread || recorded stop_networkd || if networkd_runs; then undo reread; else undo stop_networkd; fi
}

# reread: systemd-networkd takes the units as they are now, which a restart does without a loss
reread() {
    [ "${dry_run}" = yes ] || : >"${state}/reread"
    run systemctl restart systemd-networkd.service
    [ "${dry_run}" = yes ] || rm -f "${state}/stale"
}

# stop_networkd: with its socket, which would start it again
stop_networkd() { run systemctl stop systemd-networkd.socket systemd-networkd.service; }

# file_of LINK: what systemd-networkd says of an interface; it is there still when systemd-networkd
# has ended
file_of() { printf '/run/systemd/netif/links/%s\n' "$(cat "/sys/class/net/$1/ifindex" 2>/dev/null)"; }

# told_of LINK KEY
told_of() { sed -n "s/^$2=//p" "$(file_of "$1")" 2>/dev/null; }

# is_fresh LINK: said since the last restart
is_fresh() { ! [ -e "${state}/reread" ] || [ -n "$(find "$(file_of "$1")" -newer "${state}/reread" 2>/dev/null)" ]; }

is_configured() { [ "$(told_of "$1" ADMIN_STATE)" = configured ] && is_fresh "$1"; }

# waits_for_carrier LINK: it has all its addresses and no carrier, without which IPv6's stay
# tentative (RFC 4862, 5.4) and systemd-networkd never says that it is configured
waits_for_carrier() {
    { [ "$(cat "/sys/class/net/$1/carrier" 2>/dev/null)" = 0 ] && is_fresh "$1"; } || return 1
    unit=$(told_of "$1" NETWORK_FILE)
    [ -r "${unit}" ] || return 1
    has=$(ip -o address show dev "$1")
    sed -n 's/^Address=//p' "${unit}" | while read -r address; do
        printf '%s\n' "${has}" | grep -q -F " ${address} " || exit 1
    done
}

# await_links LINK…: until each is configured, or waits for its cable alone
await_links() {
    [ "${dry_run}" = no ] || return 0
    for link; do
        tries=0
        until is_configured "${link}"; do
            ! waits_for_carrier "${link}" || {
                say "  ${link} has no carrier: its IPv6 addresses count as soon as it has"
                break
            }
            tries=$((tries + 1))
            [ "${tries}" -le 150 ] ||
                failed waiting for systemd-networkd to configure "${link}", of which journalctl -u systemd-networkd tells
            sleep 0.2
        done
    done
}

# keep_settings LINK: those that systemd-networkd makes for each interface that it has a unit of
keep_settings() {
    recorded reset_settings "$1" || keep "settings.$1" settings_of "$1"
    undo reset_settings "$1"
}

# settings_of LINK: as lines of sysctl.conf(5)
settings_of() {
    for setting in "ipv4/conf/$1/promote_secondaries" "ipv6/conf/$1/disable_ipv6" "ipv6/conf/$1/accept_ra" \
        "ipv6/conf/$1/use_tempaddr" "ipv6/conf/$1/addr_gen_mode"; do
        ! [ -e "/proc/sys/net/${setting}" ] ||
            printf 'net/%s = %s\n' "${setting}" "$(cat "/proc/sys/net/${setting}")"
    done
}

# reset_settings LINK: the last of them brings its link-local address back
reset_settings() { ! has_link "$1" || run sysctl -q -e -p "${state}/settings.$1"; }

# need_networkd: of Debian's and Ubuntu's package systemd
need_networkd() {
    [ -x /lib/systemd/systemd-networkd ] || [ -x /usr/lib/systemd/systemd-networkd ] ||
        problem 'systemd-networkd is not installed'
}

# need_files FILE…: what install.sh puts in place is beside it
need_files() {
    for file; do
        [ -r "${here}/${file}" ] || problem "\"${file}\" is not beside install.sh: copy the whole folder"
    done
}

# free_of_scripts LINK…: what up.sh has made it takes away again
free_of_scripts() {
    journal_of_up=/run/topoc/${owner}/journal
    for link; do
        ! grep -v '^delete_network ' "${journal_of_up}" 2>/dev/null | grep -qwF -e "${link}" || {
            problem "up.sh has made this host's network: take it down with down.sh, install, and run up.sh again for containers"
            return 0
        }
    done
}

# free_of_others LINK: no file of another origin may configure it
free_of_others() {
    for file in $(units_of "$1" network) $(current_of "$1") $(interfaces_of "$1") $(connections_of "$1"); do
        grep -qsF -e " for ${owner};" "${file}" ||
            problem "\"$1\" is configured by ${file} already: take it out of there"
    done
    for file in $(units_of "$1" netdev); do
        grep -qsF -e " for ${owner};" "${file}" || problem "\"$1\" is made by ${file} already: rename one of the two"
    done
}

# units_of LINK netdev|network: the units whose Name= is, or as a pattern matches, that of the
# interface
units_of() {
    find /etc/systemd/network /run/systemd/network /usr/local/lib/systemd/network /usr/lib/systemd/network \
        -maxdepth 1 -name "*.$2" 2>/dev/null | sort | while read -r unit; do
        # shellcheck disable=SC2013 # a line may have several names
        for pattern in $(sed -n 's/^[[:space:]]*Name[[:space:]]*=//p' "${unit}"); do
            # shellcheck disable=SC2254 # it is a pattern
            case $1 in
            ${pattern})
                printf '%s\n' "${unit}"
                break
                ;;
            *) ;;
            esac
        done
    done
}

# current_of LINK: the unit by which systemd-networkd has configured it
current_of() {
    file=$(told_of "$1" NETWORK_FILE)
    [ ! -s "${file}" ] || printf '%s\n' "${file}"
}

# interfaces_of LINK: files of ifupdown
interfaces_of() {
    find /etc/network/interfaces /etc/network/interfaces.d -type f 2>/dev/null | sort | while read -r file; do
        awk -v name="$1" '$1 == "iface" && $2 == name { print FILENAME; exit }' "${file}"
    done
}

# connections_of LINK: files of NetworkManager
connections_of() {
    grep -rlsxF -e "interface-name=$1" /etc/NetworkManager/system-connections
}

# only_addresses NIC ADDRESS…: systemd-networkd takes away what its unit does not have
only_addresses() {
    nic=$1 own=" $* "
    for address in $(addresses_of "${nic}"); do
        case ${own} in
        *" ${address} "*) ;;
        *) problem "\"${nic}\" has the address ${address}, which its unit would take away: give it in the topology, or delete it" ;;
        esac
    done
}

# guard_unit NIC FILE [BRIDGE]: as guard, where the unit is not there yet
guard_unit() {
    nic=$1 file=$2
    shift 2
    cmp -s "${here}/${file}" "/etc/systemd/network/${file}" || guard "${nic}" "$@"
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

is_our_network() { [ "$(quietly lxc network get "$1" user.topoc)" = "${owner}" ]; }

# delete_network NAME: never one that is not marked as this topology's
delete_network() { ! is_our_network "$1" || run lxc network delete "$1"; }

# remove_inner_link LINK PREFIX…: in a container
remove_inner_link() {
    inner=$1
    shift
    ! has_inner "${inner}" "$@" || run "$@" ip link delete dev "${inner}"
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

# failed COMMAND…: a command failed; what this run did is undone
failed() {
    say "install.sh: this failed: $(quoted "$@")" >&2
    if [ "${undoing}" = yes ]; then
        trouble=yes
    else
        roll_back
        exit 1
    fi
}

# take_away: what is in the journal, last change first
take_away() {
    [ -f "${journal}" ] || {
        forget
        say 'host1: nothing to uninstall'
        return 0
    }
    undoing=yes
    undo_all
    forget
    [ "${unfinished}" = no ] || {
        say "install.sh: not all could be undone; what is left is in ${journal}" >&2
        return 1
    }
    [ "${dry_run}" = yes ] || say 'host1: uninstalled'
}

while [ $# -gt 0 ]; do
    case $1 in
    --uninstall) uninstall=yes ;;
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
[ "${uninstall}" = yes ] || check
[ "${problems}" = no ] || [ "${dry_run}" = yes ] || {
    say 'install.sh: nothing was changed' >&2
    exit 3
}
[ "${dry_run}" = yes ] || {
    mkdir -p "${state}" || exit 3
    exec 9>"${state}/lock"
    flock -n 9 || {
        say "install.sh: another run is at work in ${state}" >&2
        exit 3
    }
}
if [ "${uninstall}" = yes ]; then
    take_away
    exit
fi
[ "${dry_run}" = yes ] || [ -f "${journal}" ] || : >"${journal}"
[ "${dry_run}" = yes ] || begin_run
trap 'say "install.sh: stopped" >&2; roll_back; exit 1' HUP INT TERM
if [ "${confirm}" -gt 0 ] && [ "${dry_run}" = no ]; then
    rm -f "${state}/confirmed"
    watch &
    watcher=$!
fi
former
# Undone after the files are gone: systemd-networkd lets go of what it has no unit of.
keep_networkd
make
enable_at_boot
{ networkd_runs && ! [ -e "${state}/stale" ]; } || stale=yes
[ "${stale}" = no ] || reread
await_links eth0 vxlan0 lxdbr0
[ "${problems}" = no ] || exit 3
[ "${dry_run}" = no ] || exit 0
[ "${confirm}" -eq 0 ] || ask
: >"${state}/complete"
[ "${changes}" = yes ] || say '  nothing to do: all of it is there'
say 'host1: installed'
