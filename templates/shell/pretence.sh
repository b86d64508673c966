# find_within [PREFIX…]: sets `within` to the container, with a slash, in which the prefix runs a
# command; to nothing for the host
find_within() {
    case ${1-} in
    '') within= ;;
    in_*) within=$2/ ;;
    *) within=$4/ ;;
    esac
}

# is_lost LINK [PREFIX…]: true where a dry run has undone it: what is asked of it is not there any
# more
is_lost() {
    [ "${lost:- }" != ' ' ] || return 1
    it=$1
    shift
    find_within "$@"
    case ${lost} in
    *" ${within}${it} "*) return 0 ;;
    *) ;;
    esac
    [ -n "${within}" ] && case ${lost} in
    *" ${within} "*) true ;;
    *) false ;;
    esac
}

# lose UNDO: what a dry run has undone; undos of the daemons by how they begin, since a script that
# has none of these goes without their functions
lose() {
    # shellcheck disable=SC2086 # the words of a line of the journal
    set -- $1
    case $1 in
    delete_link)
        lost="${lost}$2 "
        # A veth pair: its far end goes, too.
        far=
        while [ $# -gt 1 ]; do
            case $1 in
            peer) far=$3 ;;
            netns) lost="${lost}$2/${far} " ;;
            *) ;;
            esac
            shift
        done
        ;;
    delete_bridge | delete_netw* | delete_docker_n*) lost="${lost}$2 " ;;
    delete_netns | delete_cont* | delete_dock*) lost="${lost}$2/ " ;;
    remove_port | release_port) lost="${lost}$3@$2 " ;;
    remove_inner) lost="${lost}$2/$3 " ;;
    remove_inner_link)
        link=$2
        shift 2
        find_within "$@"
        lost="${lost}${within}${link} "
        ;;
    remove_address) lose_address "$2" "$3" ;;
    remove_proxy) lost="${lost}proxy:$2@$3 " ;;
    remove_route) lost="${lost}$2:$3:${4}${5:+:$5}${6:+:$6}${7:+:$7}${8:+:$8} " ;;
    *) ;;
    esac
}

# lose_address ADDRESS/LENGTH LINK [PREFIX…]: with the last one of IPv4 an interface loses its
# routes
lose_address() {
    [ "${dry_run}" = yes ] || return 0
    address=$1 link=$2
    shift 2
    find_within "$@"
    lost="${lost}${within}${address}@${link} "
    [ "${address#*:}" = "${address}" ] || return 0
    for other in $(quietly "$@" ip -o -4 address show dev "${link}" | awk '{ print $4 }'); do
        case ${lost} in
        *" ${within}${other}@${link} "*) ;;
        *) return 0 ;;
        esac
    done
    lost="${lost}${within}${link}:routes "
}
