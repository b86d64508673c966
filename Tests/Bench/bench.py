"""How topoc's cost grows with its work: user and system time of whole processes, as ratios.

usage: bench.py TOPOC PARSER [WORD]
  PARSER  a program that lets libyaml parse a file, and does nothing with it
  WORD    only the rows that have it

Each row is a command over one file: the median of its runs, its peak memory, the ratio to the parse of the same file, run in turn with
it, and how much faster it grew than the file did since the row before of the same command and shape: 1.0 is linear.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import shapes

topoc, parser = (os.path.abspath(path) for path in sys.argv[1:3])
word = sys.argv[3] if len(sys.argv) > 3 else ""
place = tempfile.mkdtemp()
out = os.path.join(place, "out")

# The command, the shape with its sizes, and the runs of each.
ROWS = [
    (["check"], shapes.star, (10, 100, 1000), 5),
    (["check"], shapes.links, (1000, 10000), 5),
    (["check"], shapes.segments, (1000, 10000), 5),
    (["check"], shapes.tunnels, (200, 2000), 5),
    (["check"], shapes.mesh, (30, 100), 5),
    (["check"], shapes.line, (15, 50), 5),
    (["build", "--output", out], shapes.star, (10, 100), 3),
    (["build", "--output", out, "--only", "networkd"], shapes.tunnels, (150, 1500), 3),
    (["reach"], shapes.star, (10, 100), 3),
    (["report", "--output", os.path.join(place, "report.html")], shapes.links, (500, 5000), 1),
    (["report", "--output", os.path.join(place, "report.html")], shapes.star, (10, 100), 1),
]


def cost(command):
    """CPU time in milliseconds and peak memory in MiB of one run."""
    shutil.rmtree(out, ignore_errors=True)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}")
    return 1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def file(shape, size):
    path = os.path.join(place, f"{shape.__name__}-{size}.topo")
    if not os.path.exists(path):
        with open(path, "w", encoding="ascii") as text:
            text.write("\n".join(shape(size)) + "\n")
    return path


def words(command):
    return " ".join(part for part in command if not part.startswith((place, "--output")))


try:
    for command, shape, sizes, runs in ROWS:
        former = None
        for size in sizes:
            name = f"{words(command)} {shape.__name__} {size}"
            if word not in name:
                continue
            path = file(shape, size)
            pairs = [(cost([topoc, *command, path]), cost([parser, path])[0]) for _ in range(runs)]
            time = statistics.median(own[0] for own, _ in pairs)
            ratio = statistics.median(own[0] / parse for own, parse in pairs)
            bytes_ = os.path.getsize(path)
            growth = "" if former is None else f"{time / former[0] / (bytes_ / former[1]):8.2f} of linear"
            peak = max(own[1] for own, _ in pairs)
            print(f"{name:38}{time:10.1f} ms{peak:7.0f} MiB{ratio:8.1f} x parse{growth}", flush=True)
            former = (time, bytes_)
finally:
    shutil.rmtree(place)
