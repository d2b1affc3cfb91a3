#!/usr/bin/env python3
"""What operators rely on, told with the real program: python3 stories.py PATH_OF_MUSTER [Class[.test]...]"""

import csv
import io
import json
import os
import re
import signal
import socket
import sqlite3
import sys
import unittest

from muster import Scene, free_port, get, post, wait_for

COMMANDS = [
    "serve", "demo", "apply", "export", "check-config", "doctor", "simulate", "backup", "restore", "verify",
    "healthcheck", "slack", "tokens",
]
PROGRAM = ""


def settings(**team):
    """A team of two whose stand-up is at 09:30, as a settings file."""
    people = [
        {"key": key, "name": name, "timezone": "Europe/London",
         "accounts": {"local": {"connection": "local", "user": key}}}
        for key, name in [("amira", "Amira Khan"), ("dev", "Dev Patel")]
    ]
    standup = {
        "key": "standup", "kind": "stand-up", "recurrence": "FREQ=DAILY", "time": "09:30",
        "questions": [{"key": "today", "letter": "t", "text": "What will you do today?", "required": True},
                      {"key": "blocker", "letter": "b", "text": "What stops you?", "kind": "blocker"}],
    }
    payments = {
        "key": "payments", "name": "Payments", "timezone": "Europe/London", "members": ["amira", "dev"],
        "working_hours": {"mon-sun": "09:00-17:30"}, "roles": {"delivery_manager": ["dev"]},
        "channels": {"local": {"connection": "local", "channel": "payments"}}, "ceremonies": [standup],
        **team,
    }
    for person in people:
        person["working_hours"] = {"mon-sun": "09:00-17:30"}
    return {"people": people, "teams": [payments]}


class Story(unittest.TestCase):
    def setUp(self):
        self.scene = Scene(PROGRAM)
        self.addCleanup(self.scene.end)

    def write_settings(self, **team):
        self.scene.write("settings.jsonc", json.dumps(settings(**team), indent=2))

    def apply(self, *flags):
        return self.scene.with_config("apply", "settings.jsonc", *flags)

    def expect(self, outcome, code):
        self.assertEqual(outcome.code, code, outcome.out + outcome.err)
        return outcome


class Usage(Story):
    def test_every_command_explains_itself_with_an_example(self):
        for command in COMMANDS:
            told = self.expect(self.scene.run(command, "--help"), 0)
            self.assertIn("Example:\n  muster " + command, told.out)
            self.assertLessEqual(max(map(len, told.out.splitlines())), 110, told.out)
        everything = self.expect(self.scene.run("--help"), 0)
        for command in COMMANDS:
            self.assertIn(f"\n  {command} ", everything.out)

    def test_the_version_is_told(self):
        self.assertRegex(self.expect(self.scene.run("--version"), 0).out, r"^muster \d+\.\d+\.\d+\n$")

    def test_no_word_at_all_is_answered_with_the_help(self):
        self.assertIn("simulate", self.expect(self.scene.run(), 2).err)

    def test_an_unknown_word_gets_the_nearest(self):
        for typed, meant in [
            (["aply", "x"], '"apply"'),
            (["apply", "x.jsonc", "--dryrun"], '"--dry-run"'),
            (["export", "setings"], '"settings"'),
            (["export", "answers", "--format", "jsonl2", "--config", "muster.jsonc"], '"jsonl"'),
            (["simulate", "x", "--from", "2027-01-01", "--answers", "non"], '"none"'),
        ]:
            refused = self.expect(self.scene.run(*typed), 2)
            self.assertIn("Did you mean " + meant, refused.err)
            self.assertEqual(refused.out, "")

    def test_what_is_missing_or_wrong_is_said(self):
        for typed, words in [
            (["apply"], "SETTINGS"),
            (["apply", "settings.jsonc"], "MUSTER_CONFIG"),
            (["apply", "nowhere.jsonc", "--config", "muster.jsonc"], "nowhere.jsonc"),
            (["apply", "a", "b", "--config", "muster.jsonc"], "b"),
            (["simulate", "x", "--from", "2027-02-30"], "2026-11-24"),
            (["simulate", "x", "--from", "2027-02-03", "--days", "0"], "1 to 366"),
            (["simulate", "x", "--from", "2027-02-03", "--days", "many"], "--days"),
            (["export", "answers", "--from", "2027-02-03", "--to", "2027-02-01"], "--to"),
            (["export", "settings", "--team", "payments"], "answers"),
            (["demo", "--listen", "0.0.0.0:8080"], "127.0.0.1"),
            (["serve", "--config", "nowhere.jsonc"], "nowhere.jsonc"),
            (["verify", "--config", "muster.jsonc"], "no database"),
        ]:
            refused = self.expect(self.scene.run(*typed), 2)
            self.assertIn(words, refused.err)
        self.assertFalse(self.scene.database.exists())

    def test_the_environment_may_name_the_configuration(self):
        self.write_settings()
        environment = {"MUSTER_CONFIG": "muster.jsonc"}
        self.expect(self.scene.run("apply", "settings.jsonc", environment=environment), 0)


