#include "bot/domain/mention.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr std::size_t longest_account = 64;

bool is_letter_or_digit(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= '0' && byte <= '9');
}

// Whoever writes an "@" behind one of these means a mail address, or a page.
bool stands_within_a_word(char byte) {
    return is_letter_or_digit(byte) ||
           std::string_view{"._-/"}.find(byte) != std::string_view::npos;
}

// What stands behind an "@" and begins with an account; "" = nothing.
std::string_view run_at(std::string_view text, std::size_t begin) {
    auto end = begin;
    while (end < text.size() && (is_letter_or_digit(text[end]) || text[end] == '-'))
        ++end;
    auto run = text.substr(begin, end - begin);
    return run.size() > longest_account ? std::string_view{} : run;
}

// "U1-led", "U1": an account may have a hyphen, and so may the words behind it.
std::vector<std::string_view> accounts_in(std::string_view run) {
    std::vector<std::string_view> accounts;
    for (; !run.empty(); run = run.substr(0, run.rfind('-'))) {
        accounts.push_back(run);
        if (run.find('-') == std::string_view::npos) break;
    }
    return accounts;
}

// Calls `visit(place, run)` for each mention: `place` is that of its "@".
template <class Visit>
void each_mention(std::string_view text, Visit visit) {
    auto mention_ends = std::string_view::npos;
    for (auto at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
        auto is_apart = at == 0 || at == mention_ends || !stands_within_a_word(text[at - 1]);
        auto run = is_apart ? run_at(text, at + 1) : std::string_view{};
        if (run.empty()) continue;
        mention_ends = at + 1 + run.size();
        visit(at, run);
    }
}

}  // namespace

std::vector<std::string> accounts_mentioned_in(std::string_view text) {
    std::vector<std::string> found;
    each_mention(text, [&](std::size_t, std::string_view run) {
        for (auto account : accounts_in(run))
            if (found.size() < most_mentions && std::ranges::count(found, account) == 0)
                found.emplace_back(account);
    });
    return found;
}

std::string with_names_for_accounts(std::string_view text, const NamedAccounts& names) {
    std::string named;
    std::size_t written = 0;
    each_mention(text, [&](std::size_t at, std::string_view run) {
        for (auto account : accounts_in(run)) {
            auto known = std::ranges::find(names, account, &NamedAccounts::value_type::first);
            if (known == names.end()) continue;
            named += text.substr(written, at + 1 - written);
            named += known->second;
            written = at + 1 + account.size();
            return;
        }
    });
    return named += text.substr(written);
}

}  // namespace muster
