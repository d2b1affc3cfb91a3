#include "adapters/slack/outcome.hpp"

#include "bot/domain/hindrance.hpp"
#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {
namespace {

using Kind = Outcome::Kind;
using Codes = std::vector<std::string>;

// The codes of the methods' own tables and of the table that they share, as of May 2026
// (SOURCES.md).
const Codes refused_everywhere{
    "access_denied",
    "invalid_arg_name",
    "invalid_arguments",
    "invalid_array_arg",
    "invalid_charset",
    "invalid_form_data",
    "invalid_post_type",
    "missing_post_type",
    "no_permission",
    "channel_not_found",
    "a_code_of_next_year",
};
const Codes suspended_everywhere{
    "accesslimited",
    "account_inactive",
    "deprecated_endpoint",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "message_limit_exceeded",
    "method_deprecated",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "team_added_to_org",
    "team_disabled",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
    "user_removed_from_team",
};
const Codes ambiguous_everywhere{
    "internal_error", "fatal_error", "service_unavailable", "request_timeout"};

const Codes refused_posts{
    "as_user_not_supported",
    "attachment_payload_limit_exceeded",
    "cannot_reply_to_message",
    "draft_already_deleted",
    "draft_already_sent",
    "draft_has_conflict",
    "draft_not_found",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "is_archived",
    "markdown_text_conflict",
    "messages_tab_disabled",
    "metadata_must_be_sent_from_app",
    "metadata_too_large",
    "missing_file_data",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "not_in_channel",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "slack_connect_canvas_sharing_blocked",
    "slack_connect_file_link_sharing_blocked",
    "slack_connect_lists_sharing_blocked",
    "team_not_found",
    "too_many_attachments",
    "too_many_contact_cards",
    "user_disabled",
};
const Codes refused_edits{
    "as_user_not_supported",
    "block_mismatch",
    "blocked_file_type",
    "cant_broadcast_message",
    "cant_update_message",
    "edit_window_closed",
    "file_deleted",
    "file_is_deleted",
    "file_not_found",
    "file_share_limit_reached",
    "invalid_attachments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "is_inactive",
    "markdown_text_conflict",
    "max_file_sharing_exceeded",
    "message_not_found",
    "metadata_must_be_sent_from_app",
    "metadata_too_large",
    "msg_too_long",
    "no_dual_broadcast_content_update",
    "no_text",
    "posting_to_channel_denied",
    "slack_connect_blocked_file_type",
    "slack_connect_canvas_sharing_blocked",
    "slack_connect_clip_sharing_blocked",
    "slack_connect_file_link_sharing_blocked",
    "slack_connect_file_upload_sharing_blocked",
    "streaming_state_conflict",
    "team_not_found",
    "too_many_attachments",
    "unable_to_share_files",
};

class SlackOutcome : public ApiStory {
protected:
    ApiAnswer answer(HttpResult result) {
        ScriptedHttp http;
        WebApi api{http, clock, base_url, token};
        http.script = {std::move(result)};
        return result_of(api.call("chat.postMessage", {}));
    }

    Outcome outcome(Call call, HttpResult result) {
        return outcome_of(call, answer(std::move(result)));
    }

    void expect(Kind kind, Call call, const Codes& codes) {
        for (const auto& code : codes) {
            auto said = outcome(call, slack_refuses(code));
            EXPECT_EQ(said.kind, kind) << code;
            EXPECT_TRUE(said.reason == code || is_hindrance(said.reason)) << code;
        }
    }

    static bool is_hindrance(const std::string& reason) {
        return reason == hindrance::deactivated || reason == hindrance::unknown ||
               reason == hindrance::forbidden;
    }

    Reading reading(HttpResult result) { return reading_of(answer(std::move(result))); }

