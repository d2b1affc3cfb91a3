#include "bot/app/acting.hpp"
#include "bot/app/news.hpp"
#include "bot/app/settings_change.hpp"
#include "bot/app/team_access.hpp"
#include "bot/app/team_forms.hpp"
#include "bot/domain/access.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/team_people.hpp"

namespace muster {
namespace {

Form form_of(
    SetupKind kind,
    const Roster& roster,
    const settings::Document& document,
    ConnectionId connection,
    const Person& reader
) {
    auto make = kind == SetupKind::people ? team_people::people_form : team_people::roles_form;
    return make(roster, document, connection, standup::reader_of(reader));
}

}  // namespace

std::optional<Decision> refused_meanwhile(
    News& news, const Setup& setup, const settings::Document& document
) {
    const auto* by = onboarding::person_of(setup, document, setup.starter);
    auto roster = news.view.roster(setup.team.value_or(TeamId{}), news.now);
    if (!by || !roster) return std::nullopt;
    auto refused = [&](const char* why) {
        return team_people::refused(setup, why, document, news.now, news.ids);
    };
    auto hats = access::hats_of(*roster, by->id, news.now);
    if (!access::may(hats, access::Act::change_team_settings)) return refused("people.may_not");
    auto as_of_now = form_of(setup.kind, *roster, document, setup.connection, *by);
    if (!team_people::shows(setup, as_of_now)) return refused("people.changed_meanwhile");
    return std::nullopt;
}

Decision press_on_people(Acting& acting, const Pressed& pressed) {
    auto roster = acting.view.roster(TeamId{pressed.subject}, acting.now);
    if (auto refusal = refused_to_change(acting, roster)) return *std::move(refusal);
    auto document = settings_document(acting.view);
    auto open = [&](SetupKind kind) {
        auto connection = acting.inbound.connection;
        return open_team_form(acting, form_of(kind, *roster, document, connection, acting.person));
    };
    switch (pressed.verb) {
        case Verb::edit_people: return open(SetupKind::people);
        case Verb::edit_roles: return open(SetupKind::roles);
        case Verb::delete_team: {
            auto reader = standup::reader_of(acting.person);
            return {.reply = Say{team_people::delete_question(roster->team, reader)}};
        }
        case Verb::confirm_delete:
            return team_people::deleted(roster->team, document, acting.person);
        default: return {};
    }
}

Decision act_on_people_form(Acting& acting, const Submitted& submitted) {
    auto roster = acting.view.roster(TeamId{submitted.form.subject}, acting.now);
    if (auto refusal = refused_to_change(acting, roster)) return *std::move(refusal);
    auto document = settings_document(acting.view);
    team_people::Wish wish;
    wish.kind = submitted.form.kind == FormKind::people ? SetupKind::people : SetupKind::roles;
    wish.connection = acting.inbound.connection;
    auto as_of_now = form_of(wish.kind, *roster, document, wish.connection, acting.person);
    if (auto refusal = refused_as_changed(acting, as_of_now, submitted)) return *std::move(refusal);
    wish.account = acting.inbound.account;
    wish.values = submitted.values;
    wish.shown = submitted.form.shown;
    return team_people::asked(
        roster->team, std::move(wish), document, acting.person, acting.now, acting.ids
    );
}

}  // namespace muster
