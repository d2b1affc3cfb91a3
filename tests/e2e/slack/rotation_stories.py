#!/usr/bin/env python3
"""Tokens and secrets are exchanged while Muster runs: python3 rotation_stories.py MUSTER FAKE_SLACK [Class[.test]...]"""

import pathlib
import signal
import sys
import time
import unittest

from office import TOKEN, Office, OfficeStory, posted_to
from socket_bridge import Bridge
from muster import wait_for  # beside office's own

MUSTER = ""
FAKE_SLACK = ""
NEW = "xoxb-2-that-was-exchanged"
NEW_APP_TOKEN = "xapp-2-that-was-exchanged"
LOOKS_EVERY = 30  # seconds


class Story(OfficeStory):
    def tearDown(self):
        self.assertEqual(self.slack.violations(), [])

    def open_office(self):
        return Office(MUSTER, FAKE_SLACK)

    def put(self, name, secret, mode=0o600):
        """Whole from the first moment on, as `mv` does it."""
        self.scene.write(name + ".new", secret).chmod(mode)
        (self.scene.folder / (name + ".new")).rename(self.scene.folder / name)

    def say_so(self):
        self.bot.process.send_signal(signal.SIGHUP)

    def has_said(self, event):
        return lambda: f'"{event}"' in self.bot.err

    def prompts(self):
        state = self.slack.state()
        return [sum("[Answer]" in message["plain"] for message in posted_to(key, state)) for key in self.office.team]

    def everybody_is_asked_once(self):
        wait_for(lambda: all(self.prompts()))
        self.assertEqual(self.prompts(), [1, 1, 1])


class BotToken(Story):
    def test_what_waits_goes_when_the_file_is_exchanged_and_nobody_does_anything_else(self):
        self.slack.ask("set", {"token": NEW})
        self.start_the_stand_up()
        self.bot.wait_for(self.has_said("connection.suspended"))
        self.assertEqual(self.prompts(), [0, 0, 0])

        self.put("token", NEW)
        time.sleep(LOOKS_EVERY - 15)
        self.everybody_is_asked_once()
        self.assertNotIn(NEW, self.bot.err)

    def test_it_counts_at_once_when_muster_is_told(self):
        self.slack.ask("set", {"token": NEW})
        self.put("token", NEW)
        self.say_so()
        self.bot.wait_for(self.has_said("secret.renewed"))
        self.start_the_stand_up()
        self.everybody_is_asked_once()
        self.assertNotIn("connection.suspended", self.bot.err)

    def test_a_file_that_others_may_read_changes_nothing(self):
        self.put("token", NEW, mode=0o644)
        self.say_so()
        self.bot.wait_for(self.has_said("secret.not_renewed"))
        self.start_the_stand_up()
        self.everybody_is_asked_once()
        told = self.scene.with_config("doctor")
        self.assertEqual(told.code, 2)
        self.assertIn("only its owner may read", told.out + told.err)
        self.say_so()
        self.assertEqual(self.bot.err.count("secret.not_renewed"), 1)

    def test_a_token_that_slack_refuses_is_not_used_and_doctor_says_so(self):
        self.slack.ask("set", {"token": NEW})
        self.slack.ask("set", {"token": TOKEN})
        self.put("token", NEW)
        self.say_so()
        self.bot.wait_for(self.has_said("secret.not_renewed"))
        told = self.scene.with_config("doctor")
        self.assertEqual(told.code, 1)
        self.assertIn("The new bot_token of main is not used", told.out)
        self.assertIn("token_revoked", told.out)
        self.assertNotIn(NEW, told.out + self.bot.err)
        self.start_the_stand_up()
        self.everybody_is_asked_once()

        self.put("token", TOKEN)
        self.say_so()
        wait_for(lambda: "is not used" not in self.scene.with_config("doctor").out)


class SigningSecret(Story):
    def test_both_count_for_a_while(self):
        self.put("secret", "the-new-signing-secret")
        self.say_so()
        self.bot.wait_for(self.has_said("secret.renewed"))
        self.start_the_stand_up()
        self.slack.ask("set", {"signing_secret": "the-new-signing-secret"})
        self.everybody_is_asked_once()
        told = self.slack.act("dev", "command", command="/muster", text="help", channel="C0TEAM")
        self.assertEqual([answer["status"] for answer in told["answers"]], [200])


class AppToken(Story):
    def open_office(self):
        self.bridge = Bridge()
        self.addCleanup(self.bridge.end)
        return Office(MUSTER, FAKE_SLACK, bridge=self.bridge)

    def test_muster_is_heard_again_when_the_file_is_exchanged(self):
        wait_for(lambda: self.bridge.lines)
        self.slack.ask("set", {"app_token": NEW_APP_TOKEN})
        self.bridge.cut()
        self.bot.wait_for(self.has_said("slack.socket_refused"))
        self.put("app_token", NEW_APP_TOKEN)
        self.say_so()
        wait_for(lambda: self.bridge.lines)
        self.slack.act("dev", "command", command="/muster", text="start", channel="C0TEAM")
        self.everybody_is_asked_once()


if __name__ == "__main__":
    MUSTER, FAKE_SLACK = (str(pathlib.Path(program).resolve()) for program in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
