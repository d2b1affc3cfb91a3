#include "storage/sqlite/codec.hpp"

#include <unordered_map>

#include <nlohmann/json.hpp>

namespace muster::sqlite {
namespace {

using nlohmann::json;

constexpr int deepest_nesting = 128;          // far beyond any text within a text
constexpr std::size_t most_remembered = 128;  // texts of each type and thread
constexpr std::size_t longest_remembered = 4 * 1024;

// What each struct consists of: once, for writing and for reading. `no_more`: keys that an older
// program wrote, and nobody reads.
template <class Struct>
struct Shape;

template <class Value>
concept Shaped = requires {
    sizeof(Shape<Value>);
};

// `former`: names that an older program wrote, and what is read as now.
template <class Variant>
struct Alternatives;

template <class Value>
concept Alternative = requires {
    Alternatives<Value>::names;
};

// clang-format off
template <> struct Shape<Hours> { static void fields(auto& hours, auto&& field) { field("from", hours.from); field("to", hours.to); } };
template <> struct Shape<WorkingWeek> { static void fields(auto& week, auto&& field) { field("days", week.days); } };
template <> struct Shape<WorkingHours> {
    static void fields(auto& hours, auto&& field) { field("week", hours.week); field("week_b", hours.week_b); field("week_a", hours.week_a); }
};
template <> struct Shape<Recurrence::NthWeekday> {
    static void fields(auto& nth, auto&& field) { field("ordinal", nth.ordinal); field("weekday", nth.weekday); }
};
template <> struct Shape<Recurrence> {
    static void fields(auto& rule, auto&& field) {
        field("frequency", rule.frequency); field("interval", rule.interval); field("weekdays", rule.weekdays);
        field("nth_weekday", rule.nth_weekday); field("month_day", rule.month_day); field("until", rule.until);
        field("count", rule.count); field("from", rule.from);
    }
};
template <> struct Shape<ReminderRule> {
    static void fields(auto& rule, auto&& field) { field("percent", rule.percent); field("before_close", rule.before_close); }
};
template <> struct Shape<Slot> { static void fields(auto& slot, auto&& field) { field("key", slot.key); field("at", slot.at); } };
template <> struct Shape<Question> {
    static void fields(auto& question, auto&& field) {
        field("key", question.key); field("letter", question.letter); field("text", question.text); field("kind", question.kind);
        field("required", question.required); field("choices", question.choices); field("rotate", question.rotate);
    }
};

template <> struct Shape<UserText> { static void fields(auto& user, auto&& field) { field("value", user.value); } };
template <> struct Shape<NamedPerson> { static void fields(auto& person, auto&& field) { field("id", person.id); field("name", person.name); } };
template <> struct Shape<Text> { static void fields(auto& text, auto&& field) { field("key", text.key); field("arguments", text.arguments); } };
template <> struct Shape<Reader> { static void fields(auto& reader, auto&& field) { field("language", reader.language); field("zone", reader.zone); } };
template <> struct Alternatives<Argument> { static constexpr std::array names{"count", "user", "person", "instant", "date", "minutes", "list"}; };

template <> struct Shape<Button> {
    static void fields(auto& button, auto&& field) {
        field("verb", button.verb); field("subject", button.subject); field("extra", button.extra); field("revision", button.revision);
        field("label", button.label); field("spoken", button.spoken); field("primary", button.primary);
    }
};
template <> struct Shape<Heading> { static void fields(auto& block, auto&& field) { field("text", block.text); } };
template <> struct Shape<Paragraph> { static void fields(auto& block, auto&& field) { field("text", block.text); } };
template <> struct Shape<Quiet> { static void fields(auto& block, auto&& field) { field("text", block.text); } };
template <> struct Shape<Facts> { static void fields(auto& block, auto&& field) { field("rows", block.rows); } };
template <> struct Shape<Items> { static void fields(auto& block, auto&& field) { field("items", block.items); } };
template <> struct Shape<Buttons> { static void fields(auto& block, auto&& field) { field("buttons", block.buttons); } };
template <> struct Alternatives<Block> { static constexpr std::array names{"heading", "paragraph", "quiet", "facts", "items", "buttons"}; };
template <> struct Shape<Message> {
    static void fields(auto& message, auto&& field) {
        field("reader", message.reader); field("notification", message.notification); field("blocks", message.blocks);
        field("edited", message.edited);
    }
};

template <> struct Shape<FormContext> {
    static void fields(auto& context, auto&& field) { field("kind", context.kind); field("subject", context.subject); field("page", context.page); }
};
template <> struct Shape<Choice> { static void fields(auto& choice, auto&& field) { field("value", choice.value); field("label", choice.label); } };
template <> struct Shape<Field> {
    static void fields(auto& input, auto&& field) {
        field("key", input.key); field("kind", input.kind); field("label", input.label); field("hint", input.hint);
        field("choices", input.choices); field("initial", input.initial); field("required", input.required); field("longest", input.longest);
    }
};
template <> struct Shape<Form> {
    static void fields(auto& form, auto&& field) {
        field("context", form.context); field("reader", form.reader); field("title", form.title); field("fields", form.fields);
        field("who_sees", form.who_sees); field("submit", form.submit); field("dismiss", form.dismiss);
    }
};

template <> struct Shape<NoReply> { static void fields(auto&, auto&&) {} };
template <> struct Shape<Say> { static void fields(auto& reply, auto&& field) { field("message", reply.message); } };
template <> struct Shape<FormErrors> { static void fields(auto& reply, auto&& field) { field("reader", reply.reader); field("errors", reply.errors); } };
template <> struct Shape<OpenForm> { static void fields(auto& reply, auto&& field) { field("form", reply.form); field("instead", reply.instead); } };
template <> struct Alternatives<Reply> {
    static constexpr std::array names{"none", "say", "form_errors", "open_form"};
    static constexpr std::array former{std::pair{"replace_message", "say"}};
};

template <> struct Shape<Said> {
    static void fields(auto& event, auto&& field) { field("text", event.text); field("message", event.message); field("thread", event.thread); }
};
template <> struct Shape<Edited> { static void fields(auto& event, auto&& field) { field("message", event.message); field("text", event.text); field("thread", event.thread); } };
template <> struct Shape<Deleted> { static void fields(auto& event, auto&& field) { field("message", event.message); } };
template <> struct Shape<Pressed> {
    static void fields(auto& event, auto&& field) {
        field("verb", event.verb); field("subject", event.subject); field("extra", event.extra);
        field("message", event.message); field("delivery", event.delivery);
    }
    static constexpr std::array no_more{"revision"};
};
template <> struct Shape<Submitted> { static void fields(auto& event, auto&& field) { field("form", event.form); field("values", event.values); } };
template <> struct Shape<Dismissed> { static void fields(auto& event, auto&& field) { field("form", event.form); } };
template <> struct Shape<Commanded> { static void fields(auto& event, auto&& field) { field("text", event.text); } };
template <> struct Shape<HomeOpened> { static void fields(auto& event, auto&& field) { field("is_blank", event.is_blank); } };
template <> struct Shape<Seen> { static void fields(auto& event, auto&& field) { field("delivery", event.delivery); field("message", event.message); } };
template <> struct Shape<ConnectionLost> { static void fields(auto& event, auto&& field) { field("reason", event.reason); } };
template <> struct Shape<AwayHint> { static void fields(auto& hint, auto&& field) { field("is_away", hint.is_away); field("until", hint.until); } };
template <> struct Shape<PersonChanged> { static void fields(auto& event, auto&& field) { field("person", event.person); field("is_gone", event.is_gone); field("name", event.name); field("zone", event.zone); field("is_outsider", event.is_outsider); field("away", event.away); } };
template <> struct Shape<Left> { static void fields(auto& event, auto&& field) { field("place", event.place); } };
template <> struct Shape<Reopened> { static void fields(auto& event, auto&& field) { field("place", event.place); } };
template <> struct Shape<PlaceMoved> { static void fields(auto& event, auto&& field) { field("from", event.from); field("to", event.to); } };
template <> struct Shape<BlockerWanted> { static void fields(auto& event, auto&& field) { field("words", event.words); } };
template <> struct Shape<Profile> {
    static void fields(auto& profile, auto&& field) {
        field("account", profile.account); field("name", profile.name); field("email", profile.email); field("zone", profile.zone);
        field("is_bot", profile.is_bot); field("is_closed", profile.is_closed); field("is_guest", profile.is_guest); field("is_outsider", profile.is_outsider);
    }
};
template <> struct Shape<PlaceFacts> {
    static void fields(auto& place, auto&& field) {
        field("name", place.name); field("is_private", place.is_private); field("is_shared", place.is_shared); field("is_archived", place.is_archived);
        field("members", place.members); field("has_more", place.has_more);
    }
};
template <> struct Shape<GroupFacts> {
    static void fields(auto& group, auto&& field) { field("id", group.id); field("name", group.name); field("members", group.members); }
};
template <> struct Shape<Joined> { static void fields(auto& event, auto&& field) { field("place", event.place); field("by", event.by); } };
template <> struct Shape<LookedUp> {
    static void fields(auto& event, auto&& field) { field("setup", event.setup); field("state", event.state); field("place", event.place); field("asked", event.asked); field("people", event.people); field("group", event.group); }
};
template <> struct Shape<QuietWanted> { static void fields(auto& event, auto&& field) { field("person", event.person); field("from", event.from); field("to", event.to); } };
template <> struct Shape<MemberJoined> { static void fields(auto& event, auto&& field) { field("place", event.place); field("person", event.person); } };
template <> struct Shape<GroupChanged> { static void fields(auto& event, auto&& field) { field("group", event.group); field("came", event.came); field("left", event.left); } };
template <> struct Shape<Introduced> { static void fields(auto& event, auto&& field) { field("not_granted", event.not_granted); } };
template <> struct Alternatives<InboundEvent> { static constexpr std::array names{"said", "edited", "deleted", "pressed", "submitted", "dismissed", "commanded", "seen", "home_opened", "connection_lost", "person_changed", "left", "reopened", "place_moved", "blocker_wanted", "joined", "looked_up", "quiet_wanted", "member_joined", "group_changed", "introduced"}; };
template <> struct Shape<Seed> { static void fields(auto& seed, auto&& field) { field("high", seed.high); field("low", seed.low); } };
template <> struct Shape<Inbound> {
    static void fields(auto& inbound, auto&& field) {
        field("connection", inbound.connection); field("account", inbound.account); field("keys", inbound.keys);
        field("sent_at", inbound.sent_at); field("seed", inbound.seed); field("event", inbound.event);
    }
};

// clang-format on

[[noreturn]] void refuse(const std::string& expected, const json& found) {
    throw CorruptRow("a stored value should be " + expected + " but is " + found.type_name());
}

// ---- one codec for each sort of value

template <class Value>
struct Codec;

template <class Value>
json write(const Value& value) {
    return Codec<Value>::write(value);
}

template <class Value>
Value read(const json& from) {
    return Codec<Value>::read(from);
}

template <>
struct Codec<std::string> {
    static json write(const std::string& value) { return value; }

