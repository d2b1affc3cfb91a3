#include "bot/app/acting.hpp"
#include "bot/app/service.hpp"
#include "bot/app/team_access.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/team_people.hpp"

namespace muster {
namespace {

Decision open(Acting& acting, Form form) {
    auto again = note(standup::reader_of(acting.person), text("team.form_did_not_open"));
    return {.reply = OpenForm{std::move(form), std::move(again)}};
}

}  // namespace

Decision press_on_people(Acting& acting, const Pressed& pressed) {
    auto roster = acting.view.roster(TeamId{pressed.subject}, acting.now);
    if (auto refusal = refused_to_change(acting, roster)) return *std::move(refusal);
    auto document = settings_document(acting.view);
    auto reader = standup::reader_of(acting.person);
    auto connection = acting.inbound.connection;
    switch (pressed.verb) {
        case Verb::edit_people:
            return open(acting, team_people::people_form(*roster, document, connection, reader));
        case Verb::edit_roles:
            return open(acting, team_people::roles_form(*roster, document, connection, reader));
        case Verb::delete_team:
            return {.reply = Say{team_people::delete_question(roster->team, reader)}};
        case Verb::confirm_delete:
            return team_people::deleted(roster->team, document, acting.person);
        default: return {};
    }
}

Decision act_on_people_form(Acting& acting, const Submitted& submitted) {
    auto roster = acting.view.roster(TeamId{submitted.form.subject}, acting.now);
    if (auto refusal = refused_to_change(acting, roster)) return *std::move(refusal);
    team_people::Wish wish;
    wish.kind = submitted.form.kind == FormKind::people ? SetupKind::people : SetupKind::roles;
    wish.connection = acting.inbound.connection;
    wish.account = acting.inbound.account;
    wish.values = submitted.values;
    return team_people::asked(
        roster->team,
        std::move(wish),
        settings_document(acting.view),
        acting.person,
        acting.now,
        acting.ids
    );
}

}  // namespace muster
