"""What Slack delivers: signed HTTP requests in the shape of tests/contract/slack/samples."""

import hashlib
import hmac
import itertools
import json
import random
import time
import urllib.parse

SECRET = "signing-secret-of-the-benchmark"
TEAM = "T0BENCH"
BOT = "U0MUSTER"
REPEATED = 10  # one in so many comes twice
PRESSED = 10  # one in so many is a press
REPEAT_AFTER = 300  # deliveries later: Slack tries again when others have come in between

PLANS = [
    "Finish the refund form and show it to finance",
    "Pair with Amira on the failing payment tests, then review what Dev pushed yesterday evening",
    "Write down what we learned from the outage & send it round",
    "Meet the bank at 11, afterwards the export of invoices (second half of it)",
]


class Deliveries:
    """Numbers go on from call to call, so that nothing is said twice but what is repeated."""

    def __init__(self, port, people, rounds):
        self.port = port
        self.people = people
        self.rounds = rounds  # of each person: what their button names
        self.number = itertools.count()
        self.began = time.time()
        self.chance = random.Random(1)
        self.last_words = {}
        self.keys = set()

    def some(self, count):
        """So many deliveries as one file for slack_load; a tenth of them comes again."""
        fresh = [self.delivery() for _ in range(count - count // (REPEATED + 1))]
        order = [(index, body, "") for index, body in enumerate(fresh)]
        again = [(index + REPEAT_AFTER, body, RETRY) for index, body in enumerate(fresh) if index % REPEATED == 0]
        stamp = str(int(time.time()))
        return b"".join(self.request(path, body, stamp, more) for _, (path, body), more in sorted(order + again, key=first))

    def delivery(self):
        number = next(self.number)
        person = self.people[number % len(self.people)]
        if number % PRESSED == PRESSED - 1:
            return "/slack/interactions", self.press(number, person)
        return "/slack/events", self.message(number, person)

    def ts(self, number):
        """Of Slack's kind, later with each number, and never ahead of the clock."""
        return f"{self.began - 3600 + number / 1000:.6f}"

    def message(self, number, person):
        ts = self.ts(number)
        words = f"t: {self.chance.choice(PLANS)}, part {number}"
        typed = words.replace("&", "&amp;")
        self.last_words[person] = words
        self.keys.add(f"Ev{number:09}")
        leaves = [{"type": "text", "text": words}]
        rich = {"type": "rich_text", "block_id": "ezJ", "elements": [{"type": "rich_text_section", "elements": leaves}]}
        event = {
            "user": person, "type": "message", "ts": ts, "client_msg_id": f"a8744611-0210-4f85-9f15-{number:012}",
            "text": typed, "team": TEAM, "blocks": [rich], "channel": direct(person), "event_ts": ts, "channel_type": "im"}
        return dumped({
            "token": "verification_token", "team_id": TEAM, "context_team_id": TEAM, "context_enterprise_id": None,
            "api_app_id": "A0BENCH", "event": event, "type": "event_callback", "event_id": f"Ev{number:09}",
            "event_time": int(float(ts)), "is_ext_shared_channel": False, "event_context": f"4-{number:x}" + "eyJldCI6Im1lc3NhZ2Ui" * 4,
            "authorizations": [{
                "enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}]})

    def press(self, number, person):
        at = self.ts(number)
        value = f"answer:{self.rounds[person]}:0:0"
        label = {"type": "plain_text", "text": "Answer", "emoji": False}
        button = {"type": "button", "action_id": "answer:0", "text": label, "value": value, "style": "primary"}
        shown = [
            {"type": "section", "block_id": "q1", "text": {"type": "plain_text", "text": "What will you do today?", "emoji": False}},
            {"type": "actions", "block_id": "q2", "elements": [button]}]
        message_ts = f"1700000000.{self.people.index(person):06}"
        self.keys.add(f"{person}:{at}")
        payload = {
            "type": "block_actions", "user": {"id": person, "username": person.lower(), "name": person.lower(), "team_id": TEAM},
            "api_app_id": "A0BENCH", "token": "verification_token",
            "container": {"type": "message", "message_ts": message_ts, "channel_id": direct(person), "is_ephemeral": False},
            "trigger_id": f"{number}.222.0123456789abcdef", "team": {"id": TEAM, "domain": "bench"}, "enterprise": None,
            "is_enterprise_install": False, "channel": {"id": direct(person), "name": "directmessage"},
            "message": {
                "user": BOT, "type": "message", "ts": message_ts, "bot_id": "B0MUSTER", "app_id": "A0BENCH", "team": TEAM,
                "text": "What will you do today?", "blocks": shown},
            "state": {"values": {}}, "response_url": f"https://hooks.slack.com/actions/{TEAM}/{number}/random-value",
            "actions": [{**button, "block_id": "q2", "action_ts": at}]}
        return urllib.parse.urlencode({"payload": dumped(payload)})

    def request(self, path, body, stamp, more=""):
        text = signed(self.port, path, body, stamp, more)
        return str(len(text)).encode() + b"\n" + text


RETRY = "X-Slack-Retry-Num: 1\r\nX-Slack-Retry-Reason: http_timeout\r\n"


def first(entry):
    return entry[0]


def direct(person):
    return "D" + person[1:]


def dumped(value):
    return json.dumps(value, separators=(",", ":"))


def signed(port, path, body, stamp=None, more=""):
    stamp = stamp or str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
        f"Accept-Encoding: gzip,deflate\r\nAccept: */*\r\nX-Slack-Signature: v0={signature}\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\n{more}Content-Length: {len(body.encode())}\r\nContent-Type: {kind}\r\n\r\n{body}"
    ).encode()
