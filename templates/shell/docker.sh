# docker_says CONTAINER FORMAT: of the container of that very name; to Docker, "c1" may also be how another's ID begins
docker_says() {
    said=$(docker inspect --type container --format "{{.Name}} $2" "$1" 2>/dev/null </dev/null)
    case ${said} in
    "/$1 "*) printf '%s\n' "${said#"/$1 "}" ;;
    *) return 1 ;;
    esac
}

has_docker() { docker_says "$1" yes >/dev/null; }

# is_our_docker CONTAINER: true where this topology's up.sh made it
is_our_docker() { [ "$(docker_says "$1" '{{index .Config.Labels "topoc"}}')" = "${owner}" ]; }

runs_docker() { [ "$(docker_says "$1" '{{.State.Running}}')" = true ]; }

# docker_pid CONTAINER: 0 where it does not run
docker_pid() { docker_says "$1" '{{.State.Pid}}' || printf '0\n'; }

# in_docker CONTAINER COMMAND…: runs the host's own command in a container's network
in_docker() {
    pid=$(docker_pid "$1")
    shift
    nsenter --target "${pid}" --net "$@"
}

# tell_in_docker: what the words of the commands shown mean
tell_in_docker() {
    [ "${dry_run}" = no ] || say "  # in_docker NAME COMMAND runs it in the container's network:" \
        "nsenter --target \"\$(docker inspect --format '{{.State.Pid}}' NAME)\" --net COMMAND"
}

# is_plugged CONTAINER LINK VETH: a container that was started again has a new network, with nothing in it
is_plugged() { has_link "$3" && shows in_docker "$1" ip link show dev "$2"; }

# plug CONTAINER name VETH WORD…: makes a veth pair whose far end is in the container
plug() {
    pid=$(docker_pid "$1")
    shift
    if [ "${dry_run}" = yes ]; then
        [ "${pid}" -gt 0 ] || pid=PID
    else
        # The kernel takes away what a container that ended has left, but only some time later.
        ip link delete dev "$2" 2>/dev/null
    fi
    run ip link add "$@" netns "${pid}"
}

# delete_docker NAME: never one that is not labelled as this topology's
delete_docker() { ! is_our_docker "$1" || run docker rm --force --volumes "$1"; }

# free_docker NAME
free_docker() {
    ! has_docker "$1" || is_our_docker "$1" ||
        problem "there is a Docker container \"$1\" already, not of this topology: rename one of the two"
}

# need_docker: the daemon of this host, since its containers' processes must be found here
need_docker() {
    if docker version >/dev/null 2>&1 </dev/null; then
        case $(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null </dev/null) in
        unix://* | '') ;;
        *) problem '"docker" speaks to a daemon elsewhere (DOCKER_HOST, or a context): it must be the one of this host' ;;
        esac
    else
        problem 'no Docker daemon answers: is it running?'
    fi
}
