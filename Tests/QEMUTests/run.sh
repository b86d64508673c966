#!/bin/sh
# In a kernel of its own: brings the labs up, edits them and takes them down, one after the other. The folders of the compiled
# topologies are beside it: NAME, and for some NAME.edited, the same after an edit.
# Before what a step prints there is a line `== NAME STEP`, after it `== STATUS`.
#
# shellcheck disable=SC2310,SC2312 # what fails shows in what it prints
set -u
cd "$(dirname "$0")" || exit 1

# step NAME STEP COMMAND…
step() {
    echo "== $1 $2"
    shift 2
    "$@"
    echo "== $?"
}

# state: what scripts may change in the network namespace that it runs in
# shellcheck disable=SC2016 # it expands its own words
state='
    ip -o link | sed "s/ qdisc [a-z]* / /; s/ qlen [0-9]*//; s/@if[0-9]*:/:/"
    ip -o address | sed "s/ valid_lft.*//"
    ip route show table all
    ip -6 route show table all
    ip rule
    ip -6 rule
    bridge vlan
    nft -s list ruleset
    grep -s "" /proc/sys/net/ipv[46]/conf/*/forwarding /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/*/send_redirects
    ls -A /run/netns 2>/dev/null || :'

# machine: the same of the machine as a whole, with its files, mounts and processes
machine() {
    sh -c "${state}" 2>&1
    find /run /tmp /var/tmp /var/lib /dev/shm -mindepth 1 -path /run/lab -prune -o -path /run/work -prune -o -print
    cut -d ' ' -f 5- /proc/self/mountinfo
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | sed 's/cat .*//'
    echo
}

lab() { sh "${name}/lab.sh" "$@"; }

# bare HOST: the lab without that host's scripts, which then stand where they stood
bare() {
    mv "${name}/$1" aside && mkdir "${name}/$1" || return
    for script in up down check; do : >"${name}/$1/${script}.sh"; done
    lab up
    rm -r "${name:?}/$1" && mv aside "${name}/$1"
}

# asks: somebody outside sends a datagram to the published port, and gets an answer from there
# shellcheck disable=SC2016 # the words are Perl's
asks() {
    lab exec web perl -MIO::Socket::INET -e '
        alarm 60;
        my $socket = IO::Socket::INET->new(Proto => "udp", LocalPort => 53) or die "$!";
        my $sender = $socket->recv(my $text, 99) or die "$!";
        $socket->send("$text, said " . $socket->peerhost);' &
    lab exec outside:internet perl -MIO::Socket::INET -e '
        my $socket = IO::Socket::INET->new(
            Proto => "udp", LocalAddr => "198.51.100.7", PeerAddr => "203.0.113.10", PeerPort => 5300) or die "$!";
        for (1 .. 60) {
            $socket->send("hello");
            vec(my $ready = "", fileno $socket, 1) = 1;
            next unless select($ready, undef, undef, 1) and defined $socket->recv(my $text, 99);
            print "$text\n";
            exit 0;
        }
        exit 1;'
}

name=nat-between-vlans
step "${name}" before machine
step "${name}" bare bare gw
step "${name}" 'host before' lab exec gw sh -c "${state}"
step "${name}" up lab up
step "${name}" test lab test
step "${name}" 'up again' lab up
cp -R "${name}.edited/." "${name}"
step "${name}" edit lab up
step "${name}" rules lab exec gw nft list ruleset inet
step "${name}" vlans lab exec gw bridge vlan
step "${name}" 'ping after edit' lab exec web ping -n -c 3 -i 0.3 -W 2 10.0.31.11
step "${name}" 'host down' lab exec gw sh "${name}/gw/down.sh"
step "${name}" 'host after' lab exec gw sh -c "${state}"
step "${name}" down lab down
step "${name}" after machine

# The hosts of this one come up from their units.
name=nat-on-a-stick
step "${name}" up lab up --units
step "${name}" test lab test
step "${name}" udp asks
step "${name}" log lab exec gw cat /run/systemd-networkd.log
step "${name}" down lab down
step "${name}" after machine

name=nat-in-a-tunnels-vlan
step "${name}" up lab up
step "${name}" test lab test
step "${name}" down lab down
step "${name}" after machine
