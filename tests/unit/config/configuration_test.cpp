#include "config/configuration.hpp"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace muster;
using namespace muster::config;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::vector<std::string> problems_of(std::string_view text) {
    std::vector<std::string> told;
    auto read = configuration_from(text, "etc/muster.jsonc");
    if (read.has_error()) {
        for (const auto& problem : read.error())
            told.push_back(to_text(problem));
    }
    return told;
}

class AFolder : public testing::Test {
protected:
    AFolder() { ::mkdtemp(name_.data()); }

    ~AFolder() override { std::filesystem::remove_all(name_); }

    std::filesystem::path write(
        const std::string& name, const std::string& text, mode_t mode = 0600
    ) {
        auto file = std::filesystem::path(name_) / name;
        std::ofstream(file) << text;
        ::chmod(file.c_str(), mode);
        return file;
    }

private:
    std::string name_ = (std::filesystem::temp_directory_path() / "muster-config-XXXXXX").string();
};

TEST(Configuration, NeedsOnlyTheNameOfTheOrganisation) {
    auto configuration =
        configuration_from(R"({ "organisation": "Example Agency" })", "etc/muster.jsonc").value();

    EXPECT_EQ(configuration.organisation, "Example Agency");
    EXPECT_EQ(configuration.server.listen, (Listener{"127.0.0.1", 8080}));
    EXPECT_EQ(configuration.server.admin_listen, (Listener{"127.0.0.1", 9090}));
    EXPECT_EQ(configuration.storage.sqlite, "etc/var/muster.db");
    EXPECT_FALSE(configuration.storage.backup);
    EXPECT_FALSE(configuration.local_enabled);
    EXPECT_THAT(connections_of(configuration), IsEmpty());
}

TEST(Configuration, ResolvesRelativePathsAgainstTheFile) {
    auto text =
        R"({ "organisation": "A", "storage": { "sqlite": "a.db", "backup": { "dir": "/b" } },
                     "network": { "ca_file": "ca.pem" } })";
    auto configuration = configuration_from(text, "/etc/muster/muster.jsonc").value();

    EXPECT_EQ(configuration.storage.sqlite, "/etc/muster/a.db");
    EXPECT_EQ(configuration.storage.backup->directory, "/b");
    EXPECT_EQ(configuration.storage.backup->every, 24h);
    EXPECT_EQ(configuration.network.ca_file, "/etc/muster/ca.pem");
}

TEST(Configuration, TellsEveryProblemAtOnceWithFileLinePointerAndWhatIsExpected) {
    auto told = problems_of(R"({
        "organisation": "",
        "server": { "listen": "8080",
                    "public_url": "http://muster.example.org" },
        "storage": { "backup": { "every": "often", "keep": 0 } },
        "locale": { "enabled": true },
        "clock": { "adjustable": "yes" }
    })");

    EXPECT_THAT(
        told,
        ElementsAre(
            "etc/muster.jsonc:2: /organisation: expected the name of your organisation",
            "etc/muster.jsonc:3: /server/listen: expected an address and a port such as "
            "\"127.0.0.1:8080\"",
            "etc/muster.jsonc:4: /server/public_url: expected an https:// address (http:// only on "
            "loopback)",
            "etc/muster.jsonc:5: /storage/backup/every: expected a length from \"1m\" to \"48h\"",
            "etc/muster.jsonc:5: /storage/backup/keep: expected a whole number from 1 to 1000",
            AllOf(
                StartsWith("etc/muster.jsonc:6: /locale: expected one of the keys "),
                HasSubstr("did you mean \"local\"?")
            ),
            "etc/muster.jsonc:7: /clock/adjustable: expected true or false"
        )
    );
}

TEST(Configuration, SaysWhereATextIsNotJson) {
    EXPECT_THAT(
        problems_of("{\n  \"organisation\": \"A\",\n}"),
        ElementsAre(StartsWith("etc/muster.jsonc:3: expected JSON"))
    );
    EXPECT_THAT(
        problems_of("{ \"organisation\": \"A\", \"organisation\": \"B\" }"),
        ElementsAre(HasSubstr("stands here twice"))
    );
}

TEST(Configuration, SpeaksOfAFileThatDoesNotExist) {
    auto read = read_configuration("no/such/file.jsonc");

    EXPECT_EQ(to_text(read.error()[0]), "no/such/file.jsonc: expected a file that exists");
}

