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
        written=yes
        ;;
    esac
}

# undo UNDO…: writes an undo into the journal, once
undo() {
    quote "$@"
    write_down "${line}"
}

# note UNDO [WORD…]: the same for a line of shell, with the words that say what it undoes: where the
# two no longer belong together, a later up.sh undoes it first
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

# remember_all UNDOS: a line each
remember_all() {
    while read -r undo name; do
        [ -z "${undo}" ] || remember "${undo}" "${name}"
    done <<END
$1
END
}

# trust_journal: what is in it is run, so the folders are root's alone
trust_journal() {
    for folder in "${state%/*/*}" "${state%/*}" "${state}"; do
        # shellcheck disable=SC2046 # the words of a line
        set -- $(ls -lnd "${folder}" 2>/dev/null)
        case "${1:-d---------}:${3:-0}" in
        d????-??-*:0) ;;
        *)
            problem "${folder} is not root's alone, and what is in it would be run as root:" \
                'look at it, and take it away'
            return
            ;;
        esac
    done
}

# rewrite COMMAND…: the journal is what the command prints; where that cannot be written, all of it
# stays as it is
rewrite() {
    { "$@" >"${journal}.new" && mv "${journal}.new" "${journal}"; } || {
        say "${me}: cannot write ${journal}: is ${state%/*/*} full, or read-only?" >&2
        return 1
    }
    journaled=
}

# mend_journal: a line without its end was never acted upon
mend_journal() {
    [ ! -s "${journal}" ] || [ -z "$(tail -c 1 "${journal}")" ] || rewrite sed \$d "${journal}" ||
        exit 3
}

