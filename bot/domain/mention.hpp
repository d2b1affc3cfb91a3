#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace muster {

inline constexpr std::size_t most_mentions = 50;  // of one text; more stay as they were typed

// Whoever a text names by their account, "@U123", as an adapter writes a mention where the platform
// tells no name: the external ids of what may be accounts, each once, at most most_mentions. An "@"
// within a word is no mention.
std::vector<std::string> accounts_mentioned_in(std::string_view text);

// The same text with "@Amira Khan" for "@U123". `names` of accounts; others stay as they are.
using NamedAccounts = std::vector<std::pair<std::string, std::string>>;
std::string with_names_for_accounts(std::string_view text, const NamedAccounts& names);

}  // namespace muster
