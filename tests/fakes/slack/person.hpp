#pragma once

#include "tests/fakes/slack/fake_slack.hpp"

namespace muster::fake_slack {

// What a person does in Slack. What Slack then tells the app lies in its outbox.
//
// Throws std::logic_error when there is nothing there to do it with: a test that presses a button
// that nobody can see is wrong.
class Person {
public:
    // `id` names a user of the workspace. `slack` must outlive the person.
    Person(FakeSlack& slack, std::string id) : slack_(slack), id_(std::move(id)) {}

    const std::string& id() const { return id_; }

    // The direct message with the app.
    std::string direct();

    // ---- lines. Each returns the ts.

    std::string says(const std::string& words, Instant now) {
        return says_in(direct(), words, now);
    }

    std::string says_in(
        const std::string& channel, const std::string& words, Instant now, std::string thread = ""
    );
    // "@Muster words", in a channel.
    std::string mentions_app_in(
        const std::string& channel, const std::string& words, Instant now, std::string thread = ""
    );
    void edits(
        const std::string& channel, const std::string& ts, const std::string& words, Instant now
    );
    void deletes(const std::string& channel, const std::string& ts, Instant now);
    // Slack shows a preview of a link in the line: an edit by nobody.
    void sees_preview_in(const std::string& channel, const std::string& ts, Instant now);

    // ---- commands and buttons

    void commands(
        const std::string& channel, const std::string& command, const std::string& text, Instant now
    );
    // A button by what stands on it, by its action_id, or by its value; in a message or in what
    // only this person sees.
    void presses(
        const std::string& channel, const std::string& ts, const std::string& button, Instant now
    );

    // ---- the app's home

    // What the app has published for this person; null: nothing yet.
    View* home();
    void opens_home(Instant now);
    // The tab with the messages, of which Slack tells with the same event.
    void opens_messages(Instant now);
    void presses_at_home(const std::string& button, Instant now);

    // ---- the form on top

    View* form() { return slack_.workspace().top_view_of(id_); }

    // `value`: words; of an option its value or its label; several with a space between them.
    void enters(const std::string& block_id, const std::string& value);
    // False: Slack itself refuses, and says so to the person.
    bool submits(Instant now);
    void closes(Instant now);

    // ---- coming and going

    void joins(const std::string& channel, Instant now);
    void leaves(const std::string& channel, Instant now);
    void invites_app_to(const std::string& channel, Instant now);

private:
    std::string write(Message message, Instant now);
    void opens_tab(const std::string& tab, Instant now);
    Message& own_line(const std::string& channel, const std::string& ts);
    bool may_submit(const View&);

    FakeSlack& slack_;
    std::string id_;
};

}  // namespace muster::fake_slack
