#include "bot/app/acting.hpp"
#include "bot/app/settings_change.hpp"
#include "bot/app/team_access.hpp"
#include "bot/app/team_forms.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/team_cover.hpp"
#include "bot/domain/team_days.hpp"

namespace muster {
namespace {

Form form_of(
    Acting& acting, FormKind kind, const Roster& roster, const settings::Document& document
) {
    auto reader = standup::reader_of(acting.person);
    auto today = local_date(roster.team.zone, acting.now);
    auto connection = acting.inbound.connection;
    if (kind == FormKind::cover)
        return team_cover::form(roster, document, connection, today, reader);
    return team_days::form(roster.team, document, today, reader);
}

}  // namespace

Decision press_on_days(Acting& acting, const Pressed& pressed) {
    auto roster = acting.view.roster(TeamId{pressed.subject}, acting.now);
    if (auto refusal = refused_to_change(acting, roster)) return *std::move(refusal);
    auto kind = pressed.verb == Verb::edit_cover ? FormKind::cover : FormKind::days_off;
    auto form = form_of(acting, kind, *roster, settings_document(acting.view));
    return open_team_form(acting, std::move(form));
}

// The way of `muster apply`, with this person as the actor.
Decision act_on_days_form(Acting& acting, const Submitted& submitted) {
    auto roster = acting.view.roster(TeamId{submitted.form.subject}, acting.now);
    if (auto refusal = refused_to_change(acting, roster)) return *std::move(refusal);
    const auto& team = roster->team;
    const auto& values = submitted.values;
    auto document = settings_document(acting.view);
    auto as_of_now = form_of(acting, submitted.form.kind, *roster, document);
    if (auto refusal = refused_as_changed(acting, as_of_now, submitted)) return *std::move(refusal);
    auto reader = standup::reader_of(acting.person);
    auto today = local_date(team.zone, acting.now);
    auto connection = acting.inbound.connection;
    auto is_cover = submitted.form.kind == FormKind::cover;
    auto asked = is_cover ? team_cover::asked(team, document, connection, values, today, reader)
                          : team_days::asked(team, document, values, today, reader);
    if (auto* errors = std::get_if<FormErrors>(&asked)) return {.reply = std::move(*errors)};
    const auto& wanted = std::get<settings::Wanted>(asked);
    auto changed = settings::change(document, wanted, false, acting.person.id, acting.ids);
    if (!changed) return refused_as_unfit(acting, values, changed.error());
    changed->decision.reply =
        Say{is_cover ? team_cover::told(wanted, document, today, reader)
                     : team_days::told(wanted, today, reader)};
    return std::move(changed->decision);
}

}  // namespace muster
