#include "bot/domain/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "bot/domain/fnv1a.hpp"
#include "bot/domain/text_parts.hpp"

namespace muster {
namespace {

constexpr std::array verbs{
    std::pair{Verb::answer, "answer"},
    std::pair{Verb::same_plan, "same_plan"},
    std::pair{Verb::snooze, "snooze"},
    std::pair{Verb::skip, "skip"},
    std::pair{Verb::change, "change"},
    std::pair{Verb::remove_answer, "remove_answer"},
    std::pair{Verb::add_blocker, "add_blocker"},
    std::pair{Verb::tell_only, "tell_only"},
    std::pair{Verb::same_blocker, "same_blocker"},
    std::pair{Verb::add_to_plan, "add_to_plan"},
    std::pair{Verb::replace_plan, "replace_plan"},
    std::pair{Verb::leave_draft, "leave_draft"},
    std::pair{Verb::choose_round, "choose_round"},
    std::pair{Verb::choose_team, "choose_team"},
    std::pair{Verb::confirm_absence, "confirm_absence"},
    std::pair{Verb::forget_draft, "forget_draft"},
    std::pair{Verb::undo_stop, "undo_stop"},
    std::pair{Verb::stop, "stop"},
    std::pair{Verb::help_with, "help_with"},
    std::pair{Verb::clear_blocker, "clear_blocker"},
    std::pair{Verb::still_blocked, "still_blocked"},
    std::pair{Verb::moving, "moving"},
    std::pair{Verb::wrong_hours, "wrong_hours"},
    std::pair{Verb::back, "back"},
    std::pair{Verb::my_week, "my_week"},
    std::pair{Verb::set_plain, "set_plain"},
    std::pair{Verb::set_longer, "set_longer"},
    std::pair{Verb::show_team, "show_team"},
    std::pair{Verb::edit_schedule, "edit_schedule"},
    std::pair{Verb::edit_questions, "edit_questions"},
    std::pair{Verb::pause_ceremony, "pause_ceremony"},
    std::pair{Verb::resume_ceremony, "resume_ceremony"},
    std::pair{Verb::setup_form, "setup_form"},
    std::pair{Verb::setup_decline, "setup_decline"},
    std::pair{Verb::setup_try, "setup_try"},
    std::pair{Verb::setup_start, "setup_start"},
    std::pair{Verb::edit_people, "edit_people"},
    std::pair{Verb::edit_roles, "edit_roles"},
    std::pair{Verb::edit_days_off, "edit_days_off"},
    std::pair{Verb::edit_cover, "edit_cover"},
    std::pair{Verb::delete_team, "delete_team"},
    std::pair{Verb::confirm_delete, "confirm_delete"},
    std::pair{Verb::use_zone, "use_zone"},
    std::pair{Verb::keep_zone, "keep_zone"},
    std::pair{Verb::add_newcomer, "add_newcomer"},
    std::pair{Verb::leave_newcomer, "leave_newcomer"},
    std::pair{Verb::start_run, "start_run"},
};

constexpr std::array form_kinds{
    std::pair{FormKind::answer, "answer"},
    std::pair{FormKind::blocker_details, "blocker_details"},
    std::pair{FormKind::new_blocker, "new_blocker"},
    std::pair{FormKind::schedule, "schedule"},
    std::pair{FormKind::questions, "questions"},
    std::pair{FormKind::team_blocker, "team_blocker"},
    std::pair{FormKind::setup, "setup"},
    std::pair{FormKind::setup_trial, "setup_trial"},
    std::pair{FormKind::people, "people"},
    std::pair{FormKind::roles, "roles"},
    std::pair{FormKind::days_off, "days_off"},
    std::pair{FormKind::cover, "cover"},
};

template <class Names, class Value>
const char* name_in(const Names& names, Value value) {
    for (const auto& [known, name] : names)
        if (known == value) return name;
    return "";
}

// Of everything that a reader of a message can see, each part with its kind and its end, so that
// two different messages do not run into the same bytes.
class Digest : private Fnv1a {
public:
    void add(const Message& message) {
        add(message.reader.language);
        add(message.reader.zone);
        add(message.notification);
        add(std::int64_t{message.edited});
        for (const auto& block : message.blocks) {
            add(static_cast<std::int64_t>(block.index()));
            std::visit([&](const auto& shown) { add(shown); }, block);
        }
    }

    std::int64_t value() const {
        const auto value = static_cast<std::int64_t>(Fnv1a::value() >> 1U);
        return value == 0 ? 1 : value;
    }

private:
    using Fnv1a::add;

    void add(const Heading& heading) { add(heading.text); }

    void add(const Paragraph& paragraph) { add(paragraph.text); }

    void add(const Quiet& quiet) { add(quiet.text); }

    void add(const Facts& facts) {
        for (const auto& [label, value] : facts.rows) {
            add(label);
            add(value);
        }
    }

    void add(const Items& items) { add(items.items); }

