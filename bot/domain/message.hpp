#pragma once

#include <optional>

#include "bot/domain/texts.hpp"

namespace muster {

// What a button or a typed word asks for. The wire name is name(verb); a subject id goes with it.
enum class Verb {
    answer,           // round: open the form
    same_plan,        // round: plan not changed
    snooze,           // round: ask me in 1 hour
    skip,             // round: not today
    change,           // round: open the form again
    remove_answer,    // round: take back the plan that was typed
    add_blocker,      // round: open the form of one blocker
    tell_only,        // blocker: only my delivery manager may know
    same_blocker,     // blocker (new): it is an older one; extra = the older one's id
    add_to_plan,      // draft
    replace_plan,     // draft
    leave_draft,      // draft
    choose_round,     // draft; extra = the round it belongs to
    choose_team,      // draft; extra = the team it belongs to
    confirm_absence,  // draft
    forget_draft,     // draft: cancel what was proposed
    undo_stop,        // team
    stop,             // team: leave this stand-up
    help_with,        // blocker: I can help
    clear_blocker,    // blocker
    still_blocked,    // blocker: a note, nothing more
    moving,           // blocker
    wrong_hours,      // team: my hours or zone are wrong
    back,             // nothing: I am here
    start_run,        // ceremony: hold it now
    my_week,          // nothing: what I said this week
    set_plain,        // nothing; extra = 1: text only from now on, 0: no longer
    set_longer,       // nothing; extra = 1: twice the time from now on, 0: no longer
    show_team,        // team: what is set, and how to change it
    edit_schedule,    // ceremony: open the form
    edit_questions,   // ceremony: open the form
    pause_ceremony,   // ceremony
    resume_ceremony,  // ceremony
    setup_form,       // setup: open the form
    setup_decline,    // setup
    setup_try,        // setup: open the stand-up's own form, to try it
    setup_start,      // setup; extra: which proposal
    edit_people,      // team: open the form
    edit_roles,       // team: open the form
    edit_days_off,    // team: open the form
    edit_cover,       // team: open the form
    delete_team,      // team: asks whether it is meant
    confirm_delete,   // team
    use_zone,         // account: the zone that its platform told; extra: which question
    keep_zone,        // account: not that one; extra: which question
    add_newcomer,     // setup: to the stand-up
    leave_newcomer,   // setup: not now
};

const char* name(Verb);
std::optional<Verb> verb_from(std::string_view);

// May what it asks for be answered with a form? Some platforms have to know before it is pressed.
bool opens_form(Verb);

struct Button {
    Verb verb;
    std::int64_t subject = 0;
    std::int64_t extra = 0;  // a second id where the verb needs one
    int revision = 0;        // of the message it was shown in
    Text label;
    Text spoken;  // accessible name: the label with its subject
    bool primary = false;

    bool operator==(const Button&) const = default;
};

struct Heading {
    Text text;
    bool operator==(const Heading&) const = default;
};

struct Paragraph {
    Text text;
    bool operator==(const Paragraph&) const = default;
};

struct Quiet {  // small print: who sees it, how to get out
    Text text;
    bool operator==(const Quiet&) const = default;
};

struct Facts {  // label and value
    std::vector<std::pair<Text, Text>> rows;
    bool operator==(const Facts&) const = default;
};

struct Items {
    TextList items;
    bool operator==(const Items&) const = default;
};

constexpr std::size_t most_buttons_in_a_row = 5;

struct Buttons {
    std::vector<Button> buttons;  // at most most_buttons_in_a_row
    bool operator==(const Buttons&) const = default;
};

using Block = std::variant<Heading, Paragraph, Quiet, Facts, Items, Buttons>;

// One message to one place, the same for every platform. Adapters split it by their limits and
// never cut it silently.
struct Message {
    Reader reader;
    Text notification;  // carries the whole meaning, its point in the first 40 characters
    std::vector<Block> blocks;
    bool edited = false;  // shown with the word "edited"

