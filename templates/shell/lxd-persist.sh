# lasts CONTAINER CONFIGURATION: true where the container has the files for it; one that is not ours
# keeps its own
lasts() {
    [ "$(quietly {{client}} config get "$1" user.topoc.network)" = "$2" ] || {
        has_container "$1" && ! is_ours "$1"
    }
}

has_file() { {{client}} file pull "$1$2" - >/dev/null 2>&1 </dev/null; }

# find_manager CONTAINER: what configures its network when it starts
find_manager() {
    if [ "${dry_run}" = yes ] && ! has_container "$1"; then
        manager=unknown
        say "  # and a file for what configures the network of $1 when it restarts," \
            'which its image tells'
    elif has_file "$1" /usr/sbin/netplan; then
        manager=netplan
    elif has_file "$1" /etc/systemd/system/multi-user.target.wants/systemd-networkd.service; then
        manager=networkd
    elif has_file "$1" /etc/network/interfaces; then
        manager=ifupdown
    else
        manager=none
        say "  # $1 has no netplan, systemd-networkd or ifupdown: after a restart of its own" \
            'it waits for up.sh'
    fi
}

# write_for MANAGER CONTAINER FILE LINE…: the file, where that is what configures the container's
# network
write_for() {
    [ "${manager}" != "$1" ] || {
        into=$2$3
        shift 3
        [ "${dry_run}" = yes ] || printf '%s\n' "$@" >"${state}/file" ||
            failed writing "${state}/file"
        # netplan minds a file that others can read; systemd-networkd, which is not root, must.
        mode=644
        [ "${manager}" != netplan ] || mode=600
        run {{client}} file push --quiet --create-dirs --uid 0 --gid 0 --mode "${mode}" \
            "${state}/file" "${into}"
    }
}
