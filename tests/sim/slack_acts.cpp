#include "tests/sim/slack_acts.hpp"

#include <algorithm>

#include "tests/fakes/slack/reading.hpp"
#include "tests/fakes/slack/slack_json.hpp"
#include "tests/sim/slack_marks.hpp"

namespace muster::sim {

using fake_slack::Person;

namespace {

// "verb:subject:extra:revision": the revision may have grown since it was read.
std::string beginning_of(const Pressed& pressed) {
    return std::string{name(pressed.verb)} + ":" + std::to_string(pressed.subject) + ":" +
           std::to_string(pressed.extra) + ":";
}

// An answer that is too long to come back stands there as its number.
std::string as_offered(const fake_slack::ShownField& field, const std::string& value) {
    const auto& options = field.options;
    if (options.empty() || value.empty()) return value;
    auto is_offered = std::ranges::find(options, value, &fake_slack::ShownOption::value);
    return is_offered == options.end() ? options.front().value : value;
}

}  // namespace

bool SlackActs::does(Inbound& inbound, Instant now) {
    const auto* user = slack_.workspace().user(inbound.account);
    if (!user || user->is_deleted) return false;
    Person person{slack_, inbound.account};
    auto act = [&](auto& event) { return does(person, event, now); };
    return std::visit(act, inbound.event);
}

bool SlackActs::does(Person person, Said& said, Instant now) {
    auto thread = said.thread ? said.thread->substr(said.thread->find('/') + 1) : "";
    auto ts = person.says_in(person.direct(), said.text, now, thread);
    lines_[said.message] = ts;
    said.message = person.direct() + "/" + ts;
    return true;
}

bool SlackActs::does(Person person, Edited& edited, Instant now) {
    auto line = line_of(person, edited.message);
    if (!line) return false;
    person.edits(line->channel, line->ts, edited.text, now);
    edited.message = line->channel + "/" + line->ts;
    return true;
}

bool SlackActs::does(Person person, Deleted& deleted, Instant now) {
    auto line = line_of(person, deleted.message);
    if (!line) return false;
    person.deletes(line->channel, line->ts, now);
    deleted.message = line->channel + "/" + line->ts;
    return true;
}

bool SlackActs::does(Person person, Pressed& pressed, Instant now) {
    for (const auto& place : where_it_may_stand(person, pressed.message)) {
        auto value = value_in(place, pressed);
        if (!value) continue;
        person.presses(place.channel, place.ts, *value, now);
        return true;
    }
    return false;
}

bool SlackActs::does(Person person, HomeOpened& opened, Instant now) {
    opened.is_blank = person.home() == nullptr;
    person.opens_home(now);
    return true;
}

bool SlackActs::does(Person person, Submitted& submitted, Instant now) {
    if (!has_form(person, submitted.form)) return false;
    auto before = fake_slack::shown(*person.form()).fields;
    for (const auto& field : before)
        for (const auto& [key, value] : submitted.values)
            if (key == field.block_id) person.enters(key, as_offered(field, value));
    auto after = fake_slack::shown(*person.form()).fields;
    FormValues changed;
    for (std::size_t field = 0; field < after.size(); ++field)
        if (after[field].entered != before[field].entered)
            changed.emplace_back(after[field].block_id, after[field].entered);
    if (!person.submits(now)) return false;
    submitted.values = std::move(changed);
    return true;
}

bool SlackActs::does(Person person, Dismissed& dismissed, Instant now) {
    if (!has_form(person, dismissed.form)) return false;
    person.closes(now);
    return true;
}

// In the direct message or in a channel, and there also to the bot by name.
bool SlackActs::does(Person person, Commanded& commanded, Instant now) {
    std::vector<std::string> places{person.direct()};
    for (const auto& [id, channel] : slack_.workspace().channels)
        if (!channel.is_direct() && channel.has(person.id()) && !channel.is_archived)
            places.push_back(id);
    const auto& place = random_.one_of(places);
    const auto& bot = slack_.workspace().installation.bot_user;
    auto hears_its_name = place != places.front() && slack_.workspace().channel(place)->has(bot);
    if (hears_its_name && random_.chance(0.5)) {
        person.mentions_app_in(place, commanded.text, now);
    } else {
        person.commands(place, "/muster", commanded.text, now);
    }
    return true;
}

std::optional<SlackActs::Place> SlackActs::line_of(const Person& person, const std::string& id) {
    auto known = lines_.find(id);
    if (known == lines_.end()) return std::nullopt;
    auto channel = slack_.workspace().direct_with(person.id()).id;
    auto* line = slack_.workspace().message(channel, known->second);
    if (!line || line->is_deleted || line->user != person.id()) return std::nullopt;
    return Place{channel, known->second};
}

// All parts of that message; or, of a reply without a name, whatever was last said to them.
std::vector<SlackActs::Place> SlackActs::where_it_may_stand(
    Person& person, const std::string& message
) {
    auto& workspace = slack_.workspace();
    std::vector<Place> places;
    if (!message.empty()) {
        auto channel = message.substr(0, message.find('/'));
        auto first = message.substr(message.find('/') + 1);
        for (const auto& [ts, part] : workspace.messages[channel]) {
            auto mark = marked(part);
            if (mark && mark->first == first) places.push_back({channel, ts});
        }
        return places;
    }
    auto is_theirs = [&](const auto& one) { return one.user == person.id(); };
    for (auto shown = workspace.ephemerals.rbegin(); shown != workspace.ephemerals.rend(); ++shown)
        if (is_theirs(*shown) && places.size() < 10) places.push_back({shown->channel, shown->ts});
    const auto& direct = workspace.messages[person.direct()];
    for (auto said = direct.rbegin(); said != direct.rend() && places.size() < 30; ++said)
        if (workspace.is_ours(said->second) && !marked(said->second))
            places.push_back({person.direct(), said->first});
    return places;
}

std::optional<std::string> SlackActs::value_in(const Place& place, const Pressed& pressed) {
    if (!slack_.workspace().channel(place.channel)) return std::nullopt;
    auto* message = slack_.workspace().message(place.channel, place.ts);
    auto* ephemeral = slack_.workspace().ephemeral(place.channel, place.ts);
    if (message ? message->is_deleted : !ephemeral || ephemeral->is_deleted) return std::nullopt;
    auto buttons = fake_slack::buttons_in(message ? message->blocks : ephemeral->blocks);
    for (const auto& button : buttons)
        if (button.value.starts_with(beginning_of(pressed))) return button.value;
    return std::nullopt;
}

bool SlackActs::has_form(Person& person, const FormContext& context) {
    auto* form = person.form();
    return form && fake_slack::find(form->content, "submit") &&
           fake_slack::text_of(form->content, "private_metadata") == to_text(context);
}

}  // namespace muster::sim
