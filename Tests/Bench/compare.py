"""Compares two programs over one file: CPU time of whole processes, in turn, so that a change of the machine's speed
meets both.

usage: compare.py RUNS FILE NAME COMMAND YARDSTICK-NAME YARDSTICK-COMMAND
"""

import os
import statistics
import subprocess
import sys


def cpu(command):
    """The user and system time of one run in milliseconds."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with status {process.returncode}")
    return 1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


runs, file, *names = sys.argv[1:]
commands = {names[0]: [*names[1].split(), file], names[2]: [*names[3].split(), file]}
for command in commands.values():
    cpu(command)
measured = {name: [] for name in commands}
for _ in range(int(runs)):
    for name, command in commands.items():
        measured[name].append(cpu(command))
for name, figures in measured.items():
    times = sorted(time for time, _ in figures)
    peak = max(size for _, size in figures)
    print(
        f"{name:24} median {statistics.median(times):7.1f} ms of CPU"
        f"  ({times[0]:.1f} to {times[-1]:.1f}), peak {peak:.0f} MiB"
    )
ratio = statistics.median(a[0] / b[0] for a, b in zip(*measured.values()))
print(f"ratio, median of pairs   {ratio:.1f}")
