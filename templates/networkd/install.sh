#!/bin/sh
# install.sh: gives the network of {{hostComment}} in {{titleComment}} to systemd-networkd, by which it is there after a reboot.
# Run it as root on that host, in the folder with the units that it puts in place; --uninstall takes all of it away.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2310,SC2312 # a question's failure is its answer; changes go through run, which sees to failures

# check: all that can be known to go wrong, before anything is changed
check() {
{{#checks}}
    {{.}}
{{/checks}}
}

# former: what there was before, where it is not as the units have it, so that it can be put back
former() {
{{#former}}
    {{.}}
{{/former}}
}

# make: the units to where systemd-networkd reads them
make() {
{{#units}}
    {{.}}
{{/units}}
}

# The rest is how this is done: what the words above mean, then the order of things.

state={{state}}
owner={{owner}}

{{common}}
here=$(cd "$(dirname "$0")" && pwd -P) || exit 3
me=install.sh
away='install.sh --uninstall'
uninstall=no
keep_on_failure=no
confirm=0
changes=no
undoing=no
problems=no
stale=no

usage() {
    say 'usage: install.sh [--uninstall] [--dry-run] [--keep] [--confirm SECONDS]'
    say '  --uninstall  take the units away, and the devices that were made by them; put back what there was'
    say '  --dry-run    print the commands that are needed, and change nothing'
    say '  --keep       when a command fails, leave what was done; else it is undone'
    say '  --confirm    undo all of it unless you answer within that time; needed where the way to this host is changed'
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

{{functions}}

# failed COMMAND…: a command failed; what this run did is undone
failed() {
    say "install.sh: this failed: $(quoted "$@")" >&2
    if [ "${undoing}" = yes ]; then
        trouble=yes
    else
        roll_back
        exit 1
    fi
}

# take_away: what is in the journal, last change first
take_away() {
    [ -f "${journal}" ] || {
        forget
        say {{nothingWord}}
        return 0
    }
    undoing=yes
    undo_all
    forget
    [ "${unfinished}" = no ] || {
        say "install.sh: not all could be undone; what is left is in ${journal}" >&2
        return 1
    }
    [ "${dry_run}" = yes ] || say {{goneWord}}
}

while [ $# -gt 0 ]; do
    case $1 in
    --uninstall) uninstall=yes ;;
    --dry-run) dry_run=yes ;;
    --keep) keep_on_failure=yes ;;
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
[ "${uninstall}" = yes ] || check
[ "${problems}" = no ] || [ "${dry_run}" = yes ] || {
    say 'install.sh: nothing was changed' >&2
    exit 3
}
[ "${dry_run}" = yes ] || {
    mkdir -p "${state}" || exit 3
    exec 9>"${state}/lock"
    flock -n 9 || {
        say "install.sh: another run is at work in ${state}" >&2
        exit 3
    }
}
if [ "${uninstall}" = yes ]; then
    take_away
    exit
fi
[ "${dry_run}" = yes ] || [ -f "${journal}" ] || : >"${journal}"
[ "${dry_run}" = yes ] || begin_run
trap 'say "install.sh: stopped" >&2; roll_back; exit 1' HUP INT TERM
if [ "${confirm}" -gt 0 ] && [ "${dry_run}" = no ]; then
    rm -f "${state}/confirmed"
    watch &
    watcher=$!
fi
former
# Undone after the files are gone: systemd-networkd lets go of what it has no unit of.
keep_networkd
make
enable_at_boot
{ networkd_runs && ! [ -e "${state}/stale" ]; } || stale=yes
[ "${stale}" = no ] || reread
await_links {{links}}
[ "${problems}" = no ] || exit 3
[ "${dry_run}" = no ] || exit 0
[ "${confirm}" -eq 0 ] || ask
: >"${state}/complete"
[ "${changes}" = yes ] || say '  nothing to do: all of it is there'
say {{doneWord}}
