#!/bin/sh
# Runs the scenarios, and prints for each a row of the table in docs/scenarios.md: what was measured, and the packets that
# prove how the containers' packets travel. It needs root. Nothing of it reaches this machine's own network.
#
# usage: scenarios.sh [--keep FOLDER] TOPOC RUNTIME SCENARIO
#        scenarios.sh --all TOPOC DOCUMENT
#   --keep FOLDER  put what capture.sh has recorded on host1 there
#   --all          run all that can be run, and put the rows into the document, between the two comments that say so
#   TOPOC          the command
#   RUNTIME        lxd (two daemons, in namespaces), netns (bare namespaces), lxd-uml or uml (those, in user-mode Linux)
#   SCENARIO       bridged, routed, gre or vxlan
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
# shellcheck disable=SC2016 # backticks are Markdown's, and what is in single quotes is for inner shells
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
here=$(cd "$(dirname "$0")" && pwd -P)

usage() {
    sed -n '/^# usage/,/^#   SCENARIO/s/^# //p' "$0" >&2
    exit 2
}

fail() {
    printf 'scenarios: %s\n' "$*" >&2
    exit 1
}

# alone COMMAND…: in namespaces of its own, which end with it; /run is as after a boot
alone() {
    unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private sh -c '
        mount -t tmpfs tmpfs /run
        mount -t sysfs sysfs /sys
        exec "$@"' sh "$@"
}

# What runs on host1: this machine's files may not be there, the text of a script is.
facts() { cat "${here}/scenario-facts.sh"; }

on_netns() {
    "${topoc}" build --only shell --only lab -o "${folder}" "${file}" >/dev/null
    alone sh -c '
        cd "$1" && sh lab.sh up >&2 && sh lab.sh exec host1 sh -c "$2" sh lab/host1/capture.sh c1 "$3"
        status=$?
        sh lab.sh down >&2
        exit "${status}"' sh "${folder}/${scenario}" "$(facts)" "${address}"
}

on_uml() {
    "${topoc}" lab run --kernel uml "${file}" -- host1 sh -c "$(facts)" sh lab/host1/capture.sh c1 "${address}"
}

# in_bed HOST COMMAND…: on a host of the bed of two LXD daemons, whose first process has this number
in_bed() {
    host=$(cat "${folder}/bed/$1.pid")
    shift
    nsenter --target "${first}" --pid --mount nsenter --target "${host}" --net --mount env -u LXD_DIR timeout 300 "$@"
}

on_lxd() {
    sed 's/ubuntu:24.04/bare/' "${file}" >"${folder}/${scenario}.topo"
    "${topoc}" build --only shell -o "${folder}" "${folder}/${scenario}.topo" >/dev/null
    mkdir "${folder}/bed"
    mkfifo "${folder}/lifeline"
    unshare --net --mount --pid --fork --kill-child --propagation private sh "${here}/../Tests/HostBed/bed.sh" \
        "${here}/../Tests/LXDTests/lxd.sh" "${folder}/bed" internal host1 host2 <"${folder}/lifeline" >"${folder}/said" 2>"${folder}/log" &
    bed=$!
    # The bed goes when nobody has the other end of its standard input any more.
    exec 8>"${folder}/lifeline"
    waited=0
    until grep -q ready "${folder}/said"; do
        waited=$((waited + 1))
        if [ "${waited}" -gt 600 ] || ! kill -0 "${bed}" 2>/dev/null; then fail "no LXD: $(cat "${folder}/log")"; fi
        sleep 0.1
    done
    first=$(cat "/proc/${bed}/task/${bed}/children")
    first=${first%% *}
    status=0
    if ! in_bed host1 sh "${folder}/${scenario}/host1/up.sh" >&2 </dev/null ||
        ! in_bed host2 sh "${folder}/${scenario}/host2/up.sh" >&2 </dev/null ||
        ! in_bed host1 sh -c "$(facts)" sh "${folder}/${scenario}/host1/capture.sh" c1 "${address}" </dev/null; then
        status=1
    fi
    exec 8>&-
    wait "${bed}" || true
    return "${status}"
}

