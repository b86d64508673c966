#!/bin/sh
# lab.sh: {{titleComment}} on this one machine, to try it and to take it apart.
# Each host is a set of namespaces (network, mounts, host name), each LAN a bridge in one more network namespace;
# in the hosts run the same scripts that real hosts would run{{#hasVariants}}, compiled for containers that are bare namespaces{{/hasVariants}}.
# Nothing of it reaches the network of this machine.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2310,SC2312 # a question's failure is its answer; changes go through need, which sees to failures

# make: the hosts, then the LANs, then a cable from each NIC to its LAN
make() {
{{#hosts}}
    new_host {{.}}
{{/hosts}}
    new_network_of_lans
{{#lans}}
    new_lan {{.}}
{{/lans}}
{{#plugs}}
    plug {{.}}
{{/plugs}}
{{#outsides}}
    new_outside {{.}}
{{/outsides}}
}

# check: what this machine must have
check() {
{{#tools}}
    need_tool {{.}}
{{/tools}}
    unshare --net --mount --uts true || refuse 'no namespaces can be made here: a container must be privileged for that'
{{#types}}
    need_type {{.}}
{{/types}}
{{#needs}}
    {{.}}
{{/needs}}
}

# at NODE COMMAND…: runs a command in a host, in a container, or where the LANs are
at() {
    node=$1
    shift
    case ${node} in
{{#nodes}}
    {{pattern}}) {{command}} "$@" ;;
{{/nodes}}
{{#ambiguous}}
    {{pattern}}) wrong "there are several \"${node}\":"{{choices}} ;;
{{/ambiguous}}
    *) wrong "there is no \"${node}\"; there are:" {{nodeList}} ;;
    esac
}

# The rest is how this is done.

set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
umask 077
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

name={{nameWord}}
place=/run/topoc-lab/${name}
hosts={{hostsWord}}
# What is outside the topology, behind the gateways of its LANs.
outsides={{outsidesWord}}
# Those that take connections from other hosts while the checks run.
listeners={{listenersWord}}
# The hosts whose checks ask that something does not pass.
silent_hosts={{silentHostsWord}}
lock=/run/topoc-lab/.${name}.lock
here=$(cd "$(dirname "$0")" && pwd -P) || exit 3
scripts=${here}{{#hasVariants}}/lab{{/hasVariants}}
keep=''
units=no
making=no
trouble=no
# The links that `make` has come to, where the LANs are.
links=

say() { printf '%s\n' "$*"; }

usage() {
    say 'usage: lab.sh up [--keep] [--units] | test | exec NODE COMMAND… | status | down | run [--units]'
    say '  up      make the hosts and LANs, and run each host'\''s up.sh; what fails is taken down, unless --keep;'
    say '          with --units the hosts come up from their units, by install.sh, and up.sh adds the containers'
    say '  test    run each host'\''s check.sh'
    say '  exec    run a command in a host (host1) or container (c1, or host1/c1), or where the LANs are (lan:NAME)'
    say '  status  say what is up'
    say '  down    run each host'\''s down.sh, and take hosts and LANs away'
    say '  run     up, test, and down again whatever happens'
    say 'exit status: 0 done, 1 something failed, 2 wrong usage, 3 refused before any change; exec has the command'\''s'
}

{{functions}}
verb=${1:-}
[ $# -eq 0 ] || shift
case ${verb}:$#:${1:-} in
--help:*) usage && exit 0 ;;
up:* | run:*)
    for word; do
        case ${verb}:${word} in
        up:--keep) keep=${word} ;;
        *:--units) units=yes ;;
        *) wrong ;;
        esac
    done
    ;;
test:0:* | status:0:* | down:0:*) ;;
exec:[01]:*) wrong ;;
exec:*) ;;
*) wrong ;;
esac
[ "$(id -u)" -eq 0 ] || refuse 'needs root: try sudo'
case ${verb} in
up) up ;;
test) test_all ;;
status) status ;;
down) down ;;
run) run_all ;;
*)
    need_up
    need_ours
    node=$1
    shift
    # shellcheck disable=SC2016 # the inner shell expands its own words
    at "${node}" sh -c 'cd "$1" 2>/dev/null; shift; exec "$@"' sh "$(pwd)" "$@"
    ;;
esac
