# need_networkd: what hosts that come up from units need of this machine
need_networkd() {
    need_tool systemctl systemd
    networkd=/lib/systemd/systemd-networkd
    [ -x "${networkd}" ] || networkd=/usr/lib/systemd/systemd-networkd
    [ -x "${networkd}" ] || refuse '"systemd-networkd" is not installed; on Debian and Ubuntu: apt install systemd'
    for host in ${hosts}; do
        [ -e "$(units_of_host "${host}")" ] ||
            refuse "${host}/networkd/install.sh is not there: build with the backend \"networkd\", too"
    done
}

# units_of_host HOST: where the lab's scripts differ from those of the hosts, the units may, too
units_of_host() {
    [ ! -e "${scripts}/$1/networkd/install.sh" ] || {
        printf '%s\n' "${scripts}/$1/networkd/install.sh"
        return
    }
    printf '%s\n' "${here}/$1/networkd/install.sh"
}

# equip HOST FOLDER NETWORKD: what a host's mounts need for a systemd-networkd of its own; it runs in these
# shellcheck disable=SC2016 # it expands its own words
equip='
    set -e
    cd "$2"
    # systemd-networkd is not root.
    umask 022
    # Where /sys can be written to, systemd-networkd waits for udev.
    mount -o remount,bind,ro /sys
    # Nothing of how this machine itself is configured, nor of what install.sh has done to it.
    for folder in /etc/systemd/network /etc/systemd/system /etc/sysctl.d /etc/network /etc/NetworkManager /etc/netplan /var/lib; do
        [ ! -d "${folder}" ] || mount -t tmpfs -o mode=755 topoc-lab "${folder}"
    done
    case $2 in /var/lib/*) mkdir -p "$2" && mount --no-canonicalize --bind . "$2" ;; esac
    mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
    chown -R systemd-network: /run/systemd/netif
    cat >/run/systemctl
    chmod 755 /run/systemctl
    ln -s "$3" /run/systemd-networkd
    mount --bind /run/systemctl "$(command -v systemctl)"'

# systemctl_of_hosts: prints the systemctl(1) that a host has, in which there is no systemd: it starts systemd-networkd
systemctl_of_hosts() {
    cat <<'END'
#!/bin/sh
# systemctl in a host of the lab: it knows systemd-networkd alone, whose log is /run/systemd-networkd.log.
verb=
for word; do
    case ${word} in
    -*) ;;
    systemd-networkd | systemd-networkd.service | systemd-networkd.socket) unit=networkd ;;
    *-nat.service) unit=nat file=/etc/systemd/system/${word} ;;
    *) verb=${verb:+"${verb} "}${word} ;;
    esac
done
pid=$(cat /run/systemd-networkd.pid 2>/dev/null)
is_active() {
    [ -n "${pid}" ] && [ "$(readlink "/proc/${pid}/ns/net" 2>/dev/null)" = "$(readlink /proc/self/ns/net)" ] &&
        ! grep -q '^State:.Z' "/proc/${pid}/status"
}
stop() {
    ! is_active || kill "${pid}"
    while is_active; do sleep 0.02; done
    rm -f /run/systemd-networkd.pid
}
start() {
    is_active || {
        SYSTEMD_LOG_TARGET=console setsid sh -c '
            umask 022
            echo "$$" >/run/systemd-networkd.pid
            exec "$(readlink /run/systemd-networkd)"' </dev/null >>/run/systemd-networkd.log 2>&1 9>&- &
        until [ -s /run/systemd-networkd.pid ]; do sleep 0.02; done
    }
}
# does KEY: runs what a service's line says
does() {
    sed -n "s/^$1=-*//p" "${file}" | while read -r command; do
        ${command} </dev/null 2>/dev/null || exit
    done
}
case ${unit-}:${verb} in
nat:is-active | nat:is-enabled) [ -e "/run/${file##*/}" ] ;;
nat:enable) ;;
nat:restart)
    does ExecStop
    does ExecStart && : >"/run/${file##*/}"
    ;;
nat:disable)
    does ExecStop
    rm -f "/run/${file##*/}"
    ;;
:daemon-reload) ;;
networkd:is-active) is_active ;;
networkd:is-enabled) [ -e /run/systemd-networkd.enabled ] ;;
networkd:enable) : >/run/systemd-networkd.enabled ;;
networkd:disable) rm -f /run/systemd-networkd.enabled ;;
networkd:start) start ;;
networkd:stop) stop ;;
networkd:restart)
    stop
    start
    ;;
*)
    echo "systemctl: in a host of the lab there is systemd-networkd alone, and not: $*" >&2
    exit 1
    ;;
esac
END
}

# install_units HOST: what a boot would find there
install_units() {
    [ -e "${place}/$1.equipped" ] || {
        systemctl_of_hosts | in_host "$1" sh -c "${equip}" sh "$1" "${here}" "${networkd}" ||
            failed "what $1 needs for systemd-networkd"
        : >"${place}/$1.equipped"
    }
    say "--- $1: install.sh ---"
    in_host "$1" sh "$(units_of_host "$1")" ${keep:+"${keep}"} </dev/null || failed "$1/networkd/install.sh"
}
