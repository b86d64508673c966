#!/bin/sh
# Runs the tests that are built, in four processes side by side: four lanes, since much of what happens in namespaces is
# waiting. Each lane is one `swift test`, its suites one after the other. The second to the fourth lane have the suites that
# are named below, the first lane has all others.
# It prints a line for each suite that ends, and all that a lane has printed when the lane ends; the failures and the closing
# lines of all come last. The status is 0 if all lanes pass. If it is stopped, by a signal or otherwise, all lanes end, and
# nothing that they made stays.
#
# usage: test.sh [LANE]
#   LANE  1, 2, 3 or 4, for that lane alone
#
# environment: SWIFT  the command `swift`
#
# shellcheck disable=SC2310,SC2312 # what fails is looked at
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

# Real LXD and real Docker: all daemons are in one lane, since their containers' cgroups are the machine's. And, so that the lanes are
# of one length, random topologies and two more suites in namespaces.
second='^((DockerTests|LXDTests|OwnKernelTests)\.|LabTests\.(RandomTests|LabTests/(HandOver|Journal)Tests)/)'
# Hosts that are namespaces of this machine, but for those of the second lane.
third='^LabTests\.(Lab|KernelRule)Tests/'
# Kernels of their own, of which each has one processor; and networkd.
fourth='^(LabTests\.RandomUMLTests/|(QEMU|Networkd|UML)Tests\.)'

# A lane, the first process of a process namespace, where it may have one: all others end with it. Its standard input is a
# pipe that ends with the script that started it.
if [ "${1-}" = --lane ]; then
    folder=$2 lane=$3
    shift 3
    exec 5<&0
    # What starts in the background ignores interrupts; tests send some.
    TMPDIR=${folder}/${lane} env --default-signal=INT,QUIT "$@" </dev/null >"${folder}/${lane}.log" 2>&1 5<&- &
    tests=$!
    (
        cat <&5 >/dev/null
        : >"${folder}/${lane}.stopped"
        # shellcheck disable=SC2046 # numbers
        kill "${tests}" $(cat /proc/"${tests}"/task/*/children)
    ) 2>/dev/null &
    watch=$!
    status=0
    wait "${tests}" || status=$?
    if [ -e "${folder}/${lane}.stopped" ]; then
        # The beds of tests end by themselves when the tests do: daemons take their containers away.
        waited=0
        set -- /proc/[0-9]*
        while [ $$ -eq 1 ] && [ "${waited}" -lt 600 ] && [ $# -gt 1 ]; do
            waited=$((waited + 1))
            sleep 0.1
            set -- /proc/[0-9]*
        done
        exit 1
    fi
    printf '%s\n' "${status}" >"${folder}/${lane}.ended"
    mv "${folder}/${lane}.ended" "${folder}/${lane}.status"
    kill "${watch}" 2>/dev/null
    exit "${status}"
fi

lanes='1 2 3 4'
case $#${1-} in
0) ;;
1[1234]) lanes=$1 ;;
*)
    sed -n 's/^# \{0,1\}//; 9,10p' "$0" >&2
    exit 2
    ;;
esac

# A short name: the sockets of user-mode Linux are below it.
folder=$(mktemp -d /tmp/tXXXXXX)
asked=''
trap 'asked=HUP' HUP
trap 'asked=INT' INT
trap 'asked=TERM' TERM
mkfifo "${folder}/lifeline"

# start LANE
start() {
    lane=$1
    case ${lane} in
    1) set -- --skip "${second}" --skip "${third}" --skip "${fourth}" ;;
    2) set -- --filter "${second}" ;;
    3) set -- --filter "${third}" --skip "${second}" ;;
    *) set -- --filter "${fourth}" ;;
    esac
    mkdir "${folder}/${lane}"
    : >"${folder}/${lane}.log"
    alone=''
    # Everything in a process namespace ends with its first process.
    if unshare --pid --fork --kill-child --mount-proc true 2>/dev/null; then
        alone='unshare --pid --fork --kill-child --mount-proc'
    fi
    # Others would wait for the first one's lock of the build folder.
    # shellcheck disable=SC2086 # a command and its options, or nothing
    ${alone} sh "$0" --lane "${folder}" "${lane}" ${SWIFT:-swift} test --skip-build --ignore-lock --no-parallel \
        "$@" <"${folder}/lifeline" >/dev/null 2>&1 8>&- &
    echo "$!" >"${folder}/${lane}.pid"
}

# begun LANE: until its tests run, the build's data base is its own, and others would find it locked
begun() {
    while [ -z "${asked}" ] && runs "$1"; do
        # shellcheck disable=SC2013 # paths without blanks
        for file in $(grep -l -a -s -F -e "TMPDIR=${folder}/$1" /proc/[0-9]*/environ); do
            ! grep -q -a -s -F -e .xctest "${file%environ}cmdline" || return 0
        done
        sleep 0.2
    done
}

