#include "bot/domain/command.hpp"

#include <algorithm>
#include <array>

#include "bot/domain/days_phrase.hpp"
#include "bot/domain/nearest.hpp"
#include "bot/domain/plain_words.hpp"

namespace muster {
namespace {

using namespace command;

constexpr std::size_t most_words = 20;  // of a command; a text that goes with one may be longer
constexpr std::size_t longest_letter = 8;
constexpr std::size_t longest_name = 80;
constexpr std::size_t most_digits = 6;
constexpr std::size_t most_answers = 40;  // in one message
constexpr auto shortest_snooze = 5min;
constexpr auto longest_snooze = 240min;

// What somebody typed, and how they meant it.
struct Typed {
    std::string_view text;
    std::vector<TypedWord> words;  // without a final full stop
    bool is_complete = true;       // no word beyond most_words
    bool is_for_muster = false;    // it follows the bot's name
    const Typist& typist;
};

// What follows the words of a rule.
class Rest {
public:
    Rest(const Typed& typed, std::size_t taken) : typed_(&typed), taken_(taken) {}

    const Typed& typed() const { return *typed_; }

    std::size_t count() const { return typed_->words.size() - taken_; }

    bool at_end() const { return count() == 0 && typed_->is_complete; }

    const std::string& word(std::size_t at) const { return typed_->words[taken_ + at].plain; }

    std::string_view text(std::size_t from = 0) const;  // as typed, from that word on
    std::vector<std::string> words(std::size_t from = 0, std::size_t to = most_words) const;

