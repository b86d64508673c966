wrong() {
    [ $# -eq 0 ] || say "lab.sh: $*" >&2
    [ $# -gt 0 ] || usage >&2
    exit 2
}

refuse() {
    say "lab.sh: $*" >&2
    exit 3
}

# need COMMAND…: what must not fail
need() { "$@" </dev/null || failed "$@"; }

failed() {
    say "lab.sh: this failed: $*" >&2
    [ "${making}" = no ] || give_up
    exit 1
}

# need_tool COMMAND PACKAGE
need_tool() { command -v "$1" >/dev/null || refuse "\"$1\" is not installed; on Debian and Ubuntu: apt install $2"; }

# need_type TYPE WORD…: the kernel must have the device type; tried in a network namespace that ends at once
need_type() {
    unshare --net ip link add name probe type "$@" 2>/dev/null ||
        refuse "this kernel cannot make a \"$1\" interface (missing module?); \"topoc lab run --kernel uml FILE\" brings one that can"
}

# need_vlan: the kernel must have VLAN interfaces; tried likewise
need_vlan() {
    unshare --net sh -c 'ip link add name probe type bridge && ip link add link probe name probe2 type vlan id 1' 2>/dev/null ||
        refuse 'this kernel cannot make VLAN interfaces (module 8021q); "topoc lab run --kernel uml FILE" brings one that can'
}

# need_filtering: the kernel's bridges must tell VLANs apart; tried likewise
need_filtering() {
    unshare --net sh -c 'ip link add name probe type bridge vlan_filtering 1 && bridge vlan add dev probe vid 2 self' 2>/dev/null ||
        refuse "this kernel's bridges cannot tell VLANs apart; \"topoc lab run --kernel uml FILE\" brings one whose bridges can"
}

# need_ours: a lab is of the folder that it was brought up from; of one that is gone, it is anybody's
need_ours() {
    [ ! -e "${place}/folder" ] || {
        folder=$(cat "${place}/folder")
        [ "${folder}" = "${here}" ] || [ ! -e "${folder}/lab.sh" ] ||
            refuse "a lab \"${name}\" is up from ${folder}: take that down first, by its own lab.sh"
    }
}

need_up() { [ -e "${place}/complete" ] || refuse 'is not up'; }

# alone: two at a time would make and unmake the same
alone() {
    mkdir -p /run/topoc-lab || exit 3
    exec 9>"${lock}"
    flock -n 9 || refuse "another lab.sh is at work on \"${name}\""
}
