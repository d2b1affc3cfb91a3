#pragma once

#include "tests/fakes/msteams/fake_teams.hpp"

namespace muster::fake_teams {

// What a person does in Teams. What Teams then tells the app goes out as it would.
//
// Throws std::logic_error when there is nothing there to do it with: a test that presses a button
// that nobody can see is wrong.
class Person {
public:
    // `id` names a user of the tenant. `teams` must outlive the person.
    Person(FakeTeams& teams, std::string id) : teams_(teams), id_(std::move(id)) {}

    const std::string& id() const { return id_; }

    // The chat with the app.
    std::string chat() { return teams_.tenant().chat_with(user()); }

    // ---- the app

    void adds_app(Instant now);
    void removes_app(Instant now);
    void adds_app_to(const std::string& channel, Instant now);
    void removes_app_from(const std::string& channel, Instant now);

    // ---- lines. Each returns the id.

    std::string says(const std::string& words, Instant now);
    std::string mentions_app_in(
        const std::string& channel, const std::string& words, Instant now, std::string thread = ""
    );
    void edits(const std::string& line, const std::string& words, Instant now);
    void deletes(const std::string& line, Instant now);

    // ---- cards

    // As this person sees it: it may have been replaced for them.
    json::Object card_of(const Posted& message);

    // A button by what stands on it.
    void presses(const Posted& message, const std::string& button, Instant now);

    // ---- the dialog

    Dialog* dialog();

    // By the beginning of what stands above the input; of a list, the title or the value.
    void enters(const std::string& label, const std::string& value);
    // What stands in the input now.
    std::string entered(const std::string& label);
    // False: the client itself refuses, and shows why.
    bool submits(Instant now);
    void dismisses(Instant now);

    void closes() { teams_.tenant().dialogs.erase(id_); }

private:
    User& user() { return teams_.tenant().user(id_); }

    json::Object activity(const char* type, const std::string& conversation, Instant now);
    void send(json::Object activity, AppRequest about, Instant now);
    void use(
        const json::Object& action,
        json::Object data,
        const Posted* message,
        const std::string& conversation,
        Instant now
    );
    void sends_dialog(const json::Object& action, json::Object data, Instant now);

    FakeTeams& teams_;
    std::string id_;
};

}  // namespace muster::fake_teams
