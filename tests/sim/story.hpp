#pragma once

#include <gtest/gtest.h>

#include "tests/sim/world.hpp"

namespace muster::sim {

// A world without chance, for stories: a week that begins on Monday 23 November 2026 in London.
// Times are London's: "Tuesday 09:45", in the first week; "next Monday 10:00", in the one after.
class Story {
public:
    explicit Story(
        settings::Wanted wanted, PlatformFaults faults = {}, milliseconds longest_echo = {}
    )
        : world_(options(std::move(wanted), faults, longest_echo)) {}

    World& world() { return world_; }

    void until(const std::string& when) { world_.run_until(moment(when)); }

    static Instant moment(std::string when) {
        static const std::vector<std::string> names = {
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
        int days = 0;
        if (when.starts_with("next ")) {
            days = 7;
            when = when.substr(5);
        }
        auto space = when.find(' ');
        for (std::size_t day = 0; day < names.size(); ++day)
            if (names[day] == when.substr(0, space)) days += static_cast<int>(day);
        auto date = add_days(*date_from("2026-11-23"), days);
        return *instant_at("Europe/London", date, *time_of_day_from(when.substr(space + 1)));
    }

    // ---- what people do; all of it arrives at once

    Reply says(const std::string& name, const std::string& text, std::string line = "") {
        if (line.empty()) line = world_.new_line_id();
        return does(name, Said{text, line, std::nullopt}, world_.new_keys(1));
    }

    Reply edits(const std::string& name, const std::string& line, const std::string& text) {
        return does(name, Edited{line, text}, world_.new_keys(1));
    }

    Reply presses(const std::string& name, Verb verb) {
        for (const auto& message : messages(account_of(key(name))))
            for (const auto& button : buttons_of(message.message))
                if (button.verb == verb)
                    return does(
                        name,
                        Pressed{verb, button.subject, button.extra, message.id},
                        world_.new_keys(1)
                    );
        ADD_FAILURE() << name << " has no button " << muster::name(verb);
        return NoReply{};
    }

    Reply does(const std::string& name, InboundEvent event, std::vector<std::string> keys) {
        auto kept = std::make_shared<Reply>();  // a reply may come later than it is waited for
        world_.tell(
            account_of(key(name)),
            std::move(event),
            std::move(keys),
            [kept](const Reply& reply) { *kept = reply; }
        );
        world_.run_for(std::chrono::seconds{5});
        return *kept;
    }

    // ---- what they see, newest first

    std::vector<Posted> messages(const std::string& place) {
        std::vector<Posted> live;
        for (auto& message : world_.platform().in_place(place))
            if (!message.removed) live.insert(live.begin(), message);
        return live;
    }

    // The number of live messages to this person whose notification has such a key.
    int told(const std::string& name, std::string_view notification) {
        return counted(messages(account_of(key(name))), notification);
    }

    int shown(std::string_view notification) {
        return counted(messages(channel_of("payments")), notification);
    }

    // ---- what the store knows

    Round round_of(const std::string& name) {
        return world_.look([&](View& view) {
            auto rounds = rounds_of(view, name);
            if (rounds.empty()) throw std::runtime_error(name + " has no round");
            return rounds.front();
        });
    }

    int rounds_held(const std::string& name) {
        return world_.look([&](View& view) {
            return static_cast<int>(rounds_of(view, name).size());
        });
    }

    // The answers to the newest round, one text a line.
    std::string answers_of(const std::string& name) {
        return world_.look([&](View& view) {
            std::string text;
            for (const auto& answer : view.answers_of(rounds_of(view, name).front().id))
                text += answer.question + ": " + answer.text + "\n";
            return text;
        });
    }

    std::vector<Blocker> open_blockers() {
        return world_.look([](View& view) { return view.open_blockers(view.teams().front().id); });
    }

private:
    static WorldOptions options(
        settings::Wanted wanted, PlatformFaults faults, milliseconds longest_echo
    ) {
        WorldOptions options;
        options.start = moment("Monday 06:00");
        options.wanted = std::move(wanted);
        options.platform = faults;
        options.longest_echo = longest_echo;
        return options;
    }

    static std::string key(const std::string& name) { return a_person(name).key; }

    static std::vector<Round> rounds_of(View& view, const std::string& name) {
        for (const auto& person : view.people())
            if (person.name == name) return view.rounds_of(person.id, Instant{});
        return {};
    }

    static int counted(const std::vector<Posted>& messages, std::string_view notification) {
        int found = 0;
        for (const auto& message : messages)
            if (message.message.notification.key.starts_with(notification)) ++found;
        return found;
    }

    World world_;
};

}  // namespace muster::sim
