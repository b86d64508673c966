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

# has_mac MAC LINK [NIC…]: or that of a NIC whose addresses it took over
has_mac() {
    mac=$1 link=$2
    shift 2
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

# routes_of NIC: those that the kernel does not make of addresses or advertisements
routes_of() {
    for family in -4 -6; do
        ip "${family}" route show dev "$1" 2>/dev/null | grep -v -e 'proto kernel' -e 'proto ra' |
            sed "s/^/${family} /;s/ linkdown//;s/ dead//"
    done
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

# has_stp BRIDGE: true where it runs the spanning tree protocol
has_stp() { [ "$(cat "/sys/class/net/$1/bridge/stp_state" 2>/dev/null)" = 1 ]; }

# floods_to VXLAN PEER
floods_to() { bridge fdb show dev "$1" 2>/dev/null | grep -q "^00:00:00:00:00:00 dst $2 "; }
