#!/bin/sh
# capture.sh: records what spoke1 of "Ethernet over GRE scenario with a hub" sends to the other hosts, and shows what it proves.
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
    c2) in_network_of c2 "$@" ;;
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

# record NIC FILE NODE INTERFACE ADDRESS: what passes the NIC while NODE pings ADDRESS three times, each
# time beginning with its ARP. In one process: another node's ARP between the two would be an answer.
record() {
    nic=$1 pcap=${folder}/$2 node=$3 interface=$4 address=$5
    say "--- ${nic}, while ${node} pings ${address}: ${pcap}"
    begin_listening -i "${nic}" -U -w "${pcap}"
    # shellcheck disable=SC2016 # the inner shell expands its own words
    inside "${node}" sh -c 'for turn in 1 2 3; do
        ip neigh flush dev "$1"
        ping -n -q -c 1 -W 1 "$2"
    done' record "${interface}" "${address}" >/dev/null
    end_listening
}

# begin_listening OPTION…: starts tcpdump and waits until it listens
begin_listening() {
    log=$(mktemp) || exit 1
    tcpdump --immediate-mode -n "$@" 2>"${log}" &
    tcpdump=$!
    trap 'kill "${tcpdump}" 2>/dev/null; rm -f "${log}"; exit 1' HUP INT TERM
    waited=0
    until grep -q 'listening on' "${log}" || [ "${waited}" -ge 50 ]; do
        kill -0 "${tcpdump}" 2>/dev/null || break
        sleep 0.1
        waited=$((waited + 1))
    done
}

# end_listening: after what is still on its way
end_listening() {
    sleep 0.3
    kill -INT "${tcpdump}" 2>/dev/null || cat "${log}" >&2
    wait "${tcpdump}"
    rm -f "${log}"
    trap - HUP INT TERM
}

# proves CLAIM FILTER: the record has a packet that the filter, in the language of pcap-filter(7),
# lets through
proves() {
    seen=$(tcpdump -n -e -r "${pcap}" -c 1 "$2" 2>/dev/null)
    if [ -n "${seen}" ]; then
        say "ok: $1"
        say "${seen}" | sed 's/^/    /'
    else
        failures=$((failures + 1))
        say "NOT SEEN: $1"
    fi
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

record eth0 gre-hub-spoke1-1.pcap c2 eth0 10.0.0.13
proves '10.0.0.12 to 10.0.0.13, in Ethernet, in GRE (0x6558), from 172.16.1.2 to 172.16.1.1' \
    'src host 172.16.1.2 and dst host 172.16.1.1 and ip proto 47 and ip[22:2] = 0x6558 and ip[36:2] = 0x800 and ip[50:4] = 0xa00000c and ip[54:4] = 0xa00000d'
[ "${failures}" -eq 0 ]
