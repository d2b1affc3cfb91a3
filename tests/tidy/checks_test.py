"""Each check sees the violation that it is for, and leaves alone what only looks like one."""

import contextlib
import io
import json
import pathlib
import subprocess
import tempfile
import unittest

import hardening
import run
from tree import Source, Tree


class CheckTest(unittest.TestCase):
    check = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def found(self, build=None):
        return [str(finding) for finding in run.run(self.check, Tree(self.root), build)]

    def expect_found(self, path, text, *parts):
        self.write(path, text)
        found = self.found()
        self.assertEqual(len(found), 1, found)
        for part in (path, *parts):
            self.assertIn(part, found[0])
        (self.root / path).unlink()

    def expect_nothing(self, path, text):
        self.write(path, text)
        self.assertEqual(self.found(), [])
        (self.root / path).unlink()


class Reading(unittest.TestCase):
    def test_keeps_lines_and_blanks_comments_and_strings(self):
        source = Source("a.cpp", 'int a = 1\'000; // "x"\n/* rand()\n */ f("rand()", \'"\'); auto r = R"(a "b"\nc)";\n')
        self.assertEqual(source.code.count("\n"), source.text.count("\n"))
        self.assertEqual(len(source.code), len(source.text))
        self.assertNotIn("rand", source.code)
        self.assertEqual([literal.text for literal in source.literals], ["rand()", 'a "b"\nc'])

    def test_joins_neighbouring_strings(self):
        source = Source("a.cpp", 'f("one "  // first\n  "two", "three");')
        self.assertEqual([literal.text for literal in source.literals], ["one two", "three"])


