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
