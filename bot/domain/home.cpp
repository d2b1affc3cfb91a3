#include "bot/domain/home.hpp"

#include <algorithm>

#include "bot/domain/absence_parts.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::home {
namespace {

using namespace standup;
using namespace standup::words;

// A page holds about a hundred blocks; what is beyond can be asked for in words.
constexpr std::size_t most_rounds = 6;
constexpr std::size_t most_own_blockers = 8;
constexpr std::size_t most_absences = 10;
constexpr std::size_t most_teams = 12;
constexpr std::size_t most_blockers_of_a_team = 3;
constexpr std::size_t most_findings_of_a_team = 5;
constexpr std::size_t most_findings_of_all = 20;

// One section of the page after the other.
class Page {
public:
    Page(const Home& home, Instant now)
        : home_(home), now_(now), message_{reader_of(home.person), text("home.notification"), {}} {}

    Message write() && {
        add_today();
        add_organisation();
        add_teams_in_care();
        add_blockers();
        add_days_away();
        add_hours();
        add_settings();
        add_who_sees();
        return std::move(message_);
    }

private:
    void add_today();
    void add_round(Turn turn);
    void add_next();
    void add_blockers();
    void add_days_away();
    void add_hours();
    void add_settings();
    void add_switch(const char* is_on, const char* is_off, Verb, bool on);
    void add_teams_in_care();
    void add_team(const InCare&);
    void add_findings(const InCare&);
    void add_organisation();
    void add_who_sees();

    void add(Block block) { message_.blocks.push_back(std::move(block)); }

    const Home& home_;
    Instant now_;
    Message message_;
};

Button plain_button(Verb verb, const char* label, std::int64_t extra = 0) {
    return choice(verb, 0, text(label), extra);
}

// A line cannot be typed on the page; how to answer is the button.
void tell_of_the_button(Text& words) {
    if (words.key == "prompt.how_to_answer") words.key = "home.open_until";
    for (auto& [name, argument] : words.arguments)
        if (auto* inner = std::get_if<TextList>(&argument))
            for (auto& text : *inner)
                tell_of_the_button(text);
}

// A block of a round's card as it stands on the page; none: it speaks of typing.
std::optional<Block> on_the_page(Block block) {
    if (std::holds_alternative<Quiet>(block)) return std::nullopt;
    if (auto* heading = std::get_if<Heading>(&block)) return Paragraph{std::move(heading->text)};
    if (auto* words = std::get_if<Paragraph>(&block)) tell_of_the_button(words->text);
    return block;
}

Text opens_text(const Turn& turn) {
    return text(
        "home.asked_at", with(names_of(turn.team, turn.run), {{"opens", *turn.round.opens_at}})
    );
}

void Page::add_today() {
    add(Heading{text("home.today", {{"date", local_date(home_.person.zone, now_)}})});
    for (std::size_t shown = 0; shown < std::min(home_.todays.size(), most_rounds); ++shown)
        add_round(home_.todays[shown]);
    if (home_.todays.empty()) add_next();
    add(Buttons{{plain_button(Verb::my_week, "button.my_week")}});
}

// The card of the round as it is now: the same words and buttons as in the direct message. Plain
// mode is for messages; whoever opens this page has its buttons.
void Page::add_round(Turn turn) {
    const bool is_asked_later = turn.round.phase == Phase::waiting && turn.round.opens_at;
    if (is_asked_later) return add(Paragraph{opens_text(turn)});
    turn.person.plain = false;
    Delivery newest;  // as it is in the direct message, or would be
    newest.key.seq = std::max(turn.round.prompts - 1, 0);
    newest.provider_id = "shown";
    auto card = prompt(turn, newest, now_);
    const auto* message = std::get_if<Message>(&card);
    if (!message) return add(Paragraph{text("home.not_asked", names_of(turn.team, turn.run))});
    for (const auto& block : message->blocks)
        if (auto shown = on_the_page(block)) add(*std::move(shown));
}

void Page::add_next() {
    if (home_.next)
        return add(Paragraph{text(
            "home.next",
            {{"team", UserText{home_.next->team}},
             {"ceremony", UserText{home_.next->ceremony}},
             {"opens", home_.next->opens_at}}
        )});
    add(Paragraph{text(home_.teams.empty() ? "why.no_team" : "home.nothing_today")});
}

void Page::add_blockers() {
    add(Heading{text("home.blockers")});
    if (home_.own.empty()) return add(Paragraph{text("home.no_blockers")});
    const auto shown = std::min(home_.own.size(), most_own_blockers);
    for (std::size_t one = 0; one < shown; ++one) {
        add(Paragraph{about("home.blocker", home_.own[one])});
        add(blocker_row(home_.own[one], 1));
    }
    if (shown < home_.own.size())
        add(Quiet{text("home.more_blockers", {{"count", count(home_.own.size() - shown)}})});
}

void Page::add_days_away() {
    add(Heading{text("home.away")});
    const auto today = local_date(home_.person.zone, now_);
    Items days;
    bool is_away_today = false;
    for (const auto& absence : home_.absences) {
        is_away_today |= absence.days.from <= today && today <= absence.days.to;
        if (days.items.size() < most_absences)
            days.items.push_back(
                text("home.days", {{"days", several(absence::words_for(absence.days))}})
            );
    }
    if (days.items.empty()) add(Paragraph{text("home.no_days_away")});
    if (!days.items.empty()) add(std::move(days));
    if (is_away_today) add(Buttons{{plain_button(Verb::back, "button.back")}});
    add(Quiet{text("home.how_to_be_away")});
}

void Page::add_hours() {
    for (auto& block : my_hours(home_.person, home_.teams).blocks)
        add(std::move(block));
}

void Page::add_settings() {
    add(Heading{text("home.settings")});
    add_switch("home.plain_on", "home.plain_off", Verb::set_plain, home_.person.plain);
    add_switch("home.longer_on", "home.longer_off", Verb::set_longer, home_.person.longer);
}

void Page::add_switch(const char* is_on, const char* is_off, Verb verb, bool on) {
    const bool is_plain = verb == Verb::set_plain;
    const auto* turn_on = is_plain ? "button.plain_on" : "button.longer_on";
    const auto* turn_off = is_plain ? "button.plain_off" : "button.longer_off";
    add(Paragraph{text(on ? is_on : is_off)});
    add(Buttons{{plain_button(verb, on ? turn_off : turn_on, on ? 0 : 1)}});
}

void Page::add_teams_in_care() {
    if (home_.in_care.empty()) return;
    add(Heading{text("home.teams")});
    for (std::size_t shown = 0; shown < std::min(home_.in_care.size(), most_teams); ++shown)
        add_team(home_.in_care[shown]);
    add(Quiet{text("home.teams_how")});
}

void Page::add_team(const InCare& care) {
    auto counts =
        care.today ? counts_of(*care.today, message_.reader, now_) : text("home.team_no_run");
    add(Paragraph{text(
        "home.team", {{"team", UserText{care.team.name}}, {"counts", several(std::move(counts))}}
    )});
    add_findings(care);
    auto oldest = care.open;
    std::ranges::stable_sort(oldest, {}, &Blocker::raised_at);
    Items blockers;
    for (const auto& blocker : oldest) {
        if (blockers.items.size() == most_blockers_of_a_team) break;
        auto line = about("home.team_blocker", blocker);
        line.arguments.emplace_back("raised", local_date(home_.person.zone, blocker.raised_at));
        blockers.items.push_back(std::move(line));
    }
    if (blockers.items.empty()) return add(Quiet{text("home.team_no_blockers")});
    add(std::move(blockers));
    if (oldest.size() > most_blockers_of_a_team)
        add(Quiet{
            text("home.more_blockers", {{"count", count(oldest.size() - most_blockers_of_a_team)}})}
        );
}

void Page::add_findings(const InCare& care) {
    auto words = examination::in_words(care.findings);
    const auto found = words.items.size();
    if (found == 0) return;
    words.items.resize(std::min(found, most_findings_of_a_team));
    if (found > most_findings_of_a_team)
        words.items.push_back(
            text("doctor.more", {{"count", count(found - most_findings_of_a_team)}})
        );
    add(Paragraph{text("doctor.found", {{"team", UserText{care.team.name}}})});
    add(std::move(words));
    auto show = choice(Verb::show_team, care.team.id.value, text("button.show_team"));
    show.spoken = text(
        "team.button_spoken",
        {{"button", several(text("button.show_team"))}, {"ceremony", UserText{care.team.name}}}
    );
    add(Buttons{{std::move(show)}});
}

void Page::add_organisation() {
    auto words = examination::in_words(home_.of_organisation);
    if (words.items.empty()) return;
    words.items.resize(std::min(words.items.size(), most_findings_of_all));
    add(Heading{text("doctor.title")});
    add(std::move(words));
    add(Quiet{text("doctor.how")});
}

void Page::add_who_sees() {
    add(Heading{text("home.who_sees")});
    Items rules;
    for (const auto* key :
         {"home.sees_answers", "home.sees_silence", "home.sees_nobody", "home.sees_blockers"})
        rules.items.push_back(text(key));
    add(std::move(rules));
}

}  // namespace

