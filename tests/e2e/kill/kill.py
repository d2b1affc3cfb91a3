"""Kills the real program again and again while a team answers, and looks for what was lost or doubled.

    python3 kill.py MUSTER [--kills 100] [--seed 1] [--keep]

`muster demo` runs with its sample team. Every person answers each day over the local workspace's HTTP, as the page
does: a request that gets no 2xx is repeated with the same id. Meanwhile the program is killed (SIGKILL) at random
moments and started again by the same command. In the end every acknowledged answer is there exactly once, nobody was
asked twice, and the log is whole. How long each start took until the program was ready is reported, not judged.
"""

import argparse
import datetime
import http.client
import json
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 60  # seconds for anything that should take less than one
STAGES = ["09:40", "15:00"]  # UTC: everybody's window of the day has opened by the second one


def main():
    wish = wishes()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-kill-"))
    print(f"seed {wish.seed}, {wish.kills} kills", flush=True)
    victim = Victim(wish.muster, folder, random.Random(wish.seed))
    try:
        team = Team(Page(victim), random.Random(wish.seed + 1))
        victim.start()
        killer = threading.Thread(target=victim.die_often, args=(wish.kills,))
        killer.start()
        days = 0
        while killer.is_alive() or days < 2:
            team.live_through_a_day()
            days += 1
        killer.join()
        problems = victim.failures + look_for_harm(victim, team)
        report(victim, team, days)
    finally:
        victim.end()
        if not wish.keep:
            shutil.rmtree(folder, ignore_errors=True)
    for problem in problems[:20]:
        print("HARM:", problem)
    print(f"{len(problems)} problems" if problems else "nothing lost, nothing doubled")
    return 1 if problems else 0


