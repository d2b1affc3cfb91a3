"""GCC 12 destroys twice a capturing lambda or an aggregate written inside a co_await: clang-query looks for them.

Reads compile_commands.json of a build folder. A result is kept there under the hash of all that led to it, so
that only changed files are looked at again.
"""

import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import shutil
import subprocess

from tree import Finding

QUERY = pathlib.Path(__file__).with_name("gcc12-coawait-temporaries.query")
CLANG_QUERY = "clang-query-14"
AT_ONCE = 2
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', re.MULTILINE)
KEPT_FLAG = re.compile(r"-(?:std=|D|I|isystem|iquote|fcoroutines-ts)")


def check(tree, build):
    commands = pathlib.Path(build) / "compile_commands.json"
    if not commands.exists():
        return [Finding(str(commands), 1, "is not there: configure first (./dev build)")]
    if not shutil.which(CLANG_QUERY):
        return [Finding(CLANG_QUERY, 1, "is not installed: ./dev test installs clang-tools-14")]
    units = {}
    for entry in json.loads(commands.read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if path.is_relative_to(tree.root.resolve()):
            units[path.relative_to(tree.root.resolve()).as_posix()] = entry
    cache = pathlib.Path(build) / "co_await-cache"
    cache.mkdir(exist_ok=True)
    waiting = that_show_every_await(tree, [path for path in sorted(units) if path in tree.paths])
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda path: findings_in(tree, path, units[path], cache), waiting)
        return sorted({finding for result in results for finding in result}, key=str)


def that_show_every_await(tree, paths):
    """Every file that awaits is read once: a header needs no second file that includes it."""
    shown, chosen = set(), []
    awaiting_itself_first = sorted(paths, key=lambda path: not awaits(tree, path))
    for path in awaiting_itself_first:
        new = {part for part in closure(tree, path) if awaits(tree, part)} - shown
        if new:
            chosen.append(path)
            shown |= new
    return chosen


def awaits(tree, path):
    return "co_await" in tree.read(path)


def closure(tree, path):
    """The file and every header of ours that it reaches."""
    reached, next_ones = set(), [path]
    while next_ones:
        part = next_ones.pop()
        if part in reached:
            continue
        reached.add(part)
        next_ones += [name for name in INCLUDE.findall(tree.read(part)) if name in tree.paths]
    return sorted(reached)


def findings_in(tree, path, entry, cache):
    flags = clang_flags(entry, cache)
    parts = [tree.read(part) for part in closure(tree, path)]
    kept = cache / hashlib.sha256("\0".join([QUERY.read_text(), *flags, *parts]).encode()).hexdigest()
    if kept.exists():
        return []
    findings = ask(tree, path, flags)
    if not findings:
        kept.touch()
    return findings


def clang_flags(entry, cache):
    arguments = iter(entry.get("arguments") or shlex.split(entry["command"]))
    flags = []
    for argument in arguments:
        if argument in ("-I", "-isystem", "-iquote"):
            flags += [argument, next(arguments)]
        elif argument == "-include":
            flags += ["-include", without_precompiled(next(arguments), cache)]
        elif KEPT_FLAG.match(argument):
            flags.append(argument)
    return [*flags, "-w"]


def without_precompiled(header, cache):
    """A copy with no .gch of GCC beside it, which clang would take and not understand."""
    text = pathlib.Path(header).read_text()
    copy = cache / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.hpp"
    copy.write_text(text)
    return str(copy)


def ask(tree, path, flags):
    answer = subprocess.run(
        [CLANG_QUERY, "-f", str(QUERY), str(tree.root / path), "--", *flags],
        capture_output=True,
        text=True,
    )
    said = answer.stdout + answer.stderr
    places = re.findall(r'^(.+?):(\d+):\d+: note: "root" binds here', said, re.MULTILINE)
    errors = re.findall(r"^(.+?):(\d+):\d+: (?:fatal )?error: (.*)", said, re.MULTILINE)
    found = [
        Finding(relative(tree, place), int(line), "a value made inside co_await: name it first, then await (GCC 12 destroys it twice)")
        for place, line in places
        if relative(tree, place)
    ]
    found += [
        Finding(relative(tree, place) or path, int(line), f"clang cannot read {place}: {text}")
        for place, line, text in errors
    ]
    if not re.search(r"^\d+ match(?:es)?\.", said, re.MULTILINE):
        found.append(Finding(path, 1, f"{CLANG_QUERY} gave no answer: {said.strip()[-200:]}"))
    return found


def relative(tree, place):
    """The path in our tree, or none for a file of others (Asio's own headers hold such values too)."""
    path, root = pathlib.Path(place).resolve(), tree.root.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None