TEST(Configuration, AllowsPlainHttpOnlyOnLoopback) {
    auto with = [](std::string url) {
        return problems_of(
            R"({ "organisation": "A", "alarms": { "heartbeat_url": ")" + url + "\" } }"
        );
    };
    for (auto url :
         {"https://example.org/a?b",
          "http://localhost:9000/",
          "http://127.0.0.1/",
          "http://[::1]:80/"})
        EXPECT_THAT(with(url), IsEmpty()) << url;
    for (auto url :
         {"http://example.org",
          "http://127.0.0.1.example.org/",
          "http://127.0.0.1@example.org/",
          "https://user@example.org/",
          "ftp://localhost",
          "https://",
          "example.org",
          "https://example.org:0/",
          "https://example.org/#a",
          "http://10.0.0.1/"})
        EXPECT_THAT(with(url), SizeIs(1)) << url;
}

TEST(Configuration, AllowsTheLocalWorkspaceOnlyOnALoopbackListener) {
    auto with = [](std::string listen) {
        return problems_of(
            R"({ "organisation": "A", "server": { "listen": ")" + listen +
            R"(" }, "local": { "enabled": true } })"
        );
    };
    for (auto listen : {"127.0.0.1:8080", "localhost:0", "[::1]:8080", "127.9.9.9:1"})
        EXPECT_THAT(with(listen), IsEmpty());
    for (auto listen : {"0.0.0.0:8080", "10.1.2.3:80", "[::]:80"})
        EXPECT_THAT(
            with(listen),
            ElementsAre(HasSubstr("/local: expected server.listen on a loopback address"))
        );
}

TEST(Configuration, LetsTimeBeMovedOnlyWithBothListenersOnLoopback) {
    auto with = [](std::string admin) {
        return problems_of(
            R"({ "organisation": "A", "server": { "admin_listen": ")" + admin +
            R"(" }, "clock": { "adjustable": true } })"
        );
    };
    EXPECT_THAT(with("127.0.0.1:9090"), IsEmpty());
    EXPECT_THAT(
        with("0.0.0.0:9090"), ElementsAre(HasSubstr("/clock: expected both listeners on loopback"))
    );
}

TEST(Configuration, RefusesListenersThatAreTheSame) {
    auto text =
        R"({ "organisation": "A", "server": { "listen": "127.0.0.1:1", "admin_listen": "127.0.0.1:1" } })";

    EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr("listen and admin_listen to differ")));
}

TEST(Configuration, RefusesListenersThatAreNone) {
    for (auto listen :
         {"",
          ":80",
          "127.0.0.1",
          "127.0.0.1:",
          "127.0.0.1:65536",
          "example.org:80",
          "::1:80",
          "[::1]",
          "127.0.0.1:-1",
          "127.0.0.1:8o"})
        EXPECT_THAT(
            problems_of(
                R"({ "organisation": "A", "server": { "listen": ")" + std::string(listen) + "\" } }"
            ),
            SizeIs(1)
        ) << listen;
}

using ConfigurationSecrets = AFolder;

TEST_F(ConfigurationSecrets, ComeFromAFileThatOnlyItsOwnerMayRead) {
    write("token", "xoxb-1\n");
    write("signing", "s3cret", 0600);
    auto text =
        R"({ "organisation": "A", "slack": [ { "name": "main", "bot_token": { "file": "token" },
                     "signing_secret": { "file": "signing" } } ] })";
    auto configuration = read_configuration(write("muster.jsonc", text)).value();

    EXPECT_EQ(configuration.slack[0].bot_token.reveal(), "xoxb-1");
    EXPECT_EQ(configuration.slack[0].signing_secret->reveal(), "s3cret");
    EXPECT_THAT(connections_of(configuration), ElementsAre(NamedConnection{"main", "slack"}));
}

TEST_F(ConfigurationSecrets, AreRefusedWhenOthersMayReadTheFileOrItIsEmptyOrMissing) {
    write("open", "xoxb-1", 0644);
    write("empty", "\n");
    auto text =
        R"({ "organisation": "A", "slack": [ { "name": "main", "bot_token": { "file": "open" },
                     "app_token": { "file": "empty" },
                     "signing_secret": { "file": "nowhere" } } ] })";
    auto problems = read_configuration(write("muster.jsonc", text)).error();

    ASSERT_THAT(problems, SizeIs(3));
    EXPECT_EQ(problems[0].expected, "a file that only its owner may read (chmod 600)");
    EXPECT_EQ(problems[1].expected, "a file that is not empty");
    EXPECT_EQ(problems[2].expected, "a file that exists");
    for (const auto& problem : problems)
        EXPECT_THAT(to_text(problem), Not(HasSubstr("xoxb")));
}

