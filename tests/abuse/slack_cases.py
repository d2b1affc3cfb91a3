"""Requests to the routes of Slack: unsigned, oddly signed, and signed by Slack but meant badly.

A case is (name, request, status, reason, happens). The reason is what operators see counted, or None. Whatever happens is a row
of the event log; a request that was let in but does not count there has happens = None.
"""

import gzip
import json
import urllib.parse

from slack_requests import (AMIRA, CHANNEL, LEFT_OUT, Sent, command, command_fields, envelope, event, form, interaction, line,
                            press, submission)
from wire import now, signature

OTHER_TEAM = [{"team_id": "T0OTHER", "enterprise_id": None}]
NO_ROUND = 4611686018427387904  # an id that nothing has


def cases():
    return [*unsigned(), *stamps(), *let_in(), *addressed_to_others(), *challenges(), *checks_of_certificates(), *broken_json(),
            *odd_json(), *broken_forms(), *strangers(), *forged()]


def a_line():
    return line("never to be stored")


def unsigned():
    good = event(a_line()).body

    def refused(name, why, **odd):
        return name, Sent("/slack/events", good, **odd), 401, f"signature_{why}", False

    def altered(name, alter):
        return refused(f"signature {name}", "wrong", signature=alter)

    def with_two(field, value):
        return Sent("/slack/events", good, more=(f"{field}: {value}",))

    return [
        refused("no signature", "missing", signature=LEFT_OUT),
        refused("no stamp", "missing", stamp=LEFT_OUT),
        refused("neither", "missing", signature=LEFT_OUT, stamp=LEFT_OUT),
        refused("an empty signature", "missing", signature=lambda right: " "),
        refused("an empty stamp", "missing", stamp=""),
        ("two signatures", with_two("X-Slack-Signature", "v0=" + "0" * 64), 400, "doubled_signature", False),
        ("two equal stamps", with_two("x-slack-request-timestamp", now()), 400, "doubled_signature", False),
        altered("of version 1", lambda right: "v1" + right[2:]),
        altered("of Version 0", lambda right: "V0" + right[2:]),
        altered("without version", lambda right: right[3:]),
        altered("in capitals", lambda right: "v0=" + right[3:].upper()),
        altered("with one capital", lambda right: right[:-1] + ("A" if right[-1] != "a" else "B")),
        altered("without its last letter", lambda right: right[:-1]),
        altered("with a letter more", lambda right: right + "0"),
        altered("of nothing", lambda right: "v0="),
        altered("of zeros", lambda right: "v0=" + "0" * 64),
        altered("with a space inside", lambda right: right[:10] + " " + right[10:]),
        altered("twice in one field", lambda right: f"{right}, {right}"),
        altered("in quotes", lambda right: f'"{right}"'),
        altered("of 7 KB", lambda right: right * 100),
        *[altered(f"with bit {bit} turned", lambda right, bit=bit: right[:-1] + chr(ord(right[-1]) ^ (1 << bit)))
          for bit in range(5)],
        refused("another secret", "wrong", secret="another"),
        refused("an empty secret", "wrong", secret=""),
        ("a token in the body alone", event(envelope({}, token="xoxb-for-end-to-end-tests"), signature=LEFT_OUT), 401,
         "signature_missing", False),
        *[(f"a body with {name}", Sent("/slack/events", body, signature=signature(good, stamp), stamp=stamp), 401,
           "signature_wrong", False)
          for stamp in [now()] for name, body in (
              ("a space behind", good + b" "), ("a bit turned", good[:-1] + b"|"), ("its letters escaped", good.replace(b"e", b"\\u0065")),
              ("nothing in it", b""), ("another beginning", b" " + good))],
        ("a form that was decoded before it was signed",
         Sent("/slack/commands", b"text=a%20b", signature=lambda right, stamp=now(): signature(b"text=a b", stamp)), 401,
         "signature_wrong", False),
        *[(f"a signature of another route: {path}", Sent(path, good, signature=LEFT_OUT), 401, "signature_missing", False)
          for path in ("/slack/interactions", "/slack/commands")],
    ]


def stamps():
    good = event(a_line()).body

    def of(name, stamp, why="wrong"):
        return f"stamp {name}", Sent("/slack/events", good, stamp=stamp), 401, f"signature_{why}", False

    seconds = now()
    return [
        *[(f"{later} s", event(a_line(), later=later), 401, "signature_stale", False)
          for later in (-310, 310, -86_400, 86_400, -10 ** 9)],
        of("of 1970", "0"), of("with plus", "+" + seconds), of("with minus", "-" + seconds), of("with a zero", "0" + seconds),
        of("in hex", hex(int(seconds))), of("decimal", seconds + ".0"), of("in milliseconds", seconds + "000"),
        of("with an exponent", "1e9"), of("of 64 bits", "9223372036854775808"), of("of 100 digits", "9" * 100),
        of("with a space inside", seconds[:5] + " " + seconds[5:]), of("with letters", seconds + "s"),
        of("with commas", "1,795,000,000"), of("in other digits", "\xb2" * 10), of("of words", "now"),
    ]


