#!/bin/sh
# up.sh: makes {{hostComment}} its part of {{titleComment}}.
{{#descriptionLines}}
# {{.}}
{{/descriptionLines}}
# Run it as root on that host, by hand or as in: ssh HOST sh -s <up.sh
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2030,SC2031 # list_undos changes what is so in itself alone
# shellcheck disable=SC2312 # a question's failure is its answer; changes go through run, which sees to failures

# check: all that can be known to go wrong, before anything is changed
check() {
{{#checks}}
    {{.}}
{{/checks}}
}

# make: each change, unless it is there already; `change` writes down the undo, its first word, before it does the command
make() {
{{#sections}}
    # --- {{title}} ---
{{#comments}}
    # {{.}}
{{/comments}}
{{#lines}}
    {{.}}
{{/lines}}

{{/sections}}
    true
}

# The rest is how this is done: what the words above mean, then the order of things.

{{common}}
me=up.sh
away=down.sh
keep_on_failure=no
prune=no
# What the functions of make are called with answers: these with no, and those with nothing, where only undos are listed.
questions={{questions}}
actions={{actions}}
{{#adopts}}
adopt=no
# What is used as it is, a line each.
adopted=
{{/adopts}}
{{#handsOver}}
take_lease=no
{{/handsOver}}
confirm=0
changes=no
undoing=no
# Whether an edit is followed, in place of all being undone.
converging=no
# What the journal is to have in the end, as far as it was asked for.
wanted=
problems=no

usage() {
    say 'usage: up.sh [--dry-run] [--keep] [--prune] [--confirm SECONDS]{{#handsOver}} [--take-lease]{{/handsOver}}{{#adopts}} [--adopt]{{/adopts}}'
    say '  --dry-run  print the commands that are needed, and change nothing'
    say '  --keep     when a command fails, leave what was done; else it is undone'
    say '  --prune    delete containers that the topology no longer has, with all that is in them'
{{#handsOver}}
    say '  --take-lease  move addresses to a bridge that a DHCP client has got, for as long as they are valid'
{{/handsOver}}
    say '  --confirm  undo all of it unless you answer within that time; needed where the way to this host is changed'
{{#adopts}}
    say '  --adopt    use containers and {{product}} networks of these names as they are, where they are there already;'
    say '             down.sh leaves them as they were, and until then it need not be said again'
{{/adopts}}
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

{{functions}}

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
{{#handsOver}}
    --take-lease) take_lease=yes ;;
{{/handsOver}}
{{#adopts}}
    --adopt) adopt=yes ;;
{{/adopts}}
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

[ "${dry_run}" = yes ] || [ "$(id -u)" -eq 0 ] || problem 'needs root: try sudo'
see_journal
trust_journal
check
guard_stale
if [ "${dry_run}" = yes ]; then
    converge
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
{{#adopts}}
[ -z "${adopted}" ] || printf '%s' "${adopted}" >"${state}/adopted"
{{/adopts}}
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
make
settle_routes
[ "${confirm}" -eq 0 ] || ask
: >"${state}/complete"
[ "${changes}" = yes ] || say '  nothing to do: all of it is there'
say {{doneWord}}
