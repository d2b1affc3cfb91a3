#include <tuple>

#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {
namespace {

constexpr auto priorities = {
    Priority::urgent, Priority::answer, Priority::prompt, Priority::report};

// One that waits for the first message of its thread is not ready. A thread whose first message
// will never be posted holds nobody back.
constexpr auto is_ready =
    "NOT EXISTS (SELECT 1 FROM delivery AS parent WHERE parent.id = delivery.thread_of AND "
    "parent.provider_id = '' AND parent.state IN ('pending', 'sending', 'uncertain')) ";

constexpr auto expiring = "state = 'pending' AND provider_id = '' AND expires_at IS NOT NULL ";

// What is due of one priority over one connection, the earliest first. It is read as far as
// somebody comes, by pages that grow: mostly only one may go at a time, of ten thousand that wait.
class Lane {
public:
    enum class Kind { to_post, to_change };

    Lane(Kind kind, Priority priority, std::optional<ConnectionId> connection, Instant now)
        : kind_(kind), priority_(priority), connection_(connection), now_(now) {}

    // nullptr: there are no more.
    const Delivery* first(Database& database) {
        if (at_ == page_.size() && !is_read_) turn_the_page(database);
        return at_ == page_.size() ? nullptr : &page_[at_];
    }

    void pop() { ++at_; }

private:
    void turn_the_page(Database& database) {
        static const auto rest = std::string("AND (due, id) > (?, ?) AND due <= ? AND ") +
                                 is_ready + "ORDER BY due, id LIMIT ?";
        static const auto to_post =
            "INDEXED BY delivery_to_post WHERE state = 'pending' AND provider_id = '' AND "
            "priority = ? AND goes_over IS ? " +
            rest;
        static const auto to_change =
            "INDEXED BY delivery_to_change WHERE state = 'pending' AND provider_id <> '' AND "
            "priority = ? AND connection IS ? " +
            rest;
        auto due = page_.empty() ? Instant::min() : page_.back().due;
        auto id = page_.empty() ? DeliveryId{} : page_.back().id;
        page_ = database.all<Delivery>(
            kind_ == Kind::to_post ? to_post : to_change,
            static_cast<int>(priority_),
            connection_,
            due,
            id,
            now_,
            length_
        );
        at_ = 0;
        is_read_ = std::ssize(page_) < length_;
        length_ = std::min(2 * length_, longest_page);
    }

    static constexpr int longest_page = 64;

    Kind kind_;
    Priority priority_;
    std::optional<ConnectionId> connection_;
    Instant now_;
    std::vector<Delivery> page_;
    std::size_t at_ = 0;
    int length_ = 2;
    bool is_read_ = false;
};

// What goes nowhere comes up, whatever is open.
std::vector<Lane> lanes_of(Priority priority, const View::Open& open, Instant now) {
    std::vector<Lane> lanes{
        {Lane::Kind::to_post, priority, std::nullopt, now},
        {Lane::Kind::to_change, priority, std::nullopt, now}};
    for (auto connection : open.to_post)
        lanes.emplace_back(Lane::Kind::to_post, priority, connection, now);
    for (auto connection : open.to_change)
        lanes.emplace_back(Lane::Kind::to_change, priority, connection, now);
    return lanes;
}

// The one whose first is due before all others.
Lane* next_of(std::vector<Lane>& lanes, Database& database) {
    Lane* next = nullptr;
    const Delivery* earliest = nullptr;
    for (auto& lane : lanes) {
        const auto* first = lane.first(database);
        if (!first) continue;
        auto is_earlier =
            !earliest || std::tie(first->due, first->id) < std::tie(earliest->due, earliest->id);
        if (!is_earlier) continue;
        next = &lane;
        earliest = first;
    }
    return next;
}

}  // namespace

std::optional<Instant> SqliteTransaction::next_delivery_after(Instant now) {
    auto sql =
        std::string("SELECT due FROM delivery WHERE state = 'pending' AND priority = ? AND ") +
        is_ready + "AND due > ? ORDER BY due, id LIMIT 1";
    auto earliest = std::optional<Instant>{};
    for (auto priority : priorities) {
        auto due = database_.value<Instant>(sql, static_cast<int>(priority), now);
        if (due && (!earliest || *due < *earliest)) earliest = due;
    }
    return earliest;
}

