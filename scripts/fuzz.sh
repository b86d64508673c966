#!/bin/sh
# Builds the fuzzer (libFuzzer, coverage-guided) and lets it run over the whole compiler, beginning with the project's
# topologies. What it learns stays in .build-fuzz/corpus; an input that stops the compiler is written to
# .build-fuzz/found, and the status is then not 0.
#
# usage: fuzz.sh runs|seconds NUMBER
#   runs NUMBER     as many inputs, the same ones each time for the same corpus (none is kept); built for debugging, which
#                   takes a third of the time
#   seconds NUMBER  as long, with inputs of its own choice; optimized
set -eu
unset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS

usage() {
    sed -n 's/^# \{0,1\}//; 6,9p' "$0" >&2
    exit 2
}

[ $# -eq 2 ] || usage
place=.build-fuzz
configuration=release
learned=${place}/corpus
case $1 in
    runs)
        configuration=debug
        learned=${place}/corpus-of-runs
        rm -rf "${learned}"
        set -- -runs="$2" -seed=1
        ;;
    seconds) set -- -max_total_time="$2" -print_final_stats=1 ;;
    *) usage ;;
esac

# Where tests run beside it, this is behind them: some of those wait for answers, for so long.
TOPOC_FUZZ=1 nice swift build -c "${configuration}" --product Fuzz --sanitize fuzzer --scratch-path "${place}"

seeds=${place}/seeds
rm -rf "${seeds}"
mkdir -p "${learned}" "${seeds}" "${place}/found"
cp topologies/*.topo Tests/Fixtures/Errors/*.topo Tests/Fixtures/Fuzz/* "${seeds}"
# The keys of the language, for the fuzzer to put in: what stands between backquotes.
# shellcheck disable=SC2016
sed -n 's/^| `\([a-z0-9-]*\)` |.*/"\1"/p' docs/language.md | sort -u >"${place}/words"

# Without this, Swift takes the signal of a crash to print a backtrace, and libFuzzer writes no input.
export SWIFT_BACKTRACE=enable=no
# An input takes a millisecond, or ten: ten seconds are a hang.
exec "${place}/${configuration}/Fuzz" "$@" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -dict="${place}/words" \
    -artifact_prefix="${place}/found/" -verbosity=0 "${learned}" "${seeds}"
