#!/bin/sh
# The whole way once: a topology file goes in, and its containers ping each other on this machine.
#
# usage: demo.sh FOLDER
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

cd "$(dirname "$0")/.."
out=$1
topology=topologies/routed.topo
topoc=.build/debug/topoc

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

user=$(id -u)
if [ "${user}" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
    printf 'demo: the lab makes network namespaces: run this as root\n' >&2
    exit 1
fi

# Shows a command as a user would type it, and runs it.
show() {
    printf '$ %s\n' "$*"
    "$@"
}

# Runs a verb of the lab as root.
lab() {
    if [ "${user}" -eq 0 ]; then show sh "${out}/routed/lab.sh" "$@"; else show sudo sh "${out}/routed/lab.sh" "$@"; fi
}

say 'Building topoc (the first time takes a minute or two)'
swift build --product topoc

say "Compiling ${topology}"
show "${topoc}" build "${topology}" -o "${out}" --svg

trap 'lab down >/dev/null 2>&1' EXIT
trap 'exit 130' INT TERM HUP

say 'Bringing it up: hosts and LANs as network namespaces, in which the generated scripts run'
lab up

say 'c1, in a bridge of host1, pings c3, at the end of a point-to-point link of host2'
lab exec c1 ping -c 3 -i 0.2 10.2.0.2

say 'The way there: host1, host2, c3'
lab exec c1 traceroute -n 10.2.0.2

say 'Every check of both hosts'
lab test

say 'Taking it down'
trap - EXIT
lab down

say 'What to read'
cat <<END
  ${topology}             the topology
  ${out}/routed/RUNBOOK.md             what to do on real hosts
  ${out}/routed/host1/up.sh            what host1 runs
  ${out}/routed/l2.svg, l3.svg         the figures
END
