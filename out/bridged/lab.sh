#!/bin/sh
# lab.sh: "Bridged scenario over the LAN" on this one machine, to try it and to take it apart.
# Each host is a set of namespaces (network, mounts, host name), each LAN a bridge in one more network namespace;
# in the hosts run the same scripts that real hosts would run, compiled for containers that are bare namespaces.
# Nothing of it reaches the network of this machine.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # a question's failure is its answer; changes go through need, which sees to failures

# make: the hosts, then the LANs, then a cable from each NIC to its LAN
make() {
    new_host host1
    new_host host2
    new_network_of_lans
    new_lan lan1 1500 internal
    plug port1 lan1 1500 host1 eth0 all
    plug port2 lan1 1500 host2 eth0 all
}

# check: what this machine must have
check() {
    [ "$(id -u)" -eq 0 ] || refuse 'needs root: try sudo'
    for tool in ip bridge unshare nsenter mount umount mountpoint sysctl brctl; do
        command -v "${tool}" >/dev/null || refuse "\"${tool}\" is not installed"
    done
    need_type veth
    need_type bridge
}

# at NODE COMMAND…: runs a command in a host, or in a container
at() {
    node=$1
    shift
    case ${node} in
    host1) in_host host1 "$@" ;;
    host2) in_host host2 "$@" ;;
    c1 | host1/c1) in_host host1 ip netns exec c1 "$@" ;;
    c2 | host1/c2) in_host host1 ip netns exec c2 "$@" ;;
    c3 | host2/c3) in_host host2 ip netns exec c3 "$@" ;;
    c4 | host2/c4) in_host host2 ip netns exec c4 "$@" ;;
    *)
        say "lab.sh: there is no host or container \"${node}\"; there are:" host1 host2 host1/c1 host1/c2 host2/c3 host2/c4 >&2
        return 2
        ;;
    esac
}

# The rest is how this is done.

set -uf
umask 077
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

place=/run/topoc-lab/bridged
here=$(cd "$(dirname "$0")" && pwd -P) || exit 3
scripts=${here}/lab
making=no

say() { printf '%s\n' "$*"; }

usage() {
    say 'usage: lab.sh up | test | exec NODE COMMAND… | status | down | run'
    say '  up      make the hosts and LANs, and run each host'\''s up.sh'
    say '  test    run each host'\''s check.sh'
    say '  exec    run a command in a host (host1) or container (c1, or host1/c1)'
    say '  status  say what is up'
    say '  down    run each host'\''s down.sh, and take hosts and LANs away'
    say '  run     up, test, and down again whatever happens'
    say 'exit status: 0 done, 1 something failed, 2 wrong usage, 3 refused before any change'
}

refuse() {
    say "lab.sh: $*" >&2
    exit 3
}

# need COMMAND…: what must not fail
need() { "$@" </dev/null || failed "$@"; }

failed() {
    say "lab.sh: this failed: $*" >&2
    if [ "${making}" = yes ]; then
        making=no
        down
    fi
    exit 1
}

# need_type TYPE WORD…: the kernel must have the device type; tried in a network namespace that ends at once
need_type() {
    unshare --net ip link add name probe type "$@" 2>/dev/null || refuse "this kernel cannot make a \"$1\" interface"
}

is_up() { mountpoint -q "${place}"; }

in_host() {
    host=$1
    shift
    nsenter --net="${place}/${host}.net" --mount="${place}/${host}.mnt" --uts="${place}/${host}.uts" "$@"
}

in_lans() { nsenter --net="${place}/lans.net" "$@"; }

# new_host HOST: its files hold its namespaces, so that no process has to
new_host() {
    [ ! -e "${place}/$1.ready" ] || return 0
    forget "$1"
    for kind in net mnt uts; do : >"${place}/$1.${kind}"; done
    # shellcheck disable=SC2016 # the inner shell expands its own words
    need unshare --net="${place}/$1.net" --mount="${place}/$1.mnt" --uts="${place}/$1.uts" --propagation private \
        sh -c 'mount -t tmpfs -o mode=755 topoc-lab /run && mount -t sysfs topoc-lab /sys &&
            printf %s "$1" >/proc/sys/kernel/hostname && ip link set dev lo up' sh "$1"
    : >"${place}/$1.ready"
}