def let_in():
    return [
        ("295 s old", event(line("Old but good"), later=-295), 200, None, True),
        ("295 s ahead", event(line("New but good"), later=295), 200, None, True),
        ("a charset behind the type", event(line("In UTF-8"), kind="application/json; charset=utf-8"), 200, None, True),
        ("a legacy token of another", event({**line("Whatever the token"), "token": "of another"}), 200, None, True),
        ("what Slack adds", event({**line("With more around it"), "new_field": {"deep": [1, 2.5, None]}}), 200, None, True),
        ("a repetition's headers", event(line("Again"), more=("X-Slack-Retry-Num: 1", "X-Slack-Retry-Reason: http_timeout")),
         200, None, True),
        ("a line of 64 Ki emoji", event(line("\U0001F680" * 60_000)), 200, None, None),
        ("a tower of 64 KiB of accents", event(line("e" + "\u0301" * 32_768)), 200, None, None),
        ("a line that mentions everybody", event(line("&lt;!channel&gt; <!here> <!everyone> &lt;@U0BO&gt; <@U0BO> @channel "
                                                      "<https://evil.example|bank> <!subteam^S1> <#C0TEAM> *b* `c` :+1:")), 200, None, True),
        ("a command that mentions everybody", command("<!channel> &lt;!here&gt;"), 200, None, None),
        ("a command of 60 KB", command("why " + "x" * 60_000), 200, None, None),
        ("a command that turns its direction", command("why \u202e\u2066abc"), 200, None, None),
    ]


def addressed_to_others():
    def elsewhere(name, sent):
        return f"for another workspace: {name}", sent, 200, "other_workspace", False

    return [
        elsewhere("authorized there", event({**a_line(), "authorizations": OTHER_TEAM})),
        elsewhere("authorized there, though ours is outside", event({**a_line(), "authorizations": OTHER_TEAM, "team_id": "T0TEAM"})),
        elsewhere("outside alone", event({**a_line(), "authorizations": [], "team_id": "T0OTHER"})),
        elsewhere("nobody's", event({**a_line(), "authorizations": [], "team_id": ""})),
        elsewhere("of an enterprise of the same name", event({**a_line(), "authorizations": [], "team_id": "", "enterprise_id": "T0TEAM"})),
        elsewhere("in small letters", event({**a_line(), "authorizations": [], "team_id": "t0team"})),
        elsewhere("a command", command("skip", team_id="T0OTHER")),
        elsewhere("a press", interaction(press(f"skip:{NO_ROUND}:0:0", team={"id": "T0OTHER"}))),
        elsewhere("a command of nobody's", command("skip", team_id="")),
    ]


def challenges():
    def asked(challenge):
        return event({"type": "url_verification", "token": "t", "challenge": challenge})

    unsigned_one = asked("a")
    unsigned_one.signature = LEFT_OUT
    return [
        ("a challenge that nobody signed", unsigned_one, 401, "signature_missing", False),
        ("a challenge", asked("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"), 200, None, False),
        ("a challenge of HTML", asked("<script>alert(1)</script>"), 200, None, False),
        ("a challenge that breaks a line", asked("a\r\nSet-Cookie: b"), 200, None, False),
        ("a challenge of 1 KiB", asked("c" * 1024), 200, None, False),
        ("a longer challenge", asked("c" * 1025), 400, "malformed", False),
        ("an empty challenge", asked(""), 400, "malformed", False),
        ("a challenge that is no text", asked({"a": 1}), 400, "malformed", False),
    ]


def checks_of_certificates():
    def unsigned_form(body, path="/slack/commands"):
        return Sent(path, body, signature=LEFT_OUT, stamp=LEFT_OUT)

    return [
        ("a check of certificates", unsigned_form(b"ssl_check=1&token=t"), 200, None, False),
        ("a command behind a check", unsigned_form(b"ssl_check=1&command=%2Fmuster&text=skip&user_id=U0AMIRA&team_id=T0TEAM"),
         200, None, False),
        ("a check among words", unsigned_form(b"text=ssl_check=1"), 401, "signature_missing", False),
        ("a check of another number", unsigned_form(b"ssl_check=11"), 401, "signature_missing", False),
        ("a check for events", Sent("/slack/events", b"ssl_check=1", signature=LEFT_OUT), 401, "signature_missing", False),
        ("a check for interactions", unsigned_form(b"ssl_check=1", "/slack/interactions"), 401, "signature_missing", False),
        ("a signed check with a command", form(command_fields("skip", ssl_check="1")), 200, "ssl_check", False),
    ]


