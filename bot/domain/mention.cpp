#include "bot/domain/mention.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr std::size_t longest_account = 64;

bool is_of_an_account(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
           (letter >= '0' && letter <= '9') || letter == '-';
}

// What stands behind an "@" and could be one; "" = nothing.
std::string_view account_at_front(std::string_view text) {
    const auto* end = std::ranges::find_if_not(text, is_of_an_account);
    std::string_view account{text.begin(), end};
    return account.size() > longest_account ? std::string_view{} : account;
}

}  // namespace

std::vector<std::string> accounts_mentioned_in(std::string_view text) {
    std::vector<std::string> accounts;
    while (accounts.size() < most_mentions) {
        auto sign = text.find('@');
        if (sign == std::string_view::npos) break;
        text.remove_prefix(sign + 1);
        std::string account{account_at_front(text)};
        if (!account.empty() && std::ranges::count(accounts, account) == 0)
            accounts.push_back(std::move(account));
    }
    return accounts;
}

std::string with_names_for_accounts(std::string_view text, const NamedAccounts& names) {
    std::string named;
    while (!text.empty()) {
        auto sign = std::min(text.find('@'), text.size() - 1);
        named += text.substr(0, sign + 1);
        text.remove_prefix(sign + 1);
        auto account = account_at_front(text);
        auto known = std::ranges::find(names, account, &NamedAccounts::value_type::first);
        if (named.back() != '@' || known == names.end()) continue;
        named += known->second;
        text.remove_prefix(account.size());
    }
    return named;
}

}  // namespace muster