class Slack(Story):
    """What the first of the five minutes takes: the app's manifest, and what its permissions are for."""

    def manifest(self, *words):
        return json.loads(self.expect(self.scene.run("slack", "manifest", *words), 0).out)

    def test_without_an_address_muster_calls_slack(self):
        manifest = self.manifest()
        self.assertTrue(manifest["settings"]["socket_mode_enabled"])
        self.assertNotIn("url", json.dumps(manifest))

    def test_with_an_address_slack_calls_muster_there(self):
        manifest = self.manifest("--url", "https://muster.example.org/")
        self.assertFalse(manifest["settings"]["socket_mode_enabled"])
        self.assertEqual(manifest["settings"]["event_subscriptions"]["request_url"], "https://muster.example.org/slack/events")
        self.assertEqual(manifest["settings"]["interactivity"]["request_url"], "https://muster.example.org/slack/interactions")
        self.assertEqual(manifest["features"]["slash_commands"][0]["url"], "https://muster.example.org/slack/commands")

    def test_people_can_answer_in_the_direct_message(self):
        self.assertFalse(self.manifest()["features"]["app_home"]["messages_tab_read_only_enabled"])

    def test_an_address_that_slack_cannot_call_is_refused(self):
        for url in "http://muster.example.org", "muster.example.org", "https://", "https://a b":
            with self.subTest(url):
                refused = self.expect(self.scene.run("slack", "manifest", "--url", url), 2)
                self.assertIn("https://muster.example.org", refused.err)

    def test_each_permission_that_is_asked_for_has_a_reason(self):
        told = self.expect(self.scene.run("slack", "permissions"), 0).out
        for scope in self.manifest()["oauth_config"]["scopes"]["bot"]:
            self.assertRegex(told, rf"(?m)^  {re.escape(scope)} +\w+ .*$")
        self.assertNotIn("channels:history", told)


class CheckConfig(Story):
    def test_a_sound_file_is_called_so(self):
        told = self.expect(self.scene.run("check-config", "muster.jsonc"), 0)
        self.assertIn("no problems found", told.out)
        self.assertIn("connection local (local)", told.out)

    def test_every_problem_has_its_line_and_pointer(self):
        self.scene.write("wrong.jsonc", '{\n  "organisation": "A",\n  "serve": {},\n  "storage": { "sqlite": 3 }\n}\n')
        refused = self.expect(self.scene.run("check-config", "wrong.jsonc"), 2)
        self.assertRegex(refused.err, r"wrong.jsonc:3: /serve: .*server")
        self.assertRegex(refused.err, r"wrong.jsonc:4: /storage/sqlite: expected")

    def test_a_secret_that_is_not_there_is_a_problem(self):
        slack = {"name": "main", "bot_token": {"env": "NO_SUCH"}, "signing_secret": {"env": "ALSO_NOT"}}
        self.scene.write_configuration(slack=[slack])
        refused = self.expect(self.scene.run("check-config", "muster.jsonc"), 2)
        self.assertRegex(refused.err, r"muster.jsonc:\d+: /slack/0/bot_token/env: expected")


