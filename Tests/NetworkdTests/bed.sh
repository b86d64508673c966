#!/bin/sh
# Hosts of a compiled topology that are configured by real systemd-networkds, one for each host; for the tests, as root.
# Everything is in namespaces of this script's own, and is gone when it ends.
#
# usage: unshare --net --mount --pid --fork --kill-child --propagation private sh bed.sh FOLDER COMMANDS
#   FOLDER    the topology's, compiled for bare namespaces
#   COMMANDS  what to do, in the words below
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
# shellcheck disable=SC2016,SC2317 # inner shells expand their own words; COMMANDS call these
set -u
folder=$1
bed=$(cd "$(dirname "$0")" && pwd -P)
hosts=$(cd "${folder}" && for file in */up.sh; do [ "${file}" = lab/up.sh ] || printf '%s ' "${file%/up.sh}"; done)
PATH=${PATH}:/usr/sbin:/sbin
export PATH

mount -t proc proc /proc
awk '$5 ~ "^/run/" { print $5 }' /proc/self/mountinfo | tac | while read -r place; do umount -l "${place}"; done
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/cgroup /run/netns
mount --rbind /sys/fs/cgroup /run/cgroup
mount -t sysfs sysfs /sys
mount --move /run/cgroup /sys/fs/cgroup
ip link set dev lo up

lab() { sh "${folder}/lab.sh" "$@"; }

# at HOST COMMAND…: lab.sh has a umask under which systemd-networkd, which is not root, could read nothing
at() {
    node=$1
    shift
    lab exec "${node}" sh -c 'umask 022; exec "$@"' sh "$@"
}

must() {
    "$@" && return
    echo "this failed: $*"
    exit 1
}

# bare: hosts and LANs, no script run in them. Each NIC has the same MAC address every time, and has been up before, as
# those of machines have: one that never has shows that for ever.
bare() {
    for host in ${hosts}; do
        mkdir -p "${folder}/scripts/${host}"
        mv "${folder}/${host}/"*.sh "${folder}/scripts/${host}/"
        for script in up down check; do : >"${folder}/${host}/${script}.sh"; done
    done
    must lab up >/dev/null
    number=0
    for host in ${hosts}; do
        cp "${folder}/scripts/${host}/"*.sh "${folder}/${host}/"
        number=$((number + 1))
        # shellcheck disable=SC2016 # the inner shell expands its own words
        must at "${host}" sh -c 'number=0
            for link in $(ip -o link show type veth | sed "s/^[0-9]*: //; s/@.*//"); do
                ip link set dev "${link}" address "$1:0${number}" up && sleep 0.1 && ip link set dev "${link}" down || exit
                number=$((number + 1))
            done' sh "02:00:00:00:0${number}"
    done
}

# machine HOST: what a machine with systemd has. Where /sys can be written to, systemd-networkd waits for udev.
machine() {
    at "$1" sh -c '
        mount -o remount,bind,ro /sys
        for place in /etc/systemd/network /etc/systemd/system /etc/sysctl.d; do
            mkdir -p "${place}" && mount -t tmpfs -o mode=755 tmpfs "${place}"
        done
        mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
        chown -R systemd-network:systemd-network /run/systemd/netif'
}

# networkd HOST: started, its log in FOLDER/HOST.log
networkd() {
    at "$1" sh -c 'echo "$$" >/run/networkd.pid; SYSTEMD_LOG_TARGET=console exec /lib/systemd/systemd-networkd' \
        >>"${folder}/$1.log" 2>&1 &
}

# restart HOST: as `systemctl restart systemd-networkd` does
restart() {
    pid=$(at "$1" cat /run/networkd.pid)
    kill "${pid}"
    while [ -d "/proc/${pid}" ] && [ "$(cut -d ' ' -f 3 "/proc/${pid}/stat" 2>/dev/null)" != Z ]; do sleep 0.02; done
    networkd "$1"
}

