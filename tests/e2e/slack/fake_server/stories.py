#!/usr/bin/env python3
"""The fake server itself: what an app meets that talks to it. The app here is a few lines of Python.

stories.py FAKE_SLACK [STORY]"""

import hashlib
import hmac
import http.server
import json
import queue
import socket
import subprocess
import sys
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

FAKE_SLACK = ""
SECRET = "a secret for stories"
TOKEN = "xoxb-for-stories"
PATIENCE = 20


class App(http.server.BaseHTTPRequestHandler):
    """Keeps what it is told and answers what the story wants."""

    told = queue.Queue()
    answers = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        App.told.put((self.path, dict(self.headers), body))
        status, answer = (200, "") if App.answers.empty() else App.answers.get()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())
        except ConnectionError:
            pass  # the story has ended meanwhile

    def log_message(self, *words):
        pass


class FakeServerStory(unittest.TestCase):
    def setUp(self):
        App.told, App.answers = queue.Queue(), queue.Queue()
        self.app = http.server.ThreadingHTTPServer(("127.0.0.1", 0), App)
        threading.Thread(target=self.app.serve_forever, daemon=True).start()
        self.port = free_port()
        app = f"http://127.0.0.1:{self.app.server_port}"
        self.server = subprocess.Popen(
            [FAKE_SLACK, "--port", str(self.port), "--app", app, "--token", TOKEN, "--signing-secret", SECRET],
            stdout=subprocess.PIPE, text=True)
        self.assertIn("listens", self.server.stdout.readline())
        for name in ("alice", "bob"):
            self.control("users", {"id": f"U0{name.upper()}", "name": name, "real_name": name.title()})

    def tearDown(self):
        self.server.terminate()
        code = self.server.wait(PATIENCE)
        self.server.stdout.close()
        self.app.shutdown()
        self.app.server_close()
        self.assertEqual(code, 0)

    def test_a_line_is_told_signed_and_comes_again(self):
        acted = self.control("act", {"as": "U0ALICE", "do": "say", "text": "Test refunds"})
        self.assertEqual([(answer["status"], answer["body"]) for answer in acted["answers"]], [(200, "")])
        path, headers, body = App.told.get(timeout=PATIENCE)
        self.assertEqual(path, "/slack/events")
        signed = f"v0:{headers['X-Slack-Request-Timestamp']}:{body}".encode()
        expected = "v0=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        self.assertEqual(headers["X-Slack-Signature"], expected)
        self.assertLess(abs(time.time() - int(headers["X-Slack-Request-Timestamp"])), 60)
        self.assertEqual(json.loads(body)["event"]["ts"], acted["ts"])

        self.control("again", {})
        _, headers, again = App.told.get(timeout=PATIENCE)
        self.assertEqual(again, body)
        self.assertEqual(headers["X-Slack-Retry-Num"], "1")

    def test_an_event_that_was_not_taken_comes_again_by_itself(self):
        App.answers.put((503, ""))
        self.control("act", {"as": "U0ALICE", "do": "say", "text": "Test refunds"})
        first, second = (App.told.get(timeout=PATIENCE) for _ in range(2))
        self.assertEqual(first[2], second[2])
        self.assertEqual(second[1]["X-Slack-Retry-Reason"], "http_error")

    def test_an_event_that_would_come_again_in_a_minute_comes_now_when_it_is_hurried(self):
        for _ in range(2):
            App.answers.put((503, ""))
        self.control("act", {"as": "U0ALICE", "do": "say", "text": "Test refunds"})
        first, second = (App.told.get(timeout=PATIENCE) for _ in range(2))
        while self.state()["coming_again"] == 0:
            time.sleep(0.01)  # the second answer is still on its way
        self.control("hurry", {})
        third = App.told.get(timeout=PATIENCE)
        self.assertEqual([third[2], third[1]["X-Slack-Retry-Num"]], [first[2], "2"])

    def test_a_post_is_seen_and_told_and_its_button_opens_a_form(self):
        button = {"type": "button", "text": {"type": "plain_text", "text": "Answer"}, "value": "1"}
        posted = self.api("chat.postMessage", channel="U0ALICE", text="Good morning", unfurl_links=False,
                          unfurl_media=False, blocks=[{"type": "actions", "elements": [button]}])
        _, _, echo = App.told.get(timeout=PATIENCE)
        self.assertEqual(json.loads(echo)["event"]["bot_id"], "B0MUSTER")
        message = self.state()["messages"]["D0ALICE"][0]
        self.assertEqual((message["ts"], message["plain"]), (posted["ts"], "[Answer]"))

        self.control("act", {"as": "U0ALICE", "do": "press", "ts": posted["ts"], "button": "Answer"})
        path, _, body = App.told.get(timeout=PATIENCE)
        self.assertEqual(path, "/slack/interactions")
        pressed = json.loads(urllib.parse.parse_qs(body)["payload"][0])
        self.api("views.open", trigger_id=pressed["trigger_id"], view=a_view())
        self.control("act", {"as": "U0ALICE", "do": "enter", "field": "today", "value": "Refunds"})
        App.answers.put((200, json.dumps({"response_action": "errors", "errors": {"today": "Say more."}})))
        self.control("act", {"as": "U0ALICE", "do": "submit"})
        field = self.state()["forms"]["U0ALICE"]["fields"][0]
        self.assertEqual((field["entered"], field["error"]), ("Refunds", "Say more."))
        self.control("act", {"as": "U0ALICE", "do": "submit"})
        self.assertEqual(self.state()["forms"], {})

        post(pressed["response_url"], {"text": "Saved"})
        self.assertEqual([seen["plain"] for seen in self.state()["ephemerals"]], ["Saved"])
        self.assertEqual(self.control("complaints")["violations"], [])

    def test_trouble_strikes_when_it_is_told_to(self):
        self.control("trouble", {"kind": "rate_limited", "milliseconds": 2000, "method": "auth.test"})
        with self.assertRaises(urllib.error.HTTPError) as limited:
            self.api("auth.test")
        self.assertEqual((limited.exception.code, limited.exception.headers["Retry-After"]), (429, "2"))
        limited.exception.close()
        self.assertEqual(self.control("complaints")["violations"], [])
        time.sleep(0.5)  # what is called sooner may have left before the answer came
        with self.assertRaises(urllib.error.HTTPError) as limited:
            self.api("auth.test")
        limited.exception.close()
        self.assertIn("Retry-After", self.control("complaints")["violations"][0])
        time.sleep(2)
        self.assertTrue(self.api("auth.test")["ok"])
        self.assertEqual(self.api("auth.test", token="xoxb-of-another")["error"], "invalid_auth")

    def test_what_cannot_be_done_is_said(self):
        with self.assertRaises(urllib.error.HTTPError) as impossible:
            self.control("act", {"as": "U0ALICE", "do": "fly"})
        self.assertEqual(json.load(impossible.exception), {"error": "nobody can fly"})
        impossible.exception.close()

    def control(self, what, body=None):
        return post(f"http://127.0.0.1:{self.port}/_control/{what}", body)

    def state(self):
        return self.control("state")

    def api(self, method, token=TOKEN, **arguments):
        return post(f"http://127.0.0.1:{self.port}/api/{method}", arguments, {"Authorization": f"Bearer {token}"})


def a_view():
    return {"type": "modal", "title": plain("Stand-up"), "submit": plain("Send"), "blocks": [
        {"type": "input", "block_id": "today", "label": plain("What will you do today?"),
         "element": {"type": "plain_text_input", "action_id": "v"}}]}


def plain(words):
    return {"type": "plain_text", "text": words}


def post(url, body, headers=None):
    """POST, or GET without a body. The answer, read when it is JSON."""
    headers = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers if data is not None else {})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        text = answer.read().decode()
        return json.loads(text) if "json" in answer.headers["Content-Type"] else text


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    FAKE_SLACK = sys.argv.pop(1)
    unittest.main()
