# list_instances [NAME]: what {{client}} says of containers, a line each: NAME,STATE,PID,MARK
list_instances() {
    quietly {{client}} list ${1+"^$1\$"} --columns n,s,p,user.topoc --format csv
}

# know_instances: `instances` is that, asked once; of a container that a command has changed since
# then, it has the name alone
know_instances() {
    newline='
'
    [ -n "${instances-}" ] || instances=${newline}$(list_instances)${newline}
}

# find_instance CONTAINER: sets `known` to what is known of it, without its name; false where there
# is none
find_instance() {
    know_instances
    case ${instances} in
    *"${newline}$1${newline}"*)
        known=${newline}$(list_instances "$1")${newline}${instances#*"${newline}$1${newline}"}
        instances=${instances%%"${newline}$1${newline}"*}${known}
        ;;
    *) ;;
    esac
    case ${instances} in
    *"${newline}$1,"*) ;;
    *) return 1 ;;
    esac
    known=${instances#*"${newline}$1,"}
    known=${known%%"${newline}"*}
}

# find_pid CONTAINER: sets `pid`, to 0 where it does not run; false where there is none
find_pid() {
    find_instance "$1" || return 1
    pid=${known#*,}
    pid=${pid%%,*}
    pid=${pid:-0}
}

# forget_instance COMMAND…: it may change what is known of a container
forget_instance() {
    case "$1 ${2-} ${3-}" in
    '{{client}} config set') set -- "$4" ;;
    '{{client}} config '*) return 0 ;;
    '{{client}} '[icsd]*) shift 2 ;;
    *) return 0 ;;
    esac
    [ -n "${instances-}" ] || return 0
    for instance; do
        case ${instance} in
        '' | *[!0-9A-Za-z-]* | -*) continue ;;
        *) ;;
        esac
        case ${instances} in
        *"${newline}${instance},"*)
            known=${instances#*"${newline}${instance},"}
            instances=${instances%%"${newline}${instance},"*}${newline}${known#*"${newline}"}
            ;;
        *) ;;
        esac
        instances=${newline}${instance}${instances}
    done
}

# look_inside COMMAND…: what asks about the network of a container is the host's own command there,
# where that may be: it says what the container's would, in a tenth of the time
look_inside() {
    if [ "$1 ${2-}" = '{{client}} exec' ] && find_pid "$4" && [ -r "/proc/${pid}/ns/net" ]; then
        shift 5
        nsenter --target "${pid}" --net "$@"
    else
        "$@"
    fi
}

# is_ours CONTAINER: true where this topology's up.sh made it
is_ours() {
    find_instance "$1" && case ${known} in
    *,*,"${owner}") true ;;
    *) false ;;
    esac
}

has_container() { ! is_lost "" in_network_of "$1" && find_instance "$1"; }

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
    ! is_lost "" in_network_of "$1" && find_instance "$1" && [ "${known%%,*}" = RUNNING ]
}

# in_network_of CONTAINER COMMAND…: runs the host's own command in a container's network
in_network_of() {
    find_pid "$1" || return 1
    shift
    nsenter --target "${pid}" --net "$@"
}

# delete_container NAME: never one that is not marked as this topology's
delete_container() { ! is_ours "$1" || run {{client}} delete --force "$1"; }

has_network() { ! is_lost "$1" && {{client}} network show "$1" >/dev/null 2>&1 </dev/null; }

is_our_network() { [ "$(quietly {{client}} network get "$1" user.topoc)" = "${owner}" ]; }

# delete_network NAME: never one that is not marked as this topology's
delete_network() { ! is_our_network "$1" || run {{client}} network delete "$1"; }

# stray_instances: undos of the networks and containers that carry the mark of this topology and
# host, in the order in which they are made
stray_instances() {
    quietly {{client}} network list --format csv | while IFS=, read -r name _ managed _; do
        [ "${managed}" != YES ] || ! is_our_network "${name}" ||
            printf 'delete_network %s\n' "${name}"
    done
    list_instances | while IFS=, read -r name _ _ mark; do
        [ "${mark}" != "${owner}" ] || printf 'delete_container %s\n' "${name}"
    done
}

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
