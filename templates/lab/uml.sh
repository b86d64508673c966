#!/bin/sh
# uml.sh: runs a lab in a Linux kernel of its own, user-mode Linux, which has types of interfaces that the kernel of
# this machine may lack. That kernel's root is this machine's files, which it can only read.
# Written by topoc.
#
# usage: uml.sh FOLDER SECONDS [--units] [NODE COMMAND…]
#   FOLDER         the compiled topology
#   SECONDS        the kernel is ended after so many
#   --units        as lab.sh has it
#   NODE COMMAND…  what to run in place of the checks
# exit status: that of lab.sh; 1 where the kernel ended before it, 3 where there is no such kernel, 124 after SECONDS
#
# shellcheck disable=SC2310,SC2312,SC2317 # a question's failure is its answer; traps call functions
set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

say() { printf 'topoc: %s\n' "$*" >&2; }

refuse() {
    say "$*"
    exit 3
}

scripts=$(cd "$(dirname "$0")" && pwd -P) || exit 3
folder=$(cd "$1" && pwd -P) || exit 3
seconds=$2
shift 2
own=${scripts}/own
pid=''
asked=''

# end_kernel: ends what is left of it: what boot started, whether setsid has made it the leader of a group yet or not, and
# the kernel, which makes itself the leader of a second group as it starts. Of those one can outlive it, stopped, if it
# is ended while it still tries out what this machine can do.
end_kernel() {
    kill -s KILL "${pid}"
    kill -s KILL -- "-${pid}"
    [ ! -s "${own}/leader" ] || kill -s KILL -- "-$(cat "${own}/leader")"
    pid=''
} 2>/dev/null

# take_away: the kernel, if it has begun, is asked to end first, so that its own children have somebody who waits for
# them; if not, those who wait for what it prints wait for nothing
take_away() {
    [ -z "${pid}" ] || {
        if [ -s "${own}/leader" ]; then
            kill -s TERM "${pid}" && wait "${pid}"
        else
            kill -s KILL "${out}" "${err}"
        fi
        end_kernel
        wait
    } 2>/dev/null
    rm -rf "${own}"
}

stopped() {
    trap '' HUP INT TERM QUIT
    say 'stopped: the kernel is ended, and nothing of it stays'
    exit 1
}

# boot: the kernel's own messages go to a file, the lab's to consoles that are FIFOs: what user-mode Linux has opened
# it sets to answer without delay, and that must not happen to somebody's terminal. setsid gives it a process group.
# shellcheck disable=SC2016 # the words are those of the shell that becomes the kernel
boot() {
    TMPDIR=${own} setsid timeout --foreground -k 5 "${seconds}" \
        sh -c 'echo $$ >"$1/leader" && shift && exec linux.uml "$@"' sh "${own}" mem=1G rootfstype=hostfs rootflags=/ ro \
        "init=\"${scripts}/uml-init.sh\"" "uml_dir=${own}/" umid=kernel con=null con0=null,fd:1 con1=null,fd:3 con2=null,fd:4 quiet \
        </dev/null >"${own}/log" 2>&1 3>"${own}/stdout" 4>"${own}/stderr" &
    pid=$!
}

# outcome: says what has gone wrong, if the lab did not come to its end
outcome() {
    if [ -s "${own}/told/status" ]; then
        status=$(cat "${own}/told/status")
    elif [ "${ended}" -eq 124 ] || [ "${ended}" -eq 137 ]; then
        say "the lab did not end in ${seconds} seconds, and is ended: --timeout gives it more"
        status=124
    else
        say 'the kernel ended before the lab did; its last words:'
        tail -n 12 "${own}/log" >&2
        status=1
    fi
}

{ command -v linux.uml && [ -d /usr/lib/uml/modules ]; } >/dev/null ||
    refuse 'user-mode Linux is not installed; on Debian and Ubuntu: apt install user-mode-linux'
command -v modprobe >/dev/null || refuse '"modprobe" is not installed; on Debian and Ubuntu: apt install kmod'
case ${scripts} in
*'"'*) refuse "a kernel cannot be told of \"${scripts}\": set TMPDIR to a folder without a quotation mark" ;;
*) ;;
esac

umask 077
trap take_away EXIT
trap 'asked=yes' HUP INT TERM QUIT
mkdir "${own}" "${own}/told" && mkfifo "${own}/stdout" "${own}/stderr" || exit 3
printf '%s' "${folder}" >"${own}/folder"
for word; do
    printf '%s' "${word}" >"${own}/word.$((${number:=0} + 1))"
    number=$((number + 1))
done
cat "${own}/stdout" &
out=$!
cat "${own}/stderr" >&2 &
err=$!
boot
trap stopped HUP INT TERM QUIT
[ -z "${asked}" ] || stopped
# A kernel that aborts as it halts has done its work: a shell says so of a job, and nobody needs it.
wait "${pid}" 2>/dev/null
ended=$?
end_kernel
wait "${out}" "${err}"
outcome
exit "${status}"
