#pragma once

#include <algorithm>
#include <deque>
#include <map>

#include "adapters/json/strict.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"

namespace muster::slack {

inline HttpAnswer slack_says(std::string json, int status = 200) {
    return {status, {{"content-type", "application/json; charset=utf-8"}}, std::move(json)};
}

inline HttpAnswer slack_refuses(const std::string& code) {
    return slack_says(R"({"ok":false,"error":")" + code + R"("})");
}

inline HttpAnswer too_soon(const std::string& retry_after) {
    auto answer = slack_says(R"({"ok":false,"error":"ratelimited"})", 429);
    answer.headers.emplace_back("retry-after", retry_after);
    return answer;
}

inline HttpFailure not_sent() {
    return {HttpFailure::Kind::not_sent, "could not connect"};
}

inline HttpFailure lost() {
    return {HttpFailure::Kind::ambiguous, "connection reset"};
}

// What a form says, decoded.
inline std::map<std::string, std::string> form_fields(const std::string& body) {
    auto decoded = [](const std::string& text) {
        std::string plain;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] != '%') {
                plain += text[at];
                continue;
            }
            plain += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        }
        return plain;
    };
    std::map<std::string, std::string> fields;
    for (std::size_t from = 0; from < body.size();) {
        auto end = std::min(body.find('&', from), body.size());
        auto field = body.substr(from, end - from);
        auto equals = field.find('=');
        fields[field.substr(0, equals)] = decoded(field.substr(equals + 1));
        from = end + 1;
    }
    return fields;
}

// A server of few words: it says what the script has for the next call, and keeps every call.
class ScriptedHttp : public HttpClient {
public:
    Task<HttpResult> call(HttpCall call) override {
        calls.push_back(std::move(call));
        if (script.empty()) co_return slack_says(R"({"ok":true})");
        auto result = script.front();
        script.pop_front();
        co_return result;
    }

    const HttpCall& last() const { return calls.back(); }

    std::deque<HttpResult> script;
    std::vector<HttpCall> calls;
};

// The same, where each answer takes its time.
class SlowHttp : public HttpClient {
public:
    struct Late {
        milliseconds after{0};
        HttpResult result;
    };

    explicit SlowHttp(Clock& clock) : clock_(clock) {}

    Task<HttpResult> call(HttpCall) override {
        if (script.empty()) co_return slack_says(R"({"ok":true})");
        auto next = script.front();
        script.pop_front();
        co_await clock_.pause(next.after);
        co_return next.result;
    }

    std::deque<Late> script;

private:
    Clock& clock_;
};

// One workspace as its bot sees it: what was posted stands, and can be edited, removed and read.
// Trouble comes with the call whose turn it is.
class ScriptedSlack : public HttpClient {
public:
    struct Posted {
        std::string channel;
        std::string ts;
        std::string thread;  // "" = in the conversation itself
        std::string user = "UBOT";
        json::Value blocks = json::Array{};
        std::string text;
        SteadyInstant shown_from{};  // in history
        int edits = 0;
    };

    enum class When { instead, after };  // the call is carried out, or it is not

    struct Trouble {
        When when = When::instead;
        HttpResult answer;
        milliseconds lag{0};    // until history shows what was posted all the same
        bool is_death = false;  // the process that asked ends there
    };

    struct Request {
        std::string method;
        std::map<std::string, std::string> form;
        json::Value json;
        bool may_repeat = false;

        std::string text_of(const std::string& key) const {
            if (form.contains(key)) return form.at(key);
            return json.text_of(key);
        }
    };

    explicit ScriptedSlack(Clock& clock) : clock_(clock) {}

    Task<HttpResult> call(HttpCall call) override {
        auto request = request_in(call);
        requests.push_back(request);
        ++calls_of[request.method];
        co_await clock_.pause(answers_after);
        auto refusal = refusals.find(request.method);
        if (refusal != refusals.end()) co_return slack_refuses(refusal->second);
        auto trouble = troubles.find({request.method, calls_of[request.method]});
        if (trouble == troubles.end()) co_return carry_out(request, milliseconds{0});
        const auto& [when, answer, lag, is_death] = trouble->second;
        has_died |= is_death;
        if (when == When::after) carry_out(request, lag);
        co_return answer;
    }

    std::vector<Posted> in(const std::string& channel) const {
        std::vector<Posted> here;
        for (const auto& message : messages)
            if (message.channel == channel) here.push_back(message);
        return here;
    }

    // Somebody else, or a bot like us. Returns the ts.
    std::string somebody_writes(const std::string& channel) {
        return somebody_writes(channel, Posted());
    }

    std::string somebody_writes(const std::string& channel, Posted message) {
        message.channel = channel;
        message.ts = next_ts();
        messages.push_back(message);
        return message.ts;
    }

