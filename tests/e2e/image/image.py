#!/usr/bin/env python3
"""Examines an unpacked image as root, and runs the program in it as an engine would: python3 image.py ROOT [Class[.test]...]

Read-only but for /data, user 65532 without any privilege, the program as process 1, no shell and no helper beside it.
"""

import ctypes
import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from muster import PATIENCE, free_port, get, post, wait_for  # noqa: E402

ROOT = None
USER = 65532
MOST_BYTES = 90_000_000  # ICU's data, which libical needs for calendars, are 31 MB of it
ENVIRONMENT = {"MUSTER_CONFIG": "/etc/muster/muster.jsonc", "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt"}


class Contents(unittest.TestCase):
    def setUp(self):
        self.files = [path for path in ROOT.rglob("*")]

    def test_it_is_small(self):
        size = sum(path.lstat().st_size for path in self.files if path.is_file() and not path.is_symlink())
        print(f"\n{size / 1e6:.1f} MB unpacked, {len(self.files)} files")
        self.assertLess(size, MOST_BYTES)

    def test_it_holds_one_program_and_what_it_needs(self):
        self.assertEqual(
            sorted(path.name for path in ROOT.iterdir()), ["data", "etc", "lib", "lib64", "muster", "usr"])
        programs = [path for path in self.files if path.is_file() and os.access(path, os.X_OK)]
        libraries = re.compile(r"(lib[\w.+-]+|ld-linux[\w-]*)\.so[.\d]*")
        others = [path for path in programs if not libraries.fullmatch(path.name)]
        self.assertEqual(others, [ROOT / "muster"])

    def test_nobody_may_change_it(self):
        for path in self.files:
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                continue
            owner, writable = (USER, 0o700) if path == ROOT / "data" else (0, 0o755)
            self.assertEqual(status.st_uid, owner, path)
            self.assertEqual(stat.S_IMODE(status.st_mode) & ~writable, 0, path)

    def test_it_has_certificates_and_time_zones(self):
        self.assertGreater((ROOT / "etc/ssl/certs/ca-certificates.crt").stat().st_size, 100_000)
        for zone in ("UTC", "Europe/London", "Pacific/Chatham", "Asia/Kathmandu"):
            self.assertTrue((ROOT / "usr/share/zoneinfo" / zone).exists(), zone)