runs() { kill -0 "$(cat "${folder}/$1.pid")" 2>/dev/null; }

# closing LANE: the line of swift test that says how many tests there were
closing() { grep -a '^[^ ]* Test run with [1-9][0-9]* test' "${folder}/$1.log" | tail -n 1; }

# passed LANE
passed() {
    [ "$(cat "${folder}/$1.status" 2>/dev/null)" = 0 ] && closing "$1" | grep -q -a ' passed after '
}

# told LANE: what it has come to since the last time, suite by suite
told() {
    lines=$(wc -l <"${folder}/$1.log")
    first=$(($(cat "${folder}/$1.told" 2>/dev/null || echo 0) + 1))
    [ "${first}" -gt "${lines}" ] || sed -n "${first},${lines}p" "${folder}/$1.log" |
        grep -a -E '^(✔ Suite|✘ (Suite|Test))' | grep -a ' after ' | sed "s/^/lane $1: /" || :
    echo "${lines}" >"${folder}/$1.told"
}

# stop: all lanes, and what is in the folder
stop() {
    trap '' HUP INT TERM
    exec 8>&-
    for lane in ${lanes}; do
        while runs "${lane}"; do sleep 0.1; done
    done
    rm -rf "${folder}"
}

# failures LANE: what did not pass, by name, at most so much that it is on one screen
failures() {
    printf '\n== lane %s has failed:\n' "$1"
    grep -a '^✘' "${folder}/$1.log" | cut -c 1-200 | awk '!seen[$0]++' | tail -n 40
    closing "$1" >"${folder}/closing"
    [ -s "${folder}/closing" ] || {
        printf 'It has not come to its end, status %s. Its last words:\n' "$(cat "${folder}/$1.status" 2>/dev/null || :)"
        tail -n 20 "${folder}/$1.log" | cut -c 1-200
    }
}

trap stop EXIT
# For reading, too: this does not wait for a lane to read it.
exec 8<>"${folder}/lifeline"
for lane in ${lanes}; do
    start "${lane}"
    begun "${lane}"
done

open=${lanes}
failed='' good=''
while [ -n "${open}" ]; do
    sleep 1
    [ -z "${asked}" ] || {
        printf 'test.sh: stopped by SIG%s\n' "${asked}" >&2
        exit 1
    }
    running=''
    for lane in ${open}; do
        if runs "${lane}"; then
            told "${lane}"
            running="${running} ${lane}"
            continue
        fi
        printf '\n== lane %s:\n' "${lane}"
        cat "${folder}/${lane}.log"
        printf '== lane %s: end\n\n' "${lane}"
        if passed "${lane}"; then good="${good} ${lane}"; else failed="${failed} ${lane}"; fi
    done
    open=${running}
done
for lane in ${failed}; do failures "${lane}"; done
# The failed ones come last: the last line says whether all is well.
printf '\n'
for lane in ${good} ${failed}; do closing "${lane}" || printf 'lane %s has no end\n' "${lane}"; done
[ -z "${failed}" ]
