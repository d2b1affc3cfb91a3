#!/usr/bin/env python3
"""The real program on a disk that fails: python3 disk.py MUSTER FAILING_DISK_LIBRARY [Class[.test]...]"""

import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from muster import Scene, get, post  # noqa: E402

MUSTER = DISK = ""


class Story(unittest.TestCase):
    """The sample team, asked by its stand-up; Amira answers over the local workspace."""

    def setUp(self):
        self.scene = Scene(MUSTER)
        self.addCleanup(self.scene.end)
        self.faults = self.scene.folder / "faults"
        self.faults.mkdir()
        self.bot = self.demo()
        while "What will you do today" not in get(self.scene.port, "/local/api/state?as=amira")[1]:
            self.assertEqual(post(self.scene.port, "/local/api/clock", {"as": "amira", "to": "next"})[0], 200)

    def demo(self):
        listeners = ["--listen", f"127.0.0.1:{self.scene.port}", "--admin-listen", f"127.0.0.1:{self.scene.admin_port}"]
        # The sanitizers want to be loaded first; the disk fails well enough behind them.
        environment = {"LD_PRELOAD": DISK, "FAILING_DISK": str(self.faults), "ASAN_OPTIONS": "verify_asan_link_order=0"}
        bot = self.scene.start("demo", "--data", "var", *listeners, environment=environment)
        bot.wait_until_ready()
        return bot

    def say(self, text, request):
        body = {"request": request, "as": "amira", "place": "amira", "text": text}
        return post(self.scene.port, "/local/api/say", body)

    def answers(self):
        exported = self.scene.run("export", "answers", "--data", "var", "--format", "jsonl")
        self.assertEqual(exported.code, 0, exported.err)
        return [json.loads(line)["answer"] for line in exported.out.splitlines()]


class Full(Story):
    def test_what_does_not_fit_is_told_and_fits_when_there_is_room_again(self):
        (self.faults / "full").touch()
        status, words = self.say("Test refunds", "r" * 32)
        self.assertEqual(status, 503, words)

        self.assertEqual(get(self.scene.admin_port, "/livez")[0], 200)
        self.assertEqual(get(self.scene.port, "/local/api/state?as=amira")[0], 200, "what is saved can still be read")
        status, seen = get(self.scene.admin_port, "/metrics")
        self.assertEqual((status, "\nmuster_disk_free_bytes " in seen), (200, True), "and looked at")
        self.assertEqual(self.answers(), [])

        (self.faults / "full").unlink()
        status, words = self.say("Test refunds", "r" * 32)
        self.assertEqual(status, 200, words)
        self.assertEqual(self.answers(), ["Test refunds"])
        self.assertEqual(self.bot.stop()[0], 0)


class Broken(Story):
    def test_what_may_not_last_is_not_called_saved_and_the_program_ends_with_70(self):
        self.assertEqual(self.say("Test refunds", "a" * 32)[0], 200)
        (self.faults / "broken").touch()
        status, _ = self.say("y: Fixed the form", "b" * 32)
        self.assertNotEqual(status, 200)
        self.assertEqual(self.bot.process.wait(20), 70, self.bot.err)

        (self.faults / "broken").unlink()
        self.demo()
        self.assertEqual(self.say("y: Fixed the form", "b" * 32)[0], 200, "the same request again is taken")
        self.assertEqual(sorted(self.answers()), ["Fixed the form", "Test refunds"])
        verified = self.scene.run("verify", "--data", "var")
        self.assertEqual(verified.code, 0, verified.out + verified.err)


if __name__ == "__main__":
    MUSTER, DISK = os.path.abspath(sys.argv.pop(1)), os.path.abspath(sys.argv.pop(1))
    unittest.main()