class Running(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-image-"))
        self.addCleanup(shutil.rmtree, folder)
        self.data, self.etc = folder / "data", folder / "etc"
        self.data.mkdir()
        os.chown(self.data, USER, USER)
        self.etc.mkdir()
        folder.chmod(0o755)
        self.port, self.admin_port = free_port(), free_port()
        self.configure()
        self.started = []
        self.addCleanup(self.end)

    def configure(self, database="/data/muster.db"):
        configuration = {
            "organisation": "Example Agency",
            "server": {"listen": f"127.0.0.1:{self.port}", "admin_listen": f"127.0.0.1:{self.admin_port}"},
            "storage": {"sqlite": database, "backup": {"every": "24h", "keep": 2, "dir": "/data/backups"}},
            "local": {"enabled": True},
            "clock": {"adjustable": True},
        }
        (self.etc / "muster.jsonc").write_text(json.dumps(configuration))

    def end(self):
        for process in self.started:
            if process.poll() is None:
                os.kill(inner(process), signal.SIGKILL)
                process.wait()
            process.stdout.close()
            process.stderr.close()

    def start(self, *words):
        command = ["unshare", "--mount", "--pid", "--fork", "--propagation", "private",
                   sys.executable, "-B", __file__, "--inside", ROOT, self.data, self.etc, *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.started.append(process)
        return process

    def run_in(self, *words):
        process = self.start(*words)
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out, err

    def serve(self):
        process = self.start("serve")
        wait_for(lambda: get(self.admin_port, "/readyz")[0] == 200,
                 lambda: process.poll() is None or f"ended: {process.stderr.read()}")
        return process

    def test_it_serves_is_well_and_ends_in_order_as_process_1(self):
        process = self.serve()
        self.assertEqual(pathlib.Path(f"/proc/{inner(process)}/status").read_text().count(f"\nUid:\t{USER}"), 1)
        code, out, err = self.run_in("healthcheck")
        self.assertEqual((code, err), (0, ""), out)
        self.assertEqual(get(self.port, "/local")[0], 200)
        seen = get(self.admin_port, "/metrics")[1]
        self.assertRegex(seen, r"\nprocess_resident_memory_bytes [1-9]")
        self.assertRegex(seen, r"\nmuster_backup_last_success_timestamp_seconds [1-9]")

        os.kill(inner(process), signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), 0)
        events = [json.loads(line)["event"] for line in process.stderr.read().splitlines()]
        self.assertEqual([events[0], events[-1]], ["muster.started", "muster.stopped"])
        self.assertEqual(os.stat(self.data / "muster.db").st_uid, USER)

    def test_a_stand_up_is_held(self):
        self.serve()
        people = [{"key": "amira", "name": "Amira", "timezone": "Europe/London", "working_hours": {"mon-sun": "09:00-17:30"},
                   "accounts": {"local": {"connection": "local", "user": "amira"}}}]
        standup = {"key": "standup", "kind": "stand-up", "recurrence": "FREQ=DAILY", "time": "09:30",
                   "questions": [{"key": "today", "letter": "t", "text": "What will you do today?", "required": True}]}
        team = {"key": "payments", "name": "Payments", "timezone": "Europe/London", "members": ["amira"],
                "working_hours": {"mon-sun": "09:00-17:30"}, "roles": {"delivery_manager": ["amira"]},
                "channels": {"local": {"connection": "local", "channel": "payments"}}, "ceremonies": [standup]}
        (self.etc / "settings.jsonc").write_text(json.dumps({"people": people, "teams": [team]}))
        code, out, err = self.run_in("apply", "/etc/muster/settings.jsonc")
        self.assertEqual(code, 0, out + err)
        while "What will you do today" not in get(self.port, "/local/api/state?as=amira")[1]:
            self.assertEqual(post(self.port, "/local/api/clock", {"as": "amira", "to": "next"})[0], 200)
        said = {"request": "0" * 32, "as": "amira", "place": "amira", "text": "Test refunds"}
        self.assertEqual(post(self.port, "/local/api/say", said)[0], 200)
        code, out, err = self.run_in("export", "answers")
        self.assertIn("Test refunds", out, err)

    def test_nothing_but_data_can_be_written(self):
        for place in ("/muster.db", "/etc/muster/muster.db", "/usr/muster.db"):
            self.configure(database=place)
            code, _, err = self.run_in("serve")
            self.assertEqual(code, 70, err)

    def test_it_explains_itself(self):
        self.assertRegex(self.run_in("--version")[1], r"^muster \d+\.\d+\.\d+\n$")


def inner(process):
    """The program: unshare's only child."""
    children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_for(lambda: children.read_text().strip())
    return int(children.read_text())


def inside(root, data, etc, *words):
    """What an engine does to a process of the image, in namespaces of its own; becomes the program."""
    mount = lambda *arguments: subprocess.run(["mount", *map(str, arguments)], check=True)
    libc = ctypes.CDLL(None, use_errno=True)
    for name in ("proc", "data", "etc/muster"):
        pathlib.Path(root, name).mkdir(exist_ok=True)
    mount("--bind", root, root)
    mount("-o", "remount,bind,ro,nosuid,nodev", root)
    mount("--bind", data, f"{root}/data")
    mount("--bind", etc, f"{root}/etc/muster")
    mount("-o", "remount,bind,ro", f"{root}/etc/muster")
    mount("-t", "proc", "proc", f"{root}/proc")
    os.chroot(root)
    os.chdir("/data")
    no_new_privileges, drop_from_bounding_set = 38, 24
    for capability in range(41):
        libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)
    os.setgroups([])
    os.setgid(USER)
    os.setuid(USER)
    libc.prctl(no_new_privileges, 1, 0, 0, 0)
    os.execve("/muster", ["/muster", *words], ENVIRONMENT)


if __name__ == "__main__":
    if sys.argv[1] == "--inside":
        inside(*sys.argv[2:])
    ROOT = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
