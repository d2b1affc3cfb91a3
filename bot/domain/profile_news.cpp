#include "bot/domain/profile_news.hpp"

#include <algorithm>

#include "bot/domain/away_hint.hpp"
#include "bot/domain/settings.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::profile_news {
namespace {

using namespace standup::words;
using namespace std::chrono_literals;

constexpr int days_of_a_year = 366;

Event person_changed(
    const Person& person,
    std::optional<PersonId> actor,
    const char* field,
    std::string before,
    std::string after
) {
    return {
        "settings.person_changed",
        person.id.value,
        actor,
        {{"what", "person " + person.key},
         {"field", field},
         {"before", std::move(before)},
         {"after", std::move(after)}}};
}

Tell question(const Account& account, Instant due, IdSource& ids) {
    auto key = standup::to_person(
        Purpose::zone_question, account.id.value, account.person, account.zone_questions
    );
    return standup::tell(std::move(key), due, ids);
}

// A name that a settings file gave stays as it is there.
void follow_name(Decision& decision, Known& known, const PersonChanged& changed) {
    auto& [person, account, rosters, drafts] = known;
    if (!changed.name || account.name_taken.empty() || person.name != account.name_taken) return;
    auto name = clipped(*changed.name, settings::longest_name_told);
    if (name.empty() || name == person.name) return;
    decision.events.push_back(person_changed(person, {}, "name", person.name, name));
    person.name = account.name_taken = std::move(name);
}

void follow_organisation(Decision& decision, Person& person, const PersonChanged& changed) {
    if (!changed.is_outsider || *changed.is_outsider == person.outsider) return;
    auto text = [](bool value) { return value ? "true" : "false"; };
    decision.events.push_back(
        person_changed(person, {}, "outsider", text(person.outsider), text(*changed.is_outsider))
    );
    person.outsider = *changed.is_outsider;
}

// One in which they are asked.
const Roster* roster_of(const Known& known) {
    auto asks = [&](const Roster& roster) {
        const auto* member = roster.team.archived ? nullptr : roster.member(known.person.id);
        return member && member->standing == Standing::participant;
    };
    auto found = std::ranges::find_if(known.rosters, asks);
    return found == known.rosters.end() ? nullptr : &*found;
}

// Not in the middle of their night, nor on a day off: when they first work there.
Instant first_working_there(const Known& known, const Roster& roster, Instant now) {
    auto there = known.person;
    there.zone = known.account.zone_told;
    const auto& absences = roster.member(there.id)->absences;
    return next_working_instant(work_pattern(there, absences, *roster.calendars), now)
        .value_or(now);
}

void note_zone(
    Decision& decision, Known& known, bool is_home, const ZoneName& zone, Instant now, IdSource& ids
) {
    auto& [person, account, rosters, drafts] = known;
    if (zone == account.zone_told) return;
    account.zone_told = zone;
    if (account.zone_open) decision.deliveries.push_back(question(account, now, ids));
    const auto* roster = is_home ? roster_of(known) : nullptr;
    account.zone_open = roster && !go_alike(person.zone, zone, now);
    if (!account.zone_open) return;
    ++account.zone_questions;
    decision.deliveries.push_back(question(account, first_working_there(known, *roster, now), ids));
    decision.events.push_back({"zone.questioned", person.id.value, {}, {{"zone", zone}}});
}

void note_days_away(
    Decision& decision, Known& known, bool is_home, const AwayHint& hint, Instant now, IdSource& ids
) {
    const auto* roster = is_home ? roster_of(known) : nullptr;
    away_hint::note(decision, known.person, known.account, hint, roster, known.drafts, now, ids);
}

Text in_city(const char* key, const ZoneName& zone) {
    return text(key, {{"city", UserText{city_of(zone)}}});
}

Text asked(const Account& account, const std::string& platform) {
    return text(
        "zone.question",
        {{"platform", TextList{text("platform." + platform)}},
         {"city", UserText{city_of(account.zone_told)}}}
    );
}

Buttons answers(const Person& person, const Account& account) {
    auto use = choice(
        Verb::use_zone,
        account.id.value,
        in_city("button.use_zone", account.zone_told),
        account.zone_questions
    );
    use.primary = true;
    auto keep = choice(
        Verb::keep_zone,
        account.id.value,
        in_city("button.keep_zone", person.zone),
        account.zone_questions
    );
    return {{std::move(use), std::move(keep)}};
}

Text settled(const Person& person) {
    return in_city("zone.settled", person.zone);
}

}  // namespace

Decision told(Known known, const PersonChanged& changed, Instant now, IdSource& ids) {
    const auto before = known;
    const bool is_home = known.person.home == known.account.id && !known.person.archived;
    Decision decision;
    if (is_home) {
        follow_name(decision, known, changed);
        follow_organisation(decision, known.person, changed);
    }
    if (changed.zone) note_zone(decision, known, is_home, *changed.zone, now, ids);
    if (changed.away) note_days_away(decision, known, is_home, *changed.away, now, ids);
    if (known.person != before.person) decision.changes.emplace_back(std::move(known.person));
    if (known.account != before.account) decision.changes.emplace_back(std::move(known.account));
    return decision;
}

std::vector<Block> open_question(
    const Person& person, const Account& account, const std::string& platform
) {
    if (!account.zone_open) return {};
    return {Paragraph{asked(account, platform)}, answers(person, account)};
}

Composed zone_question(
    const Person& person,
    const Account& account,
    const std::string& platform,
    const Delivery& delivery,
    const Reader& reader
) {
    const bool is_newest = delivery.key.seq == account.zone_questions;
    if (!is_newest) return Pointless{"asked anew"};
    if (!account.zone_open && !is_posted(delivery)) return Pointless{"settled"};
    if (!account.zone_open) return note(reader, settled(person));
    auto message = note(reader, asked(account, platform));
    message.blocks.push_back(Paragraph{in_city("zone.until_then", person.zone)});
    message.blocks.push_back(answers(person, account));
    return message;
}

Decision zone_chosen(
    Person person, Account account, bool use_it, std::int64_t which, Instant now, IdSource& ids
) {
    if (!account.zone_open || which != account.zone_questions)
        return {.reply = standup::say(person, settled(person))};
    Decision decision;
    account.zone_open = false;
    decision.deliveries.push_back(question(account, now, ids));
    decision.changes.emplace_back(account);
    if (use_it) {
        decision.events.push_back(
            person_changed(person, person.id, "timezone", person.zone, account.zone_told)
        );
        person.zone = account.zone_told;
        decision.changes.emplace_back(person);
    } else {
        decision.events.push_back({"zone.kept", person.id.value, person.id, {{"zone", person.zone}}}
        );
    }
    decision.reply = standup::say(person, settled(person));
    return decision;
}

bool go_alike(const ZoneName& one, const ZoneName& other, Instant now) {
    if (one == other) return true;
    if (!is_zone(one) || !is_zone(other)) return false;
    for (int day = 0; day < days_of_a_year; ++day) {
        const auto at = now + day * 24h;
        if (local_time(one, at) != local_time(other, at)) return false;
    }
    return true;
}

}  // namespace muster::profile_news
