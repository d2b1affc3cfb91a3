#include "tests/sim/invariants.hpp"

#include <algorithm>

#include "bot/domain/standup.hpp"
#include "tests/sim/occurrences.hpp"
#include "tests/sim/other_side.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::vector<Round> rounds_of(View& view, PersonId person) {
    return view.rounds_of(person, Instant{});
}

std::size_t count_in(const std::string& text, const std::string& word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++found;
    return found;
}

// ---- a message, as a reader sees it

struct Reading {
    std::string typed;
    std::set<PersonId> named;
    std::vector<Button> buttons;

    void read(const Text& text) {
        for (const auto& [key, argument] : text.arguments) {
            if (const auto* user = std::get_if<UserText>(&argument)) typed += user->value + "\n";
            if (const auto* person = std::get_if<NamedPerson>(&argument)) named.insert(person->id);
            if (const auto* list = std::get_if<TextList>(&argument))
                for (const auto& item : *list)
                    read(item);
        }
    }

    void read(const Message& message) {
        read(message.notification);

        struct Visitor {
            Reading& reading;

            void operator()(const Heading& block) { reading.read(block.text); }

            void operator()(const Paragraph& block) { reading.read(block.text); }

            void operator()(const Quiet& block) { reading.read(block.text); }

            void operator()(const Facts& block) {
                for (const auto& [label, value] : block.rows) {
                    reading.read(label);
                    reading.read(value);
                }
            }

            void operator()(const Items& block) {
                for (const auto& item : block.items)
                    reading.read(item);
            }

            void operator()(const Buttons& block) {
                for (const auto& button : block.buttons)
                    reading.buttons.push_back(button);
            }
        };

        for (const auto& block : message.blocks)
            std::visit(Visitor{*this}, block);
    }
};

Reading reading_of(const Message& message) {
    Reading reading;
    reading.read(message);
    return reading;
}

// Typed lines and commands never take an answer away; whatever else a person does may.
bool may_remove(const Input& input) {
    const auto& event = input.inbound.event;
    return !std::holds_alternative<Commanded>(event) && !std::holds_alternative<Dismissed>(event) &&
           !std::holds_alternative<Said>(event);
}

bool says(const Reply& reply, std::string_view key) {
    const auto* say = std::get_if<Say>(&reply);
    return say && say->message.notification.key.starts_with(key);
}

// ---- FNV-1a

struct Hash {
    std::uint64_t value = 14'695'981'039'346'656'037U;

    void add(std::string_view text) {
        for (auto letter : text)
            value = (value ^ static_cast<unsigned char>(letter)) * 1'099'511'628'211U;
        value = (value ^ 0xFFU) * 1'099'511'628'211U;
    }

    void add(std::int64_t one) { add(std::string_view{number(one)}); }
};

}  // namespace

std::vector<std::string> own_words(const std::string& text) {
    std::vector<std::string> words;
    for (auto at = text.find("tok"); at != std::string::npos; at = text.find("tok", at + 1)) {
        auto end = text.find('x', at);
        if (end != std::string::npos) words.push_back(text.substr(at, end - at + 1));
    }
    return words;
}

std::string typed_in(const Message& message) {
    return reading_of(message).typed;
}

std::set<PersonId> named_in(const Message& message) {
    return reading_of(message).named;
}

std::vector<Button> buttons_of(const Message& message) {
    return reading_of(message).buttons;
}

void Invariants::violate(const std::string& what) {
    trace_.note("VIOLATION " + what);
    trace_.freeze();
    violations_.push_back(what);
}

// ---- I1, as it happens

void Invariants::note_input(Input& input) {
    auto& known = known_[input.inbound.account];
    input.order = ++known.inputs;
    if (may_remove(input)) ++known.may_remove;
}

void Invariants::note_given_up(const Input& input) {
    const auto* said = std::get_if<Said>(&input.inbound.event);
    const auto* edited = std::get_if<Edited>(&input.inbound.event);
    if (!said && !edited) return;
    for (auto& word : own_words(said ? said->text : edited->text))
        given_up_words_.insert(std::move(word));
}

Invariants::Answers Invariants::answers_of(View& view, PersonId person) {
    Answers answers;
    for (const auto& round : rounds_of(view, person))
        for (const auto& answer : view.answers_of(round.id))
            answers[{round.id.value, answer.question}] = answer.text;
    return answers;
}

