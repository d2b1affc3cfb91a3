#include "adapters/msteams/direct_chats.hpp"

namespace muster::msteams {
namespace {

ConnectorAnswer not_installed() {
    ConnectorAnswer answer;
    answer.error = "not_installed";
    answer.was_sent = false;
    return answer;
}

}  // namespace

Task<Reached> DirectChats::with(std::string account) {
    const auto* person = contacts_.find(account);
    if (!person || person->is_removed) co_return not_installed();
    if (!person->conversation.empty()) co_return Reach{person->service_url, person->conversation};
    co_return co_await open(*person);
}

Task<Reached> DirectChats::anew_with(std::string account) {
    const auto* person = contacts_.find(account);
    if (!person) co_return not_installed();
    co_return co_await open(*person);
}

// What is not stored is opened again after a restart: it is the same chat.
Task<Reached> DirectChats::open(Contact person) {
    if (person.name_there.empty()) co_return not_installed();
    auto call = to_open_direct("28:" + settings_.app_id, person.name_there, settings_.tenant);
    auto answer = co_await connector_.call(person.service_url, std::move(call));
    if (!answer.ok()) co_return answer;
    person.conversation = answer.body.text_of("id");
    if (person.conversation.empty()) {
        answer.error = "unreadable";
        co_return answer;
    }
    Reach chat{person.service_url, person.conversation};
    co_await contacts_.note(std::move(person));
    co_return chat;
}

}  // namespace muster::msteams