    void add(const Buttons& row) {
        for (const auto& button : row.buttons) {
            add(static_cast<std::int64_t>(button.verb));
            add(button.subject);
            add(button.extra);
            add(button.label);
            add(button.spoken);
            add(std::int64_t{button.primary});
        }
    }

    void add(const Text& text) {
        add(text.key);
        for (const auto& [name, argument] : text.arguments) {
            add(name);
            add(static_cast<std::int64_t>(argument.index()));
            std::visit([&](const auto& value) { add(value); }, argument);
        }
        add(std::int64_t{-1});
    }

    void add(const TextList& list) {
        for (const auto& text : list)
            add(text);
        add(std::int64_t{-1});
    }

    void add(const UserText& typed) { add(typed.value); }

    void add(const NamedPerson& person) {
        add(person.id.value);
        add(person.name);
    }

    void add(Instant instant) { add(std::int64_t{instant.time_since_epoch().count()}); }

    void add(LocalDate date) { add(to_text(date)); }

    void add(minutes length) { add(std::int64_t{length.count()}); }
};

// In UTF-8 all others continue one.
bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

}  // namespace

const char* name(Verb verb) {
    return name_in(verbs, verb);
}

bool opens_form(Verb verb) {
    switch (verb) {
        case Verb::answer:
        case Verb::change:
        case Verb::add_blocker:
        case Verb::edit_schedule:
        case Verb::edit_questions:
        case Verb::setup_form:
        case Verb::setup_try:
        case Verb::edit_people:
        case Verb::edit_roles:
        case Verb::edit_days_off:
        case Verb::edit_cover: return true;
        case Verb::same_plan:
        case Verb::snooze:
        case Verb::skip:
        case Verb::remove_answer:
        case Verb::tell_only:
        case Verb::same_blocker:
        case Verb::add_to_plan:
        case Verb::replace_plan:
        case Verb::leave_draft:
        case Verb::choose_round:
        case Verb::choose_team:
        case Verb::confirm_absence:
        case Verb::forget_draft:
        case Verb::undo_stop:
        case Verb::stop:
        case Verb::help_with:
        case Verb::clear_blocker:
        case Verb::still_blocked:
        case Verb::moving:
        case Verb::wrong_hours:
        case Verb::back:
        case Verb::start_run:
        case Verb::my_week:
        case Verb::set_plain:
        case Verb::set_longer:
        case Verb::show_team:
        case Verb::pause_ceremony:
        case Verb::resume_ceremony:
        case Verb::setup_decline:
        case Verb::setup_start:
        case Verb::delete_team:
        case Verb::confirm_delete:
        case Verb::use_zone:
        case Verb::keep_zone:
        case Verb::add_newcomer:
        case Verb::leave_newcomer: break;
    }
    return false;
}

std::optional<Verb> verb_from(std::string_view text) {
    for (const auto& [verb, name] : verbs)
        if (text == name) return verb;
    return std::nullopt;
}

Message note(Reader reader, Text words) {
    return {.reader = std::move(reader), .notification = words, .blocks = {Paragraph{words}}};
}

Button choice(Verb verb, std::int64_t subject, Text label, std::int64_t extra) {
    return {
        .verb = verb,
        .subject = subject,
        .extra = extra,
        .revision = 0,
        .label = label,
        .spoken = label,
        .primary = false,
    };
}

Message choice_of(Reader reader, Text question, std::vector<Button> choices) {
    auto message = note(std::move(reader), std::move(question));
    Buttons row;
    for (auto& choice : choices) {
        if (row.buttons.size() == most_buttons_in_a_row)
            message.blocks.emplace_back(std::exchange(row, Buttons{}));
        row.buttons.push_back(std::move(choice));
    }
    message.blocks.emplace_back(std::move(row));
    return message;
}

std::int64_t digest(const Message& message) {
    Digest digest;
    digest.add(message);
    return digest.value();
}

std::size_t characters(std::string_view words) {
    return static_cast<std::size_t>(std::ranges::count_if(words, begins_character));
}

std::string clipped(const std::string& words, std::size_t most_characters) {
    std::size_t begun = 0;
    auto is_beyond = [&](char byte) { return begins_character(byte) && ++begun > most_characters; };
    return {words.begin(), std::ranges::find_if(words, is_beyond)};
}

std::string to_text(const FormContext& form) {
    auto text = std::string(name_in(form_kinds, form.kind)) + ":" + std::to_string(form.subject) +
                ":" + std::to_string(form.page);
    return form.shown ? text + ":" + std::to_string(*form.shown) : text;
}

std::optional<FormContext> form_context_from(std::string_view text) {
    const auto kind = take_part(text);
    const auto subject = whole_number<std::int64_t>(take_part(text));
    const auto page = whole_number<int>(take_part(text));
    const auto shown = whole_number<std::uint64_t>(text);
    if (!subject || !page || *page < 1 || (!shown && !text.empty())) return std::nullopt;
    for (const auto& [known, name] : form_kinds)
        if (kind == name) return FormContext{known, *subject, *page, shown};
    return std::nullopt;
}

}  // namespace muster
