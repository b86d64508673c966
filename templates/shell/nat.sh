# need_nat: the kernel must have NAT by nftables; tried in a network namespace that ends at once
need_nat() {
    printf 'add table inet t\nadd chain inet t c { type nat hook postrouting priority srcnat; }\n' |
        unshare --net nft -f - 2>/dev/null || [ "$(id -u)" -ne 0 ] ||
        problem 'this kernel has no NAT by nftables (modules nft_chain_nat, nft_masq)'
}

# translates TABLE RULES: true where the table is there, and as these rules have made it
translates() {
    said=$(quietly nft -s list table inet "$1")
    [ -n "${said}" ] || return 1
    wanted_table=$(table_of "$@")
    # Of the units, or of an earlier run.
    units_table=$(sed '/^#/d; /^$/d' "/etc/systemd/network/$1-nat.nft" 2>/dev/null)
    [ "${units_table}" != "${wanted_table}" ] || return 0
    [ "$(cat "${state}/nat-rules" 2>/dev/null)" = "${wanted_table}" ] &&
        [ "${said}" = "$(cat "${state}/nat-table" 2>/dev/null)" ]
}

# table_of TABLE RULES: what nft(8) reads, in one transaction, to make it anew
table_of() { printf 'add table inet %s\ndelete table inet %s\n%s\n' "$1" "$1" "$2"; }

# translate TABLE RULES: makes the table anew
translate() {
    note "delete_nat $1"
    [ "${listing}" = no ] || return 0
    [ "${dry_run}" = yes ] || table_of "$@" >"${state}/nat-new" ||
        failed writing "${state}/nat-new"
    printf '%s\n' "$2" | sed 's/^/  # nft /'
    run nft -f "${state}/nat-new"
    [ "${dry_run}" = yes ] || {
        nft -s list table inet "$1" >"${state}/nat-table" &&
            mv "${state}/nat-new" "${state}/nat-rules"
    } || failed writing "${state}/nat-table"
}

# delete_nat TABLE
delete_nat() { ! shows nft list table inet "$1" || run nft delete table inet "$1"; }

# back_nat: the rules that an earlier run has made
back_nat() {
    [ ! -f "${state}/nat-rules" ] || {
        cp "${state}/nat-rules" "${state}/nat-before" || failed cp "${state}/nat-rules"
        note_back nft -f "${state}/nat-before"
    }
}
