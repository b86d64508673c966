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

# need_bridge BRIDGE: it must be there before
need_bridge() { shows ip link show dev "$1" type bridge || problem "there is no bridge \"$1\""; }

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

# free_port NIC BRIDGE: the NIC must be in no other bridge
free_port() {
    ! shows ip link show dev "$1" type bridge_slave || has_port "$2" "$1" ||
        problem "\"$1\" is a port of another bridge already"
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
