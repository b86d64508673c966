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

# shows COMMAND…: true where the command prints something
shows() { [ -n "$("$@" 2>/dev/null </dev/null)" ]; }

# recorded UNDO…: true where the journal has this undo
recorded() { [ -f "${journal}" ] && grep -qxF -e "$(quoted "$@")" "${journal}"; }

# undo UNDO…: writes an undo into the journal, once
undo() { [ "${dry_run}" = yes ] || recorded "$@" || quoted "$@" >>"${journal}" || failed "$@"; }

# remember UNDO…: as undo, for what was made before the journal was lost
remember() { mkdir -p "${state}" && undo "$@"; }

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

# keep_mtu LINK
keep_mtu() {
    recorded put_back_mtu "$1" || keep "mtu.$1" cat "/sys/class/net/$1/mtu"
    undo put_back_mtu "$1"
}

put_back_mtu() { ! has_link "$1" || run ip link set dev "$1" mtu "$(cat "${state}/mtu.$1")"; }

# keep_mac LINK
keep_mac() {
    recorded put_back_mac "$1" || keep "mac.$1" cat "/sys/class/net/$1/address"
    undo put_back_mac "$1"
}

put_back_mac() { ! has_link "$1" || run ip link set dev "$1" address "$(cat "${state}/mac.$1")"; }

# routes_at -4|-6 METRIC DESTINATION [PREFIX…]: the route whose place a new one with that metric would take
routes_at() {
    family=$1 metric=$2 destination=$3
    shift 3
    "$@" ip "${family}" route show exact "${destination}" </dev/null | awk -v metric="${metric}" '
        { m = 0; for (i = 1; i < NF; i++) if ($i == "metric") m = $(i + 1) }
        m == metric'
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

# hand_over NIC BRIDGE: a NIC that has addresses becomes a port, and they and its routes the bridge's, with the NIC's
# MAC, by which the neighbours know them: all at once, so that no connection breaks. False where the NIC has none.
hand_over() {
    recorded hand_back "$1" "$2" || [ -n "$(addresses_of "$1")" ] || return 1
    recorded hand_back "$1" "$2" || {
        keep "addresses.$1" addresses_of "$1"
        keep "routes.$1" routes_of "$1"
    }
    undo hand_back "$1" "$2"
    [ "${dry_run}" = no ] || {
        say "  (the addresses of $1 go to $2: $(addresses_of "$1" | tr '\n' ' '))"
        return 0
    }
    {
        printf 'link set dev %s address %s\n' "$2" "$(cat "/sys/class/net/$1/address")"
        printf 'link set dev %s master %s\n' "$1" "$2"
        while read -r address; do
            ! has_address "${address}" "$1" || printf 'address delete %s dev %s\n' "${address}" "$1"
            has_address "${address}" "$2" || printf 'address add %s dev %s\n' "${address}" "$2"
        done <"${state}/addresses.$1"
        sed -n "s/^-4 \(.*\)/route replace \1 dev $2/p" "${state}/routes.$1"
    } >"${state}/batch"
    sed -n "s/^-6 \(.*\)/route replace \1 dev $2/p" "${state}/routes.$1" >"${state}/batch6"
    sed 's/^/    /' "${state}/batch" "${state}/batch6"
    run ip -batch "${state}/batch"
    [ ! -s "${state}/batch6" ] || run ip -6 -batch "${state}/batch6"
}

# hand_back NIC BRIDGE
hand_back() {
    ! has_port "$2" "$1" || run ip link set dev "$1" nomaster
    while read -r address; do
        remove_address "${address}" "$2"
        has_address "${address}" "$1" || run ip address add "${address}" dev "$1"
    done <"${state}/addresses.$1"
    while read -r family route; do
        # shellcheck disable=SC2086 # the route's words are wanted one by one
        run ip "${family}" route replace ${route} dev "$1"
    done <"${state}/routes.$1"
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

# has_stp BRIDGE: true where it runs the spanning tree protocol
has_stp() { [ "$(cat "/sys/class/net/$1/bridge/stp_state" 2>/dev/null)" = 1 ]; }

# floods_to VXLAN PEER
floods_to() { bridge fdb show dev "$1" 2>/dev/null | grep -q "^00:00:00:00:00:00 dst $2 "; }

# remove_netns_folder: where no namespace is left in it
remove_netns_folder() {
    [ -n "$(ls -A /run/netns 2>/dev/null)" ] || {
        ! mountpoint -q /run/netns || run umount /run/netns
        ! [ -d /run/netns ] || run rmdir /run/netns
    }
}

delete_netns() { ! [ -e "/run/netns/$1" ] || run ip netns delete "$1"; }

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
        rmdir "${state%/*}" /run/topoc 2>/dev/null
    }
}

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
    ! has_link "${link}" || recorded "$@" || problem "there is an interface \"${link}\" already, not of this topology"
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

