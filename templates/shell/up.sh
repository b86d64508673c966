#!/bin/sh
# up.sh: makes {{{hostComment}}} its part of {{{titleComment}}}.
{{#descriptionLines}}
# {{{.}}}
{{/descriptionLines}}
# Run it as root on that host, by hand or as in: ssh HOST sh -s <up.sh
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # a question's failure is its answer; changes go through run, which sees to failures

# check: all that can be known to go wrong, before anything is changed
check() {
{{#checks}}
    {{{.}}}
{{/checks}}
}

# make: each change, unless it is there already; what comes before `run` is for undoing it
make() {
{{#sections}}
    # --- {{{title}}} ---
{{#comments}}
    # {{{.}}}
{{/comments}}
{{#lines}}
    {{{.}}}
{{/lines}}

{{/sections}}
    true
}

# The rest is how this is done: what the words above mean, then the order of things.

{{{common}}}
keep_on_failure=no
changes=no
undoing=no
problems=no

usage() {
    say 'usage: up.sh [--dry-run] [--keep]'
    say '  --dry-run  print the commands that are needed, and change nothing'
    say '  --keep     when a command fails, leave what was done; else it is undone'
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

{{{functions}}}

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

roll_back() {
    trap '' HUP INT TERM
    [ "${dry_run}" = no ] || return 0
    if [ "${keep_on_failure}" = yes ]; then
        say 'up.sh: left as it is: up.sh goes on from here, down.sh takes it away' >&2
    else
        say 'undoing:'
        undoing=yes
        undo_all "${done_before}"
        [ "${unfinished}" = no ] || say "up.sh: not all could be undone; what is left is in ${journal}" >&2
        forget
    fi
}

problem() {
    say "up.sh: $*" >&2
    problems=yes
}

# need COMMAND PACKAGE
need() { command -v "$1" >/dev/null || problem "\"$1\" is not installed; on Debian and Ubuntu: apt install $2"; }

for option; do
    case ${option} in
    --dry-run) dry_run=yes ;;
    --keep) keep_on_failure=yes ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
done

[ "${dry_run}" = yes ] || [ "$(id -u)" -eq 0 ] || problem 'needs root: try sudo'
check
if [ "${dry_run}" = yes ]; then
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
[ -f "${journal}" ] || : >"${journal}"
done_before=0
[ ! -f "${state}/complete" ] || done_before=$(wc -l <"${journal}")
trap 'say "up.sh: stopped" >&2; roll_back; exit 1' HUP INT TERM
make
: >"${state}/complete"
[ "${changes}" = yes ] || say '  nothing to do: all of it is there'
say {{{doneWord}}}
