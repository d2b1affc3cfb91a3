#include "adapters/http/request_text.hpp"

#include <algorithm>
#include <array>

#include "adapters/http/message.hpp"

namespace muster::http {
namespace {

constexpr std::string_view user_agent = "User-Agent: Muster/" MUSTER_VERSION "\r\n";

bool is_method(std::string_view method) {
    auto is_capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    return !method.empty() && method != "CONNECT" && std::ranges::all_of(method, is_capital);
}

bool is_name(std::string_view name) {
    auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    };
    return !name.empty() && std::ranges::all_of(name, fits);
}

bool is_value(std::string_view value) {
    auto fits = [](char letter) { return letter >= ' ' && letter <= '~'; };
    return std::ranges::all_of(value, fits);
}

bool is_ours(std::string_view name) {
    constexpr std::array ours = {
        "Accept-Encoding",  // no code here unpacks anything
        "Connection",
        "Content-Length",
        "Expect",
        "Host",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "User-Agent",
    };
    auto same = [&](std::string_view our) { return same_word(our, name); };
    return std::ranges::any_of(ours, same);
}

}  // namespace

Result<std::string> request_text(const HttpCall& call, const Target& target) {
    if (!is_method(call.method)) return Errc::bad_input;
    auto text =
        call.method + " " + target.path + " HTTP/1.1\r\nHost: " + target.authority() + "\r\n";
    text += user_agent;
    text += "Connection: keep-alive\r\n";
    for (const auto& [name, value] : call.headers) {
        if (!is_name(name) || !is_value(value) || is_ours(name)) return Errc::bad_input;
        text.append(name).append(": ").append(value).append("\r\n");
    }
    bool says_length = !call.body.empty() || (call.method != "GET" && call.method != "HEAD");
    if (says_length) text += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
    return text + "\r\n" + call.body;
}

std::string connect_text(const Target& target) {
    auto address = target.address();
    return "CONNECT " + address + " HTTP/1.1\r\nHost: " + address + "\r\n" +
           std::string{user_agent} + "\r\n";
}

}  // namespace muster::http
