#!/bin/sh
# Installs the Debian packages that are missing; where none is, it needs no root and says nothing.
#
# usage: setup.sh build|demo|test...
#   build  what `swift build` links: libyaml
#   demo   what the generated scripts and the lab run: iproute2, brctl, ping, traceroute, Graphviz
#   test   all of these, and what the tests check with: ShellCheck, tcpdump, LXD, kernels, a browser, LaTeX …
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

build='libyaml-dev make'
demo='bridge-utils graphviz iproute2 iputils-ping kmod procps traceroute util-linux'
test='ansible-core ansible-lint busybox-static chromium-driver dash docker.io fish groff iptables jq man-db lxc lxd lxd-client netplan.io nftables openssh-client openssh-server python3 python3-jsonschema
    python3-markdown-it python3-selenium python3-yaml qemu-system-x86 shellcheck systemd tcpdump texlive-latex-base tshark
    user-mode-linux xz-utils zsh'
# A kernel that QEMU boots; no package that is installed.
kernel=/var/cache/topoc/kernel

usage() {
    sed -n 's/^# \{0,1\}//; 4,7p' "$0" >&2
    exit 2
}

wanted=${build}
unpacked=
[ $# -gt 0 ] || usage
for purpose; do
    case ${purpose} in
        build) ;;
        demo) wanted="${wanted} ${demo}" ;;
        test) wanted="${wanted} ${demo} ${test}" unpacked=${kernel} ;;
        *) usage ;;
    esac
done

if ! command -v dpkg-query >/dev/null 2>&1; then
    printf 'setup: this is no Debian; install what these packages hold: %s\n' "${wanted}" >&2
    exit 0
fi

missing=
for package in ${wanted}; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "${package}" 2>/dev/null) || state=
    [ "${state}" = installed ] || missing="${missing} ${package}"
done
[ ! -s "${unpacked}/linux" ] || unpacked=
[ -n "${missing}${unpacked}" ] || exit 0

root=
user=$(id -u)
if [ "${user}" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        [ -z "${missing}" ] ||
            printf 'setup: these packages are missing:%s\nsetup: as root: apt-get install%s\n' "${missing}" "${missing}" >&2
        [ -z "${unpacked}" ] || printf 'setup: as root: sh scripts/kernel.sh %s\n' "${unpacked}" >&2
        exit 1
    fi
    root=sudo
fi

[ -z "${missing}" ] || printf 'setup: installing%s\n' "${missing}"
log=$(mktemp)
trap 'rm -f "${log}"' EXIT

# shellcheck disable=SC2086 # a list of package names and "sudo" or nothing, to be split
install() {
    ${root} env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends ${missing} </dev/null >"${log}" 2>&1
}

# shellcheck disable=SC2086
unpack() { ${root} sh "$(dirname "$0")/kernel.sh" "${unpacked}" </dev/null >"${log}" 2>&1; }

# shellcheck disable=SC2086
refresh() { ${root} apt-get update </dev/null >"${log}" 2>&1; }

# The package lists are fetched only where those that are there do not do; nothing is shown unless that fails too.
# shellcheck disable=SC2310 # what fails is looked at here
[ -z "${missing}" ] || install || { refresh && install; } || {
    cat "${log}" >&2
    exit 1
}
# shellcheck disable=SC2310
[ -z "${unpacked}" ] || {
    printf "setup: unpacking Debian's kernel into %s\n" "${unpacked}"
    unpack || { refresh && unpack; } || {
        cat "${log}" >&2
        exit 1
    }
}
