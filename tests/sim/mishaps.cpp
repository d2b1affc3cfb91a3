#include "tests/sim/mishaps.hpp"

#include <algorithm>

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using settings::WantedTeam;

constexpr auto until_it_is_tried_again = 10min;

// What somebody does to a team, and how they undo it. Done twice, either is done once.
struct Rearrangement {
    World::TeamChange how;
    World::TeamChange back;
};

Rearrangement another_question(const Ceremony& as_it_was) {
    auto add = [key = as_it_was.key](WantedTeam& team) {
        for (auto& ceremony : team.ceremonies) {
            auto is_there =
                std::ranges::count(ceremony.questions, "of-the-day", &Question::key) > 0;
            if (ceremony.key != key || is_there) continue;
            Question question;
            question.key = "of-the-day";
            question.text = "And of the day?";
            ceremony.questions.push_back(std::move(question));
        }
    };
    auto take_away = [key = as_it_was.key](WantedTeam& team) {
        for (auto& ceremony : team.ceremonies)
            if (ceremony.key == key)
                std::erase_if(ceremony.questions, [](const Question& question) {
                    return question.key == "of-the-day";
                });
    };
    return {add, take_away};
}

Rearrangement without_member(const std::string& key) {
    auto leave = [key](WantedTeam& team) {
        std::erase(team.members, key);
        std::erase(team.observers, key);
    };
    auto come_back = [key](WantedTeam& team) {
        auto is_in = std::ranges::count(team.members, key) > 0;
        auto observes = std::ranges::count(team.observers, key) > 0;
        if (!is_in && !observes) team.members.push_back(key);
    };
    return {leave, come_back};
}

World::TeamChange set(const Ceremony& wanted) {
    return [wanted](WantedTeam& team) {
        auto known = std::ranges::find(team.ceremonies, wanted.key, &Ceremony::key);
        if (known == team.ceremonies.end()) return team.ceremonies.push_back(wanted);
        known->slots = wanted.slots;
        known->window = wanted.window;
    };
}

Rearrangement at_another_time(const Ceremony& as_it_was, milliseconds by) {
    auto moved = as_it_was;
    for (auto& slot : moved.slots)
        slot.at = std::chrono::floor<minutes>((slot.at + by) % 24h);
    return {set(moved), set(as_it_was)};
}

Rearrangement open_for(const Ceremony& as_it_was, minutes window) {
    auto other = as_it_was;
    other.window = window;
    return {set(other), set(as_it_was)};
}

Rearrangement no_more(const Ceremony& as_it_was) {
    auto end = [key = as_it_was.key](WantedTeam& team) {
        std::erase_if(team.ceremonies, [&](const Ceremony& one) { return one.key == key; });
    };
    return {end, set(as_it_was)};
}

Rearrangement some_rearrangement(const WantedTeam& team, Random& random) {
    const auto& ceremony = random.one_of(team.ceremonies);
    switch (random.between(0, 4)) {
        case 0: return another_question(ceremony);
        case 1: return without_member(random.one_of(team.members));
        case 2: return at_another_time(ceremony, random.one_of<milliseconds>({20min, 45min, 3h}));
        case 3: return open_for(ceremony, 45min);
        default: return no_more(ceremony);
    }
}

}  // namespace

Mishaps some_mishaps(std::uint64_t seed) {
    Random random{seed + 7'000'000};
    auto half = [&] { return random.chance(0.5); };
    return {half(), half(), half(), half(), half(), half(), half()};
}

Mishaps beginning_from_nothing(Mishaps mishaps) {
    mishaps.changed_settings = false;
    mishaps.lost_channels = false;
    mishaps.sets_up_in_chat = true;
    return mishaps;
}

Misfortune::Misfortune(World& world, std::uint64_t seed, Mishaps mishaps)
    : world_(world), random_(seed + 8'000'000), mishaps_(mishaps) {
    for (const auto& team : world_.options().wanted.teams)
        channels_[team.key] = channel_of(team.key);
}

