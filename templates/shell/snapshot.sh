# snapshot: what is there, asked once: on the host, and in each bare namespace of the list that is
# there
snapshot() {
    printf '@ -\n'
    ip -o link show && ip -o address show && ip -o -4 route show || return
    case ${families} in
    *-6*) printf '@6\n' && ip -o -6 route show ;;
    *) ;;
    esac
    if commands | grep -q '^bridge vlan'; then
        printf '@vlan\n' && quietly bridge vlan show
    fi
    printf '@netns\n'
    ls /run/netns 2>/dev/null
    # Where ip(8) sees their names, it looks into every namespace for each link that leads to
    # another.
    # shellcheck disable=SC2016 # for the shell inside
    commands | sed -n 's/^ip netns add //p' | unshare --mount sh -c '
        mkdir -p "$1" && mount --rbind /run/netns "$1" && mount -t tmpfs tmpfs /run/netns || exit 0
        while read -r name; do
            [ -e "$1/${name}" ] || continue
            printf "@ %s\n" "${name}"
            nsenter --net="$1/${name}" ip -o -batch - <<END
link show
address show
route show
END
            case $2 in
            *-6*) printf "@6\n" && nsenter --net="$1/${name}" ip -o -6 route show </dev/null ;;
            *) ;;
            esac
        done 2>/dev/null' sh "${state}/netns" "${families}" 2>/dev/null
    # A rehearsal leaves no folder that it did not find.
    [ "${dry_run}" = no ] ||
        rmdir "${state}/netns" "${state}" "${state%/*}" "${state%/*/*}" 2>/dev/null || true
}

