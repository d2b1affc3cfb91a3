"""The real program in a folder of its own: runs commands, starts bots, waits for what they do within bounds."""

import dataclasses
import http.client
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PATIENCE = 20  # seconds for anything that should take less than one


@dataclasses.dataclass
class Outcome:
    code: int
    out: str
    err: str
    seconds: float


class Scene:
    """A temporary folder with a configuration; everything that was started ends with it."""

    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-cli-"))
        self.bots = []
        self.port, self.admin_port = free_port(), free_port()
        self.database = self.folder / "var" / "muster.db"
        self.write_configuration()

    def write_configuration(self, **changes):
        configuration = {
            "organisation": "Example Agency",
            "server": {
                "listen": f"127.0.0.1:{self.port}",
                "admin_listen": f"127.0.0.1:{self.admin_port}",
            },
            "storage": {"sqlite": "var/muster.db"},
            "local": {"enabled": True},
            "clock": {"adjustable": True},
            **changes,
        }
        return self.write("muster.jsonc", json.dumps(configuration, indent=2))

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def run(self, *words, environment=None):
        begin = time.monotonic()
        done = subprocess.run(
            [self.program, *map(str, words)],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", **(environment or {})},
            capture_output=True,
            timeout=PATIENCE,
        )
        seconds = time.monotonic() - begin
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode(), seconds)

    def with_config(self, *words):
        return self.run(*words, "--config", "muster.jsonc")

    def start(self, *words, environment=None, under=()):
        bot = Bot(self, words, environment or {}, under)
        self.bots.append(bot)
        return bot

    def serve(self):
        bot = self.start("serve", "--config", "muster.jsonc")
        bot.wait_until_ready()
        return bot

    def end(self):
        for bot in self.bots:
            if bot.process.poll() is None:
                bot.process.kill()
                bot.process.wait()
            bot.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Bot:
    def __init__(self, scene, words, environment, under):
        self.scene = scene
        self.out_path = scene.folder / f"bot{len(scene.bots)}.out"
        self.err_path = scene.folder / f"bot{len(scene.bots)}.err"
        self.files = [self.out_path.open("wb"), self.err_path.open("wb")]
        self.process = subprocess.Popen(
            [*under, scene.program, *map(str, words)],
            cwd=scene.folder,
            env={"PATH": "/usr/bin:/bin", **environment},
            stdout=self.files[0],
            stderr=self.files[1],
        )

    def close(self):
        for file in self.files:
            file.close()

    @property
    def out(self):
        return self.out_path.read_text()

    @property
    def err(self):
        return self.err_path.read_text()

    def wait_until_ready(self):
        self.wait_for(lambda: get(self.scene.admin_port, "/readyz")[0] == 200)

    def wait_for(self, is_so):
        wait_for(is_so, lambda: self.process.poll() is None or f"ended with {self.process.returncode}: {self.err}")

    def stop(self, number=signal.SIGTERM):
        """The exit code, and the seconds it took."""
        begin = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        return code, time.monotonic() - begin


def wait_for(is_so, may_go_on=lambda: True):
    end = time.monotonic() + PATIENCE
    while not is_so():
        going = may_go_on()
        if going is not True:
            raise AssertionError(f"it will not happen: {going}")
        if time.monotonic() > end:
            raise AssertionError(f"it did not happen within {PATIENCE} s")
        time.sleep(0.02)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path):
    """Status and body; 0 when nobody listens, or ends before it has answered."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""


def post(port, path, body):
    """Status and body; 0 when nobody listens, or ends before it has answered."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
