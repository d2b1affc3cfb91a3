"""What Slack would send, and what somebody who is not Slack, or who is but means harm, would."""

import dataclasses
import itertools
import json
import urllib.parse

from wire import KINDS, SECRET, now, request, signature

TEAM, AMIRA, CHANNEL = "T0TEAM", "U0AMIRA", "C0TEAM"
numbers = itertools.count(int(now()) * 1000)
LEFT_OUT = object()


@dataclasses.dataclass
class Sent:
    """One request to a route of Slack's; what is not said is as Slack does it."""

    path: str
    body: bytes
    later: int = 0  # seconds by which its clock is ahead
    stamp: object = None
    signature: object = None  # or what to make of the right one
    secret: str = SECRET
    kind: str = ""
    more: tuple = ()

    def __call__(self, port):
        stamp = now(self.later) if self.stamp is None else self.stamp
        right = signature(self.body, stamp if isinstance(stamp, str) else now(), self.secret)
        proof = self.signature(right) if callable(self.signature) else self.signature or right
        fields = [f"Content-Type: {self.kind or KINDS[self.path]}", f"Content-Length: {len(self.body)}"]
        if stamp is not LEFT_OUT:
            fields.append(f"X-Slack-Request-Timestamp: {stamp}")
        if proof is not LEFT_OUT:
            fields.append(f"X-Slack-Signature: {proof}")
        return request(port, f"POST {self.path}", *fields, *self.more, body=self.body)


def event(body, **odd):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Sent("/slack/events", body, **odd)


def line(text, user=AMIRA, channel="D0AMIRA", number=None, **changes):
    """Somebody typed this in the direct message with the bot."""
    number = number or next(numbers)
    said = {"type": "message", "channel_type": "im", "channel": channel, "user": user, "text": text,
            "ts": f"{number // 1000}.{number % 1000:06}", "client_msg_id": f"gesture-{number}"}
    return envelope({**said, **changes}, number)


def envelope(what, number=None, **changes):
    number = number or next(numbers)
    return {"type": "event_callback", "token": "ignored", "team_id": TEAM, "event_id": f"Ev{number}",
            "event_time": number // 1000, "authorizations": [{"team_id": TEAM, "enterprise_id": None, "is_bot": True}],
            "event": what, **changes}


def form(fields, **odd):
    return Sent(odd.pop("path", "/slack/commands"), urllib.parse.urlencode(fields).encode(), **odd)


def command_fields(text, **changes):
    return {"token": "ignored", "team_id": TEAM, "user_id": AMIRA, "command": "/muster", "text": text,
            "channel_id": CHANNEL, "trigger_id": f"trigger.{next(numbers)}", **changes}


def command(text, **changes):
    return form(command_fields(text, **changes))


def interaction(payload, **odd):
    text = payload if isinstance(payload, (str, bytes)) else json.dumps(payload)
    return form({"payload": text}, path="/slack/interactions", **odd)


def press(value, user=AMIRA, channel=CHANNEL, **changes):
    number = next(numbers)
    stamp = f"{number // 1000}.{number % 1000:06}"
    return {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": user}, "trigger_id": f"trigger.{number}",
            "container": {"type": "message", "message_ts": "1.000001", "channel_id": channel},
            "actions": [{"type": "button", "action_id": "a:0", "block_id": "b", "value": value, "action_ts": stamp}],
            **changes}


def submission(metadata, values, user=AMIRA, **changes):
    view = {"id": f"V{next(numbers)}", "type": "modal", "private_metadata": metadata, "state": {"values": values},
            "blocks": [{"type": "input", "block_id": "today"}], **changes}
    return {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user}, "view": view}
