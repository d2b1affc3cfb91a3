#include <iomanip>
#include <iostream>

#include "tests/fakes/slack/reading.hpp"
#include "tests/sim/slack_marks.hpp"
#include "tests/sim/slack_side.hpp"
#include "tests/sim/story.hpp"

// The answer to a prompt's post gets lost: in each phase of the call, and whatever may be seen of
// the post afterwards (spec/reliability.md, F19).

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using Kind = fake_slack::Trouble::Kind;

struct Phase {
    const char* name;
    Kind trouble = Kind::none;
    milliseconds length{0};
    std::optional<milliseconds> dies_after{};  // of the moment when the call is made
    bool is_posted = true;
};

// How Slack shows what was posted.
struct Sight {
    const char* name;
    milliseconds hidden{0};          // history does not show it for so long
    milliseconds reading_paused{0};  // 429 at the first look
    bool tells_us = false;           // Slack tells the bot of its own message
    bool may_read = true;            // the scope im:history
};

constexpr auto for_ever = std::chrono::milliseconds{std::chrono::hours{24 * 365}};

// A call takes up to 120 ms to Slack and as long back.
const std::vector<Phase> phases{
    {"not connected", Kind::not_connected, 0ms, {}, false},
    {"reset before the post", Kind::reset_before, 0ms, {}, false},
    {"5xx before the post", Kind::server_error_before, 0ms, {}, false},
    {"internal_error before the post", Kind::internal_error_before, 0ms, {}, false},
    {"reset after the post", Kind::reset_after},
    {"no answer after the post", Kind::answer_lost},
    {"answer cut in the middle", Kind::cut_answer},
    {"5xx after the post", Kind::server_error_after},
    {"internal_error after the post", Kind::internal_error_after},
    {"answer after 15 s", Kind::slow, 15s},
    {"killed before anything is sent", Kind::not_connected, 0ms, 0ms, false},
    {"killed on the way there", Kind::none, 0ms, 0ms},
    {"killed while Slack is slow", Kind::slow, 5s, 200ms},
    {"killed before the answer", Kind::answer_lost, 0ms, 3s},
};

const std::vector<Sight> sights{
    {"history at once", 0ms, 0ms},
    {"history at the second look", 30s, 0ms},
    {"429 on history", 0ms, 30s},
    {"never in history, told by an event", for_ever, 0ms, true},
    {"never seen", for_ever, 0ms},
    {"no scope for history", 0ms, 0ms, false, false},
};

struct Copies {
    int after_two_minutes = 0;
    int after_ten = 0;
};

// Amira alone is asked, at 09:30, and that goes wrong.
class LostAnswer {
public:
    LostAnswer(const Phase& phase, const Sight& sight)
        : phase_(phase), sight_(sight), world_(options()) {
        auto& workspace = slack().workspace();
        if (!sight.may_read) workspace.installation.scopes.erase("im:history");
        if (!sight.tells_us) slack().outbox().on_request([](fake_slack::AppRequest) {});
    }

    Copies live_copies() {
        world_.run_until(Story::moment("Monday 09:29"));
        auto& client = world_.slack_side().client();
        auto& troubles = client.troubles();
        if (phase_.trouble != Kind::none)
            troubles.strike_next({phase_.trouble, phase_.length}, "chat.postMessage");
        if (sight_.reading_paused > 0ms)
            troubles.strike_next(
                {Kind::rate_limited, sight_.reading_paused}, "conversations.history"
            );
        wait_for_the_post();
        world_.run_until(Story::moment("Monday 09:32"));
        Copies copies;
        copies.after_two_minutes = live();
        world_.run_until(Story::moment("Monday 09:40"));
        copies.after_ten = live();
        EXPECT_EQ(slack().violations(), std::vector<std::string>{});
        return copies;
    }

private:
    static WorldOptions options() {
        WorldOptions options;
        options.start = Story::moment("Monday 06:00");
        options.wanted = a_team_of({a_person("Amira")});
        options.slack = SlackWeather{};
        return options;
    }

    // Each thing that is posted is hidden the moment it stands there, and the process dies when it
    // is its time.
    void wait_for_the_post() {
        auto calls = world_.slack_side().client().calls();
        world_.run_until(Story::moment("Monday 09:30") - 1ms);
        auto made_at = std::optional<Instant>{};
        auto asked_at = Story::moment("Monday 09:30");
        while (world_.now() < asked_at + 90s) {
            world_.run_for(world_.now() < asked_at + 5s ? 5ms : 100ms);
            if (!made_at && world_.slack_side().client().calls() > calls) made_at = world_.now();
            auto dies = made_at && phase_.dies_after && world_.is_up() && !has_died_ &&
                        world_.now() >= *made_at + *phase_.dies_after;
            if (dies) {
                has_died_ = true;
                world_.kill_bot();
            }
            hide();
        }
    }

    void hide() {
        if (sight_.hidden == 0ms) return;
        for (auto& [place, messages] : slack().workspace().messages)
            for (auto& [ts, message] : messages)
                if (hidden_.insert(ts).second) message.in_history_from += sight_.hidden;
    }

    int live() {
        int live = 0;
        for (const auto& copy : copies_in(slack().workspace()).all)
            if (!copy.removed && copy.place == account_of("amira")) ++live;
        return live;
    }

    fake_slack::FakeSlack& slack() { return world_.slack_side().slack(); }

    Phase phase_;
    Sight sight_;
    World world_;
    std::set<std::string> hidden_;
    bool has_died_ = false;
};

// What cannot be seen in any way is posted once more: then two stand, which no program can know.
int expected(const Phase& phase, const Sight& sight) {
    auto is_blind = !sight.tells_us && (sight.hidden == for_ever || !sight.may_read);
    return phase.is_posted && is_blind ? 2 : 1;
}

TEST(LostAnswers, LeaveOnePromptWhereverItMayBeSeen) {
    std::cout << std::left << std::setw(34) << "";
    for (const auto& sight : sights)
        std::cout << "| " << sight.name << " ";
    std::cout << "\n";
    for (const auto& phase : phases) {
        std::cout << std::setw(34) << phase.name;
        for (const auto& sight : sights) {
            auto copies = LostAnswer{phase, sight}.live_copies();
            std::cout << "| " << std::setw(static_cast<int>(std::string{sight.name}.size()))
                      << copies.after_two_minutes << " ";
            EXPECT_EQ(copies.after_two_minutes, expected(phase, sight))
                << phase.name << ", " << sight.name;
            EXPECT_EQ(copies.after_ten, expected(phase, sight)) << phase.name << ", " << sight.name;
        }
        std::cout << std::endl;
    }
}

}  // namespace
}  // namespace muster::sim
