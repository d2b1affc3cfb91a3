#include <map>

#include "adapters/slack/envelope.hpp"
#include "tests/contract/slack/samples.hpp"

namespace muster::slack {
namespace {

using Meanings = std::map<std::string, std::string>;

// The bot that the samples speak of.
const std::vector<Identity> the_bot{{"T111", "E111", "W111", "BZYBOTHED"}};
// Nobody in them.
const std::vector<Identity> muster{{"T111", "E111", "UMUSTER", "BMUSTER"}};

// As Slack delivers it: events as JSON, everything else as a form.
Heard read_as_sent(const Value& payload, const std::vector<Identity>& our_names) {
    bool is_event = payload.find("event") || payload.find("challenge");
    if (is_event) return read_event(json::dump(payload), our_names);
    if (payload.find("command")) return read_command(command_of(payload), our_names);
    return read_interaction(form_of("payload", json::dump(payload)), our_names);
}

// What a connection over a web socket wraps.
Value unwrapped(const Value& sample) {
    const auto* payload = sample.find("payload");
    return payload ? *payload : sample;
}

Meanings meanings_in(const std::string& folder) {
    Meanings meanings;
    for (const auto& sample : all_samples())
        if (sample.name.starts_with(folder))
            meanings[sample.name.substr(folder.size())] =
                meaning_of(read_as_sent(unwrapped(value_of(sample)), the_bot));
    return meanings;
}

Meanings meanings_for_us() {
    Meanings meanings;
    for (const auto& sample : all_samples()) {
        auto heard = read_as_sent(meant_for_us(unwrapped(value_of(sample))), muster);
        if (std::holds_alternative<Told>(heard)) meanings[sample.name] = meaning_of(heard);
    }
    return meanings;
}

TEST(SlackSamples, OfRealPayloadsMeanWhatTheyMean) {
    const Meanings expected{
        {"app__app_mention_event_body.json", "W222 of T111/E111 commanded: Hi there!"},
        {"app_bot_only__app_mention_request_body.json", "W222 of T111/E111 commanded: Hi there!"},
        {"app_custom_authorize__app_mention_request_body.json",
         "W222 of T111/E111 commanded: Hi there!"},
        {"app_using_methods_in_class__payload.json", "shortcut"},
        {"authorize__block_actions_body.json", "unknown_button"},
        {"block_actions__body.json", "unknown_button"},
        {"block_suggestion__body.json", "suggestion"},
        {"error_handler__body.json", "unknown_button"},
        {"events__app_uninstalled_body.json", " of T111/E111 lost: app_uninstalled"},
        {"events__body.json", " of /E333 left C111"},
        {"events__join_event_body.json", " of T111/E111 U999 came to C111"},
        {"events__left_event_body.json", "not_for_us"},
        {"events__message_file_share_body.json", "not_for_us"},
        {"events__tokens_revoked_body.json", "tokens_revoked"},
        {"events__valid_event_body.json", "W222 of T111/E111 commanded: Hi there!"},
        {"events__valid_reaction_added_body.json", "unknown_event"},
        {"events_ignore_self__different_app_response_url_message_event.json", "from_a_bot"},
        {"events_ignore_self__event_body.json", "unknown_event"},
        {"events_ignore_self__response_url_message_event.json", "from_us"},
        {"events_org_apps__event_payload.json", "from_us"},
        {"events_request_verification__event_body.json", "unknown_event"},
        {"events_say_stream__org_app_mention_event_body.json",
         "W222 of /E111 commanded: Hi there!"},
        {"events_shared_channels__app_uninstalled_body.json",
         " of T_INSTALLED/E_INSTALLED lost: app_uninstalled"},
        {"events_shared_channels__event_body.json", "unknown_event"},
        {"events_shared_channels__join_event_body.json",
         " of T_INSTALLED/E_INSTALLED U999 came to C111"},
        {"events_shared_channels__left_event_body.json", "not_for_us"},
        {"events_shared_channels__tokens_revoked_body.json", "tokens_revoked"},
        {"events_shared_channels__valid_event_body.json",
         "W222 of T_INSTALLED/E_INSTALLED commanded: Hi there!"},
        {"events_shared_channels__valid_reaction_added_body.json", "unknown_event"},
        {"events_socket_mode__app_uninstalled_body.json", " of T111/E111 lost: app_uninstalled"},
        {"events_socket_mode__event_body.json", "unknown_event"},
        {"events_socket_mode__join_event_body.json", " of T111/E111 U999 came to C111"},
        {"events_socket_mode__left_event_body.json", "not_for_us"},
        {"events_socket_mode__tokens_revoked_body.json", "tokens_revoked"},
        {"events_socket_mode__valid_event_body.json", "W222 of T111/E111 commanded: Hi there!"},
        {"events_socket_mode__valid_reaction_added_body.json", "unknown_event"},
        {"events_token_revocations__event_payload.json", " of /E111 lost: app_uninstalled"},
        {"events_url_verification__event_body.json", "challenge"},
        {"installation_store_authorize__body.json", "unknown_button"},
        {"lazy__body.json", "unknown_button"},
        {"listener_middleware__body.json", "shortcut"},
        {"message__message_body.json", "from_us"},
        {"message__message_body2.json", "from_us"},
        {"message__message_body3.json", "from_us"},
        {"message_bot__bot_message_event_payload.json", "from_a_bot"},
        {"message_bot__classic_bot_message_event_payload.json", "from_a_bot"},
        {"message_bot__user_message_event_payload.json", "from_us"},
        {"message_changed__event_payload.json", "not_for_us"},
        {"message_deleted__event_payload.json", "not_for_us"},
        {"message_file_share__event_payload.json", "not_for_us"},
        {"message_thread_broadcast__event_payload.json", "not_for_us"},
        {"middleware__body.json", "shortcut"},
        {"shortcut__global_shortcut_body.json", "shortcut"},
        {"shortcut__message_shortcut_body.json", "shortcut"},
        {"view_closed__body.json", "unknown_form"},
        {"view_submission__body.json", "unknown_form"},
        {"view_submission__connect_channel_payload.json", "unknown_form"},
        {"view_submission__response_url_payload_body.json", "unknown_form"},
        {"web_client_customization__block_actions_body.json", "unknown_button"},
    };

    EXPECT_EQ(meanings_in("bolt-python/"), expected);
}

TEST(SlackSamples, OfTheWebSocketMeanTheSameAsOverHttp) {
    const Meanings expected{
        {"events_api_2.json", "not_for_us"},
        {"interactive_0.json", "shortcut"},
        {"slash_commands_1.json", "U111 of T111/ commanded: "},
    };

    EXPECT_EQ(meanings_in("socket-mode/"), expected);
}

// As they came: the frame is read by what reads the frames of a connection.
TEST(SlackSamples, OfTheWebSocketAreReadAsFrames) {
    Meanings meanings;
    for (const auto& sample : all_samples()) {
        if (!sample.name.starts_with("socket-mode/")) continue;
        auto frame = frame_in(sample.text);
        const auto* envelope = std::get_if<Envelope>(&frame);
        ASSERT_NE(envelope, nullptr) << sample.name;
        EXPECT_EQ(envelope->id, value_of(sample).text_of("envelope_id"));
        meanings[sample.name] =
            std::string{name_of(envelope->kind)} + ": " + meaning_of(heard_in(*envelope, the_bot));
    }
    const Meanings expected{
        {"socket-mode/events_api_2.json", "events_api: not_for_us"},
        {"socket-mode/interactive_0.json", "interactive: shortcut"},
        {"socket-mode/slash_commands_1.json", "slash_commands: U111 of T111/ commanded: "},
    };

    EXPECT_EQ(meanings, expected);
}

TEST(SlackSamples, MeanMoreWhenTheyAreMeantForUs) {
    const Meanings expected{
        {"bolt-python/app__app_mention_event_body.json",
         "W222 of T111/E111 commanded: @W111 Hi there!"},
        {"bolt-python/app_bot_only__app_mention_request_body.json",
         "W222 of T111/E111 commanded: @W111 Hi there!"},
        {"bolt-python/app_custom_authorize__app_mention_request_body.json",
         "W222 of T111/E111 commanded: @W111 Hi there!"},
        {"bolt-python/authorize__block_actions_body.json",
         "W99999 of T111/E111 pressed answer in C111/111.222"},
        {"bolt-python/block_actions__body.json",
         "W111 of T111/E111 pressed answer in C111/111.222"},
        {"bolt-python/error_handler__body.json", "W111 of T111/ pressed answer in "},
        {"bolt-python/events__app_uninstalled_body.json", " of T111/E111 lost: app_uninstalled"},
        {"bolt-python/events__join_event_body.json", " of T111/E111 U999 came to C111"},
        {"bolt-python/events__message_file_share_body.json",
         "U111 of T111/ said G111/1610493715.001000: Here is your file!"},
        {"bolt-python/events__valid_event_body.json",
         "W222 of T111/E111 commanded: @W111 Hi there!"},
        {"bolt-python/events_org_apps__event_payload.json",
         "W111 of /E111 said C111/1606810819.000800: @W222"},
        {"bolt-python/events_say_stream__org_app_mention_event_body.json",
         "W222 of /E111 commanded: @W111 Hi there!"},
        {"bolt-python/events_shared_channels__app_uninstalled_body.json",
         " of T_INSTALLED/E_INSTALLED lost: app_uninstalled"},
        {"bolt-python/events_shared_channels__join_event_body.json",
         " of T_INSTALLED/E_INSTALLED U999 came to C111"},
        {"bolt-python/events_shared_channels__valid_event_body.json",
         "W222 of T_INSTALLED/E_INSTALLED commanded: @W111 Hi there!"},
        {"bolt-python/events_socket_mode__app_uninstalled_body.json",
         " of T111/E111 lost: app_uninstalled"},
        {"bolt-python/events_socket_mode__join_event_body.json", " of T111/E111 U999 came to C111"},
        {"bolt-python/events_socket_mode__valid_event_body.json",
         "W222 of T111/E111 commanded: @W111 Hi there!"},
        {"bolt-python/events_token_revocations__event_payload.json",
         " of /E111 lost: app_uninstalled"},
        {"bolt-python/installation_store_authorize__body.json",
         "W99999 of T111/E111 pressed answer in C111/111.222"},
        {"bolt-python/lazy__body.json", "W111 of T111/ pressed answer in "},
        {"bolt-python/message__message_body.json",
         "W111 of T111/E111 said C111/1596183880.004200: Hello World!"},
        {"bolt-python/message__message_body2.json",
         "W111 of T111/E111 said C111/1596183880.004200: We've received 103 messages from you!"},
        {"bolt-python/message__message_body3.json",
         "W111 of T111/E111 said C111/1596183880.004200: Please fix JIRA-1234, SCM-567 and BUG-169 "
         "as soon as you can!"},
        {"bolt-python/message_bot__user_message_event_payload.json",
         "W111 of T111/E111 said C111/1610261659.001400: Hi there! Thanks for sharing the info!"},
        {"bolt-python/message_changed__event_payload.json",
         "U111 of T-auth/E-auth edited C111/1665102338.901939: updated message"},
        {"bolt-python/message_deleted__event_payload.json",
         "U111 of T-auth/E-auth deleted C111/1665368619.804829"},
        {"bolt-python/message_file_share__event_payload.json",
         "U111 of T111/ said C111/1652227646.593159: Hi there!"},
        {"bolt-python/message_thread_broadcast__event_payload.json",
         "U111 of T111/E111 said C111/1633670813.007500 below C111/1633663824.000500: Hi there!"},
        {"bolt-python/view_closed__body.json", "W111 of T111/ T111/E111 put away answer:11:1"},
        {"bolt-python/view_submission__body.json",
         "W111 of T111/ T111/E111 submitted answer:11:1 hspI=test"},
        {"bolt-python/view_submission__connect_channel_payload.json",
         "W111 of T-installed-workspace/ T-other-side/E-other-side submitted answer:11:1 zniAM=Hi "
         "there!"},
        {"bolt-python/web_client_customization__block_actions_body.json",
         "W99999 of T111/E111 pressed answer in C111/111.222"},
        {"java-slack-sdk/AppUninstalledPayload.json", " of lost: app_uninstalled"},
        {"java-slack-sdk/TeamAccessRevokedPayload.json", " of lost: team_access_revoked"},
        {"socket-mode/events_api_2.json", "U111 of T111/ said C111/1610197986.000300: @W111"},
        {"socket-mode/slash_commands_1.json", "U111 of T111/ commanded: "},
    };

    EXPECT_EQ(meanings_for_us(), expected);
}

// They hold every key that may come, and nothing in it.
TEST(SlackSamples, ThatAreBlankSayNothing) {
    for (const auto& [name, meaning] : meanings_in("java-slack-sdk/"))
        EXPECT_EQ(meaning.find(" of "), meaning.npos) << name << ": " << meaning;
}

}  // namespace
}  // namespace muster::slack
