"""What thousands of prompts at one minute cost the real program. Prints a table.

    python3 fan_out.py BUILD_FOLDER [--members 10000] [--seconds 60]

Muster serves one workspace of so many members in teams of twenty, and each team's delivery manager starts its stand-up. Prompts leave at
Slack's pace, 300 a minute, so only the first of them are seen: what one costs does not depend on how many wait behind it
(`muster_fan_out` asks all of them, on virtual time).
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

import deliveries
import servers

SIZE = 20


def main():
    wish = wishes()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-fan-out-"))
    sink = servers.Sink(wish.build / "slack_sink")
    muster = Office(folder / "muster", sink, wish.build / "muster", wish.members)
    try:
        rows = measure(muster, sink, wish)
    finally:
        muster.end()
        sink.end()
        shutil.rmtree(folder, ignore_errors=True)
    width = max(len(what) for what, _ in rows)
    for what, figure in rows:
        print(f"{what:<{width}}  {figure:>12}")


def wishes():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=60)
    return parser.parse_args()


class Office(servers.Muster):
    """One workspace whose teams all meet at the same minute."""

    def __init__(self, folder, sink, program, members):
        super().__init__(folder, sink, program)
        self.members = members

    def settle_in(self):
        (self.folder / "teams.jsonc").write_text(json.dumps(teams_of(self.members)))
        began = time.monotonic()
        words = [self.program, "apply", "teams.jsonc", "--config", "muster.jsonc"]
        subprocess.run(words, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - began

    def ask_everybody(self):
        began = time.monotonic()
        for first in range(0, self.members, SIZE):
            body = (
                f"command=%2Fmuster&text=start&team_id={deliveries.TEAM}&user_id=U0P{first:05}&channel_id=C0T{first:05}"
                f"&trigger_id=1.{first}&api_app_id=A0BENCH")
            self.deliver("/slack/commands", body)
        return time.monotonic() - began


def teams_of(members):
    people = [{
        "key": f"p{number}", "name": f"Person {number}", "timezone": "Etc/UTC", "working_hours": servers.ALL_DAY,
        "accounts": {"slack": {"connection": "main", "user": f"U0P{number:05}"}}} for number in range(members)]
    standup = {  # only a command starts it
        "key": "standup", "name": "stand-up", "kind": "stand-up", "recurrence": "FREQ=DAILY", "from": "2090-01-01", "time": "09:30",
        "questions": [
            {"key": "today", "letter": "t", "text": "What will you do today?", "required": True},
            {"key": "blocker", "letter": "b", "text": "Is anything new stopping you?", "kind": "blocker"}]}
    teams = []
    for first in range(0, members, SIZE):
        keys = [f"p{number}" for number in range(first, min(first + SIZE, members))]
        teams.append({
            "key": f"team{first}", "name": f"Team {first}", "timezone": "Etc/UTC", "working_hours": servers.ALL_DAY, "members": keys,
            "roles": {"delivery_manager": keys[:1]}, "ceremonies": [standup],
            "channels": {"slack": {"connection": "main", "channel": f"C0T{first:05}"}}})
    return {"people": people, "teams": teams}


def measure(muster, sink, wish):
    rows = [(f"apply {wish.members} members in teams of {SIZE}", f"{muster.settle_in():.1f} s")]
    muster.start()
    muster.wait_until_quiet()
    rows.append(("resident memory, quiet", in_mb(muster.resident())))
    cpu = muster.cpu()
    rows.append(("starting all stand-ups", f"{muster.ask_everybody():.1f} s"))
    rows.append(("CPU of that, a member", in_ms((muster.cpu() - cpu) / wish.members)))
    calls, cpu = sink.calls(), muster.cpu()
    most = 0
    end = time.monotonic() + wish.seconds
    while time.monotonic() < end:
        time.sleep(0.5)
        most = max(most, muster.resident())
    prompts = sink.calls() - calls
    rows.append((f"prompts in {wish.seconds} s", str(prompts)))
    rows.append(("CPU of a prompt", in_ms((muster.cpu() - cpu) / max(prompts, 1))))
    rows.append(("resident memory, most while they leave", in_mb(most)))
    muster.stop()
    rows.append(("database", in_mb(muster.database.stat().st_size)))
    return rows


def in_ms(seconds):
    return f"{seconds * 1000:.2f} ms"


def in_mb(size):
    return f"{size / 1_000_000:.0f} MB"


if __name__ == "__main__":
    main()
