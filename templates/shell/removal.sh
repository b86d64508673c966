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
