#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "adapters/system/entropy.hpp"
#include "bot/cli/at_the_office.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/exit_code.hpp"
#include "bot/cli/plain_text.hpp"
#include "bot/cli/refusal.hpp"
#include "bot/cli/token_keys.hpp"

namespace muster::cli {
namespace {

// A key that is written over takes every token with it.
void write_new_file(const std::filesystem::path& path, const std::string& text) {
    auto file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        throw Refusal(
            exit_code::usage,
            path.string() + " exists already. A key is never written over: give another name."
        );
    auto is_written =
        file >= 0 &&
        ::write(file, text.data(), text.size()) == static_cast<::ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    auto problem = errno;
    if (file >= 0) ::close(file);
    if (is_written) return;
    if (file >= 0) ::unlink(path.c_str());
    throw Refusal(
        exit_code::usage, "Cannot write " + path.string() + ": " + std::strerror(problem) + "."
    );
}

std::string key_in(const std::filesystem::path& path, const char* option) {
    auto refuse = [&](const std::string& expected) {
        throw Refusal(
            exit_code::usage,
            fmt::format("muster: {} {}: expected {}", option, path.string(), expected)
        );
    };
    auto read = config::read_secret(path);
    if (const auto* expected = std::get_if<std::string>(&read)) refuse(*expected);
    auto text = std::get<config::Secret>(read).reveal();
    if (!SealingKey::from(text)) refuse("32 random bytes in hex or base64");
    return text;
}

}  // namespace

int run(const TokenKey& command) {
    SystemEntropy entropy;
    auto one = entropy.seed();
    auto text = new_key_text(one, entropy.seed());
    write_new_file(command.out, text + "\n");
    fmt::print(
        "Wrote the key {} to {}. Let storage.token_key name that file, and keep a copy apart from "
        "the backups.\n",
        SealingKey::from(text)->id(),
        command.out.string()
    );
    return exit_code::ok;
}

// The keys are read by whoever typed the command: the running bot may not see those files.
int run(const ReencryptTokens& command) {
    auto old_key = key_in(command.old_key, "--old-key");
    auto new_key = key_in(command.new_key, "--new-key");
    Errand errand{"reencrypt-tokens", std::move(old_key), std::move(new_key)};
    return at_the_office(configuration_of(command.place), std::move(errand), to_terminal());
}

Task<int> do_reencrypt_tokens(Office::Parts parts, Errand errand, Output& output) {
    auto old_key = errand.size() == 3 ? SealingKey::from(errand[1]) : std::nullopt;
    auto new_key = errand.size() == 3 ? SealingKey::from(errand[2]) : std::nullopt;
    if (!old_key || !new_key) co_return exit_code::usage;
    SqliteInstallations installations{parts.store};

    auto is_open = [&](const Installation& installation) {
        return token_of(installation, old_key) || token_of(installation, new_key);
    };
    std::string closed;
    auto all = co_await installations.all();
    for (const auto& installation : all)
        if (!is_open(installation))
            closed += fmt::format(
                "! {} ({}) is encrypted with the key {}.\n",
                one_line(installation.name),
                installation.workspace,
                installation.token.key
            );
    if (!closed.empty()) {
        closed += fmt::format(
            "Nothing was changed: neither {} nor {} opens these tokens. Give the key that they are "
            "encrypted with as --old-key, or install Muster in these workspaces again.\n",
            old_key->id(),
            new_key->id()
        );
        co_await output.out(closed);
        co_return exit_code::finding;
    }

    // Once more is no harm: what the new key opens already is sealed with it again.
    IdSource chance{parts.entropy.seed()};
    SqliteInstallations::Reseal reseal = [old_key, new_key, chance](const Installation& installation
                                         ) mutable -> std::optional<SealedText> {
        auto token = token_of(installation, old_key);
        if (!token) token = token_of(installation, new_key);
        if (!token) return std::nullopt;
        auto high = chance.next_number();
        return seal(*new_key, *token, installation.workspace, {high, chance.next_number()});
    };
    auto resealed = co_await installations.reseal_all(std::move(reseal));
    if (!resealed) {
        co_await output.err("Nothing was changed: the database refused it. Try again.\n");
        co_return exit_code::store;
    }
    auto count =
        *resealed == 1 ? std::string{"1 token is"} : fmt::format("{} tokens are", *resealed);
    auto words = fmt::format(
        "{} now encrypted with the key {}. Let storage.token_key name its file and start Muster "
        "again.\n",
        count,
        new_key->id()
    );
    co_await output.out(words);
    co_return exit_code::ok;
}

}  // namespace muster::cli
