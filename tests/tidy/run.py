#!/usr/bin/env python3
"""Runs the tidy checks: run.py [--root FOLDER] [--build FOLDER] [CHECK...]; all that need no build when none is named."""

import argparse
import pathlib
import sys

import awaited_conditions
import banned_calls
import catalogue
import co_await
import files
import includes
import platform_words
import sentences
import signatures
import sql
from tree import Finding, Tree

ALLOWED = "tests/tidy/allowed.txt"
CHECKS = {
    "includes": includes.check,
    "banned_calls": banned_calls.check,
    "awaited_conditions": awaited_conditions.check,
    "sql": sql.check,
    "sentences": sentences.check,
    "platform_words": platform_words.check,
    "catalogue": catalogue.check,
    "signatures": signatures.check,
    "files": files.check,
}


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=here)
    parser.add_argument("--build", type=pathlib.Path, help="a configured build folder, for co_await")
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=", ".join([*CHECKS, "co_await"]))
    options = parser.parse_args()
    checks = options.checks or [*CHECKS, *(["co_await"] if options.build else [])]
    unknown = [name for name in checks if name not in [*CHECKS, "co_await"]]
    if unknown or ("co_await" in checks and not options.build):
        parser.error(f"no such check: {', '.join(unknown)}" if unknown else "co_await needs --build FOLDER")

    found = 0
    for name in checks:
        findings = run(name, Tree(options.root), options.build)
        for finding in findings:
            print(f"{finding}  [{name}]")
        found += len(findings)
    print(f"tidy: {found} findings by {len(checks)} checks" if found else f"tidy: {', '.join(checks)}: nothing found")
    return 1 if found else 0


def run(name, tree, build=None):
    """What a check finds, less what allowed.txt allows, plus what allowed.txt allows in vain."""
    findings = co_await.check(tree, build) if name == "co_await" else CHECKS[name](tree)
    for line, allowed in allowances(tree, name):
        kept = [finding for finding in findings if not allows(allowed, tree, finding)]
        if len(kept) == len(findings):
            findings.append(Finding(ALLOWED, line, "allows what is not there any more: take the line out"))
        else:
            findings = kept
    return findings


def allowances(tree, name):
    if ALLOWED not in tree.paths:
        return
    for number, line in enumerate(tree.read(ALLOWED).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split(" | ")]
        if len(parts) != 4 or not all(parts):
            raise SystemExit(f"{ALLOWED}:{number}: write: check | path | part of the line | reason")
        if parts[0] == name:
            yield number, parts


def allows(allowed, tree, finding):
    _, path, part, _ = allowed
    if finding.path != path:
        return False
    lines = tree.read(path).splitlines()
    line = lines[finding.line - 1] if 0 < finding.line <= len(lines) else ""
    return part == "*" or part in line or part in finding.text


if __name__ == "__main__":
    sys.exit(main())
