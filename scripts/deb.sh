#!/bin/sh
# Makes a Debian package of the release: topoc_VERSION_ARCHITECTURE.deb.
#
# usage: deb.sh BINARY FOLDER
#   BINARY  the built topoc
#   FOLDER  where the package is put
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

[ $# -eq 2 ] || {
    sed -n 's/^# \{0,1\}//; 4,6p' "$0" >&2
    exit 2
}
binary=$1
here=$(dirname "$0")
version=$("${binary}" --version)
architecture=$(dpkg --print-architecture)
root=$(mktemp -d)
trap 'rm -rf "${root}"' EXIT
chmod 0755 "${root}"

umask 022
sh "${here}/install.sh" "${binary}" "${root}/usr" vendor-completions
gzip -9n "${root}/usr/share/man/man1/topoc.1"
install -D -m 0644 "${here}/../LICENSE" "${root}/usr/share/doc/topoc/copyright"
install -D -m 0644 "${here}/../CHANGELOG.md" "${root}/usr/share/doc/topoc/changelog"
gzip -9n "${root}/usr/share/doc/topoc/changelog"
install -d "${root}/DEBIAN"
size=$(du -sk --apparent-size "${root}/usr" | cut -f 1)
cat >"${root}/DEBIAN/control" <<END
Package: topoc
Version: ${version}
Architecture: ${architecture}
Maintainer: the topoc maintainers <topoc@localhost>
Installed-Size: ${size}
Depends: libc6 (>= 2.36), libstdc++6, libgcc-s1
Recommends: iproute2, iputils-ping, traceroute, bridge-utils, graphviz
Section: net
Priority: optional
Description: compiler of topology files for container networks
 topoc compiles one file that describes hosts, LANs and containers into
 each host's shell scripts and systemd-networkd units, figures, checks that
 the network works, and a lab that runs all of it on one machine.
END
install -d "$2"
dpkg-deb --build --root-owner-group "${root}" "$2/topoc_${version}_${architecture}.deb"
