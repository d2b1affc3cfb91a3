#include "adapters/msteams/replies.hpp"

#include <algorithm>

#include "adapters/msteams/activities.hpp"
#include "adapters/msteams/outcome.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;
using json::Object;
using json::Value;

constexpr auto longest_wait = 20s;  // for a turn to post: later, nobody knows what it answers

http::Response json_answer(Value body) {
    http::Response response;
    response.content_type = "application/json; charset=utf-8";
    response.body = json::dump(body);
    return response;
}

// Takes the place of the card that was used, for this person.
http::Response card_answer(Object card) {
    return json_answer(Object{
        {"statusCode", 200},
        {"type", "application/vnd.microsoft.card.adaptive"},
        {"value", std::move(card)},
    });
}

// A few words above the card.
http::Response words_on_the_card(std::string words) {
    return json_answer(Object{
        {"statusCode", 200},
        {"type", "application/vnd.microsoft.activity.message"},
        {"value", std::move(words)},
    });
}

http::Response dialog_answer(Dialog dialog) {
    Object card{
        {"contentType", "application/vnd.microsoft.card.adaptive"},
        {"content", std::move(dialog.card)}};
    Object value{
        {"title", std::move(dialog.title)},
        {"height", "medium"},
        {"width", "medium"},
        {"card", std::move(card)},
    };
    return json_answer(Object{
        {"task", Object{{"type", "continue"}, {"value", std::move(value)}}},
    });
}

http::Response words_in_a_dialog(std::string words) {
    return json_answer(Object{
        {"task", Object{{"type", "message"}, {"value", std::move(words)}}},
    });
}

std::vector<Object> activities_of(std::vector<Post> posts) {
    std::vector<Object> activities;
    for (auto& post : posts)
        activities.push_back(activity_of(std::move(post)));
    return activities;
}

// Its notification says all of it.
bool is_a_line(const Message& message) {
    if (message.blocks.size() > 1) return false;
    if (message.blocks.empty()) return true;
    const auto* paragraph = std::get_if<Paragraph>(&message.blocks.front());
    return paragraph && paragraph->text == message.notification;
}

const FormValues& entered(const Told& told) {
    static const FormValues nothing;
    const auto* submitted = std::get_if<Submitted>(&told.event);
    return submitted ? submitted->values : nothing;
}

}  // namespace

http::Response Replies::carry_out(const Told& told, const Taken& taken, const Reader& reader) {
    switch (told.answered) {
        case Answered::by_a_call:
            if (!taken.carried_before) follow(told, taken.reply);
            return {};
        case Answered::on_the_card: return on_the_card(told, taken, reader);
        case Answered::by_a_dialog:
        case Answered::in_the_dialog: return in_a_dialog(told, taken.reply, reader);
        case Answered::by_nothing: break;
    }
    return {};
}

// What is typed is said to be lost, and Microsoft told that it failed. Of a dialog Teams says so by
// itself, and keeps what was entered in it.
http::Response Replies::not_saved(const Told& told, const Message& message) {
    http::Response failed;
    failed.status = 503;
    if (told.answered == Answered::by_a_call) parts_.calls.spawn(say(told, message));
    if (told.answered == Answered::on_the_card)
        return words_on_the_card(parts_.catalogue.plain(message.notification, message.reader));
    return failed;
}

http::Response Replies::unknown_button(const Told& told, const Reader& reader) {
    auto message = note(reader, text("reply.unknown_button"));
    auto said = words("reply.unknown_button", reader);
    if (told.answered == Answered::on_the_card) return words_on_the_card(std::move(said));
    if (told.answered != Answered::by_a_call) return words_in_a_dialog(std::move(said));
    parts_.calls.spawn(say(told, std::move(message)));
    return {};
}

http::Response Replies::on_the_card(const Told& told, const Taken& taken, const Reader& reader) {
    const auto& reply = taken.reply;
    if (const auto* form = std::get_if<OpenForm>(&reply))
        return card_answer(render_as_card(form->form, parts_.catalogue));
    if (const auto* errors = std::get_if<FormErrors>(&reply); errors && !errors->errors.empty())
        return words_on_the_card(
            parts_.catalogue.plain(errors->errors.front().second, errors->reader)
        );
    const auto* said = std::get_if<Say>(&reply);
    if (!said) return words_on_the_card(words("reply.done", reader));
    if (!is_a_line(said->message) && !taken.carried_before)
        parts_.calls.spawn(say(told, said->message));
    return words_on_the_card(
        parts_.catalogue.plain(said->message.notification, said->message.reader)
    );
}