std::vector<Delivery> SqliteTransaction::late_deliveries(Instant now, int limit) {
    auto clause = std::string("WHERE ") + expiring +
                  "AND expires_at <= ? AND due <= ? ORDER BY expires_at, id LIMIT ?";
    return database_.all<Delivery>(clause, now, now, limit);
}

std::optional<Instant> SqliteTransaction::next_expiry_after(Instant now) {
    auto sql = std::string("SELECT expires_at FROM delivery WHERE ") + expiring +
               "AND expires_at > ? ORDER BY expires_at, id LIMIT 1";
    return database_.value<Instant>(sql, now);
}

std::optional<Delivery> SqliteTransaction::delivery(DeliveryId id) {
    return database_.one<Delivery>("WHERE id = ?", id);
}

std::optional<Delivery> SqliteTransaction::delivery(const DeliveryKey& key) {
    return database_.one<Delivery>(
        "WHERE purpose = ? AND subject = ? AND recipient = ? AND seq = ?",
        key.purpose,
        key.subject,
        key.recipient,
        key.seq
    );
}

std::optional<Delivery> SqliteTransaction::delivery_by_message(
    ConnectionId connection, const std::string& provider_id
) {
    if (provider_id.empty()) return std::nullopt;
    auto whole = database_.one<Delivery>(
        "WHERE provider_id = ? AND provider_id <> '' AND connection = ? ORDER BY id LIMIT 1",
        provider_id,
        connection
    );
    if (whole) return whole;
    // The id of a message in parts goes on with a space after the first of them.
    return database_.one<Delivery>(
        "WHERE provider_id > ? AND provider_id < ? AND provider_id <> '' AND connection = ? "
        "ORDER BY provider_id, id LIMIT 1",
        provider_id + " ",
        provider_id + "!",
        connection
    );
}

void SqliteTransaction::visit_due_deliveries(
    Instant now, const Open& open, const std::function<bool(const Delivery&)>& go_on
) {
    for (auto priority : priorities) {
        auto lanes = lanes_of(priority, open, now);
        while (auto* lane = next_of(lanes, database_)) {
            if (!go_on(*lane->first(database_))) return;
            lane->pop();
        }
    }
}

std::vector<Delivery> SqliteTransaction::unsettled_deliveries() {
    return database_.all<Delivery>("WHERE state IN ('sending', 'uncertain') ORDER BY due, id");
}

std::vector<Delivery> SqliteTransaction::deliveries_of(Purpose purpose, std::int64_t subject) {
    auto clause = "WHERE purpose = ? AND subject = ? ORDER BY seq, id";
    return database_.all<Delivery>(clause, purpose, subject);
}

View::Backlog SqliteTransaction::backlog(Instant now) {
    auto found = Backlog{};
    auto see_pending = [&](Statement& at) {
        found.pending = read<int>(at.cell(0));
        found.due = read<int>(at.cell(1));
        found.oldest_due = read<std::optional<Instant>>(at.cell(2));
    };
    database_.each(
        "SELECT count(*), count(due) FILTER (WHERE due <= ?1), min(due) FILTER (WHERE due <= ?1) "
        "FROM delivery INDEXED BY delivery_pending WHERE state = 'pending'",
        see_pending,
        now
    );
    auto see_unsettled = [&](Statement& at) {
        auto count = read<DeliveryState>(at.cell(0)) == DeliveryState::sending ? &found.sending
                                                                               : &found.uncertain;
        *count = read<int>(at.cell(1));
    };
    database_.each(
        "SELECT state, count(*) FROM delivery WHERE state IN ('sending', 'uncertain') GROUP BY "
        "state",
        see_unsettled
    );
    found.quarantined = database_.value<int>("SELECT count(*) FROM quarantine").value_or(0);
    return found;
}

void SqliteTransaction::update(const Delivery& delivery) {
    moved_.deliveries = true;
    database_.put(delivery);
}

void SqliteTransaction::see_to(const Tell& tell) {
    auto thread = std::optional<DeliveryId>{};
    if (tell.in_thread_of)
        if (auto parent = delivery(*tell.in_thread_of)) thread = parent->id;

    auto known = delivery(tell.key);
    auto told = known ? told_again(*known, tell) : first_told(tell);
    if (!is_posted(told) && !told.thread_of) told.thread_of = thread;
    if (known)
        database_.put_changes(*known, told);
    else
        database_.put(told);
}

}  // namespace muster::sqlite
