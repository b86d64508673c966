# shellcheck shell=sh
# What bed.sh has to know of hosts with LXD whose administrator starts Docker later, by /run/start-docker: dockerd with its
# defaults, which starts again when it is killed.
#
# shellcheck disable=SC2034,SC2154 # bed.sh reads these, and has set others
# shellcheck disable=SC1090,SC1091,SC2030,SC2031 # each daemon's own file is read apart from the other's
# shellcheck disable=SC2016 # that is for the inner shell
here=${daemon%/*}
own='/var/lib/lxd /var/log/lxd /var/cache/lxd /var/lib/docker'
foreign=DOCKER_HOST
serve='lxd --group root'
clear='
for container in $(lxc list --columns n --format csv); do lxc delete --force "${container}"; done
for container in $(docker ps --all --quiet); do docker rm --force "${container}"; done'

# images: LXD's and Docker's, both called bare
images() {
    (daemon=${here}/../LXDTests/lxd.sh && . "${daemon}" && images)
    mkdir "${folder}/docker"
    (folder=${folder}/docker && . "${here}/docker.sh" && images)
}

set_up() {
    (daemon=${here}/../LXDTests/lxd.sh && . "${daemon}" && set_up "$1")
    inside "$1" cp "${folder}/docker/bare.tar" /run/bare.tar
    # Not started by the test: what runs on with a test's files open would keep it waiting.
    inside "$1" sh -c '
        until [ -e /run/docker-wanted ]; do sleep 0.1; done
        while :; do dockerd; done' >/dev/null 2>&1 </dev/null &
    inside "$1" tee /run/start-docker >/dev/null <<'END'
touch /run/docker-wanted
tries=0
until docker version >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "${tries}" -lt 600 ] || exit 1
    sleep 0.05
done
docker image inspect bare >/dev/null 2>&1 || docker import --change 'CMD ["/bin/sh"]' /run/bare.tar bare
END
}