void Invariants::after_input(View& view, const Input& input, const Reply& reply) {
    if (input.inbound.account.empty()) {
        if (!std::holds_alternative<NoReply>(reply)) violate("somebody answers what nobody did");
        return;
    }
    auto account = view.account(input.inbound.connection, input.inbound.account);
    auto& known = known_[input.inbound.account];
    auto was_waited_for = !input.acknowledged && may_remove(input);
    if (!account) {  // nobody has put them on a team yet
        if (people_.contains(input.inbound.account)) violate("I1: an account is gone");
        if (was_waited_for) --known.may_remove;
        return;
    }
    people_[input.inbound.account] = account->person;
    auto answers = answers_of(view, account->person);
    for (const auto& [question, text] : known.answers)
        if (!answers.contains(question) && known.may_remove == 0)
            violate("I1: an answer is gone that nobody took away: " + text);
    auto is_latest = known.inputs == input.order;
    if (is_latest) expect_kept(view, input, reply, answers, account->person);
    for (const auto& [question, text] : answers)
        for (const auto& word : own_words(text))
            saved_words_.insert(word);
    known.answers = std::move(answers);
    if (was_waited_for) --known.may_remove;
}

// Where replies are posted, this one is posted as often as somebody is given it.
void Invariants::after_reply(Input& input, const Reply& reply, bool carried_before) {
    auto is_posted =
        !std::holds_alternative<NoReply>(reply) && !std::holds_alternative<FormErrors>(reply);
    if (!is_posted || carried_before) return;
    if (++input.carried > 1) violate("a reply was given to two requests to carry out");
}

// What was acknowledged shows, once, wherever it belongs.
void Invariants::expect_kept(
    View& view, const Input& input, const Reply& reply, const Answers& answers, PersonId person
) {
    auto refused = std::holds_alternative<FormErrors>(reply) || says(reply, "plain.reply") ||
                   says(reply, "stale.") || says(reply, "blocker.") || says(reply, "stranger");
    if (refused && !says(reply, "blocker.raised")) return;
    std::string answered;
    for (const auto& [question, text] : answers)
        answered += text + "\n";
    std::string drafted;
    for (const auto& draft : view.drafts_of(person))
        drafted += draft.text + "\n";
    std::string blockers;
    for (auto team : view.teams_of(person, input.inbound.sent_at)) {
        for (const auto& blocker : view.open_blockers(team))
            blockers += blocker.title + "\n";
        for (const auto& blocker : view.blockers_ended_since(team, Instant{}))
            blockers += blocker.title + "\n";
    }
    auto expect_word = [&](const std::string& word) {
        auto times = count_in(answered, word) + count_in(drafted, word);
        if (times > 1) violate("I1: shows more than once: " + word);
        if (!input.acknowledged && times == 0 && count_in(blockers, word) == 0)
            violate("I1: is not kept: " + word);
        if (count_in(blockers, word) > 1) violate("I1: is two blockers: " + word);
    };
    const auto& event = input.inbound.event;
    if (const auto* said = std::get_if<Said>(&event))
        for (const auto& word : own_words(said->text))
            expect_word(word);
    if (const auto* form = std::get_if<Submitted>(&event))
        for (const auto& [field, value] : form->values)
            if (form->form.kind == FormKind::answer || field == "title")
                for (const auto& word : own_words(value))
                    expect_word(word);
    if (const auto* edited = std::get_if<Edited>(&event))
        for (const auto& word : own_words(edited->text))
            if (count_in(answered, word) > 1) violate("I1: shows more than once: " + word);
    if (const auto* deleted = std::get_if<Deleted>(&event))
        if (auto answer = view.answer_by_message(person, deleted->message))
            if (!answer->withdrawn) violate("I1: still shows, though deleted: " + answer->text);
}

// ---- what is told, as it is told

void Invariants::check_call(
    View& view,
    Call call,
    DeliveryId id,
    const Destination& destination,
    const Message& message,
    Instant now
) {
    auto delivery = view.delivery(id);
    if (!delivery) return violate("a message without a delivery");
    trace_.note(
        std::string(call == Call::deliver ? "  posts " : "  edits ") + name(delivery->key.purpose) +
        " of " + number(delivery->key.subject) + " to " + destination.address + " (" +
        message.notification.key + ")"
    );
    auto channel = destination.direct ? std::nullopt
                                      : view.channel(std::get<ChannelId>(delivery->key.recipient));
    // What was posted where the team reports no more stands there, and may still change.
    if (!destination.direct && !channel && call == Call::deliver)
        violate("a message to no channel");
    if (channel) check_channel(view, *delivery, *channel, message, now);
    if (call != Call::deliver) return;
    if (delivery->key.purpose == Purpose::prompt) ++prompts_;
    if (delivery->key.purpose == Purpose::prompt || delivery->key.purpose == Purpose::reminder)
        check_prompt(view, *delivery, now);
}