TEST_F(ConfigurationSecrets, ComeFromTheEnvironment) {
    ::setenv("MUSTER_TEST_PASSWORD", "from outside", 1);
    auto text =
        R"({ "organisation": "A", "msteams": [ { "name": "org", "app_id": "1", "tenant_id": "t",
                     "app_password": { "env": "MUSTER_TEST_PASSWORD" } } ] })";
    auto configuration = configuration_from(text, "muster.jsonc").value();

    EXPECT_EQ(configuration.msteams[0].app_password.reveal(), "from outside");
    EXPECT_EQ(
        configuration.msteams[0].token_url, "https://login.microsoftonline.com/t/oauth2/v2.0/token"
    );
    ::unsetenv("MUSTER_TEST_PASSWORD");
    EXPECT_THAT(
        problems_of(text), ElementsAre(HasSubstr("expected an environment variable that is set"))
    );
}

TEST_F(ConfigurationSecrets, NeverStandInTheFileItself) {
    auto text =
        R"({ "organisation": "A", "slack": [ { "name": "main", "bot_token": "xoxb-1", "signing_secret": {} } ] })";

    EXPECT_THAT(
        problems_of(text),
        ElementsAre(
            "etc/muster.jsonc:1: /slack/0/bot_token: expected an object",
            HasSubstr("/slack/0/signing_secret: expected either \"file\" or \"env\"")
        )
    );
}

TEST_F(ConfigurationSecrets, AreThoseThatTheTransportNeeds) {
    ::setenv("MUSTER_TEST_TOKEN", "t", 1);
    auto with = [](std::string transport) {
        return problems_of(
            R"({ "organisation": "A", "slack": [ { "name": "main", "transport": ")" + transport +
            R"(", "bot_token": { "env": "MUSTER_TEST_TOKEN" } } ] })"
        );
    };
    EXPECT_THAT(with("http"), ElementsAre(HasSubstr("signing_secret, as transport is http")));
    EXPECT_THAT(with("socket"), ElementsAre(HasSubstr("app_token, as transport is socket")));
    EXPECT_THAT(with("pigeon"), Contains(HasSubstr("expected \"http\" or \"socket\"")));
    ::unsetenv("MUSTER_TEST_TOKEN");
}

TEST_F(ConfigurationSecrets, AreNoneOfEachOther) {
    ::setenv("MUSTER_TEST_BOT", "xoxb-1", 1);
    ::setenv("MUSTER_TEST_APP", "xapp-1", 1);
    auto with = [](std::string bot, std::string app) {
        return problems_of(
            R"({ "organisation": "A", "slack": [ { "name": "main", "transport": "socket",)"
            R"( "bot_token": { "env": ")" +
            bot + R"(" }, "app_token": { "env": ")" + app + R"(" } } ] })"
        );
    };
    EXPECT_THAT(with("MUSTER_TEST_BOT", "MUSTER_TEST_APP"), IsEmpty());
    EXPECT_THAT(
        with("MUSTER_TEST_APP", "MUSTER_TEST_BOT"),
        ElementsAre(HasSubstr("as bot_token"), HasSubstr("as app_token"))
    );
    ::unsetenv("MUSTER_TEST_BOT");
    ::unsetenv("MUSTER_TEST_APP");
}

TEST_F(ConfigurationSecrets, MayBeRotatedUntilAMinuteThatIsNamed) {
    ::setenv("MUSTER_TEST_TOKEN", "t", 1);
    auto with = [](std::string rotation) {
        return R"({ "organisation": "A", "slack": [ { "name": "main", "bot_token": { "env": "MUSTER_TEST_TOKEN" },
                     "signing_secret": { "env": "MUSTER_TEST_TOKEN" })" +
               rotation + " } ] }";
    };
    auto previous = std::string(R"(, "previous_signing_secret": { "env": "MUSTER_TEST_TOKEN" })");
    auto until = [](std::string minute) {
        return R"(, "previous_signing_secret_until": ")" + minute + "\"";
    };
    auto read = configuration_from(with(previous + until("2026-12-01T12:00Z")), "muster.jsonc");

    ASSERT_TRUE(read);
    EXPECT_EQ(
        read->slack[0].previous_signing_secret_until, instant_from("2026-12-01T12:00:00.000Z")
    );
    EXPECT_THAT(problems_of(with(previous)), ElementsAre(HasSubstr("or neither")));
    EXPECT_THAT(
        problems_of(with(previous + until("tomorrow"))), Contains(HasSubstr("a minute of UTC"))
    );
    ::unsetenv("MUSTER_TEST_TOKEN");
}

