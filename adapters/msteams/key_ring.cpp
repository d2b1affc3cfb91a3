#include "adapters/msteams/key_ring.hpp"

#include <algorithm>

#include "adapters/json/strict.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds patience = 2s;
constexpr milliseconds longest_fetch = 30s;  // two calls of 10 s at most
constexpr milliseconds between_fetches = 5min;
constexpr milliseconds after_a_failure = 10s;
constexpr milliseconds longest_retry = 1h;
constexpr milliseconds freshness = 20h;  // and up to a tenth more
constexpr std::size_t most_bytes = 1024 * 1024;

// "https://login.botframework.com/v1/..." -> "https://login.botframework.com"
std::string_view origin_of(std::string_view url) {
    auto host = url.find("://");
    if (host == std::string_view::npos) return {};
    return url.substr(0, url.find('/', host + 3));
}

Task<std::optional<std::string>> text_at(HttpClient& http, std::string url) {
    HttpCall call;
    call.method = "GET";
    call.url = std::move(url);
    call.may_repeat = true;
    auto result = co_await http.call(std::move(call));
    auto* answer = std::get_if<HttpAnswer>(&result);
    if (!answer || answer->status != 200 || answer->body.size() > most_bytes)
        co_return std::nullopt;
    co_return std::move(answer->body);
}

}  // namespace

KeyRing::KeyRing(std::string metadata_url, Parts parts)
    : metadata_url_(std::move(metadata_url)),
      parts_(parts),
      fetching_(parts.clock, parts.fetches) {}

Task<> KeyRing::run() {
    for (;;) {
        fetch();
        co_await fetching_.wait(longest_fetch);
        auto jittered =
            static_cast<double>(freshness.count()) * (1 + parts_.entropy.fraction() / 10);
        auto fresh = milliseconds{static_cast<std::int64_t>(jittered)};
        auto again = after_a_failure * (1 << std::min(failures_, 9));
        co_await parts_.clock.pause(failures_ == 0 ? fresh : std::min(again, longest_retry));
    }
}

Task<std::shared_ptr<const SigningKey>> KeyRing::find(std::string id) {
    auto known = [&] {
        auto key = keys_.find(id);
        return key == keys_.end() ? nullptr : key->second;
    };
    if (auto key = known()) co_return key;
    auto gives_up_at = parts_.clock.steady_now() + patience;
    // A fetch that has begun already is nobody's for this token: it may bring what was before.
    co_await fetching_.wait(patience);
    if (auto key = known()) co_return key;
    if (auto now = parts_.clock.steady_now(); now >= not_before_) {
        not_before_ = now + between_fetches;
        fetch();
    }
    co_await fetching_.wait(gives_up_at - parts_.clock.steady_now());
    co_return known();
}

void KeyRing::fetch() {
    fetching_.begin([this] { return refresh(); });
}

Task<> KeyRing::refresh() {
    auto problem = co_await read();
    auto is_done = problem.empty();
    failures_ = is_done ? 0 : failures_ + 1;
    if (is_done) co_return;
    not_before_ = std::min(not_before_, parts_.clock.steady_now() + after_a_failure);
    parts_.log.warning("msteams.keys_not_fetched", {{"reason", problem}, {"url", metadata_url_}});
}

// What is wrong, or "".
Task<std::string> KeyRing::read() {
    auto metadata = co_await text_at(parts_.http, metadata_url_);
    if (!metadata) co_return "no metadata";
    auto described = json::parse(*metadata);
    auto url = described ? described->text_of("jwks_uri") : std::string{};
    if (url.empty() || origin_of(url) != origin_of(metadata_url_))
        co_return "the metadata names no keys at its own host";
    auto text = co_await text_at(parts_.http, std::move(url));
    auto keys = text ? signing_keys_in(*text) : std::nullopt;
    if (!keys || keys->empty()) co_return "no keys";
    use(std::move(*keys));
    co_return "";
}

void KeyRing::use(std::vector<SigningKey> fetched) {
    Keys keys;
    for (auto& key : fetched) {
        auto known = keys_.find(key.id);
        auto is_known = known != keys_.end() && is_same_key(*known->second, key) &&
                        known->second->endorsements == key.endorsements;
        auto id = key.id;
        keys[id] = is_known ? known->second : std::make_shared<const SigningKey>(std::move(key));
    }
    keys_ = std::move(keys);
}

}  // namespace muster::msteams