void Invariants::check_prompt(View& view, const Delivery& delivery, Instant now) {
    auto turn = view.turn(RoundId{delivery.key.subject}, now);
    if (!turn) return violate("a prompt without a round");
    std::string which = name(delivery.key.purpose);
    which += " of round " + number(turn->round.id.value);
    if (turn->round.phase != Phase::asked)
        violate(which + " is sent although the round is " + name(turn->round.phase));
    if (!is_working(work_pattern(*turn), now))
        violate(which + " is sent outside working hours, at " + to_text(now));
    if (turn->round.closes_at && now >= *turn->round.closes_at)
        violate(which + " is sent after the close");
    if (turn->left || turn->standing == Standing::observer)
        violate(which + " is sent to somebody who left");
    if (delivery.key.purpose == Purpose::reminder && turn->round.snoozed_until)
        violate(which + " is sent during a snooze");
}

void Invariants::check_channel(
    View& view,
    const Delivery& delivery,
    const Channel& channel,
    const Message& message,
    Instant now
) {
    auto reading = reading_of(message);
    std::string which = name(delivery.key.purpose);

    for (const auto& blocker : view.open_blockers(channel.team)) {
        if (is_public(blocker, now)) continue;
        for (const auto& word : own_words(blocker.title))
            if (reading.typed.find(word) != std::string::npos)
                violate(which + " shows a private or held blocker: " + blocker.title);
    }

    std::optional<RunId> run;
    switch (delivery.key.purpose) {
        case Purpose::plan:
            if (auto round = view.round(RoundId{delivery.key.subject})) run = round->run;
            break;
        case Purpose::new_blocker:
            if (auto blocker = view.blocker(BlockerId{delivery.key.subject});
                blocker && blocker->round)
                if (auto round = view.round(*blocker->round)) run = round->run;
            break;
        default: run = RunId{delivery.key.subject};
    }
    auto held = run ? view.run(*run) : std::nullopt;
    if (!held) return;
    for (const auto& round : view.rounds_of(held->id)) {
        if (!reading.named.contains(round.person)) continue;
        auto by_name = delivery.key.purpose == Purpose::plan ||
                       delivery.key.purpose == Purpose::summary ||
                       delivery.key.purpose == Purpose::hidden_plans;
        if (held->names_hidden && by_name)
            violate(which + " names somebody though names are hidden");
        if (held->names_hidden && delivery.key.purpose == Purpose::new_blocker) {
            auto blocker = view.blocker(BlockerId{delivery.key.subject});
            if (blocker && blocker->raiser == round.person)
                violate(which + " names its raiser though names are hidden");
        }
        auto speaks_of_silence = delivery.key.purpose == Purpose::summary ||
                                 delivery.key.purpose == Purpose::not_working;
        if (speaks_of_silence && round.phase == Phase::silent && !held->show_silent)
            violate(which + " names the silent");
    }
}

// ---- the end

void Invariants::check_end(
    View& view, OtherSide& there, Instant start, Instant now, Instant latest
) {
    for (const auto& violation : there.violations())
        violate(violation);
    check_answers(view);
    check_copies(view, there);
    check_rounds(view, now);
    check_mended(view);
    check_read_back(view, there, now);
    for (const auto& violation : missed_occurrences(view, start, latest))
        violate(violation);
    check_nothing_waits(view, now);
}

// I1: the read model is what it was after each person's last act, and the log knows every word.
void Invariants::check_answers(View& view) {
    for (const auto& [account, known] : known_) {
        if (!people_.contains(account)) continue;
        auto answers = answers_of(view, people_.at(account));
        if (answers == known.answers || known.may_remove > 0) continue;
        for (const auto& [question, text] : known.answers) {
            auto found = answers.contains(question) ? answers.at(question) : "";
            auto was_read = std::ranges::any_of(own_words(found), [&](const std::string& word) {
                return given_up_words_.contains(word);
            });
            if (found != text && !was_read) violate("I1: lost at the end: " + text);
        }
    }
    std::set<std::string> logged;
    for (const auto& event : all_events(view))
        for (const auto& [fact, text] : event.event.facts)
            for (auto& word : own_words(text))
                logged.insert(std::move(word));
    for (const auto& word : saved_words_)
        if (!logged.contains(word)) violate("I1: the log does not know " + word);
}

