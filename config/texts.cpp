#include "config/texts.hpp"

#include <stdexcept>

#include "adapters/json/strict.hpp"
#include "embedded_texts.hpp"

namespace muster::config {
namespace {

[[noreturn]] void refuse(std::string_view file, int line, const std::string& reason) {
    throw std::runtime_error(std::string(file) + ":" + std::to_string(line) + ": " + reason);
}

Catalogue::Entry entry_from(std::string_view file, const json::Value& value) {
    if (const auto* sentence = value.text()) return {"", {{"other", *sentence}}};
    const auto* forms = value.object();
    if (!forms) refuse(file, value.line, "expected a sentence or an object of plural forms");

    Catalogue::Entry entry;
    for (const auto& [category, sentence] : *forms) {
        if (!sentence.text()) refuse(file, sentence.line, "expected a sentence");
        if (category == "plural") {
            entry.plural_by = *sentence.text();
        } else {
            entry.forms[category] = *sentence.text();
        }
    }
    if (entry.plural_by.empty() || !entry.forms.contains("other"))
        refuse(file, value.line, "plural forms need the keys plural and other");
    return entry;
}

}  // namespace

Catalogue load_texts() {
    std::map<std::string, Catalogue::Language> languages;
    for (const auto& file : embedded::embedded_texts()) {
        auto language = std::string(file.name.substr(0, file.name.rfind('.')));
        languages[language] = language_from(file.name, file.content);
    }
    return Catalogue(std::move(languages));
}

Catalogue::Language language_from(std::string_view name, std::string_view json_text) {
    auto parsed = json::parse(json_text);
    if (!parsed) refuse(name, parsed.error().line, parsed.error().words);
    if (!parsed->object()) refuse(name, 1, "expected an object");
    Catalogue::Language language;
    for (const auto& [key, value] : *parsed->object()) {
        if (!key.starts_with('$')) language[key] = entry_from(name, value);
    }
    return language;
}

}  // namespace muster::config
