#pragma once

#include "bot/domain/inbound.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/settings.hpp"

// A team is set up in chat, from the invitation of Muster to the first prompt (spec/standups.md,
// "Onboarding a team"). Pure. What it makes goes the way of `muster apply`: settings::change, with
// whoever started it as the actor.
namespace muster::onboarding {

// In places of no more people than that, they are ticked beforehand.
constexpr std::size_t most_ticked = 12;
// Bots are in places too: of so many members it is looked up who is a person.
constexpr std::size_t most_members_looked_at = 20;

// The kind of event that says that something waits to be looked up.
constexpr auto look_up_event = "setup.to_look_up";

// Neither started nor over.
bool is_unfinished(const Setup&);

// ---- what happens

// Muster was invited. `before`: earlier set-ups of that place.
Decision
invited(const Joined&, ConnectionId, const std::vector<Setup>& before, const settings::Document&, Instant, IdSource&);

// Muster is in the place no more: what was not started has no point.
Decision uninvited(const std::vector<Setup>&, const settings::Document&, Instant, IdSource&);

// Whom to look up, once the place is known: who invited Muster, and few enough members; or those
// who were picked. Without those that are known already.
std::vector<std::string> people_to_look_up(const Setup&, const PlaceFacts&);

// What was asked for is known: the offer goes out, or the proposal. Nothing where it was not asked
// for (any more).
Decision looked_up(Setup, const LookedUp&, const settings::Document&, Instant, IdSource&);

// ---- what the starter does

// Everything with its usual value, or as it was entered before.
Form form(const Setup&, const settings::Document&, const Reader&);

// Kept, and its people are looked up; or FormErrors with nothing changed.
Decision entered(Setup, FormValues, const Person& starter, Instant, IdSource&);

Decision declined(Setup, const Person& starter, Instant, IdSource&);

// The stand-up's own form to try, and what the channel would be shown of it. Nothing is kept. None
// where it does not fit (any more): the proposal says why.
std::optional<Form> trial(const Setup&, const settings::Document&, Instant now);
std::optional<Message> tried(
    const Setup&, const settings::Document&, const FormValues&, Instant now
);

// The team, its people and its stand-up, from the working day after on; the place is told, and
// everybody in it privately.
Decision started(Setup, const settings::Document&, const Person& starter, Instant, IdSource&);

// ---- what is shown

// The offer (seq 0) or a proposal, as it is now.
Composed card(const Setup&, const settings::Document&, int seq, const Reader&, Instant now);

// To the team's channel: what is asked, who sees it, how to opt out.
Composed announcement(const Roster&, const Reader&);

// The same to one of its people, with when they are asked first. Pointless once they are not asked.
Composed welcome(const Roster&, const Person&, const Reader&, Instant now);

}  // namespace muster::onboarding
