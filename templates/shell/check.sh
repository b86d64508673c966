#!/bin/sh
# check.sh: asks from {{hostComment}} whether {{titleComment}} does what it should. Prints TAP.
# Run it as root on that host, when all hosts are up. It sends pings from the host's containers, and changes nothing.
# Written by topoc; change the topology file instead, and build again.
{{#hasSilence}}
#
# usage: check.sh [passing|silent]
#   passing  asks only what must pass. That something else does not pass proves nothing until this holds on all hosts.
#   silent   asks only what must not pass
{{/hasSilence}}
{{#hasServers}}
#
# check.sh listen [PID] takes the connections that checks of other hosts make to ports here where nobody else takes them, for ten
# minutes, or as long as that process is there.
{{/hasServers}}
#
# shellcheck disable=SC2312 # what a failed command has printed is looked at
set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

host={{hostWord}}
count=0
failures=0
# The address that packets come from; without one the sender chooses.
from=
{{#hasServers}}
server=$$
{{/hasServers}}
{{#hasSilence}}
part=${1-}
case ${part} in
'') expected={{count}} ;;
passing) expected={{passingCount}} ;;
silent) expected={{silentCount}} ;;
{{#hasServers}}
listen) ;;
{{/hasServers}}
*)
    printf 'usage: check.sh [passing|silent{{#hasServers}}|listen{{/hasServers}}]\n' >&2
    exit 2
    ;;
esac
{{/hasSilence}}

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

# interfaces NODE: for each one its name, its end on the host, its bridge, its addresses
interfaces() {
    case $1 in
{{#interfaces}}
    {{pattern}}) printf '%s\n'{{#lines}} {{.}}{{/lines}} ;;
{{/interfaces}}
    *) ;;
    esac
}
{{#functions}}

{{.}}
{{/functions}}

[ "$(id -u)" -eq 0 ] || {
    printf 'Bail out! needs root: try sudo\n'
    exit 1
}
for tool in{{#tools}} {{.}}{{/tools}}; do
    command -v "${tool}" >/dev/null || {
        printf 'Bail out! "%s" is not installed\n' "${tool}"
        exit 1
    }
done
{{#instances}}
know_instances
{{/instances}}
{{#dockers}}
know_dockers
{{/dockers}}

{{#hasServers}}
{{#servers}}
{{.}}
{{/servers}}
[ "${1-}" != listen ] || {
    printf 'listening\n'
    seconds=600
    while [ "${seconds}" -gt 0 ] && kill -0 "${2:-$$}" 2>/dev/null; do
        sleep 1
        seconds=$((seconds - 1))
    done
    exit 0
}
{{/hasServers}}
printf '1..%d\n' {{#hasSilence}}"${expected}"{{/hasSilence}}{{^hasSilence}}{{count}}{{/hasSilence}}
# What was predicted is true of 0, the kernel's default (RFC 3704); distributions have others.
filter=$(find /proc/sys/net/ipv4/conf -name rp_filter -exec cat {} + 2>/dev/null | sort -n | tail -n 1)
[ "${filter:-0}" -eq 0 ] ||
    printf '# %s: net.ipv4.conf.*.rp_filter is up to %s here; it was taken to be 0\n' "${host}" "${filter}"
{{#hasSilence}}
if [ "${part}" != silent ]; then
{{/hasSilence}}
{{#passing}}
{{.}}
{{/passing}}
{{#hasSilence}}
fi
if [ "${part}" != passing ]; then
{{/hasSilence}}
{{#rest}}
{{.}}
{{/rest}}
{{#hasSilence}}
fi
{{/hasSilence}}
printf '# %s: %d of %d hold\n' "${host}" $((count - failures)) "${count}"
[ "${failures}" -eq 0 ] || {
    printf '# where a container or this host has restarted, up.sh brings back what is missing\n'
    exit 1
}
