#include "bot/domain/newcomer_parts.hpp"

#include <algorithm>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/onboarding.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::newcomer {

using namespace standup::words;

std::string entered(const Setup& setup, const char* field) {
    const auto* value = value_of(setup.entered, field);
    return value ? *value : std::string{};
}

Accounts accounts(const Setup& setup, const char* field) {
    return onboarding::accounts_in(entered(setup, field));
}

bool holds(const Accounts& accounts, const std::string& account) {
    return std::ranges::find(accounts, account) != accounts.end();
}

Setup unsettled(
    SetupKind kind,
    const Roster& roster,
    ConnectionId connection,
    const std::string& place,
    IdSource& ids
) {
    Setup setup;
    setup.id = ids.next<SetupId>();
    setup.kind = kind;
    setup.connection = connection;
    setup.place = place;
    setup.state = SetupState::checking;
    setup.team = roster.team.id;
    return setup;
}

Decision to_be_looked_up(Setup setup) {
    Decision decision;
    decision.events.push_back({onboarding::look_up_event, setup.id.value, std::nullopt, {}});
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

bool is_open(const Setup& setup) {
    return setup.state == SetupState::checking || setup.state == SetupState::offered;
}

const Member* member_of(
    const Setup& setup,
    const Roster& roster,
    const settings::Document& document,
    const std::string& account
) {
    const auto* known = onboarding::person_of(setup, document, account);
    return known ? roster.member(known->id) : nullptr;
}

bool has_outsiders(const Setup& setup) {
    return std::ranges::any_of(setup.people, &Profile::is_outsider);
}

void tell_delivery_managers(
    Decision& decision, const Setup& setup, const Roster& roster, Instant now, IdSource& ids
) {
    for (auto manager : holders(roster, Role::delivery_manager, now)) {
        auto key = standup::to_person(Purpose::newcomer, setup.id.value, manager);
        decision.deliveries.push_back(standup::tell(std::move(key), now, ids));
    }
}

Buttons buttons_of(const Setup& setup) {
    const bool is_group = setup.kind == SetupKind::group;
    const auto* add_label = is_group ? "button.follow_group" : "button.add_newcomer";
    const auto* leave_label = is_group ? "button.leave_group" : "button.leave_newcomer";
    auto add = choice(Verb::add_newcomer, setup.id.value, text(add_label));
    add.primary = true;
    auto leave = choice(Verb::leave_newcomer, setup.id.value, text(leave_label));
    return {{std::move(add), std::move(leave)}};
}

}  // namespace muster::newcomer
