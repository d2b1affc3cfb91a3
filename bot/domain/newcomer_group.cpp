#include <algorithm>

#include "bot/domain/newcomer_parts.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

// A group that a team's people were taken from has changed.
namespace muster::newcomer {
namespace {

using namespace standup::words;

Text about_group(const char* key, const Setup& setup, const Roster& roster) {
    return text(
        key,
        {{"group", UserText{entered(setup, group_field)}}, {"team", UserText{roster.team.name}}}
    );
}

std::string joined_by_spaces(const Accounts& accounts) {
    std::string all;
    for (const auto& account : accounts)
        all += (all.empty() ? "" : " ") + account;
    return all;
}

Items difference_of(const Setup& setup, const settings::Document& document) {
    Items items;
    for (const auto& profile : setup.people)
        items.items.push_back(text("group.came", {{"person", UserText{profile.name}}}));
    for (const auto& account : accounts(setup, left_field))
        if (const auto* known = onboarding::person_of(setup, document, account))
            items.items.push_back(text("group.went", {{"person", UserText{known->name}}}));
    return items;
}

// An older offer goes: what it offered is in the newer one.
void replace(Decision& decision, Setup older, const Roster& roster, Instant now, IdSource& ids) {
    const bool was_shown = older.state == SetupState::offered;
    older.state = SetupState::ended;
    decision.events.push_back({"newcomer.replaced", older.id.value, std::nullopt, {}});
    if (was_shown) tell_delivery_managers(decision, older, roster, now, ids);
    decision.changes.emplace_back(std::move(older));
}

struct Difference {
    Accounts came;
    Accounts left;
};

// Whoever came after they left, or left after they came, has done the later alone.
Difference then(Difference before, const GroupChanged& changed) {
    std::erase_if(before.came, [&](const auto& one) { return holds(changed.left, one); });
    std::erase_if(before.left, [&](const auto& one) { return holds(changed.came, one); });
    for (const auto& account : changed.came)
        if (!holds(before.came, account)) before.came.push_back(account);
    for (const auto& account : changed.left)
        if (!holds(before.left, account)) before.left.push_back(account);
    return before;
}

}  // namespace

bool follows_group(const Setup& setup) {
    return setup.kind == SetupKind::people && setup.state == SetupState::started;
}

Decision group_changed(
    const Roster& roster,
    ConnectionId connection,
    const GroupChanged& changed,
    const std::vector<Setup>& before,
    const settings::Document& document,
    Instant now,
    IdSource& ids
) {
    auto setup = unsettled(SetupKind::group, roster, connection, changed.group, ids);
    Decision decision;
    std::string name;
    Difference difference;
    for (const auto& older : before) {
        if (older.team != roster.team.id) continue;
        if (follows_group(older)) name = entered(older, group_field);
        if (older.kind != SetupKind::group || !is_open(older)) continue;
        difference = {accounts(older, came_field), accounts(older, left_field)};
        replace(decision, older, roster, now, ids);
    }
    difference = then(std::move(difference), changed);
    std::erase_if(difference.came, [&](const std::string& account) {
        return member_of(setup, roster, document, account) != nullptr;
    });
    std::erase_if(difference.left, [&](const std::string& account) {
        return member_of(setup, roster, document, account) == nullptr;
    });
    if (difference.came.empty() && difference.left.empty()) return decision;
    setup.entered = {
        {came_field, joined_by_spaces(difference.came)},
        {left_field, joined_by_spaces(difference.left)},
        {group_field, name}};
    append(decision, to_be_looked_up(std::move(setup)));
    return decision;
}

Text group_settled(const Setup& setup, const Roster& roster) {
    if (setup.state == SetupState::ended) return text("setup.changed_meanwhile");
    const bool is_done = setup.state == SetupState::started;
    return about_group(is_done ? "group.followed" : "group.left", setup, roster);
}

Message group_offer(
    const Setup& setup,
    const Roster& roster,
    const settings::Document& document,
    const Reader& reader
) {
    auto message = note(reader, about_group("group.offer", setup, roster));
    message.blocks.push_back(difference_of(setup, document));
    if (has_outsiders(setup)) message.blocks.push_back(Paragraph{text("group.has_outsiders")});
    message.blocks.push_back(buttons_of(setup));
    return message;
}

}  // namespace muster::newcomer
