#include "bot/domain/blocker_case.hpp"

#include <algorithm>

#include "bot/domain/command.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_saving.hpp"

namespace muster::blocker_case {
namespace {

using standup::say;
using standup::tell;
using standup::to_channel;
using standup::to_person;

constexpr std::size_t longest_title = longest_entry;

Text about(const char* key, const Blocker& blocker) {
    return text(
        key, {{"number", std::int64_t{blocker.number}}, {"title", UserText{blocker.title}}}
    );
}

bool may(const Setting& setting, access::Act act, const Blocker& blocker, Instant now) {
    return access::may(
        access::with_blocker(setting.hats, blocker, setting.person.id), act, blocker, now
    );
}

// The blocker's own message in each channel, and the summary that counts it.
void refresh_channels(
    Decision& decision, const Setting& setting, const Blocker& blocker, Instant now, IdSource& ids
) {
    auto due =
        next_working_instant(work_pattern(setting.team, *setting.calendars), now).value_or(now);
    for (const auto& channel : setting.channels) {
        std::optional<DeliveryKey> thread;
        if (setting.run) thread = to_channel(Purpose::summary, setting.run->id.value, channel.id);
        decision.deliveries.push_back(tell(
            to_channel(Purpose::new_blocker, blocker.id.value, channel.id), due, ids, {}, thread
        ));
    }
    if (setting.run)
        standup::refresh_summary(
            decision, *setting.run, setting.team, setting.channels, *setting.calendars, now, ids
        );
}

// What a typed message says about blockers: "b: ..." or "blocker ...", or its words as they are. A
// message that became another command raises none any more.
std::vector<std::string> blockers_in(const std::string& words) {
    Typist typist;
    typist.letters = {"b"};
    std::vector<std::string> found;
    for (const auto& line : answers_in(words, typist))
        found.push_back(line.text);
    if (!found.empty()) return found;
    auto command = command_in_line(words, typist);
    if (!command) return {words};
    if (const auto* raise = std::get_if<command::RaiseBlocker>(&*command)) return {raise->text};
    return {};
}

void refresh_managers(
    Decision& decision, const Setting& setting, const Blocker& blocker, Instant now, IdSource& ids
) {
    for (auto manager : setting.delivery_managers)
        if (manager != blocker.raiser)
            decision.deliveries.push_back(
                tell(to_person(Purpose::private_blocker, blocker.id.value, manager), now, ids)
            );
}

// Who saw it before must also see what became of it: also that it is theirs no more.
Decision changed(
    const Setting& setting,
    const Blocker& before,
    const Blocker& blocker,
    const char* event,
    Instant now,
    IdSource& ids
) {
    Decision decision;
    decision.changes = {blocker};
    decision.events = {
        {event, blocker.id.value, setting.person.id, {{"number", std::to_string(blocker.number)}}}};
    if (blocker.held_until) return decision;
    auto was_shown = !before.held_until;
    if (!blocker.only_delivery_manager || (was_shown && !before.only_delivery_manager))
        refresh_channels(decision, setting, blocker, now, ids);
    if (blocker.only_delivery_manager || (was_shown && before.only_delivery_manager))
        refresh_managers(decision, setting, blocker, now, ids);
    return decision;
}

// It ends now. What nobody else has seen stays unseen, and leaves nothing to be done.
Decision ended(
    const Setting& setting,
    const Blocker& before,
    BlockerState state,
    const char* event,
    Instant now,
    IdSource& ids
) {
    auto blocker = before;
    blocker.state = state;
    blocker.ended_at = now;
    blocker.ended_by = setting.person.id;
    if (!is_held(before, now)) blocker.held_until.reset();
    auto decision = changed(setting, before, blocker, event, now, ids);
    if (before.held_until)
        decision.timers.push_back(CancelTimer{TimerKind::show_blocker, blocker.id.value});
    return decision;
}

}  // namespace

Setting setting_of(const Turn& turn) {
    Setting setting;
    setting.person = turn.person;
    setting.team = turn.team;
    if (!turn.left) setting.hats.put_on(access::hat_of(turn.person, turn.standing));
    setting.channels = turn.channels;
    setting.delivery_managers = turn.delivery_managers;
    setting.open = turn.own_blockers;
    setting.run = turn.run;
    setting.names = turn.names;
    setting.calendars = turn.calendars;
    return setting;
}

Setting setting_of(const Roster& roster, const Person& person, Instant now) {
    Setting setting;
    setting.person = person;
    setting.team = roster.team;
    setting.hats = access::hats_of(roster, person.id, now);
    setting.channels = roster.channels;
    setting.delivery_managers = holders(roster, Role::delivery_manager, now);
    setting.calendars = roster.calendars;
    for (const auto& member : roster.members)
        setting.names[member.person.id] = member.person.name;
    return setting;
}

Raised raise(
    Setting& setting,
    const std::string& words,
    std::optional<RoundId> round,
    Instant now,
    IdSource& ids
) {
    if (means_nothing(words)) return {};

    std::optional<Blocker> similar;
    for (const auto& other : setting.open) {
        if (other.raiser != setting.person.id || other.state != BlockerState::open) continue;
        if (same_words(other.title, words))
            return {
                note(setting, other, NoteKind::still, "", now, ids), other.id, true, std::nullopt};
        if (!similar && similarity(other.title, words) >= alike) similar = other;
    }

    Blocker blocker;
    blocker.id = ids.next<BlockerId>();
    blocker.team = setting.team.id;
    blocker.number = setting.team.next_number++;
    blocker.title = clipped(words, longest_title);
    blocker.raiser = setting.person.id;
    blocker.raised_at = now;
    blocker.round = round;
    blocker.message = setting.message;
    blocker.held_until = now + standup::blocker_held;
    blocker.without_name = setting.run && setting.run->names_hidden;
    setting.open.push_back(blocker);

    Decision decision;
    decision.changes = {blocker, setting.team};
    decision.timers = {SetTimer{TimerKind::show_blocker, blocker.id.value, *blocker.held_until}};
    decision.events = {
        {"blocker.raised",
         blocker.id.value,
         setting.person.id,
         {{"number", std::to_string(blocker.number)}, {"title", blocker.title}}}};
    return {decision, blocker.id, false, similar};
}

Decision ask_which_team(
    const Person& person,
    const std::vector<Team>& teams,
    const Said& said,
    Instant now,
    IdSource& ids
) {
    auto draft = standup::new_draft(person, DraftKind::which_team, said, now, ids);
    auto decision = standup::keep(draft);
    std::vector<Button> choices;
    for (const auto& team : teams) {
        auto label = text("button.choose_team", {{"team", UserText{team.name}}});
        choices.push_back(choice(Verb::choose_team, draft.id.value, std::move(label), team.id.value)
        );
    }
    auto question = text("blocker.which_team", {{"line", UserText{draft.text}}});
    auto reader = Reader{person.language, person.zone};
    decision.reply = Say{choice_of(reader, std::move(question), std::move(choices))};
    return decision;
}

Decision show(const Setting& setting, Blocker blocker, Instant now, IdSource& ids) {
    if (!blocker.held_until || blocker.state != BlockerState::open) return {};
    auto before = blocker;
    blocker.held_until.reset();
    auto decision = changed(setting, before, blocker, "blocker.shown", now, ids);
    decision.timers = {CancelTimer{TimerKind::show_blocker, blocker.id.value}};
    return decision;
}

Decision retitle(
    const Setting& setting, Blocker blocker, const std::string& words, Instant now, IdSource& ids
) {
    if (blocker.raiser != setting.person.id || blocker.title == words) return {};
    if (means_nothing(words)) return withdraw(setting, blocker, now, ids);
    auto before = blocker;
    blocker.title = clipped(words, longest_title);
    auto decision = changed(setting, before, blocker, "blocker.retitled", now, ids);
    decision.events.back().facts.emplace_back("title", blocker.title);
    return decision;
}

Decision withdraw(const Setting& setting, const Blocker& blocker, Instant now, IdSource& ids) {
    if (blocker.raiser != setting.person.id || blocker.state != BlockerState::open) return {};
    if (!is_held(blocker, now))
        return Decision{.reply = say(setting.person, about("blocker.stays_open", blocker))};
    return ended(setting, blocker, BlockerState::withdrawn, "blocker.withdrawn", now, ids);
}

Decision reword(
    Setting& setting,
    std::vector<Blocker> before,
    std::vector<std::string> words,
    std::optional<RoundId> round,
    Instant now,
    IdSource& ids
) {
    std::erase_if(words, [](const std::string& line) { return means_nothing(line); });
    std::erase_if(before, [&](const Blocker& blocker) {
        auto is_the_same = [&](const std::string& line) { return same_words(line, blocker.title); };
        auto same = std::ranges::find_if(words, is_the_same);
        if (same == words.end()) return false;
        words.erase(same);
        return true;
    });
    Decision decision;
    std::vector<Block> stay;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (i < words.size()) {
            append(decision, retitle(setting, before[i], words[i], now, ids));
            continue;
        }
        auto withdrawn = withdraw(setting, before[i], now, ids);
        if (const auto* stays = std::get_if<Say>(&withdrawn.reply))
            stay.insert(stay.end(), stays->message.blocks.begin(), stays->message.blocks.end());
        append(decision, std::move(withdrawn));
    }
    if (auto* last = std::get_if<Say>(&decision.reply)) last->message.blocks = stay;
    for (auto i = before.size(); i < words.size(); ++i)
        append(decision, raise(setting, words[i], round, now, ids).decision);
    return decision;
}

