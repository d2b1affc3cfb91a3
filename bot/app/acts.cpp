#include "bot/app/acts.hpp"

#include <algorithm>

#include "bot/app/acting.hpp"
#include "bot/app/form_again.hpp"
#include "bot/app/news.hpp"
#include "bot/app/plain_replies.hpp"
#include "bot/domain/command.hpp"
#include "bot/domain/home.hpp"
#include "bot/domain/mention.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

const std::string no_message;  // what is typed as a command cannot be edited

// One for each kind of thing that a person does.
struct ByPerson {
    Acting& acting;

    Decision operator()(const Said& said) {
        return said_then(act_on_line(acting, said), said.message);
    }

    Decision operator()(const Edited& edited) {
        return said_then(act_on_edit(acting, edited), edited.message);
    }

    Decision operator()(const Deleted& deleted) {
        return said_then(act_on_deletion(acting, deleted), deleted.message);
    }

    Decision operator()(const Pressed& pressed) {
        auto decision = act_on_press(acting, pressed);
        if (!pressed.delivery) return decision;
        News news{acting.view, acting.inbound.connection, acting.now, acting.said_at(), acting.ids};
        note_arrival(decision, news, *pressed.delivery, pressed.message);
        return decision;
    }

    Decision operator()(const Submitted& submitted) {
        auto decision = act_on_form(acting, submitted);
        if (auto* errors = std::get_if<FormErrors>(&decision.reply))
            errors->form = form_again(acting, submitted.form);
        return decision;
    }

    Decision operator()(const Dismissed& dismissed) { return act_on_dismissal(acting, dismissed); }

    Decision operator()(const Commanded& commanded) {
        return said_then(act_on_command(acting, commanded), no_message);
    }

    Decision operator()(const HomeOpened& opened) {
        auto& [view, inbound, person, now, ids] = acting;
        auto account = view.account(inbound.connection, inbound.account);
        auto published = view.deliveries_of(Purpose::home, account->id.value);
        auto shown = published.empty() ? std::nullopt : std::optional{published.front()};
        return home::opened(person, account->id, shown, opened.is_blank, now, ids);
    }

    Decision operator()(const BlockerWanted& wanted) { return act_on_wish(acting, wanted); }

    // Whatever is made of words remembers when they were typed.
    Decision said_then(Decision decision, const std::string& message) {
        return standup::said_then(std::move(decision), message, acting.said_at());
    }
};

template <class Event>
Decision act_of_person(View& view, const Inbound& inbound, const Event& event, Instant now) {
    auto account = view.account(inbound.connection, inbound.account);
    auto person = account ? view.person(account->person) : std::nullopt;
    if (!person || person->archived)
        return Decision{.reply = standup::say(Person{}, text("stranger.unknown"))};
    Acting acting{view, inbound, *person, now, IdSource{inbound.seed}};
    return in_plain_words(acting, ByPerson{acting}(event));
}

// "why @U123" asks for that account itself, and for nobody of the same name.
bool asks_why_of_somebody(const Command& command) {
    const auto* why = std::get_if<command::Why>(&command);
    return why && !why->person.empty();
}

bool asks_why_of_somebody(const InboundEvent& event) {
    if (const auto* said = std::get_if<Said>(&event)) {
        auto command = command_in_line(said->text, {});
        return command && asks_why_of_somebody(*command);
    }
    const auto* commanded = std::get_if<Commanded>(&event);
    if (!commanded) return false;
    auto parsed = parse_command(commanded->text, {});
    const auto* command = std::get_if<Command>(&parsed);
    return command && asks_why_of_somebody(*command);
}

void name_people_in(std::string& text, View& view, ConnectionId connection) {
    NamedAccounts names;
    for (auto& id : accounts_mentioned_in(text)) {
        auto account = view.account(connection, id);
        auto person = account ? view.person(account->person) : std::nullopt;
        if (person) names.emplace_back(std::move(id), std::move(person->name));
    }
    if (!names.empty()) text = with_names_for_accounts(text, names);
}

// A platform may name somebody by their account where they were mentioned: whoever reads what was
// typed is to read a name.
InboundEvent with_people_named(const Inbound& inbound, View& view) {
    auto event = inbound.event;
    if (asks_why_of_somebody(event)) return event;
    auto name_in = [&](std::string& text) { name_people_in(text, view, inbound.connection); };
    if (auto* said = std::get_if<Said>(&event)) name_in(said->text);
    if (auto* edited = std::get_if<Edited>(&event)) name_in(edited->text);
    if (auto* commanded = std::get_if<Commanded>(&event)) name_in(commanded->text);
    if (auto* wanted = std::get_if<BlockerWanted>(&event)) name_in(wanted->words);
    if (auto* submitted = std::get_if<Submitted>(&event))
        for (auto& [field, entered] : submitted->values)
            name_in(entered);
    return event;
}

template <class Event>
concept IsNews = requires(News& news, const Event& event) {
    act_on_news(news, event);
};

}  // namespace

Decision act(View& view, const Inbound& inbound, Instant now) {
    auto decide = [&]<class Event>(const Event& event) {
        if constexpr (IsNews<Event>) {
            IdSource ids{inbound.seed};
            News news{view, inbound.connection, now, told_at(inbound, now), ids};
            return act_on_news(news, event);
        } else {
            return act_of_person(view, inbound, event, now);
        }
    };
    return std::visit(decide, with_people_named(inbound, view));
}

std::string key_of_line(const std::string& message) {
    return "line:" + message;
}

}  // namespace muster
