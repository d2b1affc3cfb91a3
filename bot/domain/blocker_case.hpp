#pragma once

#include "bot/domain/access.hpp"
#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"
#include "bot/domain/turn.hpp"

// What happens to a blocker: raised, shown, helped with, cleared. Escalation comes with its own
// file.
namespace muster::blocker_case {

// Where a blocker lives, for decisions that do not come out of a round.
struct Setting {
    Person person;  // who acts; of what nobody does, the raiser
    Team team;
    access::Hats hats;  // what the person is to the team
    std::vector<Channel> channels;
    std::vector<PersonId> delivery_managers;
    std::vector<Blocker> open;  // of the team, or at least this person's
    std::optional<Run> run;     // whose summary's thread tells of it
    std::map<PersonId, std::string> names;
    std::shared_ptr<const CalendarBook> calendars;
    std::string message;  // provider id of the typed line that is taken: it raises what is new
};

Setting setting_of(const Turn&);                                // with the person's own blockers
Setting setting_of(const Roster&, const Person&, Instant now);  // without blockers and run

struct Raised {
    Decision decision;                 // no reply
    std::optional<BlockerId> blocker;  // none: the text means that nothing stops them
    bool again = false;  // the same words as an open one of theirs: a note there, nothing new
    std::optional<Blocker> similar;  // an open one of theirs that sounds alike: linking is offered
};

// Gives it the team's next number (setting.team is moved on, so that several may be raised in one
// decision). Held back for ten minutes: until then its raiser may say that only the delivery
// manager is to know.
Raised raise(Setting&, const std::string& text, std::optional<RoundId>, Instant now, IdSource&);

// Typed by somebody who may raise it in several teams: kept, and raised where they choose.
Decision
ask_which_team(const Person&, const std::vector<Team>&, const Said&, Instant now, IdSource&);

Decision show(const Setting&, Blocker, Instant now, IdSource&);  // no longer held back: tells those
                                                                 // who may know
// Its raiser changed the words just typed; to "none": takes them back.
Decision retitle(const Setting&, Blocker, const std::string& words, Instant now, IdSource&);
// Its raiser takes back the words: gone when nobody has seen it, else it stays and the reply says
// how it is cleared.
Decision withdraw(const Setting&, const Blocker&, Instant now, IdSource&);
// `words` took the place of what raised `before`: the same blockers in other words. What is left
// over is withdrawn while nobody has seen it (and stays when the team has, as the reply says); what
// is new is raised. Words that mean "nothing" raise nothing.
Decision
reword(Setting&, std::vector<Blocker> before, std::vector<std::string> words, std::optional<RoundId>, Instant now, IdSource&);
// The message that raised `before`, and gave no answer, was changed; "" = removed.
Decision
edit(Setting&, const std::vector<Blocker>& before, const std::string& text, std::optional<RoundId>, Instant now, IdSource&);
Decision details(const Setting&, Blocker, const FormValues&, Instant now, IdSource&);
Decision tell_only(const Setting&, Blocker, Instant now, IdSource&);
Decision help(const Setting&, Blocker, Instant now, IdSource&);
// By raiser, helper, delivery manager or deputy. What nobody has seen is taken back.
Decision clear(const Setting&, const Blocker&, Instant now, IdSource&);
Decision
note(const Setting&, const Blocker&, NoteKind, const std::string& text, Instant now, IdSource&);
Decision same_as(const Setting&, Blocker newer, const Blocker& older, Instant now, IdSource&);

}  // namespace muster::blocker_case
