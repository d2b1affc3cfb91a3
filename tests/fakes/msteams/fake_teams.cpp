#include "tests/fakes/msteams/fake_teams.hpp"

#include <algorithm>

#include "tests/fakes/msteams/cards.hpp"

namespace muster::fake_teams {
namespace {

using json::Array;
using json::Object;
using json::Value;
using msteams::key_set;

const Value& in(const Value& value, std::string_view key) {
    static const Value null;
    const auto* member = value.find(key);
    return member ? *member : null;
}

std::string beside(const std::string& url, const std::string& name) {
    return url.substr(0, url.rfind('/') + 1) + name;
}

HttpAnswer says(std::string body) {
    return {200, {{"content-type", "application/json"}}, std::move(body)};
}

std::int64_t seconds_of(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

}  // namespace

FakeTeams::FakeTeams(Installation installation) : tenant_(std::move(installation)) {}

// ---- the app calls

HttpAnswer FakeTeams::handle(const HttpCall& call, Instant now) {
    const auto& installed = tenant_.installation;
    auto keys = beside(installed.metadata, "keys");
    if (call.url == installed.metadata)
        return says(json::dump(Object{
            {"issuer", installed.issuer},
            {"jwks_uri", keys},
            {"id_token_signing_alg_values_supported", Array{"RS256"}}}));
    if (call.url == keys) return says(key_set({authority_.published()}));
    if (call.url == installed.login) return answer_to_login(call, now);
    if (connector_.is_asked_by(call)) return connector_.answer(call, token_, now);
    complaints_.add(now, call.method, "a call to " + call.url);
    return {404, {}, ""};
}

HttpAnswer FakeTeams::answer_to_login(const HttpCall& call, Instant now) {
    const auto& installed = tenant_.installation;
    auto has = [&](const std::string& what) { return call.body.find(what) != std::string::npos; };
    if (!has("grant_type=client_credentials") || !has("client_id=" + installed.app_id))
        complaints_.add(now, "login", "nobody asks for a token like that");
    if (!has("client_secret=s3cret~value") && !has("client_secret=s3cret%7Evalue"))
        return {
            401,
            {{"content-type", "application/json"}},
            R"({"error":"invalid_client","error_description":"AADSTS7000215: wrong secret"})"};
    ++tokens_given_;
    return says(json::dump(Object{
        {"token_type", "Bearer"}, {"expires_in", 3'599}, {"access_token", token_}}));
}

bool FakeTeams::begin(const HttpCall& call, Instant now) {
    auto conversation = connector_.conversation_of(call);
    if (conversation.empty()) return true;
    auto is_busy = std::ranges::find(busy_, conversation) != busy_.end();
    if (is_busy) complaints_.add(now, conversation, "two calls at a time (412)");
    busy_.push_back(conversation);
    return !is_busy;
}

void FakeTeams::end(const HttpCall& call) {
    auto one = std::ranges::find(busy_, connector_.conversation_of(call));
    if (one != busy_.end()) busy_.erase(one);
}

// ---- Teams calls the app

void FakeTeams::rotate_keys() {
    authority_ = msteams::Authority{"key-" + std::to_string(++keys_)};
}

void FakeTeams::tell(Object activity, AppRequest about, Instant now) {
    const auto& installed = tenant_.installation;
    auto header =
        json::dump(Object{{"alg", "RS256"}, {"kid", authority_.key_id()}, {"typ", "JWT"}});
    auto payload = json::dump(Object{
        {"serviceurl", installed.service_url},
        {"nbf", seconds_of(now)},
        {"exp", seconds_of(now) + 3'600},
        {"iss", installed.issuer},
        {"aud", installed.app_id}});
    about.headers = {
        {"Authorization", "Bearer " + authority_.sign(header, payload)},
        {"Content-Type", "application/json; charset=utf-8"},
        {"x-ms-tenant-id", installed.tenant}};
    about.body = json::dump(activity);
    if (listener_)
        listener_(std::move(about));
    else
        waiting_.push_back(std::move(about));
}

std::vector<AppRequest> FakeTeams::take() {
    return std::exchange(waiting_, {});
}

void FakeTeams::hear(const AppRequest& request, const AppAnswer& answer, Instant now) {
    if (answer.status == 0 || answer.status >= 500) return;
    if (answer.status != 200) {
        complaints_.add(now, "an activity", "refused with " + std::to_string(answer.status));
        return;
    }
    if (request.invoke.empty()) {
        if (!answer.body.empty()) complaints_.add(now, "an activity", "answered with words");
        return;
    }
    auto body = json::parse(answer.body);
    if (!body || !body->object()) {
        complaints_.add(now, request.invoke, "an answer that is no object");
        return;
    }
    hear_invoke(request, *body, now);
}

void FakeTeams::hear_invoke(const AppRequest& request, const Value& answer, Instant now) {
    if (request.invoke == "adaptiveCard/action")
        hear_card(request, answer, now);
    else
        hear_dialog(request, answer, now);
}

void FakeTeams::hear_card(const AppRequest& request, const Value& answer, Instant now) {
    const auto* status = in(answer, "statusCode").number();
    auto type = answer.text_of("type");
    if (!status || *status != 200) complaints_.add(now, request.invoke, "no status");
    if (type == "application/vnd.microsoft.activity.message") {
        auto words = answer.text_of("value");
        if (words.empty()) complaints_.add(now, request.invoke, "no words");
        tenant_.flashes[request.user].push_back(words);
        return;
    }
    const auto* card = in(answer, "value").object();
    if (type != "application/vnd.microsoft.card.adaptive" || !card) {
        complaints_.add(now, request.invoke, "an unknown answer: " + type);
        return;
    }
    for (const auto& fault : faults_of(*card, true))
        complaints_.add(now, request.invoke, "a card: " + fault);
    if (auto* message = tenant_.message(request.conversation, request.card))
        message->shown_to[request.user] = *card;
}

void FakeTeams::hear_dialog(const AppRequest& request, const Value& answer, Instant now) {
    tenant_.dialogs.erase(request.user);
    if (answer.object()->empty()) {
        if (request.invoke == "task/fetch") complaints_.add(now, request.invoke, "nothing to open");
        return;
    }
    const auto& task = in(answer, "task");
    if (task.text_of("type") == "message") {
        if (task.text_of("value").empty()) complaints_.add(now, request.invoke, "no words");
        tenant_.flashes[request.user].push_back(task.text_of("value"));
        return;
    }
    const auto& value = in(task, "value");
    const auto* card = in(in(value, "card"), "content").object();
    auto is_whole = task.text_of("type") == "continue" && card && !value.text_of("title").empty() &&
                    !value.text_of("height").empty() && !value.text_of("width").empty();
    if (!is_whole) {
        complaints_.add(now, request.invoke, "an unknown answer");
        return;
    }
    for (const auto& fault : faults_of(*card, false))
        complaints_.add(now, request.invoke, "a card: " + fault);
    Dialog dialog;
    dialog.title = value.text_of("title");
    dialog.card = *card;
    for (const auto& input : inputs_of(*card))
        dialog.entered[input.id] = input.value;
    tenant_.dialogs[request.user] = std::move(dialog);
}

}  // namespace muster::fake_teams
