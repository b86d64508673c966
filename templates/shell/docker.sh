# list_dockers [NAME]: what Docker says of containers, a line each: NAME RUNNING PID MARK; to
# Docker, "c1" may also be how another's ID begins
list_dockers() {
    name=${1-}
    # shellcheck disable=SC2046 # the containers are wanted one by one
    [ $# -gt 0 ] || set -- $(quietly docker ps --all --quiet --no-trunc)
    quietly docker inspect --type container --format \
        '{{.Name}} {{.State.Running}} {{.State.Pid}} {{index .Config.Labels "topoc"}}' "$@" |
        awk -v name="${name}" 'sub("^/", "") && (name == "" || name == $1)'
}

# know_dockers: `dockers` is that, asked once; of a container that a command has changed since then,
# it has the name alone
know_dockers() {
    newline='
'
    [ -n "${dockers-}" ] || dockers=${newline}$(list_dockers)${newline}
}

# find_docker CONTAINER: sets `known` to what is known of it, without its name; false where there is
# none
find_docker() {
    know_dockers
    case ${dockers} in
    *"${newline}$1${newline}"*)
        known=${newline}$(list_dockers "$1")${newline}${dockers#*"${newline}$1${newline}"}
        dockers=${dockers%%"${newline}$1${newline}"*}${known}
        ;;
    *) ;;
    esac
    case ${dockers} in
    *"${newline}$1 "*) ;;
    *) return 1 ;;
    esac
    known=${dockers#*"${newline}$1 "}
    known=${known%%"${newline}"*}
}

# forget_docker COMMAND…: it may change what is known of a container
forget_docker() {
    case "$1 ${2-}" in
    'docker create' | 'docker start' | 'docker rm') ;;
    *) return 0 ;;
    esac
    [ -n "${dockers-}" ] || return 0
    shift 2
    for instance; do
        case ${instance} in
        '' | *[!0-9A-Za-z_.-]* | -*) continue ;;
        *) ;;
        esac
        case ${dockers} in
        *"${newline}${instance} "*)
            known=${dockers#*"${newline}${instance} "}
            dockers=${dockers%%"${newline}${instance} "*}${newline}${known#*"${newline}"}
            ;;
        *) ;;
        esac
        dockers=${newline}${instance}${dockers}
    done
}

# forget_asked COMMAND…: what was asked once, and may be otherwise by it
forget_asked() {
    forget_instance "$@"
    forget_docker "$@"
}

# learn_started COMMAND…: what has started is asked for its process, here and not in each question
learn_started() {
    case "$1 ${2-}" in
    '{{client}} start') find_instance "$3" ;;
    'docker start') find_docker "$3" ;;
    *) ;;
    esac || :
}

has_docker() { ! is_lost '' in_docker "$1" && find_docker "$1"; }

# is_our_docker CONTAINER: true where this topology's up.sh made it
is_our_docker() { find_docker "$1" && [ "${known#* * }" = "${owner}" ]; }

runs_docker() {
    ! is_lost '' in_docker "$1" && find_docker "$1" && [ "${known%% *}" = true ]
}

# docker_pid CONTAINER: 0 where it does not run
docker_pid() {
    find_docker "$1" || known='false 0'
    known=${known#* }
    printf '%s\n' "${known%% *}"
}

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

# is_plugged CONTAINER LINK VETH: a container that was started again has a new network, with nothing
# in it
is_plugged() { has_link "$3" && has_inner "$2" in_docker "$1"; }

# plug CONTAINER name VETH WORD…: makes a veth pair whose far end is in the container
plug() {
    note "delete_link $3" "$@"
    [ "${listing}" = no ] || return 0
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

# stray_dockers: undos of the networks and containers of Docker's that are labelled as this
# topology's and host's, in the order in which they are made
stray_dockers() {
    mark=label=topoc=${owner}
    for name in $(quietly docker network ls --filter "${mark}" --format '{{.Name}}'); do
        printf 'delete_docker_network %s\n' "${name}"
    done
    for name in $(quietly docker ps --all --filter "${mark}" --format '{{.Names}}'); do
        printf 'delete_docker %s\n' "${name}"
    done
}

# free_docker NAME
free_docker() {
    ! has_docker "$1" || is_our_docker "$1" ||
        problem "there is a Docker container \"$1\" already, not of this topology:" \
            'rename one of the two'
}

# network_says NETWORK FORMAT: of the network of that very name; to Docker, "br0" may also be how
# another's ID begins
network_says() {
    said=$(quietly docker network inspect --format "{{.Name}} $2" "$1")
    case ${said} in
    "$1 "*) printf '%s\n' "${said#"$1 "}" ;;
    *) return 1 ;;
    esac
}