# state_words: awk(1) reads it, and answers the questions of which it is sure
state_words() {
    cat <<'END'
/^@ / { where = $2 == "-" ? "" : $2; family = "-4"; mode = "state"; next }
/^@6$/ { family = "-6"; next }
/^@vlan$/ { mode = "vlan"; seen["@vlan"]; next }
/^@netns$/ { mode = "netns"; next }
/^@list$/ { mode = ""; next }
mode == "netns" { names[$1]; next }
mode == "vlan" {
    if ($0 ~ /^[^ \t]/) { port = $1; sub(/^[^ \t]+[ \t]+/, "") }
    if ($1 ~ /^[0-9]+$/) members[port] = list(members[port], $1 ($0 ~ /PVID/ ? "u" : ""))
    next
}
mode == "state" && /^[0-9]+: / {
    link = $2; sub(/:$/, "", link); sub(/@.*/, "", link)
    key = where "/" link
    if ($3 ~ /^inet/) {
        has[key "/" $4]
        if (!/ scope (link|host) / && !/ dynamic /) given[key] = list(given[key], $4)
        next
    }
    seen[where]; flags[key] = $3
    for (i = 4; i < NF; i++) {
        if ($i == "mtu") bytes[key] = $(i + 1)
        if ($i == "master") master[key] = $(i + 1)
        if ($i ~ /^link\//) macs[key] = $(i + 1)
    }
    next
}
# The next hops of one route are in one line: its words are its destination and they.
mode == "state" && /nexthop via/ { $0 = with_next_hops($0) }
mode == "state" { there[where " " family, ++count[where " " family]] = $0; next }
function holds_route(place, metric, route, i, line, j, count_of, words) {
    if (place in unsure) return -1
    for (i = 1; i <= count[place]; i++) {
        line = there[place, i] " "
        if (index(line, route " ") == 1 && metric_of(line) == metric) return 1
    }
    return 0
}
# lacks_vlan: true where a port is not surely in all of these VLANs; 20-29 is ten
function lacks_vlan(there, words, word, one, ends, i, n) {
    n = split(words, word, " ")
    for (i = 1; i <= n; i++) {
        split(word[i], ends, "-")
        for (one = ends[1] + 0; one <= (ends[2] == "" ? ends[1] : ends[2]) + 0; one++)
            if (!index(" " there " ", " " one (word[i] ~ /u$/ ? "u" : "") " ")) return 1
    }
    return 0
}
# has_only_vlans: true where a port surely has these VLANs and no others
function has_only_vlans(link, word, i, n, wanted) {
    if (!("@vlan" in seen) || ("/" link) in unsure) return 0
    wanted = vlans[link]
    if (wanted ~ /-/) return 0
    n = split(members[link], word, " ")
    for (i = 1; i <= n; i++) if (!index(" " wanted " ", " " word[i] " ")) return 0
    return 1
}
function with_next_hops(line, words, n, i, hops, rest) {
    n = split(line, words, /[ \t\\]+/)
    for (i = 2; i <= n; i++) {
        if (words[i] == "nexthop") {
            hops = hops " nexthop via " words[i + 2] " dev " words[i + 4]; i += 4
        } else if (words[i] == "weight") i++
        else if (hops == "" && words[i] != "") rest = rest " " words[i]
    }
    return words[1] hops rest
}
function metric_of(line, words, i, n) {
    n = split(line, words, " ")
    for (i = 1; i < n; i++) if (words[i] == "metric") return words[i + 1]
    return 0
}
# holds: 1 where what is asked is so, 0 where it is not, -1 where that is not sure
function holds(question, route, a, place, key) {
    place = within ~ /^ ip netns exec / ? ns : ""
    if (within != "" && place == "" || !("" in seen)) return -1
    if (place in fresh) return 0
    split(question, a, " ")
    if (a[1] == "has_netns") {
        if (a[2] in unsure) return -1
        return !(a[2] in names) ? 0 : a[2] in seen ? 1 : -1
    }
    if (a[1] == "is_linked") {
        if (("/" a[2]) in unsure || a[7] in unsure) return -1
        if (!(("/" a[2]) in flags) || a[7] in fresh) return 0
        return !(a[7] in seen) ? -1 : (a[7] "/" a[3]) in flags
    }
    if (!(place in seen) || place in unsure) return -1
    if (a[1] == "has_route") return holds_route(place " " a[2], a[3], route)
    key = place "/" a[a[1] ~ /^has_(address|mac|mtu|port)$/ ? 3 : 2]
    if (key in fresh) return 0
    if (key in unsure) return -1
    if (a[1] == "has_link" || a[1] == "has_inner") return key in flags
    if (a[1] == "is_up") return flags[key] ~ /[<,]UP[,>]/
    if (a[1] == "has_address") return (key "/" a[2]) in has
    if (a[1] == "has_port") return master[key] == a[2]
    if (a[1] == "has_vlan") return "@vlan" in seen ? !lacks_vlan(members[a[2]], a[3]) : -1
    if (a[1] == "has_mtu") return bytes[key] == a[2]
    if (a[1] == "has_mac" && a[4] == "") return macs[key] == a[2]
    return -1
}
# is_settled: true where an interface surely needs nothing to be put right
function is_settled(link, mac, mtu, key, count, words, i) {
    key = ns "/" link
    if (ns in fresh || key in fresh) return 1
    if (within != "" && within !~ /^ ip netns exec / || !(key in flags)) return 0
    if (ns in unsure || key in unsure) return 0
    if (mac != "-" && macs[key] != mac || mtu != "-" && bytes[key] != mtu) return 0
    count = split(given[key], words, " ")
    for (i = 1; i <= count; i++) if (!index(" " addresses[key] " ", " " words[i] " ")) return 0
    return 1
}
# has_only: true where a container surely has no other routes of one family than these
function has_only(option, place, i, j, n, words, line, found) {
    place = ns " " option
    if (ns in fresh) return 1
    if (!(ns in seen) || ns in unsure || place in unsure) return 0
    n = split(routes[place], words, ";")
    for (i = 1; i <= count[place]; i++) {
        line = there[place, i] " "
        found = line ~ / proto kernel /
        for (j = 1; j <= n; j++) if (index(metric_of(line) " " line, words[j] " ") == 1) found = 1
        if (!found) return 0
    }
    return 1
}
END
}