def wishes():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("muster", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the data folder, to look at it")
    wish = parser.parse_args()
    wish.muster = wish.muster.resolve()
    return wish


# ---- the program


class Victim:
    """The program, and whoever kills it. The port stays the same over all its lives."""

    def __init__(self, muster, folder, chance):
        self.muster, self.data, self.chance = muster, folder / "data", chance
        self.port, self.admin_port = free_port(), free_port()
        self.log = (folder / "stderr.log").open("wb")
        self.process = None
        self.kills = 0
        self.seconds_to_ready = []
        self.failures = []

    def start(self):
        command = [self.muster, "demo", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                   "--admin-listen", f"127.0.0.1:{self.admin_port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=self.log)

    def kill(self):
        self.process.kill()
        code = self.process.wait()
        if code != -9:
            self.failures.append(f"the program had ended by itself with {code}")
        self.kills += 1

    def die_often(self, times):
        """Mostly at any moment of the next second and a half; sometimes before it is even ready."""
        try:
            for _ in range(times):
                if self.chance.random() < 0.1:
                    time.sleep(self.chance.uniform(0, 0.05))
                else:
                    self.wait_until_ready()
                    time.sleep(self.chance.uniform(0, 1.5))
                self.kill()
                self.start()
            self.wait_until_ready()
        except Exception as problem:  # the day goes on without kills, and ends with this
            self.failures.append(f"while killing: {problem}")

    def wait_until_ready(self):
        began = time.monotonic()
        while request(self.admin_port, "GET", "/readyz", None, 5)[0] != 200:
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}")
            if time.monotonic() - began > PATIENCE:
                raise AssertionError(f"not ready within {PATIENCE} s")
            time.sleep(0.002)
        self.seconds_to_ready.append(time.monotonic() - began)

    def run(self, *words):
        done = subprocess.run([self.muster, *words, "--data", self.data], capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            self.failures.append(f"muster {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def stop(self):
        self.process.terminate()
        code = self.process.wait(PATIENCE)
        if code != 0:
            self.failures.append(f"SIGTERM ended the program with {code}")

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


# ---- what the page does


class Page:
    def __init__(self, victim):
        self.victim = victim
        self.repeats = 0

    def act(self, name, chance, body):
        """What `name` was answered with. Repeated with the same request id until it is."""
        body = {"request": f"{chance.getrandbits(128):032x}", **body}
        return self.until_answered(self.victim.port, "POST", f"/local/api/{name}", body)["reply"]

    def state(self, person):
        return self.until_answered(self.victim.port, "GET", f"/local/api/state?as={person}", None)

    def move_clock(self, target):
        """To `target`, or a second on when an interrupted jump has been there already."""
        while True:
            now = moment(self.state("amira")["now"])
            to = max(target, now + datetime.timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            status, _ = request(self.victim.admin_port, "POST", "/clock", {"to": to}, 120)
            if status == 200:
                return
            time.sleep(0.02)

    def until_answered(self, port, method, path, body):
        end = time.monotonic() + PATIENCE
        while True:
            status, answer = request(port, method, path, body, 15)
            if 200 <= status < 300:
                return json.loads(answer)
            if 400 <= status < 500 and status != 429:
                raise AssertionError(f"{path} {body} was refused with {status}: {answer}")
            if time.monotonic() > end:
                raise AssertionError(f"{path} got no 2xx within {PATIENCE} s: {status}")
            self.repeats += 1
            time.sleep(0.02)


def request(port, method, path, body, patience):
    """Status and body; 0 when no answer came."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    headers = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}
    try:
        line.request(method, path, json.dumps(body) if body is not None else None, headers if body is not None else {})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        line.close()


# ---- the people


class Team:
    def __init__(self, page, chance):
        self.page = page
        self.chance = chance
        self.people = []
        self.messages = {}  # (place, id) -> as it was seen last
        self.expected = {}  # token -> (person, question) that must be there once
        self.replaced = set()  # tokens of answers that were changed since
        self.lines = {}  # token -> person who typed it as a line
        self.not_asked = 0

    def live_through_a_day(self):
        today = moment(self.page.state("amira")["now"]).date()
        day = today + datetime.timedelta(days=1)
        while day.weekday() > 4:
            day += datetime.timedelta(days=1)
        if not self.people:
            self.people = [Member(self, person["id"], person["name"], self.chance.getrandbits(64))
                           for person in self.page.state("amira")["people"]]
        for stage in STAGES:
            at = datetime.datetime.combine(day, datetime.time.fromisoformat(stage), datetime.timezone.utc)
            self.page.move_clock(at)
            # What a death left uncertain is looked at again after a minute.
            self.page.move_clock(at + datetime.timedelta(minutes=2))
            together([member.answer_if_asked for member in self.people])
        self.remember()
        self.not_asked += sum(not member.has_answered(day) for member in self.people)

    def remember(self):
        for member in self.people:
            for place, messages in self.page.state(member.key)["messages"].items():
                for message in messages:
                    self.messages[place, message["id"]] = message

    def in_place(self, place):
        return [message for (where, _), message in self.messages.items() if where == place]


class Member:
    def __init__(self, team, key, name, number):
        self.team, self.key, self.name = team, key, name
        self.chance = random.Random(number)
        self.answered_headings = set()
        self.answered_days = set()

    def answer_if_asked(self):
        state = self.team.page.state(self.key)
        prompt = newest_prompt(state["messages"][self.key])
        if not prompt or heading_of(prompt) in self.answered_headings:
            return
        self.answered_headings.add(heading_of(prompt))
        self.answered_days.add(moment(prompt["at"]).date())
        if self.chance.random() < 0.5:
            self.answer_with_the_form(prompt)
        else:
            self.answer_with_lines()
        if self.chance.random() < 0.2:
            self.act("command", place=self.key, text="why")

    def has_answered(self, day):
        return day in self.answered_days

    def answer_with_lines(self):
        plan = self.new_token("today")
        line = self.say(plan, plan)
        if self.chance.random() < 0.6:
            since = self.new_token("since")
            self.say(f"y: {since}", since)
        if self.chance.random() < 0.3:
            blocker = self.new_token("blocker")
            self.say(f"b: {blocker}", blocker)
        if self.chance.random() < 0.3:
            self.change(line, plan)

    def change(self, line, before):
        after = self.new_token("today")
        self.act("edit", message=line, text=after)
        self.team.replaced.add(before)
        del self.team.expected[before]
        del self.team.lines[before]
        self.team.lines[after] = self.key

    def answer_with_the_form(self, prompt):
        button = next(button for button in buttons_of(prompt) if button["verb"] == "answer")
        asked = {name: button[name] for name in ("verb", "subject", "extra", "revision")}
        form = self.act("press", message=prompt["id"], **asked)["form"]
        filled = {"today": self.new_token("today"), "since": self.new_token("since")}
        if self.chance.random() < 0.3:
            filled["blocker"] = self.new_token("blocker")
        values = [[field["key"], filled.get(field["key"], field["initial"])] for field in form["fields"] if field["kind"] != "shown"]
        reply = self.act("submit", context=form["context"], values=values)
        if reply["kind"] == "form":
            self.act("dismiss", context=reply["form"]["context"])
        elif reply["kind"] == "errors":
            raise AssertionError(f"the form of {self.name} was refused: {reply}")

    def say(self, text, token):
        request_id = f"{self.chance.getrandbits(128):032x}"
        self.act("say", place=self.key, text=text, request=request_id)
        self.team.lines[token] = self.key
        return f"l{request_id}"

    def act(self, name, **body):
        return self.team.page.act(name, self.chance, {"as": self.key, **body})

    def new_token(self, question):
        token = f"{self.key} will {self.chance.getrandbits(64):016x}"
        self.team.expected[token] = (self.name, question)
        return token


def newest_prompt(messages):
    prompts = [message for message in messages if is_prompt(message)]
    return max(prompts, key=lambda message: message["at"], default=None)


def is_prompt(message):
    return heading_of(message).startswith("Payments stand-up, ")


def heading_of(message):
    blocks = message.get("blocks") or [{}]
    return "".join(span["words"] for span in blocks[0]["spans"]) if blocks[0].get("kind") == "heading" else ""


def buttons_of(message):
    return [button for block in message["blocks"] if block["kind"] == "buttons" for button in block["buttons"]]


# ---- harm


def look_for_harm(victim, team):
    team.live_through_a_day()  # without kills
    team.page.move_clock(moment(team.page.state("amira")["now"]) + datetime.timedelta(hours=1))
    team.remember()
    exported = [json.loads(row) for row in victim.run("export", "answers", "--format", "jsonl").splitlines()]
    problems = harm_in_export(exported, team) + harm_on_the_page(team)
    victim.stop()
    if "whole" not in victim.run("verify"):
        problems.append("the log is not whole")
    return problems


def harm_in_export(exported, team):
    problems = []
    found = {}
    for row in exported:
        found.setdefault(row["answer"], []).append((row["person"], row["question"]))
    for token, expected in team.expected.items():
        if found.get(token, []) != [expected]:
            problems.append(f"{token!r} was acknowledged once as {expected} and is exported as {found.get(token)}")
    for token in team.replaced & found.keys():
        problems.append(f"{token!r} was replaced and is still exported")
    for token in found.keys() - team.expected.keys() - team.replaced:
        problems.append(f"nobody said {token!r}")
    return problems


def harm_on_the_page(team):
    problems = []
    for token, person in team.lines.items():
        said = [message for message in team.in_place(person) if token in message.get("line", "")]
        if len(said) != 1:
            problems.append(f"the line {token!r} of {person} stands {len(said)} times on the page")
    for member in team.people:
        headings = [heading_of(message) for message in team.in_place(member.key) if is_prompt(message)]
        for heading in set(headings):
            if headings.count(heading) > 1:
                problems.append(f"{member.name} was asked {headings.count(heading)} times: {heading}")
    entries = [json.dumps(message) for message in team.in_place("payments") if message.get("thread")]
    for token, (name, question) in team.expected.items():
        shown = sum(token in entry for entry in entries)
        if question != "blocker" and shown != 1:
            problems.append(f"{token!r} of {name} stands in {shown} threads of the channel")
    return problems


def report(victim, team, days):
    ready = sorted(victim.seconds_to_ready)
    print(f"{victim.kills} kills in {days} days of the team, {len(team.expected)} answers and blockers, "
          f"{len(team.replaced)} of them changed, {team.page.repeats} requests repeated, "
          f"{team.not_asked} times somebody did not answer that day")
    print(f"start-up to ready after a kill: median {ready[len(ready) // 2] * 1000:.0f} ms, "
          f"longest {ready[-1] * 1000:.0f} ms, {len(ready)} starts, "
          f"{sum(second > 1 for second in ready)} over 1 s")


# ---- small things


def together(acts):
    failures = []

    def guarded(act):
        try:
            act()
        except Exception as problem:
            failures.append(problem)

    threads = [threading.Thread(target=guarded, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def moment(milliseconds):
    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
