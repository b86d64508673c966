#!/bin/sh
# lab.sh: "Ethernet over GRE scenario" on this one machine, to try it and to take it apart.
# Each host is a set of namespaces (network, mounts, host name), each LAN a bridge in one more network namespace;
# in the hosts run the same scripts that real hosts would run, compiled for containers that are bare namespaces.
# Nothing of it reaches the network of this machine.
# Written by topoc; change the topology file instead, and build again.
#
# shellcheck disable=SC2310,SC2312 # a question's failure is its answer; changes go through need, which sees to failures

# make: the hosts, then the LANs, then a cable from each NIC to its LAN
make() {
    new_host host1
    new_host host2
    new_network_of_lans
    new_lan internal 1500 internal
    plug host1 eth0 host1.eth0 1500 internal all
    plug host2 eth0 host2.eth0 1500 internal all
}

# check: what this machine must have
check() {
    need_tool ip iproute2
    need_tool nsenter util-linux
    need_tool unshare util-linux
    need_tool taskset util-linux
    need_tool mountpoint util-linux
    need_tool flock util-linux
    need_tool awk mawk
    need_tool find findutils
    need_tool ping iputils-ping
    need_tool brctl bridge-utils
    need_tool traceroute traceroute
    unshare --net --mount --uts true || refuse 'no namespaces can be made here: a container must be privileged for that'
    need_type bridge
    need_type veth
    need_type gretap remote 192.0.2.1 local 192.0.2.2
}

# at NODE COMMAND…: runs a command in a host, in a container, or where the LANs are
at() {
    node=$1
    shift
    case ${node} in
    host1) in_host host1 "$@" ;;
    host2) in_host host2 "$@" ;;
    c1 | host1/c1) in_host host1 ip netns exec c1 "$@" ;;
    c2 | host1/c2) in_host host1 ip netns exec c2 "$@" ;;
    c3 | host2/c3) in_host host2 ip netns exec c3 "$@" ;;
    c4 | host2/c4) in_host host2 ip netns exec c4 "$@" ;;
    lan:internal) in_lans "$@" ;;
    *) wrong "there is no \"${node}\"; there are:" 'host1 host2 c1 c2 c3 c4 lan:internal' ;;
    esac
}

# The rest is how this is done.

set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
umask 077
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

name=gre
place=/run/topoc-lab/${name}
hosts='host1 host2'
# What is outside the topology, behind the gateways of its LANs.
outsides=''
# Those that take connections from other hosts while the checks run.
listeners=''
# The hosts whose checks ask that something does not pass.
silent_hosts=host1
lock=/run/topoc-lab/.${name}.lock
here=$(cd "$(dirname "$0")" && pwd -P) || exit 3
scripts=${here}/lab
keep=''
units=no
making=no
trouble=no
# The links that `make` has come to, where the LANs are.
links=

say() { printf '%s\n' "$*"; }

usage() {
    say 'usage: lab.sh up [--keep] [--units] | test | exec NODE COMMAND… | status | down | run [--units]'
    say '  up      make the hosts and LANs, and run each host'\''s up.sh; what fails is taken down, unless --keep;'
    say '          with --units the hosts come up from their units, by install.sh, and up.sh adds the containers'
    say '  test    run each host'\''s check.sh'
    say '  exec    run a command in a host (host1) or container (c1, or host1/c1), or where the LANs are (lan:NAME)'
    say '  status  say what is up'
    say '  down    run each host'\''s down.sh, and take hosts and LANs away'
    say '  run     up, test, and down again whatever happens'
    say 'exit status: 0 done, 1 something failed, 2 wrong usage, 3 refused before any change; exec has the command'\''s'
}

