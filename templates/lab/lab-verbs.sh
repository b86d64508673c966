up() {
    check
    [ "${units}" = no ] || need_networkd
    need_ours
    alone
    was_up=no
    [ ! -e "${place}/complete" ] || was_up=yes
    making=yes
    trap 'say "lab.sh: stopped" >&2; give_up' HUP INT TERM
    new_place
    forget_hosts
    make
    for host in ${hosts}; do
        [ "${units}" = no ] || install_units "${host}"
        say "--- ${host}: up.sh ---"
        in_host "${host}" sh "${scripts}/${host}/up.sh" ${keep:+"${keep}"} </dev/null || failed "${host}/up.sh"
    done
    forget_plugs
    : >"${place}/complete"
    making=no
    exec 9>&-
}

# forget_hosts: those that the topology no longer has
forget_hosts() {
    while read -r former; do
        case " ${hosts} ${outsides} ${former}" in
        *" ${former} "* | *' ') ;;
        *)
            say "--- ${former}: no longer in the topology ---"
            leave "${former}"
            forget "${former}"
            { grep -vxF -e "${former}" "${place}/hosts" >"${place}/hosts.new" || true; } &&
                mv "${place}/hosts.new" "${place}/hosts"
            ;;
        esac
    done <<END
$(cat "${place}/hosts" 2>/dev/null)
END
}

# forget_plugs: the cables and the LANs that the topology no longer has; a host's up.sh has given up its NIC before
forget_plugs() {
    for link in $(in_lans ip -o link show | awk '{ sub(/@.*|:$/, "", $2); print $2 }'); do
        case "${links} lo " in
        *" ${link} "*) ;;
        *) need in_lans ip link delete dev "${link}" ;;
        esac
    done
}

# give_up: what was up before, up.sh has left as it was
give_up() {
    trap '' HUP INT TERM
    making=no
    if [ "${was_up}" = yes ] || [ -n "${keep}" ]; then
        say 'lab.sh: left as it is: up goes on from here, down takes it away' >&2
    else
        say 'taking down:'
        take_down
    fi
    exit 1
}

# one_stream: of all hosts' TAP, numbered through, with the one plan at its end
one_stream() {
    awk '
        /^1\.\.[0-9]+$/ { planned += substr($0, 4); next }
        /^Bail out!/ { failures++ }
        /^(not )?ok [0-9]+/ { seen++; failures += /^not/; sub(/ok [0-9]+/, "ok " seen) }
        { print; fflush() }
        END {
            print "1.." planned + 0
            print "# all hosts: " seen - failures " of " planned + 0 " hold"
            exit failures > 0 || seen + 0 != planned + 0
        }'
}

# script_of HOST: sets `script` to that of a host's checks, or of those from outside
script_of() {
    case $1 in
    outside:*) script=outside/${1#*:}.sh ;;
    *) script=$1/check.sh ;;
    esac
}

# check_on HOST [PART]: runs a host's checks, or those of a part
check_on() {
    script_of "$1"
    # Nobody outside may ask anything.
    case $1 in
    outside:*) [ -e "${scripts}/${script}" ] || return 0 ;;
    *) ;;
    esac
    say "# --- $1: ${script##*/}${2:+ $2} ---"
    in_host "$1" sh "${scripts}/${script}" ${2:+"$2"} </dev/null 2>&1 || say "# $1: not all holds"
}

# listen_on HOST: takes the connections that checks of other hosts make, until this script ends
listen_on() {
    script_of "$1"
    : >"${place}/$1.listens"
    in_host "$1" sh "${scripts}/${script}" listen "$$" </dev/null >"${place}/$1.listens" 2>&1 9>&- &
    waited=0
    until grep -q listening "${place}/$1.listens" || [ "${waited}" -ge 100 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
}

# test_all: what must pass is asked on all hosts before what must not, which proves nothing while nothing passes
test_all() {
    need_up
    need_ours
    for host in ${listeners}; do listen_on "${host}"; done
    {
        for host in ${hosts} ${outsides}; do
            case " ${silent_hosts} " in
            *" ${host} "*) check_on "${host}" passing ;;
            *) check_on "${host}" ;;
            esac
        done
        for host in ${silent_hosts}; do check_on "${host}" silent; done
    } | one_stream
}

# end_processes FILE: what somebody has started in a network namespace would keep it: first asked to end, then made to
end_processes() {
    for signal in TERM KILL; do
        pids=$(find /proc -maxdepth 3 -path '/proc/[0-9]*/ns/net' -lname "net:\[$(stat -L -c %i "$1")\]" 2>/dev/null |
            cut -d / -f 3)
        [ -n "${pids}" ] || return 0
        # shellcheck disable=SC2086 # several numbers
        kill -s "${signal}" ${pids} 2>/dev/null
        sleep 0.2
    done
}

# leave HOST: its containers' processes, too
leave() {
    in_host "$1" find /run/netns -type f 2>/dev/null | while read -r file; do
        for signal in TERM KILL; do
            pids=$(in_host "$1" ip netns pids "${file##*/}")
            # shellcheck disable=SC2086 # several numbers
            [ -z "${pids}" ] || { kill -s "${signal}" ${pids} && sleep 0.2; } 2>/dev/null
        done
    done
    end_processes "${place}/$1.net"
}

# take_down: by what is there, whatever this script would make
take_down() {
    rm -f "${place}/complete"
    made=$(tac "${place}/hosts" 2>/dev/null)
    for host in ${made}; do
        [ ! -e "${place}/${host}.ready" ] || {
            leave "${host}"
            [ ! -e "${scripts}/${host}/down.sh" ] || {
                say "--- ${host}: down.sh ---"
                in_host "${host}" sh "${scripts}/${host}/down.sh" </dev/null || trouble=yes
            }
        }
    done
    ! is_kept "${place}/.lans.net" || end_processes "${place}/.lans.net"
    for host in ${made} .lans; do forget "${host}"; done
    ! is_mount "${place}" || umount "${place}" || trouble=yes
    ! [ -d "${place}" ] || rmdir "${place}" || trouble=yes
    rm -f "${lock}"
    rmdir "${place%/*}" 2>/dev/null
    [ "${trouble}" = no ] || failed to take all of it down
}

down() {
    [ -d "${place}" ] || {
        say 'lab.sh: nothing is up'
        return 0
    }
    need_ours
    alone
    trap '' HUP INT TERM
    take_down
}

status() {
    [ -e "${place}/folder" ] || {
        say 'nothing is up'
        return 1
    }
    say "from $(cat "${place}/folder")"
    [ -e "${place}/complete" ] || {
        say 'half of it is up: up goes on from here, down takes it away'
        return 1
    }
    for host in ${hosts} ${outsides}; do
        say "--- ${host} ---"
        in_host "${host}" ip -brief address
    done
    say '--- LANs ---'
    in_lans ip -brief link
}

# run_all: whatever happens, nothing is left
run_all() {
    up
    trap 'say "lab.sh: stopped" >&2; down; exit 1' HUP INT TERM
    test_all
    result_of_test=$?
    down
    return "${result_of_test}"
}
