#!/usr/bin/env python3
"""Muster against Bolt, in turns on the same disk: ./dev bench slack. Prints a table of the goals.

    python3 compare.py BUILD_FOLDER [--rounds 3] [--deliveries 6000]

Each round starts both programs afresh on a database of a team that was asked, and sends them the same kinds of signed
deliveries: as fast as they are answered over 64 connections, then 200 a second. All must be answered with 200, and all
must be in the database afterwards: a program that loses one has no figures.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from deliveries import Deliveries  # noqa: E402
from servers import PEOPLE, Bolt, Muster, Sink  # noqa: E402

CONNECTIONS = 64
RATE = 200
PACED = 1_600  # deliveries at that rate
WARM_UP = 2_000
STARTS = 3

# What is measured, in which unit, and how far ahead Muster is to be; none: the peer has no such work.
GOALS = [
    ("deliveries a second, 64 connections", "/s", 12),
    ("CPU of a delivery", "ms", 1 / 8),
    ("the same, with all that follows", "ms", None),
    ("p99, 64 connections", "ms", 1 / 7),
    ("p99 at 200 a second", "ms", 1 / 2),
    ("memory, idle", "MB", 1 / 6),
    ("memory, loaded", "MB", 1 / 4),
    ("start to first answer", "ms", 1 / 25),
]


def main():
    wish = wishes()
    began = time.monotonic()
    folder = wish.build / "slack_bench"
    shutil.rmtree(folder, ignore_errors=True)
    sink = Sink(wish.build / "slack_sink")
    servers = []
    try:
        say(f"This machine has {os.cpu_count()} cores and is busy on {os.getloadavg()[0]:.1f} of them: what others do here shows in the figures")
        say(f"A stand-up asks {len(PEOPLE)} people. Muster posts at Slack's pace: this takes most of a minute")
        template = Muster(folder / "template", sink, wish.build / "muster")
        servers.append(template)
        template.ask_everybody()
        figures = {Muster.name: [], Bolt.name: []}
        for number in range(wish.rounds):
            pair = [Muster(folder / f"muster{number}", sink, wish.build / "muster", template), Bolt(folder / f"bolt{number}", sink)]
            servers += pair
            for server in pair if number % 2 == 0 else reversed(pair):
                measured = measure(server, sink, template, wish)
                figures[server.name].append(measured)
                say(f"round {number + 1} of {wish.rounds}, {server.name}: " + told(measured))
    finally:
        for server in servers:
            server.end()
        sink.end()
        shutil.rmtree(folder, ignore_errors=True)
    print(table(figures))
    say(f"It took {time.monotonic() - began:.0f} s")


def wishes():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path, help="the folder of muster, slack_load and slack_sink")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--deliveries", type=int, default=6_000, help="of a round, over 64 connections")
    wish = parser.parse_args()
    wish.build = wish.build.resolve()
    return wish


# ---- one program in one round


def measure(server, sink, template, wish):
    starts = []
    for _ in range(STARTS):
        if server.process:
            server.stop()
        starts.append(server.start())
    time.sleep(2)
    idle = server.resident()
    deliveries = Deliveries(server.port, PEOPLE, template.rounds())
    load = Load(server, deliveries, wish.build / "slack_load")
    load.send(WARM_UP)
    server.wait_until_quiet()

    calls, before = sink.calls(), server.cpu()
    at_once = load.send(wish.deliveries)
    cpu, loaded = server.cpu() - before, server.resident()
    server.wait_until_quiet()
    cpu_at_all = server.cpu() - before
    calls = sink.calls() - calls
    paced = load.send(PACED, RATE)
    server.stop()
    check(server, deliveries)
    return {
        "deliveries a second, 64 connections": at_once["sent"] / at_once["seconds"],
        "CPU of a delivery": cpu / at_once["sent"] * 1000,
        "the same, with all that follows": cpu_at_all / at_once["sent"] * 1000,
        "p99, 64 connections": at_once["p99_ms"],
        "p99 at 200 a second": paced["p99_ms"],
        "memory, idle": idle / 1e6,
        "memory, loaded": loaded / 1e6,
        "start to first answer": statistics.median(starts) * 1000,
        "calls": calls,
    }


class Load:
    def __init__(self, server, deliveries, program):
        self.server = server
        self.deliveries = deliveries
        self.program = program
        self.file = server.folder / "deliveries"

    def send(self, count, rate=0):
        self.file.write_bytes(self.deliveries.some(count))
        words = [self.program, "--port", self.server.port, "--connections", CONNECTIONS, "--rate", rate, self.file]
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{self.server.name}: {done.stderr}")
        figures = json.loads(done.stdout)
        if list(figures["statuses"]) != ["200"]:
            raise SystemExit(f"{self.server.name} answered {figures['statuses']}: the benchmark is void")
        return {**figures, "sent": figures["statuses"]["200"]}


def check(server, deliveries):
    kept, words = server.kept()
    lost = deliveries.keys - kept
    older = [person for person, said in deliveries.last_words.items() if words.get(person) != said]
    if lost or kept - deliveries.keys or older:
        raise SystemExit(
            f"{server.name} has lost {len(lost)} of {len(deliveries.keys)} deliveries, keeps {len(kept - deliveries.keys)} "
            f"that nobody sent, and older words of {len(older)} people: the benchmark is void")


# ---- what is printed


def say(words):
    print(f"==> {words}", flush=True)


def told(measured):
    figures = [f"{measured[what]:,.{digits(unit)}f} {unit}" for what, unit, _ in GOALS]
    return ", ".join(figures) + f"; it made {measured['calls']} calls"


def table(figures):
    rows = [("medians (and all rounds)", "Muster", "Bolt", "Muster / Bolt", "goal", "")]
    for what, unit, goal in GOALS:
        muster, bolt = ([one[what] for one in figures[name]] for name in (Muster.name, Bolt.name))
        ratio = statistics.median(muster) / statistics.median(bolt)
        rows.append((what, spread(muster, unit), spread(bolt, unit), as_ratio(ratio), wanted(goal), verdict(ratio, goal)))
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows]
    lines.insert(1, "-|-".join("-" * width for width in widths))
    return "\n" + "\n".join(f"| {line} |" for line in lines) + "\n"


def spread(values, unit):
    figures = [f"{value:,.{digits(unit)}f}" for value in (statistics.median(values), min(values), max(values))]
    return f"{figures[0]} {unit} ({figures[1]} to {figures[2]})"


def digits(unit):
    return {"/s": 0, "MB": 0, "ms": 2}[unit]


def as_ratio(ratio):
    return f"{ratio:.1f}" if ratio >= 1 else f"1/{1 / ratio:.1f}"


def verdict(ratio, goal):
    if goal is None:
        return ""
    reached = ratio >= goal if goal > 1 else ratio <= goal
    return "reached" if reached else "missed"


def wanted(goal):
    if goal is None:
        return ""
    return f">= {goal}" if goal > 1 else f"<= 1/{1 / goal:.0f}"


if __name__ == "__main__":
    main()