wrong() {
    [ $# -eq 0 ] || say "lab.sh: $*" >&2
    [ $# -gt 0 ] || usage >&2
    exit 2
}

refuse() {
    say "lab.sh: $*" >&2
    exit 3
}

# need COMMAND…: what must not fail
need() { "$@" </dev/null || failed "$@"; }

failed() {
    say "lab.sh: this failed: $*" >&2
    [ "${making}" = no ] || give_up
    exit 1
}

# need_tool COMMAND PACKAGE
need_tool() { command -v "$1" >/dev/null || refuse "\"$1\" is not installed; on Debian and Ubuntu: apt install $2"; }

# need_type TYPE WORD…: the kernel must have the device type; tried in a network namespace that ends at once
need_type() {
    unshare --net ip link add name probe type "$@" 2>/dev/null ||
        refuse "this kernel cannot make a \"$1\" interface (missing module?); \"topoc lab run --kernel uml FILE\" brings one that can"
}

# need_vlan: the kernel must have VLAN interfaces; tried likewise
need_vlan() {
    unshare --net sh -c 'ip link add name probe type bridge && ip link add link probe name probe2 type vlan id 1' 2>/dev/null ||
        refuse 'this kernel cannot make VLAN interfaces (module 8021q); "topoc lab run --kernel uml FILE" brings one that can'
}

# need_filtering: the kernel's bridges must tell VLANs apart; tried likewise
need_filtering() {
    unshare --net sh -c 'ip link add name probe type bridge vlan_filtering 1 && bridge vlan add dev probe vid 2 self' 2>/dev/null ||
        refuse "this kernel's bridges cannot tell VLANs apart; \"topoc lab run --kernel uml FILE\" brings one whose bridges can"
}

# need_ours: a lab is of the folder that it was brought up from; of one that is gone, it is anybody's
need_ours() {
    [ ! -e "${place}/folder" ] || {
        folder=$(cat "${place}/folder")
        [ "${folder}" = "${here}" ] || [ ! -e "${folder}/lab.sh" ] ||
            refuse "a lab \"${name}\" is up from ${folder}: take that down first, by its own lab.sh"
    }
}

need_up() { [ -e "${place}/complete" ] || refuse 'is not up'; }

# alone: two at a time would make and unmake the same
alone() {
    mkdir -p /run/topoc-lab || exit 3
    exec 9>"${lock}"
    flock -n 9 || refuse "another lab.sh is at work on \"${name}\""
}

is_kept() { [ "$(stat -f -c %T "$1" 2>/dev/null)" = nsfs ]; }

# is_mount FOLDER: by its device, since mountpoint(1) also finds what is hidden below a later mount on one of its parents
is_mount() { [ "$(stat -c %d "$1" 2>/dev/null)" != "$(stat -c %d "$1/.." 2>/dev/null)" ]; }

in_host() {
    files=${place}/$1
    shift
    nsenter --net="${files}.net" --mount="${files}.mnt" --uts="${files}.uts" "$@"
}

in_lans() { nsenter --net="${place}/.lans.net" "$@"; }

# new_place: mount namespaces can be kept by files of a private mount alone
new_place() {
    need mkdir -p "${place}"
    is_mount "${place}" || need mount -t tmpfs -o mode=755 topoc-lab "${place}"
    need mount --make-private "${place}"
    printf '%s\n' "${here}" >"${place}/folder"
}

# furnish HOST FOLDER: what a host's namespaces have of their own; it runs in these
# shellcheck disable=SC2016 # it expands its own words
furnish='
    set -e
    cd "$2"
    # A copy of a file that keeps a namespace would keep it too, when the file itself is gone; and mountpoint(1) would
    # find what was mounted below the old /run.
    awk "/ - nsfs / || \$5 ~ \"^/run/\" { print \$5 }" /proc/self/mountinfo | tac | while read -r file; do
        case $2/ in
        "${file}"/*) ;;
        *) umount -l "${file}" 2>/dev/null || true ;;
        esac
    done
    # An empty /run, as after a boot: two hosts may both have a container c1, and a state of up.sh.
    mount -t tmpfs -o mode=755 topoc-lab /run
    case $2 in /run/*) mkdir -p "$2" && mount --no-canonicalize --bind . "$2" ;; esac
    # /sys shows the interfaces of the namespace that it was mounted in; the cgroups below it stay.
    mkdir /run/cgroup
    [ ! -d /sys/fs/cgroup ] || mount --rbind /sys/fs/cgroup /run/cgroup
    mount -t sysfs topoc-lab /sys
    ! mountpoint -q /run/cgroup || mount --move /run/cgroup /sys/fs/cgroup
    rmdir /run/cgroup
    printf %s "$1" >/proc/sys/kernel/hostname
    ip link set dev lo up'

# keep_namespaces HOST CPU: its files hold its namespaces, so that no process has to
keep_namespaces() {
    forget "$1"
    for kind in net mnt uts; do : >"${place}/$1.${kind}"; done
    said=$(taskset -c "$2" unshare --net="${place}/$1.net" --mount="${place}/$1.mnt" --uts="${place}/$1.uts" \
        --propagation private true 2>&1)
}

# new_host HOST
new_host() {
    [ ! -e "${place}/$1.ready" ] || return 0
    grep -qxF -e "$1" "${place}/hosts" 2>/dev/null || printf '%s\n' "$1" >>"${place}/hosts"
    # A file keeps only mount namespaces with a higher number than this script's own, and since 6.18 Linux counts on
    # each CPU apart: where one is too low, another is not.
    cpu=0
    until keep_namespaces "$1" "${cpu}"; do
        cpu=$((cpu + 1))
        [ "${cpu}" -lt "$(nproc --all)" ] || failed "namespaces for $1: ${said}"
    done
    in_host "$1" sh -c "${furnish}" sh "$1" "${here}" || failed "what $1 has of its own"
    : >"${place}/$1.ready"
}

# new_network_of_lans: the LANs themselves have no addresses, and say nothing
new_network_of_lans() {
    [ ! -e "${place}/.lans.ready" ] || return 0
    forget .lans
    : >"${place}/.lans.net"
    need unshare --net="${place}/.lans.net" \
        sh -c '! [ -d /proc/sys/net/ipv6 ] || sysctl -q -w net.ipv6.conf.default.disable_ipv6=1'
    : >"${place}/.lans.ready"
}

# new_lan BRIDGE MTU NAME: a switch, without STP, that gives frames for a group to all
new_lan() {
    links="${links} $1"
    in_lans ip link show dev "$1" >/dev/null 2>&1 ||
        need in_lans ip link add name "$1" mtu "$2" type bridge stp_state 0 mcast_snooping 0
    need in_lans ip link set dev "$1" mtu "$2" alias "LAN $3" up
}

# plug HOST NIC PORT MTU [BRIDGE all|own [MAC]]: without a bridge it is plugged to nothing. `own` is for a LAN that hands
# a NIC no frames for other MACs than its own, which is the one that it has or the one that up.sh gives it.
plug() {
    links="${links} $3"
    if in_lans ip link show dev "$3" >/dev/null 2>&1; then
        plug_anew "$@"
    else
        need in_lans ip link add name "$3" mtu "$4" type veth peer name "$2" mtu "$4" netns "${place}/$1.net"
    fi
    [ $# -gt 4 ] || return 0
    [ "$6" = all ] || {
        need in_lans ip link set dev "$3" master "$5"
        need in_lans bridge link set dev "$3" learning off flood off
        for mac in "$(in_host "$1" cat "/sys/class/net/$2/address")" ${7:+"$7"}; do
            need in_lans bridge fdb replace "${mac}" dev "$3" master static
        done
    }
    need in_lans ip link set dev "$3" master "$5" alias "$1 $2" up
}

# new_outside NODE PORT MTU BRIDGE all|own ADDRESSES SUBNETS OTHERS: what is behind a LAN's gateway. It has the gateway's
# addresses, knows the LAN's subnets, refuses what is for the topology's others, and answers for every other address.
new_outside() {
    new_host "$1"
    plug "$1" eth0 "$2" "$3" "$4" "$5"
    in_host "$1" sh -c "${everywhere}" sh "$6" "$7" "$8" || failed "what is outside, $1"
}

# everywhere ADDRESSES SUBNETS OTHERS: it runs outside
# shellcheck disable=SC2016 # it expands its own words
everywhere='
    set -ef
    # Other addresses than its own are no neighbours: nobody is answered who asks for them by ARP.
    echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore
    for filter in all eth0; do echo 0 >"/proc/sys/net/ipv4/conf/${filter}/rp_filter"; done
    echo 1 >/proc/sys/net/ipv4/ip_forward
    ! [ -d /proc/sys/net/ipv6 ] || {
        echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        echo 1 >/proc/sys/net/ipv6/ip_nonlocal_bind
    }
    ip link set dev eth0 up
    ip address flush dev eth0 scope global
    for family in 4 6; do
        ip "-${family}" route delete local default dev lo table local 2>/dev/null || true
        for type in unicast unreachable; do
            ip "-${family}" route flush table local type "${type}" 2>/dev/null || true
        done
    done
    for address in $1; do
        case ${address} in
        *:*) ip address add "${address}" dev eth0 nodad && ip -6 route replace local ::/0 dev lo table local ;;
        *) ip address add "${address}" dev eth0 && ip route replace local 0.0.0.0/0 dev lo table local ;;
        esac
    done
    # In this table, which is asked first, these are not its own.
    for subnet in $2; do ip route replace "${subnet}" dev eth0 table local; done
    for subnet in $3; do ip route replace unreachable "${subnet}" table local; done
    # Nor does a router answer for what is link-local.
    ip route replace unreachable 169.254.0.0/16 table local'

# plug_anew HOST NIC PORT MTU [BRIDGE all|own [MAC]]: the topology may have another LAN for it now
plug_anew() {
    plugged=$(in_lans ip -o link show dev "$3")
    case ${plugged} in
    *" mtu $4 "*) ;;
    *)
        need in_lans ip link set dev "$3" mtu "$4"
        need in_host "$1" ip link set dev "$2" mtu "$4"
        ;;
    esac
    if [ "${5-}" != "$(printf '%s\n' "${plugged}" | sed -n 's/.* master \([^ ]*\) .*/\1/p')" ]; then
        need in_lans ip link set dev "$3" nomaster
        [ $# -gt 4 ] || need in_lans ip link set dev "$3" down
    elif [ "${6-}" = all ]; then
        need in_lans bridge link set dev "$3" learning on flood on
        for mac in $(in_lans bridge fdb show dev "$3" | awk '/ static$/ && !/ self/ { print $1 }'); do
            need in_lans bridge fdb delete "${mac}" dev "$3" master
        done
    fi
}

# forget HOST: lets its namespaces go
forget() {
    rm -f "${place}/$1.ready" "${place}/$1.equipped"
    for kind in net mnt uts; do
        ! is_kept "${place}/$1.${kind}" || umount "${place}/$1.${kind}" || trouble=yes
        rm -f "${place}/$1.${kind}" || trouble=yes
    done
}

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

up() {
    check
    [ "${units}" = no ] || need_networkd
    need_ours
    alone
    was_up=no
    [ ! -e "${place}/complete" ] || was_up=yes
    making=yes
    trap 'say "lab.sh: stopped" >&2; give_up' HUP INT TERM
    new_place
    forget_hosts
    make
    for host in ${hosts}; do
        [ "${units}" = no ] || install_units "${host}"
        say "--- ${host}: up.sh ---"
        in_host "${host}" sh "${scripts}/${host}/up.sh" ${keep:+"${keep}"} </dev/null || failed "${host}/up.sh"
    done
    forget_plugs
    : >"${place}/complete"
    making=no
    exec 9>&-
}

# forget_hosts: those that the topology no longer has
forget_hosts() {
    while read -r former; do
        case " ${hosts} ${outsides} ${former}" in
        *" ${former} "* | *' ') ;;
        *)
            say "--- ${former}: no longer in the topology ---"
            leave "${former}"
            forget "${former}"
            { grep -vxF -e "${former}" "${place}/hosts" >"${place}/hosts.new" || true; } &&
                mv "${place}/hosts.new" "${place}/hosts"
            ;;
        esac
    done <<END
$(cat "${place}/hosts" 2>/dev/null)
END
}

