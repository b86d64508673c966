# addresses_of NIC: those that stay until somebody takes them away, and leases; IPv6 finds the
# others again by itself
addresses_of() { worded_addresses "$1" | awk '{ print $3 }'; }

# worded_addresses LINK: a line of ip-batch(8) for each of these addresses, in their order, with all
# that it has
worded_addresses() {
    {
        quietly ip -o -4 address show dev "$1" &&
            quietly ip -o -6 address show dev "$1" scope global
    } | awk -v link="$1" '
        $3 == "inet6" && (/ dynamic/ || / temporary/) { next }
        { gsub(/\\/, " ") }
        {
            words = "address add " $4; end = ""
            for (i = 5; i <= NF; i++) {
                word = $i
                if (word ~ /^(peer|brd|any|scope|metric)$/) { words = words " " word " " $++i }
                else if (word ~ /^(noprefixroute|home|mngtmpaddr|autojoin|nodad)$/)
                    words = words " " word
                else if (word ~ /^(valid_lft|preferred_lft)$/ && $++i != "forever") {
                    sub(/sec$/, "", $i)
                    end = end " " word " " $i
                }
                else if (index(word, link ":") == 1) end = " label " word end
            }
            print words end " dev " link
        }'
}

# worded_routes LINK: the same for the routes of all tables that go by it, those that others go
# through first; without those of advertisements, and those of IPv6 that come with an address
worded_routes() {
    for option in -4 -6; do
        quietly ip -o "${option}" route show table all | awk -v option="${option}" -v link="$1" '
            # The lines that belong together are one, with these between them.
            { gsub(/\\/, " ") }
            /^(local|broadcast|anycast|multicast) / || / proto ra / || / table local / { next }
            option == "-6" && (/^(fe80::|ff00::)/ || / proto kernel / && / metric 256 /) { next }
            {
                found = 0; words = ""
                for (i = 1; i <= NF; i++) {
                    if ($i == "dev" && $(i + 1) == link) found = 1
                    if ($i ~ /^(linkdown|dead|offload|trap|notify|rt_offload|rt_trap|pervasive)$/)
                        continue
                    if ($i == "pref" && $(i + 1) == "medium") { i++; continue }
                    if ($i == "expires") sub(/sec$/, "", $(i + 1))
                    words = words " " $i
                }
                if (!found) next
                if (words ~ / (via|nexthop) /) later = later option " route replace" words "\n"
                else print option " route replace" words
            }
            END { printf "%s", later }'
    done
}

# is_plain_port BRIDGE NIC: a port, whose addresses are gone to the bridge, all of them
is_plain_port() { has_port "$1" "$2" && ! is_half_way "$2" && [ -z "$(addresses_of "$2")" ]; }

# is_half_way NIC: true where a run ended while its addresses and routes moved
is_half_way() { [ -s "${state}/way.$1" ] && [ ! -e "${state}/handed.$1" ]; }

# is_handed ADDRESS/LENGTH BRIDGE: true where a NIC has handed it over
is_handed() {
    know_journal
    while read -r verb nic rest; do
        [ "${verb} ${rest}" != "hand_back $2" ] ||
            ! awk -v address="$1" '
                $1 == "address" && $3 == address { found = 1 }
                END { exit !found }' "${state}/way.${nic}" ||
            return 0
    done <<END
${journaled}
END
    return 1
}

# way_of NIC BRIDGE: what is to be given back to it in the end; what it has now, and what of it the
# bridge has still
way_of() {
    worded_addresses "$1"
    [ ! -e "${state}/way.$1" ] || while read -r words; do
        case ${words} in
        'address add '*)
            address=${words#address add }
            address=${address%% *}
            ! has_address "${address}" "$2" || has_address "${address}" "$1" ||
                printf '%s\n' "${words}"
            ;;
        *) ;;
        esac
    done <"${state}/way.$1"
    worded_routes "$1"
    [ ! -e "${state}/way.$1" ] ||
        worded_routes "$2" |
        grep -xF -e "$(sed -n '/^-[46] /p' "${state}/way.$1" | move "$1" "$2")" | move "$2" "$1"
}

