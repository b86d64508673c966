# quoted WORD…: a line that the shell reads as these words
quoted() {
    line=
    for word; do
        case ${word} in
        '' | *[!A-Za-z0-9_./:=@%+,-]*)
            rest=${word}\' word=
            while [ -n "${rest}" ]; do
                word=${word}${rest%%\'*}\'\\\'\'
                rest=${rest#*\'}
            done
            word=\'${word%"'\\''"}\'
            ;;
        *) ;;
        esac
        line=${line}${line:+ }${word}
    done
    printf '%s\n' "${line}"
}

# run COMMAND…: shows the command, and does it
run() {
    changes=yes
    printf '  %s\n' "$(quoted "$@")"
    [ "${dry_run}" = yes ] || {
        "${before}" "$@"
        "$@" </dev/null || failed "$@"
    }
}

# recorded UNDO…: true where the journal has this undo
recorded() { [ -f "${journal}" ] && grep -qxF -e "$(quoted "$@")" "${journal}"; }

# undo UNDO…: writes an undo into the journal, once
undo() { [ "${dry_run}" = yes ] || recorded "$@" || quoted "$@" >>"${journal}" || failed "$@"; }

# remember UNDO…: as undo, for what was made before the journal was lost
remember() { mkdir -p "${state}" && undo "$@"; }

# undo_all KEEP: does the undos of the journal, last first, but for its first KEEP lines
undo_all() {
    unfinished=no
    while IFS= read -r line; do
        [ -n "${line}" ] || continue
        trouble=no
        eval "${line}" || trouble=yes
        if [ "${trouble}" = yes ]; then
            unfinished=yes
        elif [ "${dry_run}" = no ]; then
            grep -vxF -e "${line}" "${journal}" >"${journal}.new"
            mv "${journal}.new" "${journal}"
        fi
    done <<END
$(tail -n "+$(($1 + 1))" "${journal}" | tac)
END
}

# forget: an empty journal needs no folder
forget() {
    [ "${dry_run}" = yes ] || [ -s "${journal}" ] || {
        rm -rf "${state}"
        rmdir "${state%/*}" "${state%/*/*}" 2>/dev/null
    }
}