# In a kernel of its own, from a folder that has a program in the place of lab.sh.
on_lxd_uml() {
    sed 's/ubuntu:24.04/bare/' "${file}" >"${folder}/${scenario}.topo"
    "${topoc}" build --only shell -o "${folder}" "${folder}/${scenario}.topo" >/dev/null
    lxd=${here}/../Tests/LXDTests
    cp "${here}/../Tests/HostBed/bed.sh" "${lxd}/lxd.sh" "${lxd}/images.sh" "${here}/scenario-facts.sh" \
        "${folder}/${scenario}"
    cp "${here}/../Tests/OwnKernelTests/kernel.sh" "${folder}/${scenario}/lab.sh"
    printf '%s\n' "${address}" >"${folder}/${scenario}/address"
    cp "${here}/../templates/lab/uml.sh" "${here}/../templates/lab/uml-init.sh" "${folder}"
    chmod +x "${folder}/uml-init.sh"
    sh "${folder}/uml.sh" "${folder}/${scenario}" 900 >"${folder}/all" || return 1
    sed '1,/^== host1 scenario-facts.sh/d' "${folder}/all"
    grep -q '^mtu' "${folder}/all" || {
        cat "${folder}/all" >&2
        return 1
    }
}

# fact NAME: what the host has said of it, a line each
fact() { sed -n "s/^$1	//p" "${folder}/facts"; }

# row: one of the table, all of it from the facts
row() {
    case ${runtime} in
    lxd) name="LXD $(lxd --version)" ;;
    lxd-uml) name="LXD $(lxd --version), user-mode Linux" ;;
    netns) name='namespaces' ;;
    *) name='namespaces, user-mode Linux' ;;
    esac
    printf '| %s | %s | %s | %s | %s | %s |\n' "${scenario}" "${name}" "$(fact kernel)" \
        "$(fact hops | sed 's/[^ ][^ ]*/`&`/g; s/` `/`, `/g')" "$(fact mtu)" \
        "$(fact proof | sed 's/|/\\|/g; s/.*/`&`/' | awk '{ printf "%s%s", (NR > 1 ? "<br>" : ""), $0 }')"
}

measure() {
    case ${scenario} in
    routed) address=10.2.0.2 ;;
    bridged | gre | vxlan) address=10.0.0.13 ;;
    *) usage ;;
    esac
    file=${here}/../topologies/${scenario}.topo
    folder=$(mktemp -d)
    trap 'rm -rf "${folder}"' EXIT
    trap 'exit 130' HUP INT TERM
    case ${runtime} in
    lxd) on_lxd >"${folder}/facts" 2>"${folder}/trouble" || fail "$(tail -n 20 "${folder}/trouble")" ;;
    lxd-uml) on_lxd_uml >"${folder}/facts" 2>"${folder}/trouble" || fail "$(tail -n 20 "${folder}/trouble")" ;;
    netns) on_netns >"${folder}/facts" 2>"${folder}/trouble" || fail "$(tail -n 20 "${folder}/trouble")" ;;
    uml) on_uml >"${folder}/facts" 2>"${folder}/trouble" || fail "$(tail -n 20 "${folder}/trouble")" ;;
    *) usage ;;
    esac
    row
    [ -z "${keep}" ] || fact pcap | while read -r pcap text; do
        printf '%s' "${text}" | base64 -d >"${keep}/${pcap}"
    done
}

# A scenario whose interfaces the kernel does not have runs in user-mode Linux alone; LXD runs there for such a one.
can_run() {
    [ "$1" != lxd-uml ] || [ "$2" = gre ] || return 1
    [ "${1%uml}" != "$1" ] || [ "$2" != gre ] ||
        unshare --net ip link add name probe type gretap remote 192.0.2.1 local 192.0.2.2 2>/dev/null
}

all() {
    rows=$(mktemp)
    trap 'rm -f "${rows}" "${document}.new"' EXIT
    for scenario in bridged routed gre vxlan; do
        for runtime in lxd netns lxd-uml uml; do
            if can_run "${runtime}" "${scenario}"; then
                printf '%s on %s\n' "${scenario}" "${runtime}" >&2
                sh "$0" "${topoc}" "${runtime}" "${scenario}" >>"${rows}"
            fi
        done
    done
    awk -v rows="${rows}" '
        /^<!-- rows: end -->$/ { skip = 0 }
        !skip { print }
        /^\|---/ && !done { while ((getline line <rows) > 0) print line; skip = 1; done = 1 }' \
        "${document}" >"${document}.new"
    mv "${document}.new" "${document}"
}

keep=''
case ${1:-} in
--all)
    [ $# -eq 3 ] || usage
    topoc=$2 document=$3
    all
    exit
    ;;
--keep)
    [ $# -ge 2 ] || usage
    keep=$2
    shift 2
    ;;
*) ;;
esac
[ $# -eq 3 ] || usage
topoc=$1 runtime=$2 scenario=$3
measure
