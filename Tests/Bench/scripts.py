"""What the scripts of a host with many bare containers cost, beside the least that makes the same network.

usage: scripts.py TOPOC [RUNS]

The least is one `ip -batch` for the host and one for each container, without a journal, a question or a check. All of it runs as root
in a network and a mount namespace of its own, which end with it. CPU time of all processes, user and system; the median of the runs.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import shapes


def least(plain):
    """The commands of plain.sh as a script of batches."""
    outer, inner, others = [], {}, []
    for line in plain.replace("\\\n    ", "").splitlines():
        words = line.split()
        if words[:3] == ["ip", "netns", "exec"] and words[4] == "ip":
            inner.setdefault(words[3], []).append(" ".join(words[5:]))
        elif words[:1] == ["ip"]:
            outer.append(line[3:])
        elif words[:2] == ["brctl", "addbr"]:
            outer.append(f"link add name {words[2]} type bridge")
        elif words[:2] == ["brctl", "addif"]:
            outer.append(f"link set dev {words[3]} master {words[2]}")
        elif words[:1] == ["sysctl"]:
            others.append(line)
    lines = [*others, "ip -batch - <<END", *outer, "END"]
    for name, commands in inner.items():
        lines += [f"nsenter --net=/run/netns/{name} ip -batch - <<END", *commands, "END"]
    return "\n".join(lines) + "\n"


def inside(scripts):
    """Runs scripts in this network namespace, and prints what each takes: CPU and wall time in seconds."""
    for kind, folder in (("tmpfs", "/run"), ("sysfs", "/sys")):
        subprocess.run(["mount", "-t", kind, kind, folder], check=True)
    for script in scripts:
        before, start = os.times(), time.monotonic()
        done = subprocess.run(["sh", script], stdout=subprocess.DEVNULL)
        after, end = os.times(), time.monotonic()
        if done.returncode != 0:
            sys.exit(f"{script} ended with status {done.returncode}")
        used = after.children_user + after.children_system - before.children_user - before.children_system
        print(used, end - start)


def cost(*scripts):
    """The same in namespaces that end with them."""
    command = ["unshare", "--net", "--mount", sys.executable, __file__, "--inside", *scripts]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [tuple(map(float, line.split())) for line in said.splitlines()]


if sys.argv[1] == "--inside":
    inside(sys.argv[2:])
    sys.exit()

topoc = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
place = tempfile.mkdtemp()

try:
    if os.geteuid() != 0:
        sys.exit("scripts.py: needs root, for network namespaces")
    for count in (100, 500):
        path = os.path.join(place, f"hub-{count}.topo")
        with open(path, "w", encoding="ascii") as text:
            text.write("\n".join(shapes.hub(count)) + "\n")
        subprocess.run([topoc, "build", "-q", "-o", place, path], check=True)
        host = os.path.join(place, f"hub-{count}", "hub")
        with open(os.path.join(host, "plain.sh"), encoding="utf-8") as plain, open(os.path.join(host, "least"), "w") as text:
            text.write(least(plain.read()))
        bare = [cost(f"{host}/least")[0] for _ in range(runs)]
        whole = [cost(f"{host}/up.sh", f"{host}/up.sh", f"{host}/down.sh") for _ in range(runs)]
        base = statistics.median(used for used, _ in bare)
        print(f"{'least':12}{count:6}{base:8.2f} s CPU{statistics.median(wall for _, wall in bare):8.2f} s")
        for index, name in enumerate(["up", "up again", "down"]):
            used = statistics.median(run[index][0] for run in whole)
            wall = statistics.median(run[index][1] for run in whole)
            print(f"{name:12}{count:6}{used:8.2f} s CPU{wall:8.2f} s{used / base:8.2f} x least", flush=True)
finally:
    shutil.rmtree(place)