class Includes(CheckTest):
    check = "includes"

    def setUp(self):
        super().setUp()
        for path in (
            "bot/domain/ids.hpp bot/ports/clock.hpp bot/app/intake.hpp bot/app/queries.hpp bot/app/courier.hpp"
            " storage/store.hpp storage/sqlite/writer.hpp adapters/http/server.hpp adapters/slack/render.hpp"
            " adapters/json/parse.hpp adapters/system/demo_clock.hpp config/config.hpp bot/cli/serve.hpp tests/fakes/fake.hpp"
        ).split():
            self.write(path, "#pragma once\n")

    def test_finds_what_the_table_of_the_architecture_forbids(self):
        for path, target in [
            ("bot/domain/a.cpp", "bot/ports/clock.hpp"),
            ("bot/ports/a.cpp", "bot/app/intake.hpp"),
            ("storage/a.cpp", "bot/app/intake.hpp"),
            ("storage/a.cpp", "storage/sqlite/writer.hpp"),
            ("bot/app/a.cpp", "storage/sqlite/writer.hpp"),
            ("bot/app/a.cpp", "adapters/http/server.hpp"),
            ("bot/app/a.cpp", "config/config.hpp"),
            ("adapters/local/a.cpp", "adapters/slack/render.hpp"),
            ("adapters/msteams/a.cpp", "adapters/slack/render.hpp"),
            ("adapters/local/a.cpp", "bot/app/courier.hpp"),
            ("adapters/local/a.cpp", "storage/store.hpp"),
            ("adapters/local/a.cpp", "config/config.hpp"),
            ("adapters/http/a.cpp", "bot/app/intake.hpp"),
            ("config/a.cpp", "bot/ports/clock.hpp"),
            ("bot/app/a.cpp", "bot/cli/serve.hpp"),
            ("bot/app/a.cpp", "tests/fakes/fake.hpp"),
            ("bot/domain/a.cpp", "bot/domain/nowhere.hpp"),
            ("bot/domain/a.cpp", "ids.hpp"),
        ]:
            with self.subTest(path=path, target=target):
                self.expect_found(path, f'\n#include "{target}"\n', ":2:", target)

    def test_finds_what_an_adapter_would_see_through_a_header_that_it_may_include(self):
        self.write("bot/app/acts.hpp", '#include "storage/store.hpp"\n')
        self.write("bot/app/queries.hpp", '#include "bot/app/acts.hpp"\n')

        way = "bot/app/queries.hpp -> bot/app/acts.hpp -> storage/store.hpp"
        self.expect_found("adapters/local/a.hpp", '#include "bot/app/queries.hpp"\n', way)
        self.expect_nothing("adapters/local/a.hpp", '#include "bot/app/intake.hpp"\n')
        self.expect_nothing("bot/cli/a.hpp", '#include "bot/app/queries.hpp"\n')

    def test_finds_a_library_outside_the_folder_that_owns_it(self):
        for path, target in [
            ("bot/domain/a.cpp", "boost/asio/post.hpp"),
            ("bot/domain/a.cpp", "fmt/format.h"),
            ("bot/domain/a.cpp", "thread"),
            ("bot/domain/calendar.cpp", "date/tz.h"),
            ("bot/app/a.cpp", "nlohmann/json.hpp"),
            ("bot/app/a.cpp", "boost/beast/core.hpp"),
            ("bot/app/a.cpp", "sys/socket.h"),
            ("storage/a.cpp", "SQLiteCpp/SQLiteCpp.h"),
            ("adapters/local/a.cpp", "sqlite3.h"),
            ("adapters/local/a.cpp", "openssl/evp.h"),
            ("adapters/slack/a.cpp", "boost/beast/http.hpp"),
            ("config/a.cpp", "CLI/CLI.hpp"),
            ("config/a.cpp", "unheard/of.hpp"),
            ("adapters/http/a.hpp", "boost/asio/ip/tcp.hpp"),
            ("adapters/http/a.hpp", "boost/beast/core.hpp"),
            ("adapters/local/a.hpp", "nlohmann/json.hpp"),
            ("adapters/system/a.hpp", "gtest/gtest.h"),
            ("tests/fakes/a.hpp", "nlohmann/json.hpp"),
            ("bot/ports/clock.hpp", "boost/asio/awaitable.hpp"),
        ]:
            with self.subTest(path=path, target=target):
                self.expect_found(path, f"#include <{target}>\n", target)

    def test_lets_through_what_the_table_allows(self):
        for path, text in [
            ("bot/domain/a.cpp", '#include "bot/domain/ids.hpp"\n#include <vector>\n'),
            ("bot/domain/zone.cpp", "#include <date/tz.h>\n"),
            ("bot/ports/task.hpp", "#include <boost/asio/awaitable.hpp>\n"),
            ("bot/app/a.cpp", '#include "storage/store.hpp"\n#include <boost/asio/post.hpp>\n'),
            ("adapters/local/a.cpp", '#include "bot/app/intake.hpp"\n#include "adapters/http/server.hpp"\n'),
            ("config/a.cpp", '#include "adapters/json/parse.hpp"\n'),
            ("bot/main.cpp", '#include "storage/sqlite/writer.hpp"\n#include "bot/cli/serve.hpp"\n'),
            ("tests/unit/a_test.cpp", '#include "storage/sqlite/writer.hpp"\n#include <nlohmann/json.hpp>\n'),
            ("tests/unit/story.hpp", "#include <gtest/gtest.h>\n#include <boost/asio/io_context.hpp>\n"),
            ("bot/app/b.cpp", '// #include "config/config.hpp"\n'),
        ]:
            with self.subTest(path=path):
                self.expect_nothing(path, text)

    def test_knows_the_headers_that_the_folder_makes_itself(self):
        self.write("storage/sqlite/CMakeLists.txt", "muster_embed(muster_sqlite migrations ${files})\n")
        self.expect_nothing("storage/sqlite/a.cpp", '#include "migrations.hpp"\n')
        self.expect_found("storage/a.cpp", '#include "migrations.hpp"\n', "from the root")


