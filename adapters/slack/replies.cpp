#include "adapters/slack/replies.hpp"

#include "adapters/slack/outcome.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;
using json::Object;
using json::Value;

constexpr auto longest_wait = 20s;  // for a turn to post: later, nobody knows what it answers

http::Response empty_answer() {
    return {};
}

http::Response json_answer(Value body) {
    http::Response response;
    response.content_type = "application/json; charset=utf-8";
    response.body = json::dump(body);
    return response;
}

// Takes the place of the form that was sent.
Value next_view(Value view) {
    return Object{{"response_action", "update"}, {"view", std::move(view)}};
}

// Only this person sees it, until they reload.
Object whispered(Post post) {
    return {
        {"response_type", "ephemeral"},
        {"replace_original", false},
        {"text", std::move(post.text)},
        {"blocks", std::move(post.blocks)},
    };
}

// In a direct message a reply is a message like any other; elsewhere nobody else is to read it.
bool is_direct(const Way& way) {
    return way.channel.starts_with('D');
}

}  // namespace

http::Response Replies::carry_out(const Told& told, const Taken& taken) {
    if (told.origin == Origin::form) return to_form(taken.reply);
    if (told.origin == Origin::command) return to_command(told, taken);
    if (!taken.carried_before) follow(told, taken.reply);
    return empty_answer();
}

// Slack shows by itself that an event or a press had no success; it does not say what to do.
http::Response Replies::not_saved(const Told& told, const Message& words) {
    http::Response failed;
    failed.status = 503;
    switch (told.origin) {
        case Origin::event: return failed;
        case Origin::button: parts_.calls.spawn(say(told.account, told.way, words)); return failed;
        case Origin::command:
            return json_answer(whispered(std::move(render(words, parts_.catalogue).front())));
        case Origin::form: break;
    }
    const auto* submitted = std::get_if<Submitted>(&told.event);
    if (!submitted || submitted->values.empty())
        return json_answer(next_view(render_as_view(words, parts_.catalogue)));
    FormErrors errors{words.reader, {{submitted->values.front().first, words.notification}}};
    return json_answer(render(errors, parts_.catalogue));
}

// What one answer does not hold follows it.
http::Response Replies::to_command(const Told& told, const Taken& taken) {
    const auto* words = std::get_if<Say>(&taken.reply);
    if (!words) {
        if (!taken.carried_before) follow(told, taken.reply);
        return empty_answer();
    }
    auto posts = render(words->message, parts_.catalogue);
    auto first = std::move(posts.front());
    posts.erase(posts.begin());
    if (!posts.empty() && !taken.carried_before)
        parts_.calls.spawn(whisper(told.way.response_url, std::move(posts)));
    return json_answer(whispered(std::move(first)));
}

http::Response Replies::to_form(const Reply& reply) {
    if (const auto* errors = std::get_if<FormErrors>(&reply))
        return json_answer(render(*errors, parts_.catalogue));
    if (const auto* next = std::get_if<OpenForm>(&reply))
        return json_answer(next_view(render(next->form, parts_.catalogue)));
    if (const auto* words = std::get_if<Say>(&reply))
        return json_answer(next_view(render_as_view(words->message, parts_.catalogue)));
    return empty_answer();  // the form closes
}

void Replies::follow(const Told& told, const Reply& reply) {
    if (const auto* words = std::get_if<Say>(&reply))
        parts_.calls.spawn(say(told.account, told.way, words->message));
    if (const auto* form = std::get_if<OpenForm>(&reply))
        parts_.calls.spawn(open(told.account, told.way, *form));
}

// A trigger opens one form, within 3 s: where it does not, the person is told what to do instead.
Task<> Replies::open(std::string person, Way way, OpenForm form) {
    if (!way.trigger.empty()) {
        auto view = render(form.form, parts_.catalogue);
        Object arguments{{"trigger_id", way.trigger}, {"view", std::move(view)}};
        auto opened = co_await parts_.api.call("views.open", std::move(arguments));
        if (opened.ok) co_return;
        parts_.log.warning("slack.form_not_opened", {{"reason", opened.error}});
        way.trigger.clear();  // it opens nothing more
    }
    co_await say(std::move(person), std::move(way), std::move(form.instead));
}