http::Response Replies::in_a_dialog(const Told& told, const Reply& reply, const Reader& reader) {
    const auto& catalogue = parts_.catalogue;
    if (const auto* next = std::get_if<OpenForm>(&reply))
        return dialog_answer(render(next->form, catalogue));
    if (const auto* errors = std::get_if<FormErrors>(&reply)) {
        if (errors->form)
            return dialog_answer(render(*errors->form, *errors, entered(told), catalogue));
        auto said = errors->errors.empty() ? Text{} : errors->errors.front().second;
        return words_in_a_dialog(catalogue.plain(said, errors->reader));
    }
    if (const auto* said = std::get_if<Say>(&reply)) {
        const auto& message = said->message;
        if (is_a_line(message))
            return words_in_a_dialog(catalogue.plain(message.notification, message.reader));
        return dialog_answer(render_as_dialog(message, catalogue));
    }
    if (told.answered == Answered::by_a_dialog)
        return words_in_a_dialog(words("reply.done", reader));
    return json_answer(Object{});  // it closes
}

void Replies::follow(const Told& told, const Reply& reply) {
    if (const auto* said = std::get_if<Say>(&reply)) parts_.calls.spawn(say(told, said->message));
    if (const auto* form = std::get_if<OpenForm>(&reply)) parts_.calls.spawn(open(told, *form));
    const auto* errors = std::get_if<FormErrors>(&reply);
    if (!errors || errors->errors.empty()) return;
    parts_.calls.spawn(say(told, note(errors->reader, errors->errors.front().second)));
}

// What was typed opens no dialog. A button of a host that knows no other gets the form as a card.
Task<> Replies::open(Told told, OpenForm form) {
    auto is_pressed = std::holds_alternative<Pressed>(told.event);
    if (!is_pressed || told.where.kind != PlaceKind::personal) {
        co_await say(std::move(told), std::move(form.instead));
        co_return;
    }
    Post post_of_form;
    post_of_form.summary = parts_.catalogue.plain(form.form.title, form.form.reader);
    post_of_form.card = render_as_card(form.form, parts_.catalogue);
    std::vector<json::Object> activities;
    activities.push_back(activity_of(std::move(post_of_form)));
    Reach here{told.where.service_url, told.where.conversation};
    co_await post(std::move(here), std::move(activities));
}

// What a person is told may be private: where others read along, it goes to their own chat.
Task<> Replies::say(Told told, Message message) {
    auto posts = render(message, std::nullopt, parts_.catalogue);
    if (told.where.kind != PlaceKind::personal) {
        co_await answer_in_our_chat(std::move(told), std::move(posts), message.reader);
        co_return;
    }
    Reach here{told.where.service_url, told.where.conversation};
    co_await post(std::move(here), activities_of(std::move(posts)));
}

Task<> Replies::answer_in_our_chat(Told told, std::vector<Post> posts, Reader reader) {
    auto chat = co_await parts_.chats.with(told.account);
    auto is_answered = false;
    if (auto* there = std::get_if<Reach>(&chat))
        is_answered = co_await post(std::move(*there), activities_of(std::move(posts)));
    auto said = words(is_answered ? "reply.in_our_chat" : "reply.no_chat", reader);
    std::vector<json::Object> line;
    line.push_back(activity_of_line(std::move(said)));
    Reach here{told.where.service_url, told.where.conversation};
    co_await post(std::move(here), std::move(line));
}

// Whether all of it is there.
Task<bool> Replies::post(Reach to, std::vector<json::Object> activities) {
    for (auto& activity : activities) {
        auto answer = co_await post_one(to, std::move(activity));
        if (answer.ok()) continue;
        parts_.log.warning(
            "msteams.reply_lost", {{"reason", answer.error}, {"correlation", answer.correlation}}
        );
        co_return false;
    }
    co_return true;
}

// What certainly was not posted is tried again, as long as somebody waits for it.
Task<ConnectorAnswer> Replies::post_one(Reach to, json::Object activity) {
    auto void_at = parts_.clock.steady_now() + longest_wait;
    for (;;) {
        auto answer = co_await parts_.conversations.post(to, activity);
        auto outcome = outcome_of(Call::deliver, answer);
        auto pause = std::max<milliseconds>(outcome.retry_after, 1s);
        auto may_wait =
            outcome.kind == Outcome::Kind::try_later && parts_.clock.steady_now() + pause < void_at;
        if (!may_wait) co_return answer;
        co_await parts_.clock.pause(pause);
    }
}

std::string Replies::words(const char* key, const Reader& reader) const {
    return parts_.catalogue.plain(text(key), reader);
}

}  // namespace muster::msteams
