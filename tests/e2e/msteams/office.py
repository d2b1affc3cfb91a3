"""A team that works in Microsoft Teams on a port, and the bot that serves it."""

import json
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from front import Front  # noqa: E402
from muster import PATIENCE, Scene, free_port, get, post  # noqa: E402

APP = "11111111-1111-4111-8111-111111111111"
TENANT = "22222222-2222-4222-8222-222222222222"
PASSWORD = "s3cret~value"
CHANNEL = "19:payments@thread.tacv2"
TEAM = {"dev": "Dev Patel", "amira": "Amira Khan", "bo": "Bo Lund"}  # the first is the delivery manager
ALL_DAY = {"mon-sun": "00:00-24:00"}  # tests run at any time of any day
HERE = "Etc/UTC" if 6 <= time.gmtime().tm_hour < 18 else "Etc/GMT-12"  # it is day: no stand-up begins shortly before midnight


def settings():
    """The stand-up begins in 2090: only a command starts it, at whatever hour the tests run."""
    people = [{"key": key, "name": name, "timezone": HERE, "working_hours": ALL_DAY,
               "accounts": {"msteams": {"connection": "org", "user": key}}} for key, name in TEAM.items()]
    questions = [{"key": "today", "letter": "t", "text": "What will you do today?", "required": True},
                 {"key": "blocker", "letter": "b", "text": "Is anything new stopping you?", "kind": "blocker"}]
    stand_up = {"key": "standup", "kind": "stand-up", "recurrence": "FREQ=DAILY", "from": "2090-01-01", "time": "09:30",
                "questions": questions}
    return {"people": people, "teams": [{
        "key": "payments", "name": "Payments", "timezone": HERE, "working_hours": ALL_DAY, "members": list(TEAM),
        "roles": {"delivery_manager": ["dev"]}, "ceremonies": [stand_up],
        "channels": {"msteams": {"connection": "org", "channel": CHANNEL}}}]}


class FakeTeams:
    """The other side, on a port of its own."""

    def __init__(self, program, app_port):
        self.port = free_port()
        self.front = Front()
        words = [program, "--port", str(self.port), "--app", f"http://127.0.0.1:{app_port}", "--front", self.front.address]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        self.front.behind = self.port
        for key, name in TEAM.items():
            self.ask("users", {"id": key, "name": name})
        self.ask("channels", {"id": CHANNEL, "name": "Payments"})

    def ask(self, what, body):
        status, text = post(self.port, "/_control/" + what, body)
        assert status == 200, text
        return json.loads(text)

    def act(self, key, do, **body):
        return self.ask("act", {"as": key, "do": do, **body})

    def state(self):
        return json.loads(get(self.port, "/_control/state")[1])

    def complaints(self):
        return json.loads(get(self.port, "/_control/complaints")[1])["complaints"]

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.front.end()


class Office:
    """The team's Teams is there at once; the bot knows of the team after apply() and comes with serve()."""

    def __init__(self, muster, fake_teams):
        self.scene = Scene(muster)
        self.teams = FakeTeams(fake_teams, self.scene.port)
        self.scene.write("password", PASSWORD).chmod(0o600)
        here = self.teams.front.host
        self.configure(
            app_password={"file": "password"}, service_url_hosts=[here],
            openid_metadata_url=f"http://{here}/login/openidconfiguration", token_url=f"http://{here}/login/token")
        self.scene.write("team.jsonc", json.dumps(settings()))

    def configure(self, **connection):
        self.scene.write_configuration(
            local={"enabled": False}, clock={"adjustable": False},
            msteams=[{"name": "org", "app_id": APP, "tenant_id": TENANT, **connection}])

    def serve(self):
        applied = self.scene.run("apply", "team.jsonc", "--config", "muster.jsonc")
        assert applied.code == 0, applied.out + applied.err
        bot = self.scene.start("serve", "--config", "muster.jsonc")
        bot.wait_for(lambda: '"muster.started"' in bot.err)
        return bot

    def everybody_adds_the_app(self):
        for key in TEAM:
            self.teams.act(key, "add_app")
        self.teams.act("dev", "add_app_to", channel=CHANNEL)

    def answers_kept(self):
        kept = self.scene.with_config("export", "answers", "--format", "jsonl")
        assert kept.code == 0, kept.err
        return [json.loads(line) for line in kept.out.splitlines()]

    def end(self):
        self.scene.end()
        self.teams.end()


class OfficeStory(unittest.TestCase):
    MUSTER = ""
    FAKE_TEAMS = ""

    def setUp(self):
        self.office = Office(self.MUSTER, self.FAKE_TEAMS)
        self.addCleanup(self.office.end)
        self.scene, self.teams = self.office.scene, self.office.teams
        self.bot = self.office.serve()

    def tearDown(self):
        self.assertEqual(self.teams.complaints(), [])

    def wait_for(self, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = what()
            if found:
                return found
            time.sleep(0.05)
        return self.fail(json.dumps(self.teams.state(), indent=1)[:6000] + self.bot.err)

    def posted(self, place):
        """What Muster has posted to this person or channel and still stands, oldest first."""
        return [message for message in self.teams.state()["messages"]
                if not message["author"] and not message["deleted"]
                and message["conversation"].split(";")[0] in (place, "a:chat-with-" + place)]

    def prompt_of(self, key):
        return self.wait_for(lambda: [message for message in self.posted(key) if "Answer" in message["buttons"]])[-1]

    def statuses(self, told):
        return [answer["status"] for answer in told["answers"]]
