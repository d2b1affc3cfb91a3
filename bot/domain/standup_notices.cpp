#include <algorithm>

#include "bot/domain/hindrance.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

constexpr int first_revision = 1;

Text with_person(Text words, const char* name, PersonId id, const std::string& known_as) {
    words.arguments.emplace_back(name, NamedPerson{id, known_as});
    return words;
}

void add_details(TextList& said, const Blocker& blocker) {
    if (!blocker.needed_from.empty())
        said.push_back(text("blockers.needed_from", {{"from", UserText{blocker.needed_from}}}));
    if (blocker.needed_by)
        said.push_back(text("blockers.needed_by", {{"date", *blocker.needed_by}}));
    if (!blocker.ask.empty())
        said.push_back(text("blockers.wanted", {{"ask", UserText{blocker.ask}}}));
}

TextList names_of_teams(const std::vector<Team>& teams) {
    TextList names;
    for (const auto& team : teams)
        names.push_back(text("team.name", {{"team", UserText{team.name}}}));
    return names;
}

std::string first_name(const std::string& name) {
    return name.substr(0, name.find(' '));
}

}  // namespace

Composed helper_found(
    const Blocker& blocker, const std::string& helper, const Team&, const Reader& reader
) {
    if (blocker.state != BlockerState::open || !blocker.helper) return Pointless{"not_helped"};
    auto found =
        with_person(about("notice.helper_found", blocker), "helper", *blocker.helper, helper);
    auto message = note(reader, found);
    message.blocks.push_back(Paragraph{
        with_person(text("notice.helper_next"), "helper", *blocker.helper, helper)});
    message.blocks.push_back(Buttons{{button(blocker, Verb::clear_blocker, first_revision)}});
    return message;
}

Composed blocker_cleared(
    const Blocker& blocker, const std::string& by, const Team& team, const Reader& reader
) {
    if (blocker.state != BlockerState::cleared || !blocker.ended_by) return Pointless{"open"};
    auto cleared =
        with_person(about("notice.blocker_cleared", blocker), "by", *blocker.ended_by, by);
    auto message = note(reader, cleared);
    message.blocks.push_back(Paragraph{
        text("notice.blocker_cleared_next", {{"team", UserText{team.name}}})});
    return message;
}

Composed private_blocker(
    const Blocker& blocker, const std::string& raiser, const Team& team, const Reader& reader
) {
    if (!blocker.only_delivery_manager) return Pointless{"not_private"};
    switch (blocker.state) {
        case BlockerState::cleared: return note(reader, about("blockers.cleared", blocker));
        case BlockerState::withdrawn:
        case BlockerState::merged: return Pointless{"ended"};
        case BlockerState::open: break;
    }
    auto first = about("notice.private_blocker", blocker);
    const auto named = [&](const char* with_name, const char* without_name) {
        if (blocker.without_name) return text(without_name, {{"team", UserText{team.name}}});
        return text(
            with_name,
            {{"raiser", NamedPerson{blocker.raiser, raiser}}, {"team", UserText{team.name}}}
        );
    };
    TextList said{named("notice.private_blocker_by", "notice.private_blocker_in")};
    add_details(said, blocker);
    Message message{reader, first, {Heading{first}, Paragraph{sentences(said)}}};
    Buttons row;
    if (!blocker.helper)
        row.buttons.push_back(button(blocker, Verb::help_with, first_revision, true));
    row.buttons.push_back(button(blocker, Verb::clear_blocker, first_revision));
    message.blocks.push_back(row);
    message.blocks.push_back(Quiet{
        named("notice.private_blocker_who", "notice.private_blocker_who_without_name")});
    return message;
}

Composed welcome_back(
    const Person& person,
    const std::optional<Team>& from,
    const std::vector<Blocker>& own,
    const std::vector<Blocker>& ended,
    const Reader& reader
) {
    const auto name = UserText{first_name(person.name)};
    auto welcome = text("notice.welcome_back", {{"name", name}});
    if (from)
        welcome =
            text("notice.welcome_back_in_team", {{"name", name}, {"team", UserText{from->name}}});
    Items news;
    for (const auto& blocker : ended)
        if (blocker.state == BlockerState::cleared)
            news.items.push_back(about("notice.cleared_meanwhile", blocker));
    for (const auto& blocker : own)
        if (blocker.state == BlockerState::open)
            news.items.push_back(about("notice.still_open", blocker));
    auto message = note(reader, sentences({welcome, text("notice.asked_again_from_now")}));
    if (news.items.empty()) return message;
    message.blocks.push_back(Paragraph{text("notice.your_blockers")});
    message.blocks.push_back(std::move(news));
    return message;
}

