# is_ours CONTAINER: true where this topology's up.sh made it
is_ours() { [ "$(quietly {{client}} config get "$1" user.topoc)" = "${owner}" ]; }

has_container() {
    ! is_lost "" in_network_of "$1" && quietly {{client}} config show "$1" >/dev/null
}

has_device() { shows {{client}} config device get "$1" "$2" type; }

# has_nic CONTAINER DEVICE KEY=VALUE…: true where the device is there with these properties and no
# others
has_nic() {
    ! is_lost "" in_network_of "$1" || return 1
    container=$1 device=$2
    shift 2
    [ "$(quietly {{client}} config device show "${container}" | awk -v device="${device}:" '
        /^[^ ]/ { inside = $1 == device; next }
        inside && $1 != "type:" {
            value = substr($0, index($0, ": ") + 2); gsub(/"/, "", value)
            print substr($1, 1, length($1) - 1) "=" value
        }' | sort)" = "$(printf '%s\n' "$@" | sort)" ] || {
        is_lent "${container}" && has_device "${container}" "${device}"
    }
}

# drop_nic CONTAINER DEVICE: one that is another than it shall be
drop_nic() {
    is_lost "" in_network_of "$1" || ! has_device "$1" "$2" || is_lent "$1" ||
        run {{client}} config device remove "$1" "$2"
}

# is_lent CONTAINER: true where it is used as it is, since --adopt was said
is_lent() { has_container "$1" && ! is_ours "$1"; }

is_running() {
    ! is_lost "" in_network_of "$1" &&
        [ "$(quietly {{client}} list "^$1\$" --columns s --format csv)" = RUNNING ]
}

# in_network_of CONTAINER COMMAND…: runs the host's own command in a container's network
in_network_of() {
    container=$1
    shift
    pid=$(quietly {{client}} list "^${container}\$" --columns p --format csv)
    nsenter --target "${pid:-0}" --net "$@"
}

# delete_container NAME: never one that is not marked as this topology's
delete_container() { ! is_ours "$1" || run {{client}} delete --force "$1"; }

has_network() { ! is_lost "$1" && {{client}} network show "$1" >/dev/null 2>&1 </dev/null; }

is_our_network() { [ "$(quietly {{client}} network get "$1" user.topoc)" = "${owner}" ]; }

# delete_network NAME: never one that is not marked as this topology's
delete_network() { ! is_our_network "$1" || run {{client}} network delete "$1"; }

# hide_other_nics CONTAINER DEVICE…: those that its profiles give it are none of the topology's, nor
# are those of an earlier one
hide_other_nics() {
    ! is_lost "" in_network_of "$1" || return 0
    container=$1 ours=" $* "
    ! is_ours "${container}" || for device in $(nics_of "${container}"); do
        case ${ours} in
        *" ${device} "*) ;;
        *)
            if has_device "${container}" "${device}"; then
                run {{client}} config device remove "${container}" "${device}"
            else
                run {{client}} config device add "${container}" "${device}" none
            fi
            ;;
        esac
    done
}

# set_network NETWORK KEY=VALUE…: what an edit has changed
set_network() {
    network=$1
    shift
    if is_lost "${network}" || ! is_our_network "${network}"; then return 0; fi
    for setting; do
        [ "$(quietly {{client}} network get "${network}" "${setting%%=*}")" = "${setting#*=}" ] ||
            run {{client}} network set "${network}" "${setting}"
    done
}

# nics_of CONTAINER: the names of its devices that are NICs, those of its profiles too
nics_of() {
    quietly {{client}} config show "$1" --expanded | awk '
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
        problem "there is a container \"$1\" already, not of this topology:" \
            'rename one of the two, or use it as it is with --adopt'
}

# free_network NAME
free_network() {
    if has_network "$1"; then
        is_our_network "$1" || may_use network "$1" ||
            problem "there is an {{product}} network \"$1\" already, not of this topology:" \
                'rename one of the two, or use it as it is with --adopt'
    elif has_link "$1"; then
        problem "there is an interface \"$1\" already, not of {{product}}"
    fi
}

need_daemon() {
    quietly {{client}} info >/dev/null ||
        problem 'no {{product}} daemon answers: is it running, and set up with "{{setUp}}"?'
}
