#!/bin/sh
# Unpacks Debian's kernel into FOLDER, as root: FOLDER/linux, and those of its modules that a network needs. The package is not
# installed: that would make an initramfs, and may change what this machine boots.
#
# usage: kernel.sh FOLDER
#
# shellcheck disable=SC2312 # what fails shows in what follows
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
PATH=${PATH}:/usr/sbin:/sbin

mkdir -p "$(dirname "$1")"
folder=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")
new=$(mktemp -d)
trap 'rm -rf "${new}"' EXIT
mkdir "${new}/package" "${new}/kernel"
# The package of this name has nothing in it, and depends on the one of a version.
package=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: //p')
[ -n "${package}" ] || {
    echo 'kernel.sh: apt knows no package linux-image-amd64' >&2
    exit 1
}
(cd "${new}/package" && apt-get download "${package}")
parts='net lib crypto fs/9p fs/fscache fs/netfs fs/overlayfs arch/x86/crypto drivers/virtio drivers/net/*.ko drivers/net/vxlan
    drivers/net/ipvlan drivers/net/bonding'
set -f
# shellcheck disable=SC2046,SC2086 # patterns for tar
set -- './boot/vmlinuz-*' './lib/modules/*/modules.*' $(printf './lib/modules/*/kernel/%s\n' ${parts})
set +f
dpkg-deb --fsys-tarfile "${new}"/package/*.deb |
    tar -x -C "${new}/kernel" --no-same-owner --wildcards --no-wildcards-match-slash "$@"

cd "${new}/kernel"
depmod -b . "$(ls lib/modules)"
# What is compressed would be unpacked at each boot, at the speed of a processor that is only played: Documentation/arch/x86/boot.rst
# of Linux says where in the file it is. Four bytes after it say how large it gets.
image=$(echo boot/vmlinuz-*)
number() { od -A n -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '; }
start=$((($(number "${image}" 497 1) + 1) * 512 + $(number "${image}" 584 4)))
length=$(($(number "${image}" 588 4) - 4))
tail -c "+$((start + 1))" "${image}" | head -c "${length}" >payload
xz -dc <payload >linux 2>/dev/null || cp "${image}" linux
rm -rf payload boot

chmod 755 .
rm -rf "${folder}"
mv "${new}/kernel" "${folder}"