class BannedCalls(CheckTest):
    check = "banned_calls"

    def test_finds_time_chance_and_blocking(self):
        for call in [
            "auto now = std::chrono::system_clock::now();",
            "auto now = steady_clock::now();",
            "auto t = time(nullptr);",
            "auto t = std::time(&x);",
            "clock_gettime(CLOCK_REALTIME, &x);",
            "gettimeofday(&x, nullptr);",
            "int x = rand();",
            "std::random_device device;",
            "std::mt19937_64 engine;",
            "auto e = std::mt19937{};",
            "std::this_thread::sleep_for(1s);",
            "usleep(10);",
            'system("ls");',
            'auto p = popen("ls", "r");',
            'auto h = std::getenv("HOME");',
            "co_spawn(loop, task(), asio::detached);",
            "worker.detach();",
            "std::thread worker(run);",
            "std::jthread worker{run};",
            "asio::steady_timer timer(executor);",
            "asio::steady_timer timer{executor, 5s};",
            "stream.expires_after(5s);",
        ]:
            with self.subTest(call=call):
                self.expect_found("bot/app/a.cpp", f"void f() {{\n    {call}\n}}\n", ":2:")

    def test_leaves_alone_what_only_sounds_like_it(self):
        for code in [
            "// system_clock::now() is banned",
            'auto s = "system_clock::now() rand()";',
            "co_await clock_.sleep_until(when, bell_); auto late = delivery.expires_at < now;",
            "asio::steady_timer signal{loop, asio::steady_timer::time_point::max()};",
            "auto t = clock.time(0); TimeOfDay time(int hour); operand(1);",
            "std::mt19937_64 engine_; std::mt19937 engine{seed};",
            "std::thread::id owner; file_system(x); using std::chrono::steady_clock;",
        ]:
            with self.subTest(code=code):
                self.expect_nothing("bot/app/a.cpp", code + "\n")

    def test_allows_the_seams_and_the_places_for_the_environment(self):
        self.expect_nothing("adapters/system/a.cpp", "auto n = std::chrono::system_clock::now(); std::random_device d;")
        self.expect_nothing("storage/sqlite/a.cpp", "std::thread writer(run);")
        self.expect_nothing("config/a.cpp", 'auto s = std::getenv("X");')
        self.expect_found("tests/sim/a.cpp", "std::this_thread::sleep_for(1s);")
        self.expect_found("adapters/system/a.cpp", "co_spawn(l, t, asio::detached);", "detached")


class AwaitedConditions(CheckTest):
    check = "awaited_conditions"

    def test_finds_an_await_inside_a_condition(self):
        for line in [
            "if (co_await is_ready()) count();",
            "if (a && !(co_await is_ready(b(), c))) count();",
            "while (co_await next() > 0) {}",
            "switch (co_await kind()) { default: break; }",
            "if (auto a = b(); co_await c(a)) count();",
        ]:
            with self.subTest(line=line):
                self.expect_found("bot/app/a.cpp", line, "name the value first")

    def test_leaves_alone_a_branch_that_awaits_and_a_value_that_is_named(self):
        for line in [
            "if (is_ready) co_await give();",
            "if (f(a, b)) { co_await give(); }",
            "if (auto answer = co_await ask(a)) use(*answer);",
            "auto is_ready = co_await look(); if (is_ready) count();",
            "for (auto fired = co_await fire(); fired > 0;) fired = co_await fire();",
            "// if (co_await is_ready())",
        ]:
            with self.subTest(line=line):
                self.expect_nothing("bot/app/a.cpp", line)


class Sql(CheckTest):
    check = "sql"

    def test_finds_statements_also_over_several_strings(self):
        for text in [
            'auto q = "SELECT id " "FROM person";',
            'auto q = R"(\n  select id\n  from person)";',
            'run("INSERT INTO team VALUES (?)");',
            'run("UPDATE round SET phase = 1");',
            'run("DELETE FROM round");',
            'run("CREATE TABLE x (y)");',
            'run("PRAGMA user_version");',
        ]:
            with self.subTest(text=text):
                self.expect_found("bot/app/a.cpp", text, "SQL outside storage")

    def test_leaves_alone_storage_and_words(self):
        self.expect_nothing("storage/sqlite/a.cpp", 'run("DELETE FROM round");')
        self.expect_nothing("bot/cli/a.cpp", 'say("Updates the settings, select one"); // SELECT a FROM b')


