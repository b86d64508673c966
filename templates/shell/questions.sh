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
