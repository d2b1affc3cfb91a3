#!/usr/bin/env python3
"""slack_load tells the truth: python3 load_test.py SLACK_LOAD"""

import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROGRAM = ""
REQUEST = b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}"
WITH_LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
IN_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
REFUSAL = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"


class Server:
    """Answers one connection; waits before the answer that `pause` names."""

    def __init__(self, answers, pause=None):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, args=(answers, pause or {}))
        self.thread.start()

    def serve(self, answers, pause):
        line, _ = self.listener.accept()
        with line:
            for number, answer in enumerate(answers):
                asked = b""
                while len(asked) < len(REQUEST):
                    asked += line.recv(len(REQUEST) - len(asked))
                time.sleep(pause.get(number, 0))
                line.sendall(answer)

    def end(self):
        self.thread.join(10)
        self.listener.close()


class Load(unittest.TestCase):
    def sent(self, server, count, *options):
        with tempfile.NamedTemporaryFile() as file:
            pathlib.Path(file.name).write_bytes((b"%d\n" % len(REQUEST) + REQUEST) * count)
            words = [PROGRAM, "--port", str(server.port), "--connections", "1", *options, file.name]
            done = subprocess.run(words, capture_output=True, timeout=20)
        server.end()
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_every_answer_is_counted_by_its_status(self):
        figures = self.sent(Server([WITH_LENGTH, IN_CHUNKS, REFUSAL, WITH_LENGTH]), 4)
        self.assertEqual(figures["statuses"], {"200": 3, "503": 1})

    def test_a_rate_is_kept(self):
        figures = self.sent(Server([WITH_LENGTH] * 21), 21, "--rate", "100")
        self.assertGreaterEqual(figures["seconds"], 0.2)

    def test_who_had_to_wait_for_a_stall_is_as_late_as_slack_sees_it(self):
        # The first answer takes 0.3 s. The next 29 requests were due in that time.
        figures = self.sent(Server([WITH_LENGTH] * 40, {0: 0.3}), 40, "--rate", "100")
        self.assertGreaterEqual(figures["longest_ms"], 300)
        self.assertGreaterEqual(figures["p50_ms"], 50)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
