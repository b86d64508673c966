#!/bin/sh
# Writes a topology of many containers to standard output: each host routes for the containers on its own bridge, all
# of them by way of host1. It has no errors.
#
# usage: large-topology.sh [HOSTS [CONTAINERS]]
#   HOSTS       how many hosts, 2 to 250 (100)
#   CONTAINERS  how many containers each host has, 1 to 250 (100)
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

hosts=${1:-100}
containers=${2:-100}

exec awk -v hosts="${hosts}" -v containers="${containers}" 'BEGIN {
    print "topology: large"
    print "title: " hosts * containers " containers on " hosts " hosts"
    print "runtime: netns"
    print "lans:"
    print "  internal: {subnet: 172.16.0.0/24}"
    print "hosts:"
    for (host = 1; host <= hosts; host++) {
        print "  host" host ":"
        print "    forwarding: true"
        print "    nics:"
        print "      eth0: {lan: internal, address: 172.16.0." host "/24}"
        print "    bridges:"
        print "      br0: {address: 10.1." host ".1/24}"
        print "    routes:"
        if (host > 1) print "      - {to: default, via: host1}"
        for (other = 2; host == 1 && other <= hosts; other++)
            print "      - {to: 10.1." other ".0/24, via: host" other "}"
        print "    containers:"
        for (number = 1; number <= containers; number++)
            print "      c" number ": {bridge: br0, address: 10.1." host "." number + 1 "/24}"
    }
    print "checks:"
    for (host = 2; host <= hosts; host++)
        print "  - {ping: [host1/c1, host" host "/c1]}"
}'
