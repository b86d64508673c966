#!/bin/sh
# uml-init.sh: the first process in a kernel of its own: what a system needs, the lab, and the end of it.
# Written by topoc.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
set -uf
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
HOME=/root
LC_ALL=C
export PATH HOME LC_ALL

# Paths below /tmp are this machine's until the end of this: all is read before.
own=$(dirname "$0")/own
folder=$(cat "${own}/folder")
set --
while [ -e "${own}/word.$(($# + 1))" ]; do set -- "$@" "$(cat "${own}/word.$(($# + 1))" && printf .)"; done
for word; do
    shift
    set -- "$@" "${word%.}"
done
units=
[ "${1-}" != --units ] || {
    units=$1
    shift
}

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/told /run/modules/lib/modules /run/topology
# The one place of the machine that can be written to.
mount -t hostfs -o "${own}/told" told /run/told
cp -R "${folder}" /run/topology/
mount --bind /usr/lib/uml/modules /run/modules/lib/modules
for place in /tmp /var/tmp; do mount -t tmpfs -o mode=1777 tmpfs "${place}"; done
mkdir -p /dev/shm /dev/pts 2>/dev/null
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount -t devpts devpts /dev/pts
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for module in bridge stp veth vxlan gre ip_gre ip6_gre br_netfilter 8021q dummy tun; do
    modprobe -q -d /run/modules "${module}"
done 2>/dev/null
ip link set dev lo up

# the consoles give what is written to them as it is
for console in /dev/tty1 /dev/tty2; do stty -F "${console}" -opost -echo; done
cd "/run/topology/${folder##*/}" || exit 1
status=0
(
    exec </dev/null >/dev/tty1 2>/dev/tty2
    [ $# -gt 0 ] || exec sh lab.sh run ${units:+"${units}"}
    sh lab.sh up ${units:+"${units}"} || exit
    sh lab.sh exec "$@"
) || status=$?
# stty waits until all of it is printed
for console in /dev/tty1 /dev/tty2; do stty -F "${console}" opost; done
echo "${status}" >/run/told/status
sync
umount /run/told
# A first process that ends is the end of its kernel, too.
echo o >/proc/sysrq-trigger
sleep 5
