#!/usr/bin/env python3
"""What people type and what opens doors is found nowhere but where it belongs: python3 canary.py MUSTER [Class[.test]...]"""

import json
import os
import socket
import sys
import unittest

from operations import Story
import operations  # its MUSTER
from muster import get, post

TYPED = "canary-typed-"  # what people write: in the database only
SECRET = "canary-secret-"  # what opens doors: in its own file only


class CanaryStory(Story):
    def typed(self, where):
        return TYPED + where

    def expect_silence(self, canary, *allowed):
        """No output, no answer to monitoring and no file but those allowed holds the word."""
        found = [path for path in self.scene.folder.rglob("*")
                 if path.is_file() and canary.encode() in path.read_bytes()]
        found = [path.relative_to(self.scene.folder).as_posix() for path in found]
        self.assertEqual([path for path in found if not path.startswith(allowed)], [])
        return found

    def act(self, path, **body):
        return post(self.scene.port, f"/local/api/{path}", {"request": os.urandom(16).hex(), "as": "amira", **body})

    def send_raw(self, request):
        with socket.create_connection(("127.0.0.1", self.scene.port), timeout=10) as peer:
            peer.sendall(request.encode())
            while peer.recv(4096):
                pass


class Typed(CanaryStory):
    def test_what_people_type_is_in_the_database_alone(self):
        bot = self.demo()
        self.until_the_stand_up()
        self.assertEqual(self.say(self.typed("plan"))[0], 200)
        self.assertEqual(self.say("y: " + self.typed("yesterday"))[0], 200)
        self.assertEqual(self.say("b: " + self.typed("blocker"))[0], 200)
        self.assertEqual(self.say("why @" + self.typed("nobody"))[0], 200)
        self.assertEqual(self.say("away until " + self.typed("never"), person="kit")[0], 200)
        line = next(message for message in self.messages() if message.get("line") == self.typed("plan"))
        self.assertEqual(self.act("edit", message=line["id"], text=self.typed("edit"))[0], 200)
        self.act("command", place="amira", text=self.typed("command"))
        self.refuse_everything()
        self.move("tomorrow")

        self.expect_silence_of(bot)
        self.assertEqual(self.scene.run("backup", "copy.db", "--data", "var").code, 0)
        self.assertEqual(self.scene.run("verify", "--data", "var").code, 0)
        self.assertEqual(bot.stop()[0], 0)
        stored = self.expect_silence(TYPED, "var/muster.db", "copy.db")
        self.assertIn("var/muster.db", stored, "it was stored, so there was something to be silent about")

    def test_nothing_of_it_is_said_when_the_program_is_killed(self):
        bot = self.demo()
        self.until_the_stand_up()
        self.assertEqual(self.say(self.typed("plan"))[0], 200)
        bot.process.kill()
        bot.process.wait()
        self.demo()
        self.expect_silence_of(self.scene.bots[-1])
        self.expect_silence(TYPED, "var/muster.db")

    def messages(self):
        state = json.loads(get(self.scene.port, "/local/api/state?as=amira")[1])
        return [message for messages in state["messages"].values() for message in messages]

    def refuse_everything(self):
        """What is not understood is refused, and is not told in the refusal either."""
        host = f"Host: 127.0.0.1:{self.scene.port}\r\n"
        for request in (
            f"GET /local/{TYPED}path?{TYPED}query=1 HTTP/1.1\r\n{host}\r\n",
            f"GET /local HTTP/1.1\r\nHost: {TYPED}host\r\n\r\n",
            f"GET /local HTTP/1.1\r\n{host}X: {TYPED}{'x' * 9000}\r\n\r\n",
            f"{TYPED}method /local HTTP/1.1\r\n{host}\r\n",
            f"POST /local/api/say HTTP/1.1\r\n{host}Content-Length: 30\r\nContent-Type: {TYPED}type\r\n\r\n{TYPED}",
        ):
            self.send_raw(request)
        self.assertEqual(self.act("say", place=self.typed("place"), text=self.typed("text"))[0] // 100, 4)
        self.assertEqual(self.act("submit", context=self.typed("context"), values=[[TYPED, TYPED]])[0] // 100, 4)
        self.assertEqual(self.act("press", verb=self.typed("verb"))[0] // 100, 4)

    def expect_silence_of(self, bot):
        for words in (bot.out, bot.err, *(get(self.scene.admin_port, path)[1] for path in ("/metrics", "/readyz"))):
            self.assertNotIn("canary", words)


class Secrets(CanaryStory):
    """The configuration of somebody with tokens for everything."""

    def setUp(self):
        super().setUp()
        for name in ("token", "password"):
            file = self.scene.write(name, SECRET + name)
            file.chmod(0o600)
        self.environment = {name: SECRET + name for name in ("SIGNING", "WEBHOOK", "WORKFLOW", "APP")}
        self.environment["WORKFLOW"] = "https://workflows.example/" + SECRET + "workflow"
        self.connections = {
            "slack": [{"name": "main", "bot_token": {"file": "token"}, "app_token": {"env": "APP"},
                       "signing_secret": {"env": "SIGNING"}, "api_base_url": "http://127.0.0.1:9/api/"}],
            "msteams": [{"name": "org", "app_id": "11111111-1111-1111-1111-111111111111",
                         "tenant_id": "11111111-1111-1111-1111-111111111111", "app_password": {"file": "password"}}],
            "outgoing_webhooks": [{"name": "desk", "security_token": {"env": "WEBHOOK"}}],
            "workflows": [{"name": "board", "url": {"env": "WORKFLOW"}}],
        }
        self.scene.write_configuration(**self.connections)
        self.scene.write("settings.jsonc", '{ "people": [], "teams": [] }')

    def run_with_secrets(self, *words):
        told = self.scene.run(*words, environment=self.environment)
        self.assertNotIn("canary", told.out + told.err)
        return told

    def test_no_command_tells_them(self):
        at = ("--config", "muster.jsonc")
        self.assertEqual(self.run_with_secrets("check-config", "muster.jsonc").code, 0)
        self.assertEqual(self.run_with_secrets("apply", "settings.jsonc", *at).code, 0)
        self.run_with_secrets("doctor", *at)
        self.assertEqual(self.run_with_secrets("export", "settings", *at).code, 0)
        self.assertEqual(self.run_with_secrets("backup", "copy.db", *at).code, 0)
        self.assertEqual(self.run_with_secrets("verify", *at).code, 0)
        self.run_with_secrets("healthcheck", *at)
        self.assertEqual(sorted(self.expect_silence(SECRET, "token", "password")), ["password", "token"])

    def test_no_complaint_quotes_them(self):
        (self.scene.folder / "token").chmod(0o644)
        self.assertEqual(self.run_with_secrets("check-config", "muster.jsonc").code, 2)
        self.environment["WORKFLOW"] = SECRET + "is no address"
        self.assertEqual(self.run_with_secrets("check-config", "muster.jsonc").code, 2)
        self.scene.write_configuration(**self.connections, alarms={"heartbeat_url": "ftp://" + SECRET})
        self.assertEqual(self.run_with_secrets("check-config", "muster.jsonc").code, 2)


if __name__ == "__main__":
    operations.MUSTER = os.path.abspath(sys.argv.pop(1))
    unittest.main()
