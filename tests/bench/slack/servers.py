"""The two programs that are compared, and the Slack that they call: started, asked, measured from outside."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

import deliveries

TOKEN = "xoxb-of-the-benchmark"
PATIENCE = 60
HERE = pathlib.Path(__file__).parent
TICK = os.sysconf("SC_CLK_TCK")
TEAMS, MEMBERS = 30, 8
ALL_DAY = {"mon-sun": "00:00-24:00"}
PEOPLE = [f"U0T{team:02}M{member}" for team in range(TEAMS) for member in range(MEMBERS)]


class Sink:
    """Slack's side of what the programs call."""

    def __init__(self, program):
        self.port = free_port()
        self.process = subprocess.Popen([program, "--port", str(self.port)], stdout=subprocess.PIPE)
        self.process.stdout.readline()
        self.url = f"http://127.0.0.1:{self.port}/api/"

    def calls(self):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request("GET", "/calls")
        calls = json.loads(line.getresponse().read())["calls"]
        line.close()
        return calls

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Server:
    """A program that takes Slack's deliveries, in a folder of its own."""

    name = ""

    def __init__(self, folder, sink):
        self.folder = folder
        self.port = free_port()
        self.sink = sink
        self.process = None
        folder.mkdir(parents=True)
        self.log = (folder / "log").open("wb")

    def start(self):
        """Seconds from the start of the process until Slack's first question was answered."""
        challenge = deliveries.dumped({"token": "verification_token", "challenge": "3eZbrw1aBm2rZgRNFdxV", "type": "url_verification"})
        question = deliveries.signed(self.port, "/slack/events", challenge)
        words, environment = self.command()
        began = time.monotonic()
        self.process = subprocess.Popen(words, cwd=self.folder, env=environment, stdout=self.log, stderr=self.log)
        while not answers(self.port, question):
            if self.process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise SystemExit(f"{self.name} does not answer")
            time.sleep(0.0005)
        return time.monotonic() - began

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def cpu(self):
        """Seconds of all its threads, in the program and in the kernel."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def wait_until_quiet(self):
        """What a delivery causes belongs to its cost, also when it was acknowledged before."""
        before, end = -1, time.monotonic() + PATIENCE
        while self.cpu() - before > 0.01 and time.monotonic() < end:
            before = self.cpu()
            time.sleep(0.5)

    def kept(self):
        """The keys of the deliveries that are in the database, and the newest words of each person."""
        base = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return {key for key, in base.execute(self.keys_sql)}, dict(base.execute(self.words_sql))
        finally:
            base.close()


class Bolt(Server):
    name = "Bolt"
    keys_sql = "SELECT key FROM delivery"
    words_sql = "SELECT person, replace(text, '&amp;', '&') FROM answer"

    def __init__(self, folder, sink):
        super().__init__(folder, sink)
        self.database = folder / "peer.db"

    def command(self):
        words = ["node", HERE / "peer.mjs", str(self.port), self.database, self.sink.url]
        secrets = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": deliveries.SECRET, "NODE_ENV": "production"}
        return words, {"PATH": os.environ["PATH"], **secrets}


class Muster(Server):
    name = "Muster"
    # Its keys are e:<event id>, and of a press b:<user>:<message>:<time of the press>.
    keys_sql = """
        SELECT substr(key, 3) FROM inbox_key WHERE key GLOB 'e:*'
        UNION ALL SELECT substr(key, 3, instr(substr(key, 3), ':')) || substr(key, instr(key, ':17') + 19)
        FROM inbox_key WHERE key GLOB 'b:*'"""
    words_sql = """
        SELECT account.external_id, 't: ' || answer.text FROM answer
        JOIN round ON round.id = answer.round JOIN account ON account.person = round.person
        WHERE answer.question = 'today'"""

    def __init__(self, folder, sink, program, template=None):
        super().__init__(folder, sink)
        self.program = program
        self.admin_port = free_port()
        self.database = folder / "muster.db"
        if template:
            shutil.copy(template.database, self.database)
        for name, secret in (("token", TOKEN), ("secret", deliveries.SECRET)):
            (folder / name).write_text(secret)
            (folder / name).chmod(0o600)
        (folder / "muster.jsonc").write_text(json.dumps(self.configuration()))

    def configuration(self):
        return {
            "organisation": "Example Agency",
            "server": {"listen": f"127.0.0.1:{self.port}", "admin_listen": f"127.0.0.1:{self.admin_port}"},
            "storage": {"sqlite": "muster.db"},
            "slack": [{
                "name": "main", "bot_token": {"file": "token"}, "signing_secret": {"file": "secret"}, "api_base_url": self.sink.url}]}

    def command(self):
        return [self.program, "serve", "--config", "muster.jsonc"], {"PATH": os.environ["PATH"]}

    def ask_everybody(self):
        """A stand-up of every team begins; resumes when all prompts are posted. The database is a template then."""
        (self.folder / "team.jsonc").write_text(json.dumps(agency()))
        subprocess.run([self.program, "apply", "team.jsonc", "--config", "muster.jsonc"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        self.start()
        for team in range(TEAMS):
            manager = PEOPLE[team * MEMBERS]
            body = f"command=%2Fmuster&text=start&team_id={deliveries.TEAM}&user_id={manager}&channel_id=C0T{team:02}&trigger_id=1.{team}&api_app_id=A0BENCH"
            self.deliver("/slack/commands", body)
        end = time.monotonic() + PATIENCE
        while len(self.rounds()) < len(PEOPLE):
            if time.monotonic() > end:
                raise SystemExit("Muster has not asked everybody")
            time.sleep(0.1)
        self.wait_until_quiet()
        self.stop()

    def deliver(self, path, body):
        end = time.monotonic() + PATIENCE
        while not answers(self.port, deliveries.signed(self.port, path, body)):
            if time.monotonic() > end:  # 503 until it knows who it is
                raise SystemExit("Muster takes no command")
            time.sleep(0.01)

    def rounds(self):
        """Of each person who was asked: what the button of their prompt names."""
        base = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return dict(base.execute("""
                SELECT account.external_id, round.id FROM round JOIN account ON account.person = round.person
                WHERE round.asked_at IS NOT NULL"""))
        finally:
            base.close()


def agency():
    people = [{
        "key": user.lower(), "name": f"Person {user}", "timezone": "Etc/UTC", "working_hours": ALL_DAY,
        "accounts": {"slack": {"connection": "main", "user": user}}} for user in PEOPLE]
    teams = []
    for number in range(TEAMS):
        members = [user.lower() for user in PEOPLE[number * MEMBERS : (number + 1) * MEMBERS]]
        standup = {
            # Only a command starts it, at whatever hour the benchmark runs.
            "key": "standup", "name": f"stand-up {number}", "kind": "stand-up", "recurrence": "FREQ=DAILY", "from": "2090-01-01", "time": "09:30",
            "questions": [
                {"key": "today", "letter": "t", "text": "What will you do today?", "required": True},
                {"key": "blocker", "letter": "b", "text": "Is anything new stopping you?", "kind": "blocker"}]}
        teams.append({
            "key": f"team{number}", "name": f"Team {number}", "timezone": "Etc/UTC", "working_hours": ALL_DAY, "members": members,
            "roles": {"delivery_manager": members[:1]}, "ceremonies": [standup],
            "channels": {"slack": {"connection": "main", "channel": f"C0T{number:02}"}}})
    return {"people": people, "teams": teams}


def answers(port, request):
    try:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
            line.sendall(request)
            return line.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
