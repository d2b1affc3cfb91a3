#pragma once

#include <optional>
#include <span>

#include "adapters/sealing/sealing.hpp"
#include "bot/cli/examination.hpp"
#include "config/configuration.hpp"
#include "storage/sqlite/installations.hpp"

// Which tokens of installed workspaces can be read, and what is to be done about those that cannot.
namespace muster::cli {

// That of the configuration; none where it has none.
std::optional<SealingKey> token_key_of(const config::Configuration&);

// Nothing when no key was given or the token was not sealed with it.
std::optional<std::string> token_of(const Installation&, const std::optional<SealingKey>&);

// One for each installation whose token cannot be read.
std::vector<Ailment>
unreadable_tokens(std::span<const Installation>, const std::optional<SealingKey>&);

}  // namespace muster::cli
