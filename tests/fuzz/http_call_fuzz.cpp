#include <algorithm>

#include "adapters/http/public_address.hpp"
#include "adapters/http/request_text.hpp"
#include "tests/fuzz/fuzz.hpp"

// What we send says what we meant, whatever the address and the headers are: nothing in them begins
// a line or a request of its own. Input: a line with the address, one with the method, one for each
// header, an empty one, the body.
namespace muster::http {
namespace {

using fuzz::promise;

const OutboundRules rules{
    .allowed_private_hosts = {"gateway.corp", "127.0.0.1:9000"},
    .proxy = Proxy{false, "proxy.example", 3128},
    .no_proxy = {"example.org"},
};

HttpCall call_in(std::string_view input) {
    HttpCall call;
    call.url = fuzz::take_until('\n', input);
    call.method = fuzz::take_until('\n', input);
    while (!input.empty()) {
        auto value = fuzz::take_until('\n', input);
        if (value.empty()) break;
        auto name = fuzz::take_until(':', value);
        call.headers.emplace_back(name, value);
    }
    call.body = input;
    return call;
}

void expect_allowed(const Target& target) {
    for (auto byte : target.host + target.path)
        promise(byte > ' ' && byte <= '~', "an address is visible ASCII");
    promise(target.host.find_first_of("/@?#\\") == target.host.npos, "a host is a host");
    promise(target.path.starts_with('/'), "a path begins with a slash");
    promise(target.port != 0, "a port is a number from 1 on");
    bool is_named = target.may_be_private;
    promise(is_named || target.is_tls, "whom nobody named is called with TLS");
    promise(is_named || target.port == 443, "at the usual port");
    promise(is_named || !is_loopback_host(target.host), "and is not this machine");
}

void expect_one_request(const HttpCall& call, const Target& target) {
    auto text = request_text(call, target);
    if (!text) return;
    std::string_view bytes = *text;
    auto end = bytes.find("\r\n\r\n");
    promise(end != bytes.npos, "a head ends");
    promise(bytes.substr(end + 4) == call.body, "what follows is the body");

    auto head = bytes.substr(0, end);
    std::size_t lines = 1;
    std::size_t lengths = 0;
    std::size_t hosts = 0;
    for (auto at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
        ++lines;
        auto line = head.substr(at + 2);
        if (line.starts_with("Content-Length: " + std::to_string(call.body.size()))) ++lengths;
        if (line.starts_with("Host: " + target.authority() + "\r\n")) ++hosts;
    }
    constexpr std::size_t own_lines = 4;  // the request, Host, User-Agent, Connection
    promise(hosts == 1, "one Host, which is the target's");
    promise(lengths == 1 || call.body.empty(), "one length, which is the body's");
    promise(lines == own_lines + call.headers.size() + lengths, "no header breaks a line");
    promise(
        static_cast<std::size_t>(std::ranges::count(head, '\n')) == lines - 1, "nor does anything"
    );
}

}  // namespace
}  // namespace muster::http

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto call = muster::http::call_in(muster::fuzz::text_of(bytes, size));
    auto target = muster::http::target_of(call.url, muster::http::rules);
    if (!target) return 0;
    muster::http::expect_allowed(*target);
    muster::http::expect_one_request(call, *target);
    return 0;
}