    static std::string read(const json& from) {
        if (!from.is_string()) refuse("text", from);
        return from.get<std::string>();
    }
};

template <>
struct Codec<bool> {
    static json write(bool value) { return value; }

    static bool read(const json& from) {
        if (!from.is_boolean()) refuse("true or false", from);
        return from.get<bool>();
    }
};

template <std::integral Number>
struct Codec<Number> {
    static json write(Number value) { return value; }

    static Number read(const json& from) {
        if (!from.is_number_integer()) refuse("a whole number", from);
        auto number = from.get<Number>();
        if (json(number) != from) refuse("a smaller number", from);
        return number;
    }
};

template <class Enum>
requires std::is_enum_v<Enum>

struct Codec<Enum> {
    static json write(Enum value) { return text_of(value); }

    static Enum read(const json& from) { return enum_from<Enum>(sqlite::read<std::string>(from)); }
};

template <class Tag>
struct Codec<Id<Tag>> {
    static json write(Id<Tag> id) { return id.value; }

    static Id<Tag> read(const json& from) { return {sqlite::read<std::int64_t>(from)}; }
};

template <>
struct Codec<Instant> {
    static json write(Instant value) { return value.time_since_epoch().count(); }

    static Instant read(const json& from) {
        return Instant{milliseconds{sqlite::read<std::int64_t>(from)}};
    }
};

template <>
struct Codec<minutes> {
    static json write(minutes value) { return value.count(); }

