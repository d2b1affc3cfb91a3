#include "tests/fakes/slack/api_call.hpp"

#include <algorithm>
#include <charconv>

#include "tests/fakes/slack/form.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

using Kind = Argument::Kind;

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view json_type = "application/json";

std::string lower_case(std::string text) {
    for (auto& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

class Reader {
public:
    explicit Reader(ApiCall& call) : call_(call) {}

    void read_form(std::string_view form) {
        auto fields = decoded(form);
        if (!fields) return refuse("the form cannot be decoded", "invalid_form_data");
        for (const auto& [name, value] : *fields)
            given_.push_back({name, value});
    }

    void read_json(const std::string& text) {
        auto parsed = json::parse(text);
        if (!parsed || !parsed->object())
            return refuse("the body is no JSON object", "invalid_json");
        given_ = *parsed->object();
        if (!call_.method->takes_json)
            refuse("takes no JSON: it reads, and reading methods want a form", "invalid_arguments");
    }

    void check() {
        json::Object known;
        for (auto& [name, value] : given_) {
            auto& all = call_.method->arguments;
            auto argument = std::ranges::find(all, name, &Argument::name);
            if (name == "token")
                complain("the token stands among the arguments");
            else if (argument == all.end())
                complain("has no argument " + name);
            else if (argument->use == Argument::Use::never)
                complain("must never be given " + name);
            else if (find(known, name))
                complain("was given " + name + " twice");
            else if (auto read = read_as(*argument, value))
                known.push_back({name, std::move(*read)});
        }
        for (const auto& argument : call_.method->arguments)
            if (argument.use == Argument::Use::needed && is_missing(known, argument.name))
                refuse("needs " + std::string{argument.name}, "invalid_arguments");
        call_.arguments = Arguments{std::move(known)};
    }

    void refuse(std::string sentence, std::string error) {
        call_.faults.push_back({std::move(sentence), std::move(error)});
    }

    void complain(std::string sentence) { refuse(std::move(sentence), ""); }

private:
    static bool is_missing(const json::Object& known, std::string_view name) {
        auto* value = find(known, name);
        return !value || (value->text() && value->text()->empty());
    }

    std::optional<json::Value> read_as(const Argument& argument, const json::Value& value) {
        auto is_read = [&](const json::Value& read) {
            switch (argument.kind) {
                case Kind::text: return read.text() != nullptr;
                case Kind::number: return read.number() != nullptr;
                case Kind::flag: return read.flag() != nullptr;
                case Kind::blocks: return read.array() != nullptr;
                case Kind::view: return read.object() != nullptr;
            }
            return false;
        };
        auto read = value.text() ? from_text(argument.kind, *value.text()) : value;
        if (is_read(read)) return read;
        auto error = argument.kind == Kind::blocks ? "invalid_blocks_format" : "invalid_arguments";
        refuse("cannot read " + std::string{argument.name}, error);
        return std::nullopt;
    }

    // A form has only texts, and JSON may hold JSON as text.
    static json::Value from_text(Kind kind, const std::string& text) {
        if (kind == Kind::number) {
            auto number = number_in(text);
            return number ? json::Value{*number} : json::Value{};
        }
        if (kind == Kind::flag) {
            if (text == "true" || text == "1") return true;
            if (text == "false" || text == "0") return false;
            return {};
        }
        if (kind == Kind::blocks || kind == Kind::view) {
            auto parsed = json::parse(text);
            return parsed ? *parsed : json::Value{};
        }
        return text;
    }

    ApiCall& call_;
    json::Object given_;
};

void read_token(const HttpCall& http, ApiCall& call) {
    constexpr std::string_view scheme = "Bearer ";
    auto authorization = header_of(http, "authorization");
    if (authorization && authorization->starts_with(scheme))
        call.token = authorization->substr(scheme.size());
}

}  // namespace

bool Arguments::has(std::string_view name) const {
    return value(name) != nullptr;
}

std::string Arguments::text(std::string_view name) const {
    return text_of(given_, name);
}

bool Arguments::flag(std::string_view name) const {
    auto* given = value(name);
    return given && given->flag() && *given->flag();
}

std::optional<std::int64_t> Arguments::number(std::string_view name) const {
    auto* given = value(name);
    if (!given || !given->number()) return std::nullopt;
    return *given->number();
}

const json::Value* Arguments::value(std::string_view name) const {
    return find(given_, name);
}

std::optional<std::string> header_of(const HttpCall& call, std::string_view lower_case_name) {
    for (const auto& [name, value] : call.headers)
        if (lower_case(name) == lower_case_name) return value;
    return std::nullopt;
}

ApiCall read_api_call(const HttpCall& http, const Installation& installation) {
    auto rest = http.url.substr(installation.api.size());
    auto query = rest.find('?');
    ApiCall call;
    call.name = rest.substr(0, query);
    call.method = method_named(call.name);
    read_token(http, call);
    Reader reader{call};
    if (!call.method) {
        reader.refuse("is no method that the app may call", "unknown_method");
        return call;
    }
    if (query != std::string::npos) reader.read_form(std::string_view{rest}.substr(query + 1));
    auto type = lower_case(header_of(http, "content-type").value_or(""));
    auto is_form = type.starts_with(form_type);
    if (type.starts_with(json_type)) {
        if (type.find("charset=utf-8") == std::string::npos) {
            call.warnings.emplace_back("missing_charset");
            reader.complain("JSON without charset=utf-8");
        }
        reader.read_json(http.body);
    } else if (is_form) {
        if (type != form_type) call.warnings.emplace_back("superfluous_charset");
        reader.read_form(http.body);
    } else if (!http.body.empty()) {
        reader.refuse("cannot read a body of type \"" + type + "\"", "invalid_post_type");
    }
    if (http.method != "POST" && http.method != "GET")
        reader.refuse("does not answer " + http.method, "unknown_method");
    reader.check();
    return call;
}

}  // namespace muster::fake_slack
