#include "tests/fakes/msteams/cards.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace muster::fake_teams {
namespace {

using json::Object;
using json::Value;

const Value& in(const Value& value, std::string_view key) {
    static const Value null;
    const auto* member = value.find(key);
    return member ? *member : null;
}

bool is_set(const Value& value, std::string_view key) {
    const auto* flag = in(value, key).flag();
    return flag && *flag;
}

template <class Visit>
void visit_elements(const Value& card, Visit visit) {
    if (const auto* body = in(card, "body").array())
        for (const auto& element : *body)
            visit(element);
}

template <class Visit>
void visit_actions(const Value& card, Visit visit) {
    visit_elements(card, [&](const Value& element) {
        if (const auto* actions = in(element, "actions").array())
            for (const auto& action : *actions)
                visit(action);
    });
    if (const auto* actions = in(card, "actions").array())
        for (const auto& action : *actions)
            visit(action);
}

// What we use and Teams shows.
constexpr std::array elements{
    "TextBlock",
    "RichTextBlock",
    "ActionSet",
    "Input.Text",
    "Input.ChoiceSet",
    "Input.Date",
    "Input.Time",
    "Input.Toggle"};

class Check {
public:
    explicit Check(bool is_message) : is_message_(is_message) {}

    void card(const Value& card) {
        if (card.text_of("type") != "AdaptiveCard") fault("it is no AdaptiveCard");
        auto version = card.text_of("version");
        if (version != "1.2" && version != "1.3" && version != "1.4" && version != "1.5")
            fault("nobody shows version \"" + version + "\"");
        if (card.text_of("fallbackText").empty()) fault("an older host shows nothing");
        if (!in(card, "body").array() || in(card, "body").array()->empty()) fault("it is empty");
        visit_elements(card, [this](const Value& one) { element(one); });
        auto needs = 2;
        visit_actions(card, [&](const Value& one) {
            action(one);
            if (one.text_of("type") == "Action.Execute") needs = 4;
        });
        if (has_inputs_) needs = std::max(needs, 3);
        if (version < "1." + std::to_string(needs)) fault("its version is too low: " + version);
    }

    std::vector<std::string> take() { return std::move(faults_); }

private:
    void fault(std::string what) { faults_.push_back(std::move(what)); }

    void element(const Value& one) {
        auto type = one.text_of("type");
        if (std::ranges::find(elements, type) == elements.end()) fault("unknown element " + type);
        if (type.starts_with("Input.")) input(one);
        if (type == "TextBlock" && !is_set(one, "wrap")) fault("a text is cut off at its line");
        if (type == "ActionSet" && in(one, "actions").array()->size() > 6)
            fault("more than six buttons in a row");
        if (type == "RichTextBlock")
            for (const auto& run : *in(one, "inlines").array())
                if (run.text_of("text").find('\n') != std::string::npos)
                    fault("a line break within a run");
    }

    void input(const Value& one) {
        has_inputs_ = true;
        auto id = one.text_of("id");
        if (id.empty() || !ids_.insert(id).second) fault("an input without an id of its own");
        auto name = one.text_of("type") == "Input.Toggle" ? "title" : "label";
        if (one.text_of(name).empty()) fault("nobody hears what input " + id + " asks for");
        if (is_set(one, "isRequired") && one.text_of("errorMessage").empty())
            fault("nobody is told what is wrong with input " + id);
    }

    void action(const Value& one) {
        auto type = one.text_of("type");
        if (type != "Action.Execute" && type != "Action.Submit") fault("unknown action " + type);
        if (one.text_of("title").empty()) fault("a button without words");
        const auto& fallback = in(one, "fallback");
        if (type == "Action.Execute" && (fallback.text_of("type") != "Action.Submit" ||
                                         in(fallback, "data") != in(one, "data")))
            fault("an older host cannot use a button");
        auto opens = in(in(one, "data"), "msteams").text_of("type") == "task/fetch";
        if (is_message_ && type == "Action.Submit" && !opens && !is_set_aside(one))
            fault("a Submit in a chat cannot be answered with a card");
        if (!is_message_ && type == "Action.Execute" && has_inputs_)
            fault("an Execute in a dialog");
    }

    static bool is_set_aside(const Value& one) { return one.text_of("associatedInputs") == "None"; }

    bool is_message_;
    bool has_inputs_ = false;
    std::set<std::string> ids_;
    std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_of(const Object& card, bool is_message) {
    Check check{is_message};
    check.card(Value{card});
    return check.take();
}

std::string words_of(const Object& card) {
    std::string words;
    visit_elements(Value{card}, [&](const Value& one) {
        if (!words.empty()) words += '\n';
        words += one.text_of("text") + one.text_of("label") + one.text_of("title");
        if (const auto* inlines = in(one, "inlines").array())
            for (const auto& run : *inlines)
                words += run.text_of("text");
    });
    return words;
}

std::vector<std::string> buttons_of(const Object& card) {
    std::vector<std::string> titles;
    visit_actions(Value{card}, [&](const Value& one) { titles.push_back(one.text_of("title")); });
    return titles;
}

std::optional<Object> button_in(const Object& card, const std::string& title) {
    std::optional<Object> found;
    visit_actions(Value{card}, [&](const Value& one) {
        if (!found && one.text_of("title") == title) found = *one.object();
    });
    return found;
}

std::vector<Input> inputs_of(const Object& card) {
    std::vector<Input> inputs;
    visit_elements(Value{card}, [&](const Value& one) {
        auto type = one.text_of("type");
        if (!type.starts_with("Input.")) return;
        Input input;
        input.id = one.text_of("id");
        input.type = type;
        input.label = one.text_of("label");
        input.value = one.text_of("value");
        if (type == "Input.Toggle") input.label = one.text_of("title");
        input.value_on = one.text_of("valueOn");
        input.is_required = is_set(one, "isRequired");
        if (const auto* longest = in(one, "maxLength").number())
            input.longest = static_cast<std::size_t>(*longest);
        if (const auto* choices = in(one, "choices").array())
            for (const auto& choice : *choices)
                input.choices.emplace_back(choice.text_of("title"), choice.text_of("value"));
        inputs.push_back(std::move(input));
    });
    return inputs;
}

}  // namespace muster::fake_teams
