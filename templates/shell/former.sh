# keep NAME COMMAND…: saves what the command prints now, for an undo
keep() {
    name=$1
    shift
    [ "${dry_run}" = yes ] ||
        { "$@" >"${state}/${name}.new" && mv "${state}/${name}.new" "${state}/${name}"; } ||
        failed "$@"
}

# keep_forwarding ipv4|ipv6: so that down.sh can put back every forwarding setting of the family
keep_forwarding() {
    recorded put_back_forwarding "$1" ||
        keep "forwarding.$1" \
            sysctl -a -r "^net\\.$1\\.conf\\.[^ ]*\\.(forwarding|accept_redirects)\$"
    undo put_back_forwarding "$1"
}

# put_back_forwarding ipv4|ipv6: the switch for all interfaces first, since it sets the others
put_back_forwarding() {
    kept=${state}/forwarding.$1
    run sysctl -q -w "$(sed -n "s/^\\(net\\.$1\\.conf\\.all\\.forwarding\\) = /\\1=/p" "${kept}")"
    run sysctl -q -e -p "${kept}"
}

# keep_mtu LINK BYTES
keep_mtu() {
    recorded put_back_mtu "$@" || keep "mtu.$1" cat "/sys/class/net/$1/mtu"
    undo put_back_mtu "$@"
}

# put_back_mtu LINK BYTES: unless somebody else has changed it since
put_back_mtu() {
    ! has_link "$1" || ! has_mtu "$2" "$1" ||
        run ip link set dev "$1" mtu "$(cat "${state}/mtu.$1")"
}

# keep_mac LINK MAC
keep_mac() {
    recorded put_back_mac "$@" || keep "mac.$1" cat "/sys/class/net/$1/address"
    undo put_back_mac "$@"
}

# put_back_mac LINK MAC: unless somebody else has changed it since
put_back_mac() {
    ! has_link "$1" || ! has_mac "$2" "$1" ||
        run ip link set dev "$1" address "$(cat "${state}/mac.$1")"
}

# keep_setting KEY [PREFIX…]: of the host; or of a container, for an edit of the topology: it ends
# with its container else
keep_setting() {
    setting=$1
    shift
    find_within "$@"
    recorded put_back_setting "${setting}" "$@" ||
        keep "$(setting_file "${setting}")" kept_setting "${setting}" "$@"
    undo put_back_setting "${setting}" "$@"
}

# setting_file KEY: where it is kept; a key with an interface of the name a.b has slashes
setting_file() { printf 'setting.%s.%s' "$(printf '%s' "$1" | tr / :)" "${within%/}"; }

kept_setting() {
    key=$1
    shift
    "$@" sysctl -n "${key}" </dev/null
}

put_back_setting() {
    [ $# -eq 1 ] || [ "${converging:-no}" = yes ] || return 0
    key=$1
    shift
    find_within "$@"
    value=$(cat "${state}/$(setting_file "${key}")")
    # An interface takes its settings with it.
    ! shows "$@" sysctl -n "${key}" || run "$@" sysctl -q -w "${key}=${value}"
}

# is_our_route -4|-6 METRIC DESTINATION: true where an earlier up.sh made the route that has this
# place
is_our_route() {
    know_journal
    case ${newline}${journaled} in
    *"${newline}remove_route $1 $2 $3 "* | *"${newline}remove_route $1 $2 unreachable $3 "* | \
        *"${newline}remove_route $1 $2 blackhole $3 "*) true ;;
    *) false ;;
    esac
}

# keep_route -4|-6 METRIC DESTINATION
keep_route() {
    if [ "${listing}" = no ]; then
        ! is_our_route "$@" || return 0
        recorded put_back_route "$@" || {
            [ -n "$(routes_at "$@")" ] || return 0
            keep "route$1.$2.${3%/*}_${3#*/}" routes_at "$@"
        }
    fi
    undo put_back_route "$@"
}

put_back_route() {
    # shellcheck disable=SC2046 # the route's words are wanted one by one
    run ip "$1" route replace $(cat "${state}/route$1.$2.${3%/*}_${3#*/}")
}
