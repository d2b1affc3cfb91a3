#include "adapters/http/tls_client.hpp"

#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http/answer_reader.hpp"
#include "adapters/http/idle_wires.hpp"
#include "adapters/http/places.hpp"
#include "adapters/http/request_text.hpp"

namespace muster::http {

namespace asio = boost::asio;

namespace {

constexpr auto stopped = "the client has stopped";

using Timer = asio::steady_timer;

// One call on its way.
struct Errand : Dial {
    HttpFailure failure(std::string reason) const {
        auto kind = is_begun ? HttpFailure::Kind::ambiguous : HttpFailure::Kind::not_sent;
        return {kind, std::move(reason)};
    }

    std::string method;
    std::string request;
    bool may_repeat = false;
    bool is_begun = false;  // the first byte of the request was handed to it
    bool is_heard = false;  // a byte of the answer came
};

using ErrandPtr = std::shared_ptr<Errand>;

HttpFailure not_sent(std::string reason) {
    return {HttpFailure::Kind::not_sent, std::move(reason)};
}

// Says why it did not work, or "".
Task<std::string> hear(ErrandPtr errand, std::shared_ptr<AnswerReader> reader);

}  // namespace

class TlsClient::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(const Executor& loop, TlsClientOptions options, Clock& clock)
        : loop_(loop),
          options_(std::move(options)),
          clock_(clock),
          dialler_(loop, options_, clock),
          places_(loop, options_.most_per_host, options_.most_waiting),
          idle_(options_.most_idle),
          all_ended_(loop, Timer::time_point::max()) {}

    Task<HttpResult> call(HttpCall asked);
    Task<> stop();

private:
    Task<HttpResult> carry_out(ErrandPtr errand);
    Task<HttpResult> exchange(ErrandPtr errand);
    void ended(const ErrandPtr& errand);

    Executor loop_;
    TlsClientOptions options_;
    Clock& clock_;
    Dialler dialler_;
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
    auto target = target_of(asked.url, dialler_.rules());
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
    co_await dialler_.stop();
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
    auto problem = co_await dialler_.open(errand);
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

}  // namespace
}  // namespace muster::http
