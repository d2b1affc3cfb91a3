"""Slack's end of Socket Mode on a port: what the fake tells by webhook goes to Muster as envelopes, and back comes its answer.

Web sockets by RFC 6455 and by hand, so that nothing of Muster's own library is on both ends."""

import base64
import hashlib
import http.server
import json
import socket
import struct
import threading
import time
import urllib.parse

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PATIENCE = 3
TYPES = {"/slack/events": "events_api", "/slack/interactions": "interactive", "/slack/commands": "slash_commands"}


class Line:
    """One connection of Muster's."""

    def __init__(self, stream):
        self.stream = stream
        self.was_told = False  # that Slack is going to close it
        self.writing = threading.Lock()

    def say(self, frame):
        self.send(TEXT, json.dumps(frame).encode())

    def send(self, kind, words):
        size = len(words)
        if size < 126:
            head = bytes([0x80 | kind, size])
        elif size < 65536:
            head = bytes([0x80 | kind, 126]) + struct.pack(">H", size)
        else:
            head = bytes([0x80 | kind, 127]) + struct.pack(">Q", size)
        with self.writing:
            self.stream.wfile.write(head + words)
            self.stream.wfile.flush()

    def hear(self):
        """The next text; None at the end."""
        while True:
            start = self.read(2)
            if not start:
                return None
            kind, size = start[0] & 15, start[1] & 127
            if size == 126:
                size = struct.unpack(">H", self.read(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self.read(8))[0]
            assert start[1] & 128, "a client masks what it says"
            mask = self.read(4)
            words = bytes(byte ^ mask[at % 4] for at, byte in enumerate(self.read(size)))
            if kind == PING:
                self.send(PONG, words)
            elif kind == CLOSE:
                self.send(CLOSE, words)
                return None
            elif kind == TEXT:
                return words.decode()

    def read(self, size):
        return self.stream.rfile.read(size) if size else b""


class Bridge:
    def __init__(self):
        self.lines, self.asked, self.complaints, self.used, self.opened = [], {}, [], set(), 0
        self.changed = threading.Condition()
        bridge = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.headers["Sec-WebSocket-Key"]:
                    bridge.connect(self)
                else:
                    self.send_error(400)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, answer = bridge.pass_on(self.path, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()

    def connect(self, stream):
        ticket = urllib.parse.parse_qs(urllib.parse.urlsplit(stream.path).query).get("ticket", [""])[0]
        if not ticket or ticket in self.used:
            self.complaints.append("a ticket that is used: " + ticket)
        self.used.add(ticket)
        key = stream.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        stream.send_response(101)
        stream.send_header("Upgrade", "websocket")
        stream.send_header("Connection", "Upgrade")
        stream.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        stream.end_headers()
        stream.close_connection = True
        line = Line(stream)
        with self.changed:
            self.lines.append(line)
            self.opened += 1
            line.say({"type": "hello", "num_connections": len(self.lines), "connection_info": {"app_id": "A0MUSTER"}})
            self.changed.notify_all()
        try:
            for text in iter(line.hear, None):
                self.acknowledged(line, json.loads(text))
        except (OSError, IndexError, struct.error):
            pass
        with self.changed:
            self.lines.remove(line)
            if line.was_told and not self.lines:
                self.complaints.append("the first connection was closed before the second was greeted")
            self.changed.notify_all()

    def acknowledged(self, line, frame):
        with self.changed:
            asked = self.asked.get(frame.get("envelope_id"))
            if not asked:
                self.complaints.append(f"an unknown envelope is acknowledged: {frame}")
            elif "answer" in asked:
                self.complaints.append(f"an envelope is acknowledged twice: {frame}")
            elif asked["line"] is not line:
                self.complaints.append(f"an envelope is acknowledged on another connection: {frame}")
            else:
                asked["answer"] = frame.get("payload") or {}
                self.changed.notify_all()

    def pass_on(self, path, body):
        """The status and body that a webhook would have been answered with."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.lines, PATIENCE):
                return 503, b""
            line = self.lines[-1]
            envelope = f"envelope-{len(self.asked)}"
            asked = self.asked[envelope] = {"line": line}
        payload = payload_of(path, body)
        takes_payload = path == "/slack/commands" or payload.get("type") == "view_submission"
        try:
            line.say({
                "envelope_id": envelope, "type": TYPES[path], "payload": payload,
                "accepts_response_payload": takes_payload})
        except OSError:
            return 503, b""
        with self.changed:
            self.changed.wait_for(lambda: "answer" in asked, PATIENCE)
            if "answer" not in asked:
                return 503, b""
            if asked["answer"] and not takes_payload:
                self.complaints.append(f"{path} is answered with a payload that it does not take")
            return 200, json.dumps(asked["answer"]).encode() if asked["answer"] else b""

    def cut(self):
        """Nobody was told."""
        with self.changed:
            for line in self.lines:
                line.stream.connection.shutdown(socket.SHUT_RDWR)
            assert self.changed.wait_for(lambda: not self.lines, 10), "the connection stays"

    def renew(self):
        """Slack wants the connection renewed: the old one is closed once there is a new one."""
        with self.changed:
            old, opened = self.lines[-1], self.opened
            old.was_told = True
        old.say({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "applink"}})
        with self.changed:
            assert self.changed.wait_for(lambda: self.opened > opened, 10), "no second connection"
            assert self.changed.wait_for(lambda: old not in self.lines, 10), "the first connection stays"


def payload_of(path, body):
    if path == "/slack/events":
        return json.loads(body)
    fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
    return json.loads(fields["payload"]) if path == "/slack/interactions" else fields