class Sentences(CheckTest):
    check = "sentences"

    def test_finds_what_people_would_read(self):
        for text in ["Your answer is saved", "saved as your plan.", "what will you do?", "Reply here " '" "with one line']:
            with self.subTest(text=text):
                self.expect_found("bot/domain/a.cpp", f'auto reply = "{text}";', "outside the catalogue")
        self.expect_found("adapters/local/a.cpp", 'if (x) throw Bad("a b c."); say("Not saved, try again.");', "Not saved")

    def test_leaves_alone_keys_and_what_programmers_read(self):
        for text in [
            'auto text = Text{"prompt.open_until"};',
            'throw std::runtime_error("The row is corrupt here.");',
            'assert(sorted && "The days are sorted here.");',
            'log.warning("Timer fired late again.");',
            'auto type = "text/html; charset=utf-8";',
            'auto page = "<p>Made of markup here.</p>";',
        ]:
            with self.subTest(text=text):
                self.expect_nothing("bot/app/a.cpp", text)
        self.expect_nothing("bot/cli/a.cpp", 'say("The database is locked by another process.");')

    def test_an_allowed_line_is_let_through_and_must_still_be_there(self):
        self.write("tests/tidy/allowed.txt", "sentences | bot/domain/a.cpp | BYDAY takes | read by operators only\n")
        self.expect_nothing("bot/domain/a.cpp", 'auto expected = "BYDAY takes the days.";')
        self.assertIn("not there any more", self.found()[0])


class PlatformWords(CheckTest):
    check = "platform_words"

    def test_finds_the_names_of_platforms_in_the_bot(self):
        self.expect_found("bot/domain/a.hpp", "struct SlackMessage {};", "Slack")
        self.expect_found("bot/app/a.cpp", 'auto platform = "msteams";', "msteams")

    def test_leaves_alone_comments_and_groups_of_people(self):
        self.expect_nothing("bot/app/a.cpp", "// Slack does this\nstruct Teams {}; auto t = teams();")
        self.expect_nothing("adapters/slack/a.cpp", "struct SlackMessage {};")


