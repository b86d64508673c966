#!/bin/sh
# down.sh: takes away what up.sh made on {{hostComment}} for {{titleComment}}, and nothing else.
# Run it as root on that host. It works off up.sh's journal, last change first; --dry-run prints
# what that is.
# Written by topoc; change the topology file instead, and build again.
#
# A question's failure is its answer; changes go through run, which sees to failures.
# shellcheck disable=SC2312

state={{state}}
{{#needsOwner}}
owner={{owner}}
{{/needsOwner}}

{{common}}
me=down.sh
changes=no
problems=no
# Nothing follows: all is undone.
converging=no

usage() {
    say 'usage: down.sh [--dry-run]'
    say '  --dry-run  print the commands that are needed, and change nothing'
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

{{functions}}

touch=forget_asked learn=learn_started look=look_inside

# failed COMMAND…: what could not be undone stays in the journal, for the next down.sh
failed() {
    say "down.sh: this failed: $(quoted "$@")" >&2
    trouble=yes
}

for option; do
    case ${option} in
    --dry-run) dry_run=yes ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
done

[ "${dry_run}" = yes ] || [ "$(id -u)" -eq 0 ] || problem 'needs root: try sudo'
# What cannot be asked is not gone.
{{#needs}}
{{.}}
{{/needs}}
see_journal
trust_journal
[ "${problems}" = no ] || [ "${dry_run}" = yes ] || {
    say 'down.sh: nothing was changed' >&2
    exit 3
}
{{#marks}}
# A reboot takes the journal, and leaves what carries a mark.
strays=
{{#instances}}
[ -s "${journal}" ] || strays=$(stray_instances)
{{/instances}}
{{#docker}}
[ -s "${journal}" ] || strays="${strays}${newline}$(stray_dockers)"
{{/docker}}
{{/marks}}
{{#outlives}}
{{.}}
{{/outlives}}
{{#marks}}
remember_all "${strays}"
{{/marks}}
[ -f "${journal}" ] || {
    say {{nothingWord}}
    exit 0
}
[ "${dry_run}" = yes ] || {
    printf '' 2>/dev/null >>"${state}/lock" || {
        say "down.sh: cannot write in ${state}: is it read-only?" >&2
        exit 3
    }
    exec 9>"${state}/lock"
    flock -n 9 || {
        say "down.sh: another run is at work in ${state}" >&2
        exit 1
    }
    mend_journal
    rm -f "${state}/complete"
}
undo_all
forget
[ "${unfinished}" = no ] || {
    say "down.sh: not all could be undone; what is left is in ${journal}" >&2
    exit 1
}
[ "${changes}" = yes ] || say '  nothing to do: none of it is there any more'
[ "${dry_run}" = yes ] || say {{doneWord}}
