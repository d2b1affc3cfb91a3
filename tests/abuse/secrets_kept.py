"""Tokens and signing secrets stand in their own files and nowhere else."""

import os
import pathlib
import resource
import signal
import unittest

import stage
from muster import Scene
from outgoing import Listener
from slack_requests import command, event, line
from stage import Stage
from office import TOKEN
from wire import SECRET, statuses


class Secrets(unittest.TestCase):
    def run_with(self, **changes):
        """A command that reads the configuration, with the secrets that the test has put there."""
        connection = {"name": "main", "bot_token": {"file": "token"}, "signing_secret": {"file": "secret"}, **changes}
        self.scene.write_configuration(clock={"adjustable": False}, slack=[connection])
        outcome = self.scene.run("check-config", "muster.jsonc")
        self.assertNotIn("hush", outcome.out + outcome.err)
        return outcome

    def begin(self):
        self.scene = Scene(stage.MUSTER)
        self.addCleanup(self.scene.end)
        for name in ("token", "secret"):
            self.scene.write(name, "hush-" + name).chmod(0o600)

    def test_a_file_that_others_may_read_is_refused(self):
        self.begin()
        self.assertEqual(self.run_with().code, 0)
        for mode in (0o604, 0o640, 0o644, 0o660, 0o666, 0o601, 0o610, 0o777):
            with self.subTest(oct(mode)):
                (self.scene.folder / "token").chmod(mode)
                outcome = self.run_with()
                self.assertEqual(outcome.code, 2)
                self.assertIn("chmod 600", outcome.out + outcome.err)
                self.assertIn("/slack/0/bot_token", outcome.out + outcome.err)
                self.assertEqual(self.scene.with_config("serve").code, 2)
        for mode in (0o400, 0o600):
            (self.scene.folder / "token").chmod(mode)
            self.assertEqual(self.run_with().code, 0)

    def test_what_is_no_file_with_a_secret_is_refused(self):
        self.begin()
        (self.scene.folder / "folder").mkdir(0o700)
        os.mkfifo(self.scene.folder / "pipe", 0o600)
        self.scene.write("empty", "").chmod(0o600)
        self.scene.write("line", "\n").chmod(0o600)
        for name in ("folder", "pipe", "empty", "line", "missing", "/dev/null", "/dev/zero"):
            with self.subTest(name):
                self.assertEqual(self.run_with(bot_token={"file": name}).code, 2)

    def test_a_secret_never_stands_in_the_configuration(self):
        self.begin()
        for odd in ("hush", {"value": "hush"}, {"file": "token", "env": "HUSH"}, ["hush"], {}):
            with self.subTest(odd):
                self.assertEqual(self.run_with(bot_token=odd).code, 2)

    def test_no_command_takes_one_as_an_argument(self):
        self.begin()
        for words in (("serve", "--token", "hush"), ("serve", "--bot-token=hush"), ("serve", "--signing-secret", "hush")):
            outcome = self.scene.with_config(*words)
            self.assertEqual(outcome.code, 2)

    def test_a_running_bot_shows_them_nowhere(self):
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))  # else there would be none anyway
        bot = Stage()
        self.addCleanup(bot.end)
        bot.start_the_stand_up()
        bot.tell(event(line("Typed words")))
        bot.tell(event(line(f"Somebody types {TOKEN}x")))
        process = pathlib.Path(f"/proc/{bot.bot.process.pid}")
        for name in ("cmdline", "comm", "environ"):
            self.expect_none_in(process / name)
        self.assertRegex((process / "limits").read_text(), r"Max core file size +0 +0 ")
        self.expect_none_in(bot.bot.out_path, bot.bot.err_path)
        for words in (str(bot.metrics().samples), bot.bot.err):
            self.assertNotIn(TOKEN, words)

        bot.bot.process.send_signal(signal.SIGABRT)
        bot.bot.process.wait()
        own = {bot.scene.folder / "token", bot.scene.folder / "secret"}
        typed = {path for path in (bot.scene.folder / "var").glob("muster.db*") if path.is_file()}
        files = {path for path in bot.scene.folder.rglob("*") if path.is_file()}
        self.expect_none_in(*(files - own - typed))
        for path in typed:
            self.assertNotIn(SECRET.encode(), path.read_bytes())
            self.assertNotIn(TOKEN.encode() + b'"', path.read_bytes())
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)
        self.assertFalse(list(bot.scene.folder.rglob("core*")))

    def expect_none_in(self, *paths):
        for path in paths:
            for secret in (TOKEN, SECRET):
                self.assertNotIn(secret.encode(), path.read_bytes(), path)

    def test_what_a_platform_says_of_them_is_not_logged(self):
        self.begin()
        slack = Listener(kind="application/json")
        self.addCleanup(slack.end)
        slack.body = b'{"ok":false,"error":"xoxb-hush-1","needed":"xoxb-hush-2","provided":"xapp-hush-3"}'
        self.scene.write_configuration(clock={"adjustable": False}, slack=[{
            "name": "main", "bot_token": {"file": "token"}, "signing_secret": {"file": "secret"},
            "api_base_url": f"http://127.0.0.1:{slack.port}/api/"}])
        bot = self.scene.serve()
        bot.wait_for(lambda: '"xoxb-[redacted]"' in bot.err)
        self.assertNotIn("hush", bot.err + bot.out)

    def test_an_old_signing_secret_counts_until_its_minute(self):
        for until, status in (("2099-01-01T00:00Z", 200), ("2020-01-01T00:00Z", 401)):
            bot = Stage(previous_signing_secret={"file": "old"}, previous_signing_secret_until=until, more_secrets={"old": "the-old-one"})
            self.addCleanup(bot.end)
            for secret, expected in ((SECRET, 200), ("the-old-one", status), ("", 401)):
                sent = event(line("Signed by one of them"), secret=secret)
                self.assertEqual(statuses(bot.tell(sent)), (expected, 200), (until, secret))
            self.assertEqual(statuses(bot.tell(command("help"))), (200, 200))