# forget_plugs: the cables and the LANs that the topology no longer has; a host's up.sh has given up its NIC before
forget_plugs() {
    for link in $(in_lans ip -o link show | awk '{ sub(/@.*|:$/, "", $2); print $2 }'); do
        case "${links} lo " in
        *" ${link} "*) ;;
        *) need in_lans ip link delete dev "${link}" ;;
        esac
    done
}

# give_up: what was up before, up.sh has left as it was
give_up() {
    trap '' HUP INT TERM
    making=no
    if [ "${was_up}" = yes ] || [ -n "${keep}" ]; then
        say 'lab.sh: left as it is: up goes on from here, down takes it away' >&2
    else
        say 'taking down:'
        take_down
    fi
    exit 1
}

# one_stream: of all hosts' TAP, numbered through, with the one plan at its end
one_stream() {
    awk '
        /^1\.\.[0-9]+$/ { planned += substr($0, 4); next }
        /^Bail out!/ { failures++ }
        /^(not )?ok [0-9]+/ { seen++; failures += /^not/; sub(/ok [0-9]+/, "ok " seen) }
        { print; fflush() }
        END {
            print "1.." planned + 0
            print "# all hosts: " seen - failures " of " planned + 0 " hold"
            exit failures > 0 || seen + 0 != planned + 0
        }'
}

