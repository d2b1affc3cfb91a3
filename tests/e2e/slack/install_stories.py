#!/usr/bin/env python3
"""From a browser to the first command that is answered: python3 install_stories.py MUSTER FAKE_SLACK"""

import http.client
import json
import sys
import unittest
import urllib.parse

from office import ALL_DAY, APP_TOKEN, HERE, SECRET, TEAM, FakeSlack, posted_to, user_of
from socket_bridge import Bridge
from muster import Scene, wait_for  # beside office's own

MUSTER = ""
FAKE_SLACK = ""
WORKSPACE = "T0TEAM"
FIRST = "xoxb-1-of-the-first-installation"
SECOND = "xoxb-2-of-the-second-installation"


class Browser:
    """Keeps what it is told to keep, goes where it is told to go."""

    def __init__(self, port):
        self.port = port
        self.cookie = None

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})
        answer = connection.getresponse()
        body = answer.read().decode()
        kept = answer.getheader("Set-Cookie")
        if kept:
            self.cookie = kept.split(";")[0]
        connection.close()
        return answer.status, answer.getheader("Location"), body


class Install(unittest.TestCase):
    def setUp(self):
        self.scene = Scene(MUSTER)
        self.addCleanup(self.scene.end)
        self.slack = self.open_slack()
        self.addCleanup(self.slack.end)
        self.scene.write("app_token", APP_TOKEN).chmod(0o600)
        self.scene.write("client_secret", "client-secret-of-the-fake").chmod(0o600)
        self.scene.write("secret", SECRET).chmod(0o600)
        made = self.scene.run("tokens", "key", "--out", "token.key")
        self.assertEqual(made.code, 0, made.err)
        self.configure([WORKSPACE])
        self.bot = self.scene.serve()

    def open_slack(self):
        return FakeSlack(FAKE_SLACK, self.scene.port)

    def way_in(self):
        return {"signing_secret": {"file": "secret"}}

    def tearDown(self):
        self.assertEqual(self.slack.violations(), [])

    def configure(self, workspaces, key="token.key", **others):
        here = f"http://127.0.0.1:{self.slack.port}"
        self.scene.write_configuration(
            local={"enabled": False}, clock={"adjustable": False},
            storage={"sqlite": "var/muster.db", "token_key": {"file": key}},
            server={
                "listen": f"127.0.0.1:{self.scene.port}", "admin_listen": f"127.0.0.1:{self.scene.admin_port}",
                "public_url": f"http://127.0.0.1:{self.scene.port}"},
            slack_app={
                "client_id": "client-of-the-fake", "client_secret": {"file": "client_secret"},
                **self.way_in(), "workspaces": workspaces,
                "authorize_url": f"{here}/authorize", "api_base_url": f"{here}/api/",
                "response_url_hosts": self.hosts()},
            **others)

    def hosts(self):
        """Those on this machine that Muster may call."""
        return [f"127.0.0.1:{self.slack.port}"]

    def agree(self, browser, token):
        """What the person does at Slack; the address that Slack sends them back to."""
        status, location, _ = browser.get("/slack/oauth/install")
        self.assertEqual(status, 302)
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
        code = self.slack.ask("agree", {**asked, "token": token})["code"]
        back = urllib.parse.urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urllib.parse.urlencode({'code': code, 'state': asked['state']})}"

    def install(self, token=FIRST):
        browser = Browser(self.scene.port)
        return browser.get(self.agree(browser, token))

    def told(self, key, words):
        answers = self.slack.act(key, "command", command="/muster", text=words, channel="C0TEAM")["answers"]
        return [answer["status"] for answer in answers], answers[-1]["body"]

    def is_introduced(self, times=1):
        return lambda: self.bot.err.count('"slack.introduced"') >= times

    def restart(self):
        self.assertEqual(self.bot.stop()[0], 0)
        self.slack.ask("set", {"new_caller": True})
        self.bot = self.scene.serve()

    def apply(self):
        person = lambda key, name: {
            "key": key, "name": name, "timezone": HERE, "working_hours": ALL_DAY,
            "accounts": {"slack": {"connection": WORKSPACE, "user": user_of(key)}}}
        settings = {
            "people": [person(key, name) for key, name in TEAM.items()],
            "teams": [{
                "key": "payments", "name": "Payments", "timezone": HERE, "working_hours": ALL_DAY,
                "members": list(TEAM), "roles": {"delivery_manager": ["dev"]},
                "channels": {"slack": {"connection": WORKSPACE, "channel": "C0TEAM"}},
                "ceremonies": [{
                    "key": "standup", "kind": "stand-up", "recurrence": "FREQ=DAILY", "from": "2090-01-01", "time": "09:30",
                    "questions": [{"key": "today", "letter": "t", "text": "What will you do today?", "required": True}]}]}]}
        self.scene.write("team.jsonc", json.dumps(settings))
        applied = self.scene.with_config("apply", "team.jsonc")
        self.assertEqual(applied.code, 0, applied.out + applied.err)

    def prompts(self, key):
        return [message for message in posted_to(key, self.slack.state()) if "[Answer]" in message["plain"]]

    def test_from_the_browser_to_the_first_command_and_prompt(self):
        status, _, page = self.install()
        self.assertEqual(status, 200, page)
        self.assertIn("Muster is installed", page)
        self.bot.wait_for(self.is_introduced())
        statuses, body = self.told("dev", "help")
        self.assertEqual(statuses, [200])
        self.assertNotEqual(body, "")

        self.apply()
        self.assertEqual(self.told("dev", "start")[0], [200])
        wait_for(lambda: all(self.prompts(key) for key in TEAM))
        self.assertEqual([len(self.prompts(key)) for key in TEAM], [1, 1, 1])

    def test_after_a_restart_it_is_there_as_before(self):
        self.install()
        self.apply()
        self.restart()
        self.bot.wait_for(self.is_introduced())
        self.assertEqual(self.told("dev", "start")[0], [200])
        wait_for(lambda: self.prompts("amira"))

    def test_a_new_token_is_used_for_the_next_call(self):
        self.install()
        self.apply()
        self.bot.wait_for(self.is_introduced())
        self.assertEqual(self.install(SECOND)[0], 200)
        self.assertEqual(self.told("dev", "start")[0], [200])
        wait_for(lambda: all(self.prompts(key) for key in TEAM))

    def test_nobody_finds_a_token_in_what_is_kept_or_written(self):
        self.install()
        self.bot.wait_for(self.is_introduced())
        self.bot.stop()
        kept = [path for path in self.scene.folder.rglob("*") if path.is_file()]
        for path in kept:
            self.assertNotIn(FIRST.encode(), path.read_bytes(), path)

    def test_who_may_not_install_leaves_nothing(self):
        self.bot.stop()
        self.configure(["T0OTHER"])
        self.bot = self.scene.serve()
        status, _, page = self.install()
        self.assertEqual(status, 403)
        self.assertIn(WORKSPACE, page)
        self.assertNotIn(WORKSPACE.encode(), self.scene.database.read_bytes())

    def test_an_address_that_is_opened_again_or_elsewhere_does_nothing(self):
        browser = Browser(self.scene.port)
        address = self.agree(browser, FIRST)
        self.assertEqual(Browser(self.scene.port).get(address)[0], 400)
        mine = browser.cookie
        self.assertEqual(browser.get(address)[0], 200)
        browser.cookie = mine
        status, _, page = browser.get(address)
        self.assertEqual(status, 400)
        self.assertIn("Start again", page)

    def test_with_another_key_it_runs_and_refuses_to_keep_more(self):
        self.install()
        self.bot.stop()
        self.scene.run("tokens", "key", "--out", "new.key")
        self.configure([WORKSPACE], "new.key")
        self.bot = self.scene.serve()
        self.assertIn("slack.token_not_readable", self.bot.err)
        self.assertEqual(self.told("dev", "help")[0], [503], "Slack is to tell it again")
        self.assertEqual(self.install(SECOND)[0], 503)
        done = self.scene.with_config("tokens", "reencrypt", "--old-key", "token.key", "--new-key", "new.key")
        self.assertEqual(done.code, 0, done.out + done.err)
        self.assertEqual(self.install(SECOND)[0], 200)
        self.bot.wait_for(self.is_introduced())
        self.assertEqual(self.told("dev", "help")[0], [200])

    def test_the_style_of_the_pages_is_there(self):
        self.assertEqual(Browser(self.scene.port).get("/slack/oauth/style.css")[0], 200)


