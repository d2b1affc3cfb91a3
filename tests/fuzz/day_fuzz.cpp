#include <algorithm>

#include "bot/domain/standup.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/rendered.hpp"
#include "tests/sim/world.hpp"

// Whatever people do on the day of a stand-up, no decision throws, and all that they are told Slack
// takes. Input: an act a line. Its first letter says who: a Amira, b Bo, d Dev, the delivery
// manager of all three. The second says what they do:
//   S, R  type a line; in the thread of the newest message
//   E, D  change or delete the line of that number, the newest is 0: "aE0words"
//   P, V  press the button of that number that they see; of that value: "aP3", "bVskip:1:0:0"
//   F, X  send the form that was opened last, a value a field: "aFone|two"; put it away
//   C     a command
//   A     the same once more, as a platform repeats what was not acknowledged
//   T     nothing, for so many minutes
namespace muster::sim {
namespace {

using fuzz::promise;

constexpr std::size_t most_acts = 40;
constexpr std::size_t longest_pause = 24 * 60;  // minutes

settings::Wanted payments() {
    return a_team_of({a_person("Dev"), a_person("Amira"), a_person("Bo")});
}

WorldOptions half_past_nine() {
    WorldOptions options;
    options.start = *instant_from("2026-11-24T09:29:00.000Z");
    options.wanted = payments();
    return options;
}

std::size_t number_in(std::string_view text, std::size_t most) {
    std::size_t number = 0;
    for (auto letter : text) {
        if (letter < '0' || letter > '9') break;
        number = std::min(number * 10 + static_cast<std::size_t>(letter - '0'), most);
    }
    return number;
}

// What a person does who looks at what there is.
class Person {
public:
    Person(World& world, const std::string& key) : world_(world), account_(account_of(key)) {}

