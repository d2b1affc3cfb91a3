#include "adapters/slack/install_pages.hpp"

#include <stdexcept>

#include "slack_install.hpp"

namespace muster::slack {
namespace {

constexpr std::string_view policy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

std::string_view file_named(const std::string& name) {
    for (const auto& file : embedded::slack_install())
        if (file.name == name) return file.content;
    throw std::out_of_range("no page " + name);
}

std::string escaped(std::string_view text) {
    std::string html;
    for (auto c : text) {
        switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            case '\'': html += "&#39;"; break;
            default: html += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
        }
    }
    return html;
}

// Once, from left to right: what was put in is not looked at again.
std::string filled(std::string_view page, const Facts& facts) {
    std::string html;
    for (;;) {
        auto begin = page.find("{{");
        auto end = page.find("}}", begin);
        if (begin == page.npos || end == page.npos) return html.append(page);
        html.append(page.substr(0, begin));
        auto name = page.substr(begin + 2, end - begin - 2);
        for (const auto& [known, value] : facts)
            if (known == name) html += value;
        page.remove_prefix(end + 2);
    }
}

}  // namespace

http::Response install_page(std::string_view name, int status, const Facts& facts) {
    auto content = file_named(std::string{name} + ".html");
    auto title = content.substr(0, content.find('\n'));
    Facts safe;
    for (const auto& [known, value] : facts)
        safe.emplace_back(known, escaped(value));
    auto body = filled(content.substr(title.size()), safe);

    http::Response response;
    response.status = status;
    response.content_type = "text/html; charset=utf-8";
    response.body =
        filled(file_named("page.html"), {{"title", std::string{title}}, {"body", body}});
    response.headers.push_back({"Content-Security-Policy", std::string{policy}});
    return response;
}

http::Response install_style() {
    http::Response response;
    response.content_type = "text/css; charset=utf-8";
    response.body = file_named("style.css");
    return response;
}

}  // namespace muster::slack