void Misfortune::strike() {
    auto befalls = [this](bool is_on) {
        auto is_struck = is_on && random_.chance(0.15);
        if (is_struck) ++strikes_;
        return is_struck;
    };
    if (befalls(mishaps_.revoked_tokens)) revoke_token();
    if (befalls(mishaps_.closed_accounts)) close_account();
    if (befalls(mishaps_.lost_channels))
        random_.chance(0.3) ? rename_channel()
                            : lose_channel(random_.chance(0.3) ? Loss::deleted : Loss::archived);
    if (befalls(mishaps_.removals)) lose_channel(Loss::removed);
    if (befalls(mishaps_.people_out_of_reach)) put_out_of_reach();
    if (befalls(mishaps_.changed_settings)) change_settings();
    if (befalls(mishaps_.stops_at_calls)) world_.stop_bot_at_next_call();
}

void Misfortune::end() {
    while (!loans_.empty())
        return_loan(loans_.begin()->first);
    // A platform tells once in a while, whatever changes about a person: who was closed and opened
    // while the bot was down is known then. That comes after all that is told again.
    world_.after(15min, [this] {
        for (const auto& account : closed_accounts_)
            world_.other_side().open_account(account);
    });
}

void Misfortune::revoke_token() {
    take(
        "token",
        6h,
        [this] { world_.other_side().suspend(); },
        [this] { world_.other_side().resume(); }
    );
}

void Misfortune::close_account() {
    auto account = some_account();
    closed_accounts_.insert(account);
    take(
        account,
        48h,
        [this, account] { world_.other_side().close_account(account); },
        [this, account] { world_.other_side().open_account(account); }
    );
}

void Misfortune::lose_channel(Loss how) {
    auto team = some_team();
    auto place = channels_.at(team);
    auto is_gone = how == Loss::deleted;
    auto lose = [this, place, how] { world_.other_side().lose(place, how); };
    auto give_back = [this, team, place, is_gone] {
        if (!is_gone) return world_.other_side().give_back(place);
        auto other = channel_of(team) + std::to_string(next_channel_++);
        channels_[team] = other;
        world_.other_side().found(other);
        insist("channel of " + team, team, [other](WantedTeam& wanted) {
            wanted.channels.front().external_id = other;
        });
    };
    take(place, 24h, lose, give_back);
}

void Misfortune::rename_channel() {
    const auto& place = channels_.at(some_team());
    if (!loans_.contains(place)) world_.other_side().rename(place);
}

void Misfortune::put_out_of_reach() {
    auto account = some_account();
    take(
        account,
        24h,
        [this, account] { world_.other_side().put_out_of_reach(account); },
        [this, account] { world_.other_side().put_within_reach(account); }
    );
}

void Misfortune::change_settings() {
    auto key = some_team();
    const auto& teams = world_.options().wanted.teams;
    auto change = some_rearrangement(*std::ranges::find(teams, key, &WantedTeam::key), random_);
    auto what = "settings of " + key;
    take(
        what,
        30h,
        [this, what, key, how = change.how] { insist(what, key, how); },
        [this, what, key, back = change.back] { insist(what, key, back); }
    );
}

void Misfortune::take(
    const std::string& what,
    milliseconds at_most,
    std::function<void()> act,
    std::function<void()> give_back
) {
    if (!loans_.try_emplace(what, std::move(give_back)).second) return;
    world_.trace().note("taken away: " + what);
    act();
    world_.after(random_.between(milliseconds{1min}, at_most), [this, what] { return_loan(what); });
}

// Not twice.
void Misfortune::return_loan(const std::string& what) {
    auto loan = loans_.extract(what);
    if (loan.empty()) return;
    world_.trace().note("given back: " + what);
    loan.mapped()();
}

// The bot may be down, or die before the change is stored: it is made again until it is, or nobody
// wants it any more.
void Misfortune::insist(
    const std::string& what, const std::string& team, const World::TeamChange& how
) {
    auto wish = ++wishes_[what];
    auto is_done = std::make_shared<bool>(false);
    world_.change_team(team, how, [is_done] { *is_done = true; });
    world_.after(until_it_is_tried_again, [this, what, team, how, wish, is_done] {
        if (!*is_done && wishes_[what] == wish) insist(what, team, how);
    });
}

std::string Misfortune::some_account() {
    return account_of(random_.one_of(world_.options().wanted.people).key);
}

std::string Misfortune::some_team() {
    return random_.one_of(world_.options().wanted.teams).key;
}

}  // namespace muster::sim
