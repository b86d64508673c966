#!/usr/bin/python3
"""Makes slips that a developer could make, and says which of them the pure tests notice.

usage: slips.py check
       slips.py alone [--near] [--skip TESTS] [NUMBER|PATH]...
       slips.py together FOLDER [--jobs N] [--near] [--skip TESTS] [NUMBER|PATH]...

check     looks whether the list is true: what each slip replaces is in its file once.
alone     makes each slip here, builds, runs the tests and takes the slip back.
together  copies the project into FOLDER with these slips in it, each behind its number, and builds once. The tests then run
          with one number after the other in TOPOC_SLIP.

NUMBER and PATH choose slips of scripts/slips/list: by number from 1, or by how their file's path begins. The tests of the
slip's module run first, and all other pure tests where these notice nothing; not with --near. --skip leaves more tests out, such
as the slowest. The comparison with out/ is left out. The exit status is 0 if every slip was noticed, 1 if not, 2 if the list is wrong or something does not build.
"""
import argparse
import collections
import concurrent.futures
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = ROOT / "scripts/slips/list"
# What is not pure, and the comparison with out/ (GoldenTests).
LEFT_OUT = "Lab|Networkd|Guide|LXD|Docker|UML|OwnKernel|Browser|Ansible|Golden"
# The tests that are nearest to a module, where they are not called as the module is. Nothing but a browser runs the page.
NEAREST = {
    "topoc": "Command|Watch", "TopoWatch": "Watch", "TopoTrace": "Command", "TopoFindings": "Format|Command",
    "TopoSchema": "Format", "TopoEmit": r"TopoEmit\w+", "TopoEmitLab": "TopoEmitShell|Command", "TopoNetwork":
    "TopoNetwork|TopoPlan|TopoCheck", "TopoPlan": r"TopoPlan|TopoEmit\w+", "TopoSyntax": "TopoSyntax|TopoLower",
    "templates/shell": "TopoEmitShell", "templates/lab": "TopoEmitShell|Command", "templates/report": "TopoEmitReport|Browser",
    "templates/networkd": "TopoEmitNetworkd", "templates/graphviz": "TopoEmitGraphviz", "templates/virtualbox":
    "TopoEmitVirtualBox", "templates/init": "Command|TopoDriver", "templates/Engine": "TopoTemplates",
    "templates": "TopoTemplates",
}
TIME_LIMIT = 900

Slip = collections.namedtuple("Slip", "number path old new")


class Problem(Exception):
    """What ends the script: the list is wrong, or something does not build."""


def module(slip):
    parts = slip.path.split("/")
    return parts[1] if parts[0] == "Sources" else "/".join(parts[:-1])


def read_list():
    """The slips of the list. Each block is three lines: a path, `- ` with what stands there, `+ ` with the slip."""
    slips, wrong = [], []
    for block in re.split(r"\n\s*\n", LIST.read_text()):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        if len(lines) != 3 or lines[1][:2] != "- " or lines[2][:2] not in ("+", "+ "):
            raise Problem(f"not a path, a line with - and a line with +: {lines}")
        slip = Slip(len(slips) + 1, lines[0], lines[1][2:], lines[2][2:])
        slips.append(slip)
        path = ROOT / slip.path
        count = path.read_text().count(slip.old) if path.is_file() else 0
        if count != 1:
            wrong.append(f"{slip.number} {slip.path}: {count} times in it: {slip.old}")
    if wrong:
        raise Problem("\n".join(wrong))
    return slips


def chosen(slips, words):
    def is_chosen(slip):
        return not words or any(word == str(slip.number) or not word.isdigit() and slip.path.startswith(word) for word in words)

    return [slip for slip in slips if is_chosen(slip)]


# Running the tests


