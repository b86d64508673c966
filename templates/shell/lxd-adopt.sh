# lend COMMAND…: before a change of a container that is not this topology's, its undo
lend() {
    case "$*" in
    '{{client}} config device add '*) is_ours "$5" || undo remove_device "$5" "$6" ;;
    '{{client}} start '*) is_ours "$3" || undo take_down_container "$3" ;;
    '{{client}} exec -n '*' -- ip address replace '*)
        is_ours "$4" || undo remove_inner_address "$4" "$9" "${11}"
        ;;
    '{{client}} exec -n '*' -- ip route replace '*)
        is_ours "$4" || {
            container=$4
            shift 8
            lend_route "${container}" -4 "$@"
        }
        ;;
    '{{client}} exec -n '*' -- ip -6 route replace '*)
        is_ours "$4" || {
            container=$4
            shift 9
            lend_route "${container}" -6 "$@"
        }
        ;;
    '{{client}} exec -n '*' -- sysctl -q -w '*)
        is_ours "$4" || undo put_back_inner_setting "$4" \
            "${9%%=*}=$(quietly {{client}} exec -n "$4" -- sysctl -n "${9%%=*}")"
        ;;
    *) ;;
    esac
}

# lend_route CONTAINER -4|-6 WORD…: the route goes, and the one in whose place it came is back
lend_route() {
    container=$1 family=$2 metric=0 route=
    [ "${family}" = -4 ] || metric=1024
    shift 2
    while [ $# -gt 0 ]; do
        case $1 in
        metric)
            metric=$2
            shift
            ;;
        proto) shift ;;
        onlink) ;;
        *) route="${route}${route:+ }$1" ;;
        esac
        shift
    done
    destination=${route#unreachable }
    destination=${destination#blackhole }
    former=
    [ "${listing}" = yes ] ||
        former=$(routes_at "${family}" "${metric}" "${destination%% *}" \
            {{client}} exec -n "${container}" --)
    [ -z "${former}" ] || undo put_back_inner_route "${container}" "${family}" "${former}"
    undo remove_inner_route "${container}" "${family}" "${metric}" "${route}"
}

remove_device() { ! has_device "$1" "$2" || run {{client}} config device remove "$1" "$2"; }

# take_down_container NAME: as it was
take_down_container() { ! is_running "$1" || run {{client}} stop --force "$1"; }

# remove_inner_address CONTAINER ADDRESS LINK
remove_inner_address() {
    ! has_address "$2" "$3" {{client}} exec -n "$1" -- ||
        run {{client}} exec -n "$1" -- ip address delete "$2" dev "$3"
}

# remove_inner_route CONTAINER -4|-6 METRIC ROUTE
remove_inner_route() {
    # shellcheck disable=SC2086 # the route's words are wanted one by one
    ! has_route "$2" "$3" "$4" {{client}} exec -n "$1" -- ||
        run {{client}} exec -n "$1" -- ip "$2" route delete ${4%% nexthop *} metric "$3"
}

# put_back_inner_route CONTAINER -4|-6 ROUTE
put_back_inner_route() {
    # shellcheck disable=SC2086 # the route's words are wanted one by one
    ! is_running "$1" || run {{client}} exec -n "$1" -- ip "$2" route replace $3
}

# put_back_inner_setting CONTAINER KEY=VALUE
put_back_inner_setting() { ! is_running "$1" || run {{client}} exec -n "$1" -- sysctl -q -w "$2"; }
