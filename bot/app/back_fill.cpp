#include "bot/app/back_fill.hpp"

#include <algorithm>
#include <set>

#include "bot/app/timers.hpp"
#include "bot/domain/standup.hpp"
#include "storage/store.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr auto between_looks = 10min;
constexpr auto longest_pass = 2h;
constexpr auto before_the_last_sign = 60s;  // what came in then may not have been stored
constexpr auto worth_reading = 24h * 7;     // answers to older rounds are not taken any more
constexpr milliseconds shortest_pause = 1s;
constexpr milliseconds longest_pause = 5min;

Instant began(const Downtime& downtime) {
    return downtime.from - before_the_last_sign;
}

std::vector<Downtime> due_in(View& view) {
    auto downtimes = view.downtimes();
    std::erase_if(downtimes, [](const Downtime& one) { return one.read_back != ReadBack::due; });
    return downtimes;
}

// Where answers may stand, those who have not answered first. One of each person, however many
// rounds they had open there.
using Conversations = std::map<ConnectionId, std::vector<Conversation>>;

struct Asked {
    ConnectionId connection;
    Conversation conversation;
    Instant posted_at{};
    bool is_answered = false;
};

// After a snooze the next one may be decided, and not posted yet.
std::optional<Delivery> first_posted_prompt(View& view, const Round& round) {
    for (auto seq = 0; seq < std::max(1, round.prompts); ++seq) {
        DeliveryKey key{Purpose::prompt, round.id.value, round.person, seq};
        auto prompt = view.delivery(key);
        if (prompt && is_posted(*prompt) && prompt->connection) return prompt;
    }
    return std::nullopt;
}

std::optional<Asked> asked_in(View& view, const Round& round) {
    auto prompt = first_posted_prompt(view, round);
    if (!prompt) return std::nullopt;
    return Asked{
        *prompt->connection,
        {prompt->address, prompt->provider_id},
        prompt->sent_at.value_or(*round.asked_at),
        round.answered_at.has_value()};
}

Conversations conversations_in(View& view, const std::vector<Downtime>& downtimes) {
    std::map<std::pair<ConnectionId, std::string>, Asked> asked;
    for (const auto& downtime : downtimes)
        for (const auto& round :
             view.rounds_open_between(began(downtime) - standup::late_grace, downtime.to)) {
            auto one = asked_in(view, round);
            if (!one) continue;
            auto [known, is_new] =
                asked.try_emplace({one->connection, one->conversation.account}, *one);
            if (is_new) continue;
            auto is_answered = known->second.is_answered && one->is_answered;
            if (one->posted_at < known->second.posted_at) known->second = *one;
            known->second.is_answered = is_answered;
        }
    Conversations conversations;
    for (auto is_answered : {false, true})
        for (const auto& [place, one] : asked)
            if (one.is_answered == is_answered)
                conversations[one.connection].push_back(one.conversation);
    return conversations;
}

// The later one, where two are close to each other.
const Downtime& when_sent(const Inbound& line, const std::vector<Downtime>& downtimes) {
    const auto* found = &downtimes.front();
    for (const auto& downtime : downtimes)
        if (began(downtime) <= line.sent_at) found = &downtime;
    return *found;
}

// The worst is told.
ReadBack worse(ReadBack one, ReadBack other) {
    return std::max(one, other);
}

}  // namespace

// What the connections share while they are read.
struct BackFill::Work {
    std::vector<Downtime> downtimes;
    Conversations conversations;
    Instant since{};
    SteadyInstant stop_at{};
    ReadBack how = ReadBack::done;
    int lines = 0;
    std::set<ConnectionId> under_way{};
    std::set<ConnectionId> suspended{};  // of these
    bool is_stored = true;
    Bell is_done{};
};

BackFill::BackFill(
    Store& store, Clock& clock, Entropy& entropy, Log& log, Intake& intake, TaskGroup& reads
)
    : store_(store), clock_(clock), entropy_(entropy), log_(log), intake_(intake), reads_(reads) {}

Task<> BackFill::run(Histories histories) {
    for (;;) {
        auto find = [](View& view) { return due_in(view); };
        auto due = co_await store_.read(find);
        if (!due.empty()) co_await read_back(std::move(due), histories);
        co_await clock_.pause(between_looks, bell_);
    }
}

