#!/bin/sh
# Brings random topologies up in the lab, right and wrong ones, and holds what their kernel does against what is
# predicted: all pairs, with a small packet, with the largest one and with a larger one. As root. It says how many topologies
# and pairs it tried; a mismatch is reduced to a small topology first, and the status is then not 0.
#
# usage: random.sh [--gre] COUNT [SEED]
#   --gre  with Ethernet over GRE, in user-mode Linux
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

tests=RandomTests/theKernel
if [ "${1-}" = --gre ]; then
    tests=RandomGRETests
    shift
fi

case ${1-}:${2-1} in
    [1-9]*:[0-9]*) ;;
    *)
        sed -n 's/^# \{0,1\}//; 6,7p' "$0" >&2
        exit 2
        ;;
esac
swift build --build-tests
TOPOC_RANDOM_COUNT=$1 TOPOC_RANDOM_GRE_COUNT=$1 TOPOC_RANDOM_SEED=${2-1} swift test --skip-build --no-parallel --filter "${tests}"
