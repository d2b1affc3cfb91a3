"""The released program is made as hardening.txt says: hardening.py PROGRAM COMPILE_COMMANDS

What can be seen in the program is looked up there; flags that leave no trace are looked up where it was compiled."""

import json
import pathlib
import platform
import re
import shlex
import subprocess
import sys

GOLDEN = pathlib.Path(__file__).with_name("hardening.txt")
UNCHECKED = "gets strcpy strncpy stpcpy stpncpy strcat strncat sprintf vsprintf scanf sscanf wcscpy wcscat".split()
AT_LEAST, AT_MOST = "fortified calls", "unchecked string calls"


def golden():
    lines = [line for line in GOLDEN.read_text().splitlines() if line and not line.startswith("#")]
    return dict(re.split(r"\s+\|\s+", line) for line in lines)


def problems_of(program, compile_commands):
    promised = golden()
    found = facts_of(program) | {"flags": flags_in(compile_commands, promised["flags"])}
    found["control flow"] = control_flow_of(compile_commands, promised["control flow"])
    return broken(promised, found)


def broken(promised, found):
    return [f"{what}: {found[what]}, not {value}" for what, value in promised.items()
            if not is_kept(what, found[what], value)]


def is_kept(what, found, promised):
    if what == AT_LEAST:
        return set(promised.split()) <= set(found.split())
    if what == AT_MOST:
        return set(found.split()) <= set(promised.split())
    return found == promised


def facts_of(program):
    headers = readelf("-h", program) + readelf("-l", program)
    dynamic = readelf("-d", program)
    symbols = set(re.findall(r"\bUND (\w+)", readelf("--dyn-syms", program)))
    stack = re.search(r"GNU_STACK(?:\s+0x\w+){5}\s+(\w+)", headers)
    run_path = re.search(r"\((?:RUN|R)PATH\).*\[(.*)\]", dynamic)
    return {
        "place": "any address" if re.search(r"Type:\s+DYN", headers) else "one address",
        "relocations": "read-only" if "GNU_RELRO" in headers else "writable",
        "symbols": "bound at start" if re.search(r"BIND_NOW|FLAGS_1.*\bNOW\b", dynamic) else "bound late",
        "stack": "not executable" if stack and "E" not in stack[1] else "executable",
        "memory": "writable and executable" if re.search(r"LOAD.*\sRWE\s", headers) else "never writable and executable",
        "run path": run_path[1] if run_path else "none",
        "stack protector": "yes" if "__stack_chk_fail" in symbols else "no",
        AT_LEAST: " ".join(sorted(s for s in symbols if re.fullmatch(r"__\w+_chk", s))) or "none",
        AT_MOST: " ".join(sorted(symbols & set(UNCHECKED))),
    }


def flags_in(compile_commands, flags):
    """The promised flags that every file of the program is compiled with."""
    commands = [set(shlex.split(entry["command"])) for entry in entries_of(compile_commands)]
    return " ".join(flag for flag in flags.split() if all(has(command, flag) for command in commands))


def has(command, flag):
    if flag == "-fcf-protection=full" and platform.machine() != "x86_64":
        return True
    if flag == "-fPIE":
        return bool(command & {"-fPIE", "-fPIC"})
    return flag in command


def control_flow_of(compile_commands, promised):
    """Of our own objects: Debian's start files have no such note, so the linker leaves it out of the program."""
    if platform.machine() != "x86_64":
        return promised
    entry = next(entry for entry in entries_of(compile_commands) if entry["file"].endswith("/bot/main.cpp"))
    command = shlex.split(entry["command"])
    notes = readelf("-n", pathlib.Path(entry["directory"]) / command[command.index("-o") + 1])
    return (re.search(r"x86 feature: (.*)", notes) or ["", "unmarked"])[1]


def entries_of(compile_commands):
    entries = json.loads(pathlib.Path(compile_commands).read_text())
    return [entry for entry in entries if "/tests/" not in entry["file"]]


def readelf(option, program):
    return subprocess.run(["readelf", "-W", option, program], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    found = problems_of(*sys.argv[1:3])
    for problem in found:
        print(f"{sys.argv[1]}: {problem}")
    sys.exit(1 if found else 0)
