#include "bot/cli/token_keys.hpp"

#include <fmt/format.h>

namespace muster::cli {
namespace {

std::string why_not(const Installation& installation, const std::optional<SealingKey>& key) {
    const auto& wanted = installation.token.key;
    if (!key) return fmt::format("it is encrypted with the key {}, and none is configured", wanted);
    if (wanted != key->id())
        return fmt::format(
            "it is encrypted with the key {}, and the configured one is {}", wanted, key->id()
        );
    return "it was changed, or belongs to another workspace";
}

std::string fix_of(const Installation& installation, const std::optional<SealingKey>& key) {
    if (key && installation.token.key == key->id())
        return "Restore a backup of the database, or install Muster in that workspace again.";
    return fmt::format(
        "Let storage.token_key name the file of the key {} and start Muster again. If a new key "
        "is to take its place, run: muster tokens reencrypt --old-key FILE --new-key FILE. If it "
        "is "
        "lost, install Muster in that workspace again: nothing else is lost with it.",
        installation.token.key
    );
}

}  // namespace

std::optional<SealingKey> token_key_of(const config::Configuration& configuration) {
    const auto& key = configuration.storage.token_key;
    if (!key) return std::nullopt;
    return SealingKey::from(key->reveal());
}

std::optional<std::string> token_of(
    const Installation& installation, const std::optional<SealingKey>& key
) {
    if (!key) return std::nullopt;
    return unseal(*key, installation.token, installation.workspace);
}

std::vector<Ailment> unreadable_tokens(
    std::span<const Installation> installations, const std::optional<SealingKey>& key
) {
    std::vector<Ailment> ailments;
    for (const auto& installation : installations) {
        if (token_of(installation, key)) continue;
        ailments.push_back(
            {fmt::format(
                 "The token of the workspace {} ({}) cannot be read: {}.",
                 installation.name,
                 installation.workspace,
                 why_not(installation, key)
             ),
             fix_of(installation, key)}
        );
    }
    return ailments;
}

}  // namespace muster::cli
