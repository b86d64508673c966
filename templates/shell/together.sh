# together UNDOS COMMANDS [NETNS COMMANDS]…: makes what is new in few processes, on the host and
# then in each container; the undos are written down before
together() {
    changes=yes
    [ "${dry_run}" = yes ] || {
        undos=$(printf '%s\n' "$1" | grep -vxF -f "${journal}")
        [ -z "${undos}" ] || printf '%s\n' "${undos}" >>"${journal}" || failed writing "${journal}"
        journaled=
    }
    batch=
    while IFS= read -r command; do
        [ -n "${command}" ] || continue
        printf '  %s\n' "${command}"
        case ${command} in
        ip\ *) batch="${batch}${command#ip }${newline}" ;;
        *)
            at_once '' "${batch}"
            batch=
            # shellcheck disable=SC2086 # the words of a command
            [ "${dry_run}" = yes ] || ${command} </dev/null || failed ${command}
            ;;
        esac
    done <<END
$2
END
    at_once '' "${batch}"
    shift 2
    while [ $# -gt 0 ]; do
        while IFS= read -r command; do
            printf '  ip netns exec %s ip %s\n' "$1" "${command}"
        done <<END
$2
END
        at_once "$1" "$2${newline}"
        shift 2
    done
}

# at_once NETNS LINES: of ip-batch(8), in a container or, without a name, on the host
at_once() {
    if [ "${dry_run}" = yes ] || [ -z "$2" ]; then return 0; fi
    printf '%s' "$2" >"${state}/together" || failed writing "${state}/together"
    # Not by `ip -n`, which copies all mounts.
    ${1:+nsenter "--net=/run/netns/$1"} \
        ip -batch "${state}/together" 2>"${state}/said" </dev/null || {
        cat "${state}/said" >&2
        line=$(sed -n 's/^Command failed .*:\([0-9]*\)$/\1/p' "${state}/said" | head -n 1)
        # shellcheck disable=SC2046,SC2086 # the words of a command
        failed ${1:+ip netns exec "$1"} ip $(sed -n "${line:-1}p" "${state}/together")
    }
}
