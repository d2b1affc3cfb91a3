#pragma once

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "adapters/slack/render.hpp"
#include "config/texts.hpp"
#include "tests/fakes/slack/block_kit.hpp"

// What Slack gets, file by file: a change of it is seen in a review, and the files are checked with
// Slack's own types and drawn (tests/contract/slack/golden/README.md).
namespace muster::slack::golden {

inline const Catalogue& catalogue() {
    static const auto real = config::load_texts();
    return real;
}

inline std::string content_of(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

// What Slack would refuse, or the app must not send.
inline std::string refused(const fake_slack::Verdict& verdict) {
    std::string all = verdict.is_too_long ? "too long together\n" : "";
    for (const auto& reasons : {verdict.refused, verdict.never})
        for (const auto& reason : reasons)
            all += reason + "\n";
    return all;
}

inline std::string refused(const Post& post) {
    return refused(check_blocks(post.blocks, fake_slack::Surface::message));
}

inline std::string refused(const json::Value& view) {
    return refused(check_view(*view.object(), fake_slack::Surface::modal));
}

// What differs is written beside the build, to be looked at and then copied.
inline void expect_golden(const std::string& name, const json::Value& made) {
    const auto expected = content_of(MUSTER_GOLDEN_FOLDER "/" + name + ".json");
    const auto actual = json::pretty(made);
    if (actual == expected) return;
    std::ofstream(MUSTER_GOLDEN_MADE "/" + name + ".json") << actual;
    ADD_FAILURE() << name << ".json is not what is made now: look at " MUSTER_GOLDEN_MADE "/"
                  << name << ".json";
}

inline json::Value as_json(const Post& post) {
    return json::Object{{"text", post.text}, {"blocks", post.blocks}};
}

inline void expect_golden_view(const std::string& name, const json::Value& view) {
    EXPECT_EQ(refused(view), "") << name;
    expect_golden(name, view);
}

inline void expect_golden(const std::string& name, const Message& message, Readers readers) {
    const auto posts = render(message, DeliveryId{1795512600001}, readers, catalogue());
    for (std::size_t i = 0; i < posts.size(); ++i) {
        EXPECT_EQ(refused(posts[i]), "") << name;
        const auto part = posts.size() == 1 ? "" : "." + std::to_string(i + 1);
        expect_golden(name + part, as_json(posts[i]));
    }
}

}  // namespace muster::slack::golden
