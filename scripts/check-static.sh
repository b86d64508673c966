#!/bin/sh
# Fails where a binary needs a shared libyaml or Swift at run time.
#
# usage: check-static.sh BINARY
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

needed=$(ldd "$1")
case ${needed} in
    *libyaml* | *libswift* | *libFoundation*)
        printf '%s still needs:\n%s\n' "$1" "${needed}" >&2
        exit 1
        ;;
    *) ;;
esac
env -i "$1" --version >/dev/null
size=$(wc -c <"$1")
printf '%s: %d MB, of Swift and libyaml nothing else is needed\n' "$1" "$((size / 1000000))"
