"""Reads each artifact of each folder with its own reader, and says where one has another form than that of `plain`.

The form of a document is all of it but its texts: the keys of JSON and YAML, the rows of a table, the tags of a page, the
tokens of Markdown, the sections, keys and values of a unit, the nodes and edges of a figure.
"""
import csv
import html.parser
import json
import pathlib
import subprocess
import sys

import markdown_it
import yaml


def tree(value):
    if isinstance(value, dict):
        return {key: tree(inner) for key, inner in value.items()}
    return [tree(inner) for inner in value] if isinstance(value, list) else type(value).__name__


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [len(row) for row in csv.reader(file, strict=True)]


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.data, self.inside = [], "", None

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, sorted(name for name, _ in attributes)))
        self.inside = tag if tag == "script" and ("type", "application/json") in attributes else None

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)
        if self.inside == tag:
            self.tags.append(tree(json.loads(self.data)))
            self.data, self.inside = "", None

    def handle_data(self, data):
        if self.inside:
            self.data += data

    def handle_comment(self, data):
        self.tags.append("comment")


def page(path):
    reader = Page()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.tags


COMMONMARK = markdown_it.MarkdownIt("commonmark").enable("table")


def tokens(path):
    found = []
    for token in COMMONMARK.parse(path.read_text("utf-8")):
        found.append((token.type, token.tag, str(token.attrs)))
        # Texts beside each other are one: an escape parts them.
        inner = [child.type for child in token.children or [] if child.type not in ("text", "text_special")]
        found.append(inner)
    return found


def unit(path):
    """The assignments of a unit, by systemd.syntax(7): nothing in it may be something else."""
    section, found, before = None, [], ""
    for line in path.read_text("utf-8").split("\n"):
        if line.lstrip(" \t").startswith(("#", ";")):
            continue
        line = before + line
        if line.endswith("\\"):
            before = line[:-1] + " "
            continue
        before, line = "", line.strip(" \t\r")
        if not line:
            continue
        if line.startswith("["):
            assert line.endswith("]") and line[1:-1].isalnum(), line
            section = line
            continue
        key, equals, value = line.partition("=")
        assert section and equals and key.isalnum() and key.isascii(), line
        found.append((section, key, value))
    return found


def figure(path):
    run = subprocess.run(["dot", "-Tdot_json", str(path)], capture_output=True, check=True)
    assert not run.stderr, run.stderr
    read = json.loads(run.stdout)
    names = [item["name"] for item in read.get("objects", [])]
    return names, [(edge["tail"], edge["head"]) for edge in read.get("edges", [])]


READERS = {
    ".json": lambda path: tree(json.loads(path.read_bytes())),
    ".yaml": lambda path: [tree(part) for part in yaml.safe_load_all(path.read_bytes())],
    ".csv": table,
    ".html": page,
    ".md": tokens,
    ".network": unit,
    ".netdev": unit,
    ".dot": figure,
}

plain = pathlib.Path("plain")
own = sorted(path.relative_to(plain) for path in plain.rglob("*") if path.is_file())
for ending in READERS:
    if not any(path.suffix == ending for path in own):
        print("there is no", ending)
forms = {path: READERS[path.suffix](plain / path) for path in own if path.suffix in READERS}
for folder in sorted(pathlib.Path(".").iterdir()):
    if not folder.is_dir() or folder == plain:
        continue
    theirs = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    if theirs != own:
        print(folder, "has other files:", set(theirs) ^ set(own))
    for path, form in forms.items():
        try:
            if READERS[path.suffix](folder / path) != form:
                print(folder / path, "has another form")
        except Exception as error:
            print(folder / path, type(error).__name__, error)
sys.exit(0)
