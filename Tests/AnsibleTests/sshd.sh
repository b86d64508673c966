# shellcheck shell=sh
# What bed.sh has to know of hosts with Debian's sshd, and of one more, `control`, from which Ansible reaches them: each has a
# second NIC, on a LAN that is no part of the topology. The hosts are 192.0.2.101, 102 and so on, in their order; control
# knows them by name, too.
#
# shellcheck disable=SC2034,SC2154,SC2312 # bed.sh reads these, and has set others; it ends where something fails
# shellcheck disable=SC2016 # that is for the inner shell
own=/root
foreign=ANSIBLE_CONFIG
serve="sh ${daemon%/*}/serve.sh ${folder}"
clear=true
number=0

# images: keys, and the LAN that the hosts are managed by
images() {
    mkdir -m 755 "${folder}/ssh"
    for key in user host; do ssh-keygen -q -t ed25519 -N '' -C '' -f "${folder}/ssh/${key}"; done
    cp "${folder}/ssh/user.pub" "${folder}/ssh/authorized_keys"
    printf '* %s\n' "$(cat "${folder}/ssh/host.pub")" >"${folder}/ssh/known_hosts"
    printf 'root:x:0:0:root:/root:/bin/sh\nsshd:x:100:65534:sshd:/run/sshd:/usr/sbin/nologin\n' >"${folder}/ssh/passwd"
    printf 'root:*:20000:0:99999:7:::\n' >"${folder}/ssh/shadow"
    ip link add mgmt type bridge
    ip link set dev mgmt up
}

# set_up HOST
set_up() {
    number=$((number + 1))
    ip link add "m-$1" type veth peer name mgmt netns "$(cat "${folder}/$1.pid")"
    ip link set dev "m-$1" master mgmt up
    inside "$1" ip link set dev mgmt up
    inside "$1" ip address add "192.0.2.$((100 + number))/24" dev mgmt
    if [ "$1" = control ]; then
        inside control sh -c 'umask 077; mkdir -p /root/.ssh; cat >/root/.ssh/config' <<END
$(for host in "${folder}"/*.sshd; do
            host=${host##*/}
            printf 'Host %s\n    HostName %s\n' "${host%.sshd}" "$(cat "${folder}/${host}")"
        done)
Host *
    User root
    IdentityFile ${folder}/ssh/user
    IdentitiesOnly yes
    UserKnownHostsFile ${folder}/ssh/known_hosts
    HostKeyAlias host
END
    else
        echo "192.0.2.$((100 + number))" >"${folder}/$1.sshd"
        tries=0
        until inside "$1" test -s /run/sshd.pid; do
            tries=$((tries + 1))
            [ "${tries}" -lt 500 ]
            sleep 0.02
        done
    fi
}
