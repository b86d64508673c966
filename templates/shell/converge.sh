# list_undos: what the journal is to have in the end, a line each: make itself lists it, where each
# question is answered with no, and what only puts right does nothing
list_undos() (
    listing=yes dry_run=yes made=${every}
    for question in ${questions}; do eval "${question}() { false; }"; done
    for action in ${actions}; do eval "${action}() { true; }"; done
    make
)

# know_wanted: `wanted` is that list
know_wanted() { [ -n "${wanted}" ] || wanted=$(list_undos); }

# find_stale: sets `stale` to what the journal has and is wanted no more, last first; but for routes
# whose place others take
find_stale() {
    stale=
    [ -s "${journal}" ] || {
        find_strays
        return 0
    }
    know_wanted
    stale=$({ printf '%s\n\n' "${wanted}" && cat "${journal}"; } | awk '
        function place(undo) {
            split(undo, word, " ")
            if (word[1] != "remove_route") return ""
            to = word[4] ~ /^(unreachable|blackhole)$/ ? word[5] : word[4]
            return word[2] " " word[3] " " to
        }
        # What is put back in a container that is used as it is, for as long as another takes its
        # place.
        function inner(undo) {
            split(undo, word, " ")
            if (word[1] == "put_back_inner_setting") { sub(/=.*/, "", undo); return undo }
            if (word[1] !~ /^(put_back|remove)_inner_route$/) return ""
            at = word[1] ~ /^remove/ ? 5 : 4
            sub(/^\047/, "", word[at])
            if (word[at] ~ /^(unreachable|blackhole)$/) at++
            return word[2] " " word[3] " " word[at]
        }
        !read && $0 == "" { read = 1; next }
        { undo = $0; sub(/ # .*/, "", undo) }
        !read { lines[$0]; undos[undo]; places[place(undo)]; inners[inner(undo)]; next }
        undo ~ /^put_back_inner_/ && inner(undo) in inners { next }
        $0 in lines || undo == $0 && undo in undos { next }
        place(undo) == "" || !(place(undo) in places)' | tac)
}

# find_strays: a reboot takes the journal, and leaves containers and networks that carry a mark;
# those that are wanted no more are stale
find_strays() {
    strays=$(list_strays)
    [ -n "${strays}" ] || return 0
    know_wanted
    stale=$({ printf '%s\n\n' "${wanted}" && printf '%s\n' "${strays}"; } | awk '
        !read && $0 == "" { read = 1; next }
        !read { sub(/ # .*/, ""); wanted[$0]; next }
        !($0 in wanted)' | tac)
}

# converge: what an edit of the topology has taken out, or made anew, goes first
converge() {
    [ -n "${stale}" ] || return 0
    say '  # no longer in the topology, or made anew:'
    converging=yes
    undo_lines "${stale}"
    converging=no
    [ "${unfinished}" = no ] || {
        say "up.sh: not all of it could be undone; what is left is in ${journal}" >&2
        exit 1
    }
}

# settle_routes: those whose place others have taken by now need no undo any more
settle_routes() {
    [ "${dry_run}" = no ] && [ -s "${journal}" ] || return 0
    know_wanted
    old=$({ printf '%s\n\n' "${wanted}" && cat "${journal}"; } | awk '
        !read && $0 == "" { read = 1; next }
        !read { lines[$0]; next }
        /^remove_route / && !($0 in lines)')
    [ -z "${old}" ] || strike "${old}"
}

# guard_stale: what is deleted with all that is in it, and the way to this host, go by no mistake
guard_stale() {
    find_stale
    losses=
    while read -r verb name rest; do
        case ${verb} in
        delete_container) ! is_ours "${name}" || losses="${losses} ${name}" ;;
        delete_docker) ! is_our_docker "${name}" || losses="${losses} ${name}" ;;
        remove_address) [ "${confirm}" -gt 0 ] || ! has_login "${name%/*}" || cut_off "${name}" ;;
        remove_route) guard_stale_route "${name}" "${rest}" ;;
        delete_link | delete_bridge | take_down) guard_link "${name}" ;;
        hand_back) guard_link "${rest%% *}" ;;
        *) ;;
        esac
    done <<END
${stale}
END
    [ -z "${losses}" ] || [ "${prune}" = yes ] ||
        problem "no longer in the topology, or to be made anew, and so to be deleted with all" \
            "that is in them:${losses}. With --prune they are"
}

# guard_link LINK
guard_link() { [ "${confirm}" -gt 0 ] || ! leads_here "$1" || cut_off "$1"; }

# guard_stale_route -4|-6 WORDS
guard_stale_route() {
    # shellcheck disable=SC2086 # the words of a route
    set -- "$1" $2
    case $3 in
    unreachable | blackhole) ;;
    *) [ "${confirm}" -gt 0 ] || ! leads_to_login "$1" "$3" || cut_off "the route to $3" ;;
    esac
}

cut_off() {
    problem "an SSH connection, or the default route, goes by \"$1\", which goes: with" \
        '--confirm SECONDS all is undone unless you answer within that time'
}