class Catalogue(CheckTest):
    check = "catalogue"

    def use(self, *keys):
        self.write("bot/domain/uses.cpp", "\n".join(f'auto a = Text{{"{key}"}};' for key in keys))

    def lint(self, sentence, language="en"):
        self.use("prompt.open", "prompt.answer")
        entries = {"prompt.open": sentence, "prompt.answer": "Not today"}
        self.write("config/texts/en.json", json.dumps(entries if language == "en" else {**entries, "prompt.open": "Open"}))
        if language != "en":
            self.write(f"config/texts/{language}.json", json.dumps(entries))
        return self.found()

    def test_works_while_there_are_no_texts(self):
        self.assertEqual(self.found(), [])

    def test_finds_words_that_we_do_not_use(self):
        for sentence in [
            "Open · closed", "Please answer", "You missed it", "We ignored it", "Send a DM to us", "Use a day, e.g. Monday",
            "Tests, etc", "Click Answer", "Saved!", "Saved as Your plan", "Stand-up Summary", "Ask the PO today",
            "In 5 mins", " Open", "Open {until", "Open {Until}", "",
        ]:
            with self.subTest(sentence=sentence):
                self.assertNotEqual(self.lint(sentence), [])
        self.assertEqual(len(self.lint("Agored · nawr", "cy")), 1)

    def test_leaves_plain_sentences_alone(self):
        for sentence in [
            "Reply here with one line, or select Not today. Open until {time} your time.",
            "{team} stand-up, {date}",
            "Your answer is shown in Payments on Slack".replace("Payments", "{team}"),
            "Saved: Your plan for Monday",
            "What stops you? If nothing, I will ask again.",
        ]:
            with self.subTest(sentence=sentence):
                self.assertEqual(self.lint(sentence), [])

    def test_languages_have_the_same_keys_arguments_and_all_their_plural_forms(self):
        self.use("a.one", "a.two", "a.days")
        plural = {"plural": "count", "one": "{count} day", "other": "{count} days"}
        self.write("config/texts/en.json", json.dumps({"a.one": "{x} is open", "a.two": "Two", "a.days": plural}))
        self.write("config/texts/cy.json", json.dumps({"a.one": "{y} ar agor", "a.more": "Mwy", "a.days": plural}))
        found = "\n".join(self.found())
        for part in ["a.two: is not translated", "a.more: is not in", "a.one: has ['y']", "a.days: has the forms"]:
            self.assertIn(part, found)
        self.assertEqual(len(self.found()), 4)

    def test_finds_a_key_twice_and_plurals_without_a_count(self):
        self.use("a.one", "a.two")
        self.write("config/texts/en.json", '{"a.one": "One", "a.one": "One", "a.two": {"one": "x", "other": "y"}}')
        found = "\n".join(self.found())
        self.assertIn("a.one: stands here twice", found)
        self.assertIn('a.two: needs "plural"', found)

    def test_code_and_catalogue_name_the_same_keys(self):
        self.write("config/texts/en.json", json.dumps({"a.one": "One", "a.idle": "Two", "why.late": "Late"}))
        self.write("bot/app/a.cpp", 'f("a.one"); f(text("a.lost", {})); f(Text{"typo.key"}); f(text("typo")); event("a.recorded"); f("a.json");')
        self.write("tests/tidy/built_keys.txt", "why.  the reason's name completes it\n")
        found = "\n".join(self.found())
        self.assertIn('"a.lost" is not in', found)
        self.assertIn('"typo.key" is not in', found)
        self.assertIn('"typo" is no key', found)
        self.assertIn("a.idle: no code uses it", found)
        self.assertEqual(len(self.found()), 4)


class Signatures(CheckTest):
    check = "signatures"

    def test_finds_every_other_comparison_of_a_signature(self):
        for line in [
            "return expected == *request.signature;",
            "if (sign(secret, stamp, body) != given) return false;",
            "bool same = a.signature<b && signature_of(body) == given;",
            "return memcmp(signature.data(), given.data(), 32) == 0;",
            "return std::equal(hmac.begin(), hmac.end(), given.begin());",
            "return std::ranges::equal(given, hmac_of(body));",
            "return signature.compare(given) == 0;",
            "return given.compare(0, 67, wanted_signature) == 0;",
            "return strcmp(header, sign(secret, stamp, body).c_str()) == 0;",
            "return std::equal_to<>{}(signature, given);",
            "return (signature <=> given) == 0;",
            "auto order = signature <=> given;",
        ]:
            with self.subTest(line=line):
                self.write("adapters/slack/a.cpp", f"void f() {{\n    {line}\n}}\n")
                found = self.found()
                self.assertTrue(found)
                self.assertTrue(all("adapters/slack/a.cpp:2:" in finding for finding in found), found)

    def test_leaves_alone_what_does_not_look_at_its_bytes(self):
        self.expect_nothing("adapters/slack/a.cpp", """
            // signature == given
            bool f(const Fields& fields, std::optional<std::string_view> signature) {
                if (signature == std::nullopt || signature->size() != 67) return false;
                if (fields.count(signature_header) != 1 || method == "sign") return false;
                bool fits = stamp == now; auto given = *signature;
                auto seen = signatures.find(given); if (seen != signatures.end()) return false;
                auto same = std::equal(one.begin(), one.end(), other.begin()); use(signature);
                return CRYPTO_memcmp(sign(secret).data(), given.data(), 67) == 0;
            }
        """)
        self.expect_nothing("tests/unit/adapters/slack/a_test.cpp", "bool b = sign(secret) == signature;")