    bool operator==(const Message&) const = default;
};

// A message of one paragraph, which is its notification too.
Message note(Reader reader, Text words);

// One of several things to choose from; the label tells them apart.
Button choice(Verb verb, std::int64_t subject, Text label, std::int64_t extra = 0);

// A question that is answered by a button: in several rows where one does not hold them all.
Message choice_of(Reader reader, Text question, std::vector<Button> choices);

// Two messages that a reader would see as the same have the same digest. Never 0. Button revisions
// do not count.
std::int64_t digest(const Message&);

// ---- Forms

enum class FormKind {
    answer,           // subject: round; page 1.. (five inputs each)
    blocker_details,  // subject: blocker; after the answer is saved
    new_blocker,      // subject: round
    schedule,         // subject: ceremony
    questions,        // subject: ceremony
    team_blocker,     // nothing: a blocker of no round; the team is chosen in it
    setup,            // subject: setup
    setup_trial,      // subject: setup; what is sent is kept nowhere
    people,           // subject: team
    roles,            // subject: team
    days_off,         // subject: team
    cover,            // subject: team
};

// What a submission belongs to. Travels through the platform and comes back; everything else is
// looked up.
struct FormContext {
    FormKind kind = FormKind::answer;
    std::int64_t subject = 0;
    int page = 1;
    std::optional<std::uint64_t> shown{};  // digest of what it shows; none: that does not matter

    bool operator==(const FormContext&) const = default;
};

std::string to_text(const FormContext&);  // "answer:123:1", "people:5:1:987"
std::optional<FormContext> form_context_from(std::string_view);

struct Choice {
    std::string value;
    Text label;

    bool operator==(const Choice&) const = default;
};

// Lengths of what people read and write count characters: Unicode code points. A platform that
// counts UTF-16 units lets in no more of them.
std::size_t characters(std::string_view);
// The first so many of them.
std::string clipped(const std::string&, std::size_t most_characters);

// The most that an entry of a form may hold. The platforms let in no more, and fill in no more.
constexpr std::size_t longest_entry = 3'000;

struct Field {
    // `shown` is no input: `initial` is read, and the hint says how to change it. It is not
    // submitted, so it stays as it is.
    enum class Kind {
        line,
        paragraph,
        choice,
        several,  // of the choices, whose values hold no space: "mon tue"
        scale,
        yes_no,
        date,
        time,  // of the day: "09:30"
        person,
        tick,
        shown,
        people,  // of the platform, by external ids, which hold no space: "U1 U2"
        group,   // of people, by the name that they type; left out where the platform has none
    };

    std::string key;  // "today", "blocker:12345"
    Kind kind = Kind::paragraph;
    Text label;
    std::optional<Text> hint;
    std::vector<Choice> choices;  // choice, several, scale, yes_no, person
    std::string initial;          // date as ISO text; tick "yes" or ""
    bool required = false;
    std::size_t longest = longest_entry;  // of a line or paragraph; `initial` is never longer

    bool operator==(const Field&) const = default;
};

struct Form {
    FormContext context;
    Reader reader;
    Text title;  // at most 24 characters in words
    std::vector<Field> fields;
    std::optional<Text> who_sees;  // small print below
    Text submit;
    std::optional<Text> dismiss;  // "Skip these questions"; otherwise the platform's own Cancel

    bool operator==(const Form&) const = default;
};

// Field key -> what was entered. Empty: it was emptied, and what was there before is withdrawn.
// Absent: unchanged.
using FormValues = std::vector<std::pair<std::string, std::string>>;

// ---- Replies

struct NoReply {
    bool operator==(const NoReply&) const = default;
};

struct Say {  // to this person only
    Message message;
    bool operator==(const Say&) const = default;
};

struct FormErrors {  // the form stays open with what was typed
    Reader reader;
    std::vector<std::pair<std::string, Text>> errors;  // field key -> what to do
    // For platforms that have to show it anew; none: it can be opened no more. Never kept.
    std::optional<Form> form = std::nullopt;
    bool operator==(const FormErrors&) const = default;
};

// Opens, or follows the form just sent. Where none can be opened (nothing was pressed, or the
// platform's permission has run out) the person gets `instead`: the button again and the typed way,
// or, in place of a blocker's details, what can be done with it.
struct OpenForm {
    Form form;
    Message instead;
    bool operator==(const OpenForm&) const = default;
};

// Travels with the request that caused it: at most once, never a delivery row; kept with the inbox
// key for 24 hours.
using Reply = std::variant<NoReply, Say, FormErrors, OpenForm>;

}  // namespace muster
