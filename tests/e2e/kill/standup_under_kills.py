"""One stand-up in Slack while the bot dies: told by `Plan`, judged at its end."""

import dataclasses
import json
import pathlib
import random
import shutil
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "slack"))
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "operations"))
from colleagues import PATIENCE, Colleague, Window  # noqa: E402
from office import Office, get  # noqa: E402
from prometheus import Exposition  # noqa: E402
from slack_harm import harm_in_answers, look_for_harm  # noqa: E402

UNSETTLED = ("pending", "sending", "uncertain")
WITH_CHANNEL_HISTORY = [
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "groups:read", "im:history",
    "im:write", "users:read"]


@dataclasses.dataclass
class Outcome:
    number: int
    told: str  # of the plan, in a line
    problems: list = dataclasses.field(default_factory=list)
    deaths: int = 0
    seconds: float = 0
    seconds_to_introduced: list = dataclasses.field(default_factory=list)
    looks: int = 0  # at Slack for what was perhaps posted, by the last life
    possible_duplicates: int = 0


@dataclasses.dataclass
class Plan:
    number: int  # fixes what people do, and is told with every failure
    manners: dict  # key -> how this one answers
    kills: list = dataclasses.field(default_factory=list)  # one for each life (blows.py)
    reads_channel: bool = True  # else a summary whose fate is unknown may come to stand twice
    one_way: int = 0  # milliseconds that a call to Slack travels
    hurries: bool = True  # else what was not taken comes again when Slack's time has come

    def live_through(self, muster, fake_slack, evidence):
        """Never throws: what goes wrong is a problem of the outcome. `evidence`: a folder for what is left of a failure."""
        outcome = Outcome(self.number, f"{self.manners} {self.kills}")
        team = {key: f"{key.title()} Example" for key in self.manners}
        return live_in(Office(muster, fake_slack, team, ports_of(self.number), self.one_way), outcome, evidence,
                       lambda office: StandUp(self, office, outcome).run())


@dataclasses.dataclass
class FirstApply:
    """`muster apply` makes the database, and is killed before a call of its own."""

    number: int
    kill: object

    def live_through(self, muster, fake_slack, evidence):
        outcome = Outcome(self.number, str(self.kill))

        def run(office):
            code, _ = office.apply(self.kill.under())
            outcome.deaths = int(self.kill.explains(code, ""))
            for words in (["apply", "team.jsonc"], ["verify"], ["export", "settings"]):
                after = office.scene.with_config(*words)
                if after.code != 0:
                    outcome.problems.append(f"then {words} says {after.code}: {after.out}{after.err}")
            outcome.problems += [f"{name} is not there" for name in office.team.values() if name not in after.out]

        return live_in(Office(muster, fake_slack, ports=ports_of(self.number)), outcome, evidence, run)


def ports_of(number):
    first = 10_000 + 3 * (number % 7_000)  # below those that a system gives to outgoing connections
    return range(first, first + 3)


def live_in(office, outcome, evidence, run):
    began = time.monotonic()
    try:
        run(office)
    except Exception as problem:
        outcome.problems.append(f"{type(problem).__name__}: {problem}")
    finally:
        outcome.seconds = time.monotonic() - began
        if outcome.problems:
            keep(office, outcome, pathlib.Path(evidence) / str(outcome.number))
        office.end()
    return outcome