# script_of HOST: sets `script` to that of a host's checks, or of those from outside
script_of() {
    case $1 in
    outside:*) script=outside/${1#*:}.sh ;;
    *) script=$1/check.sh ;;
    esac
}

# check_on HOST [PART]: runs a host's checks, or those of a part
check_on() {
    script_of "$1"
    # Nobody outside may ask anything.
    case $1 in
    outside:*) [ -e "${scripts}/${script}" ] || return 0 ;;
    *) ;;
    esac
    say "# --- $1: ${script##*/}${2:+ $2} ---"
    in_host "$1" sh "${scripts}/${script}" ${2:+"$2"} </dev/null 2>&1 || say "# $1: not all holds"
}

# listen_on HOST: takes the connections that checks of other hosts make, until this script ends
listen_on() {
    script_of "$1"
    : >"${place}/$1.listens"
    in_host "$1" sh "${scripts}/${script}" listen "$$" </dev/null >"${place}/$1.listens" 2>&1 9>&- &
    waited=0
    until grep -q listening "${place}/$1.listens" || [ "${waited}" -ge 100 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
}

# test_all: what must pass is asked on all hosts before what must not, which proves nothing while nothing passes
test_all() {
    need_up
    need_ours
    for host in ${listeners}; do listen_on "${host}"; done
    {
        for host in ${hosts} ${outsides}; do
            case " ${silent_hosts} " in
            *" ${host} "*) check_on "${host}" passing ;;
            *) check_on "${host}" ;;
            esac
        done
        for host in ${silent_hosts}; do check_on "${host}" silent; done
    } | one_stream
}

