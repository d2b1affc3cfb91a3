#include "bot/app/team_forms.hpp"

#include "bot/domain/form_parts.hpp"
#include "bot/domain/messages.hpp"

namespace muster {

Decision open_team_form(Acting& acting, Form form) {
    form.context.shown = digest_of(form);
    auto again = note(standup::reader_of(acting.person), text("team.form_did_not_open"));
    return {.reply = OpenForm{std::move(form), std::move(again)}};
}

std::optional<Decision> refused_as_changed(
    Acting& acting, const Form& as_of_now, const Submitted& submitted
) {
    const auto shown = submitted.form.shown;
    if (!shown || *shown == digest_of(as_of_now)) return std::nullopt;
    return refused_with(acting, submitted.values, text("team.changed_meanwhile"));
}

Decision refused_with(const Acting& acting, const FormValues& values, Text why) {
    if (values.empty()) return acting.say(std::move(why));
    auto reader = standup::reader_of(acting.person);
    return {.reply = FormErrors{std::move(reader), {{values.front().first, std::move(why)}}}};
}

Decision refused_as_unfit(
    const Acting& acting, const FormValues& values, const std::vector<settings::Problem>& problems
) {
    auto expected = UserText{problems.front().expected};
    return refused_with(acting, values, text("team.does_not_fit", {{"expected", expected}}));
}

}  // namespace muster
