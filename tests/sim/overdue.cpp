#include "tests/sim/overdue.hpp"

#include <ctime>

#include "tests/sim/many_offices.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using Back = OverdueOptions::Back;

// A Tuesday in June: nobody changes their clocks, nobody is off until Friday.
const auto tuesday = std::chrono::sys_days{std::chrono::year{2026} / 6 / 9};
const auto start = Instant{tuesday} + 8h;
const auto due = start + 30min;  // 9:30 in London
const auto death = due + 5min;
constexpr auto longest_drain = 4h;

Instant return_of(Back back) {
    auto friday = Instant{tuesday + days{3}};
    return back == Back::evening ? friday + 17h : friday + 9h;  // 6pm and 10am in London
}

milliseconds processor_time() {
    return milliseconds{std::clock() * 1'000 / CLOCKS_PER_SEC};
}

std::string fate_of(const Round& round) {
    std::string fate = name(round.phase);
    if (round.not_asked != NotAsked::none) fate += std::string{" "} + name(round.not_asked);
    return fate;
}

class Absence {
public:
    explicit Absence(const OverdueOptions& options)
        : options_(options),
          world_(
              {options.seed, start, options.members, options.members_of_a_team, options.workspaces}
          ) {}

    OverdueReport live() {
        world_.begin_process();
        world_.run_until(death);
        world_.end_process();
        back_at_ = return_of(options_.back);
        world_.run_until(back_at_);
        count_what_is_overdue();
        auto before = processor_time();
        world_.begin_process();
        run_until([this] { return is_settled(); });
        report_.settled_in = now() - back_at_;
        report_.processor_time = processor_time() - before;
        run_until([this] { return is_drained(); });
        report_.drained_in = now() - back_at_;
        world_.run_for(2min);
        tell();
        return std::move(report_);
    }

private:
    Instant now() { return world_.clock().now(); }

    void count_what_is_overdue() {
        world_.look([this](View& view) {
            for (const auto& timer : view.timers())
                if (timer.due <= back_at_) ++report_.timers;
            report_.deliveries = view.backlog(back_at_).due;
            report_.teams = static_cast<int>(view.teams().size());
            return 0;
        });
    }

    template <class Reached>
    void run_until(Reached is_reached) {
        while (!is_reached() && now() < back_at_ + longest_drain)
            world_.run_for(1s);
    }

    bool is_settled() {
        return world_.look([this](View& view) {
            auto earliest = view.earliest_timer();
            return (!earliest || *earliest > now()) && view.late_deliveries(now(), 1).empty();
        });
    }

    bool is_drained() {
        return world_.look([this](View& view) {
            auto backlog = view.backlog(now());
            return backlog.due == 0 && backlog.sending == 0 && backlog.uncertain == 0;
        });
    }

    void tell() {
        std::map<std::string, int> reports;
        for (const auto& office : world_.offices()) {
            report_.rejections += office->client.rejections();
            const auto& broken = office->slack.violations();
            report_.violations.insert(report_.violations.end(), broken.begin(), broken.end());
            for (const auto& ours : messages_of_ours(*office)) {
                if (ours.at < back_at_) continue;
                auto purpose = purpose_of(ours.delivery);
                ++report_.posts[purpose];
                if (purpose == Purpose::downtime) ++reports[ours.person];
            }
        }
        for (const auto& [person, number] : reports)
            report_.most_reports_of_one = std::max(report_.most_reports_of_one, number);
        tell_fates();
    }

    void tell_fates() {
        world_.look([this](View& view) {
            for (const auto& person : view.people())
                for (const auto& round : view.rounds_of(person.id, start))
                    ++(round.opens_at < death ? report_.asked_on_tuesday : report_.asked_later
                    )[fate_of(round)];
            return 0;
        });
    }

    Purpose purpose_of(DeliveryId delivery) {
        return world_.look([&](View& view) { return view.delivery(delivery)->key.purpose; });
    }

    const OverdueOptions options_;
    ManyOffices world_;
    Instant back_at_;
    OverdueReport report_;
};

}  // namespace

OverdueReport come_back(const OverdueOptions& options) {
    return Absence{options}.live();
}

}  // namespace muster::sim
