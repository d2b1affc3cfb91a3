#include "bot/domain/settings_parts.hpp"

// What a person sets for themselves.
namespace muster::settings {
namespace {

Decision own_switch(Person person, bool Person::*which, const char* field, bool on) {
    Decision decision;
    if (person.*which == on) return decision;
    person.*which = on;
    auto text = [](bool value) { return value ? "true" : "false"; };
    decision.events.push_back(
        {"settings.person_changed",
         person.id.value,
         person.id,
         {{"what", "person " + person.key},
          {"field", field},
          {"before", text(!on)},
          {"after", text(on)}}}
    );
    decision.changes.push_back(std::move(person));
    return decision;
}

}  // namespace

Decision set_plain(Person person, bool on) {
    return own_switch(std::move(person), &Person::plain, "plain", on);
}

Decision set_longer(Person person, bool on) {
    return own_switch(std::move(person), &Person::longer, "longer", on);
}

Decision set_standing(const Person& person, const Team& team, Standing standing, Instant now) {
    Decision decision;
    Membership membership{team.id, person.id, standing};
    if (standing == Standing::observer) membership.stopped_at = now;
    decision.changes.push_back(membership);
    decision.events.push_back(
        {"settings.member_changed",
         person.id.value,
         person.id,
         {{"what", "team " + team.key + ", member " + person.key},
          {"field", "standing"},
          {"after", name(standing)}}}
    );
    return decision;
}

}  // namespace muster::settings
