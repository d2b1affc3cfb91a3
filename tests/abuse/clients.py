"""Peers that take their time, and peers that come in crowds. Everybody else is served as if they were not there."""

import contextlib
import resource
import statistics
import threading
import time
import unittest

from muster import get
from stage import Stage
from wire import FORM, Peer, converse, probe, request, statuses

ATTACKERS = [f"127.0.0.{number}" for number in range(2, 8)]
PER_ADDRESS, ALTOGETHER = 128, 512  # adapters/http/server.hpp


def setUpModule():
    """A thousand sockets of ours."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, most), most))


class Bystander:
    """Somebody honest, twenty times a second, while something else goes on."""

    def __init__(self, port):
        self.port, self.seconds, self.failures = port, [], []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()

    def run(self):
        while not self.is_over.wait(0.05):
            begin = time.monotonic()
            try:
                served = statuses(converse(self.port, probe(self.port)))
            except OSError as problem:
                served = problem
            self.seconds.append(time.monotonic() - begin)
            if served != (200,):
                self.failures.append(served)

    def p99(self):
        return statistics.quantiles(self.seconds, n=100)[98]


class SlowClients(unittest.TestCase):
    """All at once, because each takes its time."""

    def test_each_is_cut_when_its_time_is_over_and_nobody_waits_for_it(self):
        stage = Stage()
        self.addCleanup(stage.end)
        self.port, self.found = stage.port, {}
        attacks = [self.says_nothing, self.stops_in_its_head, self.drips_its_head, self.drips_its_second_head,
                   self.stops_in_its_body, self.drips_its_body, self.asks_and_sends_nothing, self.stays_idle, self.reads_nothing,
                   self.leaves_half_of_it, self.reads_its_refusal_slowly]
        with Bystander(stage.port) as bystander, contextlib.ExitStack() as running:
            for attack in attacks:
                thread = threading.Thread(target=self.time, args=(attack,))
                thread.start()
                running.callback(thread.join)
        for attack, (answers, lowest, highest) in {
            "says_nothing": ((), 4, 9), "stops_in_its_head": ((408,), 4, 9), "drips_its_head": ((408,), 4, 9),
            "drips_its_second_head": ((401, 408), 4, 9), "stops_in_its_body": ((408,), 9, 16), "drips_its_body": ((408,), 9, 16),
            "asks_and_sends_nothing": ((100, 408), 9, 16), "stays_idle": ((401,), 29, 40), "reads_nothing": ("cut", 29, 50),
            "leaves_half_of_it": ((), 0, 4), "reads_its_refusal_slowly": ((400,), 0, 8),
        }.items():
            with self.subTest(attack):
                said, seconds = self.found[attack]
                self.assertEqual(said, answers)
                self.assertGreaterEqual(seconds, lowest)
                self.assertLessEqual(seconds, highest)
        self.assertEqual(bystander.failures, [])
        self.assertLess(bystander.p99(), 1)
        self.assertTrue(stage.is_alive())
        stage.bot.wait_for(lambda: stage.metrics().value("muster_http_connections", listener="public") == 0)
        self.assertGreaterEqual(stage.metrics().value("muster_http_timed_out_total", listener="public"), 8)

    def time(self, attack):
        with Peer(self.port, patience=60) as peer:
            begin = time.monotonic()
            said = attack(peer)
            self.found[attack.__name__] = (said, time.monotonic() - begin)

    def hook(self, *fields, body=b""):
        return request(self.port, "POST /slack/commands", f"Content-Type: {FORM}", *fields, body=body)

    def says_nothing(self, peer):
        return statuses(peer.answers())

    def stops_in_its_head(self, peer):
        peer.send(self.hook()[:40])
        return statuses(peer.answers())

    def drips_its_head(self, peer):
        return self.drip(peer, self.hook("X: " + "x" * 1000))

    def drips_its_second_head(self, peer):
        peer.send(self.hook())
        first = peer.answer()
        return (first.status, *self.drip(peer, self.hook("X: " + "x" * 1000)))

    def stops_in_its_body(self, peer):
        peer.send(self.hook("Content-Length: 1000", body=b"half of it"))
        return statuses(peer.answers())

    def drips_its_body(self, peer):
        peer.send(self.hook("Content-Length: 1000"))
        return self.drip(peer, b"x" * 1000)

    def asks_and_sends_nothing(self, peer):
        peer.send(self.hook("Content-Length: 1000", "Expect: 100-continue"))
        return statuses(peer.answers())

    def stays_idle(self, peer):
        peer.send(self.hook())
        return statuses(peer.answers())

    def reads_nothing(self, peer):
        """Asks for far more than the system holds for it, until nobody listens any more."""
        pages = request(self.port, "GET /local/page/base.css") * 1000
        while peer.send(pages):
            pass
        return "cut"

    def leaves_half_of_it(self, peer):
        peer.send(self.hook("Content-Length: 1000")[:-30])
        return ()

    def reads_its_refusal_slowly(self, peer):
        peer.send(b"nonsense\r\n\r\n" + b"x" * 500_000)
        time.sleep(2)
        return statuses(peer.answers())

    def drip(self, peer, data):
        for letter in data:
            if not peer.send(bytes([letter])):
                break
            peer.socket.settimeout(0.1)
            with contextlib.suppress(TimeoutError):
                if not peer.read() or peer.unread:
                    break
        peer.socket.settimeout(20)
        return statuses(peer.answers())


class Floods(unittest.TestCase):
    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.end)
        self.peers = contextlib.ExitStack()
        self.addCleanup(self.peers.close)
        self.assertTrue(self.stage.is_alive())
        self.files, self.memory = self.stage.open_files(), self.stage.memory()

    def flood(self, count, *sources, data=b""):
        """As many connections from each address, each with the beginning of a request."""
        found = []
        for source in sources:
            for _ in range(count):
                peer = self.peers.enter_context(Peer(self.stage.port, source))
                peer.send(data)
                found.append(peer)
        return found

    def seated(self):
        return self.stage.metrics().value("muster_http_connections", listener="public")

    def turned_away(self):
        return self.stage.metrics().value("muster_http_turned_away_total", listener="public")

    def expect_recovery(self):
        self.peers.close()
        self.stage.bot.wait_for(self.stage.is_alive)  # once the operators' door is free again
        self.stage.bot.wait_for(lambda: self.seated() == 0)
        self.assertEqual(statuses(converse(self.stage.port, probe(self.stage.port))), (200,))
        self.assertLessEqual(self.stage.open_files(), self.files + 2)
        self.assertTrue(self.stage.is_alive())

    def test_a_thousand_from_one_address_take_only_its_share(self):
        with Bystander(self.stage.port) as bystander:
            self.flood(1000, ATTACKERS[0], data=b"POST /slack/events HTTP/1.1\r\n")
            self.stage.bot.wait_for(lambda: self.turned_away() == 1000 - PER_ADDRESS)
            self.assertLessEqual(self.seated(), PER_ADDRESS + 1)
            time.sleep(2)
        self.assertEqual(bystander.failures, [])
        self.assertLess(bystander.p99(), 1)
        self.expect_recovery()

    def test_a_crowd_from_everywhere_keeps_operators_out_of_nothing(self):
        peers = self.flood(PER_ADDRESS, *ATTACKERS, data=b"POST /slack/events HTTP/1.1\r\n")
        self.stage.bot.wait_for(lambda: self.turned_away() == len(peers) - ALTOGETHER)
        self.assertEqual(self.seated(), ALTOGETHER)
        self.assertEqual(peers[-1].answer().status, 503)
        self.assertEqual(statuses(converse(self.stage.port, b"")), (503,))
        for path in ("/livez", "/readyz", "/metrics"):
            self.assertEqual(get(self.stage.admin_port, path)[0], 200)
        self.assertLess(self.stage.memory() - self.memory, 20_000_000)
        self.stage.bot.wait_for(lambda: statuses(converse(self.stage.port, probe(self.stage.port))) == (200,))
        self.expect_recovery()

    def test_large_bodies_of_strangers_fill_no_memory(self):
        data = request(self.stage.port, "POST /slack/events", "Content-Type: application/json", "Content-Length: 1048576",
                       body=b"a" * 1_048_575)
        with Bystander(self.stage.port) as bystander:
            self.flood(PER_ADDRESS, *ATTACKERS[:3], data=data)
            self.assertLess(self.stage.memory() - self.memory, 80_000_000)
        self.assertEqual(bystander.failures, [])
        self.expect_recovery()

    def test_a_crowd_does_not_hold_up_the_stop(self):
        body = request(self.stage.port, "POST /slack/events", "Content-Type: application/json", "Content-Length: 1000", body=b"{")
        stream = request(self.stage.port, "GET /local/api/events")
        for data, source in zip((b"", b"POST /slack", body), ATTACKERS):
            self.flood(PER_ADDRESS, source, data=data)
        self.flood(50, ATTACKERS[3], data=stream)
        code, seconds = self.stage.bot.stop()
        self.assertEqual(code, 0)
        self.assertLess(seconds, 8)

    def test_connections_that_come_and_go_leave_nothing(self):
        for _ in range(3000):
            Peer(self.stage.port).socket.close()
        self.expect_recovery()
        self.assertLess(self.stage.memory() - self.memory, 10_000_000)

    def test_streams_of_the_local_workspace_have_a_limit_too(self):
        asked = request(self.stage.port, "GET /local/api/events")
        peers = self.flood(70, ATTACKERS[0], data=asked)
        answered = [peer.answer().status for peer in peers]
        self.assertEqual((answered.count(200), answered.count(503)), (64, 6))
        self.expect_recovery()

    def test_crowds_at_both_doors_leave_descriptors_for_the_rest(self):
        """It listens for operators alone, but a broken monitor is a crowd as well."""
        usual = (1024, 1024)
        resource.prlimit(self.stage.bot.process.pid, resource.RLIMIT_NOFILE, usual)
        for source in ATTACKERS:
            for _ in range(PER_ADDRESS):
                self.peers.enter_context(Peer(self.stage.admin_port, source)).send(b"GET /metrics HTTP/1.1\r\n")
        self.assertEqual(statuses(converse(self.stage.port, probe(self.stage.port))), (200,))
        self.flood(PER_ADDRESS, *ATTACKERS, data=b"POST /slack/events HTTP/1.1\r\n")
        self.assertLess(self.stage.open_files(), 700)
        self.expect_recovery()
        self.assertNotIn("accept failed", self.stage.bot.err)

    def test_everybody_behind_a_proxy_has_one_address(self):
        stage = Stage(server={"trusted_proxies": [ATTACKERS[0], "127.0.0.3/32"]})
        self.addCleanup(stage.end)
        for source, most in ((ATTACKERS[0], 300), (ATTACKERS[1], 150), (ATTACKERS[2], PER_ADDRESS)):
            with contextlib.ExitStack() as crowd:
                for _ in range(most):
                    crowd.enter_context(Peer(stage.port, source)).send(b"POST")
                stage.bot.wait_for(lambda: stage.metrics().value("muster_http_connections", listener="public") == most)
                several = statuses(converse(stage.port, probe(stage.port), source))
                self.assertEqual(several, (200,) if most > PER_ADDRESS else (503,), source)
            stage.bot.wait_for(lambda: stage.metrics().value("muster_http_connections", listener="public") == 0)
