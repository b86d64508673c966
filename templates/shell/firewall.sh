# filters FAMILIES: the commands of iptables(8) for them that this host has; each of its two kinds
# has rules of its own
filters() {
    for name in iptables ip6tables; do
        case "${name} $1" in
        iptables\ *ipv4* | ip6tables\ *ipv6*) ;;
        *) continue ;;
        esac
        if command -v "${name}-nft" >/dev/null; then
            printf '%s\n' "${name}-nft"
            # A question would make the tables of the older kind.
            ! grep -qs filter "/proc/net/${name%tables}_tables_names" ||
                printf '%s\n' "${name}-legacy"
        elif command -v "${name}" >/dev/null; then
            printf '%s\n' "${name}"
        fi
    done
}

# drops_forwarded FILTER: true where its FORWARD chain drops what no rule lets pass
drops_forwarded() {
    case $(quietly "$1" -w 5 -S FORWARD) in
    '-P FORWARD DROP'*) true ;;
    *) false ;;
    esac
}

# sees_frames FILTER: true where frames between the ports of a bridge go through it too, as
# br_netfilter has it
sees_frames() { grep -qsx 1 "/proc/sys/net/bridge/bridge-nf-call-${1%-*}"; }

has_chain() { "$1" -w 5 -S "$2" >/dev/null 2>&1 </dev/null; }

# has_rule FILTER CHAIN WORD…
has_rule() {
    filter=$1
    shift
    "${filter}" -w 5 -C "$@" >/dev/null 2>&1 </dev/null
}

# add_rule FILTER CHAIN WORD…
add_rule() {
    has_rule "$@" || {
        shift
        run "${filter}" -w 5 -A "$@"
    }
}

# begin_pass PASS CHAIN WORD…: what the chain is for; false where that is all that is asked
begin_pass() {
    passing="$*"
    [ "${listing}" = no ] || {
        note "delete_passage $2" "${passing}"
        return 1
    }
}

# open_passage FILTER CHAIN: a chain of this topology's, before what is dropped: where Docker asks
# for it, or in FORWARD
open_passage() {
    note "delete_passage $2" "${passing}"
    place=FORWARD
    ! has_rule "$1" FORWARD -j DOCKER-USER || place=DOCKER-USER
    has_chain "$1" "$2" || {
        if drops_forwarded "$1"; then
            by=$([ "${place}" = FORWARD ] || say ', as Docker has set it')
            say "  # FORWARD of $1 drops what no rule lets pass${by}"
        else
            say "  # Docker's rules of $1 keep its networks apart"
        fi
        run "$1" -w 5 -N "$2"
    }
    has_rule "$1" "${place}" -j "$2" || run "$1" -w 5 -I "${place}" -j "$2"
}

# pass_within CHAIN FAMILIES BRIDGE…: frames between the ports of a bridge
pass_within() {
    begin_pass pass_within "$@" || return 0
    chain=$1 families=$2
    shift 2
    for filter in $(filters "${families}"); do
        ! sees_frames "${filter}" || ! drops_forwarded "${filter}" || {
            open_passage "${filter}" "${chain}"
            for bridge; do
                add_rule "${filter}" "${chain}" -i "${bridge}" -o "${bridge}" -j ACCEPT
            done
        }
    done
}

# pass_between CHAIN FAMILIES LINK…: packets from one of these interfaces to another
pass_between() {
    begin_pass pass_between "$@" || return 0
    chain=$1 families=$2
    shift 2
    for filter in $(filters "${families}"); do
        ! drops_forwarded "${filter}" || open_between "${filter}" "${chain}" "$@"
    done
}

# open_between FILTER CHAIN LINK…
open_between() {
    open_passage "$1" "$2"
    filter=$1 chain=$2
    shift 2
    has_chain "${filter}" "${chain}:to" || run "${filter}" -w 5 -N "${chain}:to"
    for link; do
        add_rule "${filter}" "${chain}:to" -o "${link}" -j ACCEPT
        add_rule "${filter}" "${chain}" -i "${link}" -j "${chain}:to"
    done
}

# pass_dockers CHAIN FAMILIES LINK…: the same where Docker's rules keep its networks apart, whatever
# the policy
pass_dockers() {
    begin_pass pass_dockers "$@" || return 0
    chain=$1 families=$2
    shift 2
    for filter in $(filters "${families}"); do
        ! has_rule "${filter}" FORWARD -j DOCKER-USER || open_between "${filter}" "${chain}" "$@"
    done
}

# delete_passage CHAIN
delete_passage() {
    for filter in $(filters 'ipv4 ipv6'); do
        for place in DOCKER-USER FORWARD; do
            ! has_rule "${filter}" "${place}" -j "$1" || run "${filter}" -w 5 -D "${place}" -j "$1"
        done
        for chain in "$1" "$1:to"; do
            ! has_chain "${filter}" "${chain}" || {
                run "${filter}" -w 5 -F "${chain}"
                run "${filter}" -w 5 -X "${chain}"
            }
        done
    done
}
