#include <algorithm>

#include "bot/app/acting.hpp"
#include "bot/app/news.hpp"
#include "bot/app/settings_change.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/onboarding.hpp"

namespace muster {
namespace {

bool reports_there(News& news, const std::string& place) {
    auto channels = news.view.channels();
    return std::ranges::any_of(channels, [&](const Channel& channel) {
        auto team = news.view.team(channel.team);
        return channel.connection == news.connection && channel.external_id == place && team &&
               !team->archived;
    });
}

std::vector<Setup> teams_on_their_way(News& news, const std::string& place) {
    auto setups = news.view.setups_at(news.connection, place);
    std::erase_if(setups, [](const Setup& one) { return one.kind != SetupKind::new_team; });
    return setups;
}

// Only who invited Muster; to everybody else it does not exist.
std::optional<Setup> own_setup(Acting& acting, std::int64_t id) {
    auto setup = acting.view.setup(SetupId{id});
    const bool is_own = setup && setup->kind == SetupKind::new_team &&
                        setup->connection == acting.inbound.connection &&
                        setup->starter == acting.inbound.account;
    return is_own ? setup : std::nullopt;
}

Decision open(Acting& acting, Form form) {
    auto again = note(standup::reader_of(acting.person), text("setup.form_did_not_open"));
    return {.reply = OpenForm{std::move(form), std::move(again)}};
}

Decision open_trial(Acting& acting, const Setup& setup) {
    auto trial = onboarding::trial(setup, settings_document(acting.view), acting.now);
    return trial ? open(acting, *std::move(trial)) : acting.say(text("setup.changed_meanwhile"));
}

// Nothing of it can be changed here any more.
std::optional<Text> why_over(const Setup& setup) {
    if (setup.state == SetupState::started) return text("setup.was_started");
    if (setup.state == SetupState::ended) return text("setup.was_ended");
    if (setup.state == SetupState::looking) return text("setup.wait");
    return std::nullopt;
}

}  // namespace

// A team reports there already: it is as if the place took posts again.
Decision act_on_news(News& news, const Joined& joined) {
    if (reports_there(news, joined.place)) return act_on_news(news, Reopened{joined.place});
    auto before = teams_on_their_way(news, joined.place);
    auto document = settings_document(news.view);
    return onboarding::invited(joined, news.connection, before, document, news.now, news.ids);
}

Decision act_on_news(News& news, const LookedUp& found) {
    auto setup = news.view.setup(found.setup);
    if (!setup || setup->connection != news.connection) return {};
    if (setup->kind == SetupKind::newcomer || setup->kind == SetupKind::group)
        return newcomer_looked_up(news, *std::move(setup), found);
    auto document = settings_document(news.view);
    if (setup->kind != SetupKind::new_team && setup->state == found.state)
        if (auto refusal = refused_meanwhile(news, *setup, document)) return *std::move(refusal);
    return onboarding::looked_up(*std::move(setup), found, document, news.now, news.ids);
}

Decision move_setups(News& news, const PlaceMoved& moved) {
    Decision decision;
    for (auto& setup : teams_on_their_way(news, moved.from)) {
        if (!onboarding::is_unfinished(setup)) continue;
        setup.place = moved.to;
        decision.changes.emplace_back(std::move(setup));
    }
    return decision;
}

Decision leave_setups(News& news, const std::string& place) {
    auto setups = teams_on_their_way(news, place);
    if (setups.empty()) return {};
    return onboarding::uninvited(setups, settings_document(news.view), news.now, news.ids);
}

Decision press_on_setup(Acting& acting, const Pressed& pressed) {
    auto setup = own_setup(acting, pressed.subject);
    if (!setup) return acting.say(text("stale.not_yours"));
    if (auto why = why_over(*setup)) return acting.say(*std::move(why));
    switch (pressed.verb) {
        case Verb::setup_form: {
            auto reader = standup::reader_of(acting.person);
            return open(acting, onboarding::form(*setup, settings_document(acting.view), reader));
        }
        case Verb::setup_decline:
            return onboarding::declined(*std::move(setup), acting.person, acting.now, acting.ids);
        case Verb::setup_try: return open_trial(acting, *setup);
        default: break;
    }
    // What is started is what was read: not an older proposal, nor one that is being checked.
    if (setup->state != SetupState::proposed || pressed.extra != setup->proposals)
        return acting.say(text("setup.changed_meanwhile"));
    return onboarding::started(
        *std::move(setup), settings_document(acting.view), acting.person, acting.now, acting.ids
    );
}

Decision act_on_setup_form(Acting& acting, const Submitted& submitted) {
    auto setup = own_setup(acting, submitted.form.subject);
    if (!setup) return acting.say(text("stale.not_yours"));
    if (auto why = why_over(*setup)) return acting.say(*std::move(why));
    if (submitted.form.kind == FormKind::setup)
        return onboarding::entered(
            *std::move(setup), submitted.values, acting.person, acting.now, acting.ids
        );
    auto shown =
        onboarding::tried(*setup, settings_document(acting.view), submitted.values, acting.now);
    if (!shown) return acting.say(text("setup.changed_meanwhile"));
    return {.reply = Say{*std::move(shown)}};
}

}  // namespace muster