# is_ours CONTAINER: true where this topology's up.sh made it
is_ours() { [ "$(lxc config get "$1" user.topoc 2>/dev/null </dev/null)" = "${owner}" ]; }

has_container() { lxc config show "$1" >/dev/null 2>&1 </dev/null; }

has_device() { shows lxc config device get "$1" "$2" type; }

is_running() { [ "$(lxc list "^$1\$" --columns s --format csv 2>/dev/null </dev/null)" = RUNNING ]; }

# in_network_of CONTAINER COMMAND…: runs the host's own command in a container's network
in_network_of() {
    container=$1
    shift
    pid=$(lxc list "^${container}\$" --columns p --format csv 2>/dev/null </dev/null)
    nsenter --target "${pid:-0}" --net "$@"
}

# delete_container NAME: never one that is not marked as this topology's
delete_container() { ! is_ours "$1" || run lxc delete --force "$1"; }

has_network() { lxc network show "$1" >/dev/null 2>&1 </dev/null; }

is_our_network() { [ "$(lxc network get "$1" user.topoc 2>/dev/null </dev/null)" = "${owner}" ]; }

# delete_network NAME: never one that is not marked as this topology's
delete_network() { ! is_our_network "$1" || run lxc network delete "$1"; }

# hide_other_nics CONTAINER DEVICE…: those that its profiles give it are none of the topology's
hide_other_nics() {
    container=$1 ours=" $* "
    ! is_ours "${container}" || for device in $(nics_of "${container}"); do
        case ${ours} in
        *" ${device} "*) ;;
        *) run lxc config device add "${container}" "${device}" none ;;
        esac
    done
}

# nics_of CONTAINER: the names of its devices that are NICs, those of its profiles too
nics_of() {
    lxc config show "$1" --expanded 2>/dev/null </dev/null | awk '
        /^[^ ]/ { inside = $1 == "devices:" }
        inside && /^  [^ ]/ { name = $1; sub(/:$/, "", name) }
        inside && /^    type: nic$/ { print name }'
}

# lasts CONTAINER CONFIGURATION: true where the container has the files for it; one that is not ours keeps its own
lasts() {
    [ "$(lxc config get "$1" user.topoc.network 2>/dev/null </dev/null)" = "$2" ] || {
        has_container "$1" && ! is_ours "$1"
    }
}

has_file() { lxc file pull "$1$2" - >/dev/null 2>&1 </dev/null; }

# find_manager CONTAINER: what configures its network when it starts
find_manager() {
    if [ "${dry_run}" = yes ] && ! has_container "$1"; then
        manager=unknown
        say "  # and a file for what configures the network of $1 when it restarts, which its image tells"
    elif has_file "$1" /usr/sbin/netplan; then
        manager=netplan
    elif has_file "$1" /etc/systemd/system/multi-user.target.wants/systemd-networkd.service; then
        manager=networkd
    elif has_file "$1" /etc/network/interfaces; then
        manager=ifupdown
    else
        manager=none
        say "  # $1 has no netplan, systemd-networkd or ifupdown: after a restart of its own it waits for up.sh"
    fi
}

# write_for MANAGER CONTAINER FILE LINE…: the file, where that is what configures the container's network
write_for() {
    [ "${manager}" != "$1" ] || {
        into=$2$3
        shift 3
        [ "${dry_run}" = yes ] || printf '%s\n' "$@" >"${state}/file" || failed writing "${state}/file"
        # netplan minds a file that others can read; systemd-networkd, which is not root, must.
        mode=644
        [ "${manager}" != netplan ] || mode=600
        run lxc file push --quiet --create-dirs --uid 0 --gid 0 --mode "${mode}" "${state}/file" "${into}"
    }
}