    Rest after(std::size_t words) const { return {*typed_, taken_ + words}; }

private:
    const Typed* typed_;
    std::size_t taken_;
};

struct DoesNotFit {};

using Attempt = std::variant<DoesNotFit, Command, Text>;  // a Text says what is wrong with a value
using Read = Attempt (*)(const Rest&);

struct Rule {
    std::string_view words;
    Read read;
    std::string_view example;
    bool about_me = false;  // "i'm away" as well as "away"
};

template <auto value>
Attempt just(const Rest&);
template <bool must_say_days>
Attempt away(const Rest&);
Attempt why(const Rest&);
Attempt why_person(const Rest&);
Attempt snooze(const Rest&);
Attempt new_blocker(const Rest&);
Attempt about_blocker(const Rest&);
Attempt clear_blocker(const Rest&);
Attempt confirm(const Rest&);
Attempt team(const Rest&);

// The whole grammar. The first rule whose words begin the line and that can read what follows wins.
constexpr Rule rules[]{
    {"answer", just<OpenForm{}>, "answer"},
    {"edit", just<OpenForm{}>, "edit today"},
    {"edit today", just<OpenForm{}>, "edit today"},
    {"help", just<Help{}>, "help"},
    {"help?", just<Help{}>, "help"},
    {"?", just<Help{}>, "help"},
    {"commands", just<Help{}>, "help"},
    {"status", just<Status{}>, "status"},
    {"status?", just<Status{}>, "status"},
    {"why", why, "why"},
    {"why?", why, "why"},
    {"skip", just<Skip{}>, "skip"},
    {"skip today", just<Skip{}>, "skip"},
    {"not today", just<Skip{}>, "skip"},
    {"snooze", snooze, "snooze 30m"},
    {"ask me in", snooze, "snooze 30m"},
    {"away", away<false>, "away until fri", true},
    {"ooo", away<false>, "away until fri", true},
    {"out of office", away<false>, "away until fri", true},
    {"off", away<true>, "away until fri", true},
    {"leave", away<true>, "away until fri"},
    {"annual leave", away<true>, "away until fri"},
    {"on leave", away<true>, "away until fri", true},
    {"on annual leave", away<true>, "away until fri", true},
    {"holiday", away<true>, "away until fri"},
    {"on holiday", away<true>, "away until fri", true},
    {"sick", just<Sick{}>, "sick", true},
    {"sick today", just<Sick{}>, "sick", true},
    {"off sick", just<Sick{}>, "sick", true},
    {"off sick today", just<Sick{}>, "sick", true},
    {"back", just<Back{}>, "back", true},
    {"back today", just<Back{}>, "back", true},
    {"i'm here", just<Back{}>, "back"},
    {"i am here", just<Back{}>, "back"},
    {"stop", just<Stop{}>, "stop"},
    {"stop asking me", just<Stop{}>, "stop"},
    {"leave this stand-up", just<Stop{}>, "stop"},
    {"history", just<History{}>, "history"},
    {"my history", just<History{}>, "history"},
    {"my week", just<MyWeek{}>, "my week"},
    {"team", team, "team"},
    {"hours", just<command::Hours{}>, "hours"},
    {"my hours", just<command::Hours{}>, "hours"},
    {"blocker", about_blocker, "blocker no access to staging"},
    {"blocker list", just<ListBlockers{}>, "blocker list"},
    {"blockers", just<ListBlockers{}>, "blocker list"},
    {"my blockers", just<ListBlockers{}>, "blocker list"},
    {"blocker", new_blocker, "blocker no access to staging"},
    {"blocker:", new_blocker, "blocker no access to staging"},
    {"clear", clear_blocker, "blocker 13 clear"},
    {"clear blocker", clear_blocker, "blocker 13 clear"},
    {"start", just<Start{}>, "start stand-up"},
    {"start stand-up", just<Start{}>, "start stand-up"},
    {"start standup", just<Start{}>, "start stand-up"},
    {"start stand up", just<Start{}>, "start stand-up"},
    {"start the stand-up", just<Start{}>, "start stand-up"},
    {"start the standup", just<Start{}>, "start stand-up"},
    {"plain on", just<Plain{true}>, "plain on"},
    {"plain off", just<Plain{false}>, "plain off"},
    {"longer on", just<Longer{true}>, "longer on"},
    {"longer off", just<Longer{false}>, "longer off"},
    {"yes", confirm, "yes"},
    {"yes, that is right", confirm, "yes"},
};

Typed typed_by(std::string_view text, const Typist&, bool is_for_muster);

struct Reading {
    Attempt attempt;
    std::string_view example;  // of the rule that read it
};

Reading read(const Typed&);
std::optional<AnswerLine> answer_line(std::string_view line, const Typist&);
NotUnderstood nearest_command(const Typed&);
bool is_one_letter_and_colon(std::string_view text);
std::string_view trimmed(std::string_view);

}  // namespace

std::optional<Command> command_in_line(std::string_view line, const Typist& typist) {
    if (!answers_in(line, typist).empty()) return std::nullopt;
    const auto typed = typed_by(line, typist, false);
    if (typed.words.empty()) return std::nullopt;
    auto reading = read(typed);
    if (auto* command = std::get_if<Command>(&reading.attempt)) return std::move(*command);
    return std::nullopt;
}

std::optional<NotUnderstood> slip_in_line(std::string_view line, const Typist& typist) {
    const auto typed = typed_by(line, typist, false);
    auto reading = read(typed);
    auto* slip = std::get_if<Text>(&reading.attempt);
    if (!slip) return std::nullopt;
    return NotUnderstood{std::string{reading.example}, std::move(*slip)};
}

ParsedCommand parse_command(std::string_view text, const Typist& typist) {
    const auto typed = typed_by(text, typist, true);
    if (typed.words.empty()) return Command{OpenForm{}};
    if (auto answer = answer_line(text, typist)) return std::move(*answer);

    auto reading = read(typed);
    if (auto* command = std::get_if<Command>(&reading.attempt)) return std::move(*command);
    if (auto* slip = std::get_if<Text>(&reading.attempt))
        return NotUnderstood{std::string{reading.example}, std::move(*slip)};
    return nearest_command(typed);
}

std::vector<AnswerLine> answers_in(std::string_view message, const Typist& typist) {
    std::vector<AnswerLine> answers;
    for (auto rest = trimmed(message); !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        auto answer = answer_line(line, typist);
        if (answers.empty() && !answer) return {};
        if (answer && answers.size() < most_answers)
            answers.push_back(std::move(*answer));
        else
            (answers.back().text += '\n') += line;
    }
    for (auto& answer : answers)
        answer.text = std::string{trimmed(answer.text)};
    if (std::ranges::any_of(answers, [](const auto& answer) { return answer.text.empty(); }))
        return {};
    return answers;
}

namespace {

// ---- the rules

template <auto value>
Attempt just(const Rest& rest) {
    if (!rest.at_end()) return DoesNotFit{};
    return Command{value};
}

Text slip(const char* key, std::string_view example) {
    return text(key, {{"example", UserText{std::string{example}}}});
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words)
        (all += all.empty() ? "" : " ") += word;
    return all;
}

// As typed words are compared: "Payments Team" -> "payments team".
std::string plain_name(std::string_view name) {
    std::string all;
    for (const auto& word : typed_words(name, most_words))
        (all += all.empty() ? "" : " ") += word.plain;
    return all;
}

// "in payments", "from the payments team", from that word on.
std::optional<std::string> team_words(const Rest& rest, std::size_t at) {
    if (rest.word(at) != "in" && rest.word(at) != "from") return std::nullopt;
    auto words = rest.words(at + 1);
    if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
    return joined(words);
}

std::optional<std::string> team_called(const std::string& words, const Typist& typist) {
    for (const auto& team : typist.teams) {
        const auto name = plain_name(team);
        if (words == name || words == name + " team") return team;
    }
    return std::nullopt;
}

Attempt days_in(DaysPhrase phrase, const std::string& team) {
    if (auto* slip = std::get_if<Text>(&phrase)) return std::move(*slip);
    if (auto* days = std::get_if<DaysAway>(&phrase)) return Command{Away{*days, team}};
    return DoesNotFit{};
}

// A team that nobody here knows: the one that is likely meant, or where a command is meant all of
// them. Anything else may be a plan: "away day in Cardiff".
Attempt unknown_team(const std::string& words, const Typed& typed) {
    std::vector<std::string> plain;
    for (const auto& team : typed.typist.teams)
        plain.push_back(plain_name(team));
    const std::vector<std::string_view> known(plain.begin(), plain.end());
    const auto near = nearest_word(words, known);
    if (!near && !typed.is_for_muster) return DoesNotFit{};
    const auto at = near ? std::ranges::find(known, *near) - known.begin() : 0;
    const auto& team = typed.typist.teams[static_cast<std::size_t>(at)];
    return text(
        near ? "command.unknown_team_near" : "command.unknown_team",
        {{"name", UserText{words}}, {"example", UserText{"away until fri in " + team}}}
    );
}

// "until fri in payments": days, then the team they are for.
Attempt away_in_team(const Rest& rest, bool must_say_days) {
    const auto& typist = rest.typed().typist;
    Attempt unknown = DoesNotFit{};
    for (std::size_t at = must_say_days ? 1 : 0; at + 1 < rest.count(); ++at) {
        const auto named = team_words(rest, at);
        if (!named) continue;
        auto phrase = days_from_words(rest.words(0, at), typist.today, typist.pattern);
        if (const auto team = team_called(*named, typist)) return days_in(std::move(phrase), *team);
        if (!typist.teams.empty() && std::holds_alternative<DaysAway>(phrase))
            unknown = unknown_team(*named, rest.typed());
    }
    return unknown;
}

template <bool must_say_days>
Attempt away(const Rest& rest) {
    if (!rest.typed().is_complete || (must_say_days && rest.at_end())) return DoesNotFit{};
    const auto& typist = rest.typed().typist;
    auto phrase = days_from_words(rest.words(), typist.today, typist.pattern);
    if (std::holds_alternative<NoDates>(phrase)) return away_in_team(rest, must_say_days);
    return days_in(std::move(phrase), "");
}

// "13" or "#13".
std::optional<int> blocker_number(std::string_view word) {
    if (word.starts_with('#')) word.remove_prefix(1);
    if (word.empty() || word.size() > most_digits) return std::nullopt;
    int value = 0;
    for (const char digit : word) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + (digit - '0');
    }
    if (value == 0) return std::nullopt;
    return value;
}

