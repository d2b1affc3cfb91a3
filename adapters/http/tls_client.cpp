#include "adapters/http/tls_client.hpp"

#include <algorithm>
#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http/answer_reader.hpp"
#include "adapters/http/idle_wires.hpp"
#include "adapters/http/places.hpp"
#include "adapters/http/public_address.hpp"
#include "adapters/http/request_text.hpp"
#include "adapters/http/trust.hpp"
#include "adapters/http/wire.hpp"

namespace muster::http {

namespace asio = boost::asio;

namespace {

constexpr auto stopped = "the client has stopped";
constexpr std::size_t most_addresses = 4;  // tried for one call

using Timer = asio::steady_timer;

// One call on its way.
struct Errand {
    void use(std::shared_ptr<Wire> found) {
        wire = std::move(found);
        wire->close_at(until);
    }

    HttpFailure failure(std::string reason) const {
        auto kind = is_begun ? HttpFailure::Kind::ambiguous : HttpFailure::Kind::not_sent;
        return {kind, std::move(reason)};
    }

    Target target;
    std::string method;
    std::string request;
    bool may_repeat = false;
    Timer::time_point until;
    std::shared_ptr<Wire> wire;  // in use now
    bool is_begun = false;       // the first byte of the request was handed to it
    bool is_heard = false;       // a byte of the answer came
};

using ErrandPtr = std::shared_ptr<Errand>;

HttpFailure not_sent(std::string reason) {
    return {HttpFailure::Kind::not_sent, std::move(reason)};
}

OutboundRules rules_of(const TlsClientOptions& options) {
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

// These say why it did not work, or "".
Task<std::string> hear(ErrandPtr errand, std::shared_ptr<AnswerReader> reader);
Task<std::string> tunnel(ErrandPtr errand);

void leave_out_what_is_not_for(const Target& target, Addresses& addresses) {
    std::erase_if(addresses, [&](const std::string& found) {
        return target.may_be_private ? is_nobodys_address(found) : !is_public_address(found);
    });
}

}  // namespace

class TlsClient::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(const Executor& loop, TlsClientOptions options, Clock& clock)
        : loop_(loop),
          options_(std::move(options)),
          clock_(clock),
          rules_(rules_of(options_)),
          trust_(options_.ca_file),
          resolver_(loop, clock, options_.look_up),
          places_(loop, options_.most_per_host, options_.most_waiting),
          idle_(options_.most_idle),
          all_ended_(loop, Timer::time_point::max()) {}

    Task<HttpResult> call(HttpCall asked);
    Task<> stop();

private:
    Task<HttpResult> carry_out(ErrandPtr errand);
    Task<HttpResult> exchange(ErrandPtr errand);

    // These say why it did not work, or "".
    Task<std::string> open(ErrandPtr errand);
    Task<std::string> connect(ErrandPtr errand, std::string host, std::uint16_t port);

    Task<Addresses> addresses_for(ErrandPtr errand, std::string host);
    void ended(const ErrandPtr& errand);

