#!/usr/bin/env python3
"""What operators see of the running program: python3 operations.py MUSTER [Class[.test]...]"""

import json
import os
import pathlib
import re
import signal
import sys
import time
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from muster import Scene, get, post  # noqa: E402
from prometheus import Exposition  # noqa: E402

MUSTER = ""
LABELS = {"call", "code", "kind", "le", "listener", "outcome", "provider", "reason", "result", "route", "state", "version"}


class Story(unittest.TestCase):
    """The sample team on the local workspace."""

    def setUp(self):
        self.scene = Scene(MUSTER)
        self.addCleanup(self.scene.end)

    def demo(self, *options):
        listeners = ["--listen", f"127.0.0.1:{self.scene.port}", "--admin-listen", f"127.0.0.1:{self.scene.admin_port}"]
        bot = self.scene.start("demo", "--data", "var", *listeners, *options)
        bot.wait_until_ready()
        return bot

    def until_the_stand_up(self):
        while "What will you do today" not in get(self.scene.port, "/local/api/state?as=amira")[1]:
            self.assertEqual(self.move("next")[0], 200)

    def move(self, to):
        return post(self.scene.port, "/local/api/clock", {"as": "amira", "to": to})

    def say(self, text, person="amira"):
        body = {"request": os.urandom(16).hex(), "as": person, "place": person, "text": text}
        return post(self.scene.port, "/local/api/say", body)

    def metrics(self):
        status, text = get(self.scene.admin_port, "/metrics")
        self.assertEqual(status, 200, text)
        return Exposition(text)


class Metrics(Story):
    def test_a_stand_up_can_be_followed_from_outside(self):
        self.demo()
        before = self.metrics()
        self.assertEqual(before.value("muster_ready"), 1)
        self.assertEqual(before.value("muster_delivery_depth", state="uncertain"), 0)
        self.assertEqual(before.value("muster_prompts_total", outcome="sent"), 0)

        self.until_the_stand_up()
        self.assertEqual(self.say("Test refunds")[0], 200)
        after = self.metrics()
        self.assertGreaterEqual(after.value("muster_prompts_total", outcome="sent"), 1)
        self.assertEqual(
            after.value("muster_prompt_lateness_seconds_count"), after.value("muster_prompts_total", outcome="sent"))
        self.assertGreaterEqual(after.value("muster_timer_lateness_seconds_count", kind="ask"), 1)
        self.assertGreaterEqual(
            after.value("muster_provider_outcomes_total", provider="local", call="deliver", outcome="sent"), 1)
        self.assertGreater(after.value("muster_db_commit_seconds_count"), before.value("muster_db_commit_seconds_count"))
        self.assertGreaterEqual(after.value("muster_http_responses_total", listener="public", code="200"), 1)
        self.assertEqual(after.value("muster_connections", provider="local", state="served"), 1)

    def test_names_and_labels_are_those_that_are_promised(self):
        bot = self.demo()
        self.until_the_stand_up()
        bot.wait_for(lambda: "muster_loop_lag_seconds" in self.metrics().families)  # from the first second on
        seen = self.metrics()
        for name in ("build_info", "ready", "quarantine_depth", "timer_oldest_due_seconds", "delivery_depth",
                     "delivery_due", "delivery_oldest_due_seconds", "prompts_total", "quarantine_total", "send_ambiguous_total",
                     "reconcile_total", "duplicates_healed_total", "schedule_missed_total", "provider_request_seconds",
                     "provider_blocked_seconds", "db_commit_seconds", "db_size_bytes", "db_wal_bytes",
                     "disk_free_bytes", "http_connections", "http_streams", "loop_lag_seconds"):
            self.assertIn("muster_" + name, seen.families)
        for name in seen.families:
            self.assertRegex(name, r"^(muster|process)_[a-z0-9_]+$")
        for _, labels in seen.samples:
            for label, value in labels:
                self.assertIn(label, LABELS)
                self.assertRegex(value, r"^[a-z0-9_.+Inf/-]{1,40}$", "a word of the program, and nobody's")

    def test_the_process_and_its_files_are_seen(self):
        bot = self.demo()
        seen = self.metrics()
        self.assertEqual(seen.value("muster_db_size_bytes"), (self.scene.folder / "var/muster.db").stat().st_size)
        self.assertGreater(seen.value("muster_disk_free_bytes"), 0)
        self.assertGreater(seen.value("process_resident_memory_bytes"), 1e6)
        self.assertLess(abs(seen.value("process_start_time_seconds") - time.time()), 60)
        files = len(os.listdir(f"/proc/{bot.process.pid}/fd"))
        self.assertLess(abs(seen.value("process_open_fds") - files), 5)

    def test_what_is_written_has_the_type_of_the_format(self):
        self.demo()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.scene.admin_port}/metrics") as answer:
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")

    def test_only_the_admin_listener_shows_them(self):
        self.demo()
        for path in ("/metrics", "/readyz", "/livez"):
            self.assertEqual(get(self.scene.port, path)[0], 404)

    def test_the_newest_backup_is_seen(self):
        backups = self.scene.folder / "kept"
        backups.mkdir()
        storage = {"sqlite": "var/muster.db", "backup": {"every": "24h", "keep": 2, "dir": "kept"}}
        self.scene.write_configuration(storage=storage)
        bot = self.scene.serve()
        told = lambda: self.metrics().value("muster_backup_last_success_timestamp_seconds")
        bot.wait_for(lambda: (told() or 0) > 0)
        self.assertLess(abs(told() - time.time()), 60)


class Health(Story):
    def test_a_ready_bot_misses_nothing(self):
        self.demo()
        status, body = get(self.scene.admin_port, "/readyz")
        self.assertEqual(status, 200)
        state = json.loads(body)
        self.assertIs(state["ready"], True)
        self.assertEqual(state["missing"], [])

    def test_a_loop_that_was_stuck_is_told_of(self):
        self.scene.serve()
        bot = self.scene.bots[-1]
        bot.process.send_signal(signal.SIGSTOP)
        time.sleep(6.5)
        bot.process.send_signal(signal.SIGCONT)
        bot.wait_for(lambda: '"loop.was_stuck"' in bot.err)
        seen = self.metrics()
        lag = lambda bound: seen.value("muster_loop_lag_seconds_bucket", le=bound)
        self.assertGreaterEqual(lag("+Inf") - lag("5"), 1)


class Alerts(unittest.TestCase):
    """config/alerts.yml asks only for what is measured; no program is needed to see that."""

    def test_every_name_is_a_measure_of_the_right_kind(self):
        root = pathlib.Path(__file__).parents[3]
        measures = dict((name, kind) for kind, name in re.findall(
            r'constexpr (Counter|Gauge|Histogram) \w+\{\s*\{"(\w+)"', (root / "bot/ports/measures.hpp").read_text()))
        self.assertGreater(len(measures), 30)
        for name in set(re.findall(r"\bmuster_(\w+)", (root / "config/alerts.yml").read_text())):
            whole = re.sub(r"_(bucket|sum|count)$", "", name)
            self.assertIn(whole, measures)
            self.assertEqual(measures[whole] == "Histogram", name != whole, name)


if __name__ == "__main__":
    MUSTER = os.path.abspath(sys.argv.pop(1))
    unittest.main()
