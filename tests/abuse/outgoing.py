"""Whom the bot calls: only those whom its operator named, whatever a request says, and each with its own token."""

import contextlib
import http.server
import json
import threading
import unittest

import stage
from muster import Scene
from slack_requests import interaction, press
from stage import Stage
from wire import converse, probe, statuses

NO_ROUND = 4611686018427387904


class Listener(http.server.ThreadingHTTPServer):
    """Notes who comes, even those who say nothing."""

    def __init__(self, body=b"ok", kind="text/plain"):
        self.status, self.body, self.fields = 200, body, {"Content-Type": kind}
        self.connections, self.requests = 0, []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                said = self.rfile.read(int(self.headers["Content-Length"] or 0))
                status, body, fields = self.server.status, self.server.body, self.server.fields
                # Before the answer: who has heard it may look here at once.
                self.server.requests.append((self.path, dict(self.headers), said))
                self.send_response(status)
                for name, value in {**fields, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):  # who does not want all of it
                    self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def verify_request(self, *_):
        self.connections += 1
        return True

    def end(self):
        self.shutdown()
        self.server_close()


def addresses_that_look_like(host, evil):
    """Ways to write an address that one reader takes for ours and another for theirs."""
    return [
        f"http://127.0.0.1:{evil}/actions/T/1/x", f"https://127.0.0.1:{evil}/actions/T/1/x",
        f"http://localhost:{evil}/actions/T/1/x", f"http://2130706433:{evil}/actions/T/1/x",
        f"http://0x7f000001:{evil}/actions/T/1/x", f"http://0177.0.0.1:{evil}/actions/T/1/x", f"http://127.1:{evil}/actions/T/1/x",
        f"http://[::1]:{evil}/actions/T/1/x", f"http://[::ffff:127.0.0.1]:{evil}/actions/T/1/x", f"http://0.0.0.0:{evil}/actions/T/1/x",
        f"http://{host}@127.0.0.1:{evil}/actions/T/1/x", f"http://{host}:x@127.0.0.1:{evil}/actions/T/1/x",
        f"http://{host}%40127.0.0.1:{evil}/actions/T/1/x", f"http://{host}\\@127.0.0.1:{evil}/actions/T/1/x",
        f"http://{host}#@127.0.0.1:{evil}/actions/T/1/x", f"http://{host}?@127.0.0.1:{evil}/actions/T/1/x",
        f"http://{host}.evil.example:{evil}/actions/T/1/x", f"http://{host}:{evil}/actions/T/1/x",
        f"http://{host}/redirect?to=http://127.0.0.1:{evil}/", f"http://{host}/actions/../admin", f"http://{host}/actions/%2e%2e/admin",
        f"http://{host}/api/chat.postMessage", f"http://{host}/actions/", f"http://{host}/actions/T/1/x?a=b",
        f"http://{host}/actions//x\r\nX: y", f" http://{host}/actions/T/1/x", f"HTTP://{host}/actions/T/1/x", f"//{host}/actions/T/1/x",
        f"ftp://127.0.0.1:{evil}/actions/x", f"gopher://127.0.0.1:{evil}/actions/x", "file:///etc/passwd", "javascript:alert(1)",
        "http://169.254.169.254/actions/latest/meta-data", "https://hooks.slack.com/actions/T/1/x",
        "https://hooks.slack.com.evil.example/actions/x", f"http://{host}/actions/" + "x" * 4000, "http:///actions/x", "",
    ]