# end_processes FILE: what somebody has started in a network namespace would keep it: first asked to end, then made to
end_processes() {
    for signal in TERM KILL; do
        pids=$(find /proc -maxdepth 3 -path '/proc/[0-9]*/ns/net' -lname "net:\[$(stat -L -c %i "$1")\]" 2>/dev/null |
            cut -d / -f 3)
        [ -n "${pids}" ] || return 0
        # shellcheck disable=SC2086 # several numbers
        kill -s "${signal}" ${pids} 2>/dev/null
        sleep 0.2
    done
}

# leave HOST: its containers' processes, too
leave() {
    in_host "$1" find /run/netns -type f 2>/dev/null | while read -r file; do
        for signal in TERM KILL; do
            pids=$(in_host "$1" ip netns pids "${file##*/}")
            # shellcheck disable=SC2086 # several numbers
            [ -z "${pids}" ] || { kill -s "${signal}" ${pids} && sleep 0.2; } 2>/dev/null
        done
    done
    end_processes "${place}/$1.net"
}

# take_down: by what is there, whatever this script would make
take_down() {
    rm -f "${place}/complete"
    made=$(tac "${place}/hosts" 2>/dev/null)
    for host in ${made}; do
        [ ! -e "${place}/${host}.ready" ] || {
            leave "${host}"
            [ ! -e "${scripts}/${host}/down.sh" ] || {
                say "--- ${host}: down.sh ---"
                in_host "${host}" sh "${scripts}/${host}/down.sh" </dev/null || trouble=yes
            }
        }
    done
    ! is_kept "${place}/.lans.net" || end_processes "${place}/.lans.net"
    for host in ${made} .lans; do forget "${host}"; done
    ! is_mount "${place}" || umount "${place}" || trouble=yes
    ! [ -d "${place}" ] || rmdir "${place}" || trouble=yes
    rm -f "${lock}"
    rmdir "${place%/*}" 2>/dev/null
    [ "${trouble}" = no ] || failed to take all of it down
}

down() {
    [ -d "${place}" ] || {
        say 'lab.sh: nothing is up'
        return 0
    }
    need_ours
    alone
    trap '' HUP INT TERM
    take_down
}

status() {
    [ -e "${place}/folder" ] || {
        say 'nothing is up'
        return 1
    }
    say "from $(cat "${place}/folder")"
    [ -e "${place}/complete" ] || {
        say 'half of it is up: up goes on from here, down takes it away'
        return 1
    }
    for host in ${hosts} ${outsides}; do
        say "--- ${host} ---"
        in_host "${host}" ip -brief address
    done
    say '--- LANs ---'
    in_lans ip -brief link
}

# run_all: whatever happens, nothing is left
run_all() {
    up
    trap 'say "lab.sh: stopped" >&2; down; exit 1' HUP INT TERM
    test_all
    result_of_test=$?
    down
    return "${result_of_test}"
}

verb=${1:-}
[ $# -eq 0 ] || shift
case ${verb}:$#:${1:-} in
--help:*) usage && exit 0 ;;
up:* | run:*)
    for word; do
        case ${verb}:${word} in
        up:--keep) keep=${word} ;;
        *:--units) units=yes ;;
        *) wrong ;;
        esac
    done
    ;;
test:0:* | status:0:* | down:0:*) ;;
exec:[01]:*) wrong ;;
exec:*) ;;
*) wrong ;;
esac
[ "$(id -u)" -eq 0 ] || refuse 'needs root: try sudo'
case ${verb} in
up) up ;;
test) test_all ;;
status) status ;;
down) down ;;
run) run_all ;;
*)
    need_up
    need_ours
    node=$1
    shift
    # shellcheck disable=SC2016 # the inner shell expands its own words
    at "${node}" sh -c 'cd "$1" 2>/dev/null; shift; exec "$@"' sh "$(pwd)" "$@"
    ;;
esac