// I2
void Invariants::check_nothing_is_doubled(View& view, OtherSide& there) {
    std::map<DeliveryId, int> live;
    for (const auto& message : there.copies())
        if (!message.removed && !there.may_be_doubled(message)) ++live[message.delivery];
    for (const auto& [id, copies] : live) {
        if (copies == 1) continue;
        auto delivery = view.delivery(id);
        auto what = delivery ? name(delivery->key.purpose) : "message of an unknown delivery";
        violate("I2: " + number(copies) + " live copies of a " + what + ", " + number(id.value));
    }
}

// I2: one live message of each delivery; nothing is reminded of twice.
void Invariants::check_copies(View& view, OtherSide& there) {
    check_nothing_is_doubled(view, there);
    std::map<DeliveryId, int> live;
    std::map<DeliveryId, int> ever;
    for (const auto& message : there.copies()) {
        if (there.may_be_doubled(message)) continue;  // nobody could know: counted by the bot
        ++ever[message.delivery];
        if (!message.removed) ++live[message.delivery];
    }
    for (const auto& [id, copies] : ever) {
        auto delivery = view.delivery(id);
        if (!delivery) {
            violate("I2: a message of an unknown delivery");
            continue;
        }
        auto what =
            std::string(name(delivery->key.purpose)) + " of " + number(delivery->key.subject);
        if (delivery->key.purpose == Purpose::reminder && copies > 1)
            violate("reminded " + number(copies) + " times: " + what);
        // With a reason, the platform refused to change what may have been removed: nobody can
        // know.
        if (delivery->state == DeliveryState::sent && delivery->reason.empty() && live[id] == 0)
            violate("I2: said to be sent, but nobody sees it: " + what);
    }
}

// I3
void Invariants::check_rounds(View& view, Instant now) {
    for (const auto& run : all_runs(view)) {
        auto which = "run " + number(run.id.value) + " of " + to_text(run.date);
        if (run.closes_at <= now && run.state != RunState::closed)
            violate("I3: " + which + " is not closed, though its time is over");
        for (const auto& round : view.rounds_of(run.id)) {
            auto what = "round " + number(round.id.value) + " of " + which;
            auto is_over =
                run.state == RunState::closed || (round.closes_at && *round.closes_at <= now);
            if (is_over && !standup::is_final(round.phase))
                violate("I3: " + what + " ended as " + name(round.phase));
            if ((round.phase == Phase::not_asked) != (round.not_asked != NotAsked::none))
                violate(
                    "I3: " + what + " is " + name(round.phase) + " because of " +
                    name(round.not_asked)
                );
            if (round.phase == Phase::unreachable && round.reason.empty())
                violate("I3: " + what + " is unreachable for no reason");
            auto is_told = !view.deliveries_of(Purpose::undelivered, round.id.value).empty();
            if (round.phase == Phase::unreachable && !is_told)
                violate("F30: nobody is told that " + what + " reached nobody");
            auto came_late = round.answered_at && round.closes_at &&
                             *round.answered_at > *round.closes_at + standup::late_grace;
            if (round.answered_at && came_late != (round.phase == Phase::late))
                violate(
                    "I3: " + what + " is " + name(round.phase) + ", which its time does not fit"
                );
            if (round.phase == Phase::silent && !round.asked_at)
                violate("I3: " + what + " is silent, but was never asked");
            if ((round.phase == Phase::answered || round.phase == Phase::late) !=
                round.answered_at.has_value())
                violate(
                    "I3: " + what + " is " + name(round.phase) + ", which does not fit its answers"
                );
        }
    }
}

