#!/bin/sh
# Stands before ip, brctl, sysctl, bridge, umount, iptables, install, rm and systemctl in PATH, by links of those names: counts
# the commands that change something, and at one of them stops the script that called. Else it is the command itself.
#
# environment: SHIM    a folder: `count` so far, `pid` of the script; `changes` gets a line for each, with `inside` before it
#                      where it is in a container's network, `host` else
#              LIMIT   the number of the command to act at
#              ACTION  before: kill the script, and do nothing; after: do it, then kill the script; term: do it, and send
#                      the script SIGTERM; fail: fail
#
# shellcheck disable=SC2154,SC2312 # the environment is the caller's
PATH=${PATH#*:}
command=${0##*/}
real=$(command -v "${command}")
case "${command} $*" in
"ip netns exec "* | *" name probe "* | "ip -o -batch -") changes=no ;;
ip\ *\ add\ * | ip\ *\ set\ * | ip\ *\ delete\ * | ip\ *\ replace\ * | ip\ *-batch\ *) changes=yes ;;
"brctl add"* | "brctl del"* | "bridge fdb append "* | *"sysctl -q -"* | "umount "*) changes=yes ;;
"install -D "* | "rm /etc/"* | "systemctl enable "* | "systemctl disable "*) changes=yes ;;
"systemctl restart "* | "systemctl stop "*) changes=yes ;;
*"tables-"*" -w 5 -"[AIDNFX]" "*) changes=yes ;;
*) changes=no ;;
esac
# What `ip netns exec` runs is looked at in its turn.
case "${command} $*" in
"ip netns exec "*) PATH=${SHIM}:${PATH} exec "${real}" "$@" ;;
*) ;;
esac
[ "${changes}" = yes ] || exec "${command}" "$@"

# act PLACE SHOWN COMMAND…: one change, counted, at which the script may be stopped
act() {
    place=$1 shown=$2
    shift 2
    count=$(($(cat "${SHIM}/count") + 1))
    echo "${count}" >"${SHIM}/count"
    printf '%s %s\n' "${place}" "${shown}" >>"${SHIM}/changes"
    [ "${count}" -eq "${LIMIT}" ] || {
        "$@"
        return
    }
    case ${ACTION} in
    fail) return 1 ;;
    after) "$@" ;;
    term)
        "$@" || return
        kill -TERM "$(cat "${SHIM}/pid")"
        return
        ;;
    *) ;;
    esac
    kill -KILL "$(cat "${SHIM}/pid")"
    exit 1
}

# What up.sh makes together is looked at line by line.
case "${command} $*" in
"ip -batch "*/together) file=$2 ;;
"ip -force -batch "*/together) file=$3 ;;
*) file= ;;
esac
place=host
[ "$(readlink /proc/self/ns/net)" = "$(readlink "/proc/$(cat "${SHIM}/pid")/ns/net")" ] || place=inside
if [ -n "${file}" ]; then
    number=0
    while read -r words; do
        number=$((number + 1))
        # shellcheck disable=SC2086 # the words of a command
        act "${place}" "ip ${words}" ip ${words} </dev/null || {
            echo "Command failed ${file}:${number}" >&2
            exit 1
        }
    done <"${file}"
    exit 0
fi
act "${place}" "${command} $*" "${command}" "$@"