Attempt why(const Rest& rest) {
    if (rest.at_end()) return Command{Why{}};
    if (rest.word(0).starts_with('@')) return why_person(rest);
    const auto number_at = rest.word(0) == "blocker" ? 1u : 0u;
    if (rest.count() != number_at + 1 || !rest.typed().is_complete) return DoesNotFit{};
    const auto number = blocker_number(rest.word(number_at));
    if (!number) return DoesNotFit{};
    return Command{Why{"", number}};
}

// A plan may begin "why @ana ...": a name of several words is read only where a command is meant.
Attempt why_person(const Rest& rest) {
    auto person = rest.text().substr(1);
    if (person.ends_with('.') || person.ends_with('?')) person.remove_suffix(1);
    const auto is_one_word = rest.count() == 1 && rest.typed().is_complete;
    if (person.empty() || person.size() > longest_name) return DoesNotFit{};
    if (!is_one_word && !rest.typed().is_for_muster) return DoesNotFit{};
    return Command{Why{std::string{person}, std::nullopt}};
}

std::optional<minutes> unit_of_time(std::string_view letters) {
    for (const std::string_view name : {"h", "hr", "hrs", "hour", "hours"})
        if (letters == name) return 60min;
    for (const std::string_view name : {"", "m", "min", "mins", "minute", "minutes"})
        if (letters == name) return 1min;
    return std::nullopt;
}