def broken_json():
    good = json.dumps(a_line())

    def refused(name, body, status=400):
        body = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        return f"JSON: {name}", event(body), status, "malformed", False

    def deep(levels):
        return '{"type":"event_callback","event":' + "[" * levels + "]" * levels + "}"

    many = ",".join(["0"] * 50_000)
    return [
        *[refused(name, body) for name, body in (
            ("nothing", ""), ("a brace", "{"), ("a list", "[]"), ("null", "null"), ("a text", '"a"'), ("a number", "1"),
            ("two texts", good + good), ("more behind", good + "x"), ("a comma too much", good[:-1] + ",}"),
            ("comments", "/* a */" + good), ("single quotes", good.replace('"', "'")), ("a bare word", '{"type":event_callback}'),
            ("NaN", '{"a":NaN}'), ("Infinity", '{"a":-Infinity}'), ("a number too large", '{"a":1e999}'),
            ("a leading zero", '{"a":01}'), ("hex", '{"a":0x1}'), ("a leading plus", '{"a":+1}'), ("a bare dot", '{"a":1.}'),
            ("65 levels", deep(64)), ("100,000 levels", deep(100_000)), ("100,000 levels that never end", "[" * 100_000),
            ("a key twice", '{"type":"event_callback","type":"url_verification","challenge":"a"}'),
            ("a key twice, once escaped", '{"type":"event_callback","\\u0074ype":"url_verification","challenge":"a"}'),
            ("a key twice, deep", '{"type":"event_callback","event":{"a":{"b":1,"b":2}}}'),
            ("a lone surrogate", '{"type":"\\ud800"}'), ("surrogates in the wrong order", '{"type":"\\udc00\\ud800"}'),
            ("a surrogate as bytes", '{"type":"\ud800"}'), ("NUL escaped", '{"type":"a\\u0000"}'), ("NUL", '{"type":"a\0"}'),
            ("a byte order mark", "\ufeff" + good), ("a line break in a text", '{"type":"a\nb"}'), ("a bad escape", '{"type":"\\x41"}'),
            ("a form", "payload=%7B%7D"), ("XML", "<?xml version='1.0'?><a/>"))],
        *[refused(name, body) for name, body in (
            ("a high byte", b'{"type":"\xff"}'), ("a letter cut short", b'{"type":"\xe2\x82"}'), ("a letter too long", b'{"type":"\xc0\xaf"}'),
            ("beyond Unicode", b'{"type":"\xf5\x80\x80\x80"}'), ("UTF-16", good.encode("utf-16")), ("packed", gzip.compress(good.encode())),
            ("1 MiB of spaces", b" " * 1_048_576))],
        refused("50,001 values", f'{{"event":[{many}]}}', 413),
        refused("200,000 empty objects", "[" + ",".join(["{}"] * 200_000) + "]", 413),
        refused("a text of 257 KiB", json.dumps(line("x" * 263_168)), 413),
        refused("a key of 257 KiB", json.dumps({"x" * 263_168: 1}), 413),
    ]


def odd_json():
    def told(name, body, why):
        return f"odd: {name}", event(body), 200, why, False

    return [
        told("an unknown event", envelope({"type": "reaction_added"}), "unknown_event"),
        told("an unknown envelope", {"type": "unheard_of"}, "unknown_event"),
        told("no type", {}, "unknown_event"),
        told("a type that is a list", {"type": ["event_callback"]}, "unknown_event"),
        told("no event", envelope(None), "unknown_event"),
        told("an event that is text", envelope("message"), "unknown_event"),
        told("a key of objects' ancestors", {**a_line(), "type": "__proto__", "__proto__": {}}, "unknown_event"),
        told("a line of nobody", envelope({**a_line()["event"], "user": ""}), "unreadable"),
        told("a line without words", envelope({**a_line()["event"], "text": None}), None),
        told("words that are a list", envelope({**a_line()["event"], "text": ["a"]}), "unreadable"),
        told("a time that is none", envelope({**a_line()["event"], "ts": "yesterday"}), "unreadable"),
        told("a time beyond time", envelope({**a_line()["event"], "ts": "9" * 40 + ".0"}), "unreadable"),
        told("a line of a bot", envelope({**a_line()["event"], "bot_id": "B0EVIL"}), "from_a_bot"),
        told("a line elsewhere", envelope({**a_line()["event"], "channel": CHANNEL, "channel_type": "channel"}), "not_for_us"),
        ("odd: a number beyond 2^53", event({**line("Counted"), "event_time": 2 ** 63}), 200, None, True),
        ("odd: a number of 400 digits", event({**line("Counted again"), "event_time": int("9" * 300)}), 200, None, True),
    ]


