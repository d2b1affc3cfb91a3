#!/usr/bin/env python3
"""A stand-up over HTTP with a Teams that holds Muster to its rules: python3 stories.py MUSTER FAKE_TEAMS [Class[.test]...]"""

import sys
import time
import unittest

from office import CHANNEL, OfficeStory


class StandUp(OfficeStory):
    def setUp(self):
        super().setUp()
        self.office.everybody_adds_the_app()

    def start_the_stand_up(self):
        self.assertEqual(self.statuses(self.teams.act("dev", "say", text="start")), [200])

    def kept(self, words):
        return [row for row in self.office.answers_kept() if words in str(row)]

    def test_help_is_answered_in_the_chat(self):
        self.teams.act("amira", "say", text="help")
        self.wait_for(lambda: [message for message in self.posted("amira") if "What you can do here" in message["words"]])

    def test_a_prompt_is_answered_in_the_dialog_and_stands_in_the_summary(self):
        self.start_the_stand_up()
        self.teams.act("amira", "press", message=self.prompt_of("amira")["id"], button="Answer")
        dialog = self.teams.state()["dialogs"]["amira"]
        self.assertIn("What will you do today?", dialog["words"])
        self.assertFalse(self.teams.act("amira", "submit")["sent"], "the client itself asks for what is required")

        self.teams.act("amira", "enter", label="What will you do today?", value="Test refunds")
        told = self.teams.act("amira", "submit")
        self.assertEqual(self.statuses(told), [200])
        self.assertNotIn("amira", self.teams.state()["dialogs"], "the dialog is closed")
        self.wait_for(lambda: "Test refunds" in self.posted("amira")[0]["words"])
        self.wait_for(lambda: [message for message in self.posted(CHANNEL) if "Test refunds" in message["words"]])
        self.assertEqual(len(self.kept("Test refunds")), 1)
        self.assertEqual(len(self.posted("bo")), 1, "one prompt each")

    def test_a_typed_line_is_saved_and_its_edit_counts(self):
        self.start_the_stand_up()
        self.prompt_of("amira")
        line = self.teams.act("amira", "say", text="Test refunds")
        self.wait_for(lambda: "Test refunds" in self.posted("amira")[-1]["words"])
        self.teams.act("amira", "edit", line=line["id"], text="Test refunds and deploy")
        self.wait_for(lambda: self.kept("Test refunds and deploy"))
        self.assertEqual(len(self.kept("Test refunds")), 1)

    def test_what_comes_twice_has_one_effect(self):
        self.start_the_stand_up()
        self.prompt_of("amira")
        self.teams.act("amira", "say", text="Test refunds")
        self.assertEqual(self.teams.ask("again", {})["status"], 200)
        self.wait_for(lambda: self.kept("Test refunds"))
        self.assertEqual(len(self.kept("Test refunds")), 1)

    def test_a_token_that_is_refused_is_exchanged_and_nobody_notices(self):
        self.teams.act("amira", "say", text="help")
        self.wait_for(lambda: self.posted("amira"))
        self.teams.ask("set", {"refuse_token": True})
        self.start_the_stand_up()
        for key in ("dev", "amira", "bo"):
            self.prompt_of(key)

    def test_people_are_known_after_a_restart(self):
        self.bot.stop()
        self.bot = self.scene.start("serve", "--config", "muster.jsonc")
        self.bot.wait_for(lambda: '"muster.started"' in self.bot.err)
        self.start_the_stand_up()
        for key in ("dev", "amira", "bo"):
            self.prompt_of(key)

    def test_a_command_in_a_channel_is_answered_in_the_chat(self):
        told = self.teams.act("amira", "mention", channel=CHANNEL, text="hours")
        self.assertEqual(self.statuses(told), [200])
        self.wait_for(lambda: self.posted("amira"))
        said = self.wait_for(lambda: self.posted(CHANNEL))
        self.assertEqual([message["words"] for message in said], ["I have answered you in our chat."])

    def test_a_team_is_set_up_from_chat(self):
        """From adding the app to a channel to its first card."""
        self.teams.ask("channels", {"id": "19:tax@thread.tacv2", "name": "Tax"})
        self.teams.act("dev", "add_app_to", channel="19:tax@thread.tacv2")
        offer = self.wait_for(lambda: [message for message in self.posted("dev") if "Set up" in message["words"]])[0]
        self.assertIn("Tax", offer["words"])


class Door(OfficeStory):
    def test_an_exchange_of_microsofts_keys_refuses_nobody(self):
        for exchange in range(3):
            told = self.teams.act("amira", "add_app")
            self.assertEqual(self.statuses(told), [200, 200], exchange)
            if exchange == 0:
                self.teams.ask("set", {"rotate_keys": True})
                told = self.teams.act("amira", "say", text="help")
                self.assertEqual(self.statuses(told), [200])

    def test_who_has_not_added_the_app_is_named_to_the_delivery_manager(self):
        for key in ("dev", "amira"):
            self.teams.act(key, "add_app")
        self.teams.act("dev", "say", text="start")
        told = lambda: [message for message in self.posted("dev") if "have not added the Muster app" in message["words"]]
        self.wait_for(told)

    def test_a_prompt_that_microsoft_was_unsure_of_is_sent_again_once(self):
        self.office.everybody_adds_the_app()
        self.teams.ask("fail", {"status": 502})
        self.teams.act("dev", "say", text="start")
        for key in ("dev", "amira", "bo"):
            self.prompt_of(key)
        time.sleep(1)
        self.assertLessEqual(sum(len(self.posted(key)) for key in ("dev", "amira", "bo")), 5)


if __name__ == "__main__":
    OfficeStory.MUSTER, OfficeStory.FAKE_TEAMS = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
