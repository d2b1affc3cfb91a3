#!/usr/bin/env python3
"""What people type in Slack, and what opens doors there, is found nowhere but where it belongs:
python3 canary.py MUSTER FAKE_SLACK [Class[.test]...]"""

import pathlib
import sys
import unittest

import stories
from muster import get
from office import SECRET, TOKEN

WORD = "canary"


class Canary(stories.Story):
    """Typed in every way there is; then no output, no answer to monitoring and no other file holds it."""

    def type_everywhere(self):
        self.start_the_stand_up()
        self.answer("amira", WORD + " in a form")
        self.prompt_of("bo")
        line = self.slack.act("bo", "say", text=WORD + " in a line")
        self.wait_for(lambda: self.kept(WORD + " in a line"))
        self.slack.act("bo", "edit", ts=line["ts"], text=WORD + " in an edit")
        self.wait_for(lambda: self.kept(WORD + " in an edit"))
        self.slack.act("dev", "command", command="/muster", text=f"why @{WORD}", channel="C0TEAM")
        self.slack.act("dev", "command", command="/muster", text=f"blocker {WORD} in a command", channel="C0TEAM")
        self.slack.act("dev", "command", command="/muster", text=f"{WORD} is no command", channel="C0TEAM")
        self.wait_for(lambda: len(self.slack.state()["ephemerals"]) >= 2)

    def test_what_people_type_is_in_the_database_alone(self):
        self.type_everywhere()
        self.wait_for(self.is_all_told)  # or another post would get into the trouble
        self.slack.ask("trouble", {"kind": "internal_error_before", "method": "chat.postMessage"})
        self.slack.act("amira", "say", text=WORD + " while Slack is in trouble")
        self.wait_for(lambda: "slack.reply_lost" in self.bot.err)

        self.expect_silence(WORD, said_by=self.office.bot)
        kept = self.files_with(WORD)
        self.assertTrue(kept, "it was stored, so there was something to be silent about")
        self.assertEqual([name for name in kept if not name.startswith("var/muster.db")], [])

    def test_what_opens_doors_is_in_its_own_file_alone(self):
        self.type_everywhere()
        self.slack.ask("set", {"token_revoked": True})
        self.slack.act("amira", "say", text="once more")
        self.wait_for(lambda: "connection.suspended" in self.bot.err)

        for door, file in ((TOKEN, "token"), (SECRET, "secret")):
            self.expect_silence(door, said_by=self.office.bot)
            self.assertEqual(self.files_with(door), [file])
        address = f":{self.slack.port}/response/"  # of answers to a command: whoever has it may speak as Muster
        self.expect_silence(address, said_by=self.office.bot)
        self.assertEqual(self.files_with(address), [])

    def is_all_told(self):
        """What stands in the summary's thread is posted last: one post a second."""
        in_channel = self.slack.state()["messages"].get("C0TEAM", [])
        return [message for message in in_channel if WORD + " in an edit" in message["plain"]]

    def expect_silence(self, word, said_by):
        pages = [get(self.scene.admin_port, path)[1] for path in ("/metrics", "/readyz", "/livez")]
        for words in (said_by.out, said_by.err, *pages):
            self.assertNotIn(word, words)
        command_line = pathlib.Path(f"/proc/{said_by.process.pid}/cmdline").read_bytes()
        self.assertNotIn(word.encode(), command_line)

    def files_with(self, word):
        files = [path for path in self.scene.folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
        return sorted(path.relative_to(self.scene.folder).as_posix() for path in files)


if __name__ == "__main__":
    stories.MUSTER, stories.FAKE_SLACK = (str(pathlib.Path(program).resolve()) for program in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
