#include "adapters/http/message.hpp"

#include <algorithm>

namespace muster::http {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

void Fields::add(std::string name, std::string value) {
    fields_.push_back({std::move(name), std::move(value)});
}

std::optional<std::string_view> Fields::only(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const auto& field : fields_) {
        if (!same_word(field.name, name)) continue;
        if (found) return std::nullopt;
        found = field.value;
    }
    return found;
}

std::size_t Fields::count(std::string_view name) const {
    auto named = [&](const Field& field) { return same_word(field.name, name); };
    return static_cast<std::size_t>(std::count_if(fields_.begin(), fields_.end(), named));
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const auto& field : query) {
        if (field.name != name) continue;
        if (found) return std::nullopt;
        found = field.value;
    }
    return found;
}

bool same_word(std::string_view one, std::string_view other) {
    auto same = [](char left, char right) { return lower(left) == lower(right); };
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), same);
}

std::string lower_case(std::string_view text) {
    auto result = std::string{text};
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 100: return "Continue";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 411: return "Length Required";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        default: return "Other";
    }
}

}  // namespace muster::http