# units HOST: its units in place, all of them read and done
units() {
    machine "$1"
    at "$1" sh -c 'cp "$1"/05-topoc-* /etc/systemd/network/; cp "$1"/60-* /etc/sysctl.d/ 2>/dev/null
        for file in /etc/sysctl.d/*.conf; do [ ! -e "${file}" ] || sysctl -q -p "${file}"; done' \
        sh "${folder}/$1/networkd"
    networkd "$1"
    configured "$1"
}

# systemd HOST: a machine on which install.sh runs; systemctl is one that knows systemd-networkd alone
systemd() {
    machine "$1"
    at "$1" sh -c '
        for place in /var/lib /etc/network /etc/NetworkManager; do
            [ ! -d "${place}" ] || mount -t tmpfs -o mode=755 tmpfs "${place}"
        done
        mkdir /run/bin
        cp "$1" /run/bin/systemctl && chmod 755 /run/bin/systemctl' sh "${bed}/systemctl.sh"
}

# install HOST [OPTION…]: its install.sh
install_units() {
    host=$1
    shift
    at "${host}" sh -c 'PATH=/run/bin:${PATH}; export PATH; exec sh "$@"' sh "${folder}/${host}/networkd/install.sh" "$@"
}

# stopped HOST ACTION NUMBER [OPTION…]: its install.sh, stopped at a change as shim.sh says; at 0 they are only counted
stopped() {
    host=$1 action=$2 number=$3
    shift 3
    [ -d "${folder}/shim" ] || {
        mkdir "${folder}/shim"
        for command in ip sysctl install rm systemctl; do
            cp "${bed}/../LabTests/shim.sh" "${folder}/shim/${command}" && chmod 755 "${folder}/shim/${command}"
        done
    }
    at "${host}" env "SHIM=${folder}/shim" "ACTION=${action}" "LIMIT=${number}" sh -c '
        echo 0 >"${SHIM}/count"; : >"${SHIM}/changes"
        sh -c '\''echo "$$" >"${SHIM}/pid"; PATH=${SHIM}:/run/bin:${PATH} exec sh "$@"'\'' sh "$@"
        exit "$?"' sh "${folder}/${host}/networkd/install.sh" "$@"
}

# steps: of the changes that were counted last, the number of one of each form, and of the first and the last
steps() { sh "${bed}/../LabTests/forms.sh" "${folder}/shim/changes" | tee "${folder}/forms.txt" | cut -f 1; }

# configured HOST: waits until each interface that a unit matches is configured
configured() {
    at "$1" sh -c '
        tries=0
        for unit in /etc/systemd/network/*.network /run/systemd/network/*.network; do
            [ -e "${unit}" ] || continue
            name=$(sed -n "s/^Name=//p" "${unit}")
            case ${name} in veth-*) [ -e "/sys/class/net/${name}" ] || continue ;; esac
            until grep -qs "^ADMIN_STATE=configured" \
                "/run/systemd/netif/links/$(cat "/sys/class/net/${name}/ifindex" 2>/dev/null)"; do
                tries=$((tries + 1))
                [ "${tries}" -lt 200 ] || { echo "not configured: ${name}"; exit 1; }
                sleep 0.05
            done
        done' || {
        cat "${folder}/$1.log"
        exit 1
    }
}

# lint HOST: its units read by a systemd-networkd of their own, where its NICs are, and nothing else
lint() {
    unshare --net --mount --propagation private sh -c '
        mount -t tmpfs tmpfs /run && mount -t tmpfs -o mode=755 tmpfs /etc/systemd/network
        mount -t sysfs -o ro sysfs /sys
        mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
        chown -R systemd-network:systemd-network /run/systemd/netif
        cp "$1"/networkd/05-* /etc/systemd/network/
        for nic in eth0 eth1; do ip link add name "${nic}" type veth peer name "to-${nic}"; done
        SYSTEMD_LOG_TARGET=console timeout -s KILL 2 /lib/systemd/systemd-networkd >"$1.log" 2>&1' sh "${folder}/$1"
}

# netplan_units HOST: what netplan makes of its file, with the drop-ins and settings beside it, read and done
netplan_units() {
    machine "$1"
    at "$1" sh -c '
        mount -t tmpfs -o mode=755 tmpfs /etc/netplan && cp "$1/netplan/05-topoc.yaml" /etc/netplan/
        chmod 600 /etc/netplan/05-topoc.yaml
        mkdir -p /run/root/etc && cp -R /etc/netplan /run/root/etc/
        netplan generate --root-dir /run/root || exit 1
        mkdir -p /run/systemd/network && cp /run/root/run/systemd/network/*.net* /run/systemd/network/
        for folder in "$1"/netplan/*.d; do [ ! -d "${folder}" ] || cp -R "${folder}" /etc/systemd/network/; done
        for file in "$1"/networkd/60-*; do [ ! -e "${file}" ] || sysctl -q -p "${file}"; done
        chmod -R go+rX /etc/systemd/network /run/systemd/network' sh "${folder}/$1" || exit 1
    networkd "$1"
    configured "$1"
}

# complaints: what the systemd-networkds had to say against units
complaints() { grep -H -i -E 'ignor|unknown|invalid|fail|could not|error|warn' "${folder}"/*.log; }

# up: each host's own up.sh
up() { for host in ${hosts}; do must at "${host}" sh "${folder}/${host}/up.sh"; done; }

# state HOST: links, addresses, routes and forwarding tables of the host, a line each
state() { at "$1" sh "${bed}/../KernelState/state.sh"; }

eval "$2"
