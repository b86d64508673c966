#!/bin/sh
# capture.sh: records what host1 of "Two VLANs on one trunk" sends to the other hosts, and shows what it proves.
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
    c1) ip netns exec c1 "$@" ;;
    c2) ip netns exec c2 "$@" ;;
    *) "$@" ;;
    esac
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

record eth0 vlans-host1-1.pcap c1 eth0 10.0.10.21
proves '10.0.10.11 to 10.0.10.21, in a frame of the container'\''s own MAC 02:bf:53:0e:1d:26, with the tag of VLAN 10' \
    'ether src 02:bf:53:0e:1d:26 and vlan 10 and (icmp or icmp6) and src host 10.0.10.11 and dst host 10.0.10.21'
[ "${failures}" -eq 0 ]
