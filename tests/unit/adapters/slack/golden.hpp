#pragma once

#include "adapters/slack/render.hpp"
#include "bot/domain/messages.hpp"
#include "tests/fakes/slack/block_kit.hpp"
#include "tests/unit/adapters/golden/golden.hpp"

#define MUSTER_GOLDEN_SUITE SlackGolden

// What Slack gets (tests/contract/slack/golden/README.md).
namespace muster::golden {

inline constexpr const char* platform = "slack";

// What Slack would refuse, or the app must not send.
inline std::string refused(const fake_slack::Verdict& verdict) {
    std::string all = verdict.is_too_long ? "too long together\n" : "";
    for (const auto& reasons : {verdict.refused, verdict.never})
        for (const auto& reason : reasons)
            all += reason + "\n";
    return all;
}

inline std::string refused(const slack::Post& post) {
    return refused(check_blocks(post.blocks, fake_slack::Surface::message));
}

inline std::string refused(const json::Value& view) {
    return refused(check_view(*view.object(), fake_slack::Surface::modal));
}

inline json::Value as_json(const slack::Post& post) {
    return json::Object{{"text", post.text}, {"blocks", post.blocks}};
}

inline void expect_golden_view(const std::string& name, const json::Value& view) {
    EXPECT_EQ(refused(view), "") << name;
    expect_golden(name, view);
}

inline void expect_golden(const std::string& name, const Message& message, slack::Readers readers) {
    const auto posts = slack::render(message, DeliveryId{1795512600001}, readers, catalogue());
    for (std::size_t part = 0; part < posts.size(); ++part) {
        EXPECT_EQ(refused(posts[part]), "") << name;
        expect_golden(name_of_part(name, part, posts.size()), as_json(posts[part]));
    }
}

inline void expect_direct(const std::string& name, const Composed& composed) {
    expect_golden(name, std::get<Message>(composed), slack::Readers::one);
}

inline void expect_in_channel(const std::string& name, const Composed& composed) {
    expect_golden(name, std::get<Message>(composed), slack::Readers::many);
}

inline void expect_form(const std::string& name, const Form& form) {
    expect_golden_view(name, slack::render(form, catalogue()));
}

inline void expect_in_place_of_a_form(const std::string& name, const Message& message) {
    expect_golden_view(name, slack::render_as_view(message, catalogue()));
}

}  // namespace muster::golden
