# docker_forms: the commands of docker
docker_forms() {
    cat <<'END'
if (w[1] == "docker" && w[2] == "network") {
    words = substr(text, length("docker network create ") + 1)
    if (pass == 1) {
        creations[w[n]] = words
        for (j = 4; j <= n; j++)
            if (sub(/^--opt=com.docker.network.bridge.name=/, "", w[j])) dockers[w[j]]
        continue
    }
    out("note " q("delete_docker_network " w[n]) " " words)
    tell("has_docker_network " w[n])
    continue
}
if (w[1] == "docker" && w[2] == "create") {
    name = w[4]
    network = w[5] ~ /^--network=/ ? w[5] : w[7]
    if (pass == 1) { if (!sub(/^--network=/, "", network)) alone[name]; continue }
    # A container outlives a reboot and the journal does not: its undo is written down whether it is
    # there or not.
    words = substr(text, index(text, " --label topoc=") + 15)
    words = substr(words, index(words, " ") + 1)
    # A network cannot change, nor be deleted while a container is on it.
    if (sub(/^--network=/, "", network))
        words = substr(text, length("docker create --name " name " ") + 1) " " creations[network]
    else if (!told++) out("tell_in_docker")
    out("note " q("delete_docker " name) " " words)
    tell("has_docker " name)
    continue
}
if (w[1] == "docker" && w[2] == "start") {
    if (pass == 1) continue
    tell("runs_docker " w[3])
    if (w[3] in alone) { enter(w[3], " in_docker " w[3]); only_routes("") }
    continue
}
if (w[1] == "ip" && w[n] ~ /\)"$/ && pass == 2) {
    name = w[n]; sub(/\)"$/, "", name)
    words = text; sub(/^ip link add /, "", words); sub(/ netns ".*/, "", words)
    out("is_plugged " name " " w[place_of("peer") + 2] " " w[5] " || plug " name " " words)
}
END
}