class Outgoing(unittest.TestCase):
    def stage(self, **changes):
        stage = Stage(**changes)
        self.addCleanup(stage.end)
        return stage

    def listener(self):
        listener = Listener()
        self.addCleanup(listener.end)
        return listener

    def press_with(self, stage, url, **changes):
        """A press in a channel, whose answer goes to the url that came with it."""
        sent = interaction(press(f"answer:{NO_ROUND}:0:0", response_url=url, **changes))
        self.assertEqual(stage.tell(sent)[0].status, 200)

    def lost(self, stage):
        return stage.bot.err.count('"slack.reply_lost"')

    def test_an_answer_goes_where_slack_is_and_nowhere_else(self):
        friend, enemy = self.listener(), self.listener()
        host = f"127.0.0.1:{friend.port}"
        stage = self.stage(response_url_hosts=[host])
        self.press_with(stage, f"http://{host}/actions/T/1/x")
        stage.bot.wait_for(lambda: friend.requests)
        self.assertNotIn("Authorization", friend.requests[0][1])

        for url in addresses_that_look_like(host, enemy.port):
            with self.subTest(url[:80]):
                lost = self.lost(stage)
                self.press_with(stage, url)
                if url:
                    stage.bot.wait_for(lambda: self.lost(stage) > lost)
        self.assertEqual((len(friend.requests), enemy.connections), (1, 0))
        self.assertIn('"not_allowed"', stage.bot.err)
        self.assertNotIn("/actions/", stage.bot.err, "whoever has such an address may post with it")

    def test_no_redirect_is_followed(self):
        friend, enemy = self.listener(), self.listener()
        stage = self.stage(response_url_hosts=[f"127.0.0.1:{friend.port}"])
        friend.fields["Location"] = f"http://127.0.0.1:{enemy.port}/actions/T/1/x"
        for friend.status in (301, 302, 303, 307, 308):
            self.press_with(stage, f"http://127.0.0.1:{friend.port}/actions/T/1/{friend.status}")
            stage.bot.wait_for(lambda: f'"http_{friend.status}"' in stage.bot.err)
        self.assertEqual((len(friend.requests), enemy.connections), (5, 0))

    def test_an_address_is_used_five_times(self):
        friend = self.listener()
        stage = self.stage(response_url_hosts=[f"127.0.0.1:{friend.port}"])
        for _ in range(7):
            self.press_with(stage, f"http://127.0.0.1:{friend.port}/actions/T/1/x")
        stage.bot.wait_for(lambda: stage.bot.err.count('"used_up"') == 2 and len(friend.requests) == 5)

    def test_an_answer_is_read_no_further_than_its_limit(self):
        friend = self.listener()
        stage = self.stage(response_url_hosts=[f"127.0.0.1:{friend.port}"])
        memory = stage.memory()
        for number, friend.body in enumerate((b"x" * 9_000_000, b"[" * 1_000_000, b'{"ok":false,"ok":true}')):
            self.press_with(stage, f"http://127.0.0.1:{friend.port}/actions/T/1/{number}")
            stage.bot.wait_for(lambda: len(friend.requests) == number + 1)
        stage.bot.wait_for(lambda: '"the answer is too long"' in stage.bot.err)
        self.assertTrue(stage.is_alive())
        self.assertLess(stage.memory() - memory, 40_000_000)


class TwoWorkspaces(unittest.TestCase):
    """Each has its token and its secret; neither ever serves for the other."""

    def setUp(self):
        self.scene = Scene(stage.MUSTER)
        self.addCleanup(self.scene.end)
        self.slacks, connections = {}, []
        for name in ("one", "two"):
            told = {"ok": True, "team_id": f"T0{name.upper()}", "user_id": "U0MUSTER", "bot_id": "B0MUSTER", "user": "muster",
                    "ts": "1.000001", "channel": "C0X"}
            slack = self.slacks[name] = Listener(body=json.dumps(told).encode(), kind="application/json")
            self.addCleanup(slack.end)
            for file in ("token", "secret"):
                self.scene.write(f"{file}-{name}", f"{file}-of-{name}").chmod(0o600)
            connections.append({
                "name": name, "bot_token": {"file": f"token-{name}"}, "signing_secret": {"file": f"secret-{name}"},
                "api_base_url": f"http://127.0.0.1:{slack.port}/api/", "response_url_hosts": [f"127.0.0.1:{slack.port}"]})
        self.scene.write_configuration(clock={"adjustable": False}, slack=connections)
        self.bot = self.scene.serve()
        self.bot.wait_for(lambda: all(slack.requests for slack in self.slacks.values()))

    def press(self, team, signer, **changes):
        sent = interaction(press(f"answer:{NO_ROUND}:0:0", channel="C0X", team={"id": f"T0{team.upper()}"}, **changes),
                           secret=f"secret-of-{signer}")
        return statuses(converse(self.scene.port, sent(self.scene.port) + probe(self.scene.port)))

    def calls(self, name):
        return [(path, fields.get("Authorization")) for path, fields, _ in self.slacks[name].requests]

    def test_a_token_goes_to_its_own_workspace_alone(self):
        for name in ("one", "two"):
            self.assertEqual(self.press(name, name), (200, 200))
            self.bot.wait_for(lambda: "/api/chat.postEphemeral" in dict(self.calls(name)))
            self.press(name, name, response_url=f"http://127.0.0.1:{self.slacks[name].port}/actions/T/1/x")
            self.bot.wait_for(lambda: "/actions/T/1/x" in dict(self.calls(name)))
        for name in ("one", "two"):
            for path, authorization in self.calls(name):
                self.assertEqual(authorization, None if path.startswith("/actions/") else f"Bearer token-of-{name}", path)

    def test_a_secret_signs_for_its_own_workspace_alone(self):
        before = {name: len(self.calls(name)) for name in self.slacks}
        self.assertEqual(self.press("one", "two"), (200, 200))
        self.assertEqual(self.press("two", "one"), (200, 200))
        self.assertEqual(self.press("one", "neither"), (401, 200))
        self.press("one", "one")
        self.bot.wait_for(lambda: len(self.calls("one")) > before["one"])
        self.assertEqual(len(self.calls("one")), before["one"] + 1)
        self.assertEqual(len(self.calls("two")), before["two"])

    def test_an_answer_of_one_may_not_go_to_the_other(self):
        two = self.slacks["two"]
        self.press("one", "one", response_url=f"http://127.0.0.1:{two.port}/actions/T/1/x")
        self.bot.wait_for(lambda: '"not_allowed"' in self.bot.err)
        self.assertNotIn("/actions/T/1/x", dict(self.calls("two")))
