#include "bot/domain/plain_reply.hpp"

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

Button button(Verb verb, std::int64_t subject) {
    Button button;
    button.verb = verb;
    button.subject = subject;
    return button;
}

// What keeps these choices, offered at `at`.
Draft offered(std::int64_t id, const std::vector<Button>& choices, Instant at) {
    Draft draft;
    draft.id = DraftId{id};
    draft.person = amira.id;
    draft.kind = DraftKind::numbered;
    draft.text = plain::to_text(choices);
    draft.expires_at = at + standup::draft_life;
    return draft;
}

const std::vector<Button> skip_or_stop{button(Verb::skip, 600), button(Verb::stop, 100)};

TEST(PlainNumber, PressesTheChoiceThatWasOfferedLast) {
    auto now = nine_thirty + 10min;
    auto older = offered(1, {button(Verb::back, 0)}, now - 2min);
    auto drafts = std::vector{older, offered(2, skip_or_stop, now - 1min)};

    EXPECT_EQ(plain::pressed_by("2", drafts, {open_turn()}, now)->verb, Verb::stop);
    EXPECT_FALSE(plain::pressed_by("3", drafts, {open_turn()}, now));
    EXPECT_FALSE(plain::pressed_by("2 letters", drafts, {open_turn()}, now));
}

TEST(PlainNumber, AnswersAStandUpThatWasAskedForSinceThen) {
    auto drafts = std::vector{offered(1, skip_or_stop, nine_thirty - 1min)};

    EXPECT_TRUE(plain::pressed_by("1", drafts, {}, nine_thirty + 1min));
    EXPECT_FALSE(plain::pressed_by("1", drafts, {open_turn()}, nine_thirty + 1min));
}

TEST(PlainReply, KeepsItsChoicesInPlaceOfTheOnesBefore) {
    auto message = note(Reader{}, text("stop.which_team"));
    message.blocks.push_back(Buttons{skip_or_stop});
    auto chance = ids();
    auto before = std::vector{offered(1, {button(Verb::back, 0)}, nine_thirty - 1min)};
    auto decision = plain::in_words(
        Decision{.reply = Say{message}}, amira, before, plain::After::a_press, nine_thirty, chance
    );

    EXPECT_EQ(row<DraftEnds>(decision).draft, DraftId{1});
    EXPECT_EQ(row<Draft>(decision).text, plain::to_text(skip_or_stop));
    EXPECT_EQ(timer(decision, TimerKind::drop_draft), nine_thirty + standup::draft_life);
}

TEST(PlainReply, ForgetsItsChoicesAfterTheNextLineAndNotAfterAPress) {
    auto before = std::vector{offered(1, skip_or_stop, nine_thirty - 1min)};
    auto decided = [&](plain::After after) {
        auto chance = ids();
        return plain::in_words({}, amira, before, after, nine_thirty, chance);
    };

    EXPECT_EQ(rows<DraftEnds>(decided(plain::After::a_line)).size(), 1);
    EXPECT_TRUE(rows<DraftEnds>(decided(plain::After::a_press)).empty());
}

}  // namespace
}  // namespace muster