class Settings(Story):
    def test_a_dry_run_tells_what_an_apply_then_does(self):
        self.write_settings()
        dry = self.expect(self.apply("--dry-run"), 0)
        self.assertIn("+ person amira", dry.out)
        self.assertIn("nothing was changed", dry.out)
        done = self.expect(self.apply(), 0)
        lines = lambda outcome: [line for line in outcome.out.splitlines() if line[:2] in ("+ ", "~ ", "- ")]
        self.assertEqual(lines(done), lines(dry))
        self.assertIn("Nothing to change", self.expect(self.apply(), 0).out)

    def test_a_change_shows_both_values(self):
        self.write_settings()
        self.apply()
        self.write_settings(name="Refunds")
        self.assertIn('~ team payments, name: "Payments" -> "Refunds"', self.expect(self.apply(), 0).out)

    def test_prune_archives_who_is_not_named(self):
        self.write_settings()
        self.apply()
        self.scene.write("settings.jsonc", '{ "people": [], "teams": [] }')
        self.assertIn("Nothing to change", self.expect(self.apply(), 0).out)
        self.assertIn("- person amira", self.expect(self.apply("--prune"), 0).out)

    def write_settings_with_the_office_calendar(self):
        wanted = settings(calendar="office")
        wanted["calendars"] = {"office": {"ics": "office.ics"}}
        self.scene.write("settings.jsonc", json.dumps(wanted, indent=2))

    def test_a_calendar_file_beside_the_settings_is_taken_in(self):
        self.write_settings_with_the_office_calendar()
        self.assertIn("/calendars/office/ics: expected a file", self.expect(self.apply(), 2).err)

        self.scene.write("office.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261224\r\n"
                         "SUMMARY:Office closed\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        bot = self.scene.serve()  # carries it out, from another folder
        self.assertIn("+ calendar office", self.expect(self.apply(), 0).out)
        exported = self.expect(self.scene.with_config("export", "settings"), 0).out
        for day in "2026-12-24", "2027-12-24", "2028-12-24":
            self.assertIn(day, exported)
        self.assertIn("Office closed", exported)
        self.assertIn("Nothing to change", self.expect(self.apply(), 0).out)
        self.assertEqual(bot.stop()[0], 0)

    def test_what_does_not_fit_is_told_with_its_line_and_changes_nothing(self):
        self.write_settings()
        self.apply()
        self.write_settings(name="Refunds", members=["amira", "nobody"])
        refused = self.expect(self.apply(), 2)
        self.assertRegex(refused.err, r"settings.jsonc:\d+: /teams/0/members/1: ")
        self.write_settings()
        self.assertIn("Nothing to change", self.expect(self.apply(), 0).out)

    def test_what_is_exported_reads_as_the_same(self):
        self.write_settings()
        self.apply()
        self.expect(self.scene.with_config("export", "settings", "--out", "again.jsonc"), 0)
        self.assertEqual(os.stat(self.scene.folder / "again.jsonc").st_mode & 0o777, 0o600)
        again = self.expect(self.scene.with_config("apply", "again.jsonc", "--prune"), 0)
        self.assertIn("Nothing to change", again.out)
        self.assertEqual(self.scene.with_config("export", "settings").out, self.scene.read("again.jsonc"))


class Answers(Story):
    """One stand-up, answered over the local workspace: Amira writes something a spreadsheet would calculate."""

    def setUp(self):
        super().setUp()
        self.write_settings()
        self.expect(self.apply(), 0)
        self.bot = self.scene.serve()
        self.jump_to_a_prompt()
        self.say("amira", '=HYPERLINK("http://example.org"), "then" lunch')

    def jump_to_a_prompt(self):
        for _ in range(20):
            status, body = post(self.scene.port, "/local/api/clock", {"as": "amira", "to": "next"})
            self.assertEqual(status, 200, body)
            status, body = get(self.scene.port, "/local/api/state?as=amira")
            if "What will you do today" in body:
                return
        self.fail("nobody was asked: " + body)

    def say(self, who, text):
        body = {"request": os.urandom(16).hex(), "as": who, "place": who, "text": text}
        status, answer = post(self.scene.port, "/local/api/say", body)
        self.assertEqual(status, 200, answer)

    def export(self, *words):
        return self.expect(self.scene.with_config("export", "answers", *words), 0).out

    def test_csv_is_read_back_and_calculates_nothing(self):
        rows = list(csv.DictReader(io.StringIO(self.export(), newline="")))
        self.assertEqual(len(rows), 1)
        row = rows[0]
        self.assertEqual(row["answer"], "'=HYPERLINK(\"http://example.org\"), \"then\" lunch")
        self.assertEqual((row["schema"], row["team"], row["person"]), ("1", "payments", "Amira Khan"))
        self.assertRegex(row["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_those_who_were_silent_are_not_in_it(self):
        for form in ("csv", "jsonl", "markdown"):
            self.assertNotIn("Dev Patel", self.export("--format", form))

    def test_json_lines_hold_the_same_words(self):
        lines = self.export("--format", "jsonl").splitlines()
        self.assertEqual(json.loads(lines[0])["answer"], '=HYPERLINK("http://example.org"), "then" lunch')
        self.assertEqual(json.loads(lines[0])["schema"], 1)

    def test_markdown_shows_a_person_and_no_link(self):
        text = self.export("--format", "markdown")
        self.assertIn("### Amira Khan", text)
        self.assertNotRegex(text, r"(?<!\\)[\[<]")

    def test_a_team_and_dates_narrow_it(self):
        self.assertEqual(self.export("--to", "2020-01-01").count("\n"), 1)
        self.assertIn("Amira", self.export("--team", "payments"))
        refused = self.expect(self.scene.with_config("export", "answers", "--team", "payment"), 2)
        self.assertIn('Did you mean "payments"', refused.err)

    def test_names_that_are_hidden_stay_hidden(self):
        ceremony = settings()["teams"][0]["ceremonies"][0] | {"names_hidden": True}
        self.write_settings(ceremonies=[ceremony])
        self.expect(self.apply(), 0)
        tomorrow = re.search(r"\d{4}-\d\d-\d\d", self.export("--format", "jsonl")).group()
        post(self.scene.port, "/local/api/clock", {"as": "amira", "to": "tomorrow"})
        for _ in range(2):
            post(self.scene.port, "/local/api/clock", {"as": "amira", "to": "next"})
        self.say("amira", "A secret plan")
        self.assertNotIn("A secret plan", self.export())
        self.assertIn(tomorrow, self.export())


class Beside(Story):
    def test_a_second_process_is_kept_out_at_once(self):
        self.scene.serve()
        # The quickest of three: the machine may be busy with other tests.
        tries = [self.expect(self.scene.run("serve", "--config", "muster.jsonc"), 75) for _ in range(3)]
        self.assertLess(min(second.seconds for second in tries), 1)

    def test_commands_ask_the_running_bot(self):
        bot = self.scene.serve()
        self.write_settings()
        self.assertIn("+ person amira", self.expect(self.apply(), 0).out)
        self.assertIn('"amira"', self.expect(self.scene.with_config("export", "settings"), 0).out)
        self.assertIn("whole", self.expect(self.scene.with_config("verify"), 0).out)
        self.assertIn("all is well", self.expect(self.scene.with_config("doctor"), 0).out)
        self.expect(self.scene.with_config("backup", "copy.db"), 0)
        self.assertTrue((self.scene.folder / "copy.db").exists())
        self.write_settings(members=["nobody"])
        self.assertIn("/teams/0/members/0", self.expect(self.apply(), 2).err)
        self.assertEqual(bot.stop()[0], 0)
        self.write_settings()
        self.assertIn("Nothing to change", self.expect(self.apply(), 0).out)

    def test_the_socket_is_for_its_owner_alone_and_goes_with_the_bot(self):
        bot = self.scene.serve()
        path = str(self.scene.database) + ".sock"
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        bot.stop()
        self.assertFalse(os.path.exists(path))


class Copies(Story):
    def setUp(self):
        super().setUp()
        self.write_settings()
        self.expect(self.apply(), 0)

    def test_a_backup_brings_back_what_was(self):
        self.expect(self.scene.with_config("backup", "before.db"), 0)
        self.write_settings(name="Refunds")
        self.apply()
        told = self.expect(self.scene.with_config("restore", "before.db"), 0)
        kept = re.search(r"kept as (\S+)\. ", told.out).group(1)
        self.assertTrue((self.scene.folder / kept).exists())
        self.assertIn('"Payments"', self.scene.with_config("export", "settings").out)

    def test_a_backup_without_a_name_is_dated(self):
        told = self.expect(self.scene.with_config("backup"), 0)
        self.assertRegex(told.out, r"var/backups/muster-\d{8}T\d{6}Z\.db")

    def test_the_database_is_no_target(self):
        self.expect(self.scene.with_config("backup", self.scene.database), 2)
        self.expect(self.scene.with_config("verify"), 0)

    def test_nothing_is_restored_under_a_running_bot_or_from_nonsense(self):
        self.scene.write("nonsense.db", "nothing")
        self.expect(self.scene.with_config("restore", "nonsense.db"), 70)
        self.expect(self.scene.with_config("restore", "nowhere.db"), 2)
        self.expect(self.scene.with_config("backup", "good.db"), 0)
        self.scene.serve()
        refused = self.expect(self.scene.with_config("restore", "good.db"), 75)
        self.assertIn("Stop Muster", refused.err)

    def test_verify_finds_a_row_that_somebody_changed(self):
        self.assertIn("whole", self.expect(self.scene.with_config("verify"), 0).out)
        database = sqlite3.connect(self.scene.database)
        with database:
            changed = database.execute("UPDATE event_log SET kind = 'person.forged' WHERE number = 2")
            self.assertEqual(changed.rowcount, 1)
        database.close()
        found = self.expect(self.scene.with_config("verify"), 1)
        self.assertIn("row 2 was changed", found.out)

    def test_the_bot_makes_its_own_backups_and_removes_the_oldest(self):
        backups = self.scene.folder / "kept"
        backups.mkdir()
        for day in ("20200101", "20200102"):
            (backups / f"muster-{day}T000000Z.db").write_text("old")
        (backups / "mine.db").write_text("not Muster's to remove")
        storage = {"sqlite": "var/muster.db", "backup": {"every": "24h", "keep": 2, "dir": "kept"}}
        self.scene.write_configuration(storage=storage)
        bot = self.scene.serve()
        is_there = lambda: not (backups / "muster-20200101T000000Z.db").exists()
        bot.wait_for(is_there)
        names = sorted(os.listdir(backups))
        self.assertEqual(len(names), 3, names)
        self.assertIn("mine.db", names)
        self.assertIn("muster-20200102T000000Z.db", names)


class Health(Story):
    def test_a_bot_that_runs_is_well_and_one_that_does_not_is_not(self):
        told = self.expect(self.scene.with_config("healthcheck"), 1)
        self.assertIn("nobody listens there", told.out)
        bot = self.scene.serve()
        self.assertIn("well", self.expect(self.scene.with_config("healthcheck"), 0).out)
        bot.stop()
        self.expect(self.scene.with_config("healthcheck"), 1)

    def test_a_listener_that_says_nothing_is_noticed(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", self.scene.admin_port))
            silent.listen()
            told = self.expect(self.scene.with_config("healthcheck"), 1)
        self.assertIn("did not answer within 5 seconds", told.out)


class Serving(Story):
    def test_signals_end_it_in_order(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            bot = self.scene.serve()
            code, seconds = bot.stop(number)
            self.assertEqual(code, 0, bot.err)
            self.assertLess(seconds, 5)
            lines = [json.loads(line) for line in bot.err.splitlines()]
            self.assertEqual([line["event"] for line in lines], ["muster.started", "muster.stopped"])
            self.assertEqual(bot.out, "")

    def test_open_browsers_do_not_hold_it_up(self):
        bot = self.scene.serve()
        with socket.create_connection(("127.0.0.1", self.scene.port)) as stream:
            host = f"127.0.0.1:{self.scene.port}"
            stream.sendall(f"GET /local/api/events HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            self.assertIn(b"200", stream.recv(1000))
            code, seconds = bot.stop()
        self.assertEqual(code, 0, bot.err)
        self.assertLess(seconds, 5)

    def test_a_port_that_is_taken_is_named(self):
        for port in (self.scene.port, self.scene.admin_port):
            with socket.socket() as other:
                other.bind(("127.0.0.1", port))
                other.listen()
                refused = self.expect(self.scene.with_config("serve"), 2)
            self.assertIn(f"could not listen: 127.0.0.1:{port} is in use by another program", refused.err)

    def test_a_path_too_long_for_a_socket_is_refused_before_anything_starts(self):
        self.scene.write_configuration(storage={"sqlite": "x" * 100 + "/muster.db"})
        refused = self.expect(self.scene.with_config("serve"), 2)
        self.assertIn("longer than 107 bytes", refused.err)

    def test_a_token_in_the_place_of_the_other_is_refused_and_not_shown(self):
        slack = {"name": "main", "transport": "socket", "bot_token": {"env": "T"}, "app_token": {"env": "T"}}
        self.assertIn("expected as app_token the app-level token, xapp-", self.refusal_of(slack=[slack]))

    def refusal_of(self, **connections):
        self.scene.write_configuration(**connections)
        refused = self.expect(self.scene.run("serve", "--config", "muster.jsonc", environment={"T": "xoxb-secret"}), 2)
        self.assertNotIn("xoxb-secret", refused.err + refused.out)
        return refused.err

    def test_the_clock_moves_over_the_admin_listener(self):
        self.scene.serve()
        self.assertEqual(post(self.scene.admin_port, "/clock", {"to": "yesterday"})[0], 400)
        status, body = post(self.scene.admin_port, "/clock", {"to": "2020-01-01T00:00:00.000Z"})
        self.assertEqual(status, 400, body)


class Demo(Story):
    def test_two_lines_say_where_it_is(self):
        port = free_port()
        bot = self.scene.start("demo", "--data", "here", "--listen", f"127.0.0.1:{port}")
        bot.wait_for(lambda: "Ctrl+C" in bot.out)
        self.assertEqual(len(bot.out.splitlines()), 2, bot.out)
        self.assertIn(f"http://127.0.0.1:{port}/local", bot.out)
        self.assertEqual(get(port, "/local")[0], 200)
        state = json.loads(get(port, "/local/api/state?as=amira")[1])
        self.assertEqual(len(state["people"]), 6)
        self.assertIn('"kit"', self.expect(self.scene.run("export", "settings", "--data", "here"), 0).out)
        self.assertEqual(bot.stop(signal.SIGINT)[0], 0)
        self.assertEqual(bot.err, "")

    def test_two_demos_run_side_by_side(self):
        bots = []
        for folder in ("one", "two"):
            port = free_port()
            bots.append(self.scene.start("demo", "--data", folder, "--listen", f"127.0.0.1:{port}"))
            bots[-1].wait_for(lambda: "Ctrl+C" in bots[-1].out)
        second = self.scene.run("demo", "--data", "one", "--listen", f"127.0.0.1:{free_port()}")
        self.expect(second, 75)
        for bot in bots:
            self.assertEqual(bot.stop()[0], 0)

    def test_a_second_start_keeps_what_was(self):
        for _ in range(2):
            bot = self.scene.start("demo", "--data", "here", "--listen", f"127.0.0.1:{free_port()}")
            bot.wait_for(lambda: "Ctrl+C" in bot.out)
            self.assertEqual(bot.stop()[0], 0, bot.err)


class Doctor(Story):
    def test_nothing_set_up_is_a_finding(self):
        self.scene.write("settings.jsonc", '{ "people": [], "teams": [] }')
        self.apply()
        self.assertIn("No team is set up", self.expect(self.scene.with_config("doctor"), 1).out)

    def test_a_sound_team_is_well(self):
        self.write_settings()
        self.apply()
        told = self.expect(self.scene.with_config("doctor", "--network"), 0)
        self.assertIn("Looked at 2 people, 1 team and 1 stand-up over the next 14 days: all is well.", told.out)
        self.assertIn("needs no network", told.out)

    def test_who_would_never_be_asked_is_named_with_a_fix(self):
        late = settings()["teams"][0]["ceremonies"][0] | {"time": "17:15"}
        self.write_settings(ceremonies=[late], roles={})
        self.apply()
        told = self.expect(self.scene.with_config("doctor"), 1)
        self.assertRegex(told.out, r"Amira Khan at 17:15: would never be asked")
        self.assertIn("no delivery manager", told.out)
        self.assertEqual(told.out.count("  Fix: "), 3)
        self.assertLessEqual(max(map(len, told.out.splitlines())), 100)

    def test_a_connection_that_is_not_configured_is_found(self):
        self.write_settings()
        self.apply()
        self.scene.write_configuration(local={"enabled": False})
        told = self.expect(self.scene.with_config("doctor"), 1)
        self.assertIn('Amira Khan cannot be reached: the connection "local"', told.out)


class Simulate(Story):
    def simulate(self, *words):
        told = self.expect(self.scene.run("simulate", "settings.jsonc", *words), 0)
        self.assertLessEqual(max(map(len, told.out.splitlines())), 100)
        self.assertEqual([path.name for path in self.scene.folder.iterdir() if path.suffix == ".db"], [])
        return told.out

    def test_summer_time_moves_the_prompt_in_utc_and_not_at_home(self):
        self.write_settings()
        told = self.simulate("--from", "2027-03-27", "--days", "2", "--answers", "none")
        self.assertRegex(told, r"Saturday 27 March 2027\n.*\n  09:30 +09:30 +London UTC +Amira Khan +asked, open until 11:30")
        self.assertIn("In London the clocks go forward today, from UTC to UTC+1.", told)
        self.assertRegex(told, r"  08:30 +09:30 +London UTC\+1 +Amira Khan +asked, open until 11:30")
        self.assertRegex(told, r"Amira Khan +2 +2 +0 +0\n")

    def test_when_everybody_answers_nobody_is_reminded(self):
        self.write_settings()
        told = self.simulate("--from", "2027-06-01", "--days", "1")
        self.assertRegex(told, r"  08:50 +09:50 +London UTC\+1 +Dev Patel +answers\n")
        self.assertRegex(told, r"stand-up is over: 2 of 2 answered")
        self.assertNotIn("reminded\n", told)

    def test_a_holiday_says_its_name(self):
        self.write_settings(calendar="england-and-wales")
        text = json.loads(self.scene.read("settings.jsonc"))
        text["calendars"] = {"england-and-wales": {"bank_holidays": "builtin"}}
        self.scene.write("settings.jsonc", json.dumps(text))
        self.assertIn("No stand-up: Good Friday.", self.simulate("--from", "2027-03-26", "--days", "1"))

    def test_what_does_not_fit_is_told_with_its_line(self):
        self.write_settings(members=["nobody"])
        refused = self.expect(self.scene.run("simulate", "settings.jsonc", "--from", "2027-03-26"), 2)
        self.assertRegex(refused.err, r"settings.jsonc:\d+: /teams/0/members/0: ")


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