class Files(CheckTest):
    check = "files"

    def test_finds_broken_promises(self):
        mark = "TO" + "DO"
        for path, text, part in [
            ("CMakeLists.txt", f"# {mark}: later\n", "unfinished"),
            (".gitignore", "x\n/wor" + "k/main/x\n", ":2:"),
            ("README.md", "see /ho" + "me/somebody/x\n", "one machine"),
            ("package-lock.json", '{"resolved"' + ': "https://a"}', "registry"),
            ("big.cpp", "int a;\n" * 601, "601 lines"),
            ("dev", "#!/bin/sh\n", "run bit"),
            ("bot/domain/a.cpp", "int a;\n", "README"),
        ]:
            with self.subTest(path=path):
                self.write(path, text)
                found = self.found()
                self.assertEqual(len(found), 1, found)
                self.assertIn(part, found[0])
                (self.root / path).unlink()

    def test_leaves_good_files_alone(self):
        self.write("dev", "#!/bin/sh\n").chmod(0o755)
        self.write("bot/domain/README.md", "What lives here.\n")
        self.write("bot/domain/a.cpp", "int a;\n" * 600)
        self.write("tests/unit/bot/domain/a_test.cpp", "int a;\n")
        self.write("build/x.cpp", "int a;\n" * 601)
        self.assertEqual(self.found(), [])


class CoAwait(CheckTest):
    check = "co_await"

    def unit(self, text):
        file = self.write("bot/app/a.cpp", text)
        self.write("bot/app/a.hpp", "#include <boost/asio/awaitable.hpp>\n#include <string>\n")
        command = f"g++ -DX=1 -I{self.root} -Og -fcf-protection=full -ftrivial-auto-var-init=zero -std=c++20 -o a.o -c {file}"
        entry = {"directory": str(self.root), "command": command, "file": str(file)}
        self.write("build/compile_commands.json", json.dumps([entry]))
        return self.found(self.root / "build")

    good = """#include "bot/app/a.hpp"
        using Task = boost::asio::awaitable<int>;
        struct Record { std::string a, b; };
        Task count(Record record) { co_return static_cast<int>(record.a.size()); }
        template <class F> Task call(F f) { f(); co_return 1; }
        Task fine(std::string s) { auto record = Record{s, s}; co_return co_await count(record); }
        """

    def test_finds_values_made_inside_co_await(self):
        self.assertEqual(self.unit(self.good), [])
        found = self.unit(self.good + "Task bad(std::string s) { co_return co_await count(Record{s, s}); }\n")
        self.assertEqual(len(found), 1, found)
        self.assertIn("bot/app/a.cpp:7:", found[0])
        found = self.unit(self.good + "Task bad(std::string s) { co_return co_await call([s] { return s; }); }\n")
        self.assertEqual(len(found), 1, found)

    def test_looks_through_one_file_for_a_header_that_awaits(self):
        self.write("bot/app/a.hpp", "#pragma once\n#include <boost/asio/awaitable.hpp>\n#include <string>\n")
        bad = "inline Task bad(std::string s) { co_return co_await count(Record{s, s}); }\n"
        self.write("bot/app/b.hpp", "#pragma once\n" + self.good + bad)
        entries = []
        for name in ("one", "two"):
            file = self.write(f"bot/app/{name}.cpp", '#include "bot/app/b.hpp"\n')
            command = f"g++ -I{self.root} -std=c++20 -o {name}.o -c {file}"
            entries.append({"directory": str(self.root), "command": command, "file": str(file)})
        self.write("build/compile_commands.json", json.dumps(entries))
        found = self.found(self.root / "build")
        self.assertEqual(len(found), 1, found)
        self.assertIn("bot/app/b.hpp:8:", found[0])
        self.assertEqual(len(list((self.root / "build" / "co_await-cache").iterdir())), 0, "kept as well though it is bad")

    def test_says_when_clang_cannot_read_a_file(self):
        self.assertIn("clang cannot read", self.unit(self.good + "Task broken() { co_return co_await nothing(); }")[0])


