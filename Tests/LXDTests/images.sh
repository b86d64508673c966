# shellcheck shell=sh
# The images of the tests, made of what this machine has; for bed.sh, which reads this file.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what follows

# image NAME: a root file system of busybox, with an init that the function of that name prints
image() {
    root=${folder}/$1
    mkdir -p "${root}/rootfs"
    (
        cd "${root}/rootfs"
        mkdir proc sys dev etc tmp root usr var run
        for place in bin sbin lib lib64; do mkdir "usr/${place}" && ln -s "usr/${place}" "${place}"; done
        ln -sf /run var/run
        cp "$(command -v busybox)" bin/busybox
        chroot . /bin/busybox --install -s /bin
        rm -f sbin/init bin/init
        "$1" >sbin/init
        chmod 755 sbin/init
    )
    printf 'architecture: %s\ncreation_date: 1700000000\nproperties: {os: busybox, description: %s}\n' \
        "$(uname -m)" "$1" >"${root}/metadata.yaml"
    tar -C "${root}" -cf "${folder}/$1.tar" metadata.yaml rootfs
    rm -rf "${root}"
}

# An init that leaves the network alone.
bare() {
    cat <<'END'
#!/bin/sh
mount -t proc proc /proc
trap 'exit 0' TERM PWR INT
while :; do sleep 1000 & wait $!; done
END
}

# An init that configures the network with ifupdown, as Debian's and Alpine's do; the image's own file asks for DHCP.
ifupdown() {
    mkdir -p etc/network/if-up.d etc/network/if-pre-up.d
    printf 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n' >etc/network/interfaces
    cat <<'END'
#!/bin/sh
mount -t proc proc /proc
trap 'exit 0' TERM PWR INT
mount -t tmpfs tmpfs /run
# busybox ifup has no patience with a loopback that is up, and LXC has brought it up.
ip address flush dev lo
ifup -a >/var/ifup.log 2>&1 &
while :; do sleep 1000 & wait $!; done
END
}

# An init that is systemd, with systemd-networkd, which the image enables; its own configuration asks for DHCP.
networkd() {
    systemd
    mkdir -p etc/systemd/system/multi-user.target.wants
    ln -sf /lib/systemd/system/systemd-networkd.service etc/systemd/system/multi-user.target.wants/
    printf '[Match]\nName=eth0\n\n[Network]\nDHCP=yes\n' >etc/systemd/network/eth0.network
}

# The same, with netplan, whose part at boot makes systemd-networkd's configuration and starts it.
netplan() {
    systemd netplan.io
    mkdir -p etc/netplan
    printf 'network:\n  version: 2\n  ethernets:\n    eth0: {dhcp4: true}\n' >etc/netplan/10-lxc.yaml
}

# systemd PACKAGE…: what Debian's packages have but for their pages, and the libraries that it needs
systemd() {
    dpkg -L systemd "$@" | grep -E '^/(usr/)?(lib|libexec|sbin|bin)/|^/etc|^/usr/share/netplan' |
        grep -v -e /python -e /man/ | while read -r file; do
        if [ -d "${file}" ] && ! [ -L "${file}" ]; then
            mkdir -p ".${file}"
        else
            # Never through a link: busybox's lead to this machine's own.
            cp -a --remove-destination "${file}" ".${file}"
        fi
    done
    find . -type f -perm -100 -exec ldd {} + 2>/dev/null | grep -o '/[^ )]*' | grep -e '\.so' | sort -u |
        while read -r library; do
            [ -e ".${library}" ] || {
                mkdir -p ".${library%/*}"
                cp -L --remove-destination "${library}" ".${library}"
            }
        done
    grep -E '^(root|systemd-network|nobody):' /etc/passwd >etc/passwd
    grep -E '^(root|systemd-network|systemd-journal|nogroup):' /etc/group >etc/group
    : >etc/machine-id
    ln -sf /lib/systemd/system/multi-user.target etc/systemd/system/default.target
    ln -sf /dev/null etc/systemd/system/console-getty.service
    cat <<'END'
#!/bin/sh
# systemd-networkd waits for udev to have named what is in a /sys that can be written to; there is no udev here.
mount -o remount,bind,ro /sys
exec /lib/systemd/systemd
END
}
