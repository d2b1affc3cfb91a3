"""A database that answers nobody: people are told in time, and what is sent again is kept once."""

import concurrent.futures
import sqlite3
import time
import unittest

from slack_requests import command, event, interaction, line, press
from stage import Stage

PATIENCE_OF_SLACK = 3


class StuckStore(unittest.TestCase):
    def test_everybody_is_answered_in_time_and_nothing_is_lost(self):
        stage = Stage()
        self.addCleanup(stage.end)
        stage.start_the_stand_up()
        stage.slack.act("amira", "press", ts=self.prompt_of(stage), button="Answer")
        stage.bot.wait_for(lambda: stage.slack.state()["forms"].get("U0AMIRA"))
        stage.slack.act("amira", "enter", field="today", value="Typed into the form")
        said = event(line("Said while nobody could write it down"))

        blocker = sqlite3.connect(stage.scene.database, isolation_level=None)
        self.addCleanup(blocker.close)
        blocker.execute("BEGIN IMMEDIATE")
        with concurrent.futures.ThreadPoolExecutor() as people:
            line_told = people.submit(self.in_time, stage, said)
            press_told = people.submit(self.in_time, stage, interaction(press("skip:1:0:0")))
            command_told = people.submit(self.in_time, stage, command("skip"))
            form_told = people.submit(stage.slack.act, "amira", "submit")
        self.assertEqual(line_told.result(), (503, ""))
        self.assertEqual(press_told.result()[0], 503)
        self.assertEqual(command_told.result()[0], 200)
        self.assertIn("Not saved", command_told.result()[1])
        form = form_told.result()["answers"][0]
        self.assertEqual(form["status"], 200)
        self.assertIn("ot saved", form["body"])
        self.assertTrue(stage.slack.state()["forms"].get("U0AMIRA"), "with all that was typed")
        self.assertTrue(stage.is_alive())
        acts = stage.acts()
        blocker.execute("ROLLBACK")

        self.assertEqual(stage.tell(said)[0].status, 200)
        self.assertGreater(stage.acts(), acts)
        self.assertEqual(stage.slack.act("amira", "submit")["answers"][0]["status"], 200)
        self.assertIn("Typed into the form", stage.scene.with_config("export", "answers", "--format", "jsonl").out)

    def prompt_of(self, stage):
        def posted():
            state = stage.slack.state()
            return [message for message in state["messages"].get(state["directs"].get("U0AMIRA"), []) if "[Answer]" in message["plain"]]

        stage.bot.wait_for(posted)
        return posted()[0]["ts"]

    def in_time(self, stage, sent):
        begin = time.monotonic()
        answer = stage.tell(sent)[0]
        self.assertLess(time.monotonic() - begin, PATIENCE_OF_SLACK)
        return answer.status, answer.body
