#!/bin/sh
# virtualbox.sh: plugs the VMs that are the hosts into the LANs of "Bridged scenario over the LAN".
# Run it where VirtualBox runs, as the user whose VMs they are, while the VMs are powered off.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2312 # a question's failure is its answer; changes go through run, which sees to failures

# The VM that each host is, unless --vm says otherwise.
vm1=host1
vm2=host2

# each: a host with its VM, then its adapters: NIC, place after the first adapter, network, promiscuous mode, its MAC
# where the topology gives one
each() {
    # --- host1 ---
    host host1 "${vm1}"
    # eth0, on LAN "internal": a port of bridge lxdbr0. Frames for the MACs behind the bridge come in by it,
    # and VirtualBox drops all that are not for the adapter's own MAC, unless promiscuous mode is allowed.
    adapter eth0 0 intnet allow-vms

    # --- host2 ---
    host host2 "${vm2}"
    # eth0, on LAN "internal": a port of bridge lxdbr0. Frames for the MACs behind the bridge come in by it,
    # and VirtualBox drops all that are not for the adapter's own MAC, unless promiscuous mode is allowed.
    adapter eth0 0 intnet allow-vms

    true
}

# name_vm HOST=NAME: for --vm
name_vm() {
    case $1 in
    host1=?*) vm1=${1#*=} ;;
    host2=?*) vm2=${1#*=} ;;
    *) wrong_usage "--vm $1: not a host of this topology and a VM, as in --vm HOST=NAME" ;;
    esac
}

# The rest is how this is done: what the words above mean, then the order of things.

set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
newline='
'
vboxmanage=${VBOXMANAGE:-VBoxManage}
first_adapter=2
dry_run=no
replace=no
problems=no
seen=${newline}

say() { printf '%s\n' "$*"; }

usage() {
    say 'usage: virtualbox.sh [--vm HOST=NAME]... [--first-adapter N] [--replace] [--dry-run]'
    say '  --vm             the VM that a host is, by name or UUID; else that of its name'
    say '  --first-adapter  the adapter of a host'\''s first NIC listed here, 1 to 8, the next ones following; else 2,'
    say '                   since adapter 1 is the one that a VM comes with, by which it is administered'
    say '  --replace        plug in adapters that are attached to something else, too'
    say '  --dry-run        check, print the commands, and change nothing'
    say 'VBOXMANAGE in the environment names VBoxManage where it is not in PATH.'
    say 'exit status: 0 done, 1 a command failed, 2 wrong usage, 3 refused before any change'
}

wrong_usage() {
    say "virtualbox.sh: $1" >&2
    usage >&2
    exit 2
}

problem() {
    say "virtualbox.sh: $*" >&2
    problems=yes
}

# quoted WORD...: a line that the shell reads as these words
quoted() {
    quoted_line=
    for word in "$@"; do
        case ${word} in
        '' | *[!A-Za-z0-9_./:=@%+,-]*) word="'$(printf '%s\n' "${word}" | sed "s/'/'\\\\''/g")'" ;;
        *) ;;
        esac
        quoted_line="${quoted_line}${quoted_line:+ }${word}"
    done
    say "${quoted_line}"
}

# run COMMAND...: says it, and does it unless --dry-run
run() {
    say "  $(quoted "$@")"
    [ "${dry_run}" = no ] || return 0
    "$@" </dev/null && return 0
    say 'virtualbox.sh: this failed; what was plugged in before stays, and another run goes over all of it again' >&2
    exit 1
}

# value KEY: what VirtualBox says of the VM; on Windows its lines end in CR LF
value() { printf '%s\n' "${about}" | tr -d '\r' | sed -n "s/^$1=\"\(.*\)\"\$/\1/p"; }

# host HOST VM: the one that the adapters after it are of
host() {
    vm=$2
    [ "${phase}" = check ] || return 0
    case ${seen} in
    *"${newline}${vm}${newline}"*) problem "VM \"${vm}\" is two hosts: --vm HOST=NAME names another" ;;
    *) seen=${seen}${vm}${newline} ;;
    esac
    if ! about=$("${vboxmanage}" showvminfo "${vm}" --machinereadable </dev/null); then
        about=
        problem "VM \"${vm}\" for host \"$1\" is not there; VBoxManage list vms lists those that are: --vm $1=NAME"
        return 0
    fi
    state=$(value VMState)
    case ${state} in
    poweroff | aborted | teleported) ;;
    saved | aborted-saved)
        problem "VM \"${vm}\" has a saved state, with which its adapters cannot be changed: start it and shut it down"
        ;;
    *) problem "VM \"${vm}\" is not powered off (${state}): shut it down, as its adapters cannot be made meanwhile" ;;
    esac
}

# adapter NIC PLACE NETWORK PROMISCUOUS [MAC]
adapter() {
    number=$((first_adapter + $2))
    if [ "${phase}" = check ]; then
        check_adapter "$1" "$3"
    else
        say "${vm}: adapter ${number} is $1"
        plug "$3" "$4" "${5:-}"
    fi
}

# check_adapter NIC NETWORK
check_adapter() {
    case $2 in
    '' | [Nn][Oo][Nn][Ee]) problem "network \"$2\": VirtualBox takes this for no network: give it another name" ;;
    *) ;;
    esac
    if [ "${number}" -gt 8 ]; then
        problem "VM \"${vm}\": $1 would be adapter ${number}, and there are 8: fewer NICs, or a lower --first-adapter"
        return 0
    fi
    attached=$(value "nic${number}")
    network=$(value "intnet${number}")
    case ${attached} in
    '' | none | null) return 0 ;;
    intnet)
        [ "${network}" != "$2" ] || return 0
        attached="internal network \"${network}\""
        ;;
    *) ;;
    esac
    [ "${replace}" = yes ] || problem "VM \"${vm}\": adapter ${number}, to be $1, is attached to something else:" \
        "${attached}; --replace takes it, --first-adapter N takes others"
}

# plug NETWORK PROMISCUOUS MAC: by the names that these options have in VirtualBox 6.1 and, as aliases, in 7
plug() {
    mac=$3
    set -- "--nic${number}" intnet "--intnet${number}" "$1" "--nicpromisc${number}" "$2" \
        "--cableconnected${number}" on
    [ -z "${mac}" ] || set -- "$@" "--macaddress${number}" "${mac}"
    run "${vboxmanage}" modifyvm "${vm}" "$@"
}

while [ $# -gt 0 ]; do
    case $1 in
    --vm)
        name_vm "${2:-}"
        shift
        ;;
    --first-adapter)
        case ${2:-} in
        [1-8]) first_adapter=$2 && shift ;;
        *) wrong_usage '--first-adapter takes a number from 1 to 8' ;;
        esac
        ;;
    --replace) replace=yes ;;
    --dry-run) dry_run=yes ;;
    --help) usage && exit 0 ;;
    *) wrong_usage "\"$1\" is not an option" ;;
    esac
    shift
done

if command -v "${vboxmanage}" >/dev/null; then
    phase=check
    each
else
    problem "\"${vboxmanage}\" is not there; VirtualBox brings it: put its folder into PATH, or its path into VBOXMANAGE"
fi
if [ "${problems}" = yes ]; then
    say 'virtualbox.sh: nothing was changed' >&2
    exit 3
fi
phase=plug
each
[ "${dry_run}" = yes ] || say 'plugged in; start the VMs'