# lend COMMAND…: before a change of a container that is not this topology's, its undo
lend() {
    case "$*" in
    'lxc config device add '*) is_ours "$5" || undo remove_device "$5" "$6" ;;
    'lxc start '*) is_ours "$3" || undo take_down_container "$3" ;;
    'lxc exec -n '*' -- ip address replace '*) is_ours "$4" || undo remove_inner_address "$4" "$9" "${11}" ;;
    'lxc exec -n '*' -- ip route replace '*)
        is_ours "$4" || {
            container=$4
            shift 8
            lend_route "${container}" -4 "$@"
        }
        ;;
    'lxc exec -n '*' -- ip -6 route replace '*)
        is_ours "$4" || {
            container=$4
            shift 9
            lend_route "${container}" -6 "$@"
        }
        ;;
    'lxc exec -n '*' -- sysctl -q -w '*)
        is_ours "$4" || undo put_back_inner_setting "$4" "${9%%=*}=$(lxc exec -n "$4" -- sysctl -n "${9%%=*}" </dev/null)"
        ;;
    *) ;;
    esac
}

# lend_route CONTAINER -4|-6 WORD…: the route goes, and the one in whose place it came is back
lend_route() {
    container=$1 family=$2 metric=0 route=
    [ "${family}" = -4 ] || metric=1024
    shift 2
    while [ $# -gt 0 ]; do
        if [ "$1" = metric ]; then
            metric=$2
            shift
        else
            route="${route}${route:+ }$1"
        fi
        shift
    done
    destination=${route#unreachable }
    destination=${destination#blackhole }
    former=$(routes_at "${family}" "${metric}" "${destination%% *}" lxc exec -n "${container}" --)
    [ -z "${former}" ] || undo put_back_inner_route "${container}" "${family}" "${former}"
    undo remove_inner_route "${container}" "${family}" "${metric}" "${route}"
}

remove_device() { ! has_device "$1" "$2" || run lxc config device remove "$1" "$2"; }

# take_down_container NAME: as it was
take_down_container() { ! is_running "$1" || run lxc stop --force "$1"; }

# remove_inner_address CONTAINER ADDRESS LINK
remove_inner_address() {
    ! has_address "$2" "$3" lxc exec -n "$1" -- || run lxc exec -n "$1" -- ip address delete "$2" dev "$3"
}

# remove_inner_route CONTAINER -4|-6 METRIC ROUTE
remove_inner_route() {
    # shellcheck disable=SC2086 # the route's words are wanted one by one
    ! has_route "$2" "$3" "$4" lxc exec -n "$1" -- || run lxc exec -n "$1" -- ip "$2" route delete $4 metric "$3"
}

# put_back_inner_route CONTAINER -4|-6 ROUTE
put_back_inner_route() {
    # shellcheck disable=SC2086 # the route's words are wanted one by one
    ! is_running "$1" || run lxc exec -n "$1" -- ip "$2" route replace $3
}

# put_back_inner_setting CONTAINER KEY=VALUE
put_back_inner_setting() { ! is_running "$1" || run lxc exec -n "$1" -- sysctl -q -w "$2"; }

# free_container NAME
free_container() {
    ! has_container "$1" || is_ours "$1" || [ "${adopt}" = yes ] ||
        problem "there is a container \"$1\" already, not of this topology: rename one of the two," \
            "or use it as it is with --adopt"
}

# free_network NAME
free_network() {
    if has_network "$1"; then
        is_our_network "$1" || [ "${adopt}" = yes ] ||
            problem "there is an LXD network \"$1\" already, not of this topology: rename one of the two," \
                "or use it as it is with --adopt"
    elif has_link "$1"; then
        problem "there is an interface \"$1\" already, not of LXD"
    fi
}

need_daemon() { lxc info >/dev/null 2>&1 </dev/null || problem 'no LXD daemon answers: is it running, and set up with "lxd init"?'; }
