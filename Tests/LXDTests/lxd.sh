# shellcheck shell=sh
# What bed.sh has to know of LXD. The variable IMAGES has the names of the images that the daemons get, of those that
# images.sh knows.
#
# shellcheck disable=SC2034,SC2154 # bed.sh reads these, and has set others
# shellcheck disable=SC2016 # that is for the inner shell
# shellcheck source=Tests/LXDTests/images.sh
. "${daemon%/*}/images.sh"
own='/var/lib/lxd /var/log/lxd /var/cache/lxd'
foreign=LXD_DIR
serve='lxd --group root'
clear='for container in $(lxc list --columns n --format csv); do lxc delete --force "${container}"; done'

images() {
    for image in ${IMAGES:-bare}; do image "${image}"; done
}

# set_up HOST: with a storage pool and a profile that has only the root disk
set_up() {
    inside "$1" lxd waitready --timeout=60
    inside "$1" lxd init --preseed <<'END'
storage_pools: [{name: default, driver: dir}]
profiles: [{name: default, devices: {root: {path: /, pool: default, type: disk}}}]
END
    for image in ${IMAGES:-bare}; do
        inside "$1" lxc image import "${folder}/${image}.tar" --alias "${image}" >/dev/null 2>&1 </dev/null
    done
}
