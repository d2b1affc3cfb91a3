#include <array>

#include "adapters/slack/names.hpp"
#include "tests/contract/slack/samples.hpp"

// Whatever comes, nothing throws, and what is told holds together.
namespace muster::slack {
namespace {

constexpr std::array all_whys{
    why::unknown_event,
    why::not_for_us,
    why::from_a_bot,
    why::from_us,
    why::no_line,
    why::no_change,
    why::other_tab,
    why::unreadable,
    why::unknown_button,
    why::unknown_form,
    why::shortcut,
    why::suggestion,
    why::ssl_check,
    why::rate_limited,
    why::tokens_revoked,
};

bool is_name_of_a_message(const std::string& message) {
    return named(message).has_value();
}

struct IsWhole {
    bool operator()(const Said& said) const {
        return is_name_of_a_message(said.message) && (!said.thread || named(*said.thread));
    }

    bool operator()(const Edited& edited) const {
        return is_name_of_a_message(edited.message) && (!edited.thread || named(*edited.thread));
    }

    bool operator()(const Deleted& deleted) const { return is_name_of_a_message(deleted.message); }

    bool operator()(const Pressed& pressed) const {
        return pressed.message.empty() || is_name_of_a_message(pressed.message);
    }

    bool operator()(const Seen& seen) const {
        return seen.delivery && is_name_of_a_message(seen.message);
    }

    bool operator()(const HomeOpened&) const { return true; }

    bool operator()(const BlockerWanted&) const { return true; }

    bool operator()(const ConnectionLost& lost) const { return !lost.reason.empty(); }

    bool operator()(const PersonChanged& changed) const { return !changed.person.empty(); }

    bool operator()(const Left& left) const { return !left.place.empty(); }

    bool operator()(const Reopened& reopened) const { return !reopened.place.empty(); }

    bool operator()(const PlaceMoved& moved) const {
        return !moved.from.empty() && !moved.to.empty();
    }

    bool operator()(const QuietWanted& wanted) const { return !wanted.person.empty(); }

    bool operator()(const GroupChanged& changed) const {
        return !changed.group.empty() && !(changed.came.empty() && changed.left.empty());
    }

    bool operator()(const Introduced&) const { return false; }  // is never read from a payload

    bool operator()(const MemberJoined& joined) const {
        return !joined.place.empty() && !joined.person.empty();
    }

    bool operator()(const Joined& joined) const { return !joined.place.empty(); }

    bool operator()(const LookedUp&) const { return false; }  // only we look anything up

    bool operator()(const Submitted&) const { return true; }

    bool operator()(const Dismissed&) const { return true; }

    bool operator()(const Commanded&) const { return true; }
};

// What nobody did.
bool is_news(const InboundEvent& event) {
    return std::holds_alternative<Seen>(event) || std::holds_alternative<ConnectionLost>(event) ||
           std::holds_alternative<PersonChanged>(event) || std::holds_alternative<Left>(event) ||
           std::holds_alternative<Reopened>(event) || std::holds_alternative<PlaceMoved>(event) ||
           std::holds_alternative<Joined>(event) || std::holds_alternative<QuietWanted>(event) ||
           std::holds_alternative<MemberJoined>(event) ||
           std::holds_alternative<GroupChanged>(event);
}

void expect_whole(const Heard& heard, const std::string& what) {
    if (const auto* nothing = std::get_if<Nothing>(&heard)) {
        ASSERT_NE(std::ranges::find(all_whys, nothing->why), all_whys.end()) << what;
    }
    const auto* told = std::get_if<Told>(&heard);
    if (!told) return;
    ASSERT_TRUE(std::visit(IsWhole{}, told->event)) << what;
    ASSERT_EQ(told->account.empty(), is_news(told->event)) << what;
    for (const auto& key : told->keys)
        ASSERT_GT(key.size(), 2U) << what;
    for (const auto& workspace : told->workspaces)
        ASSERT_FALSE(workspace.team.empty() && workspace.enterprise.empty()) << what;
}

void read_everywhere(const std::string& text, const std::string& what) {
    expect_whole(read_event(text, ours), what);
    expect_whole(read_interaction(text, ours), what);
    expect_whole(read_interaction(form_of("payload", text), ours), what);
    expect_whole(read_command(text, ours), what);
}

// The sample as it is, as if it were meant for us, and a view as a form that was put away or sent.
std::vector<Value> forms_of(const Sample& sample) {
    auto value = value_of(sample);
    if (const auto* payload = value.find("payload")) value = Value{*payload};
    std::vector<Value> forms{value, meant_for_us(value)};
    if (!value.find("blocks")) return forms;
    for (auto* type : {"view_closed", "view_submission"})
        forms.push_back(meant_for_us(Object{
            {"type", type}, {"user", Object{{"id", "U111"}}}, {"view", value}}));
    return forms;
}

TEST(SlackInbound, ThrowsOnNoSampleWhateverRouteItComesBy) {
    for (const auto& sample : all_samples()) {
        read_everywhere(sample.text, sample.name);
        for (const auto& form : forms_of(sample)) {
            read_everywhere(json::dump(form), sample.name);
            expect_whole(read_command(command_of(form), ours), sample.name);
        }
    }
}

TEST(SlackInbound, ThrowsNotWhereverASampleBreaksOff) {
    for (const auto& sample : all_samples()) {
        auto text = json::dump(meant_for_us(value_of(sample)));
        for (const auto& whole : {text, form_of("payload", text), command_of(value_of(sample))})
            for (std::size_t length = 0; length < whole.size(); length += 97)
                read_everywhere(whole.substr(0, length), sample.name);
    }
}

// As Slack would send it, but with one value that is of another kind.
void read_as_sent(const Value& payload, const std::string& what) {
    if (payload.find("event"))
        expect_whole(read_event(json::dump(payload), ours), what);
    else if (payload.find("command"))
        expect_whole(read_command(command_of(payload), ours), what);
    else
        expect_whole(read_interaction(form_of("payload", json::dump(payload)), ours), what);
}

// What a message shows is not read back; the blank samples hold every kind of it.
bool is_only_shown(const std::string& key) {
    constexpr std::array<std::string_view, 6> shown{
        "elements", "element", "accessory", "attachments", "files", "file"};
    return std::ranges::find(shown, key) != shown.end();
}

void collect(Value& value, std::vector<Value*>& places) {
    places.push_back(&value);
    if (auto* array = std::get_if<Array>(&value.content))
        for (auto& each : *array)
            collect(each, places);
    auto* object = std::get_if<Object>(&value.content);
    if (!object) return;
    for (auto& [key, inner] : *object) {
        if (is_only_shown(key)) {
            places.push_back(&inner);
        } else {
            collect(inner, places);
        }
    }
}

TEST(SlackInbound, ThrowsNotWhateverStandsInPlaceOfAnyValue) {
    const std::array<Value, 3> others{Value{nullptr}, Value{5}, Value{Array{}}};
    for (const auto& sample : all_samples()) {
        auto payload = forms_of(sample).back();
        std::vector<Value*> places;
        collect(payload, places);
        for (auto* place : places) {
            for (auto other : others) {
                std::swap(place->content, other.content);
                read_as_sent(payload, sample.name);
                std::swap(place->content, other.content);
            }
        }
    }
}

}  // namespace
}  // namespace muster::slack