    static minutes read(const json& from) { return minutes{sqlite::read<std::int64_t>(from)}; }
};

template <>
struct Codec<LocalDate> {
    static json write(LocalDate value) { return to_text(value); }

    static LocalDate read(const json& from) {
        auto date = date_from(sqlite::read<std::string>(from));
        if (!date) refuse("a date", from);
        return *date;
    }
};

template <>
struct Codec<std::chrono::weekday> {
    static json write(std::chrono::weekday value) { return value.iso_encoding(); }

    static std::chrono::weekday read(const json& from) {
        auto number = sqlite::read<unsigned>(from);
        if (number < 1 || number > 7) refuse("a weekday from 1 to 7", from);
        return std::chrono::weekday{number};
    }
};

template <class Value>
struct Codec<std::optional<Value>> {
    static json write(const std::optional<Value>& value) {
        return value ? sqlite::write(*value) : json(nullptr);
    }

    static std::optional<Value> read(const json& from) {
        if (from.is_null()) return std::nullopt;
        return sqlite::read<Value>(from);
    }
};

template <class First, class Second>
struct Codec<std::pair<First, Second>> {
    static json write(const std::pair<First, Second>& value) {
        return json::array({sqlite::write(value.first), sqlite::write(value.second)});
    }

    static std::pair<First, Second> read(const json& from) {
        if (!from.is_array() || from.size() != 2) refuse("a pair", from);
        return {sqlite::read<First>(from[0]), sqlite::read<Second>(from[1])};
    }
};

template <class Values>
json write_each(const Values& values) {
    auto array = json::array();
    for (const auto& value : values)
        array.push_back(write(value));
    return array;
}

template <class Value>
struct Codec<std::vector<Value>> {
    static json write(const std::vector<Value>& values) { return write_each(values); }

