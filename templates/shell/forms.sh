# form_words: awk(1) reads a list of commands, and joins what stands on several lines
form_words() {
    cat <<'END'
# take: a command's words, the container that it runs in, and how it is run there
function take(line, first, i) {
    text = line; ns = within = ""; first = 1
    n = split(line, w, " ")
    if (line ~ /^ip netns exec /) { enter(w[4], " ip netns exec " w[4]); first = 5 }
    else if (w[2] == "exec") { enter(w[4], " " w[1] " exec -n " w[4] " --"); first = 6 }
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
function value_of(key, from, to, i) {
    for (i = from; i < to; i++) if (w[i] == key) return w[i + 1]
    return ""
}
function is_new(link) { return ns in fresh || (ns "/" link) in fresh }
function list(words, word) { return words == "" ? word : words " " word }
# out: a call; what was gathered comes before it
function out(call) { flush(); print call }
# doubt: what is known of an interface is not sure any more
function doubt(link) { unsure[ns "/" link]; unsure[ns " -4"]; unsure[ns " -6"] }
# tell: a change, where the question is not answered with yes; `first` is done before it; what is
# new is gathered
function tell(question, undo, first, novel, route, answer) {
    answer = holds(question, route)
    if (answer == 1) return 0
    if (answer == 0 && novel) { gather(undo); return 2 }
    first = first == "" ? "" : first "; "
    undo = undo == "" ? "run " text : "change " q(undo) " " text
    out(question (route == "" ? "" : " " q(route)) within " || { " first undo "; }")
    return 1
}
function gather(undo) {
    gathered++
    if (undo != "") undos = undos undo " # " text "\n"
    # One process of ip(8) makes all links; a port may be up before it is one.
    if (w[1] != "ip") later = later text "\n"
    else if (ns == "") outer = outer text "\n"
    if (ns == "") return
    if (!(ns in inner)) containers[++inside] = ns
    inner[ns] = inner[ns] substr(text, length(within " ip ")) "\n"
}
function lines_of(gathered) { return q(substr(gathered, 1, length(gathered) - 1)) }
function flush(i) {
    if (!gathered) return
    printf "together %s %s", lines_of(undos), lines_of(outer later)
    for (i = 1; i <= inside; i++) {
        printf " %s %s", containers[i], lines_of(inner[containers[i]])
        delete inner[containers[i]]
    }
    print ""
    undos = outer = later = ""; gathered = inside = 0
}
# settle: what an edit, or somebody by hand, has left on an interface that is there
function settle(link, mac, mtu, test) {
    if (mtu == "") mtu = 1500
    if (is_settled(link, mac, mtu)) return
    doubt(link)
    out(test "settle " link " " mac " " mtu " " q(addresses[ns "/" link]) within)
}
# settle_vlans: what else a port has
function settle_vlans(link, bridge) {
    if (bridge != "" && !(bridge in filters) && !(link in vlans)) return
    if (bridge == "" && !(link in filters) || is_new(link) || has_only_vlans(link)) return
    out("only_vlans " link " " q(vlans[link]))
}
function only_routes(test, i, number, options) {
    number = split(families, options, " ")
    for (i = 1; i <= number; i++) {
        if (has_only(options[i])) continue
        unsure[ns " " options[i]]
        out(test "only_routes " options[i] " " q(routes[ns " " options[i]]) within)
    }
}
/^(#|$)/ { next }
{
    part = part (part == "" ? $0 : substr($0, 5))
    if (!sub(/\\$/, "", part)) { lines[++total] = part; part = "" }
}
END
}

# ip_forms: the commands of ip(8), brctl(8), bridge(8) and sysctl(8); the first pass gathers what
# they say of each other
ip_forms() {
    cat <<'END'
if (w[1] == "sysctl" && pass == 2) {
    key = value = w[4]; sub(/=.*/, "", key); sub(/[^=]*=/, "", value)
    family = key ~ /ipv6/ ? "ipv6" : "ipv4"
    keep = ""
    if (key ~ /forward/) keep = ns == "" ? "keep_forwarding " family : "keep_setting " key within
    if (ns == "" && key ~ /proxy_ndp/) keep = "keep_setting " key
    if (ns == "" && key ~ /forward/ && family value == "ipv61") keep = "keep_advertised; " keep
    tell("is_set " key " " value, "", keep)
    if (ns == "" && key ~ /forward/ && addressed != "")
        out("settle_forwarding " family " " value " " q(addressed))
}
if (w[1] == "sysctl") continue
if (w[1] == "nft") {
    rule = text; sub(/^nft /, "", rule); gsub(/\047/, "", rule); table = w[5]
    if (pass == 1) {
        rules = rules (rules == "" ? "" : "\n") rule
    } else if (!translated++)
        out("translates " table " " q(rules) " || translate " table " " q(rules))
    continue
}
option = "-4"
if (w[1] == "ip" && w[2] ~ /^-[46]$/) {
    option = w[2]; n--
    for (j = 2; j <= n; j++) w[j] = w[j + 1]
}
form = w[1] " " w[2] " " w[3]
if (form == "ip netns add") {
    if (pass == 1) continue
    if (inside >= 100) flush()
    if (!folder++) out("has_netns_folder || undo remove_netns_folder")
    done = tell("has_netns " w[4], "delete_netns " w[4], "clear_netns " w[4], 1)
    if (done == 2) fresh[w[4]]
    if (done == 1) unsure[w[4]]
    enter(w[4], " ip netns exec " w[4]); only_routes("")
    continue
}
if (form ~ /^ip address (add|replace)$/) {
    link = value_of("dev", 5, n)
    if (pass == 1) {
        addresses[ns "/" link] = list(addresses[ns "/" link], w[4])
        if (ns == "" && !listed[link]++) addressed = list(addressed, link)
        continue
    }
    what = w[4] " " link
    undo = ns != "" || link in made ? "" : "remove_address " what
    # The host's units may be faster with what is replaced: networkd minds another broadcast.
    units = ns == "" && w[3] == "replace" ? " || comes_by_units " what : ""
    if (tell("has_address " what units, undo, "", units == "" && is_new(link)) == 1) doubt(link)
    continue
}
if (form == "ip neighbour replace") {
    what = w[5] " " w[7]
    if (pass == 2) tell("has_proxy " what, "remove_proxy " what)
    continue
}
if (form == "ip route replace") {
    metric = option == "-4" ? 0 : 1024; route = ""
    for (j = 4; j <= n; j++) {
        if (w[j] == "metric") { if (w[++j] > 0) metric = w[j] }
        else if (w[j] == "proto") j++
        else if (w[j] == "onlink") continue
        else route = list(route, w[j])
    }
    if (pass == 1) {
        former = routes[ns " " option]
        routes[ns " " option] = (former == "" ? "" : former ";") metric " " route
        continue
    }
    to = w[4] ~ /^(unreachable|blackhole)$/ ? w[5] : w[4]
    place = option " " metric
    undo = ns != "" ? "" : "remove_route " place " " route
    keep = ns != "" ? "" : "keep_route " place " " to
    done = tell("has_route " place, undo, keep, option == "-4" && ns in fresh, route)
    if (done == 1) unsure[ns " " option]
    continue
}
kind = form == "ip link add" ? value_of("type", 4, n) : ""
by_hand = w[1] == "brctl"
if (by_hand && w[2] == "addbr" || kind == "bridge") {
    link = by_hand ? w[3] : w[5]
    if (pass == 1 && value_of("stp_state", 4, n) == 1) stp[link]
    if (pass == 1 && value_of("vlan_filtering", 4, n) == 1) filters[link]
    if (pass == 1) { made[link]; continue }
    # Its settings can change while it is there: no other bridge has to be made for them.
    noting = "note " q((by_hand ? "delete_bridge " : "delete_link ") link) " bridge"
    if (link in dockers) { out(noting); noting = ""; doubt(link) }
    if (tell("has_link " link, "", noting)) doubt(link)
    mtu = value_of("mtu", 4, n)
    mac = by_hand || link in nics ? "-" : value_of("address", 4, n)
    settle(link, mac, link in mtus ? "-" : mtu)
    switch_stp = "ip link set dev " link " type bridge stp_state "
    if (!(link in stp))
        out("has_no_stp " link " || run " (by_hand ? "brctl stp " link " off" : switch_stp 0))
    else if (!by_hand) out("has_stp " link " || run " switch_stp 1)
    switch_vlans = "ip link set dev " link " type bridge vlan_filtering "
    if (link in filters)
        out("filters_vlans " link " || run " switch_vlans "1 vlan_default_pvid 0")
    else out("filters_no_vlans " link " || run " switch_vlans 0)
    settle_vlans(link)
    continue
}
if (kind == "vlan") {
    link = value_of("name", 4, n)
    if (ns == "" && pass == 1) made[link]
    if (pass == 1) continue
    if (ns == "") done = tell("has_link " link, "delete_link " link)
    else done = tell("has_inner " link, "remove_inner_link " link within, "", ns in fresh)
    if (done == 2) fresh[ns "/" link]
    if (done == 1) doubt(link)
    mac = value_of("address", 4, n)
    settle(link, mac == "" ? "-" : mac, value_of("mtu", 4, n))
    continue
}
if (form == "bridge vlan add") {
    link = w[5]; vlan = w[7] (w[8] == "pvid" ? "u" : "")
    if (pass == 1) { vlans[link] = list(vlans[link], vlan); continue }
    kept = w[n] == "self" && !(link in made) && !(link in networks)
    tell("has_vlan " link " " vlan, kept ? "remove_vlan " link " " vlan : "", "", is_new(link))
    continue
}
if (form == "ip link add" && w[4] == "link") {
    link = value_of("name", 4, n); ns = value_of("netns", 4, n)
    if (pass == 1) continue
    within = " ip netns exec " ns
    # Some time after `ip netns delete` has come back it is still there, and its MAC address is
    # taken.
    if (tell("has_inner " link, "remove_inner " ns " " link) == 1) doubt(link)
    settle(link, value_of("address", 4, n), "-")
    continue
}
if (kind == "veth") {
    link = w[5]; far = place_of("peer"); name = w[far + 2]; into = value_of("netns", far, n)
    if (pass == 1) { made[link]; continue }
    by_name = into !~ /"/
    if (!by_name) { into = w[n]; sub(/\)"$/, "", into) }
    done = 1
    # A namespace's end takes its links along, but only some time after `ip netns delete` came back.
    if (by_name) {
        is_linked = "is_linked " link " " name " ip netns exec " into
        done = tell(is_linked, "delete_link " link, "clear_link " link, !(("/" link) in flags))
    }
    if (done == 2) { fresh["/" link]; fresh[into "/" name] }
    if (done == 1) { doubt(link); unsure[into "/" name] }
    is_apart = ("/" link) in fresh || holds("has_link " link) == 1 && master["/" link] == ""
    if (!(link in ports) && !is_apart) { doubt(link); out("leave_port - " link) }
    settle(link, value_of("address", 4, far), value_of("mtu", 4, far))
    enter(into, by_name ? " ip netns exec " into : " in_docker " into)
    settle(name, value_of("address", far, n), value_of("mtu", far, n))
    continue
}
if (form == "ip link add") {
    link = w[5]
    if (pass == 1) { made[link]; continue }
    if (tell("has_link " link, "delete_link " link)) doubt(link)
    settle(link, value_of("address", 4, n), value_of("mtu", 4, n))
    if (link in peers) out("forget_peers " link " " q(peers[link]))
    continue
}
if (form == "bridge fdb append") {
    if (pass == 1) peers[w[6]] = list(peers[w[6]], w[8])
    else tell("floods_to " w[6] " " w[8])
    continue
}
if (by_hand && w[2] == "addif" || form == "ip link set" && w[6] == "master") {
    link = by_hand ? w[4] : w[5]; bridge = by_hand ? w[3] : w[7]
    if (pass == 1) { ports[link] = bridge; order[++joined] = link; continue }
    leave = by_hand ? "leave_port " bridge " " link : ""
    what = bridge " " link
    if (link in made) {
        if (tell("has_port " what, "", leave, is_new(link)) == 1) doubt(link)
        settle_vlans(link, bridge)
        continue
    }
    doubt(link); doubt(bridge)
    undo = (by_hand ? "remove_port " : "release_port ") what
    tell("is_plain_port " what " || hand_over " link " " bridge, undo, leave)
    settle_vlans(link, bridge)
    continue
}
if (form == "ip link set" && w[8] == "vlan_filtering") {
    link = w[5]
    if (pass == 1) filters[link]
    else { tell("filters_vlans " link); settle_vlans(link) }
    continue
}
if (by_hand && w[2] == "stp" || form == "ip link set" && w[6] == "type") {
    link = by_hand ? w[3] : w[5]
    if (pass == 1) stp[link]
    else tell("has_stp " link)
    continue
}
if (form == "ip link set") {
    link = w[5]
    if (pass == 1 && w[6] == "mtu") mtus[link]
    if (pass == 1) continue
    own = ns != "" || link in made || link in networks
    what = w[7] " " link
    if (w[6] == "up") done = tell("is_up " link, own ? "" : "take_down " link, "", is_new(link))
    kept = link " " w[7]
    if (w[6] == "address")
        done = tell("has_mac " what nics[link], "", own ? "" : "keep_mac " kept)
    if (w[6] == "mtu") done = tell("has_mtu " what, "", own ? "" : "keep_mtu " kept)
    if (done == 1) doubt(link)
    continue
}
END
}