def failures(folder, number, choice):
    """The tests that fail, by name; [] where all pass."""
    # What `swift test` runs, without the seconds that it takes to see what is built.
    command = [folder / ".build/debug/topocPackageTests.xctest", "--testing-library", "swift-testing", "--no-parallel", *choice]
    environment = dict(os.environ, TOPOC_SLIP=str(number), NO_COLOR="1")
    try:
        run = subprocess.run(
            command, cwd=folder, env=environment, timeout=TIME_LIMIT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace")
    except subprocess.TimeoutExpired:
        return [f"no end within {TIME_LIMIT} s"]
    if run.returncode == 0:
        return []
    found = re.findall(r"^✘ Test (?!run with)(.+?)(?: with \d+ test cases?)? failed after", run.stdout, re.MULTILINE)
    started = re.findall(r"^◇ Test (.+?) started\.", run.stdout, re.MULTILINE)
    if not started:
        raise Problem(f"no test began: {run.stdout[-2000:]}")
    return found or [f"stopped in {started[-1]}"]


def judge(folder, slip, number, options):
    """Runs the nearest tests, then all others; the names of those that notice the slip."""
    nearest = NEAREST.get(module(slip), module(slip))
    skipped = ["--skip", options.skip] if options.skip else []
    near = ("--filter", rf"^({nearest})Tests\.", *skipped)
    others = ("--skip", rf"^({LEFT_OUT}|{nearest})Tests\.", *skipped)
    for choice in (near,) if options.near else (near, others):
        found = failures(folder, number, choice)
        if found and number:
            found = [name for name in found if name not in failing_anyway(folder, choice)]
        if found:
            return found
    return []


@functools.cache
def failing_anyway(folder, choice):
    """The tests that fail in the copy without a slip."""
    return failures(folder, 0, choice)


def report(results):
    """Prints the counts by module; true where all slips were noticed."""
    counts = collections.defaultdict(lambda: [0, 0])
    for slip, found in results:
        counts[module(slip)][0] += bool(found)
        counts[module(slip)][1] += 1
    print()
    for name, (noticed, count) in sorted(counts.items()):
        print(f"{name}: {noticed} of {count} noticed")
    noticed = sum(bool(found) for _, found in results)
    print(f"all: {noticed} of {len(results)} noticed")
    return noticed == len(results)


def tell(slip, found):
    if found:
        more = f" and {len(found) - 4} more" if len(found) > 4 else ""
        print(f"{slip.number} noticed by {', '.join(found[:4])}{more}", flush=True)
    else:
        print(f"{slip.number} SURVIVED {slip.path}\n- {slip.old}\n+ {slip.new}", flush=True)


# One slip at a time


def build(folder):
    run = subprocess.run(
        ["swift", "build", "--build-tests", *os.environ.get("SLIPS_BUILD", "").split()], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace")
    if run.returncode:
        raise Problem("\n".join(sorted(set(re.findall(r".*error: .*", run.stdout)))) or run.stdout[-2000:])


def alone(slips, options):
    results = []
    for slip in slips:
        path = ROOT / slip.path
        text = path.read_text()
        try:
            path.write_text(text.replace(slip.old, slip.new))
            try:
                build(ROOT)
                found = judge(ROOT, slip, 0, options)
            except Problem as problem:
                found = [f"the compiler: {problem}"]
        finally:
            path.write_text(text)
        tell(slip, found)
        results.append((slip, found))
    build(ROOT)
    return report(results)


# All slips in one build

DECLARATION = re.compile(r"^\s*(?:@\w+(?:\(.*?\))? |[a-z]+(?:\(set\))? )*(?:func |init\b|subscript\b|var [^=]*$|get\b|set\b|didSet\b)")
SHORT_BODY = re.compile(r"^(\s*(?:[a-z]+(?:\(set\))? )*(?:func|init|var)\b[^={]* )\{ (.*) \}$")
NUMBER = """\
import Glibc

/// The slip that is made in this run.
let slipNumber = getenv("TOPOC_SLIP").flatMap { Int(String(cString: $0)) } ?? 0
"""
FRAMES = """\
/// What a frame's text is with the slip of this run.
func slipped(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    guard let slip = slipsOfFrames[slipNumber], slip.name == name, let place = bytes.firstRange(of: Array(slip.old.utf8))
    else { return bytes }
    return Array(bytes[..<place.lowerBound]) + Array(slip.new.utf8) + Array(bytes[place.upperBound...])
}

private let slipsOfFrames: [Int: (name: String, old: String, new: String)] = [
%s
]
"""


def indentation(line):
    return len(line) - len(line.lstrip())


def body(lines, index):
    """The lines of the innermost body around a line, as swift-format lays them out: (first, end)."""
    for start in range(index - 1, -1, -1):
        line = lines[start]
        if not line.endswith("{"):
            continue
        first, depth = start, indentation(line)
        # The declaration of a body whose brace is on another line.
        while lines[first].strip()[:1] in ("{", ")", "") or indentation(lines[first]) > depth:
            first -= 1
        if indentation(lines[first]) != depth or not DECLARATION.match(lines[first].removesuffix("{")):
            continue
        end = next(i for i in range(start + 1, len(lines)) if lines[i].strip() and indentation(lines[i]) <= depth)
        if end > index:
            return start + 1, end
    return None


def with_slips(path, slips):
    """A Swift file in which each slip is a body of its own behind its number."""
    lines = (ROOT / path).read_text().split("\n")
    bodies, short = collections.defaultdict(list), collections.defaultdict(list)
    for slip in slips:
        index = next(i for i, line in enumerate(lines) if slip.old in line)
        if SHORT_BODY.match(lines[index]):
            short[index].append(slip)
        elif place := body(lines, index):
            bodies[place].append(slip)
        else:
            raise Problem(f"{slip.number} {path}: stands in no body; try it alone")
    for index, own in short.items():
        head, inner = SHORT_BODY.match(lines[index]).groups()
        lines[index] = f"{head}{{ {choices(own, inner)} }}"
    for (first, end), own in sorted(bodies.items(), reverse=True):
        lines[first:end] = [choices(own, "\n".join(lines[first:end]))]
    return "\n".join(lines)


def choices(slips, text):
    cases = [f"if slipNumber == {slip.number} {{\n{text.replace(slip.old, slip.new)}\n}}" for slip in slips]
    return " else ".join(cases) + f" else {{\n{text}\n}}"


def write(path, text):
    """Leaves a file that is so already: the build then leaves it out."""
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def make_copy(folder, slips):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, stdout=subprocess.PIPE,
        text=True).stdout.split("\0")
    slipped = collections.defaultdict(list)
    for slip in slips:
        if slip.path.endswith(".swift"):
            slipped[slip.path].append(slip)
    texts = {path: with_slips(path, own) for path, own in slipped.items()}
    frame = (ROOT / "templates/Frame.swift").read_text()
    texts["templates/Frame.swift"] = frame.replace(" = (name, bytes, ", " = (name, { slipped(name, bytes()) }, ")
    # A slip may leave something unused.
    texts["Package.swift"] = (ROOT / "Package.swift").read_text().replace("    .treatAllWarnings(as: .error),\n", "")
    rows = []
    for slip in slips:
        if not slip.path.endswith(".swift"):
            words = ", ".join(f'##"{text}"##' for text in (os.path.basename(slip.path), slip.old, slip.new))
            rows.append(f"    {slip.number}: ({words}),")
    texts["templates/SlippedFrames.swift"] = FRAMES % ("\n".join(rows) or "    :")
    for place in [*(ROOT / "Sources").glob("Topo*"), ROOT / "Sources/topoc", ROOT / "templates"]:
        texts[f"{place.relative_to(ROOT)}/SlipNumber.swift"] = NUMBER
    for path in filter(None, listed):
        source, copy = ROOT / path, folder / path
        if path in texts or not os.path.lexists(source):
            continue
        if not os.path.lexists(copy) or source.is_symlink() or source.read_bytes() != copy.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.unlink(missing_ok=True)
            shutil.copy2(source, copy, follow_symlinks=False)
    for path, text in texts.items():
        write(folder / path, text)


def together(slips, options):
    folder = options.folder.resolve()
    make_copy(folder, slips)
    build(folder)
    results = []

    def tried(slip):
        return slip, judge(folder, slip, slip.number, options)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(tried, slip) for slip in slips]):
            results.append(done.result())
            tell(*done.result())
    return report(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    modes = parser.add_subparsers(dest="mode", required=True)
    modes.add_parser("check")
    alone_mode, together_mode = modes.add_parser("alone"), modes.add_parser("together")
    together_mode.add_argument("folder", type=pathlib.Path)
    together_mode.add_argument("--jobs", type=int, default=1)
    for mode in (alone_mode, together_mode):
        mode.add_argument("--near", action="store_true")
        mode.add_argument("--skip")
        mode.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    slips = read_list()
    if arguments.mode == "check":
        print(f"{len(slips)} slips, each in its place")
        return True
    mine = chosen(slips, arguments.words)
    if arguments.mode == "alone":
        return alone(mine, arguments)
    return together(mine, arguments)


if __name__ == "__main__":
    try:
        sys.exit(0 if main() else 1)
    except Problem as problem:
        print(f"slips.py: {problem}", file=sys.stderr)
        sys.exit(2)