Task<> BackFill::read_back(std::vector<Downtime> downtimes, Histories histories) {
    auto work = std::make_shared<Work>();
    work->downtimes = downtimes;
    work->stop_at = clock_.steady_now() + longest_pass;
    work->since = std::max<Instant>(began(downtimes.front()), clock_.now() - worth_reading);
    auto find = [&downtimes](View& view) { return conversations_in(view, downtimes); };
    work->conversations = co_await store_.read(find);

    std::vector<std::pair<ConnectionId, History*>> to_read;
    for (const auto& [connection, history] : histories) {
        if (!work->conversations.contains(connection)) continue;
        if (!history) work->how = worse(work->how, ReadBack::in_part);
        if (history) to_read.emplace_back(connection, history);
    }
    for (const auto& [connection, history] : to_read) {
        work->under_way.insert(connection);
        reads_.spawn(read_all(connection, work, *history));
    }
    // A connection that is refused goes on being tried, and keeps no other from its report.
    auto is_waited_for = [&] {
        auto others = to_read.size() > work->suspended.size();
        return work->under_way.size() > (others ? work->suspended.size() : 0);
    };
    while (is_waited_for())
        co_await clock_.pause(between_looks, work->is_done);
    // Left as due: after a while it is all read once more, and most of it known by then.
    if (!work->is_stored) co_return;
    if (!to_read.empty()) log_.info("history.read_back", {{"lines", std::to_string(work->lines)}});
    co_await finish(std::move(downtimes), work->how);
}

// Over one connection, so that a slow one holds up no other.
Task<> BackFill::read_all(ConnectionId connection, std::shared_ptr<Work> work, History& history) {
    for (const auto& conversation : work->conversations.at(connection)) {
        auto typed = co_await read_one(connection, conversation, work, history);
        auto is_not_whole = typed.kind == Typed::Kind::in_part ||
                            typed.kind == Typed::Kind::try_later ||
                            typed.kind == Typed::Kind::suspended;
        if (is_not_whole) work->how = worse(work->how, ReadBack::in_part);
        work->lines += static_cast<int>(typed.lines.size());
        auto is_taken = co_await take(std::move(typed.lines), work->downtimes);
        if (!is_taken) {
            work->is_stored = false;
            break;
        }
        if (typed.kind == Typed::Kind::never) {
            log_.alarm("history.not_readable", {{"reason", typed.reason}});
            work->how = worse(work->how, ReadBack::impossible);
            break;
        }
        if (typed.kind == Typed::Kind::try_later || typed.kind == Typed::Kind::suspended) {
            log_.warning("history.not_read_in_time", {{"reason", typed.reason}});
            break;
        }
    }
    work->under_way.erase(connection);
    work->suspended.erase(connection);
    work->is_done.ring();
}

Task<Typed> BackFill::read_one(
    ConnectionId connection, Conversation conversation, std::shared_ptr<Work> work, History& history
) {
    for (auto pause = shortest_pause;; pause = std::min(pause * 2, longest_pause)) {
        auto typed = co_await history.typed_in(conversation, work->since);
        auto is_over = clock_.steady_now() >= work->stop_at;
        auto is_suspended = typed.kind == Typed::Kind::suspended;
        if (is_suspended)
            work->suspended.insert(connection);
        else
            work->suspended.erase(connection);
        work->is_done.ring();
        auto may_change = is_suspended || typed.kind == Typed::Kind::try_later;
        if (!may_change || is_over) co_return typed;
        co_await clock_.pause(std::max(typed.retry_after, pause));
    }
}

Task<bool> BackFill::take(std::vector<Inbound> lines, std::vector<Downtime> downtimes) {
    for (auto& line : lines) {
        line.seed = entropy_.seed();
        auto downtime = when_sent(line, downtimes).id;
        auto is_stored = co_await intake_.take_read_back(std::move(line), downtime);
        if (!is_stored) co_return false;
    }
    co_return true;
}

Task<> BackFill::finish(std::vector<Downtime> downtimes, ReadBack how) {
    auto now = clock_.now();
    IdSource ids{entropy_.seed()};
    auto note = [downtimes, how, now, ids](Transaction& transaction) mutable -> Result<int> {
        for (auto& downtime : downtimes) {
            downtime.read_back = how;
            transaction.apply(was_read_back(transaction, downtime, now, ids), now);
        }
        return 0;
    };
    auto stored = co_await store_.write(note);
    if (!stored) log_.alarm("history.not_noted", {{"error", name(stored.error())}});
}

}  // namespace muster
