#!/bin/sh
# Installs the Debian packages that are missing; where none is, it needs no root and says nothing.
#
# usage: setup.sh build|demo|test...
#   build  what `swift build` links: libyaml
#   demo   what the generated scripts and the lab run: iproute2, brctl, ping, traceroute, Graphviz
#   test   all of these, and what the tests check with: ShellCheck, tcpdump, LXD, a kernel, a browser, LaTeX …
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

build='libyaml-dev make'
demo='bridge-utils graphviz iproute2 iputils-ping kmod procps traceroute util-linux'
test='ansible-core ansible-lint busybox-static chromium-driver dash docker.io fish groff iptables jq man-db lxc lxd lxd-client netplan.io nftables openssh-client openssh-server python3 python3-jsonschema
    python3-markdown-it python3-selenium python3-yaml shellcheck systemd tcpdump texlive-latex-base tshark
    user-mode-linux zsh'

usage() {
    sed -n 's/^# \{0,1\}//; 4,7p' "$0" >&2
    exit 2
}

wanted=${build}
[ $# -gt 0 ] || usage
for purpose; do
    case ${purpose} in
        build) ;;
        demo) wanted="${wanted} ${demo}" ;;
        test) wanted="${wanted} ${demo} ${test}" ;;
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
[ -n "${missing}" ] || exit 0

root=
user=$(id -u)
if [ "${user}" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        printf 'setup: these packages are missing:%s\nsetup: as root: apt-get install%s\n' "${missing}" "${missing}" >&2
        exit 1
    fi
    root=sudo
fi

printf 'setup: installing%s\n' "${missing}"
log=$(mktemp)
trap 'rm -f "${log}"' EXIT

# shellcheck disable=SC2086 # a list of package names and "sudo" or nothing, to be split
install() {
    ${root} env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends ${missing} </dev/null >"${log}" 2>&1
}

# shellcheck disable=SC2086
refresh() { ${root} apt-get update </dev/null >"${log}" 2>&1; }

# The package lists are fetched only where those that are there do not do; nothing is shown unless that fails too.
# shellcheck disable=SC2310 # what fails is looked at here
install || { refresh && install; } || {
    cat "${log}" >&2
    exit 1
}
