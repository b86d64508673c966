set -uf
umask 077
PATH=$PATH:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

# What was done is kept here, until down.sh: an undo for each change, written down before the change is made.
state={{{state}}}
journal=$state/journal
owner={{{owner}}}
dry_run=no

say() { printf '%s\n' "$*"; }
