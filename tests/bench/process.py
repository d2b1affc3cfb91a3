"""Measures the running program from outside: start-up, memory, requests a second. Prints a table.

    python3 process.py MUSTER [--answers 10000]

`muster demo` runs in an empty folder with its own ports. What is measured: from the start of the process to the first
200 of /readyz (new database, and an existing one); resident memory idle and after so many answers over the local
workspace's HTTP; answers a second over one kept connection and over several at once.
"""

import argparse
import http.client
import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time

PEOPLE = ["amira", "ana", "dev"]
CONNECTIONS = 16


def main():
    wish = wishes()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-process-"))
    muster = Muster(wish.muster, folder)
    try:
        rows = measure(muster, wish.answers)
    finally:
        muster.end()
        shutil.rmtree(folder, ignore_errors=True)
    width = max(len(what) for what, _ in rows)
    for what, figure in rows:
        print(f"{what:<{width}}  {figure:>12}")


def wishes():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("muster", type=pathlib.Path)
    parser.add_argument("--answers", type=int, default=10_000)
    wish = parser.parse_args()
    wish.muster = wish.muster.resolve()
    return wish


def measure(muster, answers):
    rows = [("start-up to ready, new database", in_ms(muster.start()))]
    muster.stop()
    starts = []
    for _ in range(5):
        starts.append(muster.start())
        muster.stop()
    rows.append(("start-up to ready, existing database, median of 5", in_ms(sorted(starts)[2])))

    muster.start()
    muster.open_a_stand_up()
    time.sleep(1)
    rows.append(("resident memory, idle", in_mb(muster.resident())))
    alone = answers // 5
    rows.append((f"answers a second, 1 connection, {alone} answers", in_seconds(alone, muster.answer(alone, 1))))
    rest = answers - alone
    rows.append((f"answers a second, {CONNECTIONS} connections, {rest} answers",
                 in_seconds(rest, muster.answer(rest, CONNECTIONS))))
    rows.append((f"resident memory, after {answers} answers", in_mb(muster.resident())))
    muster.stop()
    return rows


def in_ms(seconds):
    return f"{seconds * 1000:.0f} ms"


def in_mb(bytes_):
    return f"{bytes_ / 1e6:.1f} MB"


def in_seconds(number, seconds):
    return f"{number / seconds:,.0f} /s"


class Muster:
    def __init__(self, program, folder):
        self.data = folder / "data"
        self.program = program
        self.port, self.admin_port = free_port(), free_port()
        self.process = None
        self.number = 0

    def start(self):
        """Seconds from the start of the process until it was ready."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.program, "demo", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
             "--admin-listen", f"127.0.0.1:{self.admin_port}"],
            stdout=subprocess.DEVNULL)
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() - began > 60:
                raise SystemExit("muster did not become ready")
            time.sleep(0.001)
        return time.monotonic() - began

    def is_ready(self):
        line = http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=5)
        try:
            line.request("GET", "/readyz")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def open_a_stand_up(self):
        for to in ["tomorrow", "next", "next"]:  # 9:25am, the opening, the prompts
            post(http.client.HTTPConnection("127.0.0.1", self.port), self.port, "clock", {"to": to, "as": "amira"})

    def answer(self, number, connections):
        """Seconds that so many answers took; each replaces the one before."""
        share = [number // connections + (index < number % connections) for index in range(connections)]
        threads = [threading.Thread(target=self.answer_in_turn, args=(index, share[index])) for index in range(connections)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - began

    def answer_in_turn(self, index, number):
        person = PEOPLE[index % len(PEOPLE)]
        line = http.client.HTTPConnection("127.0.0.1", self.port)
        stamp = time.monotonic_ns()
        for turn in range(number):
            body = {"request": f"{index:04x}{stamp:020x}{turn:08x}", "as": person, "place": person,
                    "text": f"t: Test refunds, part {turn}"}
            post(line, self.port, "say", body)
        line.close()


def post(line, port, act, body):
    while True:
        line.request("POST", f"/local/api/{act}", json.dumps(body),
                     {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"})
        answer = line.getresponse()
        answer.read()
        if answer.status == 200:
            return
        if answer.status not in (429, 503):
            raise SystemExit(f"{act} was answered with {answer.status}")
        time.sleep(0.01)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
