#include "bot/app/act_blockers.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

// The blocker whose details page this is, and the team it is seen in.
struct OpenCase {
    Blocker blocker;
    blocker_case::Setting setting;
};

std::optional<OpenCase> case_of(Acting& acting, const FormContext& form) {
    auto blocker = acting.view.blocker(BlockerId{form.subject});
    auto setting = blocker ? acting.setting(blocker->team) : std::nullopt;
    if (!setting || blocker->raiser != acting.person.id) return std::nullopt;
    if (blocker->round)
        if (auto turn = acting.own_turn(blocker->round->value)) setting->run = turn->run;
    return OpenCase{*blocker, *setting};
}

}  // namespace

Decision act_on_form(Acting& acting, const Submitted& submitted) {
    switch (submitted.form.kind) {
        case FormKind::answer: {
            auto turn = acting.own_turn(submitted.form.subject);
            if (!turn) return acting.say(text("stale.not_yours"));
            return standup::on_form(
                *turn, submitted.form.page, submitted.values, acting.said(), acting.now, acting.ids
            );
        }
        case FormKind::blocker_details: {
            auto open = case_of(acting, submitted.form);
            if (!open) return acting.say(text("blocker.unknown"));
            return blocker_case::details(
                open->setting, open->blocker, submitted.values, acting.now, acting.ids
            );
        }
        case FormKind::new_blocker: {
            auto turn = acting.own_turn(submitted.form.subject);
            if (!turn) return acting.say(text("stale.not_yours"));
            return standup::on_new_blocker(*turn, submitted.values, acting.now, acting.ids);
        }
        case FormKind::schedule:
        case FormKind::questions: return act_on_team_form(acting, submitted);
        case FormKind::setup:
        case FormKind::setup_trial: return act_on_setup_form(acting, submitted);
        case FormKind::people:
        case FormKind::roles: return act_on_people_form(acting, submitted);
        case FormKind::days_off:
        case FormKind::cover: return act_on_days_form(acting, submitted);
        case FormKind::team_blocker: return raise_blocker_by_form(acting, submitted.values);
    }
    return {};
}

// "Skip these questions": the blocker is held back no longer.
Decision act_on_dismissal(Acting& acting, const Dismissed& dismissed) {
    if (dismissed.form.kind != FormKind::blocker_details) return {};
    auto open = case_of(acting, dismissed.form);
    if (!open) return {};
    return blocker_case::show(open->setting, open->blocker, acting.now, acting.ids);
}

}  // namespace muster
