"""Kills the bot while a team in Slack holds its stand-up, and looks for what was lost or doubled.

    python3 slack_kills.py MUSTER FAKE_SLACK moments [--runs 1000] [--first 1] [--hurried] [--ask]
    python3 slack_kills.py MUSTER FAKE_SLACK calls [--life serving|starting|applying] [--stride 1] [--only NAME[:N]...]

moments: at random moments, some of them twice. A run is told again by its number: --first 17 --runs 1. With --ask the bot
is not killed, but asked to end (SIGTERM), and must have ended within 5 s.
calls: before each system call of one short stand-up (needs strace). "starting" is the life after a death, from its first
call on; "applying" is `muster apply` where no database is yet. Calls with effects outside are all struck; with --stride K
every Kth of the others.
"""

import argparse
import multiprocessing
import pathlib
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "slack"))
from blows import Asked, AtMoment
from colleagues import MANNERS
from standup_under_kills import Plan
from system_calls import plans_of_calls

LIVELY = 3  # seconds in which most of a stand-up happens
WHOLE = 9  # and until it has settled


def main():
    wish = wishes()
    evidence = wish.evidence or tempfile.mkdtemp(prefix="muster-slack-kills-")
    pathlib.Path(evidence).mkdir(parents=True, exist_ok=True)
    programs = (str(wish.muster.resolve()), str(wish.fake_slack.resolve()))
    if wish.mode == "moments":
        blow = Asked if wish.ask else AtMoment
        plans = [plan_of_moments(number, blow, wish.hurried) for number in range(wish.first, wish.first + wish.runs)]
    else:
        plans = plans_of_calls(wish, *programs, evidence)
    print(f"{len(plans)} runs, {wish.jobs} at once; evidence of failures in {evidence}", flush=True)
    began = time.monotonic()
    outcomes = []
    with multiprocessing.Pool(wish.jobs, maxtasksperchild=20) as pool:
        for outcome in pool.imap_unordered(Run(programs, evidence), plans):
            outcomes.append(outcome)
            for problem in outcome.problems:
                print(f"HARM in {outcome.number} ({outcome.told}): {problem}", flush=True)
            if len(outcomes) % 50 == 0:
                print(f"{len(outcomes)} of {len(plans)} after {time.monotonic() - began:.0f} s", flush=True)
    report(outcomes, time.monotonic() - began)
    return 1 if any(outcome.problems for outcome in outcomes) else 0


def wishes():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("muster", type=pathlib.Path)
    parser.add_argument("fake_slack", type=pathlib.Path)
    parser.add_argument("mode", choices=["moments", "calls"])
    parser.add_argument("--jobs", type=int, default=10, help="stand-ups at once: they mostly wait")
    parser.add_argument("--evidence", help="where failures are kept")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1, help="the number of the first run")
    parser.add_argument("--hurried", action="store_true", help="Slack always tells again at once what was not taken")
    parser.add_argument("--ask", action="store_true", help="SIGTERM instead of SIGKILL")
    parser.add_argument("--life", choices=["serving", "starting", "applying"], default="serving")
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], help="names of calls, or one of them: sendto:3")
    return parser.parse_args()


class Run:
    def __init__(self, programs, evidence):
        self.programs, self.evidence = programs, evidence

    def __call__(self, plan):
        return plan.live_through(*self.programs, self.evidence)


def plan_of_moments(number, blow, is_hurried):
    chance = random.Random(number)
    manners = {key: chance.choice(MANNERS) for key in ("dev", "amira", "bo", "cy")}
    kills = [blow(chance.uniform(0, LIVELY if chance.random() < 0.7 else WHOLE))]
    if chance.random() < 0.3:
        kills.append(blow(chance.uniform(0, 0.3 if chance.random() < 0.5 else LIVELY)))
    return Plan(
        number, manners, kills, reads_channel=chance.random() < 0.8, one_way=chance.randrange(150),
        hurries=is_hurried or len(kills) > 1 or chance.random() < 0.7)


def report(outcomes, seconds):
    total = lambda what: sum(what(outcome) for outcome in outcomes)
    starts = sorted(start for outcome in outcomes for start in outcome.seconds_to_introduced) or [0]
    print(
        f"{len(outcomes)} runs, {total(lambda each: each.deaths)} deaths ({total(lambda each: each.deaths == 0)} runs were over "
        f"before theirs), {total(lambda each: each.looks)} looks for messages whose fate was unknown, "
        f"{total(lambda each: each.possible_duplicates)} posted again unseen and said so; {seconds:.0f} s; serving again after a "
        f"median of {starts[len(starts) // 2] * 1000:.0f} ms, at most {starts[-1] * 1000:.0f} ms; "
        f"{total(lambda each: bool(each.problems))} with harm")


if __name__ == "__main__":
    sys.exit(main())
