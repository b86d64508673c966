#!/bin/sh
# screenshots.sh: takes pictures of the report in headless Chromium, light and dark, into docs/images.
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

cd "$(dirname "$0")/.."
for tool in dot chromedriver; do
    command -v "${tool}" >/dev/null || {
        printf 'screenshots.sh: "%s" is not installed; on Debian: apt install graphviz chromium-driver python3-selenium\n' "${tool}" >&2
        exit 1
    }
done
swift build --product topoc >&2
topoc=$(swift build --show-bin-path)/topoc
page=$(mktemp -d)
trap 'rm -r "${page}"' EXIT
"${topoc}" report topologies/gre-routed-underlay.topo -o "${page}/report.html"
shoot() {
    image=$1
    shift
    /usr/bin/python3 scripts/browser.py "${page}/report.html" "$@" --size 1280x1400 \
        --click l2/host:host1/container:c1 --click l2/host:host3/container:c4 \
        --screenshot "docs/images/${image}" >/dev/null
}
shoot report-light.png
shoot report-dark.png --dark
