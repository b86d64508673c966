set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
umask 077
PATH=${PATH}:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

# Kept until down.sh: the journal has an undo for each change, written down before the change is
# made.
journal=${state}/journal
newline='
'
# What the journal has, as far as it was read.
journaled=
# What other topologies have on this host, as far as it was read.
theirs='?'
dry_run=no
# Whether commands are only listed; what a dry run has undone: for its questions that is not there
# any more; and in which container it was.
listing=no
lost=' '
within=
# Whether the change that comes next has just been written into the journal.
written=no
# What is called with each command before it is run.
before=:
remember=:
touch=:
# And what is called with it then.
learn=:
# What asks a question in place of its own command, where that is dear.
look=

say() { printf '%s\n' "$*"; }
