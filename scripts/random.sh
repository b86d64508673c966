#!/bin/sh
# Tries random topologies, right and wrong ones. As root, each comes up in the lab, and what its kernel does is held against what
# is predicted: all pairs, with a small packet, with the largest one and with a larger one. It says how many topologies and pairs
# it tried; a mismatch is reduced to a small topology first, and the status is then not 0.
#
# usage: random.sh [--gre | --vlans | --nat | --silent [vlans | nat] | --wide] COUNT [SEED]
#   --wide    with more in them: those of --silent, with up to three slips
#   --nat     with NAT, single addresses and the world outside; the file's own checks are made, too
#   --gre     with Ethernet over GRE, in user-mode Linux
#   --vlans   with VLANs, in user-mode Linux
#   --silent  without a kernel: whether all arrives that is meant to, where nothing is said of it, and whether something is lost where
#             an error says so; a hundred thousand take a quarter of an hour, two processors, and a build of their own in .build-silence
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

tests='RandomTests/theKernelDoesWhatIsPredicted\('
kind=''
case ${1-} in
    --gre)
        tests=RandomUMLTests/theKernelDoesWhatIsPredictedOfGRE
        shift
        ;;
    --vlans)
        tests=RandomUMLTests/theKernelDoesWhatIsPredictedOfVLANs
        shift
        ;;
    --nat)
        tests=RandomTests/theKernelDoesWhatIsPredictedOfNAT
        shift
        ;;
    --wide)
        export TOPOC_RANDOM_WIDE=1
        shift
        ;;
    --silent)
        tests=
        shift
        case ${1-} in
            vlans | nat)
                kind=$1
                shift
                ;;
            *) ;;
        esac
        ;;
    *) ;;
esac

case ${1-}:${2-1} in
    [1-9]*:[0-9]*) ;;
    *)
        sed -n 's/^# \{0,1\}//; 6,12p' "$0" >&2
        exit 2
        ;;
esac
if [ -z "${tests}" ]; then
    place=.build-silence
    TOPOC_SILENCE=1 swift build -c release --product Silence --scratch-path "${place}"
    exec "${place}/release/Silence" "$1" "${2-1}" ${kind:+"${kind}"}
fi
swift build --build-tests
TOPOC_RANDOM_COUNT=$1 TOPOC_RANDOM_UML_COUNT=$1 TOPOC_RANDOM_SEED=${2-1} swift test --skip-build --no-parallel --filter "${tests}"
