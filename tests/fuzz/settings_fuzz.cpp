#include "config/settings_file.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/unit/bot/domain/settings_story.hpp"

// A settings file that is taken is written back as one that means the same, and applied twice it
// changes nothing. Input: the text of the file.
namespace muster::config {
namespace {

using fuzz::promise;

constexpr auto file = "team.jsonc";

void expect_told_well(const Problems& problems, int lines) {
    promise(!problems.empty(), "what is refused has a problem");
    for (const auto& problem : problems) {
        promise(!problem.expected.empty(), "a problem says what is expected");
        promise(problem.line >= 0 && problem.line <= lines, "and in which line");
        promise(fuzz::is_utf8(to_text(problem)), "in words that can be shown");
    }
}

settings::Document nothing_set() {
    settings::Document document;
    document.organisation = {OrganisationId{1}, "Example Agency"};
    document.connections = {
        {ConnectionId{2}, OrganisationId{1}, "local", "local"},
        {ConnectionId{3}, OrganisationId{1}, "main", "slack"},
    };
    return document;
}

void expect_the_same_when_applied_again(const SettingsFile& read, int lines) {
    auto document = nothing_set();
    IdSource ids{{1, 1}};
    auto changed = settings::change(document, read.wanted, false, std::nullopt, ids);
    if (!changed) {
        expect_told_well(read.locate(changed.error()), lines);
        return;
    }
    document = settings_story::after(document, *changed);
    auto again = settings::change(document, read.wanted, false, std::nullopt, ids);
    promise(again.has_value(), "what was applied may be applied again");
    promise(again->differences.empty(), "and changes nothing");

    auto exported = settings::wanted_from(document);
    auto readable = settings_from(settings_text(exported), file);
    promise(readable.has_value(), "what is exported can be read");
    auto back = settings::change(document, readable->wanted, true, std::nullopt, ids);
    promise(back && back->differences.empty(), "and says what is set");
}

void expect_written_as_read(const SettingsFile& read) {
    auto again = settings_from(settings_text(read.wanted), file);
    promise(again.has_value(), "what is written can be read");
    promise(again->wanted == read.wanted, "and means the same");
}

}  // namespace
}  // namespace muster::config

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace config = muster::config;
    auto text = muster::fuzz::text_of(bytes, size);
    auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    auto read = config::settings_from(text, config::file);
    if (!read) {
        config::expect_told_well(read.error(), lines);
        return 0;
    }
    config::expect_written_as_read(*read);
    config::expect_the_same_when_applied_again(*read, lines);
    return 0;
}