    static std::vector<Value> read(const json& from) {
        if (!from.is_array()) refuse("a list", from);
        auto values = std::vector<Value>{};
        values.reserve(from.size());
        for (const auto& element : from)
            values.push_back(sqlite::read<Value>(element));
        return values;
    }
};

template <class Value, std::size_t size>
struct Codec<std::array<Value, size>> {
    static json write(const std::array<Value, size>& values) { return write_each(values); }

    static std::array<Value, size> read(const json& from) {
        if (!from.is_array() || from.size() != size) refuse("a list of a fixed size", from);
        auto values = std::array<Value, size>{};
        for (std::size_t index = 0; index < size; ++index)
            values[index] = sqlite::read<Value>(from[index]);
        return values;
    }
};

template <>
struct Codec<std::map<LocalDate, std::string>> {
    static json write(const std::map<LocalDate, std::string>& days) {
        auto object = json::object();
        for (const auto& [date, title] : days)
            object[to_text(date)] = title;
        return object;
    }

    static std::map<LocalDate, std::string> read(const json& from) {
        if (!from.is_object()) refuse("days and titles", from);
        auto days = std::map<LocalDate, std::string>{};
        for (const auto& [date, title] : from.items())
            days.emplace(sqlite::read<LocalDate>(date), sqlite::read<std::string>(title));
        return days;
    }
};

template <class Field>
constexpr bool is_optional = false;
template <class Value>
constexpr bool is_optional<std::optional<Value>> = true;

template <Shaped Struct>
struct Codec<Struct> {
    static json write(const Struct& value) {
        auto object = json::object();
        Shape<Struct>::fields(value, [&](const char* key, const auto& field) {
            object[key] = sqlite::write(field);
        });
        return object;
    }

    static Struct read(const json& from) {
        if (!from.is_object()) refuse("an object", from);
        auto value = Struct{};
        auto known = std::size_t{0};
        Shape<Struct>::fields(value, [&](const char* key, auto& field) {
            using Field = std::remove_reference_t<decltype(field)>;
            auto found = from.find(key);
            if (found == from.end() && is_optional<Field>) return;  // an older program wrote it
            if (found == from.end()) throw CorruptRow(std::string("a stored value lacks ") + key);
            field = sqlite::read<Field>(*found);
            ++known;
        });
        if (known + left_over(from) != from.size()) refuse("an object without unknown keys", from);
        return value;
    }

    static std::size_t left_over(const json& from) {
        auto found = std::size_t{0};
        if constexpr (requires { Shape<Struct>::no_more; })
            for (const auto* key : Shape<Struct>::no_more)
                found += from.count(key);
        return found;
    }
};

// A variant is an object with one key, which names the alternative.
template <Alternative Variant>
struct Codec<Variant> {
    static constexpr auto names = Alternatives<Variant>::names;
    static_assert(names.size() == std::variant_size_v<Variant>);

