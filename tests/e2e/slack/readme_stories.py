#!/usr/bin/env python3
"""The README's way to a team in Slack, walked word by word: python3 readme_stories.py MUSTER FAKE_SLACK [Class[.test]...]

The configuration and the commands are read out of the README. Added is only where this Slack and free ports are."""

import json
import pathlib
import re
import shlex
import sys
import textwrap
import unittest

from office import APP_TOKEN, SECRET, TOKEN, FakeSlack, posted_to
from socket_bridge import Bridge

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from muster import Scene, wait_for  # noqa: E402

MUSTER = ""
FAKE_SLACK = ""
README = (pathlib.Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


def chapter(heading):
    return re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", README, re.M | re.S)[1]


def blocks(heading, language):
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```", chapter(heading), re.M | re.S)
    return [textwrap.dedent(text) for _, text in found]


def commands(heading):
    """The words of each, without the name of the program."""
    lines = "".join(blocks(heading, "sh")).splitlines() + re.findall(r"`(muster [^`]*)`", chapter(heading))
    return [shlex.split(line)[1:] for line in lines if line.startswith("muster ")]


class Readme(unittest.TestCase):
    def setUp(self):
        self.scene = Scene(MUSTER)
        self.addCleanup(self.scene.end)
        self.bridge = Bridge()
        self.addCleanup(self.bridge.end)
        people = {"alice": "Alice", "bob": "Bob"}
        self.slack = FakeSlack(
            FAKE_SLACK, self.bridge.port, people, socket=f"ws://127.0.0.1:{self.bridge.port}/link/")
        self.addCleanup(self.slack.end)
        (self.scene.folder / "secrets").mkdir()
        for name, secret in (("bot_token", TOKEN), ("app_token", APP_TOKEN), ("signing_secret", SECRET)):
            self.scene.write(f"secrets/{name}", secret).chmod(0o600)

    def configure(self, text):
        """Writes what the README says, for the Slack and the ports of this story."""
        configuration = json.loads(text)
        hosts = [f"127.0.0.1:{port}" for port in (self.slack.port, self.bridge.port)]
        configuration["slack"][0].update(api_base_url=f"http://{hosts[0]}/api/", response_url_hosts=hosts)
        configuration.setdefault("server", {}).update(
            listen=f"127.0.0.1:{self.scene.port}", admin_listen=f"127.0.0.1:{self.scene.admin_port}")
        self.scene.write("muster.jsonc", json.dumps(configuration))

    def five_minutes(self):
        """From the first to the fourth step; Muster runs."""
        (text,) = blocks("Connect Slack in five minutes", "jsonc")
        self.configure(text)
        for words in commands("Connect Slack in five minutes"):
            if words[0] == "serve":
                self.bot = self.scene.start(*words)
                self.bot.wait_for(lambda: '"slack.introduced"' in self.bot.err and self.bridge.lines)
            elif words[0] != "doctor":  # which is for another terminal, once Muster runs
                told = self.scene.run(*words)
                self.assertEqual(told.code, 0, f"{words}: {told.out}{told.err}")

    def newest_with(self, key, words):
        shown = lambda: [one for one in posted_to(key, self.slack.state()) if words in one["plain"]]
        self.bot.wait_for(shown)
        return shown()[-1]

    def press(self, key, button):
        self.slack.act(key, "press", ts=self.newest_with(key, f"[{button}]")["ts"], button=button)

    def test_five_minutes_lead_from_a_manifest_to_a_team(self):
        self.assertEqual(
            [words[0] for words in commands("Connect Slack in five minutes")],
            ["check-config", "serve", "slack", "slack", "doctor"])
        self.five_minutes()
        manifest = json.loads(self.scene.run("slack", "manifest").out)
        self.assertTrue(manifest["settings"]["socket_mode_enabled"])
        doctor = self.scene.run("doctor", "--network", "--config", "muster.jsonc")
        self.assertIn("Invite Muster to the channel of a team", doctor.out)  # the fifth step

        self.slack.ask("channels", {"id": "C0TAX", "name": "team-tax", "members": ["U0ALICE", "U0BOB"]})
        self.slack.act("alice", "invite_app", channel="C0TAX")
        self.press("alice", "Set up a stand-up")
        self.bot.wait_for(lambda: self.slack.state()["forms"].get("U0ALICE"))
        self.slack.act("alice", "submit")
        self.press("alice", "Start the stand-up")
        self.newest_with("bob", "You are in the stand-up of")

        doctor = self.scene.run("doctor", "--network", "--config", "muster.jsonc")
        self.assertEqual(doctor.code, 0, doctor.out)
        self.assertEqual((self.slack.violations(), self.bridge.complaints), ([], []))

    def test_a_team_comes_from_the_file(self):
        self.five_minutes()
        (settings,) = blocks("A team from a file", "jsonc")
        self.scene.write("team.jsonc", settings)
        (words,) = [words for words in commands("A team from a file") if words[0] == "apply"]
        told = self.scene.run(*words)
        self.assertEqual(told.code, 0, told.out + told.err)
        told = self.slack.act("alice", "command", command="/muster", text="team", channel="C0TEAM")
        self.assertIn("Payments", json.dumps(told["answers"]))
        again = self.scene.run(*words)
        self.assertEqual((again.code, again.out), (0, "Nothing to change: everything is already as the file says.\n"))

    def test_slack_can_reach_it_with_the_other_keys(self):
        (text,) = blocks("Connect Slack in five minutes", "jsonc")
        (others,) = blocks("Where Slack can reach you", "jsonc")
        self.configure(json.dumps({**json.loads(text), **json.loads("{" + others + "}")}))
        told = self.scene.run("check-config", "muster.jsonc")
        self.assertEqual(told.code, 0, told.out + told.err)
        for words in commands("Where Slack can reach you"):
            self.assertEqual(self.scene.run(*words).code, 0, words)


if __name__ == "__main__":
    MUSTER, FAKE_SLACK = (str(pathlib.Path(program).resolve()) for program in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
