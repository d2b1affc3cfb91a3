#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

void add_names(Message& message, const char* key, TextList names) {
    if (names.empty()) return;
    message.blocks.push_back(Paragraph{text(key, {{"names", std::move(names)}})});
}

// Skipped ones stand among those without an answer: nobody is told of a skip.
void add_people(Message& message, const RunBoard& board, bool silent_ones) {
    const bool over = board.run.state == RunState::closed;
    add_names(message, "status.answered", names_in(board, {Phase::answered, Phase::late}));
    if (silent_ones)
        add_names(
            message,
            over ? "status.no_answer" : "status.no_answer_yet",
            names_in(board, {Phase::asked, Phase::silent, Phase::skipped})
        );
    add_names(message, "status.asked_later", names_in(board, {Phase::waiting}));
    add_names(message, "status.not_working", names_in(board, {Phase::away, Phase::not_expected}));
    add_names(message, "status.not_asked", names_in(board, {Phase::not_asked}));
    add_names(message, "status.unreachable", names_in(board, {Phase::unreachable}));
    message.blocks.push_back(Quiet{text("status.only_you")});
}

Text line_of(
    const Blocker& blocker, PersonId reader, const std::map<PersonId, std::string>& names
) {
    const bool named = !blocker.without_name || blocker.raiser == reader;
    auto line = named ? about(blocker.helper ? "blockers.line_with" : "blockers.line", blocker)
                      : about(
                            blocker.helper ? "blockers.line_with_without_name"
                                           : "blockers.line_without_name",
                            blocker
                        );
    if (named) line.arguments.emplace_back("raiser", person(blocker.raiser, names));
    if (blocker.helper) line.arguments.emplace_back("helper", person(*blocker.helper, names));
    return line;
}

// Among several blockers: with the number of the one that it stands below.
Button offer_of_help(const Blocker& blocker) {
    auto offer = button(blocker, Verb::help_with, 1);
    offer.label = text("button.help_with_number", {{"number", std::int64_t{blocker.number}}});
    return offer;
}

}  // namespace

Message status(const RunBoard& board, access::Hats hats, const Reader& reader, Instant now) {
    const auto* ceremony = board.roster.ceremonies.empty() ? nullptr : &board.roster.ceremonies[0];
    for (const auto& candidate : board.roster.ceremonies)
        if (candidate.id == board.run.ceremony) ceremony = &candidate;
    const auto counts = counts_of(board, reader, now);
    Message message{
        reader,
        text(
            "summary.notification",
            with(names_of(board.roster.team, board.run), {{"counts", several(counts)}})
        ),
        {Heading{title(board.roster.team, ceremony, board.run, reader)},
         Paragraph{sentences({counts, blockers_counted(board, now)})}}};
    if (board.run.names_hidden || !access::may(hats, access::Act::see_status_names)) return message;
    const bool today = local_date(board.roster.team.zone, now) == board.run.held_on;
    add_people(message, board, today && access::may(hats, access::Act::see_names_of_silent));
    return message;
}

Message no_run_today(const Team& team, std::optional<Instant> next, const Reader& reader) {
    const Arguments arguments{{"team", UserText{team.name}}};
    if (!next) return note(reader, text("status.nothing_planned", arguments));
    return note(reader, text("status.next", with(arguments, {{"at", *next}})));
}

Message help(const Reader& reader, bool delivery_manager) {
    Items commands;
    for (const auto* key :
         {"help.line",
          "help.letters",
          "help.empty",
          "help.skip",
          "help.snooze",
          "help.away",
          "help.back",
          "help.blocker",
          "help.blocker_list",
          "help.why",
          "help.history",
          "help.hours",
          "help.plain",
          "help.longer",
          "help.status",
          "help.team",
          "help.stop"}) {
        commands.items.push_back(text(key));
    }
    if (delivery_manager) commands.items.push_back(text("help.start"));
    return {
        .reader = reader,
        .notification = text("help.notification"),
        .blocks = {Heading{text("help.heading")}, std::move(commands), Quiet{text("help.private")}},
    };
}

Message blocker_list(
    const Team& team,
    const std::vector<Blocker>& open,
    PersonId reader_id,
    const std::map<PersonId, std::string>& names,
    const Reader& reader
) {
    const Arguments arguments{{"team", UserText{team.name}}};
    if (open.empty()) return note(reader, text("blockers.none_open", arguments));
    const auto heading =
        text("blockers.open_in_team", with(arguments, {{"count", count(open.size())}}));
    Message message{reader, heading, {Heading{heading}}};
    for (const auto& blocker : open) {
        message.blocks.push_back(Paragraph{line_of(blocker, reader_id, names)});
        const bool own = blocker.raiser == reader_id;
        if (own)
            message.blocks.push_back(blocker_row(blocker, 1));
        else if (!blocker.helper)
            message.blocks.push_back(Buttons{{offer_of_help(blocker)}});
    }
    return message;
}

}  // namespace muster::standup