Decision edit(
    Setting& setting,
    const std::vector<Blocker>& before,
    const std::string& words,
    std::optional<RoundId> round,
    Instant now,
    IdSource& ids
) {
    auto decision = reword(setting, before, blockers_in(words), round, now, ids);
    if (!std::holds_alternative<NoReply>(decision.reply)) return decision;
    for (const auto& change : decision.changes) {
        const auto* blocker = std::get_if<Blocker>(&change);
        if (!blocker) continue;
        auto is_open = blocker->state == BlockerState::open;
        auto what = about(is_open ? "blocker.reworded" : "blocker.taken_back", *blocker);
        decision.reply = say(setting.person, std::move(what));
    }
    return decision;
}

Decision details(
    const Setting& setting, Blocker blocker, const FormValues& values, Instant now, IdSource& ids
) {
    if (blocker.raiser != setting.person.id)
        return Decision{.reply = say(setting.person, text("blocker.not_yours"))};
    if (blocker.state != BlockerState::open)
        return Decision{.reply = say(setting.person, about("blocker.already_ended", blocker))};
    auto before = blocker;
    for (const auto& [field, words] : values) {
        if (field == "needed_from") blocker.needed_from = clipped(words, longest_needed_from);
        if (field == "ask") blocker.ask = clipped(words, longest_entry);
        if (field == "only_delivery_manager") blocker.only_delivery_manager = words == "yes";
        if (field != "needed_by") continue;
        blocker.needed_by = date_from(words);
        if (!words.empty() && !blocker.needed_by) {
            auto reader = Reader{setting.person.language, setting.person.zone};
            return Decision{.reply = FormErrors{reader, {{"needed_by", text("form.error_date")}}}};
        }
    }
    if (blocker.held_until) return show(setting, blocker, now, ids);
    auto decision = changed(setting, before, blocker, "blocker.detailed", now, ids);
    if (blocker.only_delivery_manager && !before.only_delivery_manager)
        decision.reply = say(setting.person, about("blocker.taken_out", blocker));
    return decision;
}

