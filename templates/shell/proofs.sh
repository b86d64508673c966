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

# seen_on NIC FILTER NODE ADDRESS: one line for each packet that leaves by it and that the filter, in
# the language of pcap-filter(7), lets through while NODE pings ADDRESS. What comes in there may be
# the same packet in another VLAN, before it is routed.
seen_on() {
    begin_listening -l -i "$1" -Q out "$2"
    inside "$3" ping -n -q -c 3 -i 0.3 -W 1 "$4" >/dev/null
    end_listening
}

# travels_inside NODE TARGET ADDRESS NIC CLAIM INSIDE BARE: what passes the NIC is seen by the
# filter INSIDE, and nothing by BARE
travels_inside() {
    carried=$(seen_on "$4" "$6" "$1" "$3")
    bare=$(seen_on "$4" "$7" "$1" "$3")
    if [ -z "${carried}" ]; then
        verdict 1 "$1 to $2 ($3) passes $4 $5" "tcpdump -i $4 -n '$6' sees nothing" "${bare}"
    elif [ -n "${bare}" ]; then
        verdict 1 "$1 to $2 ($3) passes $4 $5" 'and without it:' "${bare}"
    else
        verdict 0 "$1 to $2 ($3) passes $4 $5"
    fi
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
