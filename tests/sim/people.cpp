#include "tests/sim/people.hpp"

#include <algorithm>

namespace muster::sim {
namespace {

using namespace std::chrono_literals;

const Button* with(const std::vector<Button>& buttons, Verb verb) {
    auto found = std::ranges::find(buttons, verb, &Button::verb);
    return found == buttons.end() ? nullptr : &*found;
}

}  // namespace

People::People(World& world, std::uint64_t seed) : world_(world), random_(seed + 3'000'000) {
    auto often = [this] { return random_.chance(0.75); };
    auto half = [this] { return random_.chance(0.5); };
    habits_ = Habits{
        often(),
        half(),
        often(),
        half(),
        half(),
        half(),
        half(),
        half(),
        half(),
        often(),
        half(),
        half(),
        half(),
        half(),
        half(),
        half(),
        half()};
    for (const auto& person : world_.options().wanted.people)
        accounts_.push_back(account_of(person.key));
}

void People::begin(Instant until) {
    world_.other_side().on_seen([this](const Posted& posted) { read(posted); });
    if (habits_.plain)
        for (const auto& account : accounts_)
            if (random_.chance(0.2)) command(account, "plain on");
    if (random_.chance(0.3)) command(random_.one_of(accounts_), "longer on");
    if (world_.options().slack && world_.options().slack->sets_up_in_chat) set_up_teams();
    act_of_their_own(until);
}

void People::set_up_teams() {
    for (const auto& team : world_.options().wanted.teams) {
        auto place = channel_of(team.key);
        world_.after(random_.between(milliseconds{1min}, milliseconds{3h}), [this, place] {
            invite_to(place, 6);
        });
    }
}

// What became of it may have been lost: they try again until something is said there.
void People::invite_to(const std::string& place, int more) {
    if (resting_ || more == 0 || world_.other_side().is_reported_to(place)) return;
    world_.other_side().invite(place);
    world_.after(random_.between(milliseconds{3h}, milliseconds{9h}), [this, place, more] {
        invite_to(place, more - 1);
    });
}

void People::read(const Posted& posted) {
    if (resting_) return;
    auto buttons = buttons_of(posted.message);
    for (const auto& button : buttons)
        if (buttons_.size() < 500) buttons_.emplace_back(button, posted.id);
    if (!posted.direct) {
        if (buttons.empty() || !random_.chance(0.2)) return;
        auto account = random_.one_of(accounts_);
        auto button = random_.one_of(buttons);
        world_.after(soon(), [this, account, button, id = posted.id] {
            press(account, button, id);
        });
        return;
    }
    const auto& account = posted.place;
    for (auto step : {Verb::setup_start, Verb::setup_form})
        if (const auto* button = with(buttons, step)) {
            world_.after(soon(), [this, account, next = *button, id = posted.id] {
                press(account, next, id);
            });
            return;
        }
    if (const auto* answer = with(buttons, Verb::answer))
        return answer_prompt(account, posted, *answer);
    if (buttons.empty() && random_.chance(0.5)) {  // plain mode, or a reminder
        auto number = random_.chance(0.3);
        auto text = number ? std::to_string(random_.between(1, 3)) : new_words("for");
        world_.after(soon(), [this, account, text] { say(account, text); });
    } else if (!buttons.empty() && random_.chance(0.15)) {
        auto button = random_.one_of(buttons);
        world_.after(soon(), [this, account, button, id = posted.id] {
            press(account, button, id);
        });
    }
}

void People::answer_prompt(const std::string& account, const Posted& posted, const Button& answer) {
    auto buttons = buttons_of(posted.message);
    std::vector<std::function<void()>> ways;
    auto way = [&](bool habit, std::function<void()> act) {
        if (habit) ways.push_back(std::move(act));
    };
    auto press_it = [&](Verb verb) {
        const auto* button = with(buttons, verb);
        return [this, account, id = posted.id, chosen = button ? *button : answer] {
            press(account, chosen, id);
        };
    };
    auto thread = std::optional<std::string>{};
    if (habits_.threads && random_.chance(0.5)) thread = posted.id;
    way(true, [] {});
    way(habits_.lines, [this, account, thread] { say(account, new_words("finish"), thread); });
    way(habits_.letters, [this, account, thread] {
        auto letter = random_.one_of<std::string>({"t: ", "y: ", "b: "});
        say(account, letter + new_words(letter == "b: " ? "need" : "test"), thread);
    });
    way(habits_.forms, press_it(Verb::answer));
    way(habits_.forms, press_it(Verb::answer));
    way(habits_.same_plan, press_it(Verb::same_plan));
    way(habits_.snooze, press_it(Verb::snooze));
    way(habits_.skip, press_it(Verb::skip));
    way(!habits_.lines, press_it(Verb::answer));
    auto act = random_.one_of(ways);
    ++answers_;
    auto delay = random_.between(20'000ms, milliseconds{100min});
    if (habits_.late && random_.chance(0.2)) delay += random_.between(2h, 30h);
    world_.after(delay, act);
    if (random_.chance(0.2)) world_.after(delay + soon(), random_.one_of(ways));
}

void People::press(const std::string& account, const Button& button, const std::string& message) {
    if (resting_) return;
    Pressed pressed{button.verb, button.subject, button.extra, message};
    world_.tell(account, pressed, world_.new_keys(1), [this, account](const Reply& reply) {
        read_reply(account, reply);
    });
}

void People::say(const std::string& account, std::string text, std::optional<std::string> thread) {
    if (resting_) return;
    auto line = world_.new_line_id();
    lines_.push_back({account, line});
    auto read = [this, account](const Reply& reply) { read_reply(account, reply); };
    world_.tell(account, Said{std::move(text), line, std::move(thread)}, world_.new_keys(3), read);
    if (habits_.edits && random_.chance(0.25))
        world_.after(random_.between(2'000ms, milliseconds{2h}), [this, account, line] {
            if (!resting_)
                world_.tell(account, Edited{line, new_words("rather")}, world_.new_keys(2));
        });
    if (habits_.deletions && random_.chance(0.1))
        world_.after(random_.between(5'000ms, milliseconds{3h}), [this, account, line] {
            if (!resting_) world_.tell(account, Deleted{line}, world_.new_keys(2));
        });
}

void People::command(const std::string& account, std::string text) {
    if (resting_) return;
    auto read = [this, account](const Reply& reply) { read_reply(account, reply); };
    world_.tell(account, Commanded{std::move(text)}, world_.new_keys(1), read);
}

void People::read_reply(const std::string& account, const Reply& reply) {
    if (resting_) return;
    if (const auto* form = std::get_if<OpenForm>(&reply)) {
        auto later = random_.between(5'000ms, milliseconds{15min});
        world_.after(later, [this, account, opened = form->form] {
            fill_in(account, opened, false);
        });
        return;
    }
    const auto* say = std::get_if<Say>(&reply);
    if (!say) return;
    auto buttons = buttons_of(say->message);
    if (buttons.empty() || random_.chance(0.2)) return;
    auto button = random_.one_of(buttons);
    world_.after(soon(), [this, account, button] { press(account, button, ""); });
}

void People::fill_in(const std::string& account, const Form& form, bool once_more) {
    if (resting_) return;
    if (form.context.kind == FormKind::setup) return set_up(account, form);
    if (random_.chance(0.05)) return;
    if (form.context.kind == FormKind::blocker_details && random_.chance(0.3)) {
        world_.tell(account, Dismissed{form.context}, world_.new_keys(1));
        return;
    }
    auto unfit = habits_.unfit_forms && !once_more && random_.chance(0.2);
    Submitted submitted{form.context, {}};
    for (const auto& field : form.fields) {
        if (field.kind == Field::Kind::shown || (unfit && field.required)) continue;
        auto leaves_it = !field.required && random_.chance(0.4);
        if (leaves_it && random_.chance(0.5)) continue;
        if (leaves_it) {
            submitted.values.emplace_back(field.key, "");
            continue;
        }
        submitted.values.emplace_back(field.key, value_for(field));
    }
    auto once_again = [this, account, form] {
        world_.after(soon(), [this, account, form] { fill_in(account, form, true); });
    };
    auto read = [this, account, once_again](const Reply& reply) {
        if (!std::holds_alternative<FormErrors>(reply)) return read_reply(account, reply);
        once_again();
    };
    auto is_sent = world_.tell(account, submitted, world_.new_keys(1), read) != nullptr;
    if (!is_sent && !once_more) once_again();  // the platform itself saw that something is missing
}

// As it is proposed, but for the time.
void People::set_up(const std::string& account, const Form& form) {
    auto time = random_.one_of<std::string>({"09:30", "10:00", "11:15", "14:00"});
    Submitted submitted{form.context, {{"time", time}}};
    auto read = [this, account](const Reply& reply) { read_reply(account, reply); };
    world_.tell(account, submitted, world_.new_keys(1), read);
}

std::string People::value_for(const Field& field) {
    switch (field.kind) {
        case Field::Kind::date: return to_text(add_days(local_date("Etc/UTC", world_.now()), 3));
        case Field::Kind::tick: return random_.chance(0.3) ? "yes" : "";
        case Field::Kind::time: return "09:45";
        case Field::Kind::people:
        case Field::Kind::group: return field.initial;
        case Field::Kind::several:
        case Field::Kind::choice:
        case Field::Kind::scale:
        case Field::Kind::yes_no:
        case Field::Kind::person:
            return field.choices.empty() ? "" : random_.one_of(field.choices).value;
        case Field::Kind::line:
        case Field::Kind::paragraph:
        case Field::Kind::shown: break;
    }
    if (field.key == "blocker" && (!habits_.blockers || random_.chance(0.6)))
        return random_.one_of<std::string>({"no", "None.", "n/a", "", "dim byd"});
    return new_words(field.key);
}

void People::act_of_their_own(Instant until) {
    if (resting_ || world_.now() >= until) return;
    auto account = random_.one_of(accounts_);
    auto roll = random_.between(0, 19);
    if (roll < 5 && habits_.commands) {
        command(
            account,
            random_.one_of<std::string>(
                {"why",
                 "status",
                 "history",
                 "my week",
                 "help",
                 "hours",
                 "blocker list",
                 "",
                 "start",
                 "edit today",
                 "snooze 30m",
                 "skip",
                 "wyh",
                 "blocker 1 clear",
                 "longer off"}
            )
        );
    } else if (roll < 7 && habits_.absences) {
        say(account,
            random_.one_of<std::string>(
                {"away until fri", "away 3 days", "away fri morning", "sick", "back", "yes"}
            ));
    } else if (roll < 8 && habits_.leaving) {
        say(account, random_.one_of<std::string>({"stop", "skip", "snooze 20m", "why"}));
    } else if (roll < 11 && habits_.blockers) {
        say(account,
            random_.chance(0.5) ? "b: " + new_words("wait")
                                : "b: " + random_.one_of<std::string>({"no", "nothing"}));
    } else if (roll == 19 && world_.options().slack) {
        world_.tell(account, HomeOpened{}, world_.new_keys(1));
    } else if (roll < 13 && habits_.stale_buttons && !buttons_.empty()) {
        auto [button, message] = random_.one_of(buttons_);
        press(account, button, message);
    } else if (roll < 15) {
        say(account, new_words("also"));
    }
    auto people = static_cast<std::int64_t>(accounts_.size());
    auto pause = random_.between(1'000ms, milliseconds{16h} / people);
    world_.after(pause, [this, until] { act_of_their_own(until); });
}

std::string People::new_words(const std::string& what) {
    return what + " tok" + std::to_string(next_word_++) + "x today";
}

milliseconds People::soon() {
    return random_.between(1'000ms, milliseconds{20min});
}

}  // namespace muster::sim
