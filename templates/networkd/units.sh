# place_unit FILE: of this folder, to where systemd-networkd reads it
place_unit() { put_file "${here}/$1" "/etc/systemd/network/$1"; }

# place_setting FILE: of this folder, to where the kernel's settings are read from at boot
place_setting() { put_file "${here}/$1" "/etc/sysctl.d/$1"; }

# put_file FILE PLACE: readable for all, since systemd-networkd is not root
put_file() {
    undo uninstall_file "$2"
    cmp -s "$1" "$2" || {
        outdated
        renew "$2"
        run install -D -m 644 "$1" "$2"
    }
}

# place_nat NAME: the rules for the addresses of forwarded packets, and the service by which they are there
# after a reboot
place_nat() { place_service "$1" "/etc/systemd/network/$1.nft"; }

# place_announcements NAME: the service by which the host answers for containers' addresses after a reboot
place_announcements() { place_service "$1"; }

# place_service NAME [FILE]: with a file that it reads
place_service() {
    name=$1 same=yes
    shift
    undo put_back_services
    for file in "$@" "/etc/systemd/system/${name}.service"; do
        undo uninstall_file "${file}"
        cmp -s "${here}/${file##*/}" "${file}" || {
            same=no
            run install -D -m 644 "${here}/${file##*/}" "${file}"
        }
    done
    undo remove_nat_service "${name}.service"
    if [ "${same}" = no ] || ! serves_nat "${name}.service"; then
        run systemctl daemon-reload
        run systemctl enable --quiet "${name}.service"
        run systemctl restart "${name}.service"
    fi
}

serves_nat() {
    systemctl is-enabled --quiet "$1" 2>/dev/null && systemctl is-active --quiet "$1" 2>/dev/null
}

# remove_nat_service SERVICE: what it has made it takes away as it ends
remove_nat_service() {
    ! [ -e "/etc/systemd/system/$1" ] || run systemctl disable --quiet --now "$1"
}

# put_back_services: systemd forgets what is no longer there
put_back_services() { run systemctl daemon-reload; }

# drop_nat SERVICES: those of an earlier build, where this one has only these
drop_nat() {
    kept=" $1 "
    while read -r service; do
        [ -n "${service}" ] || continue
        name=${service##*/}
        case ${kept} in
        *" ${name} "*) continue ;;
        *) ;;
        esac
        remove_nat_service "${name}"
        run rm -f "${service}" "/etc/systemd/network/${name%.service}.nft"
        run systemctl daemon-reload
    done <<END
$(grep -rlsF -e " for ${owner};" /etc/systemd/system)
END
}

# outdated: systemd-networkd does not have the units as they are now; kept for the next run, if this
# one is stopped
outdated() {
    stale=yes
    [ "${dry_run}" = yes ] || : >"${state}/stale"
}

# renew FILE: what systemd-networkd made it does not change: it is made anew
renew() {
    case $1 in
    *.netdev)
        [ ! -e "$1" ] || delete_link "$(sed -n 's/^Name=//p' "$1")"
        ;;
    *) ;;
    esac
}

uninstall_file() { [ ! -e "$1" ] || run rm "$1"; }

# drop_others FILE…: units of an earlier build, which this one does not have
drop_others() {
    kept=" $* "
    while read -r file; do
        [ -n "${file}" ] || continue
        case ${kept} in
        *" ${file##*/} "*) ;;
        *)
            outdated
            renew "${file}"
            run rm "${file}"
            ;;
        esac
    done <<END
$(grep -rlsF -e " for ${owner};" /etc/systemd/network)
END
}

is_enabled() { systemctl is-enabled --quiet systemd-networkd.service 2>/dev/null; }

# enable_at_boot: that systemd-networkd is there after a reboot
enable_at_boot() {
    is_enabled || {
        undo disable_at_boot
        run systemctl enable --quiet systemd-networkd.service
    }
}