// "30m", "1h30", "1 hour 30 minutes", "half an hour"; a number alone is minutes.
std::optional<minutes> length_of_time(const std::vector<std::string>& words) {
    std::string run_together;
    for (const auto& word : words)
        if (word != "for" && word != "and") run_together += word;
    if (run_together == "halfanhour") return 30min;
    if (run_together == "anhour") return 60min;

    minutes length{0};
    for (std::string_view rest = run_together; !rest.empty();) {
        const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        if (digits == 0 || digits > most_digits) return std::nullopt;
        const auto number = std::stoi(std::string{rest.substr(0, digits)});
        rest.remove_prefix(digits);
        const auto letters = std::min(rest.find_first_of("0123456789"), rest.size());
        const auto unit = unit_of_time(rest.substr(0, letters));
        if (!unit) return std::nullopt;
        rest.remove_prefix(letters);
        length += number * *unit;
    }
    return length;
}

Attempt snooze(const Rest& rest) {
    if (rest.at_end()) return Command{Snooze{}};
    if (!rest.typed().is_complete) return DoesNotFit{};
    const auto length = length_of_time(rest.words());
    if (!length) return DoesNotFit{};
    if (*length < shortest_snooze || *length > longest_snooze)
        return slip("command.snooze_length", "snooze 30m");
    return Command{Snooze{*length}};
}

// "blocker 13 clear", "blocker 13 private", "blocker 13 update <text>".
Attempt about_blocker(const Rest& rest) {
    if (rest.count() < 2) return DoesNotFit{};
    const auto number = blocker_number(rest.word(0));
    if (!number) return DoesNotFit{};
    const auto& verb = rest.word(1);
    if (rest.after(2).at_end() && (verb == "clear" || verb == "cleared"))
        return Command{ClearBlocker{*number}};
    if (rest.after(2).at_end() && verb == "private") return Command{KeepBlockerPrivate{*number}};
    if (verb != "update") return DoesNotFit{};
    if (rest.count() == 2)
        return slip("command.update_without_text", "blocker 13 update date agreed");
    return Command{UpdateBlocker{*number, std::string{rest.text(2)}}};
}

Attempt new_blocker(const Rest& rest) {
    // "blocker 13 ..." is about one that there is.
    if (rest.count() == 0 || blocker_number(rest.word(0))) return DoesNotFit{};
    return Command{RaiseBlocker{std::string{rest.text()}}};
}

Attempt clear_blocker(const Rest& rest) {
    if (rest.count() != 1 || !rest.typed().is_complete) return DoesNotFit{};
    const auto number = blocker_number(rest.word(0));
    if (!number) return DoesNotFit{};
    return Command{ClearBlocker{*number}};
}

// "team" begins many a plan ("team lunch"), so that in a line nothing may follow it.
Attempt team(const Rest& rest) {
    if (rest.at_end()) return Command{Team{}};
    if (!rest.typed().is_for_muster) return DoesNotFit{};
    return Command{Team{std::string{rest.text()}}};
}

Attempt confirm(const Rest& rest) {
    if (!rest.at_end()) return DoesNotFit{};
    if (rest.typed().typist.dates_wait) return Command{Confirm{}};
    if (rest.typed().is_for_muster) return slip("command.nothing_to_confirm", "away until fri");
    return DoesNotFit{};
}

// ---- reading

Typed typed_by(std::string_view text, const Typist& typist, bool is_for_muster) {
    Typed typed{trimmed(text), {}, true, is_for_muster, typist};
    typed.words = typed_words(typed.text, most_words + 1);
    if (typed.words.size() > most_words) {
        typed.is_complete = false;
        typed.words.pop_back();
    } else if (!typed.words.empty() && typed.words.back().plain.ends_with('.')) {
        typed.words.back().plain.pop_back();
        if (typed.words.back().plain.empty()) typed.words.pop_back();
    }
    return typed;
}

