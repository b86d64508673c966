#!/bin/sh
# images.sh: draws layers 2 and 3 of the topologies into docs/images.
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

cd "$(dirname "$0")/.."
command -v dot >/dev/null || {
    echo 'images.sh: "dot" is not installed; on Debian and Ubuntu: apt install graphviz' >&2
    exit 1
}
swift build --product topoc >&2
topoc=$(swift build --show-bin-path)/topoc
mkdir -p docs/images
for topology in topologies/*.topo; do
    name=$(basename "${topology}" .topo)
    for view in l2 l3; do
        "${topoc}" graph "${topology}" --view "${view}" -o "docs/images/${name}-${view}.svg"
    done
done
