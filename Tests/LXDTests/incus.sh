# shellcheck shell=sh
# What bed.sh has to know of hosts that have Incus, where no Incus is to be had: LXD's daemon, and a command `incus` in
# /usr/local/sbin that takes what the manual pages incus(1) and below know, and nothing else, and hands it to `lxc`.
# What it does not take is written to /run/refused.
#
# shellcheck disable=SC1090,SC1091 # LXD's own file is read, and then changed
# shellcheck disable=SC2034,SC2154 # bed.sh reads these, and has set others
# shellcheck disable=SC2016 # that is for the inner shell
here=${daemon%/*}
. "${here}/lxd.sh"
own="${own} /usr/local/sbin"

# set_up HOST: LXD as ever, and the command
set_up() {
    inside "$1" lxd waitready --timeout=60
    inside "$1" lxd init --preseed <<'END'
storage_pools: [{name: default, driver: dir}]
profiles: [{name: default, devices: {root: {path: /, pool: default, type: disk}}}]
END
    for image in ${IMAGES:-bare}; do
        inside "$1" lxc image import "${folder}/${image}.tar" --alias "${image}" >/dev/null 2>&1 </dev/null
    done
    inside "$1" install -m 755 "${here}/incus-by-lxc.sh" /usr/local/sbin/incus
}