Composed channel_refused(const Team& team, const Reader& reader) {
    auto message = note(reader, text("notice.channel_refused", {{"team", UserText{team.name}}}));
    message.blocks.push_back(Paragraph{
        sentences({text("notice.channel_refused_why"), text("notice.channel_refused_next")})});
    return message;
}

Composed left_stand_up(const std::vector<Team>& teams, const Person& who, const Reader& reader) {
    if (teams.empty()) return Pointless{"undone"};
    return note(
        reader,
        text("notice.left", {{"person", UserText{who.name}}, {"teams", names_of_teams(teams)}})
    );
}

Composed wrong_hours(const std::vector<Team>& teams, const Person& about, const Reader& reader) {
    if (teams.empty()) return Pointless{"no_team"};
    const NamedPerson who{about.id, about.name};
    auto first = text("notice.wrong_hours", {{"person", who}, {"teams", names_of_teams(teams)}});
    auto message = note(reader, first);
    message.blocks.push_back(working_hours(about));
    message.blocks.push_back(Paragraph{text("notice.wrong_hours_next", {{"person", who}})});
    return message;
}

// To an administrator: no name, since they may not know who answered.
Composed sums_differ(const Team& team, const Run& run, const Reader& reader) {
    auto arguments = names_of(team, run);
    arguments.emplace_back("date", run.held_on);
    auto message = note(reader, text("notice.sums_differ", std::move(arguments)));
    message.blocks.push_back(Paragraph{
        text("notice.sums_differ_next", {{"event", UserText{sums_differ_event}}})});
    return message;
}

namespace {

Text what_hinders(const std::string& reason) {
    if (reason == hindrance::deactivated) return text("notice.undelivered_deactivated");
    if (reason == hindrance::unknown) return text("notice.undelivered_unknown");
    if (reason == hindrance::forbidden) return text("notice.undelivered_forbidden");
    if (reason == hindrance::not_added) return text("notice.undelivered_not_added");
    return text("notice.undelivered_reason", {{"reason", UserText{reason}}});
}

}  // namespace

Composed undelivered(const Turn& turn, const Reader& reader) {
    if (turn.round.phase != Phase::unreachable) return Pointless{"reached"};
    auto arguments = names_of(turn.team, turn.run);
    arguments.emplace_back("person", NamedPerson{turn.person.id, turn.person.name});
    arguments.emplace_back("date", turn.run.held_on);
    auto message = note(reader, text("notice.undelivered", std::move(arguments)));
    if (!turn.round.reason.empty())
        message.blocks.push_back(Paragraph{what_hinders(turn.round.reason)});
    message.blocks.push_back(Paragraph{text("notice.undelivered_next")});
    return message;
}

Composed downtime(
    const Downtime& away, const std::vector<DowntimeItem>& items, const Reader& reader
) {
    const auto day = is_zone(reader.zone) ? local_date(reader.zone, away.to) : LocalDate{};
    auto first = text(
        "notice.downtime",
        {{"from", when(away.from, day, reader)},
         {"to", several(text("date.at_day_time", {{"at", away.to}}))}}
    );
    auto message = note(reader, first);
    Items lines;
    for (const auto& item : items) {
        TextList parts;
        if (item.asked_late > 0)
            parts.push_back(text("notice.part_late", {{"count", std::int64_t{item.asked_late}}}));
        if (item.not_asked > 0)
            parts.push_back(text("notice.part_not_asked", {{"count", std::int64_t{item.not_asked}}})
            );
        if (item.recovered > 0)
            parts.push_back(text("notice.part_recovered", {{"count", std::int64_t{item.recovered}}})
            );
        if (item.unread > 0)
            parts.push_back(text("notice.part_unread", {{"count", std::int64_t{item.unread}}}));
        if (parts.empty()) continue;
        lines.items.push_back(text(
            "notice.downtime_item",
            {{"team", UserText{item.team}},
             {"ceremony", UserText{item.ceremony}},
             {"date", item.date},
             {"parts", parts}}
        ));
    }
    if (lines.items.empty()) {
        message.blocks.push_back(Paragraph{text("notice.downtime_nothing")});
    } else {
        message.blocks.push_back(std::move(lines));
        auto is_unread = [](const DowntimeItem& item) { return item.unread > 0; };
        if (std::ranges::any_of(items, is_unread))
            message.blocks.push_back(Paragraph{text(
                away.read_back == ReadBack::impossible ? "notice.downtime_unreadable"
                                                       : "notice.downtime_unread"
            )});
        message.blocks.push_back(Quiet{text("notice.downtime_kept")});
    }
    return message;
}

}  // namespace muster::standup
