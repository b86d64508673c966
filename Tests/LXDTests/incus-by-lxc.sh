#!/bin/sh
# incus-by-lxc.sh: takes the words of incus(1), 6.0 to 7.0, that a test may use, and hands them to `lxc`.
# Forms and options are those of the manual pages incus-create(1), incus-config-set(1), incus-exec(1) and so on.
set -u

refuse() {
    printf '%s\n' "$*" >>/run/refused
    printf 'Error: not in the manual pages: %s\n' "$*" >&2
    exit 64
}

all="$*"
# The command's own words, then what is left of its line without options that its page lists.
case "${1-} ${2-} ${3-}" in
'config device '*) verb="$1 $2 ${3-}" count=3 ;;
'config '* | 'file '* | 'network '*) verb="$1 ${2-}" count=2 ;;
*) verb=${1-} count=1 ;;
esac
shift "${count}"

# flags NAME[=]…: the options that this command's page has, those that take a value with "="
flags() {
    case ${verb} in
    create) echo '--quiet -q --config= -c= --no-profiles --network= -n= --profile= -p= --storage= -s=' ;;
    start | stop | delete | info | 'network show' | 'network get' | 'network create' | 'network set' | 'network delete')
        case ${verb} in stop | delete) echo '--quiet -q --force -f' ;; *) echo '--quiet -q' ;; esac
        ;;
    list | 'network list') echo '--quiet -q --columns= -c= --format= -f=' ;;
    exec) echo '--quiet -q --disable-stdin -n' ;;
    'config device show') echo '--quiet -q' ;;
    'config show') echo '--quiet -q --expanded -e' ;;
    'config get' | 'config set' | 'config device add' | 'config device get' | 'config device remove') echo '--quiet -q' ;;
    'file push') echo '--quiet -q --create-dirs -p --uid= --gid= --mode=' ;;
    'file pull') echo '--quiet -q' ;;
    *) refuse "${all}" ;;
    esac
}

# operands: how many words the page asks for, least and most
operands() {
    case ${verb} in
    create) echo 2 2 ;;
    start | stop | delete | 'config show' | 'config device show' | 'network show' | 'network delete') echo 1 1 ;;
    info | list | 'network list') echo 0 1 ;;
    exec) echo 2 1000 ;;
    'config get' | 'network get' | 'file push' | 'file pull') echo 2 2 ;;
    'config set') echo 2 1000 ;;
    'config device add') echo 3 1000 ;;
    'config device get') echo 3 3 ;;
    'config device remove') echo 2 2 ;;
    'network create') echo 1 1000 ;;
    'network set') echo 2 1000 ;;
    *) refuse "${all}" ;;
    esac
}

known=$(flags) || exit 64
limits=$(operands) || exit 64
known=" ${known} "
given=$#
words=0 position=0 rest=no
while [ "${position}" -lt "${given}" ]; do
    word=$1
    shift
    set -- "$@" "${word}"
    position=$((position + 1))
    case ${rest}${word} in
    no--)
        rest=yes
        continue
        ;;
    no-?*)
        case ${known} in
        *" ${word} "*) ;;
        *" ${word}= "*)
            value=$1
            shift
            set -- "$@" "${value}"
            position=$((position + 1))
            ;;
        *) refuse "${all}" ;;
        esac
        ;;
    *)
        words=$((words + 1))
        # From here on the words are those of a command inside.
        [ "${verb}" != exec ] || [ "${words}" -lt 2 ] || rest=yes
        case "${verb} ${words} ${word}" in
        'config set 2 '*=* | 'config set 1 '*) ;;
        'config set '*) refuse "${all}" ;;
        *) ;;
        esac
        ;;
    esac
done
{ [ "${words}" -ge "${limits% *}" ] && [ "${words}" -le "${limits#* }" ]; } || refuse "${all}"
[ "${verb}" != create ] || verb=init
# shellcheck disable=SC2086 # the words of the command, one by one
exec lxc ${verb} "$@"
