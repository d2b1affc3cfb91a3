#include "tests/unit/bot/domain/spoken.hpp"

#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

namespace muster::spoken {
namespace {

Catalogue::Entry entry_from(const nlohmann::json& value) {
    if (value.is_string()) return {"", {{"other", value.get<std::string>()}}};
    Catalogue::Entry entry;
    for (const auto& [form, sentence] : value.items()) {
        if (form == "plural") {
            entry.plural_by = sentence.get<std::string>();
        } else {
            entry.forms[form] = sentence.get<std::string>();
        }
    }
    return entry;
}

Catalogue::Language language_from(const std::string& name) {
    std::ifstream file(std::string(MUSTER_TEXTS_FOLDER) + "/" + name + ".json");
    Catalogue::Language language;
    const auto sentences = nlohmann::json::parse(file);
    for (const auto& [key, value] : sentences.items())
        language[key] = entry_from(value);
    return language;
}

const std::map<std::string, Catalogue::Language>& languages() {
    static const std::map<std::string, Catalogue::Language> both{
        {"en", language_from("en")},
        {"cy", language_from("cy")},
    };
    return both;
}

class Speaker {
public:
    explicit Speaker(Reader reader) : reader_(std::move(reader)) {}

    std::string operator()(const Heading& heading) const { return "# " + say(heading.text); }

    std::string operator()(const Paragraph& paragraph) const { return say(paragraph.text); }

    std::string operator()(const Quiet& quiet) const { return "> " + say(quiet.text); }

    std::string operator()(const Facts& facts) const {
        std::string lines;
        for (const auto& [label, value] : facts.rows)
            lines += (lines.empty() ? "" : "\n") + say(label) + ": " + say(value);
        return lines;
    }

    std::string operator()(const Items& items) const {
        std::string lines;
        for (const auto& item : items.items)
            lines += (lines.empty() ? "- " : "\n- ") + say(item);
        return lines;
    }

    std::string operator()(const Buttons& row) const {
        std::string labels;
        for (const auto& button : row.buttons)
            labels +=
                (labels.empty() ? "[" : " [") + say(button.label) + (button.primary ? "*]" : "]");
        return labels;
    }

    std::string say(const Text& text) const { return catalogue().plain(text, reader_); }

private:
    Reader reader_;
};

std::string words(const Field& field, const Speaker& speaker) {
    std::string line = speaker.say(field.label) + (field.required ? "*" : "");
    if (field.hint) line += " (" + speaker.say(*field.hint) + ")";
    if (!field.initial.empty()) line += " = " + field.initial;
    std::string choices;
    for (const auto& choice : field.choices)
        choices += (choices.empty() ? "\n    " : " / ") + speaker.say(choice.label);
    return line + choices;
}

}  // namespace

const Catalogue& catalogue() {
    static const Catalogue real(languages());
    return real;
}

std::string words(const Message& message) {
    std::string all;
    for (const auto& block : message.blocks)
        all += std::visit(Speaker(message.reader), block) + "\n";
    if (message.edited) all += "(edited)\n";
    return all;
}

std::string words(const Composed& composed) {
    if (const auto* message = std::get_if<Message>(&composed)) return words(*message);
    if (const auto* pointless = std::get_if<Pointless>(&composed))
        return "(pointless: " + pointless->reason + ")";
    return "(kept as sent)";
}

std::string words(const Form& form) {
    const Speaker speaker(form.reader);
    std::string all = "# " + speaker.say(form.title) + "\n";
    for (const auto& field : form.fields)
        all += words(field, speaker) + "\n";
    if (form.who_sees) all += "> " + speaker.say(*form.who_sees) + "\n";
    all += "[" + speaker.say(form.submit) + "*]";
    if (form.dismiss) all += " [" + speaker.say(*form.dismiss) + "]";
    return all + "\n";
}

std::string notification(const Composed& composed) {
    const auto* message = std::get_if<Message>(&composed);
    return message ? catalogue().plain(message->notification, message->reader) : words(composed);
}

TEST(SpokenCatalogue, SaysEverySentenceInBothLanguagesWithTheSameArguments) {
    auto arguments = [](const Catalogue::Entry& entry) {
        std::set<std::string> names;
        for (const auto& [form, sentence] : entry.forms) {
            for (auto at = sentence.find('{'); at != sentence.npos; at = sentence.find('{', at + 1))
                names.insert(sentence.substr(at, sentence.find_first_of("|}", at) - at));
        }
        return names;
    };
    const auto& english = languages().at("en");
    const auto& welsh = languages().at("cy");
    for (const auto& [key, entry] : english) {
        ASSERT_TRUE(welsh.contains(key)) << key;
        EXPECT_EQ(arguments(entry), arguments(welsh.at(key))) << key;
    }
    EXPECT_EQ(english.size(), welsh.size());
}

}  // namespace muster::spoken
