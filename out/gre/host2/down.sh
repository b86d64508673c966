#!/bin/sh
# down.sh: takes away what up.sh made on host2 for "Ethernet over GRE scenario", and nothing else.
# Run it as root on that host. It works off up.sh's journal, last change first; --dry-run prints
# what that is.
# Written by topoc; change the topology file instead, and build again.
#
# A question's failure is its answer; changes go through run, which sees to failures.
# shellcheck disable=SC2312

state=/run/topoc/gre/host2
owner='gre/host2'

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

me=down.sh
changes=no
problems=no
# Nothing follows: all is undone.
converging=no

usage() {
    say 'usage: down.sh [--dry-run]'
    say '  --dry-run  print the commands that are needed, and change nothing'
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

# remember_all UNDOS: a line each
remember_all() {
    while read -r undo name; do
        [ -z "${undo}" ] || remember "${undo}" "${name}"
    done <<END
$1
END
}

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

put_back_route() {
    # shellcheck disable=SC2046 # the route's words are wanted one by one
    run ip "$1" route replace $(cat "${state}/route$1.$2.${3%/*}_${3#*/}")
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

# stray_instances: undos of the networks and containers that carry the mark of this topology and
# host, in the order in which they are made
stray_instances() {
    quietly lxc network list --format csv | while IFS=, read -r name _ managed _; do
        [ "${managed}" != YES ] || ! is_our_network "${name}" ||
            printf 'delete_network %s\n' "${name}"
    done
    list_instances | while IFS=, read -r name _ _ mark; do
        [ "${mark}" != "${owner}" ] || printf 'delete_container %s\n' "${name}"
    done
}

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

has_chain() { "$1" -w 5 -S "$2" >/dev/null 2>&1 </dev/null; }

# has_rule FILTER CHAIN WORD…
has_rule() {
    filter=$1
    shift
    "${filter}" -w 5 -C "$@" >/dev/null 2>&1 </dev/null
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

# delete_nat TABLE
delete_nat() { ! shows nft list table inet "$1" || run nft delete table inet "$1"; }

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

touch=forget_asked learn=learn_started look=look_inside

# failed COMMAND…: what could not be undone stays in the journal, for the next down.sh
failed() {
    say "down.sh: this failed: $(quoted "$@")" >&2
    trouble=yes
}

for option; do
    case ${option} in
    --dry-run) dry_run=yes ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
done

[ "${dry_run}" = yes ] || [ "$(id -u)" -eq 0 ] || problem 'needs root: try sudo'
# What cannot be asked is not gone.
need ip iproute2
need flock util-linux
need bridge iproute2
need brctl bridge-utils
need lxc lxd
see_journal
trust_journal
[ "${problems}" = no ] || [ "${dry_run}" = yes ] || {
    say 'down.sh: nothing was changed' >&2
    exit 3
}
# A reboot takes the journal, and leaves what carries a mark.
strays=
[ -s "${journal}" ] || strays=$(stray_instances)
! is_ours c3 || remember delete_container c3
! is_ours c4 || remember delete_container c4
remember_all "${strays}"
[ -f "${journal}" ] || {
    say 'host2: nothing to undo'
    exit 0
}
[ "${dry_run}" = yes ] || {
    printf '' 2>/dev/null >>"${state}/lock" || {
        say "down.sh: cannot write in ${state}: is it read-only?" >&2
        exit 3
    }
    exec 9>"${state}/lock"
    flock -n 9 || {
        say "down.sh: another run is at work in ${state}" >&2
        exit 1
    }
    mend_journal
    rm -f "${state}/complete"
}
undo_all
forget
[ "${unfinished}" = no ] || {
    say "down.sh: not all could be undone; what is left is in ${journal}" >&2
    exit 1
}
[ "${changes}" = yes ] || say '  nothing to do: none of it is there any more'
[ "${dry_run}" = yes ] || say 'host2: down'