disable_at_boot() { ! is_enabled || run systemctl disable --quiet systemd-networkd.service; }

networkd_runs() { systemctl is-active --quiet systemd-networkd.service; }

# keep_networkd: once the files are gone, it goes on without them where it ran before, and ends
# where it did not
keep_networkd() {
    recorded reread || recorded stop_networkd || if networkd_runs; then undo reread; else undo stop_networkd; fi
}

# reread: systemd-networkd takes the units as they are now, which a restart does without a loss
reread() {
    [ "${dry_run}" = yes ] || : >"${state}/reread"
    run systemctl restart systemd-networkd.service
    [ "${dry_run}" = yes ] || rm -f "${state}/stale"
}

# stop_networkd: with its socket, which would start it again
stop_networkd() { run systemctl stop systemd-networkd.socket systemd-networkd.service; }

# file_of LINK: what systemd-networkd says of an interface; it is there still when systemd-networkd
# has ended
file_of() { printf '/run/systemd/netif/links/%s\n' "$(cat "/sys/class/net/$1/ifindex" 2>/dev/null)"; }

# told_of LINK KEY
told_of() { sed -n "s/^$2=//p" "$(file_of "$1")" 2>/dev/null; }

# is_fresh LINK: said since the last restart
is_fresh() { ! [ -e "${state}/reread" ] || [ -n "$(find "$(file_of "$1")" -newer "${state}/reread" 2>/dev/null)" ]; }

is_configured() { [ "$(told_of "$1" ADMIN_STATE)" = configured ] && is_fresh "$1"; }

# waits_for_carrier LINK: it has all its addresses and no carrier, without which IPv6's stay
# tentative (RFC 4862, 5.4) and systemd-networkd never says that it is configured
waits_for_carrier() {
    { [ "$(cat "/sys/class/net/$1/carrier" 2>/dev/null)" = 0 ] && is_fresh "$1"; } || return 1
    unit=$(told_of "$1" NETWORK_FILE)
    [ -r "${unit}" ] || return 1
    has=$(ip -o address show dev "$1")
    sed -n 's/^Address=//p' "${unit}" | while read -r address; do
        printf '%s\n' "${has}" | grep -q -F " ${address} " || exit 1
    done
}

# await_links LINK…: until each is configured, or waits for its cable alone
await_links() {
    [ "${dry_run}" = no ] || return 0
    for link; do
        tries=0
        until is_configured "${link}"; do
            ! waits_for_carrier "${link}" || {
                say "  ${link} has no carrier: its IPv6 addresses count as soon as it has"
                break
            }
            tries=$((tries + 1))
            [ "${tries}" -le 150 ] ||
                failed waiting for systemd-networkd to configure "${link}", of which journalctl -u systemd-networkd tells
            sleep 0.2
        done
    done
}

# keep_settings LINK: those that systemd-networkd makes for each interface that it has a unit of
keep_settings() {
    recorded reset_settings "$1" || keep "settings.$1" settings_of "$1"
    undo reset_settings "$1"
}

# settings_of LINK: as lines of sysctl.conf(5)
settings_of() {
    for setting in "ipv4/conf/$1/promote_secondaries" "ipv6/conf/$1/disable_ipv6" "ipv6/conf/$1/accept_ra" \
        "ipv6/conf/$1/use_tempaddr" "ipv6/conf/$1/addr_gen_mode"; do
        ! [ -e "/proc/sys/net/${setting}" ] ||
            printf 'net/%s = %s\n' "${setting}" "$(cat "/proc/sys/net/${setting}")"
    done
}

# reset_settings LINK: the last of them brings its link-local address back
reset_settings() { ! has_link "$1" || run sysctl -q -e -p "${state}/settings.$1"; }

# need_networkd: of Debian's and Ubuntu's package systemd
need_networkd() {
    [ -x /lib/systemd/systemd-networkd ] || [ -x /usr/lib/systemd/systemd-networkd ] ||
        problem 'systemd-networkd is not installed'
}

