"""A team that works in a Slack on a port, and the bot that serves it."""

import json
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from muster import PATIENCE, Scene, free_port, get, post, wait_for  # noqa: E402

TOKEN = "xoxb-for-end-to-end-tests"
APP_TOKEN = "xapp-for-end-to-end-tests"
SECRET = "signing-secret-for-end-to-end-tests"
TEAM = {"dev": "Dev Patel", "amira": "Amira Khan", "bo": "Bo Lund"}  # the first is the delivery manager
ALL_DAY = {"mon-sun": "00:00-24:00"}  # tests run at any time of any day
HERE = "Etc/UTC" if 6 <= time.gmtime().tm_hour < 18 else "Etc/GMT-12"  # it is day: no stand-up begins shortly before midnight


def settings_of(team):
    """The stand-up begins in 2090: only a command starts it, at whatever hour the tests run."""
    return {
        "people": [person(key, name) for key, name in team.items()],
        "teams": [{
            "key": "payments", "name": "Payments", "timezone": HERE, "working_hours": ALL_DAY,
            "members": list(team), "roles": {"delivery_manager": [next(iter(team))]},
            "channels": {"slack": {"connection": "main", "channel": "C0TEAM"}},
            "ceremonies": [{
                "key": "standup", "kind": "stand-up", "recurrence": "FREQ=DAILY", "from": "2090-01-01", "time": "09:30",
                "questions": [
                    {"key": "today", "letter": "t", "text": "What will you do today?", "required": True},
                    {"key": "blocker", "letter": "b", "text": "Is anything new stopping you?", "kind": "blocker"}]}]}],
    }


def person(key, name):
    account = {"connection": "main", "user": user_of(key)}
    return {"key": key, "name": name, "timezone": HERE, "working_hours": ALL_DAY, "accounts": {"slack": account}}


def user_of(key):
    return "U0" + key.upper()


class FakeSlack:
    """The other side, on a port of its own. `one_way`: how many milliseconds a call to it travels."""

    def __init__(self, program, app_port, team=TEAM, port=None, one_way=0, socket=""):
        self.port = port or free_port()
        words = ["--port", self.port, "--app", f"http://127.0.0.1:{app_port}", "--token", TOKEN, "--signing-secret", SECRET,
                 "--app-token", APP_TOKEN, "--socket", socket, "--one-way", one_way]
        self.process = subprocess.Popen([program, *map(str, words)], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        for key in team:
            self.ask("users", {"id": user_of(key), "name": key, "real_name": key.title()})
        self.ask("channels", {"id": "C0TEAM", "name": "payments", "members": [*map(user_of, team), "U0MUSTER"]})

    def ask(self, what, body):
        status, text = post(self.port, "/_control/" + what, body)
        assert status == 200, text
        return json.loads(text) if text else {}

    def act(self, key, do, **body):
        return self.ask("act", {"as": user_of(key), "do": do, **body})

    def state(self):
        return json.loads(get(self.port, "/_control/state")[1])

    def violations(self):
        return json.loads(get(self.port, "/_control/complaints")[1])["violations"]

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Office:
    """The team's Slack is there at once; the bot knows of the team after apply() and comes with serve().

    `ports`: of the bot, its admin and Slack. `bridge`: Slack is heard over Socket Mode, and this is its end of it."""

    def __init__(self, muster, fake_slack, team=TEAM, ports=None, one_way=0, bridge=None):
        self.team = team
        self.scene = Scene(muster)
        if ports:
            self.scene.port, self.scene.admin_port = ports[:2]
        self.slack = FakeSlack(
            fake_slack, bridge.port if bridge else self.scene.port, team, ports[2] if ports else None, one_way,
            f"ws://127.0.0.1:{bridge.port}/link/" if bridge else "")
        self.bot = None
        for name, secret in (("token", TOKEN), ("app_token", APP_TOKEN), ("secret", SECRET)):
            self.scene.write(name, secret).chmod(0o600)
        self.scene.write_configuration(
            local={"enabled": False}, clock={"adjustable": False},
            slack=[{
                "name": "main", "bot_token": {"file": "token"}, **self.way_in(bridge),
                "api_base_url": f"http://127.0.0.1:{self.slack.port}/api/",
                "response_url_hosts": self.hosts(bridge)}])
        self.scene.write("team.jsonc", json.dumps(settings_of(team)))

    @staticmethod
    def way_in(bridge):
        if bridge:
            return {"transport": "socket", "app_token": {"file": "app_token"}}
        return {"signing_secret": {"file": "secret"}}

    def hosts(self, bridge):
        """Those on this machine that Muster may call. The bridge is none for a response_url, but stands on loopback, too."""
        return [f"127.0.0.1:{port}" for port in (self.slack.port, *([bridge.port] if bridge else []))]

    def apply(self, under=()):
        """The exit code, and what was said."""
        applying = self.scene.start("apply", "team.jsonc", "--config", "muster.jsonc", under=under)
        return applying.process.wait(PATIENCE), applying.out + applying.err

    def serve(self, under=()):
        """Starts the bot, below the program `under` if there is one. Slack knows it when it is introduced."""
        self.slack.ask("set", {"new_caller": True})
        self.bot = self.scene.start("serve", "--config", "muster.jsonc", under=under)
        return self.bot

    def serve_until_introduced(self):
        bot = self.serve()
        bot.wait_for(self.is_introduced)
        return bot

    def is_introduced(self):
        return '"slack.introduced"' in self.bot.err

    def kill(self):
        self.bot.process.kill()
        self.bot.process.wait()

    def answers_kept(self):
        kept = self.scene.with_config("export", "answers", "--format", "jsonl")
        assert kept.code == 0, kept.err
        return [json.loads(line) for line in kept.out.splitlines()]

    def end(self):
        self.scene.end()
        self.slack.end()


class OfficeStory(unittest.TestCase):
    """In an office that open_office() opens: its bot runs, and knows the team."""

    def setUp(self):
        self.office = self.open_office()
        self.addCleanup(self.office.end)
        self.scene, self.slack = self.office.scene, self.office.slack
        code, said = self.office.apply()
        self.assertEqual(code, 0, said)
        self.bot = self.office.serve_until_introduced()

    def start_the_stand_up(self):
        told = self.slack.act("dev", "command", command="/muster", text="start", channel="C0TEAM")
        self.assertEqual([answer["status"] for answer in told["answers"]], [200])


def posted_to(key, state):
    """What Muster has posted to this person, oldest first."""
    channel = state["directs"].get(user_of(key))
    return [message for message in state["messages"].get(channel, []) if message["bot"]]


def summaries_in(state):
    return [message for message in state["messages"].get("C0TEAM", []) if message["bot"] and not message["thread"]]