    std::vector<Posted> messages;
    std::vector<Request> requests;
    std::map<std::string, int> calls_of;                      // by method
    std::map<std::pair<std::string, int>, Trouble> troubles;  // of the nth call of a method
    std::map<std::string, std::string> refusals;              // of a method, always: its code
    std::map<std::string, std::string> direct{{"U1", "D1"}};  // user -> conversation
    bool has_died = false;
    std::size_t page = 200;
    milliseconds answers_after{50};

private:
    static Request request_in(const HttpCall& call) {
        Request request;
        request.method = call.url.substr(call.url.rfind('/') + 1);
        request.may_repeat = call.may_repeat;
        if (call.body.starts_with('{')) {
            request.json = json::parse(call.body).value();
        } else {
            request.form = form_fields(call.body);
        }
        return request;
    }

    HttpAnswer carry_out(const Request& request, milliseconds lag) {
        if (request.method == "auth.test")
            return slack_says(
                R"({"ok":true,"team_id":"T1","user_id":"UBOT","bot_id":"BBOT","team":"Example"})"
            );
        if (request.method == "conversations.open") return open(request);
        if (request.method == "chat.postMessage") return post(request, lag);
        if (request.method == "chat.update") return update(request);
        if (request.method == "chat.delete") return remove(request);
        if (request.method == "conversations.history") return read(request, "");
        if (request.method == "conversations.replies") return read(request, request.form.at("ts"));
        return slack_refuses("unknown_method");
    }

    HttpAnswer open(const Request& request) {
        auto known = direct.find(request.text_of("users"));
        if (known == direct.end()) return slack_refuses("user_not_found");
        return slack_says(R"({"ok":true,"channel":{"id":")" + known->second + R"("}})");
    }

    HttpAnswer post(const Request& request, milliseconds lag) {
        auto channel = request.text_of("channel");
        if (direct.contains(channel)) channel = direct.at(channel);
        const auto* blocks = request.json.find("blocks");
        Posted message;
        message.channel = channel;
        message.ts = next_ts();
        message.thread = request.text_of("thread_ts");
        if (blocks) message.blocks = *blocks;
        message.text = request.text_of("text");
        message.shown_from = clock_.steady_now() + lag;
        messages.push_back(message);
        return told_where(message);
    }

    HttpAnswer update(const Request& request) {
        auto found = find(request);
        if (found == messages.end()) return slack_refuses("message_not_found");
        found->blocks = *request.json.find("blocks");
        found->text = request.text_of("text");
        ++found->edits;
        return told_where(*found);
    }

    HttpAnswer remove(const Request& request) {
        auto found = find(request);
        if (found == messages.end()) return slack_refuses("message_not_found");
        auto answer = told_where(*found);
        messages.erase(found);
        return answer;
    }

    HttpAnswer read(const Request& request, const std::string& thread) {
        json::Array shown;
        auto skip = request.form.contains("cursor") ? std::stoul(request.form.at("cursor")) : 0;
        auto limit = std::min(page, std::stoul(request.form.at("limit")));
        std::size_t seen = 0;
        auto is_more = false;
        for (const auto& message : messages) {
            auto is_here = message.channel == request.form.at("channel") &&
                           (thread.empty() ? message.thread.empty()
                                           : message.thread == thread || message.ts == thread);
            auto is_new = message.ts >= request.form.at("oldest") || message.ts == thread;
            if (!is_here || !is_new || message.shown_from > clock_.steady_now()) continue;
            if (seen++ < skip) continue;
            if (shown.size() == limit) is_more = true;
            if (is_more) break;
            shown.push_back(json::Object{
                {"type", "message"},
                {"user", message.user},
                {"ts", message.ts},
                {"text", message.text},
                {"blocks", message.blocks},
            });
        }
        std::ranges::reverse(shown);  // the newest first, as at Slack
        auto cursor = is_more ? std::to_string(skip + limit) : "";
        return slack_says(json::dump(json::Object{
            {"ok", true},
            {"messages", std::move(shown)},
            {"has_more", is_more},
            {"response_metadata", json::Object{{"next_cursor", cursor}}},
        }));
    }

    std::vector<Posted>::iterator find(const Request& request) {
        auto is_it = [&](const Posted& message) {
            return message.channel == request.text_of("channel") &&
                   message.ts == request.text_of("ts");
        };
        return std::ranges::find_if(messages, is_it);
    }

    static HttpAnswer told_where(const Posted& message) {
        return slack_says(json::dump(json::Object{
            {"ok", true}, {"channel", message.channel}, {"ts", message.ts}, {"text", message.text}})
        );
    }

    std::string next_ts() {
        auto now = std::chrono::floor<std::chrono::seconds>(clock_.now().time_since_epoch());
        auto count = std::to_string(++count_);
        return std::to_string(now.count()) + "." + std::string(6 - count.size(), '0') + count;
    }

    Clock& clock_;
    int count_ = 0;
};

}  // namespace muster::slack
