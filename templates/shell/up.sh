#!/bin/sh
# up.sh: makes {{hostComment}} its part of {{titleComment}}.
{{#descriptionLines}}
# {{.}}
{{/descriptionLines}}
# Run it as root on that host, by hand or as in: ssh HOST sh -s <up.sh
# Written by topoc; change the topology file instead, and build again.
#
# list_undos changes what is so in itself alone. A question's failure is its answer; changes go
# through run, which sees to failures.
# shellcheck disable=SC2030,SC2031,SC2312

# commands: what a person would type, in this order. What is done already is left out; what undoes a
# command is written down before it is done.
commands() {
    cat <<'END'
{{#commands}}
{{.}}
{{/commands}}
END
}

# check: all that can be known to go wrong, before anything is changed
check() {
{{#checks}}
    {{.}}
{{/checks}}
}

{{#persists}}
# persist CONTAINER: the files by which it finds its network again when it starts by itself
persist() {
    case $1 in
{{#persistence}}
    {{pattern}})
{{#lines}}
        {{.}}
{{/lines}}
        ;;
{{/persistence}}
    *) ;;
    esac
}

{{/persists}}
# passages: what passes also where the FORWARD chain of iptables drops what no rule lets pass, as
# Docker has it
passages() {
{{#passages}}
    {{.}}
{{/passages}}
    true
}

state={{state}}
owner={{owner}}
host={{host}}
# Those of the network, as options of ip(8).
families={{families}}

# The rest is the engine, the same in each up.sh for containers of the same kinds: how each command
# is seen to be done and undone, then the order of things.

{{common}}
me=up.sh
away=down.sh
keep_on_failure=no
prune=no
{{#instances}}
adopt=no
# What is used as it is, a line each.
adopted=
{{/instances}}
take_lease=no
confirm=0
changes=no
undoing=no
# Whether an edit is followed, in place of all being undone.
converging=no
# What the journal is to have in the end, as far as it was asked for.
wanted=
problems=no

usage() {
    say 'usage: up.sh [--dry-run] [--keep] [--prune] [--confirm SECONDS] [--take-lease]{{#instances}} [--adopt]{{/instances}}'
    say '  --dry-run  print the commands that are needed, and change nothing'
    say '  --keep     when a command fails, leave what was done; else it is undone'
    say '  --prune    delete containers that the topology no longer has, with all that is in them'
    say '  --take-lease  move addresses to a bridge that a DHCP client has got, for as long as they'
    say '             are valid'
    say '  --confirm  undo all of it unless you answer within that time; needed where the way to'
    say '             this host is changed'
{{#instances}}
    say '  --adopt    use containers and {{product}} networks of these names as they are,'
    say '             where they are there already; down.sh leaves them as they were, and until'
    say '             then it need not be said again'
{{/instances}}
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

{{functions}}

touch=forget_asked learn=learn_started look=look_inside

# compile [snapshot]: the list as calls of these functions, but for what the snapshot shows to be
# done
compile() {
    # A snapshot that fails, as another user's does, leaves nothing out.
    {
        "${1:-:}" || true
        printf '@list\n'
        commands
    } |
        awk -v families="${families}" "$(state_words) $(form_words)
        END {
            for (pass = 1; pass <= 2; pass++) {
                for (number = 1; number <= total; number++) {
                    take(lines[number])
{{#instances}}
                    $(instance_forms)
{{/instances}}
{{#docker}}
                    $(docker_forms)
{{/docker}}
                    $(ip_forms)
                    if (pass == 2) out(\"failed \" text)
                }
                for (number = 1; number <= joined; number++) {
                    port = order[number]
                    if (!(port in made)) nics[ports[port]] = nics[ports[port]] \" \" port
                }
            }
            flush()
        }"
}

# What list_undos answers with no, and what it leaves out, since that only puts right and has no
# undo.
questions='comes_by_units filters_no_vlans filters_vlans floods_to has_address has_container
    has_docker has_docker_network has_inner has_link has_mac has_mtu has_netns has_netns_folder
    has_network has_nic has_no_stp has_port has_proxy has_route has_stp has_vlan is_lent is_linked
    is_plain_port is_plugged is_running is_set is_up runs_docker translates'
actions='clear_link clear_netns drop_nic forget_peers hide_other_nics leave_port only_routes
    only_vlans persist set_network settle settle_forwarding tell_in_docker'

# list_strays: undos of all that carries the mark of this topology and host, a line each
list_strays() {
{{#instances}}
    stray_instances
{{/instances}}
{{#docker}}
    stray_dockers
{{/docker}}
    :
}

# make: each change, unless it is there already
make() {
    eval "${made}"
    passages
}

# failed COMMAND…: a command failed; what this run did is undone
failed() {
    say "up.sh: this failed: $(quoted "$@")" >&2
    if [ "${undoing}" = yes ]; then
        trouble=yes
    else
        roll_back
        exit 1
    fi
}

while [ $# -gt 0 ]; do
    case $1 in
    --dry-run) dry_run=yes ;;
    --keep) keep_on_failure=yes ;;
    --prune) prune=yes ;;
    --take-lease) take_lease=yes ;;
{{#instances}}
    --adopt) adopt=yes ;;
{{/instances}}
    --confirm)
        case ${2:-} in
        '' | *[!0-9]* | 0*) usage >&2 && exit 2 ;;
        *) confirm=$2 && shift ;;
        esac
        ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done

made=$(compile) || exit 3
every=${made}
[ "${dry_run}" = yes ] || [ "$(id -u)" -eq 0 ] || problem 'needs root: try sudo'
see_journal
trust_journal
check
guard_stale
if [ "${dry_run}" = yes ]; then
    converge
    # What it would have undone is there still.
    [ -n "${stale}" ] || made=$(compile snapshot)
    make
    [ "${problems}" = no ] || exit 3
    exit 0
fi
[ "${problems}" = no ] || {
    say 'up.sh: nothing was changed' >&2
    exit 3
}

mkdir -p "${state}" || exit 3
exec 9>"${state}/lock"
flock -n 9 || {
    say "up.sh: another run is at work in ${state}" >&2
    exit 3
}
[ -f "${journal}" ] || printf '' >"${journal}" || exit 3
mend_journal
# Another run may have been at work until now.
journaled=
wanted=
find_stale
{{#instances}}
[ -z "${adopted}" ] || printf '%s' "${adopted}" >"${state}/adopted"
{{/instances}}
begin_run
[ ! -f "${state}/complete" ] || remember=remember_back
trap 'say "up.sh: stopped" >&2; roll_back; exit 1' HUP INT TERM
if [ "${confirm}" -gt 0 ]; then
    rm -f "${state}/confirmed"
    watch &
    watcher=$!
fi
converge
share
made=$(compile snapshot) || failed compile snapshot
make
settle_routes
[ "${confirm}" -eq 0 ] || ask
: >"${state}/complete"
[ "${changes}" = yes ] || say '  nothing to do: all of it is there'
say "${host}: up"
