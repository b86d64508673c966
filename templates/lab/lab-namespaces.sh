is_kept() { [ "$(stat -f -c %T "$1" 2>/dev/null)" = nsfs ]; }

# is_mount FOLDER: by its device, since mountpoint(1) also finds what is hidden below a later mount on one of its parents
is_mount() { [ "$(stat -c %d "$1" 2>/dev/null)" != "$(stat -c %d "$1/.." 2>/dev/null)" ]; }

in_host() {
    files=${place}/$1
    shift
    nsenter --net="${files}.net" --mount="${files}.mnt" --uts="${files}.uts" "$@"
}

in_lans() { nsenter --net="${place}/.lans.net" "$@"; }

# new_place: mount namespaces can be kept by files of a private mount alone
new_place() {
    need mkdir -p "${place}"
    is_mount "${place}" || need mount -t tmpfs -o mode=755 topoc-lab "${place}"
    need mount --make-private "${place}"
    printf '%s\n' "${here}" >"${place}/folder"
}

# furnish HOST FOLDER: what a host's namespaces have of their own; it runs in these
# shellcheck disable=SC2016 # it expands its own words
furnish='
    set -e
    cd "$2"
    # A copy of a file that keeps a namespace would keep it too, when the file itself is gone; and mountpoint(1) would
    # find what was mounted below the old /run.
    awk "/ - nsfs / || \$5 ~ \"^/run/\" { print \$5 }" /proc/self/mountinfo | tac | while read -r file; do
        case $2/ in
        "${file}"/*) ;;
        *) umount -l "${file}" 2>/dev/null || true ;;
        esac
    done
    # An empty /run, as after a boot: two hosts may both have a container c1, and a state of up.sh.
    mount -t tmpfs -o mode=755 topoc-lab /run
    case $2 in /run/*) mkdir -p "$2" && mount --no-canonicalize --bind . "$2" ;; esac
    # /sys shows the interfaces of the namespace that it was mounted in; the cgroups below it stay.
    mkdir /run/cgroup
    [ ! -d /sys/fs/cgroup ] || mount --rbind /sys/fs/cgroup /run/cgroup
    mount -t sysfs topoc-lab /sys
    ! mountpoint -q /run/cgroup || mount --move /run/cgroup /sys/fs/cgroup
    rmdir /run/cgroup
    printf %s "$1" >/proc/sys/kernel/hostname
    ip link set dev lo up'

# keep_namespaces HOST CPU: its files hold its namespaces, so that no process has to
keep_namespaces() {
    forget "$1"
    for kind in net mnt uts; do : >"${place}/$1.${kind}"; done
    said=$(taskset -c "$2" unshare --net="${place}/$1.net" --mount="${place}/$1.mnt" --uts="${place}/$1.uts" \
        --propagation private true 2>&1)
}

# new_host HOST
new_host() {
    [ ! -e "${place}/$1.ready" ] || return 0
    grep -qxF -e "$1" "${place}/hosts" 2>/dev/null || printf '%s\n' "$1" >>"${place}/hosts"
    # A file keeps only mount namespaces with a higher number than this script's own, and since 6.18 Linux counts on
    # each CPU apart: where one is too low, another is not.
    cpu=0
    until keep_namespaces "$1" "${cpu}"; do
        cpu=$((cpu + 1))
        [ "${cpu}" -lt "$(nproc --all)" ] || failed "namespaces for $1: ${said}"
    done
    in_host "$1" sh -c "${furnish}" sh "$1" "${here}" || failed "what $1 has of its own"
    : >"${place}/$1.ready"
}

# new_network_of_lans: the LANs themselves have no addresses, and say nothing
new_network_of_lans() {
    [ ! -e "${place}/.lans.ready" ] || return 0
    forget .lans
    : >"${place}/.lans.net"
    need unshare --net="${place}/.lans.net" \
        sh -c '! [ -d /proc/sys/net/ipv6 ] || sysctl -q -w net.ipv6.conf.default.disable_ipv6=1'
    : >"${place}/.lans.ready"
}

# new_lan BRIDGE MTU NAME: a switch, without STP, that gives frames for a group to all
new_lan() {
    links="${links} $1"
    in_lans ip link show dev "$1" >/dev/null 2>&1 ||
        need in_lans ip link add name "$1" mtu "$2" type bridge stp_state 0 mcast_snooping 0
    need in_lans ip link set dev "$1" mtu "$2" alias "LAN $3" up
}

# plug HOST NIC PORT MTU [BRIDGE all|own [MAC]]: without a bridge it is plugged to nothing. `own` is for a LAN that hands
# a NIC no frames for other MACs than its own, which is the one that it has or the one that up.sh gives it.
plug() {
    links="${links} $3"
    if in_lans ip link show dev "$3" >/dev/null 2>&1; then
        plug_anew "$@"
    else
        need in_lans ip link add name "$3" mtu "$4" type veth peer name "$2" mtu "$4" netns "${place}/$1.net"
    fi
    [ $# -gt 4 ] || return 0
    [ "$6" = all ] || {
        need in_lans ip link set dev "$3" master "$5"
        need in_lans bridge link set dev "$3" learning off flood off
        for mac in "$(in_host "$1" cat "/sys/class/net/$2/address")" ${7:+"$7"}; do
            need in_lans bridge fdb replace "${mac}" dev "$3" master static
        done
    }
    need in_lans ip link set dev "$3" master "$5" alias "$1 $2" up
}

# new_outside NODE PORT MTU BRIDGE all|own ADDRESSES SUBNETS OTHERS: what is behind a LAN's gateway. It has the gateway's
# addresses, knows the LAN's subnets, refuses what is for the topology's others, and answers for every other address.
new_outside() {
    new_host "$1"
    plug "$1" eth0 "$2" "$3" "$4" "$5"
    in_host "$1" sh -c "${everywhere}" sh "$6" "$7" "$8" || failed "what is outside, $1"
}

# everywhere ADDRESSES SUBNETS OTHERS: it runs outside
# shellcheck disable=SC2016 # it expands its own words
everywhere='
    set -ef
    # Other addresses than its own are no neighbours: nobody is answered who asks for them by ARP.
    echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore
    for filter in all eth0; do echo 0 >"/proc/sys/net/ipv4/conf/${filter}/rp_filter"; done
    echo 1 >/proc/sys/net/ipv4/ip_forward
    ! [ -d /proc/sys/net/ipv6 ] || {
        echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        echo 1 >/proc/sys/net/ipv6/ip_nonlocal_bind
    }
    ip link set dev eth0 up
    ip address flush dev eth0 scope global
    for family in 4 6; do
        ip "-${family}" route delete local default dev lo table local 2>/dev/null || true
        for type in unicast unreachable; do
            ip "-${family}" route flush table local type "${type}" 2>/dev/null || true
        done
    done
    for address in $1; do
        case ${address} in
        *:*) ip address add "${address}" dev eth0 nodad && ip -6 route replace local ::/0 dev lo table local ;;
        *) ip address add "${address}" dev eth0 && ip route replace local 0.0.0.0/0 dev lo table local ;;
        esac
    done
    # In this table, which is asked first, these are not its own.
    for subnet in $2; do ip route replace "${subnet}" dev eth0 table local; done
    for subnet in $3; do ip route replace unreachable "${subnet}" table local; done
    # Nor does a router answer for what is link-local.
    ip route replace unreachable 169.254.0.0/16 table local'

# plug_anew HOST NIC PORT MTU [BRIDGE all|own [MAC]]: the topology may have another LAN for it now
plug_anew() {
    plugged=$(in_lans ip -o link show dev "$3")
    case ${plugged} in
    *" mtu $4 "*) ;;
    *)
        need in_lans ip link set dev "$3" mtu "$4"
        need in_host "$1" ip link set dev "$2" mtu "$4"
        ;;
    esac
    if [ "${5-}" != "$(printf '%s\n' "${plugged}" | sed -n 's/.* master \([^ ]*\) .*/\1/p')" ]; then
        need in_lans ip link set dev "$3" nomaster
        [ $# -gt 4 ] || need in_lans ip link set dev "$3" down
    elif [ "${6-}" = all ]; then
        need in_lans bridge link set dev "$3" learning on flood on
        for mac in $(in_lans bridge fdb show dev "$3" | awk '/ static$/ && !/ self/ { print $1 }'); do
            need in_lans bridge fdb delete "${mac}" dev "$3" master
        done
    fi
}

# forget HOST: lets its namespaces go
forget() {
    rm -f "${place}/$1.ready" "${place}/$1.equipped"
    for kind in net mnt uts; do
        ! is_kept "${place}/$1.${kind}" || umount "${place}/$1.${kind}" || trouble=yes
        rm -f "${place}/$1.${kind}" || trouble=yes
    done
}
