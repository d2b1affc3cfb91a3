#include <algorithm>

#include "bot/domain/instant.hpp"
#include "tests/fakes/slack/block_checker.hpp"
#include "tests/fakes/slack/mrkdwn.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::size_t longest_id = 255;
constexpr std::size_t longest_url = 3'000;

}  // namespace

void BlockChecker::element(
    const Place& here,
    const json::Object& element,
    std::initializer_list<std::string_view> types,
    Names& action_ids
) {
    auto type = text_of(element, "type");
    if (std::ranges::find(types, type) == types.end())
        return refuse(here, "no element of type \"" + type + "\" here");
    string(here, element, "action_id", 1, longest_id);
    auto id = text_of(element, "action_id");
    if (!id.empty() && !action_ids.insert(id).second) refuse(here, "action_id " + id + " twice");
    plain_text(here, element, "placeholder", 150);
    flag(here, element, "focus_on_load");
    auto* focus = find(element, "focus_on_load");
    if (focus && focus->flag() && *focus->flag()) ++focused_;
    if (const auto* dialog = object(here, element, "confirm")) confirm(here / "confirm", *dialog);

    if (type == "button") return button(here, element);
    if (type == "plain_text_input") return text_input(here, element);
    if (type == "static_select") return select(here, element, false);
    if (type == "multi_static_select") return select(here, element, true);
    if (type == "radio_buttons" || type == "checkboxes") return few_options(here, element, 10);
    if (type == "overflow") return overflow(here, element);
    if (type == "datepicker") return picker(here, element, "initial_date", false);
    if (type == "timepicker") return picker(here, element, "initial_time", true);
    if (type == "datetimepicker") return picker(here, element, "initial_date_time", false);
    if (type == "image") {
        fields(here, element, {"alt_text"}, {"image_url", "slack_file"});
        return image(here, element);
    }
    fields(
        here,
        element,
        {},
        {"action_id",
         "placeholder",
         "focus_on_load",
         "confirm",
         "initial_user",
         "initial_users",
         "initial_conversation",
         "initial_channel",
         "max_selected_items",
         "filter",
         "default_to_current_conversation",
         "response_url_enabled"}
    );
}

