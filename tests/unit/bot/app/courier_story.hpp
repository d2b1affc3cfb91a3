#pragma once

#include "tests/unit/bot/app/app_story.hpp"

namespace muster {

// What reaches the platform on Monday from just before the prompts on.
class CourierStory : public AppStory {
protected:
    using Call = sim::SimulatedPlatform::Call;

    struct Seen {
        Call call;
        DeliveryId delivery;
        std::string place;
        Instant at;
    };

    CourierStory() {
        platform.on_call([this](Call call, DeliveryId id, const Destination& to, const Message*) {
            calls.push_back({call, id, to.address, clock.now()});
        });
        clock.run_until(nine_thirty - 1s);
    }

    std::vector<Seen> calls_to(const std::string& key) const {
        auto made = calls;
        std::erase_if(made, [&](const Seen& call) { return call.place != sim::account_of(key); });
        return made;
    }

    auto count(Call kind) const { return std::ranges::count(calls, kind, &Seen::call); }

    // Every call fails in this way until `length` has passed.
    void trouble(sim::PlatformFaults faults, milliseconds length) {
        faults.rate = 1;
        platform.be_faulty(faults);
        pass(length);
        platform.be_faulty({});
    }

    // As a repeated post would that the platform does not know again.
    void post_once_more(const sim::Posted& posted) {
        Destination place{connection, posted.place, true, {}};
        tasks.spawn([](auto& fake, DeliveryId id, Destination to, Message words) -> Task<> {
            co_await fake.deliver(id, to, words);
        }(platform, posted.delivery, place, posted.message));
    }

    // Everybody was asked, and nothing else is to be done.
    void ask_everybody() {
        start();
        until("2026-11-23T09:40");
        calls.clear();
    }

    std::vector<sim::Posted> summaries() {
        auto posted = in(team_channel);
        std::erase_if(posted, [](const sim::Posted& message) {
            return message.thread.has_value();
        });
        return posted;
    }

    static sim::PlatformFaults posted_but_unheard() {
        sim::PlatformFaults faults;
        faults.ambiguous_after = true;
        return faults;
    }

    static sim::PlatformFaults lost_on_the_way() {
        sim::PlatformFaults faults;
        faults.ambiguous_before = true;
        return faults;
    }

    static sim::PlatformFaults refusing() {
        sim::PlatformFaults faults;
        faults.refused = true;
        return faults;
    }

    const Instant nine_thirty = at("2026-11-23T09:30");
    std::vector<Seen> calls;
};

// Passes every call on.
class PlatformBehind : public ChatPlatform {
public:
    explicit PlatformBehind(ChatPlatform& platform) : platform_(platform) {}

    Task<Outcome> deliver(DeliveryId id, Destination to, Message message) override {
        return platform_.deliver(id, to, message);
    }

    Task<Outcome> update(DeliveryId id, Destination to, std::string provider_id, Message message)
        override {
        return platform_.update(id, to, provider_id, message);
    }

    Task<Outcome> remove(DeliveryId id, Destination to, std::string provider_id) override {
        return platform_.remove(id, to, provider_id);
    }

    Task<Found> find(DeliveryId id, Destination to, Instant since) override {
        return platform_.find(id, to, since);
    }

    Pace pace(Call call) const override { return platform_.pace(call); }

private:
    ChatPlatform& platform_;
};

// Every removal has this outcome.
class NothingIsRemoved final : public PlatformBehind {
public:
    NothingIsRemoved(ChatPlatform& platform, Outcome::Kind kind)
        : PlatformBehind(platform), kind_(kind) {}

    Task<Outcome> remove(DeliveryId, Destination, std::string) override {
        co_return Outcome{kind_, "", "a reason", {}};
    }

private:
    Outcome::Kind kind_;
};

// One direct message takes nine seconds to post to; all others are as fast as ever.
class OneSlowPlace final : public PlatformBehind {
public:
    OneSlowPlace(ChatPlatform& platform, Clock& clock, std::string slow)
        : PlatformBehind(platform), clock_(clock), slow_(std::move(slow)) {}

    Task<Outcome> deliver(DeliveryId id, Destination to, Message message) override {
        if (to.address != slow_) co_return co_await PlatformBehind::deliver(id, to, message);
        most_at_once = std::max(most_at_once, ++under_way_);
        co_await clock_.pause(9s);
        --under_way_;
        co_return co_await PlatformBehind::deliver(id, to, message);
    }

    int most_at_once = 0;  // calls to the slow place

private:
    Clock& clock_;
    std::string slow_;
    int under_way_ = 0;
};

}  // namespace muster