// How many words of the line the rule's words are; 0 = they do not begin it.
std::size_t words_taken(const Typed& typed, std::size_t from, std::string_view rule) {
    for (auto at = from; at < typed.words.size(); ++at) {
        const auto end = std::min(rule.find(' '), rule.size());
        if (typed.words[at].plain != rule.substr(0, end)) return 0;
        if (end == rule.size()) return at + 1 - from;
        rule.remove_prefix(end + 1);
    }
    return 0;
}

// "i'm sick" -> 1, "i am sick" -> 2.
std::size_t words_of_me(const Typed& typed) {
    for (const std::string_view me : {"i'm", "im", "i am"})
        if (const auto taken = words_taken(typed, 0, me)) return taken;
    return 0;
}

Reading read(const Typed& typed) {
    const auto of_me = words_of_me(typed);
    Reading found{DoesNotFit{}, ""};
    const auto try_from = [&](const Rule& rule, std::size_t from) {
        const auto taken = words_taken(typed, from, rule.words);
        if (taken == 0 || std::holds_alternative<Command>(found.attempt)) return;
        auto attempt = rule.read(Rest{typed, from + taken});
        const auto is_better = std::holds_alternative<Command>(attempt) ||
                               std::holds_alternative<DoesNotFit>(found.attempt);
        if (is_better) found = {std::move(attempt), rule.example};
    };
    for (const auto& rule : rules) {
        try_from(rule, 0);
        if (of_me > 0 && rule.about_me) try_from(rule, of_me);
    }
    return found;
}

// "t: text", "Y : text", with a full-width colon too.
std::optional<AnswerLine> answer_line(std::string_view line, const Typist& typist) {
    constexpr std::string_view wide_colon = "\uFF1A";
    line = trimmed(line);
    const auto narrow = line.find(':');
    const auto wide = line.find(wide_colon);
    const auto colon = std::min(narrow, wide);
    if (colon == std::string_view::npos) return std::nullopt;

    const auto letter = trimmed(line.substr(0, colon));
    if (letter.empty() || letter.size() > longest_letter) return std::nullopt;
    const auto plain = typed_words(letter, 2);
    if (plain.size() != 1) return std::nullopt;
    const auto is_typed = [&](const std::string& known) {
        const auto known_plain = typed_words(known, 1);
        return !known_plain.empty() && known_plain.front().plain == plain.front().plain;
    };
    const auto may_be_answered = std::ranges::find_if(typist.letters, is_typed);
    if (may_be_answered == typist.letters.end() && plain.front().plain != "b") return std::nullopt;

    const auto text = trimmed(line.substr(colon + (narrow < wide ? 1 : wide_colon.size())));
    return AnswerLine{
        may_be_answered == typist.letters.end() ? "b" : *may_be_answered, std::string{text}};
}

NotUnderstood nearest_command(const Typed& typed) {
    if (is_one_letter_and_colon(typed.text))
        return {"help", slip("command.letter_not_open", "help")};

    std::array<std::string_view, std::size(rules)> first_words;
    std::ranges::transform(rules, first_words.begin(), [](const Rule& rule) {
        return rule.words.substr(0, rule.words.find(' '));
    });
    const auto word = nearest_word(typed.words.front().plain, first_words);
    if (!word) return {"", text("command.not_understood")};
    const auto at = std::ranges::find(first_words, *word) - first_words.begin();
    const auto example = rules[at].example;
    return {std::string{example}, slip("command.not_understood_near", example)};
}

bool is_one_letter_and_colon(std::string_view text) {
    return text.size() > 1 && text[1] == ':' &&
           ((text[0] | 0x20) >= 'a' && (text[0] | 0x20) <= 'z');
}

// Without spaces at both ends.
std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n\v\f";
    constexpr std::string_view wide_space = "\u00A0";
    while (true) {
        const auto before = text.size();
        text.remove_prefix(std::min(text.find_first_not_of(spaces), text.size()));
        text = text.substr(0, text.find_last_not_of(spaces) + 1);
        if (text.starts_with(wide_space)) text.remove_prefix(wide_space.size());
        if (text.ends_with(wide_space)) text.remove_suffix(wide_space.size());
        if (text.size() == before) return text;
    }
}

std::string_view Rest::text(std::size_t from) const {
    return typed_->text.substr(typed_->words[taken_ + from].at);
}

std::vector<std::string> Rest::words(std::size_t from, std::size_t to) const {
    std::vector<std::string> words;
    for (auto at = from; at < std::min(to, count()); ++at)
        words.push_back(word(at));
    return words;
}

}  // namespace

}  // namespace muster