// I1: what was typed in time while nobody listened was taken in, when all of that time was read.
void Invariants::check_read_back(View& view, OtherSide& there, Instant now) {
    constexpr auto margin = 2min;            // Slack's clock is not the machine's
    constexpr auto keys_are_kept = 9 * 24h;  // and a day, in which its clock may be set
    auto downtimes = view.downtimes();
    for (const auto& line : there.unheard()) {
        auto account = view.account(ConnectionId{1}, line.account);
        if (!account || line.at < now - keys_are_kept) continue;
        auto was_down = std::ranges::any_of(downtimes, [&](const Downtime& downtime) {
            return downtime.read_back == ReadBack::done && downtime.from + margin <= line.at &&
                   line.at <= downtime.to - margin;
        });
        auto was_open =
            std::ranges::any_of(rounds_of(view, account->person), [&](const Round& round) {
                return round.asked_at && round.closes_at && *round.asked_at + margin <= line.at &&
                       line.at + margin <= *round.closes_at && round.phase != Phase::not_asked;
            });
        if (!was_down || !was_open) continue;
        ++read_back_;
        if (!view.is_key_known(ConnectionId{1}, line.key))
            violate("I1: typed while nobody listened, and not read back: " + line.key);
    }
}

// F27 to F29: who is back counts again, and nothing was lost in silence. That a connection is
// served again (F26) shows in that nothing waits.
void Invariants::check_mended(View& view) {
    for (const auto& account : view.accounts())
        if (account.closed_at) violate("F27: still counts as closed: " + account.external_id);
    std::map<PersonId, Instant> last_left;  // noted later where it was read back
    for (const auto& logged : all_events(view)) {
        if (logged.event.kind == "settings.member_changed")
            last_left[PersonId{logged.event.subject}] = logged.at;
        if (logged.event.kind != "channel.refused") continue;
        if (view.deliveries_of(Purpose::channel_refused, logged.event.subject).empty())
            violate("F28: nobody is told of channel " + number(logged.event.subject));
    }
    for (const auto& member : view.memberships())
        if (member.stopped_at && last_left[member.person] < *member.stopped_at)
            violate(
                "F27: takes part no more since " + to_text(*member.stopped_at) +
                ", and did not leave: " + number(member.person.value)
            );
}

// I10
void Invariants::check_nothing_waits(View& view, Instant now) {
    for (const auto& timer : view.timers())
        if (timer.due < now - 2min)
            violate(
                std::string("I10: timer ") + name(timer.kind) + " of " + number(timer.ref) +
                " waits since " + to_text(timer.due)
            );
    for (const auto& delivery : view.unsettled_deliveries())
        violate(
            std::string("I10: ") + name(delivery.key.purpose) + " of " +
            number(delivery.key.subject) + " is " + name(delivery.state)
        );
    std::vector<ConnectionId> all;
    for (const auto& connection : view.connections())
        all.push_back(connection.id);
    auto find_overdue = [&](const Delivery& delivery) {
        violate(
            std::string("I10: ") + name(delivery.key.purpose) + " of " +
            number(delivery.key.subject) + " waits to be sent since " + to_text(delivery.due)
        );
        return true;
    };
    view.visit_due_deliveries(now - 5min, {all, all}, find_overdue);
}

// ---- I9

std::uint64_t Invariants::hash_of(View& view) {
    Hash hash;
    for (const auto& logged : all_events(view)) {
        hash.add(logged.at.time_since_epoch().count());
        hash.add(logged.event.kind);
        hash.add(logged.event.subject);
        for (const auto& [fact, text] : logged.event.facts) {
            hash.add(fact);
            hash.add(text);
        }
    }
    for (const auto& timer : view.timers()) {
        hash.add(static_cast<std::int64_t>(timer.kind));
        hash.add(timer.ref);
        hash.add(timer.due.time_since_epoch().count());
    }
    for (const auto& person : view.people()) {
        for (const auto& [question, text] : answers_of(view, person.id))
            hash.add(text);
        for (const auto& draft : view.drafts_of(person.id))
            hash.add(draft.text);
    }
    for (const auto& team : view.teams()) {
        for (const auto& blocker : view.open_blockers(team.id)) {
            hash.add(blocker.title);
            for (const auto& note : view.notes_of(blocker.id))
                hash.add(note.text);
        }
    }
    for (const auto& run : all_runs(view))
        for (const auto& round : view.rounds_of(run.id))
            hash.add(static_cast<std::int64_t>(round.phase));
    return hash.value;
}

std::uint64_t Invariants::hash_of(const std::vector<Posted>& messages) {
    Hash hash;
    for (const auto& message : messages) {
        hash.add(message.id);
        hash.add(message.place);
        hash.add(message.delivery.value);
        hash.add(message.at.time_since_epoch().count());
        hash.add(digest(message.message));
        hash.add(message.edits);
        hash.add(message.removed ? 1 : 0);
    }
    return hash.value;
}

}  // namespace muster::sim
