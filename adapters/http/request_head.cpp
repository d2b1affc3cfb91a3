#include "adapters/http/request_head.hpp"

#include <algorithm>
#include <charconv>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace muster::http {
namespace {

namespace beast = boost::beast;

using Parser = beast::http::request_parser<beast::http::empty_body>;

std::optional<Refusal> look_at_bytes(std::string_view head);
std::optional<Refusal> parse(Parser& parser, std::string_view head);
std::optional<Refusal> check_framing(RequestHead& head, bool is_1_0);
std::optional<Refusal> check_host(const Fields& fields, const std::vector<std::string>& hosts);
std::optional<Refusal> check_target(RequestHead& head, std::string_view target);
std::optional<Refusal> check_expectation(RequestHead& head);

}  // namespace

std::variant<RequestHead, Refusal> read_head(
    std::string_view bytes, const std::vector<std::string>& hosts
) {
    if (auto refusal = look_at_bytes(bytes)) return *refusal;

    Parser parser;
    if (auto refusal = parse(parser, bytes)) return *refusal;

    const auto& message = parser.get();
    bool is_1_0 = message.version() == 10;
    RequestHead head;
    head.method = message.method_string();
    head.keep_alive = parser.keep_alive() && !is_1_0;
    for (const auto& field : message)
        head.fields.add(field.name_string(), field.value());

    if (auto refusal = check_framing(head, is_1_0)) return *refusal;
    if (auto refusal = check_host(head.fields, hosts)) return *refusal;
    if (auto refusal = check_target(head, message.target())) return *refusal;
    if (auto refusal = check_expectation(head)) return *refusal;
    return head;
}

bool may_become_head(std::string_view beginning) {
    if (beginning.empty()) return true;
    if (beginning.front() <= ' ' || beginning.front() > '~') return false;
    for (std::size_t at = 0; at < beginning.size(); ++at) {
        auto byte = static_cast<unsigned char>(beginning[at]);
        if (byte == '\r') {
            if (at + 1 < beginning.size() && beginning[at + 1] != '\n') return false;
        } else if (byte == '\n') {
            if (beginning[at - 1] != '\r') return false;
        } else if ((byte < ' ' && byte != '\t') || byte == 0x7f) {
            return false;
        }
    }
    return true;
}

namespace {

std::optional<Refusal> look_at_bytes(std::string_view head) {
    if (head.size() > longest_head) return Refusal{431};
    if (!may_become_head(head)) return Refusal{400};

    auto first_line = head.substr(0, head.find('\r'));
    auto is_visible = [](char byte) { return byte >= ' ' && byte <= '~'; };
    if (!std::all_of(first_line.begin(), first_line.end(), is_visible)) return Refusal{400};
    if (std::count(first_line.begin(), first_line.end(), ' ') != 2) return Refusal{400};

    std::size_t lines = 0;
    for (auto end = head.find("\r\n"); end != head.npos; end = head.find("\r\n", end + 2)) {
        ++lines;
        auto next = end + 2;
        bool folds = next < head.size() && (head[next] == ' ' || head[next] == '\t');
        if (folds) return Refusal{400};
    }
    constexpr std::size_t first_and_empty_line = 2;
    if (lines > most_fields + first_and_empty_line) return Refusal{431};
    return std::nullopt;
}

std::optional<Refusal> parse(Parser& parser, std::string_view head) {
    parser.eager(false);
    parser.header_limit(longest_head);
    parser.body_limit(boost::none);  // the route's limit comes later, before a byte of it is read
    boost::system::error_code error;
    parser.put(boost::asio::buffer(head), error);
    if (error == beast::http::error::bad_version) return Refusal{505};
    if (error == beast::http::error::header_limit) return Refusal{431};
    if (error || !parser.is_header_done()) return Refusal{400};
    return std::nullopt;
}

// One and only one way to tell where the body ends: a single Content-Length, or no body.
std::optional<Refusal> check_framing(RequestHead& head, bool is_1_0) {
    const auto& fields = head.fields;
    auto lengths = fields.count("Content-Length");
    if (auto encodings = fields.count("Transfer-Encoding")) {
        auto encoding = fields.only("Transfer-Encoding");
        bool is_honest = encodings == 1 && lengths == 0 && !is_1_0 && *encoding == "chunked";
        return Refusal{is_honest ? 411 : 400};
    }
    if (fields.count("Upgrade") || fields.count("HTTP2-Settings")) return Refusal{400};
    if (fields.count("Content-Type") > 1 || lengths > 1) return Refusal{400};
    if (lengths == 0) return std::nullopt;

    auto digits = *fields.only("Content-Length");
    auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), head.content_length);
    if (error == std::errc::result_out_of_range) return Refusal{413};
    if (error != std::errc{} || end != digits.data() + digits.size()) return Refusal{400};
    return std::nullopt;
}

std::optional<Refusal> check_host(const Fields& fields, const std::vector<std::string>& hosts) {
    auto host = fields.only("Host");
    if (!host || host->empty()) return Refusal{400};
    bool is_ours = std::find(hosts.begin(), hosts.end(), lower_case(*host)) != hosts.end();
    return is_ours ? std::nullopt : std::optional{Refusal{421}};
}

bool is_dot_segment(std::string_view segment) {
    return segment == "." || segment == "..";
}

// No path of ours needs an escape, so none is decoded: what is compared is what was sent.
bool is_plain_path(std::string_view path) {
    if (path.find_first_of("%\\") != path.npos || path.find("//") != path.npos) return false;
    while (!path.empty()) {
        path.remove_prefix(1);
        auto segment = path.substr(0, path.find('/'));
        if (is_dot_segment(segment)) return false;
        path.remove_prefix(segment.size());
    }
    return true;
}

int digit_of(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            plain += ' ';
        } else if (text[at] != '%') {
            plain += text[at];
        } else {
            if (text.size() - at < 3) return std::nullopt;
            auto high = digit_of(text[at + 1]);
            auto low = digit_of(text[at + 2]);
            if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
            plain += static_cast<char>(high * 16 + low);
            at += 2;
        }
    }
    return plain;
}

std::optional<std::vector<Field>> parameters(std::string_view query) {
    std::vector<Field> found;
    while (!query.empty()) {
        auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        auto equals = pair.find('=');
        auto name = decoded(pair.substr(0, equals));
        auto value = decoded(equals == pair.npos ? "" : pair.substr(equals + 1));
        if (!name || !value || found.size() == most_parameters) return std::nullopt;
        found.push_back({std::move(*name), std::move(*value)});
    }
    return found;
}

std::optional<Refusal> check_target(RequestHead& head, std::string_view target) {
    constexpr std::string_view known[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    if (std::find(std::begin(known), std::end(known), head.method) == std::end(known))
        return Refusal{405};

    if (!target.starts_with('/') || target.find('#') != target.npos) return Refusal{400};
    auto question = target.find('?');
    head.path = target.substr(0, question);
    if (!is_plain_path(head.path)) return Refusal{404};

    auto query = parameters(question == target.npos ? "" : target.substr(question + 1));
    if (!query) return Refusal{400};
    head.query = std::move(*query);
    return std::nullopt;
}

std::optional<Refusal> check_expectation(RequestHead& head) {
    if (head.fields.count("Expect") == 0) return std::nullopt;
    auto expectation = head.fields.only("Expect");
    if (!expectation || !same_word(*expectation, "100-continue")) return Refusal{417};
    head.expects_continue = true;
    return std::nullopt;
}

}  // namespace
}  // namespace muster::http
