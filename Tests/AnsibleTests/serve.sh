#!/bin/sh
# sshd on a host of the tests, with keys and users of the test's own; the machine's files stay as they are.
#
# usage: serve.sh FOLDER, in the host's namespaces; its keys are in FOLDER/ssh
set -eu
for file in passwd shadow; do mount --bind "$1/ssh/${file}" "/etc/${file}"; done
mkdir -m 755 /run/sshd
# It starts itself again for each connection, by its whole path.
PATH=${PATH}:/usr/sbin
sshd=$(command -v sshd)
exec "${sshd}" -D -e -f /dev/null -h "$1/ssh/host" \
    -o UsePAM=no -o StrictModes=no -o PasswordAuthentication=no -o KbdInteractiveAuthentication=no \
    -o AuthorizedKeysFile="$1/ssh/authorized_keys" -o PermitRootLogin=prohibit-password -o PidFile=/run/sshd.pid \
    -o MaxStartups=100 -o 'Subsystem=sftp internal-sftp'