# see_journal: another user's dry run cannot know what is there
see_journal() {
    folder=${state}
    while [ "${folder}" != "${state%/*/*}" ] && [ ! -e "${folder}" ]; do folder=${folder%/*}; done
    [ ! -e "${folder}" ] || { [ -r "${folder}" ] && [ -x "${folder}" ]; } ||
        say "${me}: cannot read ${folder}: this is what would be done if nothing were there yet" >&2
}

# undo_all: does the undos of the journal, last first
undo_all() { undo_lines "$(tac "${journal}")"; }

# undo_lines LINES: does these undos of the journal, and takes them out of it
undo_lines() {
    unfinished=no
    many='' number=0
    while IFS= read -r entry; do
        case ${entry} in
        '') continue ;;
        'delete_netns '* | 'delete_link '*' type veth '*)
            many="${many}${entry}${newline}" number=$((number + 1))
            [ "${number}" -ge 200 ] || continue
            entry=
            ;;
        *) ;;
        esac
        undo_many "${many}"
        many='' number=0
        [ -z "${entry}" ] || undo_line "${entry}"
    done <<END
$1
END
    undo_many "${many}"
}

# undo_line LINE
undo_line() {
    trouble=no
    if ! is_undo "$1"; then
        shown=$(printf '%s' "$1" | tr -c '[:print:]' '?')
        say "${me}: not a line of a journal, left in ${journal}: ${shown}" >&2
        trouble=yes
    elif is_shared "$1"; then
        say "  # another topology has this, too: ${1%% # *}"
    else
        eval "$1" || trouble=yes
    fi
    if [ "${trouble}" = yes ]; then
        unfinished=yes
    elif [ "${dry_run}" = yes ]; then
        lose "$1"
    else
        strike "$1"
    fi
}

# undo_many LINES: namespaces, and links into them, in one process; many links as a group, since the
# kernel takes its time for each
undo_many() {
    [ -n "$1" ] || return 0
    group=1953460335
    links='' others='' count=0
    if [ "${dry_run}" = no ] && [ "${remember}" = : ] && ! shows ip link show group "${group}"; then
        while read -r verb name rest; do
            case ${name} in
            '' | *[!A-Za-z0-9_.+@-]*) continue ;;
            *) ! is_shared "${verb} ${name}" || continue ;;
            esac
            case ${verb} in
            delete_link) ! has_link "${name}" || links="${links} ${name}" count=$((count + 1)) ;;
            *) [ ! -e "/run/netns/${name}" ] || others="${others}netns delete ${name}${newline}" ;;
            esac
        done <<END
$1
END
    fi
    batch=
    for name in ${links}; do
        if [ "${count}" -gt 20 ]; then
            batch="${batch}link set dev ${name} group ${group}${newline}"
        else
            batch="${batch}link delete dev ${name}${newline}"
        fi
    done
    [ "${count}" -le 20 ] || batch="${batch}link delete group ${group}${newline}"
    others=${batch}${others}
    [ -z "${others}" ] || {
        changes=yes
        printf '%s' "${others}" | sed 's/^/  ip /'
        # What is left is seen to line by line.
        {
            printf '%s' "${others}" >"${state}/together" &&
                quietly ip -force -batch "${state}/together" >/dev/null
        } || others=
    }
    if [ -n "${others}" ]; then
        strike "${1%"${newline}"}"
    else
        while IFS= read -r one; do
            [ -z "${one}" ] || undo_line "${one}"
        done <<END
$1
END
    fi
}

# is_undo LINE: words, whole, of which the first is an undo's name
is_undo() {
    case $1 in
    delete_* | remove_* | release_* | put_back_* | take_down* | hand_back*) ;;
    # Of install.sh.
    uninstall_file* | disable_at_boot* | stop_networkd* | reread* | reset_settings*) ;;
    *) return 1 ;;
    esac
    case $1 in
    *[!A-Za-z0-9_.,:=@%+/\ #-]*) (eval "set -- $1") 2>/dev/null || return 1 ;;
    *) ;;
    esac
    command -v "${1%% *}" >/dev/null
}

# strike LINES: out of the journal
strike() { rewrite all_but "$1" || unfinished=yes; }

all_but() { grep -vxF -e "$1" "${journal}" || [ $? -eq 1 ]; }

# other_journals: the journals of other topologies on this host
other_journals() { find "${state%/*/*}" -name journal -type f ! -path "${journal}" 2>/dev/null; }

# is_shared LINE: true where another topology on this host has the same to be undone: it is left to
# that
is_shared() {
    [ "${theirs}" != '?' ] || theirs=$(other_journals | xargs -r sed 's/ # .*//')${newline}
    case ${newline}${theirs} in
    *"${newline}${1%% # *}${newline}"*) true ;;
    *) false ;;
    esac
}

# share: what another topology has done of what this one needs is undone with the last of the two,
# and then last of all
share() {
    for other in $(other_journals); do
        know_wanted
        shared=$({
            printf '%s\n\n' "${wanted}" && cat "${journal}" && printf '\n' && cat "${other}"
        } | awk '
            $0 == "" { part++; next }
            { undo = $0; sub(/ # .*/, "", undo) }
            part == 0 { whole[undo] = $0 }
            part == 1 { delete whole[undo] }
            part == 2 && undo in whole { print whole[undo] }')
        [ -z "${shared}" ] || {
            # What it has kept of before, but not what it has noted of its own runs.
            find "${other%/*}" -maxdepth 1 -type f -name '*.*' ! -name 'journal.*' ! -name '*.log' \
                ! -name '*.list' ! -name '*.new' -exec cp -n -p {} "${state}" \; ||
                failed cp "${other%/*}" "${state}"
            rewrite put_first "${shared}" || failed writing "${journal}"
        }
    done
}

put_first() { printf '%s\n' "$1" && cat "${journal}"; }

# forget: an empty journal needs no folder
forget() {
    [ "${dry_run}" = yes ] || [ -s "${journal}" ] || {
        rm -rf "${state}"
        rmdir "${state%/*}" "${state%/*/*}" 2>/dev/null
    }
}
