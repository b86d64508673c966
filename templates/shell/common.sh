set -uf
# Nothing of the caller's that changes how a shell or a tool reads its words.
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS
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
newline='
'
# What the journal has, as far as it was read.
journaled=
dry_run=no
# Whether commands are only listed; what a dry run has undone: for its questions that is not there any more; and in which
# container it was.
listing=no
lost=' '
within=
# What is called with each command before it is run.
before=:

say() { printf '%s\n' "$*"; }