Message page(const Home& home, Instant now) {
    return Page{home, now}.write();
}

Message page_of_a_stranger(const Reader& reader) {
    return note(reader, text("stranger.unknown"));
}

Decision opened(
    const Person& person,
    AccountId where,
    const std::optional<Delivery>& published,
    bool is_blank,
    Instant now,
    IdSource& ids
) {
    const auto key = to_person(Purpose::home, where.value, person.id);
    auto show = tell(key, now, ids, now + watched_for);
    const bool must_begin_anew =
        published && published->state != DeliveryState::sending &&
        (is_blank || published->stands || published->state == DeliveryState::failed);
    if (!must_begin_anew) return {.deliveries = {std::move(show)}};
    show.id = published->id;
    auto anew = first_told(show);
    anew.revision_wanted = published->revision_wanted + 1;
    return {.changes = {std::move(anew)}};
}

std::optional<Tell> shown_again(const Delivery& published, Instant now) {
    if (!published.expires_at || *published.expires_at <= now) return std::nullopt;
    Tell again;
    again.id = published.id;
    again.key = published.key;
    again.due = now;
    again.expires_at = published.expires_at;
    return again;
}

namespace {

struct PersonIn {
    std::optional<PersonId> operator()(const Person& person) const { return person.id; }

    std::optional<PersonId> operator()(const Membership& member) const { return member.person; }

    std::optional<PersonId> operator()(const Absence& absence) const { return absence.person; }

    std::optional<PersonId> operator()(const Round& round) const { return round.person; }

    std::optional<PersonId> operator()(const Blocker& blocker) const { return blocker.raiser; }

    std::optional<PersonId> operator()(const auto&) const { return std::nullopt; }
};

}  // namespace

std::vector<PersonId> people_in(const Decision& decision) {
    std::vector<PersonId> people;
    const auto note = [&](std::optional<PersonId> person) {
        if (person && std::ranges::find(people, *person) == people.end()) people.push_back(*person);
    };
    for (const auto& change : decision.changes)
        note(std::visit(PersonIn{}, change));
    for (const auto& event : decision.events)
        note(event.actor);
    return people;
}

}  // namespace muster::home
