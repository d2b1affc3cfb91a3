#pragma once

#include "bot/domain/ids.hpp"
#include "bot/domain/zone.hpp"

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace muster {

// What a person typed. Shown as it is; every adapter escapes it, so that it can never become a link or a mention.
struct UserText {
    std::string value;

    bool operator==(const UserText&) const = default;
};

// A person by name. Never notifies that person.
struct NamedPerson {
    PersonId id;
    std::string name;

    bool operator==(const NamedPerson&) const = default;
};

struct Text;
using TextList = std::vector<Text>;

// What a sentence is completed with. The catalogue decides how it looks: {closes|time}, {date|day}.
using Argument = std::variant<std::int64_t, UserText, NamedPerson, Instant, LocalDate, minutes, TextList>;

// A sentence that a person will read: a key of config/texts/<language>.json and its named arguments.
// The domain yields Text; adapters turn it into words with a Catalogue, in the reader's language and zone.
struct Text {
    std::string key;
    std::vector<std::pair<std::string, Argument>> arguments;

    bool operator==(const Text&) const = default;
};

Text text(std::string key, std::vector<std::pair<std::string, Argument>> arguments = {});
Text verbatim(std::string user_text);  // key "verbatim": only what the person typed

// In whose language and zone words are put.
struct Reader {
    std::string language = "en";
    ZoneName zone = "Europe/London";

    bool operator==(const Reader&) const = default;
};

// A piece of a phrased sentence. Only `plain` comes from the catalogue; the rest an adapter may mark up.
struct Span {
    enum class Kind { plain, user, person, instant };

    Kind kind = Kind::plain;
    std::string words;
    PersonId person = {};  // kind person
    Instant instant = {};  // kind instant

    bool operator==(const Span&) const = default;
};

// All sentences of all languages, loaded once at start and never changed.
class Catalogue {
public:
    // One sentence; with `plural_by` its forms are chosen by that argument's CLDR category (one, other, ...).
    struct Entry {
        std::string plural_by;
        std::map<std::string, std::string> forms;  // "other" alone when plural_by is empty
    };
    using Language = std::map<std::string, Entry>;

    explicit Catalogue(std::map<std::string, Language> languages);

    // Missing language: English. Missing key: the key itself in brackets (a tidy test makes sure there is none).
    // Placeholders {name} or {name|style}. Styles:
    //   instant:  time "11:30am" (default), day "Tuesday 24 November", day_time "11:30am on Tuesday 24 November"
    //   date:     day "Tuesday 24 November" (default), short "24 November", weekday "Tuesday"
    //   minutes:  "24 minutes", "1 hour", "1 hour and 30 minutes", "2 days" (default); clock "9:30am": a time of day
    //   list:     "Ana, Bo and Dev" (default), commas "1 new, 2 open", sentences "One. Two.", lines "one\ntwo"
    //   count:    "7"; user and person: as they are
    // A plural may count a list. A missing argument is shown as its name in brackets. Nothing here throws.
    std::vector<Span> phrase(const Text&, const Reader&) const;
    std::string plain(const Text&, const Reader&) const;  // the words alone

private:
    std::map<std::string, Language> languages_;
};

// The CLDR plural category of a whole number: en, cy.
std::string plural_category(std::string_view language, std::int64_t count);

}  // namespace muster
