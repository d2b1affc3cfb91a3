#include "adapters/http/response_head.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace muster::http {
namespace {

// What a browser may do with an answer that does not say it itself: nothing. `default-src` does
// not stand for the last three directives.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> standard_fields = {{
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy",
     "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
    {"Referrer-Policy", "no-referrer"},
}};

bool breaks_line(std::string_view text) {
    return text.find_first_of("\r\n") != text.npos;
}

bool is_ours_to_write(std::string_view name) {
    return same_word(name, "Content-Length") || same_word(name, "Connection") ||
           same_word(name, "Content-Type") || same_word(name, "Transfer-Encoding");
}

}  // namespace

Response refusal(int status) {
    Response response;
    response.status = status;
    response.body = std::string{reason_phrase(status)} + "\n";
    return response;
}

void check_fields(const Response& response) {
    if (breaks_line(response.content_type))
        throw std::logic_error("a line break in a content type");
    for (const auto& field : response.headers)
        if (field.name.empty() || breaks_line(field.name) || breaks_line(field.value) ||
            is_ours_to_write(field.name))
            throw std::logic_error("response field " + field.name);
}

std::string head_of(const Response& response, bool keep_alive) {
    auto text = std::string{"HTTP/1.1 "};
    text.reserve(512);
    auto add = [&text](std::string_view name, std::string_view value) {
        text.append(name).append(": ").append(value).append("\r\n");
    };
    text.append(std::to_string(response.status)).append(" ");
    text.append(reason_phrase(response.status)).append("\r\n");
    for (const auto& standard : standard_fields) {
        auto same_name = [&](const Field& field) { return same_word(field.name, standard.first); };
        if (std::none_of(response.headers.begin(), response.headers.end(), same_name))
            add(standard.first, standard.second);
    }
    for (const auto& field : response.headers)
        add(field.name, field.value);
    if (response.status == 503) add("Retry-After", "1");  // whatever is too much now soon is not
    if (has_body(response.status)) add("Content-Type", response.content_type);
    if (has_body(response.status) && !response.events)
        add("Content-Length", std::to_string(response.body.size()));
    if (!keep_alive) add("Connection", "close");
    return text.append("\r\n");
}

bool has_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

}  // namespace muster::http
