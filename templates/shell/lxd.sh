# is_ours CONTAINER: true where this topology's up.sh made it
is_ours() { [ "$({{client}} config get "$1" user.topoc 2>/dev/null </dev/null)" = "${owner}" ]; }

has_container() { {{client}} config show "$1" >/dev/null 2>&1 </dev/null; }

has_device() { shows {{client}} config device get "$1" "$2" type; }

is_running() { [ "$({{client}} list "^$1\$" --columns s --format csv 2>/dev/null </dev/null)" = RUNNING ]; }

# in_network_of CONTAINER COMMAND…: runs the host's own command in a container's network
in_network_of() {
    container=$1
    shift
    pid=$({{client}} list "^${container}\$" --columns p --format csv 2>/dev/null </dev/null)
    nsenter --target "${pid:-0}" --net "$@"
}

# delete_container NAME: never one that is not marked as this topology's
delete_container() { ! is_ours "$1" || run {{client}} delete --force "$1"; }

has_network() { {{client}} network show "$1" >/dev/null 2>&1 </dev/null; }

is_our_network() { [ "$({{client}} network get "$1" user.topoc 2>/dev/null </dev/null)" = "${owner}" ]; }

# delete_network NAME: never one that is not marked as this topology's
delete_network() { ! is_our_network "$1" || run {{client}} network delete "$1"; }

# hide_other_nics CONTAINER DEVICE…: those that its profiles give it are none of the topology's
hide_other_nics() {
    container=$1 ours=" $* "
    ! is_ours "${container}" || for device in $(nics_of "${container}"); do
        case ${ours} in
        *" ${device} "*) ;;
        *) run {{client}} config device add "${container}" "${device}" none ;;
        esac
    done
}

# nics_of CONTAINER: the names of its devices that are NICs, those of its profiles too
nics_of() {
    {{client}} config show "$1" --expanded 2>/dev/null </dev/null | awk '
        /^[^ ]/ { inside = $1 == "devices:" }
        inside && /^  [^ ]/ { name = $1; sub(/:$/, "", name) }
        inside && /^    type: nic$/ { print name }'
}

# may_use container|network NAME: as it is, since that was asked for now, or of an earlier up.sh
may_use() {
    [ "${adopt}" = yes ] || grep -qxF -e "$1 $2" "${state}/adopted" 2>/dev/null || return 1
    before=lend adopted="${adopted}$1 $2
"
}

# free_container NAME
free_container() {
    ! has_container "$1" || is_ours "$1" || may_use container "$1" ||
        problem "there is a container \"$1\" already, not of this topology: rename one of the two," \
            "or use it as it is with --adopt"
}

# free_network NAME
free_network() {
    if has_network "$1"; then
        is_our_network "$1" || may_use network "$1" ||
            problem "there is an {{product}} network \"$1\" already, not of this topology: rename one of the two," \
                "or use it as it is with --adopt"
    elif has_link "$1"; then
        problem "there is an interface \"$1\" already, not of {{product}}"
    fi
}

need_daemon() { {{client}} info >/dev/null 2>&1 </dev/null || problem 'no {{product}} daemon answers: is it running, and set up with "{{setUp}}"?'; }