    const std::array<Call, 3> writing{Call::deliver, Call::update, Call::remove};
};

// ---- of calls that write

TEST_F(SlackOutcome, IsSentWhereSlackSaysWhereItIs) {
    auto said = outcome(Call::deliver, slack_says(R"({"ok":true,"channel":"D1","ts":"17.1"})"));

    EXPECT_EQ(said.kind, Kind::sent);
    EXPECT_EQ(said.provider_id, "D1/17.1");
}

TEST_F(SlackOutcome, IsAmbiguousWhereAPostIsSaidToBeDoneButNotWhere) {
    for (auto* text : {R"({"ok":true})", R"({"ok":true,"ts":"17.1"})", R"({"ok":true,"ts":17.1})"})
        EXPECT_EQ(outcome(Call::deliver, slack_says(text)).kind, Kind::ambiguous) << text;
}

TEST_F(SlackOutcome, NeedsNoPlaceOfAnEditOrARemoval) {
    EXPECT_EQ(outcome(Call::update, slack_says(R"({"ok":true})")).kind, Kind::sent);
    EXPECT_EQ(outcome(Call::remove, slack_says(R"({"ok":true})")).kind, Kind::sent);
}

TEST_F(SlackOutcome, IsRefusedByEveryCodeThatIsDefiniteOrNew) {
    for (auto call : writing)
        expect(Kind::refused, call, refused_everywhere);
    expect(Kind::refused, Call::deliver, refused_posts);
    expect(Kind::refused, Call::update, refused_edits);
    expect(Kind::refused, Call::remove, {"cant_delete_message"});
}

TEST_F(SlackOutcome, IsSentWhereWhatWasToBeRemovedIsGone) {
    EXPECT_EQ(outcome(Call::remove, slack_refuses("message_not_found")).kind, Kind::sent);
}

TEST_F(SlackOutcome, SuspendsTheConnectionWhereNoCallWouldGoThrough) {
    for (auto call : writing)
        expect(Kind::suspended, call, suspended_everywhere);
}

TEST_F(SlackOutcome, IsAmbiguousWhereSlackItselfDoesNotKnow) {
    for (auto call : writing)
        expect(Kind::ambiguous, call, ambiguous_everywhere);
    expect(Kind::ambiguous, Call::update, {"update_failed"});
    expect(
        Kind::ambiguous,
        Call::deliver,
        {"duplicate_message_not_found", "duplicate_channel_not_found"}
    );
}

TEST_F(SlackOutcome, IsAmbiguousWhereNobodyHeardTheAnswer) {
    HttpAnswer page{200, {{"content-type", "text/html"}}, "<h1>Sign in to the network</h1>"};
    HttpAnswer empty{200, {}, ""};
    HttpAnswer timeout{408, {}, ""};
    HttpAnswer gateway{502, {{"content-type", "text/html"}}, "<h1>Bad gateway</h1>"};
    HttpAnswer filter{403, {{"content-type", "text/html"}}, "<h1>Blocked</h1>"};
    HttpAnswer moved{302, {{"location", "https://elsewhere.example"}}, ""};
    auto broken = slack_says(R"({"ok":false,"error":"channel_not_found"})", 500);
    auto cut = slack_says(R"({"ok":true,"channel":"C1","ts":"17)");
    std::vector<HttpResult> unheard{
        lost(), page, empty, timeout, gateway, filter, moved, broken, cut};
    for (auto call : writing)
        for (const auto& result : unheard)
            EXPECT_EQ(outcome(call, result).kind, Kind::ambiguous) << outcome(call, result).reason;
}

TEST_F(SlackOutcome, IsForLaterWhereNothingWasSent) {
    for (auto call : writing) {
        auto said = outcome(call, not_sent());
        EXPECT_EQ(said.kind, Kind::try_later);
        EXPECT_EQ(said.retry_after, 0ms);
        EXPECT_EQ(said.reason, "no_answer");
    }
}

TEST_F(SlackOutcome, IsForLaterWhereSlackAsksForAPauseOfTheMethod) {
    HttpAnswer text{429, {{"content-type", "text/plain"}, {"retry-after", "12"}}, "slow down"};
    for (auto call : writing)
        for (const auto& result : {too_soon("12"), text}) {
            auto said = outcome(call, result);
            EXPECT_EQ(said.kind, Kind::try_later);
            EXPECT_EQ(said.retry_after, 12s);
            EXPECT_EQ(said.scope, Scope::call);
            EXPECT_EQ(said.reason, "ratelimited");
        }
    EXPECT_EQ(outcome(Call::deliver, slack_refuses("ratelimited")).retry_after, 30s);
}

TEST_F(SlackOutcome, AsksForAPauseOfThePlaceWhereThatHasTooMuch) {
    auto busy = outcome(Call::deliver, slack_refuses("rate_limited"));
    EXPECT_EQ(busy.kind, Kind::try_later);
    EXPECT_EQ(busy.scope, Scope::place);
    EXPECT_EQ(busy.retry_after, 30s);

    auto moving = outcome(Call::update, slack_refuses("external_channel_migrating"));
    EXPECT_EQ(moving.kind, Kind::try_later);
    EXPECT_EQ(moving.scope, Scope::place);
    EXPECT_EQ(moving.retry_after, 30s);
}

TEST_F(SlackOutcome, SaysWhatHindersInWordsThatAllPlatformsShare) {
    auto reason_of = [&](const char* code) {
        return outcome(Call::deliver, slack_refuses(code)).reason;
    };
    EXPECT_EQ(reason_of("user_disabled"), hindrance::deactivated);
    EXPECT_EQ(reason_of("channel_not_found"), hindrance::unknown);
    EXPECT_EQ(reason_of("messages_tab_disabled"), hindrance::forbidden);
    EXPECT_EQ(reason_of("msg_too_long"), "msg_too_long");
}

// ---- of calls that read

TEST_F(SlackOutcome, ReadsWhatIsAnswered) {
    EXPECT_EQ(reading(slack_says(R"({"ok":true,"messages":[]})")), Reading::answered);
}

TEST_F(SlackOutcome, CanNeverReadWhatItMayNot) {
    for (auto* code :
         {"missing_scope",
          "not_in_channel",
          "channel_not_found",
          "channel_is_limited_access",
          "user_disabled",
          "user_not_found",
          "user_not_visible",
          "no_permission",
          "method_deprecated",
          "not_allowed_token_type",
          "invalid_ts_oldest",
          "method_not_supported_for_channel_type",
          "a_code_of_next_year"})
        EXPECT_EQ(reading(slack_refuses(code)), Reading::never) << code;
}

TEST_F(SlackOutcome, ReadsLaterWhatCannotBeReadNow) {
    HttpAnswer gateway{502, {{"content-type", "text/html"}}, "<h1>Bad gateway</h1>"};
    HttpAnswer page{200, {{"content-type", "text/html"}}, "<h1>Sign in to the network</h1>"};
    std::vector<HttpResult> not_now{
        not_sent(),
        lost(),
        gateway,
        page,
        slack_says("{"),
        too_soon("3"),
        slack_refuses("internal_error"),
        slack_refuses("service_unavailable"),
        slack_refuses("list_record_comment_fetch_failed"),
        slack_refuses("invalid_cursor")};
    for (const auto& result : not_now) {
        auto said = answer(result);
        EXPECT_EQ(reading_of(said), Reading::not_now) << said.error;
        EXPECT_EQ(pause_of_reading(said), 10s);
    }
    EXPECT_EQ(pause_of_reading(answer(too_soon("60"))), 60s);
}

TEST_F(SlackOutcome, SeesByReadingThatTheConnectionIsRefused) {
    for (auto* code : {"invalid_auth", "account_inactive", "token_revoked", "org_login_required"})
        EXPECT_EQ(reading(slack_refuses(code)), Reading::suspended) << code;
}

}  // namespace
}  // namespace muster::slack
