#include "bot/app/form_again.hpp"

#include "bot/domain/messages.hpp"
#include "bot/domain/team_blocker.hpp"

namespace muster {
namespace {

std::optional<Form> form_in(Decision decision) {
    auto* opened = std::get_if<OpenForm>(&decision.reply);
    return opened ? std::optional{std::move(opened->form)} : std::nullopt;
}

// As the button opens it that it is opened by.
std::optional<Form> opened_by(Acting& acting, Verb verb, std::int64_t subject) {
    Pressed pressed{.verb = verb, .subject = subject, .message = ""};
    return form_in(act_on_press(acting, pressed));
}

std::optional<Form> details_of_blocker(Acting& acting, std::int64_t id) {
    auto blocker = acting.view.blocker(BlockerId{id});
    auto turn = blocker && blocker->round ? acting.own_turn(blocker->round->value) : std::nullopt;
    if (!turn) return std::nullopt;
    return standup::open_blocker_details(*blocker, *turn).form;
}

std::optional<Form> page_of_answer(Acting& acting, const FormContext& sent) {
    auto turn = acting.own_turn(sent.subject);
    if (!turn) return std::nullopt;
    return standup::open_answer_form(*turn, sent.page, acting.now).form;
}

std::optional<Form> as_of_now(Acting& acting, const FormContext& sent) {
    switch (sent.kind) {
        case FormKind::answer: return page_of_answer(acting, sent);
        case FormKind::blocker_details: return details_of_blocker(acting, sent.subject);
        case FormKind::new_blocker: return opened_by(acting, Verb::add_blocker, sent.subject);
        case FormKind::team_blocker:
            return team_blocker::open_form(acting.person, acting.teams(), "").form;
        case FormKind::schedule: return opened_by(acting, Verb::edit_schedule, sent.subject);
        case FormKind::questions: return opened_by(acting, Verb::edit_questions, sent.subject);
        case FormKind::people: return opened_by(acting, Verb::edit_people, sent.subject);
        case FormKind::roles: return opened_by(acting, Verb::edit_roles, sent.subject);
        case FormKind::days_off: return opened_by(acting, Verb::edit_days_off, sent.subject);
        case FormKind::cover: return opened_by(acting, Verb::edit_cover, sent.subject);
        case FormKind::setup: return opened_by(acting, Verb::setup_form, sent.subject);
        case FormKind::setup_trial: return opened_by(acting, Verb::setup_try, sent.subject);
    }
    return std::nullopt;
}

}  // namespace

// What was changed meanwhile by somebody else stays refused: it is still the form that was sent.
std::optional<Form> form_again(Acting& acting, const FormContext& sent) {
    auto form = as_of_now(acting, sent);
    if (form) form->context = sent;
    return form;
}

}  // namespace muster
