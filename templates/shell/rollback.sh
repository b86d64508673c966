roll_back() {
    trap '' HUP INT TERM
    [ "${dry_run}" = no ] || return 0
    if [ "${keep_on_failure}" = yes ]; then
        say "${me}: left as it is: ${me} goes on from here, ${away} takes it away" >&2
    else
        say 'undoing:'
        undoing=yes
        undo_all "${done_before}"
        [ "${unfinished}" = no ] || say "${me}: not all could be undone; what is left is in ${journal}" >&2
        forget
    fi
}

# watch: undoes all of it when the time is over, unless that was confirmed; it outlives the terminal, and this script
watch() {
    trap '' HUP INT
    trap 'kill "${sleeper}"; exit 0' TERM
    exec 9>&- >"${state}/watch.log" 2>&1
    sleep "${confirm}" &
    sleeper=$!
    wait "${sleeper}"
    [ ! -f "${state}/confirmed" ] || return 0
    kill -TERM "$$" 2>/dev/null
    exec 9>"${state}/lock"
    flock -w 60 9 || return 1
    if [ -s "${journal}" ]; then
        roll_back
    fi
}

# ask: for the answer, on the terminal or by a file
ask() {
    say "Is this host still reached? All is undone in ${confirm} seconds, unless you run: touch ${state}/confirmed"
    if [ -t 1 ] && { : </dev/tty; } 2>/dev/null; then
        printf 'or type yes: '
        read -r answer </dev/tty
        [ "${answer}" != yes ] || : >"${state}/confirmed"
        [ -f "${state}/confirmed" ] || failed not confirmed
    else
        until [ -f "${state}/confirmed" ]; do sleep 0.2; done
    fi
    kill "${watcher}" 2>/dev/null
    say 'confirmed'
}
