#!/usr/bin/env python3
"""Keys and the tokens that they keep: python3 token_stories.py PATH_OF_MUSTER"""

import sqlite3
import stat
import sys
import unittest

import stories

# What unit_sealing has from another implementation: a token of the workspace T1, and the key that opens it.
KEY = "01" + "00" * 7 + "02" + "00" * 7 + "03" + "00" * 7 + "04" + "00" * 7
KEY_ID = "00e16db98479fae8"
NONCE = "050000000000000006000000"
CONTENT = "cb82c8884d848101f0421b65aeb67733217a099e09f0c81ed0844f1af9a9"
TOKEN = b"xoxb-1-a-token"


class Scenery(stories.Story):
    def configure(self, key):
        storage = {"sqlite": "var/muster.db", "token_key": {"file": key}}
        self.scene.write_configuration(storage=storage)

    def write_key(self, name, text):
        self.scene.write(name, text).chmod(0o600)

    def reencrypt(self, old, new, code):
        return self.expect(
            self.scene.with_config("tokens", "reencrypt", "--old-key", old, "--new-key", new), code
        )


class Keys(Scenery):
    def test_a_key_is_made_for_its_owner_alone_and_never_shown(self):
        made = self.expect(self.scene.run("tokens", "key", "--out", "token.key"), 0)
        path = self.scene.folder / "token.key"
        key = self.scene.read("token.key").strip()
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertRegex(key, "^[0-9a-f]{64}$")
        self.assertNotIn(key, made.out + made.err)
        self.assertIn("keep a copy", made.out)

    def test_a_key_is_never_written_over(self):
        self.expect(self.scene.run("tokens", "key", "--out", "token.key"), 0)
        key = self.scene.read("token.key")
        refused = self.expect(self.scene.run("tokens", "key", "--out", "token.key"), 2)
        self.assertIn("exists already", refused.err)
        self.assertEqual(self.scene.read("token.key"), key)
        (self.scene.folder / "link.key").symlink_to("token.key")
        self.expect(self.scene.run("tokens", "key", "--out", "link.key"), 2)
        self.assertEqual(self.scene.read("token.key"), key)

    def test_two_keys_are_never_the_same(self):
        for name in ("one.key", "other.key"):
            self.expect(self.scene.run("tokens", "key", "--out", name), 0)
        self.assertNotEqual(self.scene.read("one.key"), self.scene.read("other.key"))

    def test_what_is_missing_or_wrong_is_said(self):
        self.assertIn("--out FILE", self.expect(self.scene.run("tokens", "key"), 2).err)
        self.assertIn("--old-key", self.expect(self.scene.with_config("tokens", "reencrypt"), 2).err)
        self.assertIn('Did you mean "reencrypt"', self.expect(self.scene.run("tokens", "rencrypt"), 2).err)
        self.assertIn("a file that exists", self.reencrypt("nowhere.key", "nowhere.key", 2).err)

    def test_a_file_that_others_may_read_is_no_key(self):
        path = self.scene.write("open.key", KEY)
        path.chmod(0o640)
        self.assertIn("chmod 600", self.reencrypt("open.key", "open.key", 2).err)
        self.configure("open.key")
        refused = self.expect(self.scene.run("check-config", "muster.jsonc"), 2)
        self.assertIn("/storage/token_key/file: expected a file that only its owner may read", refused.err)

    def test_a_passphrase_is_no_key(self):
        self.write_key("words.key", "correct horse battery staple")
        self.configure("words.key")
        refused = self.expect(self.scene.run("check-config", "muster.jsonc"), 2)
        self.assertIn("muster tokens key --out FILE", refused.err)
        self.assertNotIn("horse", refused.err)


class Tokens(Scenery):
    def setUp(self):
        super().setUp()
        self.write_key("old.key", KEY)
        self.expect(self.scene.run("tokens", "key", "--out", "new.key"), 0)
        self.write_settings()
        self.expect(self.apply(), 0)
        self.install("T1")
        self.configure("old.key")

    def install(self, workspace, number=77):
        database = sqlite3.connect(self.scene.database)
        with database:
            (organisation,) = database.execute("SELECT id FROM organisation").fetchone()
            database.execute(
                "INSERT INTO connection (id, organisation, key, platform) VALUES (?, ?, ?, 'slack')",
                (number, organisation, workspace),
            )
            database.execute(
                "INSERT INTO installation VALUES (?, ?, 'Payments', '', 'A1', 'U1', ?, ?, ?, 0)",
                (number, workspace, KEY_ID, NONCE, CONTENT),
            )
        database.close()

    def doctor(self):
        return self.scene.with_config("doctor").out

    def test_the_doctor_is_content_with_the_right_key(self):
        self.assertNotIn("token", self.doctor())

    def test_the_doctor_says_what_to_do_about_a_wrong_key_and_about_none(self):
        self.configure("new.key")
        told = self.doctor()
        self.assertIn("The token of the workspace Payments (T1) cannot be read", told)
        self.assertIn(KEY_ID, told)
        self.assertIn("install Muster in that workspace again", " ".join(told.split()))
        self.scene.write_configuration()
        self.assertIn("none is configured", " ".join(self.doctor().split()))

    def test_with_a_wrong_key_the_bot_runs(self):
        self.configure("new.key")
        self.scene.serve()
        self.assertIn("cannot be read", self.doctor())

    def test_another_key_takes_the_place_of_the_old_one(self):
        self.assertIn("1 token is now encrypted", self.reencrypt("old.key", "new.key", 0).out)
        self.assertIn("cannot be read", self.doctor())
        self.configure("new.key")
        self.assertNotIn("token", self.doctor())
        self.expect(self.scene.with_config("verify"), 0)

    def test_a_command_that_is_repeated_does_no_harm(self):
        self.reencrypt("old.key", "new.key", 0)
        self.reencrypt("old.key", "new.key", 0)
        self.configure("new.key")
        self.assertNotIn("token", self.doctor())

    def test_one_token_that_does_not_open_leaves_all_as_they_were(self):
        self.install("T2", 78)  # with the token of T1, which was sealed for T1
        refused = self.reencrypt("old.key", "new.key", 1)
        self.assertIn("Payments (T2)", refused.out)
        self.assertIn("Nothing was changed", refused.out)
        told = " ".join(self.doctor().split())
        self.assertNotIn("(T1)", told)
        self.assertIn("Payments (T2) cannot be read: it was changed, or belongs to another workspace", told)

    def test_the_running_bot_does_it_as_well(self):
        self.scene.serve()
        self.assertIn("1 token is now encrypted", self.reencrypt("old.key", "new.key", 0).out)

    def test_nobody_finds_a_token_or_a_key_in_what_is_kept(self):
        self.reencrypt("old.key", "new.key", 0)
        secrets = [TOKEN, KEY.encode(), self.scene.read("new.key").strip().encode()]
        for path in (self.scene.folder / "var").iterdir():
            if path.is_file():
                content = path.read_bytes()
                for secret in secrets:
                    self.assertNotIn(secret, content, path)


if __name__ == "__main__":
    stories.PROGRAM = sys.argv.pop(1)
    unittest.main()