# settle LINK MAC|- BYTES|- ADDRESSES [PREFIX…]: what an edit, or somebody by hand, has left on an
# interface of ours
settle() {
    settled=$1 mac=$2 mtu=$3 addresses=" $4 "
    shift 4
    ! is_lost "${settled}" "$@" || return 0
    said=$(quietly "$@" ip address show dev "${settled}")
    [ -n "${said}" ] || return 0
    case "${mac} ${said}" in
    -\ * | *" link/ether ${mac} "*) ;;
    *) run "$@" ip link set dev "${settled}" address "${mac}" ;;
    esac
    case "${mtu} ${said}" in
    -\ * | *" mtu ${mtu} "*) ;;
    *) run "$@" ip link set dev "${settled}" mtu "${mtu}" ;;
    esac
    while read -r family address words; do
        case "${family} ${words} " in
        inet6*' dynamic '* | *' scope link '* | *' scope host '*) continue ;;
        inet*) ;;
        *) continue ;;
        esac
        case ${addresses} in
        *" ${address} "*) ;;
        *) take_address "${address}" "${settled}" "$@" ;;
        esac
    done <<END
${said}
END
}

# take_address ADDRESS/LENGTH LINK [PREFIX…]: but for one that a NIC has handed over
take_address() {
    taken=$1 from=$2
    shift 2
    [ $# -gt 0 ] || ! is_handed "${taken}" "${from}" || return 0
    # With a primary address its secondaries may have gone.
    ! has_address "${taken}" "${from}" "$@" || {
        run "$@" ip address delete "${taken}" dev "${from}"
        lose_address "${taken}" "${from}" "$@"
    }
}

# only_routes -4|-6 ROUTES PREFIX…: a container's routes are these, each with its metric before it,
# but for those that the kernel, a router or a routing daemon has made
only_routes() {
    option=$1 routes=$2
    shift 2
    ! is_lost routes "$@" || return 0
    while read -r route; do
        # shellcheck disable=SC2086 # the route's words are wanted one by one
        [ -z "${route}" ] || run "$@" ip "${option}" route delete ${route}
    done <<END
$(quietly "$@" ip -o "${option}" route show | next_hops |
    awk -v wanted="${routes}" -v within="${within}" -v lost="${lost}" '
    BEGIN { count = split(wanted, want, ";") }
    / proto / && !/ proto (static|boot)( |$)/ { next }
    !/ (via|dev) / && !/^(unreachable|blackhole) / { next }
    # The way to the gateway of a routed NIC, which whoever starts an instance makes.
    /^169\.254\.0\.1 dev / { next }
    # Of the kernel, where the ip of busybox does not say so.
    /^(anycast|broadcast|local|multicast) / { next }
    !/ via / && (/ scope link .*src / || / metric 256( |$)/) { next }
    {
        metric = 0
        for (i = 1; i < NF; i++) {
            if ($i == "metric") metric = $(i + 1)
            if ($i == "dev" && index(lost, " " within $(i + 1) " ")) next
        }
        line = $0 " "
        if (match(line, / nexthop /)) {
            line = $1 substr(line, RSTART)
            gsub(/ weight 1 /, " ", line); gsub(/ weight 1 /, " ", line)
        }
        for (i = 1; i <= count; i++) if (index(metric " " line, want[i] " ") == 1) next
        sub(/ (pref|expires|hoplimit) [^ ]+/, "")
        gsub(/ (linkdown|dead|onlink|pervasive)/, ""); sub(/ +$/, "")
        print
    }')
END
}

# settle_forwarding ipv4|ipv6 0|1 LINKS: of each interface, where somebody has changed it by hand
settle_forwarding() {
    # Where the switch for all is only about to be changed, it changes these.
    [ "${dry_run}" = no ] || is_set "net.$1.conf.all.forwarding" "$2" || return 0
    for link in $3; do
        file=/proc/sys/net/$1/conf/${link}/forwarding
        value=$(cat "${file}" 2>/dev/null)
        [ "${value:-"$2"}" = "$2" ] || run sysctl -q -w "net/$1/conf/${link}/forwarding=$2"
    done
}

# leave_port BRIDGE|- LINK: out of another bridge, or of any
leave_port() {
    ! shows ip link show dev "$2" type bridge_slave || has_port "$1" "$2" || is_lost "$2" || {
        other=$(quietly ip -o link show dev "$2" | sed -n 's/.* master \([^ ]*\) .*/\1/p')
        is_lost "${other}" || is_lost "$2@${other}" || run ip link set dev "$2" nomaster
    }
}

# clear_link LINK: the kernel takes away what a container that ended has left, but only some time
# later
clear_link() {
    [ "${dry_run}" = yes ] || ! has_link "$1" || quietly ip link delete dev "$1" || true
}

# clear_netns NAME: what was killed may have left a file without a namespace
clear_netns() {
    [ ! -e "/run/netns/$1" ] || is_lost '' ip netns exec "$1" || run ip netns delete "$1"
}

# forget_peers VXLAN PEERS: those to which an earlier topology, or somebody by hand, has it send
forget_peers() {
    vxlan=$1
    for peer in $(floods_to_others "${vxlan}" "$2"); do
        run bridge fdb delete 00:00:00:00:00:00 dev "${vxlan}" dst "${peer}"
    done
}
