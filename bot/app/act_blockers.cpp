#include "bot/app/act_blockers.hpp"

#include <algorithm>

#include "bot/app/answers.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/team_blocker.hpp"

namespace muster {
namespace {

struct Numbered {
    Blocker blocker;
    blocker_case::Setting setting;
};

std::vector<Team> teams_to_raise_in(Acting&);
std::optional<RoundId> round_of_today(Acting&, blocker_case::Setting&);
Decision raise_in(Acting&, TeamId, const std::string& words, const std::string& message);
std::string words_of(const Draft&);
std::optional<Command> command_of_a_team(Acting&, const std::string& words, TeamId& team);
std::vector<Numbered> numbered(Acting&, int number, std::optional<TeamId>);
Decision ask_which(Acting&, const std::vector<Numbered>&, const std::string& example, bool clears);
Decision clear(Acting&, int number, std::optional<TeamId>);
Decision update(Acting&, int number, const std::string& words, std::optional<TeamId>);
Decision keep_private(Acting&, int number, std::optional<TeamId>);
Decision shown_on_cards(Acting&, const Blocker&, Decision);

}  // namespace

Decision raise_blocker(Acting& acting, const std::string& words) {
    if (means_nothing(words)) return acting.say(text("blocker.say_what"));
    TeamId named;
    if (auto command = command_of_a_team(acting, words, named)) {
        if (const auto* cleared = std::get_if<command::ClearBlocker>(&*command))
            return clear(acting, cleared->number, named);
        if (const auto* updated = std::get_if<command::UpdateBlocker>(&*command))
            return update(acting, updated->number, updated->text, named);
        if (const auto* hidden = std::get_if<command::KeepBlockerPrivate>(&*command))
            return keep_private(acting, hidden->number, named);
    }
    auto teams = teams_to_raise_in(acting);
    if (teams.empty()) return acting.say(text("blocker.no_team"));
    const auto* line = std::get_if<Said>(&acting.inbound.event);
    auto typed = Said{words, line ? line->message : std::string{}, std::nullopt};
    if (teams.size() == 1) return raise_in(acting, teams.front().id, words, typed.message);
    return blocker_case::ask_which_team(acting.person, teams, typed, acting.now, acting.ids);
}

Decision raise_kept_blocker(Acting& acting, const Draft& draft, TeamId team) {
    auto decision = raise_in(acting, team, words_of(draft), draft.message);
    if (decision.changes.empty()) return decision;
    standup::end_draft(decision, draft);
    return decision;
}

Decision act_on_wish(Acting& acting, const BlockerWanted& wanted) {
    auto teams = teams_to_raise_in(acting);
    if (teams.empty()) return acting.say(text("blocker.no_team"));
    return Decision{.reply = team_blocker::open_form(acting.person, teams, wanted.words)};
}

Decision raise_blocker_by_form(Acting& acting, const FormValues& values) {
    auto teams = teams_to_raise_in(acting);
    if (teams.empty()) return acting.say(text("blocker.no_team"));
    if (means_nothing(team_blocker::words_in(values)))
        return team_blocker::words_missing(acting.person);
    auto team = team_blocker::team_in(values, teams);
    auto setting = team ? acting.setting(*team) : std::nullopt;
    if (!setting) return team_blocker::team_missing(acting.person);
    auto round = round_of_today(acting, *setting);
    return team_blocker::raise(std::move(*setting), round, values, acting.now, acting.ids);
}

Decision clear_blocker(Acting& acting, int number) {
    return clear(acting, number, std::nullopt);
}

Decision update_blocker(Acting& acting, int number, const std::string& words) {
    return update(acting, number, words, std::nullopt);
}

Decision keep_blocker_private(Acting& acting, int number) {
    return keep_private(acting, number, std::nullopt);
}

Decision press_on_blocker(Acting& acting, const Pressed& pressed) {
    auto blocker = acting.view.blocker(BlockerId{pressed.subject});
    auto setting = blocker ? acting.setting(blocker->team) : std::nullopt;
    if (!setting) return acting.say(text("blocker.unknown"));
    auto noted = [&](NoteKind kind) {
        return blocker_case::note(*setting, *blocker, kind, "", acting.now, acting.ids);
    };
    Decision decision;
    switch (pressed.verb) {
        case Verb::tell_only:
            decision = blocker_case::tell_only(*setting, *blocker, acting.now, acting.ids);
            break;
        case Verb::help_with:
            decision = blocker_case::help(*setting, *blocker, acting.now, acting.ids);
            break;
        case Verb::clear_blocker:
            decision = blocker_case::clear(*setting, *blocker, acting.now, acting.ids);
            break;
        case Verb::still_blocked: decision = noted(NoteKind::still); break;
        case Verb::moving: decision = noted(NoteKind::moving); break;
        case Verb::same_blocker: {
            auto older = acting.view.blocker(BlockerId{pressed.extra});
            if (!older || older->team != blocker->team) return acting.say(text("blocker.unknown"));
            decision = blocker_case::same_as(*setting, *blocker, *older, acting.now, acting.ids);
            break;
        }
        default: break;
    }
    return shown_on_cards(acting, *blocker, std::move(decision));
}

namespace {

std::vector<Team> teams_to_raise_in(Acting& acting) {
    std::vector<Team> teams;
    for (const auto& roster : acting.rosters()) {
        auto hats = access::hats_of(roster, acting.person.id, acting.now);
        if (access::may(hats, access::Act::raise_blocker)) teams.push_back(roster.team);
    }
    return teams;
}

// What is raised while a stand-up of the team is open is told with that.
std::optional<RoundId> round_of_today(Acting& acting, blocker_case::Setting& setting) {
    for (const auto& turn : acting.in_window()) {
        if (turn.team.id != setting.team.id) continue;
        setting.run = turn.run;
        return turn.round.id;
    }
    return std::nullopt;
}

Decision raise_in(
    Acting& acting, TeamId team, const std::string& words, const std::string& message
) {
    auto setting = acting.setting(team);
    if (!setting || !access::may(setting->hats, access::Act::raise_blocker))
        return acting.say(text("blocker.no_team"));
    setting->message = message;
    auto round = round_of_today(acting, *setting);
    auto raised = blocker_case::raise(*setting, words, round, acting.now, acting.ids);
    auto decision = std::move(raised.decision);
    if (!raised.again) decision.reply = answers::raised(acting, *setting, raised);
    for (const auto& blocker : setting->open)
        if (blocker.id == raised.blocker)
            return shown_on_cards(acting, blocker, std::move(decision));
    return decision;
}

// The line may have been edited since: with the word it began with.
std::string words_of(const Draft& draft) {
    Typist typist;
    typist.letters = {"b"};
    auto parsed = parse_command(draft.text, typist);
    if (const auto* line = std::get_if<command::AnswerLine>(&parsed)) return line->text;
    if (const auto* command = std::get_if<Command>(&parsed))
        if (const auto* raise = std::get_if<command::RaiseBlocker>(command)) return raise->text;
    return draft.text;
}

// "payments 13 clear": with a team of this person before it, what is said about its 13.
std::optional<Command> command_of_a_team(Acting& acting, const std::string& words, TeamId& team) {
    for (const auto& roster : acting.rosters()) {
        for (const auto& called : {roster.team.name, roster.team.key}) {
            if (called.empty() || words.size() <= called.size() || words[called.size()] != ' ')
                continue;
            if (!same_words(words.substr(0, called.size()), called)) continue;
            auto parsed = parse_command("blocker" + words.substr(called.size()), Typist{});
            const auto* command = std::get_if<Command>(&parsed);
            if (!command || std::holds_alternative<command::RaiseBlocker>(*command)) continue;
            team = roster.team.id;
            return *command;
        }
    }
    return std::nullopt;
}

// The blockers of this number that the person may know of; only when none is open those that ended.
std::vector<Numbered> numbered(Acting& acting, int number, std::optional<TeamId> team) {
    std::vector<Numbered> found;
    for (const auto& roster : acting.rosters()) {
        if (team && roster.team.id != *team) continue;
        auto blocker = acting.view.blocker(roster.team.id, number);
        auto setting = blocker ? acting.setting(roster.team.id) : std::nullopt;
        if (!setting) continue;
        auto hats = access::with_blocker(setting->hats, *blocker, acting.person.id);
        if (access::may(hats, access::Act::see_team_blockers, *blocker, acting.now))
            found.push_back({*blocker, std::move(*setting)});
    }
    auto is_open = [](const Numbered& one) { return one.blocker.state == BlockerState::open; };
    if (std::ranges::any_of(found, is_open))
        std::erase_if(found, [&](const Numbered& one) { return !is_open(one); });
    return found;
}

Decision ask_which(
    Acting& acting, const std::vector<Numbered>& found, const std::string& example, bool clears
) {
    TextList teams;
    std::vector<Button> choices;
    for (const auto& [blocker, setting] : found) {
        teams.push_back(verbatim(setting.team.name));
        auto label = text("button.choose_team", {{"team", UserText{setting.team.name}}});
        choices.push_back(choice(Verb::clear_blocker, blocker.id.value, std::move(label)));
    }
    const auto& first = found.front();
    auto question = text(
        "blocker.which_of_several",
        {{"number", std::int64_t{first.blocker.number}},
         {"teams", std::move(teams)},
         {"team", UserText{first.setting.team.name}},
         {"example", UserText{example}}}
    );
    if (!clears) return acting.say(std::move(question));
    auto reader = standup::reader_of(acting.person);
    return Decision{.reply = Say{choice_of(reader, std::move(question), std::move(choices))}};
}

Decision clear(Acting& acting, int number, std::optional<TeamId> team) {
    auto found = numbered(acting, number, team);
    if (found.empty()) return acting.say(text("blocker.unknown"));
    if (found.size() > 1) return ask_which(acting, found, "clear", true);
    const auto& [blocker, setting] = found.front();
    auto decision = blocker_case::clear(setting, blocker, acting.now, acting.ids);
    return shown_on_cards(acting, blocker, std::move(decision));
}

Decision update(Acting& acting, int number, const std::string& words, std::optional<TeamId> team) {
    auto found = numbered(acting, number, team);
    if (found.empty()) return acting.say(text("blocker.unknown"));
    if (found.size() > 1) return ask_which(acting, found, "update " + words, false);
    const auto& [blocker, setting] = found.front();
    auto decision =
        blocker_case::note(setting, blocker, NoteKind::moving, words, acting.now, acting.ids);
    return shown_on_cards(acting, blocker, std::move(decision));
}

Decision keep_private(Acting& acting, int number, std::optional<TeamId> team) {
    auto found = numbered(acting, number, team);
    std::erase_if(found, [&](const Numbered& one) {
        return one.blocker.raiser != acting.person.id;
    });
    if (found.empty()) return acting.say(text("blocker.unknown"));
    if (found.size() > 1) return ask_which(acting, found, "private", false);
    const auto& [blocker, setting] = found.front();
    return blocker_case::tell_only(setting, blocker, acting.now, acting.ids);
}

// Its raiser's open cards have a row for it.
Decision shown_on_cards(Acting& acting, const Blocker& blocker, Decision decision) {
    if (decision.changes.empty()) return decision;
    for (const auto& turn : acting.view.answerable_turns(blocker.raiser, acting.now)) {
        const auto& round = turn.round;
        if (turn.team.id != blocker.team || round.prompts == 0) continue;
        auto card =
            standup::to_person(Purpose::prompt, round.id.value, round.person, round.prompts - 1);
        decision.deliveries.push_back(standup::tell(card, acting.now, acting.ids));
    }
    return decision;
}

}  // namespace

}  // namespace muster
