"""Peers that send whatever bytes they like, and what they are answered."""

import contextlib
import dataclasses
import hashlib
import hmac
import socket
import time

PATIENCE = 20  # seconds for anything that should take less than one
SECRET = "signing-secret-for-end-to-end-tests"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
KINDS = {"/slack/events": JSON, "/slack/interactions": FORM, "/slack/commands": FORM}


@dataclasses.dataclass
class Answer:
    status: int
    head: str
    body: str

    def field(self, name):
        lines = [line.partition(": ") for line in self.head.split("\r\n")]
        return next((value for key, _, value in lines if key.lower() == name.lower()), None)


class Peer:
    """A connection that may come from another address of this machine (127.0.0.2)."""

    def __init__(self, port, source=None, patience=PATIENCE):
        self.socket = socket.create_connection(("127.0.0.1", port), patience, source and (source, 0))
        self.unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """False when the other side has cut the connection."""
        try:
            self.socket.sendall(data)
            return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    def finish(self):
        """Nothing more will be sent."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def read(self):
        """More bytes; False when there will be none."""
        try:
            more = self.socket.recv(65536)
        except ConnectionResetError:
            return False
        self.unread += more
        return bool(more)

    def answer(self):
        """The next answer; None when the connection ends instead."""
        while b"\r\n\r\n" not in self.unread:
            if not self.read():
                return None
        head, _, rest = self.unread.partition(b"\r\n\r\n")
        head = head.decode()
        answer = Answer(int(head.split()[1]), head, "")
        length = int(answer.field("Content-Length") or 0)
        self.unread = rest
        while len(self.unread) < length and self.read():
            pass
        answer.body = self.unread[:length].decode()
        self.unread = self.unread[length:]
        return answer

    def answers(self):
        """All until the other side ends."""
        found = []
        while (answer := self.answer()) is not None:
            found.append(answer)
        return found


def converse(port, data, source=None):
    """Everything that is answered to these bytes until the other side ends the connection."""
    with Peer(port, source) as peer:
        peer.send(data)
        return peer.answers()


def statuses(answers):
    return tuple(answer.status for answer in answers)


def request(port, line, *fields, body=b""):
    head = "\r\n".join([f"{line} HTTP/1.1", f"Host: 127.0.0.1:{port}", *fields])
    return head.encode("latin-1") + b"\r\n\r\n" + body


def probe(port):
    """A good request that ends its connection: whoever stands behind a refusal must not be heard."""
    body = b"ssl_check=1"
    return request(port, "POST /slack/commands", f"Content-Type: {FORM}", f"Content-Length: {len(body)}",
                   "Connection: close", body=body)


def signature(body, stamp, secret=SECRET):
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode("latin-1") + b":" + body, hashlib.sha256)
    return "v0=" + digest.hexdigest()


def now(later=0):
    return str(int(time.time()) + later)
