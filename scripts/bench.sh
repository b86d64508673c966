#!/bin/sh
# Measures `topoc check` of 10,000 containers on 100 hosts against libyaml's bare parse of the same file.
#
# usage: bench.sh TOPOC [RUNS]
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

[ $# -ge 1 ] || {
    sed -n 's/^# \{0,1\}//; 4p' "$0" >&2
    exit 2
}
place=$(mktemp -d)
trap 'rm -rf "${place}"' EXIT

sh scripts/large-topology.sh 100 100 >"${place}/large.topo"
cc -O2 -o "${place}/yaml-events" Tests/Bench/yaml-events.c -l:libyaml.a
wc -c "${place}/large.topo" | awk '{ print "large.topo               " $1 " bytes" }'
python3 Tests/Bench/compare.py "${2:-20}" "${place}/large.topo" \
    'topoc check' "$1 check" 'libyaml, events alone' "${place}/yaml-events"
