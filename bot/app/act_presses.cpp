#include "bot/app/act_blockers.hpp"
#include "bot/app/acting.hpp"
#include "bot/domain/absence.hpp"
#include "bot/domain/away_hint.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

Decision on_round(Acting& acting, const Pressed& pressed, const Turn& turn) {
    switch (pressed.verb) {
        case Verb::answer:
        case Verb::change: return standup::open_form(turn, acting.now);
        case Verb::same_plan:
            return standup::answered_then(
                standup::same_plan(turn, acting.now, acting.ids), acting.said_at()
            );
        case Verb::snooze:
            return standup::snooze(turn, standup::usual_snooze, acting.now, acting.ids);
        case Verb::skip: return standup::skip(turn, acting.now, acting.ids);
        case Verb::remove_answer:
            return standup::answered_then(
                standup::remove_answer(turn, acting.now, acting.ids), acting.said_at()
            );
        case Verb::add_blocker:
            if (turn.person.plain) return acting.say(text("plain.add_blocker"));
            return Decision{.reply = standup::open_new_blocker(turn)};
        default: return {};
    }
}

Decision on_round(Acting& acting, const Pressed& pressed) {
    auto wanted = pressed.verb == Verb::remove_answer ? Takes::corrections : Takes::answers;
    return in_own_round(acting, pressed.subject, wanted, [&](const Turn& turn) {
        return on_round(acting, pressed, turn);
    });
}

Decision on_draft(Acting& acting, const Pressed& pressed) {
    auto draft = acting.own_draft(pressed.subject);
    if (!draft || draft->kind == DraftKind::added) return acting.say(text("draft.gone"));
    switch (pressed.verb) {
        case Verb::leave_draft:
        case Verb::forget_draft:
            if (draft->kind == DraftKind::away_hint)
                return away_hint::declined(acting.person, *draft, acting.now, acting.ids);
            return standup::forget_draft(acting.person, *draft);
        case Verb::confirm_absence: return confirm_dates(acting, *draft);
        default: break;
    }
    const bool waits_for_team = draft->kind == DraftKind::which_team;
    if (waits_for_team != (pressed.verb == Verb::choose_team))
        return acting.say(text("draft.gone"));
    if (waits_for_team)
        return standup::said_then(
            raise_kept_blocker(acting, *draft, TeamId{pressed.extra}),
            draft->message,
            draft->said_at
        );
    auto round =
        pressed.verb == Verb::choose_round ? pressed.extra : draft->round.value_or(RoundId{}).value;
    return in_own_round(acting, round, Takes::answers, [&](const Turn& turn) {
        if (pressed.verb == Verb::choose_round)
            return standup::use_for_round(turn, *draft, acting.now, acting.ids);
        auto use =
            pressed.verb == Verb::add_to_plan ? standup::DraftUse::add : standup::DraftUse::replace;
        return standup::use_draft(turn, *draft, use, acting.now, acting.ids);
    });
}

Decision on_team(Acting& acting, const Pressed& pressed) {
    auto roster = acting.view.roster(TeamId{pressed.subject}, acting.now);
    const auto* member = roster ? roster->member(acting.person.id) : nullptr;
    if (!member) return acting.say(text("stale.not_yours"));
    auto managers = holders(*roster, Role::delivery_manager, acting.now);
    switch (pressed.verb) {
        case Verb::stop:
            if (member->standing == Standing::observer)
                return acting.say(text("why.observer", {{"team", UserText{roster->team.name}}}));
            return standup::stop(
                acting.person, roster->team, acting.unfinished(), managers, acting.now, acting.ids
            );
        case Verb::undo_stop:
            return standup::undo_stop(
                acting.person, roster->team, acting.unfinished(), managers, acting.now, acting.ids
            );
        case Verb::wrong_hours:
            return standup::question_hours(
                acting.person, roster->team, managers, acting.now, acting.ids
            );
        default: return {};
    }
}

}  // namespace

Decision act_on_press(Acting& acting, const Pressed& pressed) {
    switch (pressed.verb) {
        case Verb::answer:
        case Verb::same_plan:
        case Verb::snooze:
        case Verb::skip:
        case Verb::change:
        case Verb::remove_answer:
        case Verb::add_blocker: return on_round(acting, pressed);
        case Verb::tell_only:
        case Verb::same_blocker:
        case Verb::help_with:
        case Verb::clear_blocker:
        case Verb::still_blocked:
        case Verb::moving: return press_on_blocker(acting, pressed);
        case Verb::add_to_plan:
        case Verb::replace_plan:
        case Verb::leave_draft:
        case Verb::choose_round:
        case Verb::choose_team:
        case Verb::confirm_absence:
        case Verb::forget_draft: return on_draft(acting, pressed);
        case Verb::undo_stop:
        case Verb::stop:
        case Verb::wrong_hours: return on_team(acting, pressed);
        case Verb::start_run: return start_chosen(acting, CeremonyId{pressed.subject});
        case Verb::back: return carry_out(acting, command::Back{});
        case Verb::show_team:
        case Verb::edit_schedule:
        case Verb::edit_questions:
        case Verb::pause_ceremony:
        case Verb::resume_ceremony: return press_on_team(acting, pressed);
        case Verb::edit_people:
        case Verb::edit_roles:
        case Verb::delete_team:
        case Verb::confirm_delete: return press_on_people(acting, pressed);
        case Verb::edit_days_off:
        case Verb::edit_cover: return press_on_days(acting, pressed);
        case Verb::setup_form:
        case Verb::setup_decline:
        case Verb::setup_try:
        case Verb::setup_start: return press_on_setup(acting, pressed);
        case Verb::add_newcomer:
        case Verb::leave_newcomer: return press_on_newcomer(acting, pressed);
        case Verb::use_zone:
        case Verb::keep_zone: return press_on_zone(acting, pressed);
        case Verb::my_week: return carry_out(acting, command::MyWeek{});
        case Verb::set_plain: return carry_out(acting, command::Plain{pressed.extra != 0});
        case Verb::set_longer: return carry_out(acting, command::Longer{pressed.extra != 0});
    }
    return {};
}

}  // namespace muster