class StandUp:
    def __init__(self, plan, office, outcome):
        self.plan, self.office, self.outcome = plan, office, outcome
        chance = random.Random(plan.number)
        window = Window(office.slack)
        self.people = [
            Colleague(window, key, name, random.Random(chance.getrandbits(64))) for key, name in office.team.items()]
        self.is_over = False

    def run(self):
        if self.plan.reads_channel:
            self.office.slack.ask("set", {"scopes": WITH_CHANNEL_HISTORY})
        code, said = self.office.apply()
        assert code == 0, said
        self.office.serve_until_introduced()
        reviver = threading.Thread(target=self.guarded(self.revive))
        others = [threading.Thread(target=self.guarded(self.strike))]
        others += [threading.Thread(target=self.guarded(act)) for act in self.acts()]
        for thread in [reviver, *others]:
            thread.start()
        for thread in others:
            thread.join()
        if not self.outcome.problems:
            self.wait_until_settled()
        self.is_over = True
        reviver.join()
        self.outcome.problems += look_for_harm(self.office, self.people, self.may_stand_twice())
        self.look_at_the_end()

    def acts(self):
        def lead():
            self.people[0].start_the_stand_up()
            self.people[0].answer(self.plan.manners[self.people[0].key])

        yield lead
        for person in self.people[1:]:
            yield lambda person=person: person.answer(self.plan.manners[person.key])

    def strike(self):
        for life, kill in enumerate(self.plan.kills):
            while self.outcome.deaths < life and not self.outcome.problems:
                time.sleep(0.005)
            kill.strike(self.office.bot.process)

    def revive(self):
        """Whoever runs a bot starts it again at once, and Slack tells again what nobody took."""
        while not self.is_over:
            code = self.office.bot.process.poll()
            if code is not None:
                if not self.is_explained(code):
                    raise AssertionError(f"the bot ended by itself with {code}: {self.office.bot.err[-2000:]}")
                self.start_again()
            elif self.outcome.deaths and self.plan.hurries:
                self.office.slack.ask("hurry", {})
            time.sleep(0.1)

    def is_explained(self, code):
        kill = self.plan.kills[self.outcome.deaths:self.outcome.deaths + 1]
        return bool(kill) and kill[0].explains(code, self.office.bot.err)

    def start_again(self):
        began = time.monotonic()
        next_kill = self.plan.kills[self.outcome.deaths + 1:self.outcome.deaths + 2]
        process = self.office.serve(*(kill.under() for kill in next_kill)).process
        self.outcome.deaths += 1
        while process.poll() is None and not self.office.is_introduced():
            time.sleep(0.01)
        if process.poll() is None:
            self.outcome.seconds_to_introduced.append(time.monotonic() - began)

    def wait_until_settled(self):
        end = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 2:
            if time.monotonic() > end:
                raise AssertionError(f"it does not settle: {self.unsettled()}")
            time.sleep(1)
            quiet = quiet + 1 if self.unsettled() == 0 else 0

    def unsettled(self):
        """Messages that are on their way, or answers that are; None while nobody tells."""
        status, text = get(self.office.scene.admin_port, "/metrics")
        if status != 200 or not self.office.is_introduced() or self.office.slack.state()["coming_again"]:
            return None
        return sum(Exposition(text).value("muster_delivery_depth", state=state) for state in UNSETTLED)

    def may_stand_twice(self):
        told = sum('"delivery.possible_duplicate"' in bot.err for bot in self.office.scene.bots)
        self.outcome.possible_duplicates = told
        return {"C0TEAM"} if told and not self.plan.reads_channel else set()

    def look_at_the_end(self):
        status, text = get(self.office.scene.admin_port, "/metrics")
        if status == 200:
            self.outcome.looks = looks_in(Exposition(text))
        code, _ = self.office.bot.stop()
        if self.is_explained(code):
            self.outcome.deaths += 1
        elif code != 0:
            self.outcome.problems.append(f"SIGTERM ended the bot with {code}")
        for kill in self.plan.kills:
            kill.end()
        self.outcome.problems += harm_in_answers(self.office.answers_kept(), self.people)
        whole = self.office.scene.with_config("verify")
        if whole.code != 0:
            self.outcome.problems.append(f"verify: {whole.out}{whole.err}")

    def guarded(self, act):
        def run():
            try:
                act()
            except Exception as problem:
                self.outcome.problems.append(f"{type(problem).__name__}: {problem}")

        return run


def looks_in(metrics):
    results = ("present", "absent", "try_later", "cannot_tell")
    return sum(int(metrics.value("muster_reconcile_total", result=result) or 0) for result in results)


def keep(office, outcome, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(office.scene.folder, folder, ignore=shutil.ignore_patterns("*.sock"))
    (folder / "slack.json").write_text(json.dumps(office.slack.state(), indent=1))
    (folder / "problems.txt").write_text("\n".join([outcome.told, *outcome.problems]))
