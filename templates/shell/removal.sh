# remove_route -4|-6 METRIC ROUTE…
remove_route() {
    family=$1 metric=$2
    shift 2
    ! has_route "${family}" "${metric}" "$*" || run ip "${family}" route delete "$@" metric "${metric}"
}

# take_down LINK: as it was
take_down() { ! has_link "$1" || run ip link set dev "$1" down; }

remove_address() { ! has_address "$1" "$2" || run ip address delete "$1" dev "$2"; }

remove_port() { ! has_port "$1" "$2" || run brctl delif "$1" "$2"; }

release_port() { ! has_port "$1" "$2" || run ip link set dev "$2" nomaster; }

delete_link() { ! has_link "$1" || run ip link delete dev "$1"; }

delete_bridge() {
    ! has_link "$1" || {
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
