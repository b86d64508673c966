# record NIC FILE NODE INTERFACE ADDRESS: what passes the NIC while NODE pings ADDRESS, beginning with its ARP
record() {
    nic=$1 pcap=${folder}/$2 node=$3 interface=$4 address=$5
    say "--- ${nic}, while ${node} pings ${address}: ${pcap}"
    log=$(mktemp) || exit 1
    tcpdump --immediate-mode -i "${nic}" -n -U -w "${pcap}" 2>"${log}" &
    tcpdump=$!
    trap 'kill "${tcpdump}" 2>/dev/null; rm -f "${log}"; exit 1' HUP INT TERM
    waited=0
    until grep -q 'listening on' "${log}" || [ "${waited}" -ge 50 ]; do
        kill -0 "${tcpdump}" 2>/dev/null || break
        sleep 0.1
        waited=$((waited + 1))
    done
    inside "${node}" ip neigh flush dev "${interface}"
    inside "${node}" ping -n -q -c 3 -i 0.3 -W 1 "${address}" >/dev/null
    sleep 0.3
    kill -INT "${tcpdump}" 2>/dev/null || cat "${log}" >&2
    wait "${tcpdump}"
    rm -f "${log}"
    trap - HUP INT TERM
}

# proves CLAIM FILTER: the record has a packet that the filter, in the language of pcap-filter(7), lets through
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
