#include "adapters/http/dialler.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/asio/steady_timer.hpp>

#include "adapters/http/answer_reader.hpp"
#include "adapters/http/public_address.hpp"
#include "adapters/http/request_text.hpp"

namespace muster::http {

namespace {

constexpr std::size_t most_addresses = 4;  // tried for one connection

using Timer = boost::asio::steady_timer;

OutboundRules rules_of(const OutboundOptions& options) {
    OutboundRules rules;
    rules.allowed_private_hosts = options.allowed_private_hosts;
    rules.allowed_ports = options.allowed_ports;
    rules.no_proxy = options.no_proxy;
    if (options.proxy.empty()) return rules;
    auto proxy = proxy_of(options.proxy);
    if (!proxy) throw std::invalid_argument("not the address of a proxy: " + options.proxy);
    rules.proxy = *proxy;
    return rules;
}

// Says why it did not work, or "".
Task<std::string> tunnel(std::shared_ptr<Dial> dial);

void leave_out_what_is_not_for(const Target& target, Addresses& addresses) {
    std::erase_if(addresses, [&](const std::string& found) {
        return target.may_be_private ? is_nobodys_address(found) : !is_public_address(found);
    });
}

}  // namespace

void Dial::use(std::shared_ptr<Wire> found) {
    wire = std::move(found);
    wire->close_at(until);
}

Dialler::Dialler(const Executor& loop, OutboundOptions options, Clock& clock)
    : loop_(loop),
      options_(std::move(options)),
      rules_(rules_of(options_)),
      trust_(options_.ca_file),
      resolver_(loop, clock, options_.look_up) {}

Task<> Dialler::stop() {
    is_stopped_ = true;
    return resolver_.stop();
}

Task<std::string> Dialler::open(std::shared_ptr<Dial> dial) {
    const auto& target = dial->target;
    if (target.is_proxied) {
        auto problem = co_await connect(dial, rules_.proxy->host, rules_.proxy->port);
        if (problem.empty() && rules_.proxy->is_tls)
            problem = co_await dial->wire->secure(trust_, rules_.proxy->host);
        if (problem.empty()) problem = co_await tunnel(dial);
        if (!problem.empty()) co_return "proxy: " + problem;
    } else {
        auto problem = co_await connect(dial, target.host, target.port);
        if (!problem.empty()) co_return problem;
    }
    if (!target.is_tls) co_return "";
    auto problem = co_await dial->wire->secure(trust_, target.host);
    co_return dial->wire->is_overdue() ? "no TLS in time" : problem;
}

Task<std::string> Dialler::connect(
    std::shared_ptr<Dial> dial, std::string host, std::uint16_t port
) {
    auto addresses = co_await addresses_for(dial, host);
    if (addresses.empty()) co_return "no address known";
    if (!dial->target.is_proxied) leave_out_what_is_not_for(dial->target, addresses);
    if (addresses.empty()) co_return "has private addresses only";
    if (addresses.size() > most_addresses) addresses.resize(most_addresses);

    std::string problem;
    for (const auto& address : addresses) {
        auto wire = std::make_shared<Wire>(loop_);
        dial->use(wire);
        bool is_last = &address == &addresses.back();
        auto soon = Timer{loop_, options_.connect_time}.expiry();
        if (!is_last) wire->close_at(std::min(soon, dial->until));
        if (is_stopped_) wire->close();
        auto error = co_await wire->connect(address, port);
        wire->close_at(dial->until);
        if (!error) co_return "";
        problem =
            "could not connect: " + (wire->is_overdue() ? "no answer in time" : error.message());
    }
    resolver_.doubt(host);
    co_return problem;
}

Task<Addresses> Dialler::addresses_for(std::shared_ptr<Dial> dial, std::string host) {
    if (host == "localhost") co_return Addresses{"127.0.0.1"};
    if (is_address(host)) co_return Addresses{host};
    co_return co_await resolver_.addresses_of(host, dial->until);
}

namespace {

Task<std::string> tunnel(std::shared_ptr<Dial> dial) {
    auto wire = dial->wire;
    if (auto error = co_await wire->write(connect_text(dial->target)))
        co_return "could not send: " + error.message();
    AnswerReader reader{"CONNECT"};
    auto state = AnswerReader::State::unfinished;
    while (state == AnswerReader::State::unfinished) {
        auto read = co_await wire->read();
        state = reader.take(read.bytes);
        bool is_lost = read.error && state == AnswerReader::State::unfinished;
        if (is_lost)
            co_return wire->is_overdue() ? "no answer in time" : "closed without an answer";
    }
    if (state != AnswerReader::State::finished) co_return "the answer is unreadable";
    auto status = reader.answer().status;
    if (status < 200 || status > 299) co_return "refuses with " + std::to_string(status);
    co_return reader.has_left_over() ? "speaks before it is asked" : "";
}

}  // namespace
}  // namespace muster::http
