#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/heard.hpp"

// Input: the body that Slack posts to /slack/events, JSON.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace muster::slack;
    auto heard = read_event(muster::fuzz::text_of(bytes, size), ours());
    expect_whole(heard);
    if (const auto* told = std::get_if<Told>(&heard)) {
        muster::fuzz::promise(told->origin == Origin::event, "an event is answered as one");
        muster::fuzz::promise(told->way.trigger.empty(), "an event opens no form");
    }
    return 0;
}
