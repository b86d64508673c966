# begin_run: what the journal has now is not of this run
begin_run() {
    rm -f "${state}/back.list"
    if [ -f "${state}/complete" ]; then
        cp "${journal}" "${state}/journal.before" ||
            failed cp "${journal}" "${state}/journal.before"
    else
        printf '' >"${state}/journal.before" || failed writing "${state}/journal.before"
    fi
}

# roll_back: of this run; what an earlier one did stays, and what this one found is there again
roll_back() {
    trap '' HUP INT TERM
    [ "${dry_run}" = no ] || return 0
    if [ "${keep_on_failure}" = yes ]; then
        say "${me}: left as it is: ${me} goes on from here, ${away} takes it away" >&2
    else
        say 'undoing:'
        undoing=yes
        remembered=${remember} remember=:
        undo_lines "$(grep -vxF -f "${state}/journal.before" "${journal}" | tac)"
        [ "${remembered}" = : ] || bring_back
        [ "${unfinished}" = no ] ||
            say "${me}: not all could be undone; what is left is in ${journal}" >&2
        forget
    fi
}

# watch: undoes all of it when the time is over, unless that was confirmed; it outlives the
# terminal, and this script
watch() {
    trap '' HUP INT
    trap 'kill "${sleeper}"; exit 0' TERM
    exec 9>&- >"${state}/watch.log" 2>&1
    sleep "${confirm}" &
    sleeper=$!
    wait "${sleeper}"
    [ ! -f "${state}/confirmed" ] || return 0
    kill -TERM "$$" 2>/dev/null
    exec 9>"${state}/lock"
    flock -w 60 9 || return 1
    if [ -s "${journal}" ]; then
        roll_back
    fi
}

# ask: for the answer, on the terminal or by a file
ask() {
    say "Is this host still reached? All is undone in ${confirm} seconds, unless you run:" \
        "touch ${state}/confirmed"
    if [ -t 1 ] && { : </dev/tty; } 2>/dev/null; then
        printf 'or type yes: '
        read -r answer </dev/tty
        [ "${answer}" != yes ] || : >"${state}/confirmed"
        [ -f "${state}/confirmed" ] || failed not confirmed
    else
        until [ -f "${state}/confirmed" ]; do sleep 0.2; done
    fi
    kill "${watcher}" 2>/dev/null
    say 'confirmed'
}

# bring_back: what this run has changed of what an earlier one made, last change first
bring_back() {
    [ ! -s "${state}/back.list" ] || while IFS= read -r back; do
        trouble=no
        case ${back} in
        '# '*)
            say "${me}: not brought back, but by the up.sh that was run before: ${back#??}" >&2
            ;;
        *) eval "${back}" ;;
        esac
        [ "${trouble}" = no ] || unfinished=yes
    done <<END
$(tac "${state}/back.list")
END
    mv "${state}/journal.before" "${journal}"
    journaled=
}

# remember_back yes|no COMMAND…: what brings back what the command is about to change; with yes, the
# journal has just got what undoes it, but for the route in whose place another comes
remember_back() {
    undone=$1
    shift
    changing=$(quoted "$@")
    within_words=
    while [ $# -gt 1 ]; do
        case "$1 $2" in
        'ip netns')
            [ "$3" = exec ] || break
            within_words="ip netns exec $4"
            shift 4
            ;;
        'ip '* | 'brctl '* | 'bridge '* | 'sysctl '* | 'nft '*) break ;;
        *)
            within_words="${within_words}${within_words:+ }$1"
            shift
            ;;
        esac
    done
    option=-4
    case "$1 ${2-}" in
    'ip -4' | 'ip -6')
        option=$2
        shift 2
        set -- ip "$@"
        ;;
    *) ;;
    esac
    # shellcheck disable=SC2086 # the words of commands
    case "${undone} $*" in
    *' ip route replace '* | *' ip route add '* | *' ip route delete '*) back_route "$@" ;;
    *' nft delete table '*) back_nat ;;
    yes*) ;;
    *' nft -f '*) back_nat ;;
    *' ip neighbour delete '*) note_back ip neighbour replace proxy "$5" dev "$7" ;;
    *' ip link set dev '*) back_link "$5" "$6" ${within_words} ;;
    *' ip address add '* | *' ip address replace '*) back_address "$@" ;;
    *' ip address delete '*) back_deleted_address "$4" "$6" ${within_words} ;;
    *' sysctl -q -w '*)
        note_back sysctl -q -w "${4%%=*}=$(${within_words} sysctl -n "${4%%=*}" </dev/null)"
        ;;
    *' brctl addif '*) note_back brctl delif "$3" "$4" ;;
    *' brctl delif '*) note_back brctl addif "$3" "$4" ;;
    *' bridge vlan '*) back_vlans "$5" ;;
    *' bridge fdb append '*) note_back bridge fdb delete "${4}" "${5}" "${6}" "${7}" "${8}" ;;
    *' bridge fdb delete '*) note_back bridge fdb append "${4}" "${5}" "${6}" "${7}" "${8}" ;;
    *' delete '* | *' delbr '* | *' rm '* | *' remove '*)
        printf '# %s\n' "${changing}" >>"${state}/back.list"
        ;;
    *) ;;
    esac
}