class Hardening(CheckTest):
    good = ["-O2", "-D_FORTIFY_SOURCE=3", "-fstack-protector-strong", "-fPIE", "-pie",
            "-Wl,-z,relro,-z,now,-z,noexecstack"]

    def facts_of(self, *flags):
        code = "#include <cstdio>\n#include <cstring>\n#ifdef SECTION\nasm(SECTION \"\\n.long 0\\n.text\");\n#endif\n" \
               "int main(int n, char** w) { char a[9]; std::snprintf(a, sizeof a, \"%d%s\", n, w[0]); std::puts(a);" \
               " std::strcpy(w[0], w[1]); }"
        source, program = self.write("a.cpp", code), self.root / "a.out"
        subprocess.run(["g++", "-w", *self.good, *flags, source, "-o", program], check=True)
        return hardening.facts_of(program)

    def test_finds_a_program_that_was_linked_carelessly(self):
        promised = self.facts_of()
        self.assertIn("__snprintf_chk", promised["fortified calls"])
        for careless, what, seen in [
            (["-fno-pie", "-no-pie"], "place", "one address"),
            (["-Wl,-z,norelro"], "relocations", "writable"),
            (["-Wl,-z,lazy"], "symbols", "bound late"),
            (["-Wl,-z,execstack"], "stack", "executable"),
            (['-DSECTION=".section .both, \\"awx\\", @progbits"'], "memory", "writable and executable"),
            (["-Wl,-rpath,/opt"], "run path", "/opt"),
            (["-fno-stack-protector"], "stack protector", "no"),
            (["-U_FORTIFY_SOURCE"], "fortified calls", "none"),
        ]:
            with self.subTest(what=what):
                self.assertIn(f"{what}: {seen}, not {promised[what]}", hardening.broken(promised, self.facts_of(*careless)))

    def test_takes_more_checked_calls_and_fewer_unchecked_ones_but_not_the_other_way_round(self):
        promised = {"fortified calls": "__b_chk", "unchecked string calls": "strcpy"}
        self.assertEqual(hardening.broken(promised, {"fortified calls": "__a_chk __b_chk", "unchecked string calls": ""}), [])
        found = hardening.broken(promised, {"fortified calls": "__a_chk", "unchecked string calls": "gets strcpy"})
        self.assertEqual(len(found), 2, found)

    def test_finds_a_file_that_was_compiled_without_a_flag(self):
        def entry(path, flags):
            return {"directory": "/", "file": path, "command": f"g++ {flags} -o a.o -c {path}"}

        commands = self.write("commands.json", json.dumps([
            entry("/x/bot/a.cpp", "-O2 -fPIC -Wall"), entry("/x/bot/b.cpp", "-fPIE -Wall"), entry("/x/tests/c.cpp", "")]))
        self.assertEqual(hardening.flags_in(commands, "-O2 -fPIE -Wall"), "-fPIE -Wall")


class CommandLine(CheckTest):
    def run_it(self, *arguments):
        with contextlib.redirect_stderr(io.StringIO()):
            script = pathlib.Path(__file__).with_name("run.py")
            return subprocess.run(
                ["python3", script, "--root", self.root, *arguments], capture_output=True, text=True
            )

    def test_ends_with_1_on_a_finding_and_2_on_bad_usage(self):
        self.assertEqual(self.run_it("sql").returncode, 0)
        self.write("bot/app/a.cpp", 'run("DELETE FROM round");')
        self.assertEqual(self.run_it("sql").returncode, 1)
        self.assertEqual(self.run_it("nothing").returncode, 2)


if __name__ == "__main__":
    unittest.main()
