#pragma once

#include "bot/domain/settings.hpp"
#include "bot/domain/setup.hpp"
#include "bot/domain/team.hpp"

// What a set-up comes to. For the onboarding*.cpp files only.
namespace muster::onboarding {

// The usual stand-up, with what was chosen of it; from that day on.
Ceremony chosen_ceremony(const Setup&, LocalDate from);

std::string usual_name(const Setup&);   // "Payments", from the place's
std::string chosen_name(const Setup&);  // of the team
std::string chosen_calendar(const Setup&, const settings::Document&, const ZoneName&);  // a key

std::vector<std::string> accounts_in(const std::string& words);  // "U1 U2"

const Profile* profile_of(const Setup&, const std::string& account);
const Person* person_of(const Setup&, const settings::Document&, const std::string& account);

// Somebody who was picked. A person is asked; of all others `why_not` is set.
enum class WhyNot { none, is_bot, is_closed, not_known };

struct Picked {
    std::string account;
    std::string name;  // "" where not even that is known
    WhyNot why_not = WhyNot::none;
    bool is_outsider = false;
    bool zone_is_guessed = false;  // the directory did not tell one: the team's

    bool operator==(const Picked&) const = default;
};

// In one field of the form. Somebody whom the directory did not tell of is known all the same where
// we know them.
std::vector<Picked> picked(
    const Setup&, const settings::Document&, std::string_view field = "people"
);

// Everything that starting it makes true, and the team as it is then.
struct Made {
    settings::Changed changed;
    Roster roster;
};

using MadeOrWhyNot = boost::system::result<Made, std::vector<settings::Problem>>;
MadeOrWhyNot
made_of(const Setup&, const settings::Document&, const Person& starter, Instant now, IdSource&);

// The same to look at, with ids that are nobody's.
MadeOrWhyNot sketch_of(const Setup&, const settings::Document&, Instant now);

// What a settings file would say of somebody whom the directory told of. `keys`: those taken.
settings::WantedPerson wanted_person(
    const Profile&, const Connection&, const ZoneName& else_zone, const std::set<std::string>& keys
);

}  // namespace muster::onboarding
