# form_words: awk(1) reads a list of commands, and joins what stands on several lines
form_words() {
    cat <<'END'
# take: a command's words, the container that it runs in, and how it is run there
function take(line, first, i) {
    text = line; ns = within = ""; first = 1
    n = split(line, w, " ")
    if (w[1] == "ip" && w[2] == "netns" && w[3] == "exec") { enter(w[4], " ip netns exec " w[4]); first = 5 }
    else if (w[2] == "exec" && w[3] == "-n") { enter(w[4], " " w[1] " exec -n " w[4] " --"); first = 6 }
    else if (w[1] == "nsenter") {
        sub(/\)"$/, "", w[7]); enter(w[7], " in_docker " w[7]); first = 9
        text = "in_docker " ns substr(line, index(line, " --net ") + 6)
    }
    n -= first - 1
    for (i = 1; i <= n; i++) w[i] = w[i + first - 1]
}
function enter(name, words) { ns = name; within = words }
function q(words) { return "'" words "'" }
function place_of(word, i) { for (i = 1; i <= n; i++) if (w[i] == word) return i; return n + 1 }
function value_of(key, from, to, i) { for (i = from; i < to; i++) if (w[i] == key) return w[i + 1]; return "" }
function list(words, word) { return words == "" ? word : words " " word }
# tell: a change where the question is answered with no; `first` is done before it
function tell(question, undo, first) {
    first = first == "" ? "" : first "; "
    undo = undo == "" ? "run " text : "change " q(undo) " " text
    print question within " || { " first undo "; }"
}
# settle: what an edit, or somebody by hand, has left on an interface that is there
function settle(link, mac, mtu) {
    print "settle " link " " mac " " (mtu == "" ? 1500 : mtu) " " q(addresses[ns "/" link]) within
}
function only_routes(test, i, count, options) {
    count = split(families, options, " ")
    for (i = 1; i <= count; i++) print test "only_routes " options[i] " " q(routes[ns options[i]]) within
}
/^(#|$)/ { next }
{
    part = part (part == "" ? $0 : substr($0, 5))
    if (!sub(/\\$/, "", part)) { lines[++total] = part; part = "" }
}
END
}

# ip_forms: the commands of ip(8), brctl(8), bridge(8) and sysctl(8); the first pass gathers what they say of each other
ip_forms() {
    cat <<'END'
if (w[1] == "sysctl" && pass == 2) {
    key = value = w[4]; sub(/=.*/, "", key); sub(/[^=]*=/, "", value)
    family = key ~ /ipv6/ ? "ipv6" : "ipv4"
    keep = ""
    if (key ~ /forward/) keep = ns == "" ? "keep_forwarding " family : "keep_setting " key within
    if (ns == "" && family value == "ipv61") keep = "keep_advertised; " keep
    tell("is_set " key " " value, "", keep)
    if (ns == "" && addressed != "") print "settle_forwarding " family " " value " " q(addressed)
}
if (w[1] == "sysctl") continue
option = "-4"
if (w[1] == "ip" && w[2] ~ /^-[46]$/) { option = w[2]; n--; for (j = 2; j <= n; j++) w[j] = w[j + 1] }
form = w[1] " " w[2] " " w[3]
if (form == "ip netns add") {
    if (pass == 1) continue
    if (!folder++) print "has_netns_folder || undo remove_netns_folder"
    tell("has_netns " w[4], "delete_netns " w[4], "clear_netns " w[4])
    enter(w[4], " ip netns exec " w[4]); only_routes("")
    continue
}
if (form ~ /^ip address (add|replace)$/) {
    link = value_of("dev", 5, n)
    if (pass == 1) {
        addresses[ns "/" link] = list(addresses[ns "/" link], w[4])
        if (ns == "" && !seen[link]++) addressed = list(addressed, link)
    } else tell("has_address " w[4] " " link, ns != "" || link in made ? "" : "remove_address " w[4] " " link)
    continue
}
if (form == "ip route replace") {
    metric = option == "-4" ? 0 : 1024; route = ""
    for (j = 4; j <= n; j++) {
        if (w[j] == "metric") { if (w[++j] > 0) metric = w[j] }
        else if (w[j] == "proto") j++
        else route = list(route, w[j])
    }
    if (pass == 1) {
        former = routes[ns option]
        routes[ns option] = (former == "" ? "" : former ";") metric " " route
        continue
    }
    to = w[4] ~ /^(unreachable|blackhole)$/ ? w[5] : w[4]
    place = option " " metric
    if (ns != "") tell("has_route " place " " q(route))
    else tell("has_route " place " " q(route), "remove_route " place " " route, "keep_route " place " " to)
    continue
}
if (w[1] == "brctl" && w[2] == "addbr" || form == "ip link add" && value_of("type", 4, n) == "bridge") {
    by_hand = w[1] == "brctl"
    link = by_hand ? w[3] : w[5]
    if (pass == 1 && value_of("stp_state", 4, n) == 1) stp[link] = "on"
    if (pass == 1) { made[link]; continue }
    # Its settings can change while it is there: no other bridge has to be made for them.
    noting = "note " q((by_hand ? "delete_bridge " : "delete_link ") link) " bridge"
    if (link in dockers) { print noting; noting = "" }
    tell("has_link " link, "", noting)
    mtu = value_of("mtu", 4, n)
    settle(link, by_hand || link in nics ? "-" : value_of("address", 4, n), link in mtus ? "-" : mtu)
    if (stp[link] == "on") { if (!by_hand) print "has_stp " link " || run ip link set dev " link " type bridge stp_state 1" }
    else print "has_no_stp " link " || run " (by_hand ? "brctl stp " link " off" : "ip link set dev " link " type bridge stp_state 0")
    continue
}
if (form == "ip link add" && w[4] == "link") {
    link = value_of("name", 4, n); ns = value_of("netns", 4, n)
    if (pass == 1) continue
    within = " ip netns exec " ns
    # Some time after `ip netns delete` has come back it is still there, and its MAC address is taken.
    tell("has_inner " link, "remove_inner " ns " " link)
    settle(link, value_of("address", 4, n), "-")
    continue
}
if (form == "ip link add" && value_of("type", 4, n) == "veth") {
    link = w[5]; far = place_of("peer"); name = w[far + 2]; into = value_of("netns", far, n)
    if (pass == 1) { made[link]; continue }
    if (!(link in ports)) print "leave_port - " link
    # A namespace's end takes its links with it, but only some time after `ip netns delete` has come back.
    if (into !~ /"/) tell("is_linked " link " " name " ip netns exec " into, "delete_link " link, "clear_link " link)
    settle(link, value_of("address", 4, far), value_of("mtu", 4, far))
    if (into !~ /"/) enter(into, " ip netns exec " into)
    else { into = w[n]; sub(/\)"$/, "", into); enter(into, " in_docker " into) }
    settle(name, value_of("address", far, n), value_of("mtu", far, n))
    continue
}
if (form == "ip link add") {
    link = w[5]
    if (pass == 1) { made[link]; continue }
    tell("has_link " link, "delete_link " link)
    settle(link, value_of("address", 4, n), value_of("mtu", 4, n))
    if (link in peers) print "forget_peers " link " " q(peers[link])
    continue
}
if (form == "bridge fdb append") {
    if (pass == 1) peers[w[6]] = list(peers[w[6]], w[8])
    else tell("floods_to " w[6] " " w[8])
    continue
}
if (w[1] == "brctl" && w[2] == "addif" || form == "ip link set" && w[6] == "master") {
    by_hand = w[1] == "brctl"
    link = by_hand ? w[4] : w[5]; bridge = by_hand ? w[3] : w[7]
    if (pass == 1) { ports[link] = bridge; order[++joined] = link; continue }
    leave = by_hand ? "leave_port " bridge " " link : ""
    if (link in made) tell("has_port " bridge " " link, "", leave)
    else tell("is_plain_port " bridge " " link " || hand_over " link " " bridge, (by_hand ? "remove_port " : "release_port ") bridge " " link, leave)
    continue
}
if (w[1] == "brctl" && w[2] == "stp" || form == "ip link set" && w[6] == "type") {
    if (pass == 1) stp[w[1] == "brctl" ? w[3] : w[5]] = "on"
    else tell("has_stp " (w[1] == "brctl" ? w[3] : w[5]))
    continue
}
if (form == "ip link set") {
    link = w[5]
    if (pass == 1 && w[6] == "mtu") mtus[link]
    if (pass == 1) continue
    own = ns != "" || link in made || link in networks
    if (w[6] == "up") tell("is_up " link, own ? "" : "take_down " link)
    if (w[6] == "address") tell("has_mac " w[7] " " link nics[link], "", own ? "" : "keep_mac " link " " w[7])
    if (w[6] == "mtu") tell("has_mtu " w[7] " " link, "", own ? "" : "keep_mtu " link " " w[7])
    continue
}
END
}
