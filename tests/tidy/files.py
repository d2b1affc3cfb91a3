"""Small promises about files: no unfinished marks, no paths of one machine, nothing too long to read."""

import os
import re

from tree import Finding, within

BINARY = (".png", ".jpg", ".ico", ".gz", ".zip", ".woff", ".woff2", ".db", ".pdf", ".bin")
FROM_OTHERS = (".min.js", ".min.css", "package-lock.json")
LONGEST = 600
MUST_RUN = ["dev", ".ci/run"]
READ_FIRST = ["bot", "adapters", "storage", "config", "tests"]

UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E)\b")
MACHINE_PATH = re.compile(r"(?<![\w.$}*-])/(?:work|farm|root|home|Users|tmp)/[\w.-]+")
REGISTRY = re.compile(r"registry\.[\w-]+\.(?:org|com|io)|\"resolved\":\s*\"http", re.IGNORECASE)


def check(tree):
    findings = []
    for path in tree.paths:
        if path.endswith(BINARY):
            continue
        text = tree.read(path)
        findings += search(path, text, REGISTRY, "a package registry's address")
        if not path.endswith(FROM_OTHERS):
            findings += search(path, text, UNFINISHED, "an unfinished mark")
            findings += search(path, text, MACHINE_PATH, "a path of one machine")
            findings += too_long(path, text)
    return findings + not_runnable(tree) + without_readme(tree)


def search(path, text, pattern, what):
    return [Finding(path, text.count("\n", 0, m.start()) + 1, f"{what}: `{m[0]}`") for m in pattern.finditer(text)]


def too_long(path, text):
    lines = text.count("\n")
    if not path.endswith((".cpp", ".hpp", ".js", ".css")) or lines <= LONGEST:
        return []
    return [Finding(path, lines, f"{lines} lines: is it one thing? At most {LONGEST}")]


def not_runnable(tree):
    return [
        Finding(path, 1, "has no run bit: git update-index --chmod=+x")
        for path in MUST_RUN
        if path in tree.paths and not os.access(tree.root / path, os.X_OK)
    ]


def without_readme(tree):
    """A folder with code says what lives there. Folders of tests/unit mirror the tree and need none."""
    folders = {path.rpartition("/")[0] for path in tree.paths if path.endswith((".cpp", ".hpp", ".py", ".mjs"))}
    return [
        Finding(folder, 1, "has no README.md: what lives here, what may it include?")
        for folder in sorted(folders)
        if within(folder, READ_FIRST) and not within(folder, ["tests/unit"])
        and f"{folder}/README.md" not in tree.paths
    ]
