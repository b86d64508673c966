# quote WORD…: sets `line` to one that the shell reads as these words
quote() {
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
}

quoted() {
    quote "$@"
    printf '%s\n' "${line}"
}

# run COMMAND…: shows the command, and does it
run() {
    [ "${listing}" = no ] || return 0
    changes=yes
    printf '  %s\n' "$(quoted "$@")"
    [ "${dry_run}" = yes ] || {
        "${before}" "$@"
        "$@" </dev/null || failed "$@"
    }
}

# know_journal: `journaled` is what the journal has
know_journal() { [ -n "${journaled}" ] || journaled=$(cat "${journal}" 2>/dev/null)${newline}; }

# recorded UNDO…: true where the journal has this undo, whatever it is of
recorded() {
    know_journal
    quote "$@"
    case ${newline}${journaled} in
    *"${newline}${line}${newline}"* | *"${newline}${line} # "*) true ;;
    *) false ;;
    esac
}

# write_down LINE: into the journal, once
write_down() {
    [ "${listing}" = no ] || {
        printf '%s\n' "$1"
        return
    }
    [ "${dry_run}" = no ] || return 0
    know_journal
    case ${newline}${journaled} in
    *"${newline}$1${newline}"*) ;;
    *)
        printf '%s\n' "$1" >>"${journal}" || failed writing "${journal}"
        journaled=${journaled#"${newline}"}$1${newline}
        ;;
    esac
}

# undo UNDO…: writes an undo into the journal, once
undo() {
    quote "$@"
    write_down "${line}"
}

# note UNDO [WORD…]: the same for a line of shell, with the words that say what it undoes: where the two no longer belong
# together, a later up.sh undoes it first
note() {
    noted=$1
    shift
    [ $# -eq 0 ] || {
        quote "$@"
        noted="${noted} # ${line}"
    }
    write_down "${noted}"
}

# change UNDO COMMAND…: writes down both, then does the command
change() {
    note "$@"
    shift
    run "$@"
}

# remember UNDO…: as undo, for what was made before the journal was lost
remember() { mkdir -p "${state}" && undo "$@"; }

# undo_all KEEP: does the undos of the journal, last first, but for its first KEEP lines
undo_all() { undo_lines "$(tail -n "+$(($1 + 1))" "${journal}" | tac)"; }

# undo_lines LINES: does these undos of the journal, and takes them out of it
undo_lines() {
    unfinished=no
    while IFS= read -r entry; do
        [ -n "${entry}" ] || continue
        trouble=no
        eval "${entry}" || trouble=yes
        if [ "${trouble}" = yes ]; then
            unfinished=yes
        elif [ "${dry_run}" = yes ]; then
            lose "${entry}"
        else
            grep -vxF -e "${entry}" "${journal}" >"${journal}.new"
            mv "${journal}.new" "${journal}"
            journaled=
        fi
    done <<END
$1
END
}

# forget: an empty journal needs no folder
forget() {
    [ "${dry_run}" = yes ] || [ -s "${journal}" ] || {
        rm -rf "${state}"
        rmdir "${state%/*}" "${state%/*/*}" 2>/dev/null
    }
}
