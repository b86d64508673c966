#!/bin/sh
# capture.sh: records what gw of "A host that is the way out for its containers" sends to the other hosts, and shows what it proves.
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
    web) in_network_of web "$@" ;;
    db) in_network_of db "$@" ;;
    job) in_network_of job "$@" ;;
    *) "$@" ;;
    esac
}

# quietly COMMAND…: a question, whose failure is its answer
# shellcheck disable=SC2086 # a command, or nothing
quietly() { ${look-} "$@" 2>/dev/null </dev/null; }

# list_instances [NAME]: what lxc says of containers, a line each: NAME,STATE,PID,MARK
list_instances() {
    quietly lxc list ${1+"^$1\$"} --columns n,s,p,user.topoc --format csv
}

# know_instances: `instances` is that, asked once; of a container that a command has changed since
# then, it has the name alone
know_instances() {
    newline='
'
    [ -n "${instances-}" ] || instances=${newline}$(list_instances)${newline}
}

# find_instance CONTAINER: sets `known` to what is known of it, without its name; false where there
# is none
find_instance() {
    know_instances
    case ${instances} in
    *"${newline}$1${newline}"*)
        known=${newline}$(list_instances "$1")${newline}${instances#*"${newline}$1${newline}"}
        instances=${instances%%"${newline}$1${newline}"*}${known}
        ;;
    *) ;;
    esac
    case ${instances} in
    *"${newline}$1,"*) ;;
    *) return 1 ;;
    esac
    known=${instances#*"${newline}$1,"}
    known=${known%%"${newline}"*}
}

# find_pid CONTAINER: sets `pid`, to 0 where it does not run; false where there is none
find_pid() {
    find_instance "$1" || return 1
    pid=${known#*,}
    pid=${pid%%,*}
    pid=${pid:-0}
}

# in_network_of CONTAINER COMMAND…: runs the host's own command in a container's network
in_network_of() {
    find_pid "$1" || return 1
    shift
    nsenter --target "${pid}" --net "$@"
}

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

say 'nothing to record: no packet of a container here goes to another host, or each may leave by' \
    'several interfaces'
[ "${failures}" -eq 0 ]