has_docker_network() { ! is_lost "$1" && network_says "$1" yes >/dev/null; }

# is_our_docker_network NETWORK: true where this topology's up.sh made it
is_our_docker_network() { [ "$(network_says "$1" '{{index .Labels "topoc"}}')" = "${owner}" ]; }

# delete_docker_network NETWORK: never one that is not labelled as this topology's
delete_docker_network() { ! is_our_docker_network "$1" || run docker network rm "$1"; }

# overlap SUBNET SUBNET: true where two subnets of IPv4 have addresses in common
overlap() {
    printf '%s %s\n' "$1" "$2" | awk -F '[./ ]' '
        NF == 10 {
            size = 2 ^ (32 - ($5 < $10 ? $5 : $10))
            one = (($1 * 256 + $2) * 256 + $3) * 256 + $4
            two = (($6 * 256 + $7) * 256 + $8) * 256 + $9
            if (int(one / size) == int(two / size)) found = 1
        }
        END { exit !found }'
}

# docker_subnets: of all networks of Docker, a line each: SUBNET NETWORK
docker_subnets() {
    # shellcheck disable=SC2046 # the networks are wanted one by one
    docker network inspect --format \
        '{{$name := .Name}}{{range .IPAM.Config}}{{.Subnet}} {{$name}}{{println}}{{end}}' \
        $(quietly docker network ls --quiet) 2>/dev/null </dev/null
}

# free_docker_network NETWORK SUBNET: no other network of Docker's may have the name, or addresses
# of the subnet
free_docker_network() {
    if is_our_docker_network "$1"; then return; fi
    ! has_docker_network "$1" ||
        problem "there is a Docker network \"$1\" already, not of this topology:" \
            'rename one of the two'
    while read -r subnet network; do
        [ -z "${subnet}" ] || [ "${network}" = "$1" ] || is_our_docker_network "${network}" ||
            ! overlap "$2" "${subnet}" ||
            problem "the Docker network \"${network}\" has ${subnet}, and the topology $2:" \
                'give one of them another subnet'
    done <<END
$(docker_subnets)
END
}

# free_or_dockers BRIDGE UNDO…: as free_link; a daemon that starts makes the bridge of a network
# that it knows
free_or_dockers() { is_our_docker_network "$1" || free_link "$@"; }

# need_macvlan: tried in a network namespace that ends at once
need_macvlan() {
    quietly unshare --net sh -c 'ip link add name probe type veth &&
        ip link add link probe name probe2 type macvlan mode bridge' || [ "$(id -u)" -ne 0 ] ||
        problem 'this kernel cannot make macvlan interfaces (missing module?)'
}

# free_parent NIC: what is a port of a bridge can have no macvlan interfaces
free_parent() {
    ! shows ip link show dev "$1" type bridge_slave ||
        problem "\"$1\" is a port of a bridge, and so can have no macvlan interfaces"
}

# need_docker_macs: a client that knows MAC addresses as a network's hands none to a daemon that
# does not (API 1.44)
need_docker_macs() {
    versions=$(quietly docker version \
        --format '{{.Client.DefaultAPIVersion}} {{.Server.APIVersion}}')
    client=${versions% *} server=${versions#* }
    [ "${client#1.}" -lt 44 ] 2>/dev/null || ! [ "${server#1.}" -lt 44 ] 2>/dev/null ||
        problem '"docker" is much newer than its daemon, and sets no MAC address there:' \
            'use the one of the same release'
}

# need_docker: the daemon of this host, since its containers' processes must be found here
need_docker() {
    if docker version >/dev/null 2>&1 </dev/null; then
        case $(quietly docker context inspect --format '{{.Endpoints.docker.Host}}') in
        unix://* | '') ;;
        *)
            problem '"docker" speaks to a daemon elsewhere (DOCKER_HOST, or a context):' \
                'it must be the one of this host'
            ;;
        esac
    else
        problem 'no Docker daemon answers: is it running?'
    fi
}
