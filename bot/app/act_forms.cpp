#include <algorithm>

#include "bot/app/acting.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

std::string value_of(const FormValues& values, std::string_view key) {
    auto value = std::ranges::find(values, key, &FormValues::value_type::first);
    return value == values.end() ? std::string{} : value->second;
}

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

// "Add a blocker": raised with its details at once, so that nothing is held back.
Decision on_new_blocker(Acting& acting, const Submitted& submitted) {
    auto turn = acting.own_turn(submitted.form.subject);
    if (!turn || turn->left) return acting.say(text("stale.round_is_over"));
    auto title = value_of(submitted.values, "title");
    if (means_nothing(title)) {
        auto reader = Reader{acting.person.language, acting.person.zone};
        return Decision{.reply = FormErrors{reader, {{"title", text("form.error_blocker_title")}}}};
    }
    auto setting = blocker_case::setting_of(*turn);
    auto raised = blocker_case::raise(setting, title, turn->round.id, acting.now, acting.ids);
    auto decision = std::move(raised.decision);
    for (const auto& blocker : setting.open) {
        if (blocker.id != raised.blocker || raised.again) continue;
        auto detailed =
            blocker_case::details(setting, blocker, submitted.values, acting.now, acting.ids);
        if (std::holds_alternative<FormErrors>(detailed.reply))
            return Decision{.reply = detailed.reply};
        append(decision, std::move(detailed));
    }
    return decision;
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
        case FormKind::new_blocker: return on_new_blocker(acting, submitted);
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
