#pragma once

#include "bot/domain/inbound.hpp"
#include "tests/fakes/random.hpp"
#include "tests/fakes/slack/person.hpp"

namespace muster::sim {

// What people do, told in neutral words, done in Slack with what stands there: only a button that
// can be seen can be pressed, and only a form that is open can be sent.
class SlackActs {
public:
    // Both must outlive it.
    SlackActs(fake_slack::FakeSlack& slack, Random& random) : slack_(slack), random_(random) {}

    // False: it cannot be done, or not any more. Afterwards `inbound` says what was really done:
    // the line's own name, and what was changed in the form.
    bool does(Inbound& inbound, Instant now);

private:
    struct Place {
        std::string channel;
        std::string ts;
    };

    bool does(fake_slack::Person, Said&, Instant now);
    bool does(fake_slack::Person, Edited&, Instant now);
    bool does(fake_slack::Person, Deleted&, Instant now);
    bool does(fake_slack::Person, Pressed&, Instant now);
    bool does(fake_slack::Person, Submitted&, Instant now);
    bool does(fake_slack::Person, Dismissed&, Instant now);
    bool does(fake_slack::Person, Commanded&, Instant now);

    bool does(fake_slack::Person, HomeOpened&, Instant now);

    // What nobody does, or not in this world.
    template <class Event>
    bool does(const fake_slack::Person&, Event&, Instant) {
        return false;
    }

    std::optional<Place> line_of(const fake_slack::Person&, const std::string& id);
    std::vector<Place> where_it_may_stand(fake_slack::Person&, const std::string& message);
    std::optional<std::string> value_in(const Place&, const Pressed&);
    bool has_form(fake_slack::Person&, const FormContext&);

    fake_slack::FakeSlack& slack_;
    Random& random_;
    std::map<std::string, std::string> lines_;  // neutral name -> ts
};

}  // namespace muster::sim
