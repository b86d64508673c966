#!/bin/sh
# images.sh: draws the committed figures, out/*/l2.dot and l3.dot, into docs/images.
set -eu

cd "$(dirname "$0")/.."
command -v dot >/dev/null || {
    echo 'images.sh: "dot" is not installed; on Debian and Ubuntu: apt install graphviz' >&2
    exit 1
}
mkdir -p docs/images
for figure in out/*/l[23].dot; do
    name=${figure#out/}
    dot -Tsvg "${figure}" -o "docs/images/${name%%/*}-$(basename "${figure}" .dot).svg"
done