def broken_forms():
    good = urllib.parse.quote(json.dumps(press(f"skip:{NO_ROUND}:0:0")))

    def refused(name, body, path="/slack/interactions", status=400):
        body = body if isinstance(body, bytes) else body.encode()
        return f"form: {name}", Sent(path, body), status, "malformed", False

    fields = "&".join(f"a{number}=b" for number in range(64))
    return [
        *[refused(name, body) for name, body in (
            ("nothing", ""), ("no payload", "a=b"), ("JSON", '{"type":"block_actions"}'), ("an empty payload", "payload="),
            ("two payloads", f"payload={good}&payload={good}"), ("two payloads, one escaped", f"payload={good}&%70ayload=%7B%7D"),
            ("encoded twice", "payload=" + urllib.parse.quote(good)), ("a NUL", f"payload={good}%00"), ("a NUL inside", "payload=%7B%00%7D"),
            ("half an escape", f"payload={good}%2"), ("no escape", "payload=%zz"), ("a bare brace of other bytes", b"payload=\xff"),
            ("a line break", "payload=%7B%7D\r\n"), ("semicolons", f"a=b;payload={good}"), ("65 fields", f"payload={good}&{fields}"),
            ("200,000 fields", "&".join(["a=b"] * 200_000)), ("a million ampersands", "&" * 1_000_000),
            ("payload that is a list", "payload=%5B%5D"), ("payload that is a number", "payload=5"),
            ("payload with a key twice", "payload=" + urllib.parse.quote('{"type":"a","type":"block_actions"}')))],
        *[refused(f"command: {name}", body, "/slack/commands") for name, body in (
            ("nothing", ""), ("of nobody", "text=skip&team_id=T0TEAM"), ("bytes that are no text", "user_id=U0AMIRA&text=%FF%FE"),
            ("user twice", "user_id=U0AMIRA&user_id=U0DEV&text=skip"), ("65 fields", "user_id=U0AMIRA&" + fields))],
        refused("50,001 values", "payload=" + urllib.parse.quote("[" + ",".join(["0"] * 50_001) + "]"), status=413),
    ]


def strangers():
    """Known to Slack, and nobody to us: told so, and nothing happens."""
    ghost = "U0GHOST"
    injected = "U0AMIRA' OR '1'='1"
    return [
        *[(f"a line of {who!r}", event(line("never to be stored", user=who)), 200, None, False)
          for who in (ghost, injected, "u0amira", "U0AMIRA ", "U" * 5000)],
        *[(f"a command of {who!r}", command("skip", user_id=who), 200, None, False) for who in (ghost, injected)],
        ("a press of a stranger", interaction(press(f"skip:{NO_ROUND}:0:0", user=ghost)), 200, None, False),
        ("a form of a stranger", interaction(submission("x", {}, user=ghost)), 200, "unknown_form", False),
    ]


def forged():
    """Slack signs whatever an app's page makes of its own buttons and forms: what comes back is not believed."""
    def pressed(value, why, **changes):
        return f"button {value[:40]!r}", interaction(press(value, **changes)), 200, why, False

    return [
        *[pressed(value, "unknown_button") for value in (
            "", "skip", "skip:1", "skip:1:0:0:0", "skip:01:0:0", "skip:+1:0:0", "skip:1:0:99999999999", "SKIP:1:0:0", "drop:1:0:0",
            "skip:9223372036854775808:0:0", "skip:1' OR 1=1:0:0", "skip:1:0:0\n", "x" * 2000)],
        *[pressed(f"{verb}:{NO_ROUND}:0:0", None, user=AMIRA) for verb in ("answer", "skip")],
        *[(f"a form with {name}", interaction(submission(metadata, {})), 200, "unknown_form", False) for name, metadata in (
            ("no context", ""), ("words for its context", "x"), ("JSON for its context", '{"subject":1}'),
            ("3,000 bytes of context", "x" * 3000))],
        ("a shortcut", interaction({"type": "shortcut", "user": {"id": AMIRA}}), 200, "shortcut", False),
        ("an interaction of no kind", interaction({"type": "unheard_of"}), 200, "unknown_event", False),
        ("a press of nobody", interaction({**press(f"skip:{NO_ROUND}:0:0"), "user": {}}), 400, "malformed", False),
    ]
