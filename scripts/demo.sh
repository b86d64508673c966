#!/bin/sh
# The whole way once: a topology file goes in, and its containers ping each other on this machine.
#
# usage: demo.sh FOLDER
set -eu

cd "$(dirname "$0")/.."
out=$1
topology=topologies/routed.topo
topoc=.build/debug/topoc

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

root=
user=$(id -u)
if [ "${user}" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        printf 'demo: the lab makes network namespaces: run this as root\n' >&2
        exit 1
    fi
    root=sudo
fi

# Shows a command as a user would type it, and runs it.
show() {
    printf '$ %s\n' "$*"
    "$@"
}

say 'Building topoc (the first time takes a minute or two)'
swift build --product topoc

say "Compiling ${topology}"
show "${topoc}" build "${topology}" -o "${out}" --svg

down() { ${root} sh "${out}/routed/lab.sh" down; }
trap 'down >/dev/null 2>&1' EXIT
trap 'exit 130' INT TERM HUP

say 'Bringing it up: hosts and LANs as network namespaces, in which the generated scripts run'
# shellcheck disable=SC2086 # empty, or the one word sudo
show ${root} sh "${out}/routed/lab.sh" up

say 'c1, in a bridge of host1, pings c3, at the end of a point-to-point link of host2'
# shellcheck disable=SC2086
show ${root} sh "${out}/routed/lab.sh" exec c1 ping -c 3 -i 0.2 10.2.0.2

say 'The way there: host1, host2, c3'
# shellcheck disable=SC2086
show ${root} sh "${out}/routed/lab.sh" exec c1 traceroute -n 10.2.0.2

say 'Every check of both hosts'
# shellcheck disable=SC2086
show ${root} sh "${out}/routed/lab.sh" test

say 'Taking it down'
trap - EXIT
# shellcheck disable=SC2086
show ${root} sh "${out}/routed/lab.sh" down

say 'What to read'
cat <<END
  ${topology}             the topology
  ${out}/routed/RUNBOOK.md             what to do on real hosts
  ${out}/routed/host1/up.sh            what host1 runs
  ${out}/routed/l2.svg, l3.svg         the figures
END
