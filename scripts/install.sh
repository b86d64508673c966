#!/bin/sh
# Installs the command with its manual page and its completions for bash, zsh and fish, which the command itself makes.
#
# usage: install.sh BINARY FOLDER [ZSH]
#   BINARY  the built topoc
#   FOLDER  where bin/ and share/ are, as in /usr/local
#   ZSH     the folder in share/zsh in which zsh looks for completions (site-functions)
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

[ $# -ge 2 ] || {
    sed -n 's/^# \{0,1\}//; 4,7p' "$0" >&2
    exit 2
}
binary=$1
folder=$2
zsh=${3:-site-functions}

# put FILE WORD…: what the command prints when it is given these words
put() {
    file=${folder}/share/$1
    shift
    install -d "$(dirname "${file}")"
    "${binary}" "$@" >"${file}.new"
    chmod 0644 "${file}.new"
    mv "${file}.new" "${file}"
}

install -d "${folder}/bin"
install -m 0755 "${binary}" "${folder}/bin/topoc"
put man/man1/topoc.1 manual
put bash-completion/completions/topoc --generate-completion-script bash
put "zsh/${zsh}/_topoc" --generate-completion-script zsh
put fish/vendor_completions.d/topoc.fish --generate-completion-script fish