Decision tell_only(const Setting& setting, Blocker blocker, Instant now, IdSource& ids) {
    if (blocker.raiser != setting.person.id)
        return Decision{.reply = say(setting.person, text("blocker.not_yours"))};
    if (!blocker.held_until && !blocker.only_delivery_manager)
        return Decision{.reply = say(setting.person, about("blocker.already_shown", blocker))};
    blocker.only_delivery_manager = true;
    auto decision = show(setting, blocker, now, ids);
    decision.reply = say(setting.person, about("blocker.told_only", blocker));
    return decision;
}

Decision help(const Setting& setting, Blocker blocker, Instant now, IdSource& ids) {
    if (!may(setting, access::Act::help_with_blocker, blocker, now))
        return Decision{.reply = say(setting.person, text("blocker.unknown"))};
    if (blocker.state != BlockerState::open)
        return Decision{.reply = say(setting.person, about("blocker.already_ended", blocker))};
    if (blocker.raiser == setting.person.id)
        return Decision{.reply = say(setting.person, about("blocker.your_own", blocker))};
    if (blocker.helper == setting.person.id)
        return Decision{.reply = say(setting.person, about("blocker.you_help", blocker))};
    if (blocker.helper) {
        auto reply = about("blocker.has_helper", blocker);
        auto helper = setting.names.find(*blocker.helper);
        auto known_as = helper == setting.names.end() ? std::string{} : helper->second;
        reply.arguments.emplace_back("helper", NamedPerson{*blocker.helper, known_as});
        return Decision{.reply = say(setting.person, reply)};
    }
    auto before = blocker;
    blocker.helper = setting.person.id;
    auto decision = changed(setting, before, blocker, "blocker.helped", now, ids);
    decision.deliveries.push_back(
        tell(to_person(Purpose::helper_found, blocker.id.value, blocker.raiser), now, ids)
    );
    decision.reply = say(setting.person, about("blocker.thanks_for_helping", blocker));
    return decision;
}

