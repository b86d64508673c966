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
    [ "${listing}" = no ] || {
        "${before}" "$@"
        return 0
    }
    changes=yes
    quote "$@"
    printf '  %s\n' "${line}"
    [ "${dry_run}" = yes ] || {
        "${before}" "$@"
        "${remember}" "${written}" "$@"
        written=no
        "${touch}" "$@"
        "$@" </dev/null || failed "$@"
        "${learn}" "$@"
    }
}