# need_files FILE…: what install.sh puts in place is beside it
need_files() {
    for file; do
        [ -r "${here}/${file}" ] || problem "\"${file}\" is not beside install.sh: copy the whole folder"
    done
}

# need_network BRIDGE: {{product}} makes its own bridge the first time, and not where there is one of the name already
need_network() {
    has_network "$1" || problem "{{product}} has no network \"$1\" yet, and could make none once systemd-networkd has:" \
        "{{client}} network create $1 ipv4.address=none ipv6.address=none user.topoc=${owner}"
}

# need_netdev BRIDGE: an existing bridge gets ports from systemd-networkd where that has a .netdev
# of it
need_netdev() {
    units_of "$1" netdev | grep -q . || problem "no .netdev of systemd-networkd has the bridge \"$1\", so that it can give it no port"
}

# free_of_scripts LINK…: what up.sh has made it takes away again
free_of_scripts() {
    journal_of_up=/run/topoc/${owner}/journal
    for link; do
        ! grep -v '^delete_network ' "${journal_of_up}" 2>/dev/null | grep -qwF -e "${link}" || {
            problem "up.sh has made this host's network: take it down with down.sh, install, and run up.sh again for containers"
            return 0
        }
    done
}

# free_of_others LINK: no file of another origin may configure it
free_of_others() {
    for file in $(units_of "$1" network) $(current_of "$1") $(interfaces_of "$1") $(connections_of "$1"); do
        grep -qsF -e " for ${owner};" "${file}" ||
            problem "\"$1\" is configured by ${file} already: take it out of there"
    done
    for file in $(units_of "$1" netdev); do
        grep -qsF -e " for ${owner};" "${file}" || problem "\"$1\" is made by ${file} already: rename one of the two"
    done
}

# units_of LINK netdev|network: the units whose Name= is, or as a pattern matches, that of the
# interface
units_of() {
    find /etc/systemd/network /run/systemd/network /usr/local/lib/systemd/network /usr/lib/systemd/network \
        -maxdepth 1 -name "*.$2" 2>/dev/null | sort | while read -r unit; do
        # shellcheck disable=SC2013 # a line may have several names
        for pattern in $(sed -n 's/^[[:space:]]*Name[[:space:]]*=//p' "${unit}"); do
            # shellcheck disable=SC2254 # it is a pattern
            case $1 in
            ${pattern})
                printf '%s\n' "${unit}"
                break
                ;;
            *) ;;
            esac
        done
    done
}

# current_of LINK: the unit by which systemd-networkd has configured it
current_of() {
    file=$(told_of "$1" NETWORK_FILE)
    [ ! -s "${file}" ] || printf '%s\n' "${file}"
}

# interfaces_of LINK: files of ifupdown
interfaces_of() {
    find /etc/network/interfaces /etc/network/interfaces.d -type f 2>/dev/null | sort | while read -r file; do
        awk -v name="$1" '$1 == "iface" && $2 == name { print FILENAME; exit }' "${file}"
    done
}

# connections_of LINK: files of NetworkManager
connections_of() {
    grep -rlsxF -e "interface-name=$1" /etc/NetworkManager/system-connections
}

# only_addresses NIC ADDRESS…: systemd-networkd takes away what its unit does not have
only_addresses() {
    nic=$1 own=" $* "
    for address in $(addresses_of "${nic}"); do
        case ${own} in
        *" ${address} "*) ;;
        *) problem "\"${nic}\" has the address ${address}, which its unit would take away: give it in the topology, or delete it" ;;
        esac
    done
}

# guard_unit NIC FILE [BRIDGE]: as guard, where the unit is not there yet
guard_unit() {
    nic=$1 file=$2
    shift 2
    cmp -s "${here}/${file}" "/etc/systemd/network/${file}" || guard "${nic}" "$@"
}
