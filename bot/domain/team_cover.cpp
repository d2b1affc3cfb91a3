#include "bot/domain/team_cover.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::team_cover {
namespace {

using namespace standup::words;
using settings::WantedCover;

constexpr std::array roles{
    Role::delivery_manager,
    Role::deputy,
    Role::lead,
    Role::head,
    Role::product_owner,
    Role::service_manager};

// Orders covers: by their days, role and person.
auto rank_of(const WantedCover& cover) {
    return std::tuple{to_text(cover.from), to_text(cover.to), cover.role, cover.person};
}

// How a cover is named in the form, short enough for every platform: its days, role and person.
std::string key_of(const WantedCover& cover, const settings::Document& document) {
    auto person = std::ranges::find(document.people, cover.person, &Person::key);
    auto id = person == document.people.end() ? PersonId{} : person->id;
    return to_text(cover.from) + "/" + to_text(cover.to) + "/" + name(cover.role) + "/" +
           std::to_string(id.value);
}

Text words_of(const WantedCover& cover, const settings::Document& document) {
    auto person = std::ranges::find(document.people, cover.person, &Person::key);
    const auto& called = person == document.people.end() ? cover.person : person->name;
    return text(
        cover.from == cover.to ? "cover.one_day" : "cover.some_days",
        {{"person", UserText{called}},
         {"role", several(name_of_role(cover.role))},
         {"from", cover.from},
         {"to", cover.to}}
    );
}

std::vector<WantedCover> from_today_on(std::vector<WantedCover> covers, LocalDate today) {
    std::erase_if(covers, [&](const WantedCover& cover) { return cover.to < today; });
    std::ranges::sort(covers, {}, rank_of);
    return covers;
}

Field kept_field(const std::vector<WantedCover>& covers, const settings::Document& document) {
    auto made = field("kept", Field::Kind::several, text("cover.now"));
    made.hint = text("cover.now_hint");
    for (const auto& cover : covers) {
        auto key = key_of(cover, document);
        made.initial += (made.initial.empty() ? "" : " ") + key;
        made.choices.push_back({std::move(key), words_of(cover, document)});
    }
    return made;
}

Field person_field(const settings::Document& document, ConnectionId connection) {
    auto made = field("person", Field::Kind::people, text("cover.person"));
    made.hint = text("cover.person_hint");
    for (const auto& account : document.accounts) {
        auto person = std::ranges::find(document.people, account.person, &Person::id);
        if (account.connection != connection || person == document.people.end()) continue;
        if (!person->archived)
            made.choices.push_back({account.external_id, verbatim(person->name)});
    }
    return made;
}

const Person* person_of(
    const settings::Document& document, ConnectionId connection, const std::string& account
) {
    for (const auto& known : document.accounts) {
        if (known.connection != connection || known.external_id != account) continue;
        auto person = std::ranges::find(document.people, known.person, &Person::id);
        if (person != document.people.end() && !person->archived) return &*person;
    }
    return nullptr;
}

std::string entered(const FormValues& values, const char* field) {
    const auto* value = value_of(values, field);
    return value ? *value : std::string{};
}

FormErrors wrong(const Reader& reader, const char* field, Text words) {
    return {reader, {{field, std::move(words)}}};
}

// The one to be added; none where nobody was chosen.
using Added = std::variant<std::monostate, WantedCover, FormErrors>;

Added added(
    const settings::Document& document,
    ConnectionId connection,
    const FormValues& values,
    LocalDate today,
    const Reader& reader
) {
    auto people = onboarding::accounts_in(entered(values, "person"));
    auto from = date_from(entered(values, "from"));
    auto to = date_from(entered(values, "to"));
    if (people.empty()) {
        if (from || to) return wrong(reader, "person", text("cover.choose_a_person"));
        return std::monostate{};
    }
    if (people.size() > 1) return wrong(reader, "person", text("cover.one_person"));
    const auto* person = person_of(document, connection, people.front());
    if (!person) return wrong(reader, "person", text("cover.not_known"));
    if (person->outsider) return wrong(reader, "person", text("cover.is_outsider"));
    if (!from) return wrong(reader, "from", text("cover.choose_a_date"));
    if (!to) to = from;
    if (*to < *from) return wrong(reader, "to", text("cover.ends_first"));
    if (*to < today) return wrong(reader, "to", text("cover.in_the_past"));
    auto role = role_from(entered(values, "role")).value_or(Role::delivery_manager);
    return WantedCover{"", role, person->key, *from, *to};
}

}  // namespace

Form form(
    const Roster& roster,
    const settings::Document& document,
    ConnectionId connection,
    LocalDate today,
    const Reader& reader
) {
    Form form;
    form.context = {FormKind::cover, roster.team.id.value, 1};
    form.reader = reader;
    form.title = text("cover.title");
    form.submit = text("form.save");
    form.who_sees = text("cover.what_they_see");
    auto wanted = settings::wanted_of(document, roster.team.id);
    auto kept = kept_field(from_today_on(std::move(wanted.covers), today), document);
    if (!kept.choices.empty()) form.fields.push_back(std::move(kept));
    form.fields.push_back(person_field(document, connection));
    auto role = field("role", Field::Kind::choice, text("cover.role"));
    for (auto one : roles)
        role.choices.push_back({name(one), name_of_role(one)});
    role.initial = name(Role::delivery_manager);
    form.fields.push_back(std::move(role));
    form.fields.push_back(field("from", Field::Kind::date, text("cover.from")));
    auto to = field("to", Field::Kind::date, text("cover.to"));
    to.hint = text("cover.to_hint");
    form.fields.push_back(std::move(to));
    return form;
}

Asked asked(
    const Team& team,
    const settings::Document& document,
    ConnectionId connection,
    const FormValues& values,
    LocalDate today,
    const Reader& reader
) {
    auto more = added(document, connection, values, today, reader);
    if (auto* errors = std::get_if<FormErrors>(&more)) return std::move(*errors);
    auto wanted = settings::wanted_of(document, team.id);
    if (const auto* kept = value_of(values, "kept")) {
        auto keys = onboarding::accounts_in(*kept);
        std::erase_if(wanted.covers, [&](const WantedCover& cover) {
            return cover.to >= today &&
                   std::ranges::find(keys, key_of(cover, document)) == keys.end();
        });
    }
    if (auto* cover = std::get_if<WantedCover>(&more)) {
        cover->team = team.key;
        if (std::ranges::find(wanted.covers, *cover) == wanted.covers.end())
            wanted.covers.push_back(std::move(*cover));
    }
    return wanted;
}

Message told(
    const settings::Wanted& wanted,
    const settings::Document& document,
    LocalDate today,
    const Reader& reader
) {
    auto covers = from_today_on(wanted.covers, today);
    const auto* words = covers.empty() ? "cover.saved_nobody" : "cover.saved";
    auto saved = text(words, {{"team", UserText{wanted.teams.front().name}}});
    Message message{reader, saved, {Paragraph{saved}}};
    Items items;
    for (const auto& cover : covers)
        items.items.push_back(words_of(cover, document));
    if (!items.items.empty()) message.blocks.push_back(std::move(items));
    return message;
}

}  // namespace muster::team_cover
