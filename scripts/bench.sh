#!/bin/sh
# Measures how the cost of topoc grows with its work, beside libyaml's bare parse of the same files.
#
# usage: bench.sh TOPOC [WORD]
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

[ $# -ge 1 ] || {
    sed -n 's/^# \{0,1\}//; 4p' "$0" >&2
    exit 2
}
place=$(mktemp -d)
trap 'rm -rf "${place}"' EXIT

cc -O2 -o "${place}/yaml-events" Tests/Bench/yaml-events.c -l:libyaml.a
PYTHONDONTWRITEBYTECODE=1 python3 Tests/Bench/bench.py "$1" "${place}/yaml-events" "${2-}"
# What the scripts of a host cost: only root may make the namespaces.
user=$(id -u)
[ -n "${2-}" ] || [ "${user}" -ne 0 ] || PYTHONDONTWRITEBYTECODE=1 python3 Tests/Bench/scripts.py "$1"
