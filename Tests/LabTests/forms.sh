#!/bin/sh
# Chooses the changes at which a script is stopped: the first of each form, and the first and the last of all. Commands have
# one form where they differ only in names, addresses, numbers and files:
#   * an address is IPv4 or IPv6, a MAC address is another word;
#   * an interface is a NIC, a bridge, or what `ip link add` made it; a name without one is a container's or a file's;
#   * a file is its ending;
#   * what is done in a container's network is not what is done in the host's.
# It prints a line for each that is chosen: its number, a tab, its form.
#
# usage: forms.sh FILE [EARLIER]
#   FILE     what shim.sh wrote of a whole run, a line for each change: `host` or `inside`, and the command
#   EARLIER  the same of a run before, whose interfaces are there
set -eu
case $# in
1 | 2) ;;
*)
    sed -n 's/^# \{0,1\}//; 10,12p' "$0" >&2
    exit 2
    ;;
esac
[ -e "${2-}" ] || set -- "$1" /dev/null
exec awk '
    # What each interface is, from the commands that make one: others are there before.
    pass == 1 && $2 == "brctl" && $3 == "addbr" { kind[$1 " " $4] = "BRIDGE" }
    pass == 1 && / link add / {
        for (i = 3; i < NF; i++) {
            if ($i == "name") name = $(i + 1)
            if ($i == "type") kind[$1 " " name] = toupper($(i + 1))
        }
    }
    pass == 1 { next }

    function value(word) {
        if (word ~ /^[0-9a-f][0-9a-f](:[0-9a-f][0-9a-f])+$/) return "MAC"
        if (word ~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+(\/[0-9]+)?$/) return "IPV4"
        if (word ~ /^[0-9a-f:]*:[0-9a-f:]*(\/[0-9]+)?$/) return "IPV6"
        if (word ~ /^[0-9]+$/) return "NUMBER"
        if (word ~ /^\//) return sub(/.*\./, "", word) ? "FILE." word : "FILE"
        return word
    }
    function interface(word) { return (($1 " " word) in kind) ? kind[$1 " " word] : "NIC" }
    {
        form = $1 " " $2
        for (i = 3; i <= NF; i++) {
            word = value($i)
            before = $(i - 1)
            if (before == "dev" || before == "name" && $(i - 2) != "peer" || before == "-i" || before == "-o" ||
                before == "addbr" || before == "delbr" || before == "addif" || before == "delif" ||
                before == "master") word = interface($i)
            else if (before == "name" || before == "netns" && word != "add" && word != "delete") word = "NAME"
            else if ($(i - 2) == "addif" || $(i - 2) == "delif") word = interface($i)
            else if ($(i - 2) == "netns" && $2 == "ip") word = "NAME"
            else if (word ~ /^net\..*\.conf\./) sub(/\.conf\.[^.]*/, ".conf.NAME", word)
            sub(/=.*/, "=VALUE", word)
            form = form " " word
        }
        forms[FNR] = form
        count = FNR
    }
    END {
        for (i = 1; i <= count; i++) {
            if (!(forms[i] in seen) || i == count) print i "\t" forms[i]
            seen[forms[i]] = 1
        }
    }' pass=1 "$2" "$1" pass=2 "$1"
