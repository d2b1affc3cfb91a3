#include "tests/sim/model_side.hpp"

namespace muster::sim {

using namespace std::chrono_literals;

ModelSide::ModelSide(
    Surroundings around,
    std::uint64_t seed,
    PlatformFaults faults,
    InputFaults input_faults,
    milliseconds longest_echo,
    std::function<void(InboundEvent)> tell_news
)
    : around_(std::move(around)),
      input_faults_(input_faults),
      longest_echo_(longest_echo),
      tell_news_(std::move(tell_news)),
      echoes_(seed + 4'000'000),
      platform_(around_.clock, around_.tasks, Random{seed + 2'000'000}) {
    platform_.be_faulty(faults);
    platform_.on_call([this](auto call, auto delivery, const auto& destination, auto* message) {
        around_.endanger();
        if (message) around_.check(call, delivery, destination, *message);
    });
    if (longest_echo_ > 0ms)
        platform_.on_posted([this](const Posted& posted) { this->echo(posted); });
}

Reach ModelSide::meet(Process& process) {
    process_ = &process;
    platform_.new_caller();
    return {platform_};
}

void ModelSide::leave() {
    process_ = nullptr;
}

// Here the platform tells on which message a button was pressed.
bool ModelSide::is_done(Input& input) {
    if (closed_accounts_.contains(input.inbound.account)) return false;
    auto* pressed = std::get_if<Pressed>(&input.inbound.event);
    if (!pressed) return true;
    const auto& messages = platform_.messages();
    if (auto shown = messages.find(pressed->message); shown != messages.end())
        pressed->delivery = shown->second.delivery;
    return true;
}

void ModelSide::bring(std::shared_ptr<Input> input) {
    around_.tasks.spawn(present(input, input->inbound.keys, false));
    auto& random = around_.random;
    if (!input_faults_.repeat || !random.chance(0.3)) return;
    auto copies = random.chance(0.2) ? 10 : random.between(1, 2);
    // Always the same key: two copies must know each other also when the first comes last.
    auto same = static_cast<std::size_t>(
        random.between(0, static_cast<std::int64_t>(input->inbound.keys.size()) - 1)
    );
    for (std::int64_t copy = 0; copy < copies; ++copy) {
        auto other = input->inbound.keys;
        for (std::size_t key = 0; key < other.size(); ++key)
            if (key != same) other[key] = "copy" + std::to_string(next_copy_++);
        auto delay = random.between(0ms, milliseconds{random.chance(0.5) ? 5s : 2h});
        auto come = [](ModelSide& self,
                       std::shared_ptr<Input> told,
                       std::vector<std::string> keys,
                       milliseconds wait) -> Task<> {
            co_await self.around_.clock.pause(wait);
            self.around_.tasks.spawn(self.present(std::move(told), std::move(keys), true));
        };
        around_.tasks.spawn(come(*this, input, std::move(other), delay));
    }
}

// A platform tells again after one minute, five, an hour.
Task<> ModelSide::present(
    std::shared_ptr<Input> input, std::vector<std::string> keys, bool is_copy
) {
    const std::vector<milliseconds> pauses = {1min, 5min, 1h, 1h, 6h, 24h};
    if (!is_copy && input_faults_.reorder && around_.random.chance(0.15))
        co_await around_.clock.pause(around_.random.between(1'000ms, milliseconds{10min}));
    for (auto pause : pauses) {
        if (is_copy && input->refused) break;
        auto is_lost = input_faults_.lose && around_.random.chance(0.1);
        if (!is_lost && process_ && process_->is_up()) {
            auto inbound = input->inbound;
            inbound.keys = keys;
            inbound.seed = around_.entropy.seed();
            process_->requests.spawn(serve(input, std::move(inbound)));
        }
        co_await around_.clock.pause(3s);
        if (input->acknowledged) break;
        co_await around_.clock.pause(pause);
    }
    if (!is_copy && !input->acknowledged) input->given_up = true;
}

Task<> ModelSide::serve(std::shared_ptr<Input> input, Inbound inbound) {
    auto& process = *process_;
    auto taken =
        co_await process.service.intake().take(std::move(inbound), around_.clock.steady_now());
    process.store.go_on_living();
    if (!taken) co_return;
    const auto& reply = taken->reply;
    around_.invariants.after_reply(*input, reply, taken->carried_before);
    auto check = [&](View& view) {
        around_.invariants.after_input(view, *input, reply);
        return 0;
    };
    co_await process.store.read(check);
    if (std::exchange(input->acknowledged, true)) co_return;
    input->acknowledged_at = around_.clock.now();
    input->refused = std::holds_alternative<FormErrors>(reply);
    if (input->on_reply) input->on_reply(reply);
}

void ModelSide::repeat(std::shared_ptr<Input> input) {
    auto take = [](Process& process, Inbound inbound, SteadyInstant arrived) -> Task<> {
        co_await process.service.intake().take(std::move(inbound), arrived);
    };
    process_->requests.spawn(take(*process_, input->inbound, around_.clock.steady_now()));
}

// Mostly sooner than the courier asks, at times later than it asks twice.
void ModelSide::echo(const Posted& posted) {
    auto usual = std::min<milliseconds>(5s, longest_echo_);
    auto delay = echoes_.between(20ms, echoes_.chance(0.8) ? usual : longest_echo_);
    auto come = [](ModelSide& self, DeliveryId delivery, std::string message, milliseconds wait
                ) -> Task<> {
        co_await self.around_.clock.pause(wait);
        self.tell_news_(Seen{delivery, std::move(message)});
    };
    around_.tasks.spawn(come(*this, posted.delivery, posted.id, delay));
}

void ModelSide::on_seen(std::function<void(const Posted&)> listener) {
    platform_.on_seen([listener = std::move(listener)](const Posted& posted, bool edited) {
        if (!edited) listener(posted);
    });
}

// A platform does not always tell.
void ModelSide::suspend() {
    platform_.suspend();
    if (around_.random.chance(0.5)) tell_news_(ConnectionLost{"app_uninstalled"});
}

void ModelSide::close_account(const std::string& account) {
    closed_accounts_.insert(account);
    platform_.close(account);
    tell_news_(PersonChanged{account, true});
}

void ModelSide::open_account(const std::string& account) {
    closed_accounts_.erase(account);
    platform_.open(account);
    tell_news_(PersonChanged{account, false});
}

void ModelSide::lose(const std::string& place, Loss) {
    platform_.close(place);
    if (around_.random.chance(0.7)) tell_news_(Left{place});
}

void ModelSide::give_back(const std::string& place) {
    platform_.open(place);
    if (around_.random.chance(0.7)) tell_news_(Reopened{place});
}

void ModelSide::heal() {
    platform_.be_faulty({});
    input_faults_ = {};
}

std::vector<Posted> ModelSide::copies() {
    std::vector<Posted> copies;
    for (const auto& [id, message] : platform_.messages())
        copies.push_back(message);
    return copies;
}

bool ModelSide::may_be_doubled(const Posted& message) {
    return platform_.untellable().contains(message.delivery);
}

std::vector<std::string> ModelSide::violations() {
    return platform_.violations();
}

}  // namespace muster::sim