TEST_F(ConfigurationSecrets, OfInstalledWorkspacesNeedAKeyAndAnAddress) {
    ::setenv("MUSTER_TEST_KEY", std::string(64, 'a').c_str(), 1);
    auto with = [](std::string rest, std::string of_app = "") {
        return problems_of(
            R"({ "organisation": "A", "slack_app": { "client_id": "1.2",)"
            R"( "client_secret": { "env": "MUSTER_TEST_KEY" },)"
            R"( "signing_secret": { "env": "MUSTER_TEST_KEY" })" +
            of_app + " }" + rest + " }"
        );
    };
    std::string key = R"(, "storage": { "token_key": { "env": "MUSTER_TEST_KEY" } })";
    std::string url = R"(, "server": { "public_url": "https://muster.example.org" })";
    std::string admin = R"(, "admins": [ { "connection": "T0123ABCD", "user": "U1" } ])";

    EXPECT_THAT(with(key + url + admin), IsEmpty());
    EXPECT_THAT(with(url), ElementsAre(HasSubstr("storage.token_key")));
    EXPECT_THAT(with(key), ElementsAre(HasSubstr("server.public_url")));
    EXPECT_THAT(
        with(key + url, R"(, "workspaces": ["payments"])"),
        ElementsAre(HasSubstr("such as \"T0123ABCD\""))
    );
    ::unsetenv("MUSTER_TEST_KEY");
}

TEST_F(ConfigurationSecrets, OfAnInstalledAppAreThoseThatItsTransportNeeds) {
    ::setenv("MUSTER_TEST_KEY", std::string(64, 'a').c_str(), 1);
    auto with = [](const std::string& of_app) {
        return problems_of(
            R"({ "organisation": "A", "storage": { "token_key": { "env": "MUSTER_TEST_KEY" } },)"
            R"( "server": { "public_url": "https://muster.example.org" },)"
            R"( "slack_app": { "client_id": "1.2", "client_secret": { "env": "MUSTER_TEST_KEY" })" +
            of_app + " } }"
        );
    };
    std::string socket = R"(, "transport": "socket")";
    std::string app_token = R"(, "app_token": { "env": "MUSTER_TEST_KEY" })";

    EXPECT_THAT(with(socket + app_token), IsEmpty());
    EXPECT_THAT(with(socket), ElementsAre(HasSubstr("app_token, as transport is socket")));
    EXPECT_THAT(with(app_token), ElementsAre(HasSubstr("signing_secret, as transport is http")));
    ::setenv("MUSTER_TEST_KEY", "xoxb-of-the-bot", 1);
    EXPECT_THAT(with(socket + app_token), Contains(HasSubstr("the app-level token, xapp-")));
    ::unsetenv("MUSTER_TEST_KEY");
}

TEST(Configuration, WantsConnectionNamesOnceAndAdministratorsOnThem) {
    ::setenv("MUSTER_TEST_TOKEN", "t", 1);
    auto secret = std::string(R"({ "env": "MUSTER_TEST_TOKEN" })");
    auto slack = [&](std::string name) {
        return R"({ "name": ")" + name + R"(", "bot_token": )" + secret +
               R"(, "signing_secret": )" + secret + " }";
    };
    auto text =
        R"({ "organisation": "A", "slack": [)" + slack("a") + "," + slack("a") + "," +
        slack("local") + "," + slack("b c") +
        R"(], "admins": [ { "connection": "a", "user": "U" }, { "connection": "z", "user": "U" } ] })";

    EXPECT_THAT(
        problems_of(text),
        ElementsAre(
            HasSubstr("/slack/1/name: expected a name that no other has"),
            HasSubstr("/slack/2/name: expected a name that no other has"),
            HasSubstr("/slack/3/name: expected a name of 1 to 64"),
            HasSubstr("/admins/1/connection: expected the name of a connection of this file")
        )
    );
    ::unsetenv("MUSTER_TEST_TOKEN");
}

TEST(Configuration, NamesItsConnectionsWithTheirPlatforms) {
    Configuration configuration;
    configuration.local_enabled = true;
    configuration.slack.push_back({});
    configuration.slack[0].name = "main";
    configuration.msteams.push_back({});
    configuration.msteams[0].name = "org";
    EXPECT_THAT(
        connections_of(configuration),
        ElementsAre(
            NamedConnection{"main", "slack"},
            NamedConnection{"org", "msteams"},
            NamedConnection{"local", "local"}
        )
    );
}

}  // namespace