Task<> Replies::say(std::string person, Way way, Message message) {
    if (way.home) {
        co_await say_at_home(std::move(person), std::move(way), std::move(message));
        co_return;
    }
    auto posts = render(message, parts_.catalogue);
    if (is_direct(way)) {
        co_await post_there(std::move(person), std::move(way), std::move(posts));
    } else if (!way.response_url.empty()) {
        co_await whisper(std::move(way.response_url), std::move(posts));
    } else if (!way.channel.empty()) {
        co_await show(std::move(person), std::move(way), std::move(posts));
    } else {
        co_await post_directly(std::move(person), std::move(posts));
    }
}

// On their own page whoever pressed a button is answered above it. Whoever only looks is told on
// it.
Task<> Replies::say_at_home(std::string person, Way way, Message message) {
    const char* method = way.trigger.empty() ? "views.publish" : "views.open";
    Object arguments;
    if (way.trigger.empty()) {
        arguments.push_back({"user_id", person});
        arguments.push_back({"view", render_as_home(message, parts_.catalogue)});
    } else {
        arguments.push_back({"trigger_id", way.trigger});
        arguments.push_back({"view", render_as_view(message, parts_.catalogue)});
    }
    auto answer = co_await parts_.api.call(method, std::move(arguments));
    if (answer.ok) co_return;
    parts_.log.warning("slack.not_shown_at_home", {{"reason", answer.error}});
    if (way.trigger.empty()) co_return;
    auto posts = render(message, parts_.catalogue);
    co_await post_directly(std::move(person), std::move(posts));
}

Task<> Replies::whisper(std::string url, std::vector<Post> posts) {
    for (auto& post : posts) {
        auto body = whispered(std::move(post));
        auto sent = co_await parts_.response_urls.send(url, std::move(body));
        if (sent.is_taken) continue;
        parts_.log.warning("slack.reply_lost", {{"reason", sent.reason}});
        co_return;
    }
}

// A mention brings no url. What its person is told may be private, so that it is never posted where
// others read it: where Slack cannot show it to them alone, it goes to their direct message.
Task<> Replies::show(std::string person, Way way, std::vector<Post> posts) {
    for (auto next = posts.begin(); next != posts.end(); ++next) {
        Object arguments{
            {"channel", way.channel},
            {"user", person},
            {"text", next->text},
            {"blocks", next->blocks},
            {"parse", "none"},
        };
        if (!way.thread.empty()) arguments.push_back({"thread_ts", way.thread});
        auto answer = co_await parts_.api.call("chat.postEphemeral", std::move(arguments));
        if (answer.ok) continue;
        parts_.log.warning("slack.not_shown", {{"reason", answer.error}});
        posts.erase(posts.begin(), next);
        co_await post_directly(std::move(person), std::move(posts));
        co_return;
    }
}

Task<> Replies::post_directly(std::string person, std::vector<Post> posts) {
    Way direct;
    direct.channel = std::move(person);
    co_await post(std::move(direct), std::move(posts));
}

// It may be the direct message of two others, which Muster is not in.
Task<> Replies::post_there(std::string person, Way way, std::vector<Post> posts) {
    auto url = way.response_url;
    auto rest = co_await post(std::move(way), std::move(posts));
    if (rest.empty()) co_return;
    if (!url.empty())
        co_await whisper(std::move(url), std::move(rest));
    else
        co_await post_directly(std::move(person), std::move(rest));
}

// A direct message: what was typed in a thread is answered there. What Slack refuses to post there
// comes back.
Task<std::vector<Post>> Replies::post(Way way, std::vector<Post> posts) {
    auto void_at = parts_.clock.steady_now() + longest_wait;
    for (auto next = posts.begin(); next != posts.end(); ++next) {
        auto arguments = arguments_of(*next, way.channel, way.thread);
        for (;;) {
            auto answer = co_await parts_.api.call("chat.postMessage", arguments);
            auto outcome = outcome_of(muster::Call::deliver, answer);
            if (outcome.kind == Outcome::Kind::sent) break;
            auto may_wait = outcome.kind == Outcome::Kind::try_later &&
                            parts_.clock.steady_now() + outcome.retry_after < void_at;
            if (!may_wait) {
                parts_.log.warning("slack.reply_lost", {{"reason", outcome.reason}});
                posts.erase(posts.begin(), next);
                if (outcome.kind != Outcome::Kind::refused) posts.clear();
                co_return posts;
            }
            co_await parts_.clock.pause(std::max<milliseconds>(outcome.retry_after, 1s));
        }
    }
    posts.clear();
    co_return posts;
}

}  // namespace muster::slack
