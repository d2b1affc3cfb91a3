"""Which system calls one short stand-up makes, and a plan for a kill before each."""

import collections
import pathlib
import re

from blows import AtCall, AtCallOfStart, AtMoment, Recording
from standup_under_kills import FirstApply, Plan

SHORT = {"dev": "line", "amira": "form", "bo": "line, then edited"}
EFFECTS = {  # what somebody else can see: the disk, and whoever is at the other end of a line
    "write", "writev", "pwrite64", "pwritev", "fdatasync", "fsync", "ftruncate", "fallocate", "rename", "renameat",
    "unlink", "unlinkat", "mkdir", "sendto", "sendmsg", "shutdown", "connect", "listen", "bind", "flock"}
CALL = re.compile(r"^(\d+)\s+(\w+)\(")  # the beginning of a call; "<... resumed" is its end


def plans_of_calls(wish, muster, fake_slack, evidence):
    most = calls_of(wish.life, wish.first - 1, muster, fake_slack, pathlib.Path(evidence))
    all_calls = [(name, n) for name, times in sorted(most.items()) for n in range(1, times + 1)]
    struck = [(name, n) for name, n in all_calls if name in EFFECTS or (n - 1) % wish.stride == 0]
    print(f"{wish.life}: {len(all_calls)} calls of {len(most)} names, {len(struck)} of them struck: "
          + ", ".join(f"{name} {times}" for name, times in sorted(most.items())), flush=True)
    if wish.only:
        struck = [(name, n) for name, n in struck if name in wish.only or f"{name}:{n}" in wish.only]
    return [plan_of(wish.life, number, name, n) for number, (name, n) in enumerate(struck, wish.first)]


def plan_of(life, number, name, n):
    if life == "applying":
        return FirstApply(number, AtCallOfStart(name, n))
    if life == "starting":
        return Plan(number, SHORT, [first_death(), AtCallOfStart(name, n)])
    return Plan(number, SHORT, [AtCall(name, n)])


def first_death():
    """While prompts go out, so that there is something to recover."""
    return AtMoment(0.12)


def calls_of(life, number, muster, fake_slack, folder):
    """Name -> how many of it one thread makes at most: strace counts for each thread."""
    path = folder / f"{life}.calls"
    from_the_first = life != "serving"
    recording = Recording(str(path), from_the_first)
    if life == "applying":
        plan = FirstApply(number, recording)
    else:
        plan = Plan(number, SHORT, [*([first_death()] if life == "starting" else []), recording])
    outcome = plan.live_through(muster, fake_slack, str(folder))
    if outcome.problems:
        raise AssertionError(f"without a kill: {outcome.problems}")
    of_thread = collections.Counter()
    is_starting = from_the_first
    for line in path.read_text(errors="replace").splitlines():
        begun = CALL.match(line)
        # When a start is over, its calls are like those of the other sweep, but for what it does to recover.
        if begun and (is_starting == from_the_first or begun[2] in EFFECTS):
            of_thread[begun[1], begun[2]] += 1
        is_starting = is_starting and "slack.introduced" not in line
    most = collections.Counter()
    for (_, name), times in of_thread.items():
        most[name] = max(most[name], times)
    return most
