# need_vlan: the kernel must have VLAN interfaces; tried in a network namespace that ends at once
need_vlan() {
    quietly unshare --net sh -c 'ip link add name probe type bridge &&
        ip link add link probe name probe2 type vlan id 1' || [ "$(id -u)" -ne 0 ] ||
        problem 'this kernel cannot make VLAN interfaces (module 8021q)'
}

# need_filtering: the kernel's bridges must tell VLANs apart; tried likewise
need_filtering() {
    quietly unshare --net sh -c 'ip link add name probe type bridge vlan_filtering 1 &&
        bridge vlan add dev probe vid 2 self' || [ "$(id -u)" -ne 0 ] ||
        problem "this kernel's bridges cannot tell VLANs apart (CONFIG_BRIDGE_VLAN_FILTERING)"
}

# need_filter_on BRIDGE: it must be set up so before
need_filter_on() {
    filters_vlans "$1" || problem "bridge \"$1\" does not filter VLANs (vlan_filtering)"
}

# filters_vlans BRIDGE: true where it tells VLANs apart, and puts new ports into none
filters_vlans() {
    ! is_lost "$1" && [ "$(cat "/sys/class/net/$1/bridge/vlan_filtering" 2>/dev/null)" = 1 ] &&
        [ "$(cat "/sys/class/net/$1/bridge/default_pvid" 2>/dev/null)" = 0 ]
}

filters_no_vlans() {
    is_lost "$1" || [ "$(cat "/sys/class/net/$1/bridge/vlan_filtering" 2>/dev/null)" != 1 ]
}

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

# back_vlans PORT
back_vlans() {
    former=$(vlans_of "$1" | tr '\n' ' ')
    printf 'put_back_vlans %s\n' "$(quoted "$1" "${former% }")" >>"${state}/back.list" ||
        failed writing "${state}/back.list"
}