# hand_over NIC BRIDGE: a NIC that has addresses becomes a port, and they and its routes the
# bridge's, with the NIC's MAC, by which the neighbours know them: all at once, so that no
# connection breaks. False where the NIC has none.
hand_over() {
    [ "${listing}" = no ] || {
        undo hand_back "$1" "$2"
        return 1
    }
    is_half_way "$1" || {
        [ -n "$(addresses_of "$1")" ] || return 1
        keep "way.$1" way_of "$1" "$2"
        [ "${dry_run}" = yes ] || rm -f "${state}/handed.$1"
    }
    undo hand_back "$1" "$2"
    [ "${remember}" = : ] || quoted hand_back "$1" "$2" >>"${state}/back.list"
    written=yes
    [ "${dry_run}" = no ] || {
        say "  (the addresses of $1 go to $2: $(addresses_of "$1" | tr '\n' ' '))"
        return 0
    }
    {
        printf 'link set dev %s address %s\n' "$2" "$(cat "/sys/class/net/$1/address")"
        printf 'link set dev %s master %s\n' "$1" "$2"
        # Secondary addresses go with the first of their subnet.
        worded_addresses "$1" | awk '{ print "address delete " $3 " dev " $NF }' | tac
        sed -n '/^address /p' "${state}/way.$1" | move "$1" "$2" | while read -r words; do
            address=${words#address add }
            has_address "${address%% *}" "$2" || printf '%s\n' "${words}"
        done
        sed -n 's/^-4 //p' "${state}/way.$1" | move "$1" "$2"
    } >"${state}/batch"
    sed -n 's/^-6 //p' "${state}/way.$1" | move "$1" "$2" >"${state}/batch6"
    sed 's/^/    /' "${state}/batch" "${state}/batch6"
    run ip -batch "${state}/batch"
    [ ! -s "${state}/batch6" ] || run ip -6 -batch "${state}/batch6"
    printf '' >"${state}/handed.$1" || failed writing "${state}/handed.$1"
}

# move FROM TO: lines of ip-batch(8), with another interface; a label is of the former's name
move() {
    awk -v from="$1" -v to="$2" '{
        for (i = 1; i < NF; i++) {
            if ($i == "dev" && $(i + 1) == from) $(i + 1) = to
            if ($i == "label") { $i = ""; $(i + 1) = "" }
        }
        gsub(/  +/, " "); print
    }'
}

# hand_back NIC BRIDGE: to where they were
hand_back() {
    [ -s "${state}/way.$1" ] || return 0
    ! has_port "$2" "$1" || run ip link set dev "$1" nomaster
    sed -n '/^address /p' "${state}/way.$1" | tac | while read -r words; do
        address=${words#address add }
        ! has_address "${address%% *}" "$2" ||
            printf 'address delete %s dev %s\n' "${address%% *}" "$2"
    done >"${state}/batch"
    sed -n '/^address /p' "${state}/way.$1" | while read -r words; do
        address=${words#address add }
        has_address "${address%% *}" "$1" || printf '%s\n' "${words}"
    done >>"${state}/batch"
    sed -n 's/^-4 //p' "${state}/way.$1" >>"${state}/batch"
    sed -n 's/^-6 //p' "${state}/way.$1" >"${state}/batch6"
    sed 's/^/    /' "${state}/batch" "${state}/batch6"
    # What cannot be given back does not stop the rest.
    run ip -force -batch "${state}/batch"
    [ ! -s "${state}/batch6" ] || run ip -6 -force -batch "${state}/batch6"
}

# can_hand_over NIC BRIDGE: what could not be given back exactly is not taken
can_hand_over() {
    ! is_plain_port "$2" "$1" || return 0
    lease=$(worded_addresses "$1" | awk '/ valid_lft / { print $3; exit }')
    [ -z "${lease}" ] || [ "${take_lease}" = yes ] ||
        problem "\"$1\" has ${lease} for a time only, as from a DHCP client, which would go on" \
            "renewing it there: end the client, or take the address as it is, for as long as it" \
            "is valid, with --take-lease"
    rules=$({ ip rule show && ip -6 rule show; } 2>/dev/null </dev/null | awk -v nic="$1" '
        { for (i = 1; i < NF; i++) if ($i ~ /^[io]if$/ && $(i + 1) == nic) { print; exit } }')
    [ -z "${rules}" ] ||
        problem "a rule of ip-rule(8) is for \"$1\", which would have no effect on \"$2\": ${rules}"
}

# keep_advertised: a router heeds advertisements only where it is told to; else the kernel drops the
# routes of those that it has heeded
keep_advertised() {
    [ "${listing}" = no ] || {
        ! [ -s "${journal}" ] || grep '^put_back_advertised ' "${journal}"
        return 0
    }
    for link in $(quietly ip -o -6 route show proto ra | awk '{
        for (i = 1; i < NF; i++) if ($i == "dev" && !seen[$(i + 1)]++) print $(i + 1)
    }'); do
        [ "$(cat "/proc/sys/net/ipv6/conf/${link}/accept_ra")" != 1 ] || {
            undo put_back_advertised "${link}"
            run sysctl -q -w "net/ipv6/conf/${link}/accept_ra=2"
        }
    done
}

put_back_advertised() {
    [ "$(quietly cat "/proc/sys/net/ipv6/conf/$1/accept_ra")" != 2 ] ||
        run sysctl -q -w "net/ipv6/conf/$1/accept_ra=1"
}