Decision clear(const Setting& setting, const Blocker& blocker, Instant now, IdSource& ids) {
    if (!may(setting, access::Act::see_team_blockers, blocker, now))
        return Decision{.reply = say(setting.person, text("blocker.unknown"))};
    if (blocker.state != BlockerState::open)
        return Decision{.reply = say(setting.person, about("blocker.already_ended", blocker))};
    if (!may(setting, access::Act::clear_blocker, blocker, now))
        return Decision{.reply = say(setting.person, about("blocker.may_not_clear", blocker))};

    auto decision =
        is_held(blocker, now)
            ? withdraw(setting, blocker, now, ids)
            : ended(setting, blocker, BlockerState::cleared, "blocker.cleared", now, ids);
    if (blocker.raiser != setting.person.id)
        decision.deliveries.push_back(
            tell(to_person(Purpose::blocker_cleared, blocker.id.value, blocker.raiser), now, ids)
        );
    decision.reply = say(setting.person, about("blocker.cleared", blocker));
    return decision;
}

Decision note(
    const Setting& setting,
    const Blocker& blocker,
    NoteKind kind,
    const std::string& words,
    Instant now,
    IdSource& ids
) {
    if (!may(setting, access::Act::see_team_blockers, blocker, now))
        return Decision{.reply = say(setting.person, text("blocker.unknown"))};
    if (!may(setting, access::Act::update_blocker, blocker, now))
        return Decision{.reply = say(setting.person, about("blocker.may_not_update", blocker))};
    BlockerNote row{ids.next<NoteId>(), blocker.id, setting.person.id, kind, words, now};
    Decision decision;
    decision.changes = {row};
    if (kind != NoteKind::still)
        decision.events = {
            {"blocker.noted", blocker.id.value, setting.person.id, {{"text", words}}}};
    decision.reply = say(setting.person, about("blocker.noted", blocker));
    return decision;
}

Decision same_as(
    const Setting& setting, Blocker newer, const Blocker& older, Instant now, IdSource& ids
) {
    if (newer.raiser != setting.person.id)
        return Decision{.reply = say(setting.person, text("blocker.not_yours"))};
    auto can_merge = newer.state == BlockerState::open && older.state == BlockerState::open &&
                     newer.id != older.id;
    if (!can_merge)
        return Decision{.reply = say(setting.person, about("blocker.already_ended", newer))};
    auto decision = note(setting, older, NoteKind::note, newer.title, now, ids);
    newer.root = older.id;
    append(decision, ended(setting, newer, BlockerState::merged, "blocker.merged", now, ids));
    decision.reply = say(setting.person, about("blocker.merged", older));
    return decision;
}

}  // namespace muster::blocker_case
