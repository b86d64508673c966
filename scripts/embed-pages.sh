#!/bin/sh
# Writes a Swift file that holds the given pages as string literals.
#
# usage: embed-pages.sh OUTPUT PAGE...
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

output=$1
shift
{
    printf '/// The pages, by code: made by scripts/embed-pages.sh.\n'
    printf 'let embeddedPages: [(code: String, text: String)] = [\n'
    for page; do
        code=${page##*/}
        # Between ###""" and """### nothing but the latter means anything to Swift.
        printf '("%s", ###"""\n' "${code%.md}"
        cat "${page}"
        printf '\n"""###),\n'
    done
    printf ']\n'
} >"${output}"
