#!/bin/sh
# In a kernel of its own: the bed, and in its hosts the scripts as generated. It stands where `lab.sh` stands in the
# folder of a compiled topology, with bed.sh, state.sh, and lxd.sh with images.sh or docker.sh beside it, and is what that
# kernel runs.
# Below `next0` and so on may be the scripts of more networks, which come after the first on the same hosts.
# Before what a script prints there is a line `== HOST SCRIPT`, after it `== STATUS`.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what it prints
set -u
folder=/tmp/bed
hosts='host1 host2'
# One processor is all that there is: more threads only get in each other's way.
export GOMAXPROCS=1
cd "$(dirname "$0")" || exit 1
daemon=lxd
[ ! -f docker.sh ] || daemon=docker
# What Docker's rules and networks are made of, and what LXD looks through for a network of its own; this kernel has no NAT for nftables, so
# iptables is that of before.
for module in overlay iptable_filter iptable_mangle iptable_nat ip6table_filter ip6table_mangle ip6table_nat \
    nf_nat nf_conntrack xt_MASQUERADE xt_addrtype xt_conntrack macvlan; do
    modprobe -q -d /run/modules "${module}"
done
mount --bind /usr/sbin/xtables-legacy-multi /usr/sbin/xtables-nft-multi || exit 1

mkdir "${folder}" && mkfifo /tmp/lifeline /tmp/answer || exit 1
# shellcheck disable=SC2086 # two words
unshare --net --mount --pid --fork --kill-child --propagation private \
    sh bed.sh "./${daemon}.sh" "${folder}" internal ${hosts} </tmp/lifeline >/tmp/answer 2>/tmp/bed.log &
bed=$!
exec 5>/tmp/lifeline
read -r answer </tmp/answer
[ "${answer}" = ready ] || {
    cat /tmp/bed.log "${folder}"/*.log
    exit 1
}
read -r first _ <"/proc/${bed}/task/${bed}/children"

# on HOST SCRIPT…: a script fed over standard input, as `ssh HOST sh -s` would
on() {
    host=$1 script=$2
    shift 2
    echo "== ${host} ${script##*/}"
    nsenter --target "${first}" --pid --mount -- \
        nsenter --target "$(cat "${folder}/${host}.pid")" --net --mount -- \
        env -u LXD_DIR -u DOCKER_HOST sh -s -- "$@" <"${script}" 2>&1
    echo "== $?"
}

# What is measured for docs/scenarios.md, in place of the rest.
if [ -f scenario-facts.sh ]; then
    for host in ${hosts}; do on "${host}" "${host}/up.sh"; done
    cp host1/capture.sh /tmp || exit 1 # /run, where this folder is, is each host's own
    on host1 scenario-facts.sh /tmp/capture.sh c1 "$(cat address)"
    exec 5>&-
    wait "${bed}"
    exit
fi

for host in ${hosts}; do on "${host}" state.sh; done
for network in . next*; do
    [ -d "${network}" ] || continue
    for host in ${hosts}; do on "${host}" "${network}/${host}/up.sh"; done
    for host in ${hosts}; do on "${host}" "${network}/${host}/check.sh"; done
    on host1 "${network}/host1/capture.sh" /tmp
    on host1 "${network}/host1/up.sh"
    for host in ${hosts}; do on "${host}" "${network}/${host}/down.sh"; done
    for host in ${hosts}; do on "${host}" state.sh; done
done
exec 5>&-
wait "${bed}"
