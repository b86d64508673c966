# shellcheck shell=sh
# What bed.sh has to know of Docker, whose daemons have all their defaults: they turn forwarding on, and FORWARD to DROP.
#
# shellcheck disable=SC2034,SC2154,SC2312 # bed.sh reads these, and has set others; it ends where something fails
# shellcheck disable=SC2016 # that is for the inner shell
own=/var/lib/docker
foreign=DOCKER_HOST
serve=dockerd
clear='for container in $(docker ps --all --quiet); do docker rm --force "${container}"; done'

# images: a root file system of busybox, whose command is a shell, as in images of distributions
images() {
    mkdir -p "${folder}/rootfs/bin"
    cp "$(command -v busybox)" "${folder}/rootfs/bin/busybox"
    for applet in sh sleep ping traceroute ip ls cat hostname; do
        ln -s busybox "${folder}/rootfs/bin/${applet}"
    done
    tar -C "${folder}/rootfs" -cf "${folder}/bare.tar" .
}

# set_up HOST: with the image, and the client of the daemon's own release where another is found first
set_up() {
    client=$(dirname "$(command -v dockerd)")/../bin/docker
    first=$(command -v docker)
    [ ! -x "${client}" ] || [ "${client}" -ef "${first}" ] || inside "$1" mount --bind "${client}" "${first}"
    tries=0
    until inside "$1" docker version >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "${tries}" -lt 600 ] || {
            tail "${folder}/$1.log"
            return 1
        }
        sleep 0.05
    done
    inside "$1" docker import --change 'CMD ["/bin/sh"]' - bare <"${folder}/bare.tar" >/dev/null
}