    Executor loop_;
    TlsClientOptions options_;
    Clock& clock_;
    OutboundRules rules_;
    Trust trust_;
    Resolver resolver_;
    Places places_;
    IdleWires idle_;
    bool is_stopped_ = false;
    std::set<ErrandPtr> errands_;
    Timer all_ended_;  // never expires; cancelled when the last errand ends
};

TlsClient::TlsClient(const Executor& loop, TlsClientOptions options, Clock& clock)
    : impl_(std::make_shared<Impl>(loop, std::move(options), clock)) {}

TlsClient::~TlsClient() = default;

Task<HttpResult> TlsClient::call(HttpCall asked) {
    return impl_->call(std::move(asked));
}

Task<> TlsClient::stop() {
    return impl_->stop();
}

Task<HttpResult> TlsClient::Impl::call(HttpCall asked) {
    auto self = shared_from_this();
    if (is_stopped_) co_return not_sent(stopped);
    auto target = target_of(asked.url, rules_);
    if (!target && target.error() == Errc::bad_input) co_return not_sent("not a URL");
    if (!target) co_return not_sent("this host may not be called");
    auto request = request_text(asked, *target);
    if (!request) co_return not_sent("the headers would break the request");

    auto errand = std::make_shared<Errand>();
    errand->target = *target;
    errand->method = asked.method;
    errand->request = std::move(*request);
    errand->may_repeat = asked.may_repeat;
    errand->until = Timer{loop_, options_.deadline}.expiry();

    errands_.insert(errand);
    HttpResult result;
    try {
        result = co_await carry_out(errand);
    } catch (const std::exception& problem) {
        result = errand->failure(problem.what());
    }
    ended(errand);
    auto* failure = std::get_if<HttpFailure>(&result);
    if (failure && is_stopped_) failure->reason = stopped;
    auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
        throw boost::system::system_error(asio::error::operation_aborted);
    co_return result;
}

Task<> TlsClient::Impl::stop() {
    auto self = shared_from_this();
    co_await asio::this_coro::throw_if_cancelled(false);
    is_stopped_ = true;
    places_.close();
    idle_.clear();
    for (const auto& errand : errands_)
        if (errand->wire) errand->wire->close();
    co_await resolver_.stop();
    auto uncancellable = asio::bind_cancellation_slot(
        asio::cancellation_slot{}, asio::as_tuple(asio::use_awaitable)
    );
    while (!errands_.empty())
        co_await all_ended_.async_wait(uncancellable);
}

Task<HttpResult> TlsClient::Impl::carry_out(ErrandPtr errand) {
    auto host = errand->target.key();
    auto place = co_await places_.enter(host, errand->until);
    if (!place) co_return not_sent("too many calls to this host");

    auto age = errand->may_repeat ? options_.idle_time : options_.idle_time_of_posts;
    if (auto idle = idle_.take(host, age, clock_.steady_now())) {
        errand->use(std::move(idle));
        auto result = co_await exchange(errand);
        // The server may have closed it while our request was on the way.
        bool was_stale = std::holds_alternative<HttpFailure>(result) && !errand->is_heard &&
                         !errand->wire->is_overdue() && !is_stopped_;
        if (!was_stale || !errand->may_repeat) co_return result;
    }
    idle_.limit(host, options_.most_per_host - places_.taken(host));
    auto problem = co_await open(errand);
    if (!problem.empty()) co_return errand->failure(std::move(problem));
    co_return co_await exchange(errand);
}

Task<HttpResult> TlsClient::Impl::exchange(ErrandPtr errand) {
    auto wire = errand->wire;
    auto failed = [errand, wire](std::string reason) {
        if (wire->is_overdue()) reason = "no whole answer in time";
        return errand->failure(std::move(reason));
    };
    errand->is_begun = true;
    if (auto error = co_await wire->write(errand->request))
        co_return failed("could not send: " + error.message());

    auto reader = std::make_shared<AnswerReader>(errand->method);
    auto problem = co_await hear(errand, reader);
    if (!problem.empty()) co_return failed(std::move(problem));

    if (reader->may_stay_open() && !is_stopped_) {
        wire->close_at(Timer{loop_, options_.idle_time}.expiry());
        idle_.keep(errand->target.key(), wire, clock_.steady_now());
    }
    co_return reader->answer();
}

Task<std::string> TlsClient::Impl::open(ErrandPtr errand) {
    const auto& target = errand->target;
    if (target.is_proxied) {
        auto problem = co_await connect(errand, rules_.proxy->host, rules_.proxy->port);
        if (problem.empty() && rules_.proxy->is_tls)
            problem = co_await errand->wire->secure(trust_, rules_.proxy->host);
        if (problem.empty()) problem = co_await tunnel(errand);
        if (!problem.empty()) co_return "proxy: " + problem;
    } else {
        auto problem = co_await connect(errand, target.host, target.port);
        if (!problem.empty()) co_return problem;
    }
    if (!target.is_tls) co_return "";
    auto problem = co_await errand->wire->secure(trust_, target.host);
    co_return errand->wire->is_overdue() ? "no TLS in time" : problem;
}

Task<std::string> TlsClient::Impl::connect(ErrandPtr errand, std::string host, std::uint16_t port) {
    auto addresses = co_await addresses_for(errand, host);
    if (addresses.empty()) co_return "no address known";
    if (!errand->target.is_proxied) leave_out_what_is_not_for(errand->target, addresses);
    if (addresses.empty()) co_return "has private addresses only";
    if (addresses.size() > most_addresses) addresses.resize(most_addresses);

    std::string problem;
    for (const auto& address : addresses) {
        auto wire = std::make_shared<Wire>(loop_);
        errand->use(wire);
        bool is_last = &address == &addresses.back();
        auto soon = Timer{loop_, options_.connect_time}.expiry();
        if (!is_last) wire->close_at(std::min(soon, errand->until));
        if (is_stopped_) wire->close();
        auto error = co_await wire->connect(address, port);
        wire->close_at(errand->until);
        if (!error) co_return "";
        problem =
            "could not connect: " + (wire->is_overdue() ? "no answer in time" : error.message());
    }
    resolver_.doubt(host);
    co_return problem;
}

Task<Addresses> TlsClient::Impl::addresses_for(ErrandPtr errand, std::string host) {
    if (host == "localhost") co_return Addresses{"127.0.0.1"};
    if (is_address(host)) co_return Addresses{host};
    co_return co_await resolver_.addresses_of(host, errand->until);
}

void TlsClient::Impl::ended(const ErrandPtr& errand) {
    errands_.erase(errand);
    if (errands_.empty()) all_ended_.cancel();
}

namespace {

Task<std::string> hear(ErrandPtr errand, std::shared_ptr<AnswerReader> reader) {
    auto wire = errand->wire;
    auto state = AnswerReader::State::unfinished;
    while (state == AnswerReader::State::unfinished) {
        auto read = co_await wire->read();
        if (!read.bytes.empty()) state = reader->take(read.bytes);
        errand->is_heard = reader->has_begun();
        if (!read.error || state != AnswerReader::State::unfinished) continue;
        if (!reader->has_begun()) co_return "closed without an answer";
        if (Wire::is_orderly_end(read.error)) state = reader->end();
        if (state != AnswerReader::State::finished) co_return "cut within the answer";
    }
    if (state == AnswerReader::State::too_long) co_return "the answer is too long";
    if (state == AnswerReader::State::unreadable) co_return "the answer is unreadable";
    co_return "";
}

Task<std::string> tunnel(ErrandPtr errand) {
    auto wire = errand->wire;
    if (auto error = co_await wire->write(connect_text(errand->target)))
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
