"""The real program with a Slack beside it, and peers that send whatever bytes they like."""

import json
import pathlib
import sqlite3
import sys

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "e2e" / folder) for folder in ("slack", "operations", "cli")]
from muster import Scene, get  # noqa: E402
from prometheus import Exposition  # noqa: E402
from slack_requests import command  # noqa: E402
from office import TEAM, TOKEN, FakeSlack, settings_of  # noqa: E402
from wire import SECRET, converse, probe  # noqa: E402

MUSTER, FAKE_SLACK = "", ""


class Stage:
    """One running bot for many attacks; the team of the Slack stories."""

    def __init__(self, more_secrets=(), server=None, **changes):
        self.scene = Scene(MUSTER)
        self.port, self.admin_port = self.scene.port, self.scene.admin_port
        self.slack = FakeSlack(FAKE_SLACK, self.port)
        try:
            self.begin(dict(more_secrets), server or {}, changes)
        except BaseException:
            self.end()
            raise

    def begin(self, more_secrets, server, changes):
        for name, secret in {"token": TOKEN, "secret": SECRET, **more_secrets}.items():
            self.scene.write(name, secret).chmod(0o600)
        connection = {
            "name": "main", "bot_token": {"file": "token"}, "signing_secret": {"file": "secret"},
            "api_base_url": f"http://127.0.0.1:{self.slack.port}/api/",
            "response_url_hosts": [f"127.0.0.1:{self.slack.port}"], **changes}
        listeners = {"listen": f"127.0.0.1:{self.port}", "admin_listen": f"127.0.0.1:{self.admin_port}", **server}
        self.scene.write_configuration(clock={"adjustable": False}, server=listeners, slack=[connection])
        self.scene.write("team.jsonc", json.dumps(settings_of(TEAM)))
        applied = self.scene.with_config("apply", "team.jsonc")
        assert applied.code == 0, applied.out + applied.err
        self.bot = self.scene.serve()
        self.bot.wait_for(self.is_introduced)

    def is_introduced(self):
        """Slack has said who we are: until then everything is answered 503."""
        return self.tell(command("help", team_id="T0NOBODY"))[0].status == 200

    def tell(self, sent):
        return converse(self.port, sent(self.port) + probe(self.port))

    def end(self):
        self.slack.end()
        self.scene.end()

    def start_the_stand_up(self):
        self.slack.act("dev", "command", command="/muster", text="start", channel="C0TEAM")

    def is_alive(self):
        return self.bot.process.poll() is None and get(self.admin_port, "/livez") == (200, "ok\n")

    def memory(self):
        """Bytes that are resident; 0 with a sanitizer, which keeps what is freed."""
        process = pathlib.Path(f"/proc/{self.bot.process.pid}")
        if any(name in (process / "maps").read_text() for name in ("libasan", "libtsan")):
            return 0
        return int((process / "status").read_text().split("VmRSS:")[1].split()[0]) * 1024

    def open_files(self):
        return len(list(pathlib.Path(f"/proc/{self.bot.process.pid}/fd").iterdir()))

    def metrics(self):
        return Exposition(get(self.admin_port, "/metrics")[1])

    def refused(self, reason):
        """What was refused, or heard and left alone."""
        counts = self.metrics()
        names = ("muster_webhook_rejected_total", "muster_webhook_ignored_total")
        return sum(counts.value(name, reason=reason) or 0 for name in names)

    def acts(self):
        """How much people have done: rows of the event log."""
        database = sqlite3.connect(f"file:{self.scene.database}?mode=ro", uri=True)
        try:
            return database.execute("SELECT count(*) FROM event_log WHERE actor IS NOT NULL").fetchone()[0]
        finally:
            database.close()
