#!/bin/sh
# The first process of the kernel once it has the machine's files: what a system needs, what is to be run, and the end of it.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows
set -uf
PATH=/usr/bin:/usr/sbin
HOME=/root
LC_ALL=C
export PATH HOME LC_ALL

mount -t proc proc /proc
mount -t sysfs sysfs /sys
# Modules come as they are asked for.
cat >/run/modprobe <<END
#!/bin/sh
exec modprobe -d $(cat /run/kernel) "\$@"
END
chmod 755 /run/modprobe
echo /run/modprobe >/proc/sys/kernel/modprobe
for place in /tmp /var/tmp; do mount -t tmpfs -o mode=1777 tmpfs "${place}"; done
mount -t tmpfs -o mode=755 tmpfs /var/lib
mkdir -p /dev/shm /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount -t devpts devpts /dev/pts
mount -t cgroup2 cgroup2 /sys/fs/cgroup
# As where Docker or LXD run.
/run/modprobe br_netfilter
ip link set dev lo up
stty -F /dev/console -opost -echo

cd /run/lab || exit 1
status=0
sh run.sh </dev/null 2>&1 || status=$?
echo "== ended ${status}"
stty -F /dev/console opost
exec busybox poweroff -f
