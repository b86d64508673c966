# instance_forms: the commands of {{client}}
instance_forms() {
    cat <<'END'
if (w[1] == "{{client}}" && (w[2] == "init" || w[2] == "create")) {
    if (pass == 1) continue
    name = w[n - 2]; image = substr(text, index(text, " --quiet ") + 9)
    image = substr(image, 1, length(image) - length(" " name " " w[n - 1] " " w[n]))
    # A container outlives a reboot and the journal does not: its undo is written down whether it is
    # there or not.
    out("note " q("delete_container " name) " " image)
    tell("has_container " name)
    out("hide_other_nics " name devices[name])
    continue
}
if (w[1] == "{{client}}" && w[2] == "config") {
    name = w[5]; device = w[6]; properties = ""; host = mtu = ""
    for (j = 8; j <= n; j++) {
        properties = list(properties, w[j])
        if (w[j] ~ /^host_name=/) host = substr(w[j], 11)
        if (w[j] ~ /^mtu=/) mtu = substr(w[j], 5)
    }
    if (pass == 1) {
        devices[name] = devices[name] " " device
        made[host]; hosts[name, device] = host; sizes[name, device] = mtu
    } else tell("has_nic " name " " device " " properties, "", "drop_nic " name " " device)
    continue
}
if (w[1] == "{{client}}" && w[2] == "start") {
    if (pass == 1) continue
    name = w[3]
    out("persist " name)
    tell("is_running " name)
    enter(name, " {{client}} exec -n " name " --"); only_routes("is_lent " name " || ")
    number_of = split(devices[name], nics_of, " ")
    for (j = 1; j <= number_of; j++) {
        mtu = sizes[name, nics_of[j]]
        enter("", ""); doubt(hosts[name, nics_of[j]]); settle(hosts[name, nics_of[j]], "-", mtu)
        enter(name, " {{client}} exec -n " name " --")
        settle(nics_of[j], "-", mtu, "is_lent " name " || ")
    }
    continue
}
if (w[1] == "{{client}}" && w[2] == "network") {
    name = w[4]; properties = ""
    if (pass == 1) { networks[name]; continue }
    for (j = 5; j <= n; j++) if (w[j] ~ /^bridge\./) properties = properties " " w[j]
    doubt(name); out("note " q("delete_network " name))
    tell("has_network " name)
    out("set_network " name properties)
    settle(name, "-", "-")
    if (!(name in stp))
        out("has_no_stp " name " || run ip link set dev " name " type bridge stp_state 0")
    continue
}
END
}
