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
    auto words = text("team.changed_meanwhile");
    const auto& first = as_of_now.fields.front().key;
    return Decision{
        .reply = FormErrors{standup::reader_of(acting.person), {{first, std::move(words)}}}};
}

}  // namespace muster
