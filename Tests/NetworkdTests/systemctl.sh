#!/bin/sh
# systemctl(1) on a machine of the tests, where systemd-networkd runs without systemd: the verbs that install.sh uses.
# Its log is /run/networkd.log.
#
# shellcheck disable=SC2312 # a process that is gone has no state
pid=$(cat /run/networkd.pid 2>/dev/null)

is_running() {
    [ -n "${pid}" ] && [ -d "/proc/${pid}" ] && [ "$(cut -d ' ' -f 3 "/proc/${pid}/stat" 2>/dev/null)" != Z ]
}

stop() {
    ! is_running || kill "${pid}"
    while is_running; do sleep 0.02; done
    rm -f /run/networkd.pid
}

# does KEY SERVICE: runs what a service's line says
does() {
    sed -n "s/^$1=-*//p" "/etc/systemd/system/$2" | while read -r command; do
        ${command} </dev/null 2>/dev/null || exit
    done
}

for last; do :; done
case "$*" in
daemon-reload) ;;
"is-enabled --quiet "topoc-*.service | "is-active --quiet "topoc-*.service) [ -e "/run/${last}" ] ;;
"enable --quiet "topoc-*.service) ;;
"restart "topoc-*.service)
    does ExecStop "${last}"
    does ExecStart "${last}" && : >"/run/${last}"
    ;;
"disable --quiet --now "topoc-*.service)
    does ExecStop "${last}"
    rm -f "/run/${last}"
    ;;
"is-enabled --quiet systemd-networkd.service") [ -e /run/enabled ] ;;
"enable --quiet systemd-networkd.service") : >/run/enabled ;;
"disable --quiet systemd-networkd.service") rm /run/enabled ;;
"is-active --quiet systemd-networkd.service") is_running ;;
"stop systemd-networkd.socket systemd-networkd.service") stop ;;
"restart systemd-networkd.service")
    stop
    # shellcheck disable=SC2016 # the inner shell expands its own words
    setsid sh -c 'umask 022; echo "$$" >/run/networkd.pid; exec /lib/systemd/systemd-networkd' \
        </dev/null >>/run/networkd.log 2>&1 9>&- &
    until [ -s /run/networkd.pid ]; do sleep 0.01; done
    ;;
*)
    echo "systemctl: $*" >&2
    exit 1
    ;;
esac
