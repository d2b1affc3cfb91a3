#include "tests/sim/fan_out.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "tests/sim/many_offices.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using Trouble = FanOutOptions::Trouble;

constexpr auto longest_morning = 80min;  // then the first reminders are due
constexpr auto away = 5s;                // from a death to the next start

// A Wednesday in June: nobody changes their clocks, nobody is off.
const auto start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 6 / 10}} + 8h;
const auto due = start + 30min;  // 9:30 in London

milliseconds processor_time() {
    return milliseconds{std::clock() * 1'000 / CLOCKS_PER_SEC};
}

Lateness lateness_of(std::vector<milliseconds> all) {
    if (all.empty()) return {};
    std::ranges::sort(all);
    auto at = [&](double share) {
        auto rank = std::ceil(share * static_cast<double>(all.size()));
        return all[static_cast<std::size_t>(rank) - 1];
    };
    return {at(0.5), at(0.99), all.back()};
}

void put_in_trouble(Office& office, Trouble trouble) {
    if (trouble == Trouble::revoked) office.slack.workspace().token_is_revoked = true;
    if (trouble == Trouble::slow)
        office.client.troubles().happen(fake_slack::Trouble::Kind::slow, 1);
}

class Morning {
public:
    explicit Morning(const FanOutOptions& options)
        : options_(options),
          world_(
              {options.seed, start, options.members, options.members_of_a_team, options.workspaces}
          ) {
        world_.on_first_told([this](Office& office, const std::string& person) {
            may_answer(office, person);
        });
    }

    FanOutReport live() {
        world_.begin_process();
        world_.run_until(due - 1s);
        put_in_trouble(*world_.offices().front(), options_.trouble);
        auto before = processor_time();
        while (!are_all_asked() && now() < due + longest_morning) {
            world_.run_for(1s);
            if (is_time_to_die()) die();
        }
        auto took = processor_time() - before;
        // What is perhaps doubled is looked for twice, within a minute and a half.
        world_.run_for(3min);
        return report(took);
    }

private:
    Instant now() { return world_.clock().now(); }

    // ---- the bot

    bool is_time_to_die() {
        if (deaths_ == options_.deaths) return false;
        auto all = 60s * options_.members / options_.workspaces / posts_per_minute;
        return now() >= due + all * (deaths_ + 1) / (options_.deaths + 1);
    }

    // At some moment of the second: in the middle of whatever it is doing.
    void die() {
        world_.run_for(world_.random().between(0ms, 1'000ms));
        world_.end_process();
        ++deaths_;
        world_.run_for(away);
        world_.begin_process();
    }

    // ---- people

    void may_answer(Office& office, const std::string& person) {
        if (!world_.random().chance(options_.answering)) return;
        auto answer = [](Morning& self, Office& place, std::string who, milliseconds thinking
                      ) -> Task<> {
            co_await self.world_.clock().pause(thinking);
            co_await self.say(place, std::move(who));
        };
        auto thinking = world_.random().between(1s, 60s);
        world_.process().requests.spawn(answer(*this, office, person, thinking));
    }

    Task<> say(Office& office, std::string who) {
        auto line = "line-of-" + who;
        typed_at_[{office.connection, who}] = now();
        Inbound inbound{
            office.connection,
            who,
            {line},
            now(),
            world_.entropy().seed(),
            Said{"Test refunds", "D" + who.substr(1) + "/" + line, std::nullopt}};
        auto arrived = world_.clock().steady_now();
        co_await world_.process().service.intake().take(std::move(inbound), arrived);
    }

    // ---- what became of it

    bool is_in_trouble(const Office& office) {
        return options_.trouble != Trouble::none && &office == world_.offices().front().get();
    }

    bool are_all_asked() {
        for (const auto& office : world_.offices()) {
            if (is_in_trouble(*office)) continue;
            if (office->slack.workspace().messages.size() < office->people.size()) return false;
        }
        return now() > due;
    }

    FanOutReport report(milliseconds took) {
        FanOutReport report;
        report.processor_time = took;
        report.deaths = deaths_;
        std::vector<milliseconds> elsewhere;
        for (const auto& office : world_.offices()) {
            std::vector<milliseconds> prompts;
            report.workspaces.push_back(of(*office, prompts));
            if (!is_in_trouble(*office))
                elsewhere.insert(elsewhere.end(), prompts.begin(), prompts.end());
        }
        report.prompts_elsewhere = lateness_of(std::move(elsewhere));
        return report;
    }

    FanOutReport::OfWorkspace of(Office& office, std::vector<milliseconds>& prompts) {
        FanOutReport::OfWorkspace told;
        told.calls = office.client.calls();
        told.rejections = office.client.rejections();
        told.violations = office.slack.violations();
        std::vector<milliseconds> receipts;
        std::map<std::string, int> standing;  // prompts, by person
        auto last = due;
        for (const auto& ours : messages_of_ours(office)) {
            ++told.posts;
            last = std::max(last, ours.at);
            auto purpose = purpose_of(ours.delivery);
            if (purpose == Purpose::receipt)
                receipts.push_back(ours.at - typed_at_.at({office.connection, ours.person}));
            if (purpose != Purpose::prompt || ours.message.is_deleted) continue;
            if (++standing[ours.person] == 1) prompts.push_back(ours.at - due);
        }
        told.asked = static_cast<int>(standing.size());
        for (const auto& [person, prompts_of_theirs] : standing)
            if (prompts_of_theirs > 1) ++told.doubled;
        told.missing = static_cast<int>(office.people.size()) - told.asked;
        told.prompts = lateness_of(prompts);
        told.receipts = lateness_of(std::move(receipts));
        auto ideal = 60'000ms * told.posts / posts_per_minute;
        told.against_ideal = static_cast<double>((last - due).count()) /
                             static_cast<double>(std::max<milliseconds>(ideal, 1ms).count());
        return told;
    }

    Purpose purpose_of(DeliveryId delivery) {
        return world_.look([&](View& view) { return view.delivery(delivery)->key.purpose; });
    }

    const FanOutOptions options_;
    ManyOffices world_;
    std::map<std::pair<ConnectionId, std::string>, Instant> typed_at_;  // by those who answered
    int deaths_ = 0;
};

}  // namespace

double FanOutReport::OfWorkspace::rejections_per_post() const {
    return static_cast<double>(rejections) / std::max(posts, 1);
}

FanOutReport fan_out(const FanOutOptions& options) {
    return Morning{options}.live();
}

}  // namespace muster::sim
