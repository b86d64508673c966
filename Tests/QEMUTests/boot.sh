#!/busybox sh
# The first process of the kernel, in its memory: it makes a root of the machine's files and those in memory, and goes on there.
busybox=/busybox
${busybox} mkdir /proc /machine /new
${busybox} mount -t proc proc /proc
while read -r module; do ${busybox} insmod "/modules/${module}"; done </order
# Nobody changes what is read here, so it may be remembered.
${busybox} mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=262144,cache=loose machine /machine
${busybox} mount -t tmpfs -o mode=755 tmpfs /new
for entry in /machine/*; do
    name=${entry##*/}
    if [ -L "${entry}" ]; then
        ${busybox} cp -d "${entry}" /new
    elif [ -d "${entry}" ]; then
        ${busybox} mkdir "/new/${name}"
        case ${name} in
        dev | etc | proc | run | sys | tmp | usr) ;;
        *) ${busybox} mount --bind "${entry}" "/new/${name}" ;;
        esac
    fi
done
${busybox} mount -t devtmpfs devtmpfs /new/dev
${busybox} mount -t tmpfs -o mode=755 tmpfs /new/run
${busybox} mv /lab /tools /kernel /begin.sh /new/run
for name in usr etc; do
    ${busybox} mkdir -p "/new/run/work/${name}"
    ${busybox} mount -t overlay \
        -o "lowerdir=/machine/${name},upperdir=/new/run/tools/${name},workdir=/new/run/work/${name}" tools "/new/${name}"
done
${busybox} umount /proc
exec ${busybox} switch_root -c /dev/ttyS0 /new /bin/sh /run/begin.sh
