#include <algorithm>

#include "adapters/http/request_head.hpp"
#include "tests/fuzz/fuzz.hpp"

// A head that is taken is understood by a plain reader in the same way: nobody between the peer and
// us can have seen another request. Input: what a peer sends.
namespace muster::http {
namespace {

using fuzz::promise;

const std::vector<std::string> hosts{"127.0.0.1:8080", "localhost:8080", "muster.example.org"};

constexpr std::string_view empty_line = "\r\n\r\n";
constexpr std::size_t most_beginnings = 400;

// As simple as can be: lines, and the first colon of each.
struct PlainHead {
    std::string method, target, version;
    std::vector<Field> fields;
};

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

PlainHead plainly_read(std::string_view head) {
    PlainHead plain;
    auto line = fuzz::take_until('\r', head);
    plain.method = fuzz::take_until(' ', line);
    plain.target = fuzz::take_until(' ', line);
    plain.version = line;
    while (head.size() > std::string_view{"\n\r\n"}.size()) {
        head.remove_prefix(1);
        auto value = fuzz::take_until('\r', head);
        auto name = fuzz::take_until(':', value);
        plain.fields.push_back({std::string{name}, std::string{without_spaces(value)}});
    }
    return plain;
}

void expect_one_framing(const RequestHead& head) {
    promise(head.fields.count("Transfer-Encoding") == 0, "no transfer coding is taken");
    promise(head.fields.count("Content-Length") <= 1, "one length at most");
    auto length = head.fields.only("Content-Length");
    promise(
        !length || length->find_first_not_of("0123456789") == length->npos, "a length is digits"
    );
    auto digits = length ? std::string{*length} : "0";
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    promise(digits == std::to_string(head.content_length), "and means what it says");
}

void expect_ours(const RequestHead& head) {
    auto host = head.fields.only("Host");
    promise(host.has_value(), "one Host");
    promise(std::ranges::find(hosts, lower_case(*host)) != hosts.end(), "which is ours");
    promise(head.path.starts_with('/'), "a path begins with a slash");
    for (std::string_view never : {"//", "/./", "/../", "%", "\\", " ", "#", "?"})
        promise(head.path.find(never) == head.path.npos, "a path is plain");
    promise(!head.path.ends_with("/.."), "a path leads nowhere else");
    promise(head.query.size() <= most_parameters, "a few parameters");
    for (const auto& [name, value] : head.query)
        promise((name + value).find('\0') == std::string::npos, "no parameter hides a NUL");
}

void expect_the_same_reading(const RequestHead& head, std::string_view bytes) {
    auto plain = plainly_read(bytes);
    promise(head.method == plain.method, "the same method");
    promise(head.path == plain.target.substr(0, plain.target.find('?')), "the same path");
    promise(plain.version == "HTTP/1.1" || plain.version == "HTTP/1.0", "a version that we know");
    promise(head.fields.size() == plain.fields.size(), "as many fields");
    for (const auto& ours : head.fields) {
        auto is_same = [&](const Field& field) {
            return field.name == ours.name && field.value == ours.value;
        };
        promise(std::ranges::any_of(plain.fields, is_same), "the same fields");
    }
}

void expect_hope_for_its_beginnings(std::string_view bytes) {
    for (std::size_t size = 0; size <= std::min(bytes.size(), most_beginnings); ++size)
        promise(may_become_head(bytes.substr(0, size)), "its beginnings were not given up");
}

void expect_sound(std::string_view bytes) {
    auto read = read_head(bytes, hosts);
    if (const auto* refusal = std::get_if<Refusal>(&read)) {
        promise(refusal->status >= 400 && refusal->status <= 505, "a refusal has a status");
        return;
    }
    const auto& head = std::get<RequestHead>(read);
    promise(bytes.size() <= longest_head, "a head that is not too long");
    expect_one_framing(head);
    expect_ours(head);
    expect_the_same_reading(head, bytes);
    expect_hope_for_its_beginnings(bytes);
}

}  // namespace
}  // namespace muster::http

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace http = muster::http;
    auto input = muster::fuzz::text_of(bytes, size);
    auto end = input.find(http::empty_line);
    if (end == input.npos) {
        static_cast<void>(http::may_become_head(input));
        return 0;
    }
    http::expect_sound(input.substr(0, end + http::empty_line.size()));
    return 0;
}
