set -uf
umask 077
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

# Kept until down.sh: the journal has an undo for each change, written down before the change is made.
state={{state}}
journal=${state}/journal
{{#needsOwner}}
owner={{owner}}
{{/needsOwner}}
dry_run=no
# What is called with each command before it is run.
before=:

say() { printf '%s\n' "$*"; }
