"""One request at a time: odd bytes, odd signatures, odd content, repetitions, words that would be commands elsewhere."""

import concurrent.futures
import json
import re
import time
import unittest

import http_cases
import slack_cases
from noise import damaged
from slack_requests import command, event, interaction, line, press
from stage import Stage
from wire import Peer, converse, probe, request, statuses

GROWTH = 2_000_000  # bytes that a whole list of attacks may leave behind
LONGEST = 3  # seconds for any answer


class OneStage(unittest.TestCase):
    """A bot for all attacks of a class: it must bear them all."""

    @classmethod
    def setUpClass(cls):
        cls.stage = Stage()
        cls.addClassCleanup(cls.stage.end)

    def tearDown(self):
        self.assertTrue(self.stage.is_alive(), self.stage.bot.err[-2000:])
        self.assertNotIn("request failed", self.stage.bot.err, "nothing was thrown")

    def expect_flat_memory(self, attack):
        """The first round warms up: buffers, tables, the allocator's own."""
        attack()
        before = self.stage.memory()
        attack()
        attack()
        self.assertLess(self.stage.memory() - before, GROWTH)


class Http(OneStage):
    def test_every_odd_request_has_its_status_and_ends_or_not(self):
        for port, cases in self.lists():
            for name, data, expected in cases:
                with self.subTest(name):
                    begin = time.monotonic()
                    self.assertEqual(statuses(converse(port, data + probe(port))), expected)
                    self.assertLess(time.monotonic() - begin, LONGEST)

    def test_they_leave_no_memory_behind(self):
        def attack():
            for port, cases in self.lists():
                for _, data, _ in cases:
                    converse(port, data + probe(port))

        files = self.stage.open_files()
        self.expect_flat_memory(attack)
        self.assertLessEqual(self.stage.open_files(), files + 2)

    def test_a_refusal_says_nothing_but_its_status(self):
        port = self.stage.port
        plain = {400: "Bad Request\n", 404: "Not Found\n", 405: "Method Not Allowed\n", 411: "Length Required\n",
                 413: "Content Too Large\n", 415: "Unsupported Media Type\n", 417: "Expectation Failed\n",
                 421: "Misdirected Request\n", 431: "Request Header Fields Too Large\n", 505: "HTTP Version Not Supported\n"}
        for name, data, expected in http_cases.cases(port):
            if expected[0] not in plain:
                continue
            with self.subTest(name):
                answer = converse(port, data)[0]
                self.assertEqual(answer.body, plain[expected[0]])
                self.assertEqual(answer.field("Connection"), "close")
                self.assertEqual(answer.field("X-Content-Type-Options"), "nosniff")
                self.assertEqual(answer.field("Cache-Control"), "no-store")
                self.assertIn("default-src 'none'", answer.field("Content-Security-Policy"))
                self.assertIsNone(answer.field("Server"))
                self.assertEqual(answer.field("Allow") is not None, expected[0] == 405)

    def test_noise_is_refused_and_breaks_nothing(self):
        port = self.stage.port
        whole = [data for _, data, _ in http_cases.cases(port) if len(data) < 5000]
        whole += [sent(port) for _, sent, *_ in slack_cases.cases() if len(sent.body) < 3000]
        for data in damaged(whole, 3000, seed=20261122):
            with Peer(port) as peer:
                peer.send(data)
                peer.finish()
                for answer in peer.answers():
                    self.assertTrue(answer.status < 500 or answer.status == 505, (answer.status, data))

    def test_a_webhook_allows_posts_alone(self):
        answer = converse(self.stage.port, request(self.stage.port, "GET /slack/events"))[0]
        self.assertEqual((answer.status, answer.field("Allow")), (405, "POST"))

    def lists(self):
        yield self.stage.port, http_cases.cases(self.stage.port)
        yield self.stage.admin_port, http_cases.admin_cases(self.stage.admin_port)


class Slack(OneStage):
    def test_every_odd_request_has_its_status_its_reason_and_no_effect(self):
        self.stage.start_the_stand_up()
        for name, sent, status, reason, happens in slack_cases.cases():
            with self.subTest(name):
                self.expect(sent, status, reason, happens)
        self.assertNotIn("never to be stored", self.stage.scene.database.read_bytes().decode("latin-1"))
        self.assertEqual(self.stage.slack.violations(), [])

    def expect(self, sent, status, reason, happens):
        acts, counted, begin = self.stage.acts(), reason and self.stage.refused(reason), time.monotonic()
        answers = self.stage.tell(sent)
        self.assertLess(time.monotonic() - begin, LONGEST)
        self.assertEqual(statuses(answers), (status, 200))
        self.assertEqual(answers[0].field("X-Slack-No-Retry"), "1" if reason == "malformed" else None)
        if status != 200:
            self.assertEqual(answers[0].body, "", "no reason is told")
        if reason:
            self.assertEqual(self.stage.refused(reason) - counted, 1)
        if happens is not None:
            self.assertEqual(self.stage.acts() > acts, happens)

    def test_what_is_refused_leaves_no_memory_behind(self):
        def attack():
            for _, sent, status, _, _ in slack_cases.cases():
                if status != 200:
                    self.stage.tell(sent)

        self.expect_flat_memory(attack)

    def test_a_challenge_comes_back_as_text(self):
        words = "<script>alert(1)</script>\r\nSet-Cookie: a=b"
        answer = self.stage.tell(event({"type": "url_verification", "challenge": words}))[0]
        self.assertEqual((answer.status, answer.body), (200, words))
        self.assertEqual(answer.field("Content-Type"), "text/plain; charset=utf-8")
        self.assertEqual(answer.field("X-Content-Type-Options"), "nosniff")
        self.assertIsNone(answer.field("Set-Cookie"))