void BlockChecker::image(const Place& here, const json::Object& image) {
    string(here, image, "alt_text", 1, 2'000);
    string(here, image, "image_url", 1, longest_url);
    if (!find(image, "image_url") && !find(image, "slack_file")) refuse(here, "shows no image");
}

void BlockChecker::button(const Place& here, const json::Object& button) {
    fields(
        here,
        button,
        {"text"},
        {"action_id", "value", "url", "style", "accessibility_label", "confirm"}
    );
    plain_text(here, button, "text", 75);
    string(here, button, "value", 0, 2'000);
    string(here, button, "url", 1, longest_url);
    one_of(here, button, "style", {"primary", "danger"});
    string(here, button, "accessibility_label", 1, 75);
}

void BlockChecker::text_input(const Place& here, const json::Object& input) {
    fields(
        here,
        input,
        {},
        {"action_id",
         "multiline",
         "min_length",
         "max_length",
         "initial_value",
         "placeholder",
         "focus_on_load",
         "dispatch_action_config"}
    );
    flag(here, input, "multiline");
    whole_number(here, input, "min_length", 0, 3'000);
    whole_number(here, input, "max_length", 1, 3'000);
    auto* most = find(input, "max_length");
    auto longest = most && most->number() ? static_cast<std::size_t>(*most->number()) : 3'000;
    string(here, input, "initial_value", 0, longest);
}

void BlockChecker::select(const Place& here, const json::Object& select, bool many) {
    if (many)
        fields(
            here,
            select,
            {},
            {"action_id",
             "placeholder",
             "focus_on_load",
             "confirm",
             "options",
             "option_groups",
             "initial_options",
             "max_selected_items"}
        );
    else
        fields(
            here,
            select,
            {},
            {"action_id",
             "placeholder",
             "focus_on_load",
             "confirm",
             "options",
             "option_groups",
             "initial_option"}
        );
    json::Array all;
    if (find(select, "option_groups")) {
        auto groups = objects(here, select, "option_groups", 1, 100);
        for (std::size_t index = 0; index < groups.size(); ++index) {
            auto place = here / "option_groups" / index;
            fields(place, *groups[index], {"label", "options"}, {});
            plain_text(place, *groups[index], "label", 75);
            for (const auto* one : objects(place, *groups[index], "options", 1, 100)) {
                option(place / "options", *one, true);
                all.emplace_back(*one);
            }
        }
    } else {
        for (const auto* one : objects(here, select, "options", 1, 100)) {
            option(here / "options", *one, true);
            all.emplace_back(*one);
        }
    }
    initial(here, select, all);
}

void BlockChecker::few_options(const Place& here, const json::Object& element, std::size_t most) {
    auto is_many = text_of(element, "type") == "checkboxes";
    if (is_many)
        fields(
            here, element, {"options"}, {"action_id", "initial_options", "focus_on_load", "confirm"}
        );
    else
        fields(
            here, element, {"options"}, {"action_id", "initial_option", "focus_on_load", "confirm"}
        );
    for (const auto* one : objects(here, element, "options", 1, most))
        option(here / "options", *one, false);
    initial(here, element, array_of(element, "options"));
}

void BlockChecker::overflow(const Place& here, const json::Object& element) {
    fields(here, element, {"options"}, {"action_id", "confirm"});
    for (const auto* one : objects(here, element, "options", 1, 5))
        option(here / "options", *one, true);
}

void BlockChecker::picker(
    const Place& here, const json::Object& picker, std::string_view initial, bool has_zone
) {
    if (has_zone)
        fields(
            here,
            picker,
            {},
            {"action_id", initial, "placeholder", "focus_on_load", "confirm", "timezone"}
        );
    else
        fields(here, picker, {}, {"action_id", initial, "placeholder", "focus_on_load", "confirm"});
    auto given = text_of(picker, initial);
    auto* value = find(picker, initial);
    if (!value) return;
    auto fits = initial == "initial_date"        ? date_from(given).has_value()
                : initial == "initial_date_time" ? value->number() && *value->number() > 999'999'999
                                                 : time_of_day_from(given) && given.size() == 5;
    if (!fits) refuse(here / initial, "cannot be read");
}

void BlockChecker::option(const Place& here, const json::Object& option, bool plain) {
    fields(here, option, {"text", "value"}, {"description", "url"});
    if (plain)
        plain_text(here, option, "text", 75);
    else
        text_object(here, option, "text", 75);
    string(here, option, "value", 1, 75);
    text_object(here, option, "description", 75);
    string(here, option, "url", 1, longest_url);
}

void BlockChecker::confirm(const Place& here, const json::Object& dialog) {
    fields(here, dialog, {"title", "text", "confirm", "deny"}, {"style"});
    plain_text(here, dialog, "title", 100);
    text_object(here, dialog, "text", 300);
    plain_text(here, dialog, "confirm", 30);
    plain_text(here, dialog, "deny", 30);
    one_of(here, dialog, "style", {"primary", "danger"});
}

// Slack compares every field of it.
void BlockChecker::initial(
    const Place& here, const json::Object& element, const json::Array& options
) {
    auto is_among = [&](const json::Value& one) {
        return std::ranges::find(options, one) != options.end();
    };
    if (auto* one = find(element, "initial_option"); one && !is_among(*one))
        refuse(here / "initial_option", "equals none of the options");
    if (!find(element, "initial_options")) return;
    if (array_of(element, "initial_options").empty()) refuse(here / "initial_options", "is empty");
    for (const auto& one : array_of(element, "initial_options"))
        if (!is_among(one)) refuse(here / "initial_options", "equals none of the options");
}

void BlockChecker::markup(const Place& here, std::string_view mrkdwn) {
    for (const auto& token : mentions_and_links_in(mrkdwn))
        never(here, "unescaped " + token);
}

}  // namespace muster::fake_slack
