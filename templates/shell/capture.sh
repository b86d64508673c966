#!/bin/sh
# capture.sh: records what {{hostComment}} of {{titleComment}} sends to the other hosts, and shows what it proves.
# Run it as root on that host, when all hosts are up. For each record it starts tcpdump, sends a few pings from a
# container, and looks for the packets that must have passed. The records are pcap files, for Wireshark too.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # what a failed command has printed is looked at
set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

folder=.
failures=0

say() { printf '%s\n' "$*"; }

usage() {
    say 'usage: capture.sh [FOLDER]'
    say '  FOLDER  where the pcap files go; this folder, where not said'
    say 'exit status: 0 all is proved, 1 it is not, 2 wrong usage'
}

# inside NODE COMMAND…: runs this host's own command in the network of a container, or of the host
# itself
inside() {
    node=$1
    shift
    case ${node} in
{{#insides}}
    {{pattern}}) {{command}} "$@" ;;
{{/insides}}
    *) "$@" ;;
    esac
}
{{#functions}}

{{.}}
{{/functions}}

[ $# -le 1 ] || {
    usage >&2
    exit 2
}
case ${1:-.} in
--help) usage && exit 0 ;;
-*) usage >&2 && exit 2 ;;
*) folder=${1:-.} ;;
esac
[ -d "${folder}" ] || {
    say "capture.sh: there is no folder \"${folder}\"" >&2
    exit 2
}
[ "$(id -u)" -eq 0 ] || {
    say 'capture.sh: needs root: try sudo' >&2
    exit 1
}
for tool in ip ping tcpdump; do
    command -v "${tool}" >/dev/null || {
        say "capture.sh: \"${tool}\" is not installed" >&2
        exit 1
    }
done

{{#lines}}
{{.}}
{{/lines}}
{{^lines}}
say 'nothing to record: no packet of a container here goes to another host, or each may leave by' \
    'several interfaces'
{{/lines}}
[ "${failures}" -eq 0 ]
