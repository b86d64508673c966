#!/bin/sh
# Runs a script in a whole Debian kernel, under QEMU without KVM: it has NAT by nftables and VLANs, which neither the
# machine's kernel nor user-mode Linux has together. For the tests, as root.
# That kernel's root is made of this machine's files, which it can only read; it has no network device. FOLDER is copied into its
# memory, `run.sh` in it is run there, and what that prints comes out here.
# It ends with its standard input, whatever becomes of the test that started it, and takes all that it made with it.
#
# usage: qemu.sh FOLDER SECONDS
#   FOLDER   what to copy; nothing in it is changed
#   SECONDS  the kernel is ended after so many
# environment: TOPOC_KERNEL  where scripts/setup.sh has unpacked the kernel
# exit status: that of run.sh; 1 where the kernel ended before it, 3 where there is none, 124 after SECONDS
#
# shellcheck disable=SC2310,SC2312,SC2317 # what fails shows in what follows; a trap calls a function
set -eu
folder=$1 seconds=$2
here=$(cd "$(dirname "$0")" && pwd -P)
kernel=${TOPOC_KERNEL:-/var/cache/topoc/kernel}

PATH=${PATH}:/usr/sbin:/sbin

refuse() {
    printf 'qemu.sh: %s\n' "$*" >&2
    exit 3
}

command -v qemu-system-x86_64 >/dev/null || refuse 'not installed: qemu-system-x86'
[ -s "${kernel}/linux" ] || refuse "there is no kernel in ${kernel}: sh scripts/setup.sh test"
version=$(cd "${kernel}/lib/modules" && echo *)

# The commands that scripts call most.
tools='sh awk basename bridge cat chmod chown cmp cp cut date dirname env find flock grep head id ip ln ls mkdir mktemp mount mountpoint
    mv nft nproc nsenter perl ping readlink rm rmdir sed setsid sleep sort stat sysctl tac tail taskset tcpdump timeout touch tr
    traceroute umount uname uniq unshare wc xargs /usr/lib/systemd/systemd-networkd'

exec 3<&0
own=$(mktemp -d)
pid='' watch=''
take_away() {
    trap '' HUP INT TERM
    {
        [ -z "${pid}" ] || { kill -s KILL "${pid}" && wait "${pid}"; } || :
        [ -z "${watch}" ] || { kill -s TERM "${watch}" && wait "${watch}"; } || :
    } 2>/dev/null
    rm -rf "${own}"
}
trap take_away EXIT
trap 'exit 1' HUP INT TERM

# kept FILE: the file, and if it is a link, what it leads to, link by link
kept() {
    file=$1
    while :; do
        file=$(readlink -f "${file%/*}")/${file##*/}
        echo "${file}"
        [ -L "${file}" ] || return 0
        target=$(readlink "${file}")
        case ${target} in
        /*) file=${target} ;;
        *) file=${file%/*}/${target} ;;
        esac
    done
}

# What QEMU loads into the kernel's memory: busybox, the modules that find this machine's files, FOLDER, and what is opened most:
# commands, their libraries, and what these read. Any other file, link or missing name is asked for each time.
memory=${own}/memory
mkdir -p "${memory}/modules" "${memory}/dev" "${memory}/lab" "${memory}/tools/usr" "${memory}/tools/etc"
cp "$(command -v busybox)" "${memory}/busybox"
cp "${here}/boot.sh" "${memory}/init"
cp "${here}/begin.sh" "${memory}/begin.sh"
chmod 755 "${memory}/init"
cp -R "${folder}/." "${memory}/lab"
printf '%s\n' "${kernel}" >"${memory}/kernel"
modprobe -d "${kernel}" -S "${version}" --show-depends -a virtio_pci 9pnet_virtio 9p overlay | while read -r _ file _; do
    [ -e "${memory}/modules/${file##*/}" ] || echo "${file##*/}"
    cp "${file}" "${memory}/modules"
done >"${memory}/order"
for tool in ${tools}; do command -v "${tool}" || :; done >"${own}/tools"
xargs ldd <"${own}/tools" 2>/dev/null | grep -o '/[^ :]* ' | sort -u >"${own}/libraries"
for file in $(cat "${own}/tools" "${own}/libraries") /etc/ld.so.cache /etc/nsswitch.conf /etc/passwd /etc/group /etc/protocols \
    /etc/services /etc/localtime /etc/iproute2/* $(find /usr/lib -path '*/perl-base/*' -type f); do
    [ ! -f "${file}" ] || kept "${file}"
done | sort -u | xargs cp -d --parents -t "${memory}/tools"
(cd "${memory}" && find . | busybox cpio -o -H newc 2>/dev/null) >"${own}/initrd"
rm -rf "${memory}"

# The same addresses in every process: QEMU translates code once for each address that it is at. No precautions against
# faults of processors that this one is not, and no accounts of what processes take; one processor, since a lab takes turns.
qemu-system-x86_64 -M q35 -accel tcg -cpu qemu64 -smp 1 -m 1G -nodefaults -no-user-config -no-reboot -display none -nic none \
    -kernel "${kernel}/linux" -initrd "${own}/initrd" \
    -append 'console=ttyS0 quiet loglevel=1 panic=-1 nokaslr norandmaps mitigations=off init_on_alloc=0 psi=0 cgroup_disable=memory audit=0 apparmor=0' \
    -virtfs local,path=/,mount_tag=machine,security_model=none,readonly=on,multidevs=remap \
    -serial "file:${own}/console" </dev/null >"${own}/log" 2>&1 3<&- &
pid=$!
timeout "${seconds}" cat <&3 >/dev/null 2>&1 &
watch=$!
# Its standard input ends, or its time does.
while kill -0 "${pid}" && kill -0 "${watch}"; do sleep 0.2; done 2>/dev/null
timed=0
kill -0 "${watch}" 2>/dev/null || wait "${watch}" || timed=$?
status=$(sed -n 's/^== ended \([0-9]*\)$/\1/p' "${own}/console")
sed '/^== ended [0-9]*$/d' "${own}/console"
[ -z "${status}" ] || exit "${status}"
cat "${own}/log" >&2
[ "${timed}" -ne 124 ] || {
    printf 'qemu.sh: it has not ended in %s seconds, and is ended\n' "${seconds}" >&2
    exit 124
}
echo 'qemu.sh: the kernel ended before what it runs' >&2
exit 1
