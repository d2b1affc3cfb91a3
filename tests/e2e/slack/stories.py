#!/usr/bin/env python3
"""A stand-up over HTTP and over Socket Mode, with a Slack that holds Muster to its rules: python3 stories.py MUSTER FAKE_SLACK [Class[.test]...]"""

import json
import pathlib
import sys
import time
import unittest
import urllib.error
import urllib.request

from office import Office, OfficeStory, posted_to, summaries_in
from socket_bridge import Bridge

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from muster import PATIENCE, get  # noqa: E402

MUSTER = ""
FAKE_SLACK = ""
FAREWELL = 5  # seconds from SIGTERM to the end (reliability.md F33)
SETTLED = 120  # seconds until a post that nobody knows of was looked for twice and made again (reliability.md)


class Story(OfficeStory):
    def open_office(self):
        return Office(MUSTER, FAKE_SLACK)

    def wait_for(self, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = what()
            if found:
                return found
            time.sleep(0.05)
        return self.fail(json.dumps(self.slack.state(), indent=1)[:6000] + self.bot.err)

    def posted(self, key):
        return posted_to(key, self.slack.state())

    def prompt_of(self, key):
        asked = lambda: [message for message in self.posted(key) if "[Answer]" in message["plain"]]
        return self.wait_for(asked)[-1]

    def summaries(self):
        return summaries_in(self.slack.state())

    def open_the_form(self, key):
        self.slack.act(key, "press", ts=self.prompt_of(key)["ts"], button="Answer")
        self.wait_for(lambda: self.slack.state()["forms"].get("U0" + key.upper()))

    def answer(self, key, words):
        self.open_the_form(key)
        self.slack.act(key, "enter", field="today", value=words)
        return self.slack.act(key, "submit")["answers"]

    def kept(self, words):
        return [row for row in self.office.answers_kept() if words in json.dumps(row)]


class StandUp(Story):
    def tearDown(self):
        self.assertEqual(self.slack.violations(), [])

    def test_a_prompt_is_answered_in_the_form_and_stands_in_the_summary(self):
        self.start_the_stand_up()
        self.assertEqual([answer["status"] for answer in self.answer("amira", "Test refunds")], [200])

        self.wait_for(lambda: "Test refunds" in self.posted("amira")[0]["plain"])
        self.wait_for(self.summaries)
        in_thread = lambda: [
            message for message in self.slack.state()["messages"]["C0TEAM"]
            if message["thread"] and "Test refunds" in message["plain"]]
        self.wait_for(in_thread)
        self.assertEqual(len(self.kept("Test refunds")), 1)
        self.assertEqual(len(self.posted("bo")), 1, "one prompt each")

    def test_a_typed_line_is_saved_and_its_edit_counts(self):
        self.start_the_stand_up()
        self.prompt_of("amira")
        line = self.slack.act("amira", "say", text="Test refunds")
        self.wait_for(lambda: "Test refunds" in self.posted("amira")[-1]["plain"])
        self.slack.act("amira", "edit", ts=line["ts"], text="Test refunds and deploy")
        self.wait_for(lambda: self.kept("Test refunds and deploy"))
        self.assertEqual(len(self.kept("Test refunds")), 1)

    def test_why_is_answered_to_one_person(self):
        self.slack.act("amira", "command", command="/muster", text="why", channel="C0TEAM")
        seen = self.wait_for(lambda: self.slack.state()["ephemerals"])
        self.assertEqual([each["user"] for each in seen], ["U0AMIRA"])

    def test_the_stand_up_is_answered_from_ones_own_page(self):
        self.start_the_stand_up()
        self.prompt_of("amira")
        self.slack.act("amira", "open_home")
        page = lambda: self.slack.state()["homes"].get("U0AMIRA", "")
        self.wait_for(lambda: "[Answer]" in page())

        self.slack.act("amira", "press_at_home", button="Answer")
        self.wait_for(lambda: self.slack.state()["forms"].get("U0AMIRA"))
        self.slack.act("amira", "enter", field="today", value="Test refunds")
        self.slack.act("amira", "submit")
        self.wait_for(lambda: "Test refunds" in page() and "[Answer]" not in page())
        self.assertEqual(len(self.kept("Test refunds")), 1)

    def test_an_answer_of_slack_that_is_lost_makes_no_second_prompt(self):
        self.slack.ask("trouble", {"kind": "server_error_after", "method": "chat.postMessage"})
        self.start_the_stand_up()
        for key in ("dev", "amira", "bo"):
            self.prompt_of(key)
        time.sleep(13)  # the first look comes after ten seconds
        self.assertEqual([len(self.posted(key)) for key in ("dev", "amira", "bo")], [1, 1, 1])

    def test_asked_to_end_while_slack_takes_its_time_it_waits_for_the_answer(self):
        code, seconds = self.end_during_a_post_that_takes(2_000)
        self.assertEqual(code, 0)
        self.assertGreater(seconds, 1, "otherwise the post was over before")
        self.assertLess(seconds, FAREWELL)

    def test_asked_to_end_while_slack_takes_too_long_it_ends_and_asks_nobody_twice(self):
        code, seconds = self.end_during_a_post_that_takes(9_000)
        self.assertEqual(code, 0)
        self.assertLess(seconds, FAREWELL)

        self.bot = self.office.serve_until_introduced()
        time.sleep(13)  # the first look comes after ten seconds
        self.assertEqual([len(self.posted(key)) for key in ("dev", "amira", "bo")], [1, 1, 1])
        self.assertEqual([answer["status"] for answer in self.answer("amira", "Test refunds")], [200])

    def end_during_a_post_that_takes(self, milliseconds):
        """The exit code, and the seconds it took."""
        trouble = {"kind": "slow", "milliseconds": milliseconds, "method": "chat.postMessage"}
        for _ in ("dev", "amira", "bo"):
            self.slack.ask("trouble", trouble)
        self.start_the_stand_up()
        for key in ("dev", "amira", "bo"):
            self.wait_for(lambda: self.posted(key))
        return self.bot.stop()

    def test_payloads_with_fields_that_nobody_knew_are_understood(self):
        self.slack.ask("set", {"drift": True})
        self.start_the_stand_up()
        self.assertEqual([answer["status"] for answer in self.answer("amira", "Test refunds")], [200])
        self.slack.act("bo", "say", text="Call the bank")
        self.wait_for(lambda: self.kept("Call the bank"))
        self.assertEqual(len(self.kept("Test refunds")), 1)

    def test_a_kill_between_any_two_steps_loses_nothing_and_asks_nobody_twice(self):
        self.start_the_stand_up()
        self.prompt_of("amira")
        self.kill_and_start_again()
        self.open_the_form("amira")
        self.kill_and_start_again()
        self.slack.act("amira", "enter", field="today", value="Test refunds")
        self.slack.act("amira", "submit")
        self.kill_and_start_again()
        self.wait_for(self.summaries, SETTLED)  # the kill may have come while it was being posted
        self.kill_and_start_again()

        self.assertEqual(len(self.kept("Test refunds")), 1)
        self.assertEqual(len(self.summaries()), 1)
        self.assertEqual([len(self.posted(key)) for key in ("dev", "bo")], [1, 1])

    def kill_and_start_again(self):
        self.office.kill()
        self.bot = self.office.serve_until_introduced()


class Onboarding(Story):
    """Nothing is set: a team comes to be only by what people do in Slack."""

    def setUp(self):
        self.office = self.open_office()
        self.addCleanup(self.office.end)
        self.scene, self.slack = self.office.scene, self.office.slack
        self.bot = self.office.serve_until_introduced()
        self.slack.ask("users", {"id": "U0BUILDBOT", "name": "build", "real_name": "Build", "bot": True})
        self.slack.ask("channels", {
            "id": "C0TAX", "name": "team-tax", "members": ["U0DEV", "U0AMIRA", "U0BO", "U0BUILDBOT"]})

    def tearDown(self):
        self.assertEqual(self.slack.violations(), [])

    def newest_with(self, key, words):
        shown = lambda: [message for message in self.posted(key) if words in message["plain"]]
        return self.wait_for(shown)[-1]

    def press(self, key, button):
        self.slack.act(key, "press", ts=self.newest_with(key, f"[{button}]")["ts"], button=button)

    def offer(self):
        self.slack.act("dev", "invite_app", channel="C0TAX")
        self.newest_with("dev", "Set up a stand-up in the channel team-tax?")

    def choose(self, **entries):
        self.press("dev", "Set up a stand-up")
        self.wait_for(lambda: self.slack.state()["forms"].get("U0DEV"))
        for field, value in entries.items():
            self.slack.act("dev", "enter", field=field, value=value)
        self.slack.act("dev", "submit")

    def in_channel(self):
        return [message["plain"] for message in self.slack.state()["messages"].get("C0TAX", [])]

    def test_a_team_comes_to_be_from_an_invitation(self):
        self.offer()
        self.choose(name="Tax", time="10:15")
        self.assertEqual(self.in_channel(), [])
        self.press("dev", "Start the stand-up")

        self.wait_for(lambda: "Tax has a stand-up now" in "".join(self.in_channel()))
        self.newest_with("amira", "You are in the stand-up of Tax")
        self.newest_with("bo", "You are in the stand-up of Tax")
        settings = self.scene.with_config("export", "settings")
        self.assertEqual(settings.code, 0, settings.err)
        for said in ('"tax"', '"10:15"', '"delivery_manager"', '"C0TAX"', '"U0AMIRA"'):
            self.assertIn(said, settings.out)
        self.assertNotIn("U0BUILDBOT", settings.out)

    def test_what_is_asked_of_slack_outlives_a_kill(self):
        self.offer()
        self.slack.ask("trouble", {"kind": "server_error_before", "method": "users.info"})
        self.choose(name="Tax")
        self.office.kill()
        self.bot = self.office.serve_until_introduced()
        self.newest_with("dev", "Check the stand-up of Tax")


class SocketMode(StandUp):
    """The same, and more, with a Muster that calls Slack: nothing comes in over HTTP."""

    def open_office(self):
        self.bridge = Bridge()
        self.addCleanup(self.bridge.end)
        return Office(MUSTER, FAKE_SLACK, bridge=self.bridge)

    def setUp(self):
        super().setUp()
        self.wait_for(lambda: self.bridge.lines)

    def tearDown(self):
        super().tearDown()
        self.assertEqual(self.bridge.complaints, [])

    def test_a_form_tells_its_errors_and_goes_on_to_the_next(self):
        self.start_the_stand_up()
        self.open_the_form("amira")
        self.slack.act("amira", "enter", field="blocker", value="No access to the database")
        self.slack.act("amira", "submit")
        form = lambda: self.slack.state()["forms"].get("U0AMIRA")
        self.wait_for(lambda: "rror" in json.dumps(form()) and "today" in json.dumps(form()))
        self.slack.act("amira", "enter", field="today", value="Test refunds")
        first = json.dumps(form())
        self.slack.act("amira", "submit")
        self.wait_for(lambda: form() and json.dumps(form()) != first)
        self.wait_for(lambda: self.kept("Test refunds"))

    def test_nothing_is_lost_when_slack_renews_the_connection(self):
        self.start_the_stand_up()
        self.prompt_of("amira")
        self.prompt_of("bo")
        line = self.slack.act("amira", "say", text="Test refunds")
        self.bridge.renew()
        self.slack.act("bo", "say", text="Review the plan")
        self.bridge.renew()
        self.slack.act("amira", "edit", ts=line["ts"], text="Test refunds and deploy")
        self.wait_for(lambda: self.kept("Test refunds and deploy") and self.kept("Review the plan"))
        self.assertEqual(self.bridge.opened, 3)

    def test_it_stops_in_time_and_takes_its_leave(self):
        self.bot.process.terminate()
        self.assertEqual(self.bot.process.wait(FAREWELL + 3), 0)
        self.wait_for(lambda: not self.bridge.lines)


class Doctor(Story):
    """`muster doctor --network`, beside the running bot and without it."""

    def findings(self):
        told = self.scene.with_config("doctor", "--network")
        self.assertEqual(told.code, 1, told.out + told.err)
        self.assertIn("is not held in the next 14 days", told.out)  # so that no test meets with half past nine
        self.assertEqual(told.out.count("! "), told.out.count("  Fix: "))
        return told.out, told.out.count("! ") - 1

    def test_a_sound_workspace_is_well(self):
        for is_running in (True, False):
            with self.subTest(is_running=is_running):
                told, count = self.findings()
                self.assertIn('Asking Slack "main" about 1 channel and 3 people.', told)
                self.assertEqual(count, 0, told)
            self.bot.stop()
        self.assertEqual(self.slack.violations(), [])

    def test_what_slack_would_refuse_is_named_with_a_fix(self):
        self.slack.ask("users", {"id": "U0BO", "name": "bo", "real_name": "Bo", "deleted": True})
        self.slack.ask("channels", {"id": "C0TEAM", "name": "payments", "members": ["U0DEV"]})
        granted = ["chat:write", "commands", "im:write", "im:history", "channels:read", "users:read"]
        self.slack.ask("set", {"scopes": granted})
        told, count = self.findings()
        self.assertIn('Slack "main" has not granted the scope app_mentions:read.', told)
        self.assertIn("Payments (C0TEAM): Muster is not in the channel.", told)
        self.assertIn("Bo Lund (U0BO): the account in Slack is deactivated.", told)
        self.assertEqual(count, 3, told)

    def test_a_refused_token_is_told_without_it(self):
        self.scene.write("token", "xoxb-of-somebody-else")
        self.bot.stop()
        told, count = self.findings()
        self.assertIn('Slack "main" refuses the token (invalid_auth).', told)
        self.assertNotIn("somebody-else", told)
        self.assertEqual(count, 1, told)

    def test_a_slack_that_is_not_reached_is_told(self):
        self.bot.stop()
        self.slack.end()
        told, count = self.findings()
        self.assertIn('Slack "main" did not answer (could not connect', told)
        self.assertEqual(count, 1, told)


class Door(Story):
    def test_nobody_but_slack_comes_in(self):
        for path in ("/slack/events", "/slack/interactions", "/slack/commands"):
            kind = "application/json" if path.endswith("events") else "application/x-www-form-urlencoded"
            self.assertEqual(ask(self.scene.port, path, kind, b"{}"), 401)
        self.assertEqual(get(self.scene.port, "/slack/events")[0], 405)
        self.assertEqual(ask(self.scene.port, "/slack/events", "text/plain", b"{}"), 415)


def ask(port, path, kind, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, headers={"Content-Type": kind})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


if __name__ == "__main__":
    MUSTER, FAKE_SLACK = (str(pathlib.Path(program).resolve()) for program in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
