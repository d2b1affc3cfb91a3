#include "tests/fuzz/rendered.hpp"

#include "config/texts.hpp"
#include "tests/fakes/slack/block_kit.hpp"
#include "tests/fakes/slack/mrkdwn.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace muster::slack {
namespace {

constexpr std::size_t longest_notification = 4'000;

void expect_taken(const fake_slack::Verdict& verdict) {
    for (const auto& reasons : {verdict.refused, verdict.never})
        for (const auto& reason : reasons)
            fuzz::promise(false, reason);
    fuzz::promise(!verdict.is_too_long, "no more than Slack takes together");
}

}  // namespace

const Catalogue& real_texts() {
    static const auto texts = config::load_texts();
    return texts;
}

Text typed(std::string_view line) {
    return verbatim(fuzz::with_line_breaks(line));
}

void expect_taken(const Post& post) {
    expect_taken(check_blocks(post.blocks, fake_slack::Surface::message));
    fuzz::promise(fake_slack::mentions_and_links_in(post.text).empty(), "it notifies nobody");
    fuzz::promise(
        fake_slack::characters_in(post.text) <= longest_notification, "a notification that fits"
    );
}

void expect_taken(const json::Value& view) {
    fuzz::promise(view.object() != nullptr, "a view is an object");
    expect_taken(check_view(*view.object(), fake_slack::Surface::modal));
}

}  // namespace muster::slack