# note_back WORD…: a command, where the one was that is about to be run; where its interface has
# gone, there is nothing to do
note_back() {
    # shellcheck disable=SC2086 # the words of a command
    printf 'run_back %s\n' "$(quoted ${within_words} "$@")" >>"${state}/back.list" ||
        failed writing "${state}/back.list"
}

# run_back COMMAND…
run_back() {
    printf '  %s\n' "$(quoted "$@")"
    "$@" </dev/null 2>/dev/null || say "  (nothing to bring back)"
}

# back_link LINK up|down|address|mtu|master|nomaster [PREFIX…]
back_link() {
    link=$1 property=$2
    shift 2
    shown=" $(quietly "$@" ip -o link show dev "${link}") "
    case ${property} in
    up | down)
        case ${shown} in
        *[\<,]UP[,\>]*) note_back ip link set dev "${link}" up ;;
        *) note_back ip link set dev "${link}" down ;;
        esac
        ;;
    mtu)
        value=${shown#* mtu }
        note_back ip link set dev "${link}" mtu "${value%% *}"
        ;;
    address)
        value=${shown#* link/ether }
        note_back ip link set dev "${link}" address "${value%% *}"
        ;;
    type)
        for setting in stp_state vlan_filtering; do
            value=$(cat "/sys/class/net/${link}/bridge/${setting}" 2>/dev/null) ||
                continue
            note_back ip link set dev "${link}" type bridge "${setting}" "${value}"
        done
        ;;
    master | nomaster)
        value=${shown#* master }
        if [ "${value}" = "${shown}" ]; then
            note_back ip link set dev "${link}" nomaster
        else
            note_back ip link set dev "${link}" master "${value%% *}"
        fi
        ;;
    *) ;;
    esac
}

# back_address ip address add|replace ADDRESS WORD…
back_address() {
    address=$4
    while [ $# -gt 1 ] && [ "$1" != dev ]; do shift; done
    note_back ip address delete "${address}" dev "$2"
}

# back_deleted_address ADDRESS LINK [PREFIX…]
back_deleted_address() {
    if [ $# -gt 2 ]; then
        note_back ip address add "$1" dev "$2"
    else
        back=$(worded_addresses "$2" | awk -v address="$1" '$3 == address')
        # shellcheck disable=SC2086 # the words of a line
        note_back ip ${back:-address add "$1" dev "$2"}
    fi
}

# back_route ip route VERB WORD…: the route that has the place now, or none
back_route() {
    verb=$3
    shift 3
    words=$* metric=0
    [ "${option}" = -4 ] || metric=1024
    case " ${words} " in
    *' metric '*)
        metric=${words#* metric }
        metric=${metric%% *}
        ;;
    *) ;;
    esac
    case $1 in
    unreachable | blackhole) shift ;;
    *) ;;
    esac
    # shellcheck disable=SC2086 # the words of commands
    former=$(routes_at "${option}" "${metric}" "$1" ${within_words} |
        sed 's/ linkdown//g; s/ dead//g; s/ expires [0-9]*sec//; s/ *$//')
    if [ -n "${former}" ]; then
        # shellcheck disable=SC2086 # the words of a route
        note_back ip "${option}" route replace ${former}
    elif [ "${verb}${undone}" = replaceno ] || [ "${verb}${undone}" = addno ]; then
        # shellcheck disable=SC2086 # the words of a route
        note_back ip "${option}" route delete ${words}
    fi
}