class InstallOverSocketMode(Install):
    """The same, where Slack calls nobody: one app-level token serves all workspaces of the app."""

    def open_slack(self):
        self.bridge = Bridge()
        self.addCleanup(self.bridge.end)
        return FakeSlack(FAKE_SLACK, self.bridge.port, socket=f"ws://127.0.0.1:{self.bridge.port}/link/")

    def way_in(self):
        return {"transport": "socket", "app_token": {"file": "app_token"}}

    def hosts(self):
        return [*super().hosts(), f"127.0.0.1:{self.bridge.port}"]

    def setUp(self):
        super().setUp()
        wait_for(lambda: self.bridge.lines)

    def tearDown(self):
        super().tearDown()
        self.assertEqual(self.bridge.complaints, [])

    def restart(self):
        super().restart()
        wait_for(lambda: self.bridge.lines)

    def test_a_workspace_of_the_configuration_shares_the_connection_of_its_app(self):
        self.bot.stop()
        self.scene.write("token", FIRST).chmod(0o600)
        self.slack.ask("set", {"token": FIRST, "new_caller": True})
        self.configure([WORKSPACE], slack=[{
            "name": "main", "bot_token": {"file": "token"}, **self.way_in(),
            "api_base_url": f"http://127.0.0.1:{self.slack.port}/api/", "response_url_hosts": self.hosts()}])
        opened = self.bridge.opened
        self.bot = self.scene.serve()
        self.bot.wait_for(self.is_introduced())
        self.assertEqual(self.told("dev", "help")[0], [200])
        self.assertEqual(self.bridge.opened, opened + 1)
        self.assertIn("Muster is in this workspace already", self.install(SECOND)[2])


if __name__ == "__main__":
    MUSTER, FAKE_SLACK = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