    void act(std::string_view line) {
        auto kind = line.empty() ? ' ' : line.front();
        line.remove_prefix(std::min<std::size_t>(line.size(), 1));
        auto words = fuzz::with_line_breaks(line);
        switch (kind) {
            case 'S': say(words, std::nullopt); break;
            case 'R': say(words, newest_message()); break;
            case 'E': edit(words); break;
            case 'D': remove(number_in(words, lines_.size())); break;
            case 'P': press(number_in(words, 1'000)); break;
            case 'V': press(words); break;
            case 'F': submit(line); break;
            case 'X': dismiss(); break;
            case 'C': tell(Commanded{words}); break;
            case 'A': repeat(); break;
            case 'T': world_.run_for(minutes{number_in(words, longest_pause)}); break;
            default: break;
        }
    }

private:
    void say(const std::string& words, const std::optional<std::string>& thread) {
        if (words.empty()) return;
        lines_.push_back(world_.new_line_id());
        tell(Said{words, lines_.back(), thread});
    }

    const std::string* line(std::size_t number) const {
        return number < lines_.size() ? &lines_[lines_.size() - 1 - number] : nullptr;
    }

    void edit(const std::string& words) {
        const auto* message = words.empty() ? nullptr : line(number_in(words.substr(0, 1), 9));
        if (message) tell(Edited{*message, words.substr(1)});
    }

    void remove(std::size_t number) {
        if (const auto* message = line(number)) tell(Deleted{*message});
    }

    std::vector<Posted> messages() const {
        auto seen = world_.platform().in_place(account_);
        for (auto& posted : world_.platform().in_place(channel_of("payments")))
            seen.push_back(std::move(posted));
        std::erase_if(seen, [](const Posted& posted) { return posted.removed; });
        return seen;
    }

    std::optional<std::string> newest_message() const {
        auto seen = messages();
        return seen.empty() ? std::nullopt : std::optional{seen.back().id};
    }

    // Buttons of replies come first: they are what a person has just been shown.
    void press(std::size_t number) {
        std::vector<std::pair<Button, std::string>> buttons;
        for (const auto& button : replied_)
            buttons.emplace_back(button, "");
        for (const auto& posted : messages())
            for (const auto& button : buttons_of(posted.message))
                buttons.emplace_back(button, posted.id);
        if (buttons.empty()) return;
        const auto& [button, message] = buttons[number % buttons.size()];
        tell(Pressed{button.verb, button.subject, button.extra, message});
    }

    void press(const std::string& value) {
        if (auto pressed = pressed_in(value)) tell(std::move(*pressed));
    }

    void submit(std::string_view values) {
        if (!form_) return;
        Submitted submitted{form_->context, {}};
        for (const auto& field : form_->fields)
            if (field.kind != Field::Kind::shown)
                submitted.values.emplace_back(
                    field.key, fuzz::with_line_breaks(fuzz::take_until('|', values))
                );
        tell(std::move(submitted));
    }

    void dismiss() {
        if (form_) tell(Dismissed{form_->context});
    }

    void repeat() {
        if (last_) tell_as(*last_, last_keys_);
    }

    void tell(InboundEvent event) {
        last_ = std::move(event);
        last_keys_ = world_.new_keys(2);
        tell_as(*last_, last_keys_);
    }

    void tell_as(const InboundEvent& event, const std::vector<std::string>& keys) {
        world_.tell(account_, event, keys, [this](const Reply& reply) { read(reply); });
        world_.run_for(2s);
    }

    void read(const Reply& reply) {
        if (const auto* said = std::get_if<Say>(&reply)) read(said->message);
        if (const auto* errors = std::get_if<FormErrors>(&reply))
            promise(!errors->errors.empty(), "a form that is refused says why");
        const auto* opened = std::get_if<OpenForm>(&reply);
        if (!opened) return;
        read(opened->instead);
        slack::expect_taken(slack::render(opened->form, slack::real_texts()));
        form_ = opened->form;
    }

    void read(const Message& message) {
        for (const auto& post : slack::render(message, slack::real_texts()))
            slack::expect_taken(post);
        replied_ = buttons_of(message);
    }

    World& world_;
    std::string account_;
    std::vector<std::string> lines_;
    std::vector<Button> replied_;
    std::optional<Form> form_;
    std::optional<InboundEvent> last_;
    std::vector<std::string> last_keys_;
};

void expect_shown(const Posted& posted, bool) {
    auto readers = posted.direct ? slack::Readers::one : slack::Readers::many;
    for (const auto& post :
         slack::render(posted.message, posted.delivery, readers, slack::real_texts()))
        slack::expect_taken(post);
}

void expect_sound(World& world) {
    for (const auto* event :
         {"intake.quarantined",
          "intake.unreadable",
          "timer.failed",
          "task.failed",
          standup::sums_differ_event})
        promise(world.trace().count(event) == 0, event);
    for (const auto& violation : world.invariants().violations())
        promise(false, violation);
    for (const auto& violation : world.platform().violations())
        promise(false, violation);
}

void live_through(std::string_view input) {
    World world{half_past_nine()};
    world.platform().on_seen(expect_shown);
    world.run_for(2min);
    Person amira{world, "amira"};
    Person bo{world, "bo"};
    Person dev{world, "dev"};
    std::size_t acts = 0;
    for (auto line : fuzz::pieces_of(input, '\n')) {
        if (line.empty() || ++acts > most_acts) continue;
        auto& who = line.front() == 'b' ? bo : line.front() == 'd' ? dev : amira;
        who.act(line.substr(1));
        expect_sound(world);
    }
    world.run_for(3h);  // reminder, close, summary
    expect_sound(world);
}

}  // namespace
}  // namespace muster::sim

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto input = muster::fuzz::text_of(bytes, size);
    // adapters/json lets in nothing else.
    if (!muster::fuzz::is_utf8(input) || input.find('\0') != input.npos) return 0;
    // By which the simulation marks words that no two people type.
    if (input.find("tok") != input.npos) return 0;
    muster::sim::live_through(input);
    return 0;
}
