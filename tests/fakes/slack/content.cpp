#include "tests/fakes/slack/content.hpp"

#include "tests/fakes/slack/mrkdwn.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::size_t longest_text = 40'000;

void judge(Content& content, Verdict verdict, const char* error, const char* error_when_long) {
    for (auto& line : verdict.never)
        content.violations.push_back(std::move(line));
    for (auto& line : verdict.refused) {
        content.messages.push_back("[ERROR] " + line);
        content.violations.push_back(std::move(line));
        content.error = error;
    }
    if (!verdict.is_too_long) return;
    content.violations.emplace_back("all blocks together are too long");
    content.error = error_when_long;
}

}  // namespace

Content read_content(const json::Value* text, const json::Value* blocks) {
    Content content;
    if (text && text->text()) content.text = *text->text();
    if (blocks && blocks->array()) {
        content.blocks = *blocks->array();
        content.has_blocks = true;
    }
    if (content.text.empty()) content.violations.emplace_back("text is empty");
    if (content.text.empty() && content.blocks.empty()) content.error = "no_text";
    if (characters_in(content.text) > longest_text)
        content.violations.emplace_back("text is longer than 40000 characters and will be cut");
    for (const auto& token : mentions_and_links_in(content.text))
        content.violations.push_back("text: unescaped " + token);
    judge(
        content,
        check_blocks(content.blocks, Surface::message),
        "invalid_blocks",
        "msg_blocks_too_long"
    );
    return content;
}

Content read_view(const json::Object& view, Surface surface) {
    Content content;
    judge(content, check_view(view, surface), "invalid_arguments", "view_too_large");
    return content;
}

}  // namespace muster::fake_slack