    static json write(const Variant& value) {
        auto object = json::object();
        auto put = [&](const auto& alternative) {
            object[names[value.index()]] = sqlite::write(alternative);
        };
        std::visit(put, value);
        return object;
    }

    static Variant read(const json& from) {
        if (!from.is_object() || from.size() != 1) refuse("one alternative", from);
        return read_alternative(from, std::make_index_sequence<names.size()>{});
    }

    template <std::size_t... indices>
    static Variant read_alternative(const json& from, std::index_sequence<indices...>) {
        auto item = from.begin();
        auto name = name_now(item.key());
        auto value = std::optional<Variant>{};
        auto try_one = [&]<std::size_t index>() {
            if (name != names[index]) return;
            using Chosen = std::variant_alternative_t<index, Variant>;
            value.emplace(std::in_place_index<index>, sqlite::read<Chosen>(*item));
        };
        (try_one.template operator()<indices>(), ...);
        if (!value) throw CorruptRow("unknown alternative in a stored value: " + item.key());
        return *std::move(value);
    }

    static std::string_view name_now(std::string_view stored) {
        if constexpr (requires { Alternatives<Variant>::former; })
            for (const auto& [before, now] : Alternatives<Variant>::former)
                if (stored == before) return now;
        return stored;
    }
};

// Looks a text up without a copy of it.
struct HashOfText : std::hash<std::string_view> {
    using is_transparent = void;
};

json parsed(std::string_view text) {
    auto stay_shallow = [](int depth, json::parse_event_t, json&) {
        if (depth > deepest_nesting) throw CorruptRow("a stored value is nested too deeply");
        return true;
    };
    auto value = json::parse(text, stay_shallow, false);
    if (value.is_discarded()) throw CorruptRow("a stored value is not JSON");
    return value;
}

}  // namespace

template <KeptAsJson Value>
std::string to_json(const Value& value) {
    return write(value).dump(-1, ' ', false, json::error_handler_t::replace);
}

template <KeptAsJson Value>
Value from_json(std::string_view text) {
    return read<Value>(parsed(text));
}

// When there are too many, all are forgotten: what is in use is soon known again.
template <ReadOverAndOver Value>
Value known_from_json(std::string_view text) {
    thread_local std::unordered_map<std::string, Value, HashOfText, std::equal_to<>> known;

    if (text.size() > longest_remembered) return from_json<Value>(text);
    if (auto found = known.find(text); found != known.end()) return found->second;
    auto value = from_json<Value>(text);
    if (known.size() >= most_remembered) known.clear();
    known.emplace(text, value);
    return value;
}

template std::string to_json(const WorkingHours&);
template std::string to_json(const Recurrence&);
template std::string to_json(const ReminderRule&);
template std::string to_json(const std::vector<Slot>&);
template std::string to_json(const std::vector<Question>&);
template std::string to_json(const std::vector<std::chrono::weekday>&);
template std::string to_json(const std::map<LocalDate, std::string>&);
template std::string to_json(const EventFacts&);
template std::string to_json(const PlaceFacts&);
template std::string to_json(const std::vector<Profile>&);
template std::string to_json(const Text&);
template std::string to_json(const Message&);
template std::string to_json(const Form&);
template std::string to_json(const Reply&);
template std::string to_json(const Inbound&);

template WorkingHours from_json(std::string_view);
template Recurrence from_json(std::string_view);
template ReminderRule from_json(std::string_view);
template std::vector<Slot> from_json(std::string_view);
template std::vector<Question> from_json(std::string_view);
template std::vector<std::chrono::weekday> from_json(std::string_view);
template std::map<LocalDate, std::string> from_json(std::string_view);
template EventFacts from_json(std::string_view);
template PlaceFacts from_json(std::string_view);
template std::vector<Profile> from_json(std::string_view);
template Text from_json(std::string_view);
template Message from_json(std::string_view);
template Form from_json(std::string_view);
template Reply from_json(std::string_view);
template Inbound from_json(std::string_view);

template WorkingHours known_from_json(std::string_view);
template Recurrence known_from_json(std::string_view);
template ReminderRule known_from_json(std::string_view);
template std::vector<Slot> known_from_json(std::string_view);
template std::vector<Question> known_from_json(std::string_view);
template std::vector<std::chrono::weekday> known_from_json(std::string_view);

}  // namespace muster::sqlite
