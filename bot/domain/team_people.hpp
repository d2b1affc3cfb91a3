#pragma once

#include "bot/domain/messages.hpp"
#include "bot/domain/settings.hpp"

// Who is in a team and who decides for it, changed in chat (spec/standups.md, "team"). Pure.
//
// People are picked from the platform's own list, so that some of them may be unknown here: these
// are looked up first, by a row that waits for it (Setup), and the change is made when the platform
// has told. The forms speak of one connection; whoever has no account there stays as they are.
namespace muster::team_people {

// The keys of the fields that hold people: "people", "observers"; or the names of roles.
std::vector<std::string> fields_of(SetupKind);

// As it was typed; "" = none, or it is known by now.
std::string group_to_look_up(const Setup&);

// With its people, beside those who were picked; who was to look on only still does.
Setup with_group(Setup, const GroupFacts&);

Form people_form(const Roster&, const settings::Document&, ConnectionId, const Reader&);
Form roles_form(const Roster&, const settings::Document&, ConnectionId, const Reader&);

struct Wish {
    SetupKind kind = SetupKind::people;
    ConnectionId connection;
    std::string account;  // whose wish it is
    FormValues values;
    std::optional<std::uint64_t> shown{};  // digest of the form as it was filled in
};

// Made at once where everybody is known; else kept until they are; or FormErrors with nothing
// changed.
Decision asked(const Team&, Wish, const settings::Document&, const Person& by, Instant, IdSource&);

// Whether the form that it was asked in still shows what is set.
bool shows(const Setup&, const Form& as_of_now);

// Meanwhile it is not to be made any more; `why` is the key of a text with {team}.
Decision refused(Setup, const char* why, const settings::Document&, Instant, IdSource&);

// Everybody is looked up.
Decision applied(Setup, const settings::Document&, Instant, IdSource&);

// What became of it, to whoever asked: looked up, saved, or why not.
Message told(const Setup&, const settings::Document&, const Reader&);

// "Delete the team Tax?", and that it is done.
Message delete_question(const Team&, const Reader&);
Decision deleted(const Team&, const settings::Document&, const Person& by);

}  // namespace muster::team_people