new_network_of_lans() {
    [ ! -e "${place}/lans.ready" ] || return 0
    forget lans
    : >"${place}/lans.net"
    # The LANs themselves have no addresses, and say nothing.
    need unshare --net="${place}/lans.net" sysctl -q -w net.ipv6.conf.default.disable_ipv6=1
    : >"${place}/lans.ready"
}

# new_lan BRIDGE MTU NAME
new_lan() {
    in_lans ip link show dev "$1" >/dev/null 2>&1 || need in_lans ip link add name "$1" mtu "$2" type bridge
    need in_lans ip link set dev "$1" alias "LAN $3" up
}

# plug PORT BRIDGE MTU HOST NIC all|own: `own` is for a LAN that hands a NIC no frames for other MACs than its own
plug() {
    in_lans ip link show dev "$1" >/dev/null 2>&1 ||
        need in_lans ip link add name "$1" mtu "$3" type veth peer name "$5" mtu "$3" netns "${place}/$4.net"
    need in_lans ip link set dev "$1" master "$2" alias "$4 $5" up
    [ "$6" = all ] || {
        mac=$(in_host "$4" cat "/sys/class/net/$5/address")
        need in_lans bridge link set dev "$1" learning off flood off
        need in_lans bridge fdb replace "${mac}" dev "$1" master static
    }
}

# forget HOST: lets its namespaces go
forget() {
    for kind in net mnt uts; do
        [ ! -e "${place}/$1.${kind}" ] || {
            ! mountpoint -q "${place}/$1.${kind}" || umount "${place}/$1.${kind}"
            rm -f "${place}/$1.${kind}"
        }
    done
    rm -f "${place}/$1.ready"
}

up() {
    check
    if is_up; then
        [ "$(cat "${place}/folder")" = "${here}" ] ||
            refuse "a lab of this name is up already, from $(cat "${place}/folder"): take that down first"
    else
        mkdir -p "${place}" || exit 3
        need mount -t tmpfs -o mode=755 topoc-lab "${place}"
        mount --make-private "${place}"
        printf '%s\n' "${here}" >"${place}/folder"
    fi
    making=yes
    trap 'say "lab.sh: stopped" >&2; making=no; down; exit 1' HUP INT TERM
    make
    for host in host1 host2; do
        say "--- ${host}: up.sh ---"
        in_host "${host}" sh "${scripts}/${host}/up.sh" </dev/null || failed "${host}/up.sh"
    done
    making=no
    trap - HUP INT TERM
}

# test_all: each host's TAP, one after the other
test_all() {
    is_up || refuse 'is not up'
    wrong=''
    for host in host1 host2; do
        say "--- ${host}: check.sh ---"
        in_host "${host}" sh "${scripts}/${host}/check.sh" </dev/null || wrong="${wrong} ${host}"
    done
    if [ -n "${wrong}" ]; then
        say "--- not all holds, seen from:${wrong} ---"
        return 1
    fi
    say '--- all holds ---'
}

down() {
    is_up || {
        say 'lab.sh: nothing is up'
        return 0
    }
    result=0
    for host in host2 host1; do
        [ ! -e "${place}/${host}.ready" ] || {
            say "--- ${host}: down.sh ---"
            in_host "${host}" sh "${scripts}/${host}/down.sh" </dev/null || result=1
        }
        forget "${host}"
    done
    forget lans
    umount "${place}" || result=1
    rmdir "${place}" && rmdir "${place%/*}" 2>/dev/null
    return "${result}"
}

status() {
    is_up || {
        say 'nothing is up'
        return 1
    }
    for host in host1 host2; do
        say "--- ${host} ---"
        in_host "${host}" ip -brief address
    done
}

# run_all: whatever happens, nothing is left
run_all() {
    up
    trap 'say "lab.sh: stopped" >&2; down; exit 1' HUP INT TERM
    test_all
    result_of_test=$?
    trap '' HUP INT TERM
    down && return "${result_of_test}"
}

[ "$(id -u)" -eq 0 ] || [ "${1:---help}" = --help ] || refuse 'needs root: try sudo'
case ${1:-} in
up) up ;;
test) test_all ;;
down) down ;;
status) status ;;
run) run_all ;;
exec)
    [ $# -ge 3 ] || {
        usage >&2
        exit 2
    }
    is_up || refuse 'is not up'
    shift
    at "$@"
    ;;
--help) usage ;;
*)
    usage >&2
    exit 2
    ;;
esac