class Replay(OneStage):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage.start_the_stand_up()
        cls.stage.tell(event(line("The first words")))

    def test_what_is_repeated_happens_once(self):
        for name, sent in (
            ("a line", event(line("Said once"))),
            ("a command", command("away friday")),
            ("a press", interaction(press("skip:1:0:0"))),
        ):
            with self.subTest(name):
                self.stage.tell(sent)
                acts = self.stage.acts()
                data = sent(self.stage.port)
                for _ in range(50):
                    self.assertEqual(statuses(converse(self.stage.port, data + probe(self.stage.port))), (200, 200))
                self.assertEqual(self.stage.acts(), acts)

    def test_what_comes_many_times_at_once_happens_once(self):
        before = self.stage.acts()
        self.stage.tell(event(line("Said by one hand")))
        once = self.stage.acts() - before
        sent = event(line("Said by many hands"))
        data = sent(self.stage.port) + probe(self.stage.port)
        with concurrent.futures.ThreadPoolExecutor(20) as hands:
            answers = list(hands.map(lambda _: statuses(converse(self.stage.port, data)), range(60)))
        self.assertEqual(set(answers), {(200, 200)})
        self.assertEqual(self.stage.acts() - before, 2 * once)
        self.assertGreater(once, 0)

    def test_a_repetition_with_another_stamp_or_another_envelope_is_one_too(self):
        said = line("Said in many ways")
        self.stage.tell(event(said))
        acts = self.stage.acts()
        for again in (
            event(said, later=-60), event(said, more=("X-Slack-Retry-Num: 3", "X-Slack-Retry-Reason: http_timeout")),
            event({**said, "event_id": "EvAnother"}), event({**said, "event_time": 1}),
            event({**said, "event_id": "EvAThird", "event": {**said["event"], "ts": "1.000001"}}),
        ):
            self.assertEqual(self.stage.tell(again)[0].status, 200)
        self.assertEqual(self.stage.acts(), acts)


class Typed(OneStage):
    """What people type is shown as they typed it, and is nothing else."""

    WORDS = "<!channel> <!here> <!everyone> <@U0BO> <!subteam^S1|all> <#C0TEAM> <https://evil.example|bank> & &amp; *b* :x: ![](a)"

    def test_nobody_is_mentioned_by_what_somebody_typed(self):
        slack = self.stage.slack
        self.stage.start_the_stand_up()
        self.stage.bot.wait_for(lambda: "U0AMIRA" in slack.state()["directs"])
        slack.act("amira", "say", text=self.WORDS)
        slack.act("bo", "say", text="b: " + self.WORDS)
        slack.act("amira", "command", command="/muster", text="why " + self.WORDS, channel="C0TEAM")
        self.stage.bot.wait_for(lambda: len(self.posts_with("evil.example")) >= 3)
        for post in self.posts_with("evil.example"):
            self.expect_harmless(post["text"], post.get("blocks", []))
        self.assertEqual(slack.violations(), [])

    def test_what_a_command_tells_is_for_its_person_alone(self):
        """However it is asked for in a channel."""
        slack = self.stage.slack
        slack.act("bo", "say", text="b: Nobody else may know")
        shown = lambda: [each for each in slack.state()["ephemerals"] if each["user"] == "U0BO"]
        for number, ask in enumerate(("my week", "why", "history", "status", "blocker list")):
            slack.act("bo", "mention", text=ask, channel="C0TEAM")
            slack.act("bo", "command", command="/muster", text=ask, channel="C0TEAM")
            self.stage.bot.wait_for(lambda: len(shown()) == 2 * number + 2)
        in_channel = [message["plain"] for message in slack.state()["messages"]["C0TEAM"] if message["bot"]]
        self.assertEqual([words for words in in_channel if "Nobody else may know" in words or "Your" in words], [])

    def posts_with(self, words):
        state = self.stage.slack.state()
        posts = [message for channel in state["messages"].values() for message in channel if message["bot"]]
        return [post for post in posts + state["ephemerals"] if words in json.dumps(post)]

    def expect_harmless(self, mrkdwn, blocks):
        """Slack parses mrkdwn for `<`, and draws rich text leaf by leaf."""
        for opened in re.findall(r"<[^>]*>?", mrkdwn):
            self.assertRegex(opened, r"^<!date\^", f"in {mrkdwn}")
        for leaf in leaves(blocks):
            self.assertNotIn(leaf.get("type"), ("broadcast", "usergroup", "image"))
            if leaf.get("type") == "link":
                self.assertEqual(leaf.get("text", leaf["url"]), leaf["url"], "a link leads where it says")
            if leaf.get("type") == "mrkdwn":
                self.assertNotRegex(leaf["text"], r"<(?!!date\^)")


def leaves(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
